"""The lock after wrong PINs, and the coordinator's PIN that opens it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import open_house
from pos_app.domain.operators import LOCK_AFTER, Role
from tests.ui.window.driver import Window, opened, rest, until

COORDINATOR_PIN, CASHIER_PIN, WRONG_PIN = "482915", "7392", "5938"


@pytest.fixture
def locked(qapp: QApplication, fresh: Path) -> Iterator[Window]:
    """김서은 typed wrong PINs until the till locked."""
    house = open_house(fresh)
    house.operators.add("박영지", Role.COORDINATOR, COORDINATOR_PIN)
    house.operators.add("김서은", Role.CASHIER, CASHIER_PIN)
    house.close()
    with opened(fresh) as window:
        window.touch(window.key("김서은"))
        for _ in range(LOCK_AFTER):
            window.type(WRONG_PIN)
            rest()
        until(lambda: window.there("pin_unlock"), "the lock")
        yield window


@pytest.mark.acceptance("A39")
def test_the_lock_tells_how_long_and_a_coordinators_pin_opens_it(locked: Window) -> None:
    assert any("초 뒤에 다시 해 봐요" in words for words in locked.texts())
    locked.touch_named("pin_unlock")
    locked.type(COORDINATOR_PIN)
    locked.press(Qt.Key.Key_Return)
    until(lambda: not locked.there("pin_unlock"), "opened")
    assert "김서은" in locked.toast()
    locked.type(CASHIER_PIN)
    locked.wait_for("selling")
    assert locked.house.session.name == "김서은", "the coordinator did not sign in by it"


def test_another_wrong_pin_does_not_open_it(locked: Window) -> None:
    locked.touch_named("pin_unlock")
    locked.type(WRONG_PIN + "17")
    locked.press(Qt.Key.Key_Return)
    until(lambda: locked.there("pin_dialog_error"))
    locked.press(Qt.Key.Key_Escape)
    until(lambda: locked.there("pin_unlock"))


def test_another_name_is_not_locked(locked: Window) -> None:
    locked.touch(locked.key("박영지"))
    until(lambda: not locked.there("pin_unlock") and not locked.there("pin_error"))
    locked.type(COORDINATOR_PIN)
    locked.wait_for("selling")
