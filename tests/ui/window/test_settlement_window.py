"""Settling in the real window: run, approve one by one, pay, look at the sales behind; rules tried and entered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from pos_app.domain.commission import Band, Rule
from pos_app.ui.screens.commission.screen import CommissionScreen
from pos_app.ui.screens.settlement.screen import SettlementScreen
from tests.screens import scenes_settlement as scenes
from tests.ui.clipped import faults
from tests.ui.window.driver import Window, opened, rest, settle, until
from tests.ui.written import listening


def screen(window: Window) -> SettlementScreen:
    found = window.shell.current
    assert isinstance(found, SettlementScreen)
    return found


def test_from_the_seal_to_paid(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenes.sealed(window)
    window.shell.go("settlement")
    rest()
    assert window.there("no_settlement")
    window.touch_corner()  # make the runs
    rest()
    assert window.said("settlement_list") == "정산 업체"
    assert "보낼 돈" in window.row_words("settlement_list", 0)
    book = screen(window).presenter.cooperatives()[1]
    window.touch_named(f"settlement_books_{book}")
    settle()
    own = [row for row in screen(window).presenter.rows() if row.badge and row.badge.text == "초안"]
    window.touch_row("settlement_list", own[0].title)
    settle()
    window.touch_corner()  # 이 업체 승인하기
    rest()
    assert screen(window).presenter.rows()[0].badge is not None
    badges = {row.title: row.badge.text for row in screen(window).presenter.rows() if row.badge}
    assert badges[own[0].title] == "승인"
    warned = next(title for title, badge in badges.items() if badge == "확인 필요")
    window.touch_row("settlement_list", warned)
    settle()
    assert window.there("statement_warning")
    window.touch_corner()
    assert "규칙" in window.toast()
    _rest_of_the_way(window, tmp_path, monkeypatch)


def _rest_of_the_way(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule for those without, the run again, all approved, the bank's file, paid."""
    run = next(v for v in window.house.settlements.current() if "approved" in v.states.values())
    window.house.payouts.take_back_approval([run.run.run_id])
    window.house.commissions.enter(Rule("", "2026-01-01", (Band(0, 160),), vendor_class="기업"))
    window.shell.go("settlement")
    rest()
    window.touch_named("settlement_more")
    window.touch_named("settlement_again")
    rest()
    window.touch_named("settlement_more")
    window.touch_named("settlement_all")
    rest()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "bank.csv"), ""))
    window.touch_named("settlement_more")
    window.touch_named("settlement_bank")
    rest()
    assert (tmp_path / "bank.csv").stat().st_mode & 0o077 == 0
    assert "지급하기" in screen(window).corner.text()
    window.touch_corner()
    window.find("ask_text_value").setText("이체 1120")  # type: ignore[attr-defined]
    window.touch_named("ask_text_act")
    rest()
    assert screen(window).corner.text() == "정정 정산 만들기"
    assert {row.badge.text for row in screen(window).presenter.rows() if row.badge} == {"지급"}


def test_a_figure_shows_its_sales(window: Window) -> None:
    scenes.sales_behind(window)
    until(lambda: window.there("settlement_sales"), "the sales")
    assert "계산대" in window.row_words("settlement_sales_list", 0)
    window.touch_named("settlement_sales_close")
    settle()
    window.touch_row("statement_goods", "")
    rest()
    assert window.there("settlement_sales")


def test_an_objection_stays(window: Window) -> None:
    scenes.paid(window)
    window.touch_named("settlement_note")
    window.find("ask_text_value").setText("환불을 다시 봐요")  # type: ignore[attr-defined]
    window.touch_named("ask_text_act")
    rest()
    assert any("환불을 다시 봐요" in text for text in window.texts())


def test_a_rule_is_tried_and_entered(window: Window) -> None:
    scenes.commission_trial(window)
    found = window.shell.current
    assert isinstance(found, CommissionScreen)
    assert found.presenter.tried is not None and window.there("commission_trial")
    found.fields["rate"].set_text("열")
    window.touch_corner()
    assert found.fields["rate"].error()
    found.fields["rate"].set_text("8")
    found.fields["from_on"].set_text("2099-01-01")
    window.touch_corner()
    rest()
    assert "2099-01-01" in " ".join(rule.from_on for rule in window.house.commissions.rules())
    window.touch_named("commission_fee")
    window.touch_named("choice_0")
    window.find("ask_text_value").setText("0.5")  # type: ignore[attr-defined]
    window.touch_named("ask_text_act")
    rest()
    assert dict(window.house.commissions.terms().fees_permille)["cash"] == 5


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("name", list(scenes.SETTLEMENT))
@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 100), ((1024, 768), 100), ((1366, 768), 150), ((1024, 768), 200)]
)
def test_nothing_is_cut_off(
    qapp: QApplication, demo: Path, name: str, size: tuple[int, int], scale: int
) -> None:
    with (
        opened(demo, size, lambda house: house.settings.set("type_scale", str(scale))) as window,
        listening() as ink,
    ):
        scenes.SETTLEMENT[name](window)
        found = list(faults(window, ink))
    assert not found, "\n".join(found)


def test_vouchers_that_waited_are_redeemed_at_the_screen(window: Window) -> None:
    scenes.vouchers(window)
    (view,) = [v for v in window.house.settlements.current() if v.run.cooperative == "가치키움"]
    assert not view.redeemed
    window.touch_named("choice_1")  # the first vendor alone
    rest()
    assert "다음 정산" in window.toast()
    window.touch_named("settlement_more")
    window.touch_named("settlement_redeem")
    window.touch_named("choice_0")
    rest()
    held = {told.vendor_id for told in view.statements if told.statement.held_back_won}
    (view,) = [v for v in window.house.settlements.current() if v.run.cooperative == "가치키움"]
    assert held <= view.redeemed
    window.touch_named("settlement_more")
    assert not window.there("settlement_redeem")


def test_a_vendor_finds_the_own_statement_and_may_only_look(window: Window) -> None:
    scenes.of_a_vendor(window)
    titles = [row.title for row in screen(window).presenter.rows()]
    assert titles == [window.house.session.name]
    assert screen(window).corner.text() == "80mm 인쇄"
    window.touch_named("settlement_more")
    assert window.there("settlement_sales")
    for name in ("all", "bank", "account", "rules", "reverse", "redeem"):
        assert not window.there(f"settlement_{name}"), name
    assert not window.there("settlement_print")
