"""The acts whose holds are looked for: what a cashier does on a market day, by keys and fingers."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.bench import market
from tests.ui.window.driver import Window, rest, settle, until

F4, F5, F6, F7 = Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7
F8, F9, F10, F12 = Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F12
ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
PAGE_DOWN, PAGE_UP = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
CONTROL = Qt.KeyboardModifier.ControlModifier
CODES = [market.barcode_of(number) for number in (3, 41, 144, 7, 103)]


def home(window: Window) -> None:
    """Back to the sale with as many Esc as it takes."""
    for _ in range(4):
        if window.at != "selling":
            window.press(ESCAPE)
            settle()
    assert window.at == "selling", window.at


def scans(window: Window) -> None:
    for code in CODES:
        window.scan(code)
        settle()


def steps(window: Window) -> None:
    window.press(Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Up, Qt.Key.Key_Delete)
    window.press(Qt.Key.Key_Z, modifier=CONTROL)


def search_letters(window: Window) -> None:
    window.say("사과")
    settle()
    window.press(ESCAPE)


def search_initials(window: Window) -> None:
    for jamo in "ㅅㄱ":
        window.say(jamo)
        settle()
    window.press(ESCAPE)


def search_one_letter(window: Window) -> None:
    window.type("5")
    settle()
    window.press(ESCAPE)


def search_nothing(window: Window) -> None:
    window.say("없는물건")
    settle()
    window.press(ESCAPE)


def pages(window: Window) -> None:
    window.press(PAGE_DOWN, PAGE_DOWN, PAGE_UP, PAGE_UP)


def tile(window: Window) -> None:
    grid = window.selling.left.grid
    for row in (0, 1, 2):
        window.touch(grid.viewport().mapTo(window.shell, grid.place(row).center()))


def filters(window: Window) -> None:
    window.press(F9)
    settle()
    window.press(ESCAPE)


def vendor(window: Window) -> None:
    window.press(F9)
    settle()
    window.touch_named("filter_vendor_2")
    settle()
    window.touch_named("chip_best")


def category(window: Window) -> None:
    window.touch_named("chip_category_0")
    settle()
    window.touch_named("chip_best")


def line_edit(window: Window) -> None:
    scans(window)
    window.press(F6)
    settle()
    window.type("3")
    window.press(ENTER)


def discount(window: Window) -> None:
    scans(window)
    window.press(F5)
    settle()
    window.touch(window.key("10%"))


def park(window: Window) -> None:
    scans(window)
    window.press(F4)
    settle()
    window.press(F4)


def _paid(window: Window) -> None:
    window.press(F12)
    window.wait_for("change")
    settle()
    window.press(F12)
    window.wait_for("selling")


def cash(window: Window) -> None:
    scans(window)
    window.press(F12)
    window.wait_for("tender")
    window.type("500000")
    _paid(window)


def card(window: Window) -> None:
    scans(window)
    window.press(F12, F6)
    settle()
    window.find("approval_no").setFocus()
    window.type("30128841")
    _paid(window)


def voucher_and_cash(window: Window) -> None:
    scans(window)
    window.press(F12, F7)
    window.touch_named("face_5000_plus")
    window.press(F12)
    settle()
    window.press(Qt.Key.Key_F5, F12)
    window.wait_for("change")
    window.press(F12)


def again(window: Window) -> None:
    window.press(F8)
    settle()
    window.press(F12)
    window.wait_for("tender")
    _paid(window)


def refund(window: Window) -> None:
    window.press(F7)
    window.wait_for("receipts")
    settle()
    window.touch_row("receipt_list", window.house.returns.recent(1)[0].receipt_no)
    settle()
    window.touch_named("refund_plus_1")
    settle()
    window.touch(window.key("상했어요"))
    settle()
    window.press(F12)
    settle()
    home(window)


def receipt_search(window: Window) -> None:
    window.press(F7)
    window.wait_for("receipts")
    window.type("0001")
    settle()
    window.press(ESCAPE, ESCAPE)
    home(window)


def menu(window: Window) -> None:
    window.press(F10)
    settle()
    window.press(F10)


def visit(screen: str, there: Callable[[Window], object] = lambda window: None) -> Callable[[Window], None]:
    """From the menu to a screen, something done there, and back."""

    def go(window: Window) -> None:
        window.press(F10)
        settle()
        window.touch_named(f"menu_{screen}")
        until(lambda: window.at != "menu", f"{screen} from the menu")
        settle()
        there(window)
        rest()
        home(window)

    return go


def count(window: Window) -> None:
    window.find("count_50000").setFocus()
    window.type("3")
    window.press(ENTER)


def daylight(window: Window) -> None:
    window.press(Qt.Key.Key_D, modifier=CONTROL)
    settle()


def larger(window: Window) -> None:
    window.press(Qt.Key.Key_Plus, modifier=CONTROL)
    settle()
    window.press(Qt.Key.Key_Minus, modifier=CONTROL)
    settle()


def looks(window: Window) -> None:
    """Type and theme by the keys of the settings, each taken back."""
    for name in (
        "setting_type_scale_150",
        "setting_type_scale_100",
        "setting_theme_daylight",
        "setting_theme_light",
    ):
        window.touch_named(name)
        settle()
        rest()


def receipts_larger(window: Window) -> None:
    window.press(F7)
    window.wait_for("receipts")
    settle()
    larger(window)
    daylight(window)
    daylight(window)
    home(window)


def settings_search(window: Window) -> None:
    window.say("인쇄")
    settle()
    window.press(ESCAPE)


def move_cash(window: Window) -> None:
    window.type("20000")
    settle()


def _patiently(done: Callable[[], object], what: str, times: int = 6) -> None:
    """A house of 20,000 products is filled beside the window; a busy machine takes its time."""
    for left in reversed(range(times)):
        try:
            until(done, what)
        except AssertionError:
            if not left:
                raise
        else:
            return


def practise(window: Window) -> None:
    """Into the practice house, one sale there, and out."""
    window.press(F10)
    settle()
    window.touch_named("menu_practice")
    settle()
    _patiently(lambda: window.shell.theme.practice, "practice")
    rest()
    scans(window)
    window.press(F12)
    window.wait_for("tender")
    window.press(F12)
    window.wait_for("change")
    window.press(F12)
    window.wait_for("selling")
    window.touch_named("strip_practice")
    until(lambda: not window.shell.theme.practice, "the real house again")
    rest()


ACTS: dict[str, Callable[[Window], None]] = {
    "scan": scans,
    "plus, minus, remove, undo": steps,
    "search 사과": search_letters,
    "search ㅅㄱ": search_initials,
    "search 5": search_one_letter,
    "search nothing": search_nothing,
    "pages": pages,
    "tile": tile,
    "filter dialog": filters,
    "one vendor": vendor,
    "one category": category,
    "line edit": line_edit,
    "discount": discount,
    "park and recall": park,
    "cash sale": cash,
    "card sale": card,
    "voucher and cash": voucher_and_cash,
    "the same again": again,
    "refund": refund,
    "receipt search": receipt_search,
    "menu": menu,
    "X": visit("x_report"),
    "cash in and out": visit("cash", move_cash),
    "devices": visit("devices"),
    "settings": visit("settings"),
    "day report": visit("day_report"),
    "blind count": visit("shift_close", count),
    "daylight": daylight,
    "type size": larger,
    "settings search": visit("settings", settings_search),
    "type and theme in the settings": visit("settings", looks),
    "type size in the receipts": receipts_larger,
    "practice": practise,
}
