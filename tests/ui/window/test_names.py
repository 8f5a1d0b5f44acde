"""Every control of every screen has its names, its size and its turn in the focus."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from tests.ui.window.driver import Window, settle
from tests.ui.window.homes import KIM_CODE, OIL_CODE, POTATO_CODE, UNKNOWN_CODE

F4, F5, F6, F7, F9, F12 = (
    Qt.Key.Key_F4,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
    Qt.Key.Key_F9,
    Qt.Key.Key_F12,
)
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
TARGET_PX = 56


def to(screen: str) -> Callable[[Window], None]:
    def go(window: Window) -> None:
        window.shell.go(screen)
        settle()

    return go


def keys(*keys: Qt.Key) -> Callable[[Window], None]:
    def press(window: Window) -> None:
        window.scan(KIM_CODE)
        window.press(*keys)
        settle()

    return press


def scanned(code: str) -> Callable[[Window], None]:
    def scan(window: Window) -> None:
        window.scan(code)
        settle()

    return scan


def parked(window: Window) -> None:
    window.scan(KIM_CODE)
    window.press(F4)
    window.shell.go("parked")
    settle()


def refund(window: Window) -> None:
    window.press(F7)
    settle()
    window.touch_row("receipt_list", window.house.returns.recent(1)[0].receipt_no)
    settle()


def too_much(window: Window) -> None:
    """More by card than is due."""
    window.scan(KIM_CODE)
    window.press(F12, F6)
    window.type("900000")
    settle()


def split(window: Window) -> None:
    """Cash received, the rest by card, too much of it."""
    window.scan(OIL_CODE)
    window.press(F12)
    window.type("5000")
    window.press(Qt.Key.Key_Return, F6)
    window.type("900000")
    settle()


def handed_in(window: Window) -> None:
    window.shell.go("shift_close")
    settle()
    window.press(F12)
    window.find("expected_amount")
    settle()


PLACES: dict[str, Callable[[Window], None]] = {
    "selling": keys(),
    "empty": to("selling"),
    "filters": keys(F9),
    "quick_add": scanned(UNKNOWN_CODE),
    "weigh": scanned(POTATO_CODE),
    "line_edit": keys(F6),
    "discount": keys(F5),
    "cash": keys(F12),
    "card": keys(F12, F6),
    "card_too_much": too_much,
    "split": split,
    "voucher": keys(F12, F7),
    "credit": keys(F12, F9),
    "change": keys(F12, F12),
    "parked": parked,
    "receipts": refund,
    "shift_close": to("shift_close"),
    "count_result": handed_in,
    "cash_movement": to("cash"),
    "x_report": to("x_report"),
    "menu": to("menu"),
    "keys": to("keys"),
    "devices": to("devices"),
    "settings": to("settings"),
    "day_report": to("day_report"),
    "shift_open": to("shift_open"),
}


def controls(window: Window) -> list[QWidget]:
    """What can be pressed or typed into and is seen (under a dialog: of the dialog)."""
    root = window.shell.dialog or window.shell
    return [
        widget
        for widget in root.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and not isinstance(widget, QHeaderView) and widget.isVisible()
    ]


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_both_names_and_room_for_a_finger(window: Window, place: str) -> None:
    PLACES[place](window)
    found = controls(window)
    assert found
    nameless = [f"{type(w).__name__} {w.objectName()!r}" for w in found if not w.objectName()]
    assert not nameless
    silent = [w.objectName() for w in found if not (w.accessibleName() or getattr(w, "text", str)())]
    assert not silent
    twice = [name for name, count in Counter(w.objectName() for w in found).items() if count > 1]
    assert not twice
    small = [
        f"{w.objectName()} {w.width()}x{w.height()}"
        for w in found
        if not isinstance(w, QLineEdit) and (w.width() < TARGET_PX or w.height() < TARGET_PX)
    ]
    assert not small


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("place", ["selling", "cash", "change", "parked", "menu", "shift_close"])
def test_tab_reaches_every_control_and_the_corner_key_before_the_strip(window: Window, place: str) -> None:
    PLACES[place](window)
    wanted = {w.objectName() for w in controls(window) if w.focusPolicy() & Qt.FocusPolicy.TabFocus}
    wanted -= {w.objectName() for w in window.shell.strip.findChildren(QWidget)}
    order: list[str] = []
    for _ in range(150):
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus.objectName() in order:
            break
        order.append(focus.objectName())
        window.press(Qt.Key.Key_Tab)
    assert wanted <= set(order), wanted - set(order)
    first = order.index(f"{window.at}.corner")
    screens = [name for name in order[first + 1 :] if name in wanted]
    begun = order[0]
    after = set(screens) - _before(order, begun, window)
    assert not after, f"after the corner key: {after}"


def _before(order: list[str], begun: str, window: Window) -> set[str]:
    """What the ring of the focus comes to after the strip, having begun in the middle of the screen."""
    strip = [
        at
        for at, name in enumerate(order)
        if name in {w.objectName() for w in window.shell.strip.findChildren(QWidget)}
    ]
    return set(order[max(strip) + 1 :]) if strip else set()


def test_the_first_focus_is_where_work_begins(window: Window) -> None:
    assert window.has_focus("search")
    window.scan(OIL_CODE)
    window.press(F12)
    assert window.has_focus("received_box")
    window.press(F12)
    assert window.has_focus("change.corner")
    window.press(F12)
    assert window.has_focus("search")
