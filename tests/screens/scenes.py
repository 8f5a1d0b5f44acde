"""What each picture shows: a window brought there with the keys and fingers of a cashier."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from pos_app.domain.operators import Role
from tests.ui.window.driver import Window, rest, settle, until
from tests.ui.window.homes import APPLE, BREAD_CODE, KIM_CODE, OIL_CODE, POTATO_CODE, RICE_CODE, UNKNOWN_CODE

Scene = Callable[[Window], None]
F4, F5, F6, F7 = Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7
F12, ENTER = Qt.Key.Key_F12, Qt.Key.Key_Return


def cart(window: Window) -> None:
    """Four things, one of them twice."""
    for code in (OIL_CODE, RICE_CODE, BREAD_CODE, KIM_CODE, KIM_CODE):
        window.scan(code)
    settle()


def empty(window: Window) -> None:
    """Nothing yet."""


def search(window: Window) -> None:
    window.say("ㅅㄱ")


def no_hit(window: Window) -> None:
    window.say("없는물건")


def filters(window: Window) -> None:
    window.press(Qt.Key.Key_F9)


def quick_add(window: Window) -> None:
    cart(window)
    window.scan(UNKNOWN_CODE)


def line_edit(window: Window) -> None:
    cart(window)
    window.press(F6)


def line_discount(window: Window) -> None:
    line_edit(window)
    window.touch_named("line_edit_tabs_discount")


def weigh(window: Window) -> None:
    cart(window)
    window.scan(POTATO_CODE)
    window.type("124")


def discount(window: Window) -> None:
    cart(window)
    window.press(F5)


def tender(window: Window) -> None:
    cart(window)
    window.touch_corner()
    window.wait_for("tender")
    window.touch(window.key("100,000"))


def tender_card(window: Window) -> None:
    tender(window)
    window.press(F6)
    window.touch_named("approval_no")
    window.type("30128841")


def tender_voucher(window: Window) -> None:
    tender(window)
    window.press(F7)
    for face in ("face_30000_plus", "face_30000_plus", "face_10000_plus", "face_10000_plus"):
        window.touch_named(face)


def tender_voucher_no_change(window: Window) -> None:
    window.scan(KIM_CODE)
    window.press(F12)
    window.press(F7)
    window.touch_named("face_10000_plus")


def tender_split(window: Window) -> None:
    cart(window)
    window.press(F12)
    window.type("20000")
    window.press(ENTER)
    window.press(F6)
    window.type("12345678")


def tender_credit(window: Window) -> None:
    tender(window)
    window.press(Qt.Key.Key_F9)


def change(window: Window) -> None:
    tender(window)
    window.touch_corner()
    window.wait_for("change")


def change_exact(window: Window) -> None:
    cart(window)
    window.press(F12, F12)
    window.wait_for("change")


def change_printer_down(window: Window) -> None:
    papers = window.house.papers
    window.house.settings.set("printer_uri", "socket://127.0.0.1:9")
    cart(window)
    window.press(F12, F12)
    until(lambda: papers.status().needs_hand, "the printer is found missing")
    window.press(F12)
    cart(window)
    window.press(F12, F12)
    window.wait_for("change")


def receipts(window: Window) -> None:
    window.press(F7)
    window.wait_for("receipts")


def refund(window: Window) -> None:
    cart(window)
    window.press(F12, F12, F12)
    receipts(window)
    rows = window.house.returns.recent(1)
    choose = getattr(window.shell.current, "_choose")  # noqa: B009
    choose(rows[0].sale_id)
    settle()
    window.touch_named("refund_plus_1")
    settle()
    window.key("상했어요").click()


def parked(window: Window) -> None:
    for codes in ((OIL_CODE, KIM_CODE), (RICE_CODE,), (BREAD_CODE, BREAD_CODE, KIM_CODE)):
        for code in codes:
            window.scan(code)
        window.press(F4)
    window.shell.go("parked")


def parked_empty(window: Window) -> None:
    window.shell.go("parked")


def shift_open(window: Window) -> None:
    window.house.shifts.count(((10_000, 10), (50_000, 40)))
    _close_whatever(window)
    window.shell.go("shift_open")


def _close_whatever(window: Window) -> None:
    """Close the shift by its services: the count is exact."""
    shifts = window.house.shifts
    result = shifts.count(())
    missing = result.expected_won
    exact = []
    for face in (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10):
        pieces, missing = divmod(missing, face)
        if pieces:
            exact.append((face, pieces))
    shifts.count(tuple(exact))
    shifts.close("")


def blind_count(window: Window) -> None:
    window.shell.go("shift_close")
    settle()
    for pieces in (8, 41, 9, 77, 12, 20):
        settle()  # a number that gets the focus is typed over
        window.type(str(pieces))
        window.press(ENTER)


def count_result(window: Window) -> None:
    blind_count(window)
    window.press(F12)
    until(lambda: window.there("expected_amount"), "the count is handed in")


def count_cards(window: Window) -> None:
    cart(window)
    window.press(F12, F6, F12, F12)
    count_result(window)
    aside(window)
    window.key("모르겠어요").click()
    window.press(F12)


def z_before(window: Window) -> None:
    count_cards(window)
    window.press(F12)
    settle()
    window.press(F12)
    until(lambda: window.shell.current.corner.text() == "Z 마감하고 인쇄", "the last step")
    _paper(window, "z_paper_picture")


def z_done(window: Window) -> None:
    z_before(window)
    window.press(F12)
    settle()
    if window.shell.dialog is None:
        until(lambda: window.shell.current.corner.text() == "마치기", "Z is made")
    settle()


def _paper(window: Window, name: str) -> None:
    """The paper is drawn in the background."""
    until(lambda: _drawn(window, name), name)


def _drawn(window: Window, name: str) -> bool:
    if not window.there(name):
        return False
    return not window.find(name).pixmap().isNull()  # type: ignore[attr-defined]


def x_report(window: Window) -> None:
    window.shell.go("x_report")
    idle(window)


def idle(window: Window) -> None:
    """What runs in the background has come back."""
    rest()


def cash(window: Window) -> None:
    window.house.shifts.move_cash("pay_out", 30_000, "거스름돈 바꾸기")
    window.shell.go("cash")
    window.type("20000")


def menu(window: Window) -> None:
    window.press(Qt.Key.Key_F10)


def keys(window: Window) -> None:
    window.press(Qt.Key.Key_F1)


def devices(window: Window) -> None:
    window.shell.go("devices")


def settings(window: Window) -> None:
    window.shell.go("settings")


def day_report(window: Window) -> None:
    window.shell.go("day_report")
    idle(window)


def practice(window: Window) -> None:
    window.shell.desk.start_practice()
    rest()
    cart(window)


def practice_empty(window: Window) -> None:
    window.shell.desk.start_practice()
    rest()


def _people(window: Window) -> None:
    window.house.operators.add("박영지", Role.COORDINATOR, "482915")
    for name in ("김서은", "이현서", "정지진"):
        window.house.operators.add(name, Role.CASHIER, "4829")


def sign_in(window: Window) -> None:
    _people(window)
    window.shell.begin()
    settle()
    window.type("48")


def sign_in_wrong(window: Window) -> None:
    _people(window)
    window.shell.begin()
    settle()
    window.touch_named("person_0")
    for digit in "9173":
        window.type(digit)
    until(lambda: window.there("pin_error"), "a wrong PIN is refused")


def over_limit(window: Window) -> None:
    _people(window)
    cashier = next(each for each in window.house.operators.names() if each.name == "김서은")
    window.house.use(window.house.operators.sign_in(cashier.id, "4829"))
    cart(window)
    window.press(F5)
    window.key("30%").click()
    settle()


def toast(window: Window) -> None:
    cart(window)
    window.press(F4)


def oversell(window: Window) -> None:
    cart(window)
    window.touch_tile(APPLE)


def unfinished(window: Window) -> None:
    cart(window)
    window.selling.acts.ask_unfinished()


def vendor(window: Window) -> None:
    window.press(Qt.Key.Key_F9)
    settle()
    window.touch_named("filter_vendor_9")


def focus(window: Window) -> None:
    cart(window)
    window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Tab)


def bug(window: Window) -> None:
    cart(window)
    window.shell.bug(RuntimeError("a bug"))
    window.bugs.clear()


def customer(window: Window) -> None:
    cart(window)
    window.house.till.set_customer("총무부 복지팀")
    window.selling.refresh()
    window.press(Qt.Key.Key_F3)


def aside(window: Window) -> None:
    """Where work and panel take turns: the panel."""
    if window.shell.current.one_column():
        window.touch(window.shell.current.side_key)
        settle()


def receipt_preview(window: Window) -> None:
    change(window)
    aside(window)
    window.touch_named("look_at_receipt")
    _paper(window, "receipt_paper_picture")


def cash_receipt(window: Window) -> None:
    tender(window)
    window.touch_named("cash_receipt")
