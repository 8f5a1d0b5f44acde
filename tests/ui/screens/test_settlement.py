"""What the settlement and the commission screens decide, on a real house with the small market."""

from pathlib import Path

import pytest

from pos_app.domain.commission import Applies, Band
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.house import House
from pos_app.ui.screens.commission.presenter import CommissionPresenter, permille_of
from pos_app.ui.screens.settlement.presenter import SettlementPresenter
from tests.scenarios.without_flush import skip_flushes
from tests.services.houses import card, cash, refused, session, vendor_id
from tests.services.settlement_homes import DAY, MAKER, a_day, rule, settle_market

SALES = (([("P002", 10_000)], cash(210_000)), ([("P006", 10_000)], card(123_450)))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Two cooperatives, one sealed day, a rule for the makers alone."""
    skip_flushes(monkeypatch)
    made = settle_market(tmp_path, ("가", "가", "나", "나", "나"))
    made.commissions.enter(rule(100, "가공"))
    a_day(made, DAY, *SALES)
    return made


def shown(house: House) -> SettlementPresenter:
    """A presenter that read what there is."""
    presenter = SettlementPresenter(house)
    presenter.take(presenter.load())
    return presenter


def test_from_nothing_to_paid_book_by_book(house: House) -> None:
    view = shown(house)
    assert view.empty and (view.corner().act, view.corner().off) == ("run", "")
    view.take(view.run())
    assert view.cooperatives() == ["가", "나"]
    assert [row.badge.text for row in view.rows() if row.badge] == ["초안", "초안"]
    assert view.title() == "정산 2곳"
    assert "보낼 돈 189,000원" in view.rows()[1].spoken
    assert view.corner().act == "approve"
    view.take(view.approve())
    view.next_waiting()
    view.take(view.approve())
    corner = view.corner()
    assert (corner.act, corner.words) == ("pay", "1곳 지급하기")
    assert (view.payees(), view.to_pay_won(), view.all_approved()) == (1, 189_000, True)
    view.take(view.pay("이체 1"))
    assert view.corner().act == "reverse"
    view.cooperative = "나"
    view.take(view.read)
    view.key = next(row.key for row in view.rows() if row.badge and row.badge.text == "확인 필요")
    assert view.corner().off
    assert [v.state for v in house.settlements.views()] == ["paid", "draft"]


def test_a_day_sealed_since_waits_in_the_corner(house: House) -> None:
    house.commissions.enter(rule(160, "기업"))
    view = shown(house)
    assert view.read.waiting == DAY
    view.take(view.run())
    assert view.read.waiting == ""
    view.take(view.approve_all())
    view.take(view.pay("이체 1"))
    a_day(house, "2026-11-27", SALES[0])
    view.take(view.load())
    assert (view.corner().act, "11-27" in view.corner().words) == ("run", True)
    view.take(view.run())
    assert view.about().endswith("11-27 (금)")
    assert view.read.dates == ("2026-11-27", DAY)
    assert view.can_remake()
    view.take(view.again())
    view.take(view.choose_date(DAY))
    assert "11-20" in view.about()


def test_a_vendor_sees_the_own_statement_and_no_other(house: House) -> None:
    house.settlements.run()
    house.use(session(Role.VENDOR, "새벽 공방"))
    view = shown(house)
    assert [row.title for row in view.rows()] == ["새벽 공방"] and not view.settles
    assert (view.corner().act, view.corner().off) == ("print", "")
    assert sum(link.won for link in view.sales()) == 210_000
    with refused("right.missing"):
        view.approve()
    house.use(session(Role.VENDOR, "아무도 아님"))
    with refused("report.own_vendor"):
        view.load()


def test_a_vendor_before_the_first_settlement_is_told_who_makes_it(house: House) -> None:
    house.use(session(Role.VENDOR, "새벽 공방"))
    view = shown(house)
    assert view.empty and view.corner().act == "run" and view.corner().off


def test_vouchers_that_waited_are_redeemed_one_vendor_at_a_time(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    house.commissions.decide([], ["voucher:onnuri"], [])
    onnuri = TenderInput(TenderType.VOUCHER, 30_000, kind="onnuri")
    a_day(house, DAY, ([("P002", 1000)], onnuri), ([("P006", 2000)], onnuri))
    view = shown(house)
    view.take(view.run())
    assert view.vouchers() == []
    view.take(view.approve_all())
    view.take(view.pay("이체 1"))
    assert [(vendor, won) for _, vendor, won in view.vouchers()] == [
        ("새벽 공방", 18_900), ("두레 자활센터", 22_221),
    ]  # fmt: skip
    view.take(view.redeem(vendor_id(MAKER)))
    assert [vendor for _, vendor, _ in view.vouchers()] == ["두레 자활센터"] and view.vouchers_won() == 22_221
    view.take(view.redeem())
    assert view.vouchers() == []
    with refused("settlement.nothing_held"):
        house.payouts.redeem(view.runs()[0].run.run_id)
    assert len(house.settlements.views()) == 1 and view.redeem().runs  # nothing left: nothing happens


def test_a_correction_brings_the_days_back(house: House) -> None:
    house.commissions.enter(rule(160, "기업"))
    view = shown(house)
    view.take(view.run())
    view.take(view.approve_all())
    view.take(view.pay("이체 1"))
    view.take(view.reverse("율이 틀림"))
    assert [row.badge.text for row in view.rows() if row.badge] == ["초안", "초안"]
    assert view.current() is not None
    assert view.to_pay_won() == 0


def test_a_correction_leads_to_its_sales_files_and_notes(house: House, tmp_path: Path) -> None:
    house.commissions.enter(rule(160, "기업"))
    view = shown(house)
    view.take(view.run())
    view.key = next(row.key for row in view.rows() if vendor_id(MAKER) in row.key)
    assert sum(link.won for link in view.sales()) == 210_000
    assert sum(link.won for link in view.sales(tender="cash")) == 210_000
    view.take(view.note("다시 봐요"))
    now = view.current()
    assert now is not None and [note.text for note in now.notes] == ["다시 봐요"]
    assert view.save_pdf(tmp_path / view.pdf_name()).startswith("저장했어요")
    assert (tmp_path / view.pdf_name()).read_bytes().startswith(b"%PDF")
    view.take(view.approve_all())
    view.take(view.take_back())
    view.take(view.approve_all())
    assert "1곳 189,000원" in view.save_transfers(tmp_path / "bank.csv")
    view.take(view.set_account("우체국", "700-1234-5678", "김새벽"))
    now = view.current()
    assert now is not None and now.account_masked == "우체국 ***-****-5678"
    view.filter = "없는 업체"
    assert view.rows() == []


def test_a_rule_is_typed_tried_and_entered(house: House) -> None:
    view = CommissionPresenter(house, DAY)
    view.take(view.load())
    assert [row.title for row in view.rows()] == ["가공 10%"]
    assert "정한 비용이 없어요" in view.fees()
    for name, text in (
        ("vendor_class", "가공"),
        ("rate", "12.5%"),
        ("band_won", "5,000,000"),
        ("band_rate", "15"),
    ):
        view.set(name, text)
    view.set("from_on", "2026-12-01")
    view.set_following(True)
    typed = view.rule()
    assert typed.bands == (Band(0, 125), Band(5_000_000, 150))
    assert (typed.applies, typed.from_on) == (Applies.FOLLOWING_MONTH, "2026-12-01")
    view.tried = view.simulate()
    lines, total = view.trial()
    assert lines[0] == ("새벽 공방", "210,000", "21,000", "26,250", "+5,250")
    assert total[-1] == "+5,250"
    assert "1일" in view.trial_words()
    view.take(view.enter())
    assert view.tried is None and view.draft.rate == ""
    assert [row.badge.text for row in view.rows() if row.badge] == ["지금", "다음"]
    assert len(view.history()) == 3
    view.chosen = view.rows()[1].key
    view.take(view.end("2027-06-30"))
    assert "2027-06-30" in view.rows()[1].caption
    view.take(view.set_fee("card", "1.5"))
    assert "카드 1.5%" in view.fees()
    house.use(session(Role.CASHIER))
    assert view.off


@pytest.mark.parametrize(("text", "permille"), [("10", 100), ("1.5", 15), ("0%", 0), (" 12.5 % ", 125)])
def test_rates_as_people_write_them(text: str, permille: int) -> None:
    assert permille_of(text) == permille


@pytest.mark.parametrize("text", ["", "열", "1.55", "-3", "1,5", "٣"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(DomainError, check=lambda error: error.code == "commission.rate_text"):
        permille_of(text)
