"""What the pictures of settings, receipts, help and sign-in show."""

from datetime import date, timedelta

from PySide6.QtCore import Qt

from pos_app.domain.operators import Role
from pos_app.services.desk import Session
from tests.screens import scenes
from tests.screens.scenes import Scene
from tests.ui.window.driver import Window, rest, settle, until

COORDINATOR_PIN, CASHIER_PIN = "482915", "7392"


def settings_group(name: str, at: int) -> Scene:
    """The settings, at one of their groups."""

    def scene(window: Window) -> None:
        window.shell.go("settings")
        settle()
        window.touch_named(f"settings_group_{at}")
        settle()

    scene.__doc__ = name
    return scene


def settings_search(window: Window) -> None:
    """Found by initial consonants."""
    window.shell.go("settings")
    settle()
    window.say("ㅈㅅ")
    settle()


def settings_none(window: Window) -> None:
    window.shell.go("settings")
    settle()
    window.say("없는설정")
    settle()


def settings_people(window: Window) -> None:
    window.house.operators.add("박영지", Role.COORDINATOR, COORDINATOR_PIN)
    window.house.operators.add("김서은", Role.CASHIER, CASHIER_PIN)
    settings_group("people", 4)(window)


def settings_locked(window: Window) -> None:
    window.house.use(Session("x", "김서은", Role.CASHIER))
    settings_group("money", 2)(window)


def help_here(window: Window) -> None:
    """F1 on the sale."""
    window.press(Qt.Key.Key_F1)
    settle()


def help_keys(window: Window) -> None:
    help_here(window)
    window.touch_named("help_tabs_keys")
    settle()


def help_day(window: Window) -> None:
    help_here(window)
    window.touch_named("help_tabs_day")
    settle()


def sign_in(window: Window) -> None:
    """Two people, nobody signed in."""
    window.house.operators.add("박영지", Role.COORDINATOR, COORDINATOR_PIN)
    window.house.operators.add("김서은", Role.CASHIER, CASHIER_PIN)
    window.shell.desk.sign_out()
    settle()


def sign_in_locked(window: Window) -> None:
    sign_in(window)
    window.touch(window.key("김서은"))
    for _ in range(5):
        window.type("5938")
        rest()
        settle()


def slips(window: Window) -> None:
    """The card terminal's slips, a little less than what is recorded."""
    scenes.count_cards(window)
    window.touch_named("check_card_won_field")
    window.type("390000")
    settle()


def in_practice(name: str) -> Scene:
    """A screen while practising."""

    def scene(window: Window) -> None:
        window.shell.go("menu")
        window.touch_named("menu_practice")
        until(lambda: window.shell.theme.practice, "practice")
        rest()
        settle()
        window.shell.go(name)
        rest()
        settle()

    return scene


def receipt_of_cash(window: Window) -> None:
    """A sale in cash with 현금영수증, looked at again."""
    scenes.refund(window)
    window.find("refund_cash_receipt").click()  # type: ignore[attr-defined]  # large type scrolls
    window.find("cash_receipt_number")
    window.type("01012345678")
    window.press(Qt.Key.Key_Return)
    settle()


def receipt_void_card(window: Window) -> None:
    """Voiding a sale by card: its cancel at the terminal is asked for."""
    scenes.cart(window)
    window.press(Qt.Key.Key_F12, Qt.Key.Key_F6, Qt.Key.Key_F12, Qt.Key.Key_F12)
    scenes.receipts(window)
    window.touch_row("receipt_list", window.house.returns.recent(1)[0].receipt_no)
    settle()
    window.find("refund_void").click()  # type: ignore[attr-defined]
    window.touch_named("ask_act")
    window.find("ask_text_value")
    settle()


def receipts_other_day(window: Window) -> None:
    """Sales of another day, found by its date."""
    sold_on = window.house.days.current().business_date
    tomorrow = date.fromisoformat(sold_on) + timedelta(days=1)
    window.house.days.open("다음 장터", tomorrow.isoformat(), "R1")
    window.house.shifts.open(0)
    scenes.receipts(window)
    window.say(sold_on[5:])
    settle()


SETUP: dict[str, Scene] = {
    "receipt-of-cash": receipt_of_cash,
    "receipt-void-card": receipt_void_card,
    "receipts-other-day": receipts_other_day,
    "setup-look": settings_group("look", 0),
    "setup-paper": settings_group("paper", 1),
    "setup-money": settings_group("money", 2),
    "setup-goods": settings_group("goods", 3),
    "setup-people": settings_people,
    "setup-market": settings_group("market", 5),
    "setup-search": settings_search,
    "setup-none": settings_none,
    "setup-locked": settings_locked,
    "practice-settings": in_practice("settings"),
    "practice-receipts": in_practice("receipts"),
    "practice-close": in_practice("shift_close"),
    "practice-help": in_practice("keys"),
    "slips": slips,
    "sign-two": sign_in,
    "sign-locked": sign_in_locked,
    "help-here": help_here,
    "help-keys": help_keys,
    "help-day": help_day,
}
