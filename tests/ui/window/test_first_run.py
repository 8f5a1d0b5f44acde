"""From an empty home to the first sale, in the window, without a network."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.window.driver import opened, rest, settle
from tests.ui.window.homes import KIM_CODE, KIM_WON

F12 = Qt.Key.Key_F12
PIN = "482915"


@pytest.mark.acceptance("A31")
@pytest.mark.parametrize("with_pin", [False, True])
def test_an_empty_home_becomes_a_till_that_sells(qapp: QApplication, home: Path, with_pin: bool) -> None:
    with opened(home) as window:
        assert window.at == "first_run"
        window.press(F12)
        settle()
        window.touch(window.key("견본으로 시작하기"))
        rest()
        assert any("업체 26곳, 물건 44가지" in words for words in window.texts())
        for _ in range(2):
            window.press(F12)
            settle()
        if with_pin:
            for name, text in (("first_run_pin", PIN), ("first_run_pin_again", PIN)):
                window.find(name).setFocus()
                window.type(text)
            window.find("first_run_name").setFocus()
            window.say("박영지")
            window.press(F12)
        else:
            window.touch(window.key("나중에 하기"))
        rest()
        if window.at == "sign_in":
            window.type(PIN)
        window.wait_for("shift_open")
        window.press(F12)
        window.wait_for("selling")
        window.sell(KIM_CODE)
        assert [row.total_won for row in window.house.returns.recent(5)] == [KIM_WON]
    with opened(home) as window:
        assert window.at == ("sign_in" if with_pin else "selling")
