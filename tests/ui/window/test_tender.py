"""Taking money in the window: split in any mix, vouchers by their rule, cards without a number."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.window.driver import Window
from tests.ui.window.homes import KIM_CODE, KIM_WON, OIL_CODE, OIL_WON, RICE_CODE, RICE_WON

F6, F7, F8, F9, F12, ENTER = (
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
    Qt.Key.Key_F12,
    Qt.Key.Key_Return,
)


def tenders(window: Window) -> list[tuple[str, int]]:
    """Type and amount of each tender of the last sale."""
    house = window.house
    return [(str(kind), won) for kind, won in house.returns.sale(house.returns.recent(1)[0].sale_id).tenders]


@pytest.mark.acceptance("A10")
def test_cash_card_and_voucher_together_pay_one_sale(morning: Window) -> None:
    for code in (OIL_CODE, RICE_CODE):
        morning.scan(code)
    morning.press(F12)
    morning.type("20000")
    assert morning.shell.current.corner.text() == "20,000원 받고 더 받기"
    morning.press(ENTER)
    assert morning.said("due") == "남은 금액 40,000원"
    morning.press(F7)
    morning.touch_named("face_30000_plus")
    assert morning.shell.current.corner.text() == "30,000원 받고 더 받기"
    morning.press(F12)
    assert morning.said("total") == "남은 금액 10,000원"
    morning.press(F6)
    assert morning.said("received") == "카드 금액 10,000원, 1만 원"
    morning.find("approval_no").setFocus()
    morning.type("30128841")
    morning.press(ENTER)
    assert morning.at == "change"
    assert morning.there("exact")
    assert tenders(morning) == [("cash", 20_000), ("voucher", 30_000), ("card", 10_000)]
    day = morning.house.reports.day()["tenders"]
    assert (day["cash"], day["voucher"], day["card"]) == (20_000, 30_000, 10_000)
    assert sum(day.values()) == OIL_WON + RICE_WON


@pytest.mark.acceptance("A10")
def test_only_cash_gives_change(morning: Window) -> None:
    morning.scan(KIM_CODE)
    morning.press(F12, F6)
    morning.type("6000")
    corner = morning.shell.current.corner
    assert "거슬러 드릴 수 없어요" in (corner.off_reason() or "")
    assert not morning.there("change_due"), "no change is promised that can't be given"
    morning.press(F12)
    assert morning.at == "tender"
    assert morning.house.returns.recent(1) == []
    morning.press(Qt.Key.Key_F5)
    morning.type("6000")
    assert morning.said("change_due") == "거스름돈 1,000원"
    morning.press(F12)
    assert morning.at == "change"


@pytest.mark.acceptance("A10")
def test_a_voucher_gives_change_from_sixty_per_cent_and_says_so(morning: Window) -> None:
    morning.scan(KIM_CODE)
    morning.press(F12, F7)
    morning.touch_named("face_10000_plus")
    assert any("이 상품권은 6,000원 넘게 써야 거슬러 드릴 수 있어요." in words for words in morning.texts())
    assert any("1,000원만큼 물건을 더 담거나 다른 것으로 받아요." in words for words in morning.texts())
    assert not morning.there("voucher_change"), "no change is promised that can't be given"
    morning.press(F12)
    assert morning.at == "tender", "refused with the sentence"
    morning.press(Qt.Key.Key_Escape)
    morning.scan(KIM_CODE)
    morning.press(F12, F7)
    for name in ("face_10000_plus", "face_5000_plus"):
        morning.touch_named(name)
    assert morning.said("voucher_change") == "거스름돈 5,000원"
    morning.press(F12)
    assert morning.at == "change"
    assert tenders(morning) == [("voucher", 2 * KIM_WON)]


def test_going_back_with_money_received_asks_first(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12)
    morning.type("5000")
    morning.press(ENTER, Qt.Key.Key_Escape)
    assert morning.shell.dialog is not None
    assert any("받은 5,000원이 있어요." in words for words in morning.texts())
    morning.press(Qt.Key.Key_Escape)
    assert (morning.at, morning.said("due")) == ("tender", "남은 금액 16,000원")


def test_credit_wants_a_department(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F9, F12)
    assert morning.at == "tender"
    morning.find("payer").setFocus()
    morning.say("총무부")
    morning.press(ENTER)
    assert morning.at == "change"
    assert tenders(morning) == [("credit", OIL_WON)]


@pytest.mark.acceptance("A11")
def test_a_card_without_its_number_is_a_thing_to_do_at_the_close(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F6, F12)
    assert morning.at == "change", "the number may come later"
    number = morning.house.returns.recent(1)[0].receipt_no
    morning.press(F12)
    morning.shell.go("shift_close")
    morning.find("count_50000").setFocus()
    morning.type("2")
    morning.press(F12)
    morning.find("expected_amount")
    morning.press(F12)
    assert any(number in words and "21,000원" in words for words in morning.texts()), morning.texts()
