"""What the pictures of paying show: a cut-off card, 현금영수증 afterwards, the customer's screen."""

from PySide6.QtCore import Qt

from tests.screens.scenes import Scene, cart
from tests.ui.window.driver import Window, rest, settle, until

F6, F7, F8, F9 = Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9
F12, ENTER = Qt.Key.Key_F12, Qt.Key.Key_Return


def cut_off(window: Window) -> None:
    """A card that nobody knows the answer of, with cash received before it."""
    cart(window)
    window.press(F12)
    window.type("20000")
    window.press(ENTER)
    window.press(F6)
    rest()
    till = window.house.till
    kept = type(till.payment)(till._desk, till.policy, till._kept)  # as the next start would find it
    till.payment = kept
    window.shell.go("selling")
    until(lambda: window.there("cut_off"), "the question")
    settle()


def cut_off_number(window: Window) -> None:
    cut_off(window)
    window.touch_named("cut_off_came_out")
    settle()


def tender_transfer(window: Window) -> None:
    window.house.settings.set("transfer_account", "농협 301-0000-0000-01, 가치키움 사회적협동조합")
    cart(window)
    window.press(F12, F8)
    settle()


def tender_card_empty(window: Window) -> None:
    cart(window)
    window.press(F12, F6)
    settle()


def tender_three(window: Window) -> None:
    """Cash, a voucher and a card, the rest on credit."""
    cart(window)
    window.press(F12)
    window.type("20000")
    window.press(ENTER, F6)
    window.type("10000")
    window.press(F12)
    window.press(F9)
    settle()


def tender_two_and_card(window: Window) -> None:
    """Cash and a voucher received, the rest by card."""
    cart(window)
    window.press(F12)
    window.type("20000")
    window.press(ENTER, F7)
    window.touch_named("face_10000_plus")
    window.press(F12, F6)
    settle()


def tender_received(window: Window) -> None:
    """The rows themselves, where a key stands for them."""
    tender_two_and_card(window)
    if window.there("received_so_far"):
        window.touch_named("received_so_far")
    settle()


def receipt_after(window: Window) -> None:
    """현금영수증 asked for on the change screen."""
    cart(window)
    window.press(F12, F12)
    window.wait_for("change")
    if window.shell.current.side_key.isVisible():
        window.touch(window.shell.current.side_key)
    window.touch_named("cash_receipt_after")
    settle()


def change_panel(window: Window) -> None:
    """The acts after a sale; in one pane behind the side key."""
    cart(window)
    window.press(F12)
    window.type("100000")
    window.press(F12)
    window.wait_for("change")
    if window.shell.current.side_key.isVisible():
        window.touch(window.shell.current.side_key)
    settle()


TENDER: dict[str, Scene] = {
    "cut-off": cut_off,
    "cut-off-number": cut_off_number,
    "tender-transfer": tender_transfer,
    "tender-card-empty": tender_card_empty,
    "tender-three": tender_three,
    "tender-two-card": tender_two_and_card,
    "tender-received": tender_received,
    "change-cash-receipt": receipt_after,
    "change-panel": change_panel,
}
