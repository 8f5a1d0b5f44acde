"""Signing in, the first start, practice, close, refunds, settings: what surrounds a sale."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderType
from pos_app.ui.shell import Shell
from tests.ui.fakes import PEOPLE
from tests.ui.screens.fake_market import view
from tests.ui.window.driver import settle


def press(shell: Shell, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or shell, key)


def test_signing_in_by_the_fourth_digit(open_shell) -> None:
    shell = open_shell(people=PEOPLE)
    assert shell._name == "sign_in"
    press(shell, Qt.Key.Key_F10)
    assert shell._name == "sign_in"
    press(shell, *[Qt.Key.Key_1] * 4)
    assert "틀리면" in shell.current.error.text()
    press(shell, Qt.Key.Key_4, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1)
    assert shell._name == "selling"
    assert shell.desk.house.session.name == "박영지"


def test_the_first_run_makes_a_market_day(open_shell) -> None:
    shell = open_shell(day=False, shift=False)
    assert shell._name == "first_run"
    screen = shell.current
    screen.who.market.set_text("")
    screen.press_corner()
    assert screen.who.market.error()
    screen.who.market.set_text("완판장터")
    screen.press_corner()
    screen._sample()
    assert screen.presenter.import_words() == "업체 22곳, 물건 44가지를 넣었어요."
    screen.press_corner()
    screen.press_corner()
    screen._later()
    assert shell.desk.house.days.current().market == "완판장터"
    assert shell._name == "shift_open"
    shell.current.press_corner()
    assert shell._name == "selling"


@pytest.mark.acceptance("A27")
def test_what_is_expected_shows_only_after_the_count(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.press_corner()
    shell.current.press_corner()
    shell.go("shift_close")
    screen = shell.current
    screen.grid.rows[50_000].stepper.changed.emit(2)
    said = [label.text() for label in screen.findChildren(QWidget) if hasattr(label, "text") and label.isVisible()]
    assert not any("128,000" in str(text) for text in said)
    screen.press_corner()
    assert screen.presenter.result.over_short_won == -28_000
    assert screen.corner.off_reason() == "이유를 골라요."
    screen._take_reason("모르겠어요")
    screen.press_corner()
    screen.press_corner()
    screen.press_corner()
    assert screen.presenter.step == "z"
    screen.press_corner()
    assert shell.dialog is not None
    shell.dialog.typed.emit("246813")
    assert shell.desk.house.shifts.closed[0] == "모르겠어요"
    assert shell.desk.house.shifts.closed[1].allowed_by == "김서은"


@pytest.mark.acceptance("A50")
def test_practice_sells_in_another_house(shell: Shell) -> None:
    real = shell.desk.house
    shell.desk.start_practice()
    settle()
    assert shell.desk.house is not real
    shell.current.tap("p14")
    assert shell.current.corner.text() == "연습 결제"
    shell.current.press_corner()
    shell.current.press_corner()
    practice = shell.desk.house
    assert len(practice.sales) == 1
    shell.desk.end_practice()
    settle()
    assert shell.desk.house is real
    assert not real.sales
    assert practice.closed


def test_a_refund_asks_for_the_terminal_first(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.tap("p03")
    shell.current.press_corner()
    shell.current.choose(TenderType.CARD)
    shell.current.press_corner()
    shell.go("receipts")
    screen = shell.current
    screen._choose(screen.presenter.rows[0].sale_id)
    assert screen.corner.off_reason() == "돌려받을 물건을 골라요."
    screen.detail.rows[0].stepped.emit(1)
    screen.detail._reason("상했어요")
    assert screen.corner.text() == "28,000원 환불하기"
    screen.press_corner()
    assert shell.dialog is not None
    shell.dialog.leave()
    screen._refund()
    assert screen.presenter.sold.lines[0].left_milli == 0
    assert screen.presenter.sold.lines[1].left_milli == 1000


def test_a_cashier_needs_a_pin_to_refund(shell: Shell) -> None:
    shell.desk.house.session = view(operator_id="o4", name="최하현", role=Role.CASHIER)
    shell.current.tap("p14")
    shell.current.press_corner()
    shell.current.press_corner()
    shell.go("receipts")
    screen = shell.current
    screen._choose(screen.presenter.rows[0].sale_id)
    screen.presenter.take_all()
    screen.presenter.reason = "상했어요"
    screen.refresh()
    screen.press_corner()
    assert shell.dialog is not None
    shell.dialog.typed.emit("246813")
    assert screen.presenter.sold.lines[0].left_milli == 0


def test_a_parked_cart_is_thrown_away_only_when_the_screen_is_left(shell: Shell) -> None:
    till = shell.desk.house.till
    shell.current.tap("p14")
    shell.current.acts.park()
    shell.go("parked")
    shell.current._throw()
    assert len(till.parked()) == 1
    shell.current._undo_throw()
    shell.current._throw()
    shell.go("selling")
    assert not till.parked()


def test_cash_in_and_out(shell: Shell) -> None:
    shell.go("cash")
    screen = shell.current
    press(shell, Qt.Key.Key_3, Qt.Key.Key_Asterisk)
    assert screen.corner.text() == "30,000원 출금"
    assert screen.corner.off_reason() == "이유를 골라요."
    screen._reason("거스름돈 바꾸기")
    press(shell, Qt.Key.Key_Return)
    assert [(m.kind, m.amount_won) for m in shell.desk.house.shifts.moves] == [("pay_out", 30_000)]


def test_the_type_grows_with_control_plus(shell: Shell) -> None:
    QTest.keyClick(QApplication.focusWidget() or shell, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert shell.theme.metrics.scale == 1.25
    assert shell.desk.house.settings.get("type_scale") == "125"
    QTest.keyClick(QApplication.focusWidget() or shell, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert shell.theme.dark


def test_settings_change_at_once_and_can_be_taken_back(shell: Shell) -> None:
    shell.go("settings")
    screen = shell.current
    row = next(row for row in screen.presenter.rows() if row.name == "left_handed")
    screen._set(row, "1")
    QApplication.processEvents()
    assert shell.look.left_handed
    shell.go("selling")
    QApplication.processEvents()
    assert shell.current.corner.x() < 200


def test_an_open_cart_from_before_is_offered_first(open_shell) -> None:
    shell = open_shell()
    shell.current.tap("p14")
    shell.desk.house.till.was_unfinished = True
    shell.go("menu")
    shell.go("selling")
    assert shell.dialog is not None
    assert shell.dialog.accessibleName() == "꺼지기 전 장바구니가 있어요"
    shell.dialog.leave()
    assert len(shell.current.presenter.rows()) == 1


def test_a_till_left_alone_goes_back_to_the_names(open_shell) -> None:
    shell = open_shell(people=PEOPLE)
    press(shell, Qt.Key.Key_4, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1)
    shell.current.tap("p14")
    shell.desk.house.settings.set("auto_lock_minutes", "5")
    shell.keeping._touched -= 299
    shell.refresh_strip()
    assert shell._name == "selling"
    shell.keeping._touched -= 2
    shell.refresh_strip()
    assert shell._name == "sign_in"
    press(shell, Qt.Key.Key_4, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1)
    assert len(shell.current.presenter.rows()) == 1


def test_the_store_is_not_loaded_before_the_first_paint() -> None:
    code = "import sys, pos_app.ui.app; print(sorted(m for m in sys.modules if m.startswith(('sqlalchemy', 'pos_app.services', 'pos_app.storage', 'PIL'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
