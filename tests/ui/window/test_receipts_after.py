"""Receipts looked at again: cash receipts asked for late, cards cancelled at the terminal, other days."""

from datetime import date, timedelta

import msgspec
from PySide6.QtCore import Qt

from pos_app.domain.tender import TenderInput, TenderType
from tests.ui.window.driver import Window, settle, until
from tests.ui.window.homes import KIM_CODE, KIM_WON, OIL_CODE, OIL_WON
from tests.ui.window.test_receipts import look, sell

F7, F12, ENTER = Qt.Key.Key_F7, Qt.Key.Key_F12, Qt.Key.Key_Return


def by_card(window: Window, *cards: int) -> str:
    """Two bottles and a bag, paid with these cards and the rest in cash; the number."""
    for code in (OIL_CODE, OIL_CODE, KIM_CODE):
        window.house.till.scan(code)
    rest = 2 * OIL_WON + KIM_WON - sum(cards)
    paid = [TenderInput(TenderType.CARD, won, approval_no=str(at)) for at, won in enumerate(cards, 11111111)]
    return window.house.till.complete([*paid, TenderInput(TenderType.CASH, rest)]).receipt_no


def body(window: Window, table: str) -> dict[str, object]:
    """The only fact of its kind."""
    with window.house.desk.work.read() as rows:
        (data,) = rows.one(f'SELECT e."bytes" FROM "{table}" v JOIN "event" e ON e."key" = v."key"')
    told: dict[str, object] = msgspec.json.decode(bytes(data))["body"]
    return told


def test_a_cash_receipt_is_asked_for_afterwards_and_taken_back(window: Window) -> None:
    look(window, sell(window, OIL_CODE))
    window.touch_named("refund_cash_receipt")
    window.find("cash_receipt_number")
    window.type("01012345678")
    window.press(ENTER)
    settle()
    assert "현금영수증을 남겼어요" in window.toast()
    assert "현금영수증 소득공제 010-****-5678" in window.find("refund_small").text()
    presenter = window.shell.current.presenter
    assert presenter.badge(presenter.rows[0]) == ("현금영수증", "gray")
    window.touch_named("refund_cash_receipt")
    window.touch_named("cash_receipt_none")
    settle()
    assert "현금영수증을 뺐어요" in window.toast()
    assert "현금영수증" not in window.find("refund_small").text()
    assert presenter.badge(presenter.rows[0]) is None


def test_a_sale_by_card_has_no_cash_receipt_and_says_why(window: Window) -> None:
    window.house.till.scan(OIL_CODE)
    look(window, window.house.till.complete([TenderInput(TenderType.CARD, OIL_WON)]).receipt_no)
    window.touch_named("refund_cash_receipt")
    assert "카드나 외상으로만 받은 판매" in window.toast()
    assert not window.there("cash_receipt_number")


def test_a_void_asks_for_the_cancel_of_each_card(window: Window) -> None:
    look(window, by_card(window, 10_000, 20_000))
    window.touch_named("refund_void")
    window.touch_named("ask_act")
    for won, number in (("10,000원", "55667788"), ("20,000원", "")):
        window.find("ask_text_value")
        assert any(won in words for words in window.texts())
        window.type(number)
        window.press(ENTER)
        settle()
    assert body(window, "void_sale")["cancel_approvals"] == [[1, "55667788"], [2, ""]]


def test_a_part_back_to_the_card_asks_for_the_number_of_its_cancel(window: Window) -> None:
    look(window, by_card(window, 2 * OIL_WON))
    window.touch_named("refund_plus_1")
    window.touch(window.key("상했어요"))
    window.touch(window.key("카드 승인 취소"))
    window.press(F12)
    window.find("ask_text_value")
    window.type("99887766")
    window.press(ENTER)
    until(lambda: f"{OIL_WON:,}원 환불했어요" in window.toast())
    (tender,) = body(window, "refund")["tenders"]  # type: ignore[misc]
    assert (tender["type"], tender["approval_no"]) == ("card", "99887766")


def test_the_number_of_a_cancel_may_come_later(window: Window) -> None:
    look(window, by_card(window, 2 * OIL_WON))
    window.touch_named("refund_plus_1")
    window.touch(window.key("상했어요"))
    window.touch(window.key("카드 승인 취소"))
    window.press(F12)
    window.find("ask_text_value")
    window.press(ENTER)
    until(lambda: f"{OIL_WON:,}원 환불했어요" in window.toast())


def test_a_receipt_of_another_day_is_found_by_its_number_or_its_date_and_given_back(window: Window) -> None:
    number = sell(window, OIL_CODE, KIM_CODE)
    sold_on = window.house.days.current().business_date
    window.house.days.open("다음 장터", (date.fromisoformat(sold_on) + timedelta(days=1)).isoformat(), "R1")
    window.house.shifts.open(0)
    window.press(F7)
    window.wait_for("receipts")
    presenter = window.shell.current.presenter
    assert presenter.rows == [], "the list is today's"
    window.say(sold_on[5:])
    settle()
    assert number in [row.receipt_no for row in presenter.rows]
    assert {row.sold_on for row in presenter.rows} == {sold_on}
    window.find("receipt_search").clear()  # type: ignore[attr-defined]
    window.say(number.lower())
    settle()
    assert [row.receipt_no for row in presenter.rows] == [number]
    window.touch_row("receipt_list", number)
    settle()
    assert window.find("refund_small").text().startswith(f"{sold_on} (")
    assert not window.there("refund_void"), "another shift's sale is given back, not voided"
    window.touch_named("refund_plus_2")
    window.touch(window.key("상했어요"))
    window.press(F12)
    until(lambda: f"{KIM_WON:,}원 환불했어요" in window.toast())
    assert window.house.returns.recent(1, number)[0].refunded_won == KIM_WON
