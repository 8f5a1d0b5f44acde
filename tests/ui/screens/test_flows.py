"""Whole sales by touch and by keyboard, and the ways around them."""


import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.tender import TenderType
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.shell import Shell

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


def test_a_quick_weight_with_the_focus_stays_while_digits_are_typed(shell: Shell) -> None:
    shell.current.tap("p12")
    assert shell.dialog is not None
    quick = shell.dialog.findChild(QWidget, "quick_value_0")
    assert quick is not None
    quick.setFocus()
    for digit in "124":
        QTest.keyClicks(QApplication.focusWidget(), digit)
        QApplication.processEvents()
    assert QApplication.focusWidget() is quick
    assert shell.dialog.presenter.milli() == 124


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
    QApplication.processEvents()
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


def test_a_pin_is_typed_and_entered_by_keyboard(shell: Shell) -> None:
    shell.current.tap("p14")
    shell.current.edit_line(shell.current.presenter.rows()[0].key, "discount")
    shell.dialog._quick(50)
    press(shell, Qt.Key.Key_Return)
    assert shell.dialog.objectName() == "pin_dialog"
    shell.activateWindow()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(shell, *[getattr(Qt.Key, f"Key_{digit}") for digit in "246813"], Qt.Key.Key_Return)
    assert shell.dialog is None
    assert shell.current.presenter.totals().total_won == 14_000
