"""A whole sale in the window: so many presses, so many taps, and the same figures everywhere."""

import re

import pytest
from PySide6.QtCore import Qt

from pos_app.printing import plain
from tests.ui.window.driver import Window, until
from tests.ui.window.homes import (
    BREAD_CODE,
    BREAD_WON,
    KIM,
    KIM_CODE,
    KIM_WON,
    LEEK,
    LEEK_CODE,
    LEEK_WON,
    OIL_CODE,
    OIL_WON,
    RICE,
    RICE_CODE,
    RICE_WON,
)

F12, ENTER = Qt.Key.Key_F12, Qt.Key.Key_Return
TOTAL = RICE_WON + KIM_WON + LEEK_WON
CHANGE = 100_000 - TOTAL


def newest(window: Window) -> tuple[str, int, str]:
    """Number, total and tender of the last receipt."""
    row = window.house.returns.recent(1)[0]
    return row.receipt_no, row.total_won, row.tender


@pytest.mark.acceptance("A3")
def test_three_things_by_keyboard_are_sold_with_six_presses(morning: Window) -> None:
    for code in (RICE_CODE, KIM_CODE, LEEK_CODE):
        morning.scan(code)
    morning.presses = 0
    morning.press(F12)
    assert morning.at == "tender"
    morning.press("1", "0", "*", ENTER)
    assert morning.at == "change"
    assert morning.said("change_amount") == "거스름돈 오만 삼천오백 원"
    morning.press(ENTER)
    assert (morning.at, morning.presses) == ("selling", 6)
    assert morning.cart() == []
    assert newest(morning)[1:] == (TOTAL, "cash")


@pytest.mark.acceptance("A3")
def test_three_things_by_touch_are_sold_with_seven_taps(morning: Window) -> None:
    for name in (RICE, KIM, LEEK):
        morning.touch_tile(name)
    assert morning.cart() == [(RICE, 1000), (KIM, 1000), (LEEK, 1000)]
    morning.touch_corner()
    morning.touch(morning.key("100,000"))
    assert morning.said("received") == "받은 금액 100,000원, 10만 원"
    assert morning.said("change_due") == f"거스름돈 {CHANGE:,}원"
    morning.touch_corner()
    assert morning.at == "change"
    morning.touch_corner()
    assert (morning.at, morning.touches) == ("selling", 7)
    assert newest(morning)[1:] == (TOTAL, "cash")


def test_the_corner_key_never_moves(window: Window) -> None:
    places = []
    window.scan(KIM_CODE)
    for screen in ("tender", "change", "selling"):
        corner = window.shell.current.corner
        places.append((corner.mapTo(window.shell, corner.rect().topLeft()), corner.size()))
        window.press(F12)
        window.wait_for(screen)
    assert len(set(map(repr, places))) == 1, places


@pytest.mark.acceptance("A8")
def test_taxable_and_exempt_are_the_same_sums_on_screen_paper_and_report(morning: Window) -> None:
    for code in (OIL_CODE, OIL_CODE, RICE_CODE, BREAD_CODE, LEEK_CODE):
        morning.scan(code)
    morning.press(Qt.Key.Key_F5)
    morning.key("10%").click()
    gross = 2 * OIL_WON + RICE_WON + BREAD_WON + LEEK_WON
    total = gross - gross // 10
    assert morning.said("total") == f"합계 {total:,}원"
    morning.press(F12)
    assert morning.said("due") == f"받을 금액 {total:,}원"
    morning.press(F12)
    assert f"{total:,}원" in morning.find("change_how").text()  # type: ignore[attr-defined]
    house = morning.house
    number, stored, _ = newest(morning)
    assert stored == total
    sale_id = next(r.sale_id for r in house.returns.recent(9) if r.receipt_no == number)
    paper = plain.render(house.papers.receipt(sale_id), 42)
    assert re.search(rf"합계\s+{total:,}원", paper), paper
    day = house.reports.day()
    parts = [day[name] for name in ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")]
    assert sum(parts) == day["net_won"] == total
    assert day["discount_won"] == gross - total
    assert all(part >= 0 for part in parts)
    assert day["exempt_won"] and day["vat_won"]
    morning.press(Qt.Key.Key_F7)
    assert morning.row_words("receipt_list", 0).startswith(f"영수증 {number}, ")
    assert f"{total:,}원" in morning.row_words("receipt_list", 0)
    morning.shell.go("day_report")
    until(lambda: any(f"{total:,}" in words for words in morning.texts()), "the day's report")


def test_a_scan_while_change_is_shown_begins_the_next_sale(window: Window) -> None:
    window.scan(KIM_CODE)
    window.press(F12, F12)
    assert window.at == "change"
    window.scan(RICE_CODE)
    assert (window.at, window.cart()) == ("selling", [(RICE, 1000)])


@pytest.mark.parametrize("screen", ["menu", "board", "settings", "reports", "goods"])
def test_a_scan_on_any_screen_goes_on_with_the_sale(window: Window, screen: str) -> None:
    window.scan(KIM_CODE)
    window.shell.go(screen)
    window.scan(RICE_CODE)
    assert (window.at, window.cart()) == ("selling", [(KIM, 1000), (RICE, 1000)])


def test_a_scan_at_the_till_never_lands_in_the_search_or_the_amount(window: Window) -> None:
    window.scan(KIM_CODE)
    assert window.selling.left.search.text() == ""
    window.press(F12)
    window.scan(RICE_CODE)
    assert (window.at, window.cart()) == ("selling", [(KIM, 1000), (RICE, 1000)])


def test_undo_takes_back_and_is_offered(window: Window) -> None:
    window.scan(KIM_CODE)
    window.scan(RICE_CODE)
    window.press(Qt.Key.Key_Delete)
    assert window.cart() == [(KIM, 1000)]
    assert "뺐어요" in window.toast()
    window.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert window.cart() == [(KIM, 1000), (RICE, 1000)]
    assert window.said("total") == f"합계 {KIM_WON + RICE_WON:,}원"


def test_the_words_of_a_weighed_line_are_typed_whole(window: Window) -> None:
    window.touch_tile("감자")
    assert window.shell.dialog is not None
    assert window.has_focus("weigh_number")
    window.type("1240")
    assert window.said("weigh_number") == "무게 1.240kg"
    window.press(ENTER)
    assert window.cart() == [("감자", 1240)]
