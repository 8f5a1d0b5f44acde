"""Receipts in the real window: found by hour and tender, refunded in part, never beyond what is left."""

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.printing import plain
from pos_app.services.desk import Session
from tests.ui.window.driver import Window, rest, settle, until
from tests.ui.window.homes import KIM_CODE, KIM_WON, OIL_CODE, OIL_WON

F7, F12, ESCAPE = Qt.Key.Key_F7, Qt.Key.Key_F12, Qt.Key.Key_Escape


def sell(window: Window, *codes: str) -> str:
    """A cash sale over the services; its number."""
    for code in codes:
        window.house.till.scan(code)
    due = window.house.till.priced.total_won
    return window.house.till.complete([TenderInput(TenderType.CASH, due)]).receipt_no


def look(window: Window, number: str) -> None:
    window.press(F7)
    window.wait_for("receipts")
    window.touch_row("receipt_list", number)
    settle()


@pytest.mark.parametrize("word", ["카드", "현금", "상품권"])
def test_found_by_the_tender(window: Window, word: str) -> None:
    kind = {"카드": "card", "현금": "cash", "상품권": "voucher"}[word]
    window.press(F7)
    window.wait_for("receipts")
    window.say(word)
    settle()
    rows = window.shell.current.presenter.rows
    assert rows and all(kind in row.tender.split("+") for row in rows)
    everything = window.house.returns.recent(1000)
    assert len(rows) == sum(kind in row.tender.split("+") for row in everything)


def test_found_by_the_hour_and_the_amount(window: Window) -> None:
    number = sell(window, OIL_CODE, KIM_CODE)
    sold = window.house.returns.recent(1)[0]
    hour = window.shell.current.desk.house.returns.sale(sold.sale_id).at[11:16]
    for text in (hour, f"{OIL_WON + KIM_WON:,}", f"{OIL_WON + KIM_WON:,}원", number[-6:], "참기름"):
        found = [row.receipt_no for row in window.house.returns.recent(100, text)]
        assert number in found, text
    assert window.house.returns.recent(100, "%") == [], "a wildcard is a letter like any other"


def test_a_part_goes_back_and_no_more_than_is_left(window: Window) -> None:
    number = sell(window, KIM_CODE, KIM_CODE, OIL_CODE)
    look(window, number)
    plus = window.find("refund_plus_1")
    window.touch(plus)
    window.touch(plus)
    window.touch(plus)
    assert "산 만큼만" in window.toast()
    window.touch_named("refund_minus_1")
    window.touch(window.key("상했어요"))
    window.touch(window.key("버려요 (폐기)"))
    window.press(F12)
    until(lambda: f"{KIM_WON:,}원 환불했어요" in window.toast())
    assert window.house.returns.recent(1)[0].refunded_won == KIM_WON
    assert "남은 것 1" in window.said("refund_count_1")
    row = next(row for row in window.shell.current.presenter.rows if row.receipt_no == number)
    assert window.shell.current.presenter.badge(row) == ("일부 환불", "info")
    window.touch_named("refund_all")
    window.touch(window.key("마음이 바뀜"))
    window.press(F12)
    until(lambda: window.house.returns.recent(1)[0].refunded_won == 2 * KIM_WON + OIL_WON)
    row = next(row for row in window.shell.current.presenter.rows if row.receipt_no == number)
    assert window.shell.current.presenter.badge(row) == ("환불됨", "gray")
    window.touch_named("refund_plus_1")
    assert "모두 환불했어요" in window.toast()


def test_a_card_gives_back_no_more_than_it_paid(window: Window) -> None:
    window.house.till.scan(OIL_CODE)
    card = TenderInput(TenderType.CARD, 10_000, approval_no="123")
    window.house.till.complete([card, TenderInput(TenderType.CASH, OIL_WON - 10_000)])
    look(window, window.house.returns.recent(1)[0].receipt_no)
    window.touch_named("refund_all")
    window.touch(window.key("상했어요"))
    presenter = window.shell.current.presenter
    window.touch(window.key("카드 승인 취소"))
    assert "10,000원" in presenter.off_reason()
    window.touch(window.key("현금으로"))
    assert presenter.off_reason() == ""


def test_the_day_s_totals_are_for_who_may_see_them(window: Window) -> None:
    window.press(F7)
    window.wait_for("receipts")
    made = window.house.returns.totals()
    assert made.count and f"{made.sold_won:,}원" in window.find("receipt_totals").text()
    window.press(ESCAPE)
    window.house.use(Session("c", "김서은", Role.CASHIER))
    window.press(F7)
    window.wait_for("receipts")
    assert not window.there("receipt_totals")
    window.press(ESCAPE)
    window.house.use(Session("", "담당자", Role.COORDINATOR))
    window.house.settings.set("policy.cashier_totals", "1")
    window.house.use(Session("c", "김서은", Role.CASHIER))
    window.sell(OIL_CODE)
    window.press(F7)
    window.wait_for("receipts")
    assert window.find("receipt_totals").text() == f"내가 오늘 판 것 1건 · {OIL_WON:,}원"


def test_the_totals_are_those_of_this_till(window: Window) -> None:
    rows = [row for row in window.house.returns.recent(1000) if row.receipt_no.startswith("R1-")]
    made = window.house.returns.totals()
    standing = [row for row in rows if not row.voided]
    assert made.count == len(standing)
    assert made.sold_won == sum(row.total_won for row in standing)


def test_the_slips_of_the_card_terminal_are_held_against(window: Window) -> None:
    taken = window.house.shifts.by_tender()["card"]
    window.shell.go("shift_close")
    settle()
    expected = window.house.shifts.count(((10, 1),)).expected_won
    pieces = []
    for face in (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10):
        count, expected = divmod(expected, face)
        pieces.append((face, count))
    window.house.shifts.keep_count(tuple(pieces))
    window.shell.go("shift_close")
    settle()
    window.press(F12)
    rest()
    window.press(F12)
    settle()
    window.touch_named("check_card_won_field")
    window.type(str(taken - 3_000))
    assert "3,000원 모자라요" in window.said("check_card_told")
    for _ in range(2):
        window.press(F12)
        settle()
    rest()
    window.press(F12)
    rest()
    until(lambda: window.house.shifts.current() is None, "closed")
    done = window.shell.current.presenter.done
    paper = plain.render(done.document)
    assert "카드 전표" in paper and "-3,000" in paper


def test_a_void_takes_the_sale_out_of_the_totals(window: Window) -> None:
    before = window.house.returns.totals()
    number = sell(window, OIL_CODE)
    look(window, number)
    assert f"{before.sold_won + OIL_WON:,}원" in window.find("receipt_totals").text()
    window.touch_named("refund_void")
    window.touch(window.key("판매 취소하기"))
    until(lambda: window.house.returns.totals() == before)
    row = next(row for row in window.shell.current.presenter.rows if row.receipt_no == number)
    assert window.shell.current.presenter.badge(row) == ("취소됨", "gray")
