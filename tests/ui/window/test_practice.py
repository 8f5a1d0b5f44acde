"""Practice in the window: it looks different, and nothing of it reaches the real books."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.tender import TenderType
from pos_app.printing import plain
from pos_app.runtime.paths import Home
from tests.ui.window.driver import Window, rest, settle
from tests.ui.window.homes import KIM, KIM_CODE, OIL, OIL_CODE, UNKNOWN_CODE

F4, F7, F12 = Qt.Key.Key_F4, Qt.Key.Key_F7, Qt.Key.Key_F12


def facts(window: Window) -> tuple[object, ...]:
    """What the real home holds: every fact, the day's figures, papers, numbers, what waits to be sent."""
    house = window.house
    return (
        house.integrity.digest(),
        house.reports.day(),
        house.papers.queue(),
        house.returns.recent(500),
        house.health.unsynced().count,
        house.till.parked(),
    )


def practise(window: Window) -> None:
    window.press(Qt.Key.Key_F10)
    window.touch(window.key("연습"))
    rest()


@pytest.mark.acceptance("A50")
def test_nothing_of_practice_is_in_the_real_home_afterwards(window: Window, demo: Path) -> None:
    before = facts(window)
    practise(window)
    assert window.shell.desk.house.practice
    window.sell(OIL_CODE, KIM_CODE)
    window.scan(UNKNOWN_CODE)
    window.say("곶감")
    window.press(Qt.Key.Key_Return)
    window.type("12000")
    window.press(Qt.Key.Key_Return)
    assert window.cart() == [("곶감", 1000)]
    window.press(F4)
    window.scan(KIM_CODE)
    practice = window.shell.desk.house
    sale = practice.returns.recent(1)[0]
    assert "연습" in plain.render(practice.papers.receipt(sale.sale_id), 42)
    practice.returns.refund(sale.sale_id, [(1, 1000, True)], "상했어요", TenderType.CASH)
    window.touch(window.find("strip_practice"))
    settle()
    assert not window.shell.desk.house.practice
    assert window.at == "selling"
    assert window.cart() == []
    assert facts(window) == before
    window.scan(KIM_CODE)
    window.press(F12, F12)
    assert len(window.house.returns.recent(500)) == len(before[3]) + 1
    assert Home(demo).practice_database.exists()


@pytest.mark.acceptance("A50")
def test_practice_says_so_all_round(window: Window) -> None:
    window.scan(OIL_CODE)
    practise(window)
    assert window.cart() == [], "the real cart stays in the real house"
    assert any("연습 중" in words for words in window.texts())
    assert "연습" in window.shell.current.corner.text()
    margins = window.shell.column.contentsMargins()
    assert (margins.left(), margins.right(), margins.bottom()) == (8, 8, 8)
    picture = window.shell.grab().toImage()
    purple = window.shell.theme.colour("practice")
    assert picture.pixelColor(3, window.shell.height() // 2) == purple
    assert picture.pixelColor(window.shell.width() - 4, window.shell.height() // 2) == purple
    assert picture.pixelColor(window.shell.width() // 2, 3) == purple
    for screen, words in (("selling", "연습 결제"), ("tender", "연습 현금 5,000원 받음")):
        if screen == "selling":
            window.scan(KIM_CODE)
        assert (window.at, window.shell.current.corner.text()) == (screen, words)
        window.press(F12)
    assert window.at == "change"
    window.touch(window.find("strip_practice"))
    settle()
    assert window.cart() == [(OIL, 1000)], "the cart that was open before"
    assert window.shell.current.corner.text() == "결제"
    assert window.shell.column.contentsMargins().left() == 0


@pytest.mark.acceptance("A50")
def test_practice_is_new_each_time(window: Window) -> None:
    practise(window)
    window.scan(KIM_CODE)
    window.press(F4)
    window.touch(window.find("strip_practice"))
    settle()
    practise(window)
    assert window.shell.desk.house.till.parked() == []
    assert window.shell.desk.house.returns.recent(5) == []
    window.press(F7)
    assert window.there("no_receipts")


def test_practice_keeps_the_right_cart_when_the_window_is_closed(window: Window) -> None:
    window.scan(KIM_CODE)
    practise(window)
    window.scan(OIL_CODE)
    window.shell.close()
    assert [line.name for line in window.house.till.cart.lines] == [KIM]
