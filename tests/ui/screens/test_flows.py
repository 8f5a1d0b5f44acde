"""Whole sales by touch and by keyboard, and the ways around them."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderType
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.shell import Shell
from tests.ui.fakes import PEOPLE
from tests.ui.screens.fake_market import view

LEFT = Qt.MouseButton.LeftButton
NO = Qt.KeyboardModifier.NoModifier


class Finger:
    """Touches the window and counts."""

    def __init__(self, shell: Shell) -> None:
        self.shell, self.taps = shell, 0

    def on(self, widget: QWidget, at: QPoint | None = None) -> None:
        point = widget.mapTo(self.shell, at or widget.rect().center())
        target = self.shell.childAt(point)
        assert target is not None
        QTest.mouseClick(target, LEFT, NO, target.mapFrom(self.shell, point))
        self.taps += 1

    def tile(self, place: int) -> None:
        grid = self.shell.current.left.grid
        self.on(grid.viewport(), grid.place(place).center())


def press(shell: Shell, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or shell, key)


@pytest.mark.acceptance("A3")
def test_three_things_in_cash_are_seven_taps(shell: Shell) -> None:
    finger = Finger(shell)
    for place in (0, 3, 8):
        finger.tile(place)
    finger.on(shell.current.corner)
    hundred = next(key for key in shell.current.amounts.quick_keys if key.text() == "100,000")
    finger.on(hundred)
    finger.on(shell.current.corner)
    assert shell._name == "change"
    assert shell.current.amount.amount() == 100_000 - 39_000 - 21_000 - 4_400
    finger.on(shell.current.corner)
    assert finger.taps == 7
    assert shell._name == "selling"
    assert shell.current.presenter.empty


@pytest.mark.acceptance("A3")
def test_after_scanning_six_presses_make_a_cash_sale(shell: Shell) -> None:
    for code in ("8801471049749", "8800000000017", "8800000000017"):
        shell.scanned(code)
    press(shell, Qt.Key.Key_F12)
    press(shell, Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_Asterisk)
    assert shell.current.corner.text() == "현금 100,000원 받음"
    press(shell, Qt.Key.Key_Return)
    assert shell._name == "change"
    press(shell, Qt.Key.Key_Return)
    assert shell._name == "selling"
    assert len(shell.desk.house.sales) == 1


def test_an_unknown_code_asks_for_name_and_price(shell: Shell) -> None:
    shell.scanned("8801471049756")
    dialog = shell.dialog
    assert dialog is not None
    assert dialog.objectName() == "quick_add"
    dialog.name.set_text("곶감 500g")
    dialog.price.set_text("12,000")
    dialog._give()
    assert [row.name for row in shell.current.presenter.rows()] == ["곶감 500g"]
    assert shell.current.presenter.totals().total_won == 12_000
    shell.scanned("8801471049756")
    assert shell.current.presenter.rows()[0].quantity_milli == 2000


def test_the_tiles_are_read_once_and_only_counts_change(shell: Shell) -> None:
    goods = shell.desk.house.goods
    model = shell.current.left.grid.model_of_tiles()
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    reads = goods.reads
    for _ in range(3):
        shell.current.tap("p03")
    assert goods.reads == reads
    assert not resets
    assert model.count("p03") == 3000


def test_a_weighed_tile_asks_for_the_weight(shell: Shell) -> None:
    shell.current.tap("p12")
    dialog = shell.dialog
    assert dialog is not None
    for key in "1240":
        dialog._digit(key)
    assert dialog.amount.amount() == 3_600
    dialog._give()
    assert shell.current.presenter.rows()[0].amount_won == 3_600


def test_letters_go_to_the_search_from_anywhere(shell: Shell) -> None:
    shell.current.left.grid.setFocus()
    press(shell, Qt.Key.Key_5)
    assert shell.current.left.search.text() == "5"
    press(shell, Qt.Key.Key_Escape)
    assert shell.current.left.search.empty()


def test_the_search_finds_by_first_consonants_and_enter_adds(shell: Shell) -> None:
    shell.current.left.search.set_text("ㅅㄱ")
    assert shell.current.left.grid.tile(0).name == "사과 5kg"
    shell.current._enter_in_search()
    assert [row.name for row in shell.current.presenter.rows()] == ["사과 5kg"]
    assert shell.current.left.search.empty()


def test_a_line_is_taken_out_and_brought_back(shell: Shell) -> None:
    shell.current.tap("p03")
    shell.current.tap("p14")
    key = shell.current.presenter.rows()[0].key
    shell.current.cart.lines.remove.emit(key)
    assert shell.current.toast().text() == "참기름 320ml를 뺐어요"
    QTest.keyClick(QApplication.focusWidget() or shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(shell.current.presenter.rows()) == 2


def test_a_cart_is_parked_and_recalled_with_f4(shell: Shell) -> None:
    shell.current.tap("p03")
    press(shell, Qt.Key.Key_F4)
    assert shell.current.presenter.empty
    assert shell.current.left.parked_key.text() == "보류 1"
    press(shell, Qt.Key.Key_F4)
    assert [row.name for row in shell.current.presenter.rows()] == ["참기름 320ml"]


def test_a_discount_over_the_limit_asks_for_a_pin(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.edit_line(shell.current.presenter.rows()[0].key, "discount")
    dialog = shell.dialog
    assert dialog is not None
    dialog._quick(50)
    assert dialog.act.text() == "담당자 PIN으로 50% 할인"
    dialog._apply()
    pin = shell.dialog
    assert pin is not None
    pin.typed.emit("999999")
    assert shell.dialog is pin
    pin.typed.emit("246813")
    assert shell.current.presenter.totals().total_won == 14_000


def test_money_short_becomes_a_row_and_the_rest_goes_by_card(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.press_corner()
    tender = shell.current
    tender.presenter.set_amount(20_000)
    tender.refresh()
    assert tender.corner.text() == "20,000원 받고 더 받기"
    tender.press_corner()
    press(shell, Qt.Key.Key_F6)
    assert tender.presenter.type is TenderType.CARD
    assert tender.corner.text() == "카드 8,000원 받음"
    tender.press_corner()
    sale = shell.desk.house.sales[next(iter(shell.desk.house.sales))]
    assert [(t.input.type, t.amount_won) for t in sale["settled"].tenders] == [("cash", 20_000), ("card", 8_000)]


def test_credit_needs_a_department(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.press_corner()
    shell.current.choose(TenderType.CREDIT)
    assert shell.current.corner.off_reason()
    shell.current.amounts.payer.set_text("총무과")
    assert shell.current.corner.off_reason() is None


def test_a_store_that_cannot_write_is_told_and_the_sale_stays(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.press_corner()
    shell.desk.house.till.fail = EnvironmentFault("저장할 자리가 없어요.", "파일을 지워요.")
    shell.current.press_corner()
    assert shell.dialog is not None
    assert shell.dialog.accessibleName() == "저장할 자리가 없어요."
    shell.dialog.leave()
    assert shell._name == "tender"
    assert shell.desk.house.till.priced.total_won == 28_000


def test_a_bug_is_apologised_for_and_the_sale_stays(shell: Shell, caplog: pytest.LogCaptureFixture) -> None:
    shell.current.tap("p14")
    shell.desk.trouble(RuntimeError("planted"))
    assert shell.dialog is not None
    assert shell.dialog.objectName() == "bug"
    assert "planted" in caplog.text
    shell.dialog.leave()
    assert len(shell.current.presenter.rows()) == 1


def test_a_scan_on_the_change_screen_begins_the_next_sale(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.press_corner()
    shell.current.press_corner()
    assert shell._name == "change"
    shell.scanned("8801471049749")
    assert shell._name == "selling"
    assert [row.name for row in shell.current.presenter.rows()] == ["양파 3kg"]


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
    screen.grid._steppers[50_000].changed.emit(2)
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
    shell.start_practice()
    assert shell.desk.house is not real
    shell.current.tap("p14")
    assert shell.current.corner.text() == "연습 결제"
    shell.current.press_corner()
    shell.current.press_corner()
    practice = shell.desk.house
    assert len(practice.sales) == 1
    shell.end_practice()
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
    assert shell.theme.metrics.scale == 1.25
    assert shell.desk.house.settings.get("type_scale") == "125"
    QTest.keyClick(QApplication.focusWidget() or shell, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert shell.theme.dark


def test_settings_change_at_once_and_can_be_taken_back(shell: Shell) -> None:
    shell.go("settings")
    screen = shell.current
    row = next(row for row in screen.presenter.rows() if row.name == "left_handed")
    screen._set(row, "1")
    QApplication.processEvents()
    assert shell.left_handed
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
    shell._touched -= 299
    shell.refresh_strip()
    assert shell._name == "selling"
    shell._touched -= 2
    shell.refresh_strip()
    assert shell._name == "sign_in"
    press(shell, Qt.Key.Key_4, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1)
    assert len(shell.current.presenter.rows()) == 1


def test_the_store_is_not_loaded_before_the_first_paint() -> None:
    code = "import sys, pos_app.ui.app; print(sorted(m for m in sys.modules if m.startswith(('sqlalchemy', 'pos_app.services', 'pos_app.storage', 'PIL'))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
