"""After the sale: 현금영수증 from the change screen, and what the till refuses in one sentence."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.facts.sales import CashReceiptRequest
from pos_app.ui.widgets.keys import Key
from tests.ui.window.driver import Window, opened, rest, settle
from tests.ui.window.homes import KIM_CODE, KIM_WON, OIL, OIL_CODE, OIL_WON

F6, F8, F12, ENTER = Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_F12, Qt.Key.Key_Return


def wish(window: Window) -> CashReceiptRequest | None:
    house = window.house
    return house.cash_receipts.of(house.returns.recent(1)[0].sale_id)


def test_a_cash_receipt_after_the_sale(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F12)
    morning.wait_for("change")
    morning.touch_named("cash_receipt_after")
    morning.find("cash_receipt_number")
    morning.type("01012345678")
    morning.press(ENTER)
    settle()
    assert wish(morning) == CashReceiptRequest("income", "010-****-5678")
    assert "010-****-5678" in morning.toast()
    morning.touch_named("cash_receipt_after")
    morning.touch_named("cash_receipt_none")
    settle()
    assert wish(morning) is None
    morning.press(F12)
    assert morning.at == "selling"


def test_a_card_sale_has_none_and_says_so(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F6, F12)
    morning.wait_for("change")
    morning.touch_named("cash_receipt_after")
    assert morning.shell.dialog is None
    assert "현금영수증을 남길 수 없어요" in morning.toast()


@pytest.mark.parametrize("typed", ["9" * 30, "0", "000"])
def test_amounts_beyond_reason_are_refused_and_the_cart_stays(morning: Window, typed: str) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12)
    morning.type(typed)
    morning.press(ENTER)
    settle()
    if morning.at == "tender":
        assert morning.cart() == [(OIL, 1000)]
        assert morning.house.returns.recent(1) == []
        assert morning.toast() or morning.shell.current.corner.off_reason()
    else:
        assert morning.house.returns.recent(1)[0].total_won == OIL_WON


def test_pasted_words_never_become_money(morning: Window) -> None:
    QApplication.clipboard().setText("12만 원\n<b>-5</b> 가나다" + "9" * 400)
    morning.scan(OIL_CODE)
    morning.press(F12, F6)
    morning.find("approval_no").setFocus()
    morning.press("v", modifier=Qt.KeyboardModifier.ControlModifier)
    morning.press(ENTER)
    settle()
    row = morning.house.returns.recent(1)
    if row:
        with morning.house.desk.work.read() as rows:
            (number,) = rows.one('SELECT "approval_no" FROM "sale_tender" ORDER BY rowid DESC LIMIT 1')
        assert len(number) <= 40 and "\n" not in number
        assert row[0].total_won == OIL_WON
    else:
        assert morning.cart() == [(OIL, 1000)]


def test_the_same_once_more_and_the_next_tile(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F12)
    morning.wait_for("change")
    morning.touch_named("repeat_sale")
    assert (morning.at, morning.cart()) == ("selling", [(OIL, 1000)])
    morning.press(F12, F12)
    morning.wait_for("change")
    morning.scan(KIM_CODE)
    assert morning.at == "selling"


def test_a_transfer_may_name_who_sends(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F8)
    morning.find("payer").setFocus()
    morning.say("홍길동")
    morning.press(ENTER)
    morning.wait_for("change")
    assert morning.house.returns.recent(1)[0].tender == "transfer"


def test_a_card_sale_is_cancelled_on_the_terminal_first(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12)
    morning.type("1000")
    morning.press(ENTER, F6, F12)
    morning.wait_for("change")
    morning.touch_named("void_sale")
    morning.touch_named("ask_act")
    morning.find("ask_text")
    assert any("20,000원을 단말기에서 먼저 취소해요" in words for words in morning.texts())
    assert not morning.house.returns.recent(1)[0].voided
    morning.type("55667788")
    morning.press(ENTER)
    morning.wait_for("selling")
    assert morning.house.returns.recent(1)[0].voided
    with morning.house.desk.work.read() as rows:
        (data,) = rows.one('SELECT e."bytes" FROM "void_sale" v JOIN "event" e ON e."key" = v."key"')
    assert msgspec.json.decode(bytes(data))["body"]["cancel_approvals"] == [[2, "55667788"]]


def test_a_cash_sale_is_cancelled_with_one_question(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F12)
    morning.wait_for("change")
    morning.touch_named("void_sale")
    morning.touch_named("ask_act")
    morning.wait_for("selling")
    assert morning.house.returns.recent(1)[0].voided


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
def test_in_large_type_the_pad_stays_big_enough_and_the_rows_a_key_away(
    qapp: QApplication, fresh: Path, size: tuple[int, int]
) -> None:
    with opened(fresh, size, lambda house: house.settings.set("type_scale", "200")) as window:
        for code in (OIL_CODE, KIM_CODE):
            window.scan(code)
        window.press(F12)
        for amount in ("1000", "2000"):
            window.type(amount)
            window.press(ENTER)
        window.press(F6)
        settle()
        pads = [key for key in window.visible(Key) if key.role() == "digit"]
        assert len(pads) >= 10
        assert min(key.height() for key in pads) >= 56
        assert window.find("received_so_far").text() == "받은 돈 2"  # type: ignore[attr-defined]
        window.touch_named("received_so_far")
        window.touch_named("take_out_0")
        settle()
        assert window.said("received").startswith(f"카드 금액 {OIL_WON + KIM_WON - 2000:,}원")
        window.press(F12)
        window.wait_for("change")
        window.shell.current.arrange()
        if window.shell.current.side_key.isVisible():
            window.touch(window.shell.current.side_key)
        settle()
        names = ("one_more_receipt", "look_at_receipt", "cash_receipt_after", "repeat_sale", "void_sale")
        places = [window.find(name).geometry() for name in names]
        assert all(place.height() >= 56 for place in places)
        assert not any(a.intersects(b) for at, a in enumerate(places) for b in places[at + 1 :])


def test_a_number_too_long_for_a_cash_receipt_is_refused(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12)
    for digits, kept in (("9" * 30, None), ("01012345678", "010-****-5678")):
        if kept is None:
            morning.touch_named("cash_receipt")
        morning.find("cash_receipt_number").setFocus()
        morning.press("a", modifier=Qt.KeyboardModifier.ControlModifier)
        morning.type(digits)
        morning.press(ENTER)
        settle()
        if kept is None:
            field = morning.find("cash_receipt_number")
            assert "19자리까지" in field.accessibleDescription(), "said where it was typed"
    morning.press(F12)
    morning.wait_for("change")
    assert wish(morning) == CashReceiptRequest("income", "010-****-5678")


def test_the_slip_s_number_typed_first_is_not_taken_for_money(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F6)
    morning.type("30128841")
    assert morning.has_focus("approval_no")
    assert morning.said("received").startswith("카드 금액 21,000원"), "the whole amount is due again"
    morning.press(ENTER)
    morning.wait_for("change")
    with morning.house.desk.work.read() as rows:
        assert rows.one('SELECT "approval_no", "amount_won" FROM "sale_tender"') == ("30128841", OIL_WON)


def test_the_pad_types_where_the_focus_is(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F6)
    for entry in "00128841":
        morning.touch_named(f"key_{entry}")
    assert morning.find("approval_no").text() == "00128841", "no amount begins with a nought"
    morning.touch_named("key_backspace")
    morning.touch_named("key_000")
    morning.touch_named("key_ten_thousand")
    assert morning.find("approval_no").text() == "0012884000"
    assert morning.said("received").startswith("카드 금액 21,000원")


def test_another_cart_makes_another_amount_for_the_card(morning: Window) -> None:
    morning.scan(OIL_CODE)
    morning.press(F12, F6)
    rest()
    morning.press(Qt.Key.Key_F10)
    morning.shell.go("selling")
    morning.scan(KIM_CODE)
    morning.press(F12)
    assert morning.said("received").startswith(f"카드 금액 {OIL_WON + KIM_WON:,}원")
    morning.type("10000")
    morning.press(Qt.Key.Key_F10)
    morning.shell.go("selling")
    morning.press(F12)
    assert morning.said("received").startswith("카드 금액 10,000원"), "typed for the same cart, it stands"


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_what_is_said_in_passing_lies_over_no_key(
    qapp: QApplication, fresh: Path, size: tuple[int, int]
) -> None:
    with opened(fresh, size) as window:
        window.scan(OIL_CODE)
        window.press(F12)
        window.shell.theme.reduced_motion = True
        for key in ("split", "split"):
            window.touch_named(key)
            settle()
            toast = window.shell.current.toast()
            assert toast.isVisible()
            hidden = [key for key in window.visible(Key) if key.parent() is not toast and over(key, toast)]
            assert not hidden, [key.text() for key in hidden]
        window.touch(toast)
        assert not toast.isVisible(), "a press takes it away"


def over(key: Key, toast: QWidget) -> bool:
    """Whether the toast hides any of a key."""
    here = QRect(key.mapToGlobal(QPoint(0, 0)), key.size())
    return here.intersects(QRect(toast.mapToGlobal(QPoint(0, 0)), toast.size()))
