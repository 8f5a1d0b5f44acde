"""Pre-orders: found by name, digits or QR code, and handed out once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.preorder import (
    OPEN,
    Order,
    OrderLine,
    OrderState,
    PickLine,
    PickUp,
    doubled,
    find,
    hand_over,
    labels,
    pick_list,
    qr_text,
    step,
    substitute,
    take_out,
    token_in,
    unclaimed,
)

APPLES = OrderLine(1, "p1", "v1", "사과 5kg", "상자", 2_000, 28_000)
JAM = OrderLine(2, "p2", "v2", "딸기잼", "병", 1_000, 7_500)
KIM = Order("o1", "김서경", "재무처", (APPLES, JAM), "6729", "K7Q2M4XA")
LEE = Order("o2", "이서진", "총무부", (JAM,), "6729", "ZZ19PP0R", paid_won=7_500)
KANG = Order("o3", "강민영", "총무부", (APPLES,), "2953", "AB12CD34")


def code_of(call: object, *args: object) -> DomainError:
    with pytest.raises(DomainError) as refused:
        call(*args)  # type: ignore[operator]
    return refused.value


def test_what_is_due() -> None:
    assert (KIM.total_won, KIM.due_won, KIM.give_back_won) == (63_500, 63_500, 0)
    assert (LEE.due_won, replace(LEE, paid_won=8_000).give_back_won) == (0, 500)


@pytest.mark.acceptance("A49")
def test_an_order_goes_out_once() -> None:
    gone = hand_over(step(KIM, OrderState.PACKED), 63_500)
    assert (gone.state, gone.paid_won, gone.version) == (OrderState.PICKED_UP, 63_500, 2)
    assert code_of(hand_over, gone).code == "preorder.picked_up_already"
    for state in OrderState:
        assert code_of(step, gone, state).code == "preorder.picked_up_already"


def test_paying_at_pick_up() -> None:
    short = code_of(hand_over, KIM, 60_000)
    assert (short.code, short.params) == ("preorder.not_paid", {"missing_won": 3_500})
    over = code_of(hand_over, LEE, 100)
    assert (over.code, over.params) == ("preorder.overpaid", {"over_won": 100})
    assert hand_over(LEE).state == OrderState.PICKED_UP


@given(st.lists(st.sampled_from(OrderState), max_size=12))
def test_no_way_leads_out_of_a_hand_over_or_a_cancellation(wanted: list[OrderState]) -> None:
    order = KIM
    for new in wanted:
        before = order
        try:
            order = step(order, new)
        except DomainError:
            continue
        assert before.state not in (OrderState.PICKED_UP, OrderState.CANCELLED)
        assert order.version == before.version + 1


def test_steps_that_make_no_sense_are_refused() -> None:
    assert code_of(step, KIM, OrderState.ORDERED).code == "preorder.step"
    assert (
        code_of(step, replace(KIM, state=OrderState.CANCELLED), OrderState.PACKED).code
        == "preorder.cancelled"
    )
    late = step(step(KIM, OrderState.UNCLAIMED), OrderState.PICKED_UP)
    assert late.state == OrderState.PICKED_UP


def test_another_product_in_place_of_one() -> None:
    pears = OrderLine(9, "p3", "v1", "배 7.5kg", "상자", 1_000, 35_000)
    changed = substitute(replace(KIM, paid_won=63_500), 1, pears)
    assert changed.lines[0] == replace(pears, no=1, instead_of="사과 5kg")
    assert changed.give_back_won == 63_500 - 42_500
    again = substitute(changed, 1, replace(pears, product_id="p4"))
    assert again.lines[0].instead_of == "사과 5kg"
    assert code_of(substitute, KIM, 1, replace(APPLES, no=5)).code == "preorder.same_product"
    assert code_of(substitute, KIM, 7, pears).code == "preorder.unknown_line"
    assert code_of(substitute, KIM, 1, replace(pears, quantity_milli=0)).code == "quantity.not_positive"


def test_a_line_taken_out() -> None:
    assert take_out(KIM, 2).lines == (APPLES,)
    assert code_of(take_out, KANG, 1).code == "preorder.last_line"
    for state, code in ((OrderState.PICKED_UP, "picked_up_already"), (OrderState.CANCELLED, "cancelled")):
        assert code_of(take_out, replace(KIM, state=state), 1).code == f"preorder.{code}"


def test_finding_by_code_digits_and_name() -> None:
    orders = [KIM, LEE, KANG]
    assert find(orders, qr_text("K7Q2M4XA")) == (KIM,)
    assert find(orders, " jtorderk7q2m4xa\n") == (KIM,)
    assert find(orders, "k7q2m4xa") == (KIM,)
    assert find(orders, "6729") == (KIM, LEE)
    assert find(orders, "010-3907-2953") == (KANG,)
    assert find(orders, "서") == (KIM, LEE)
    assert find(orders, "ㅇㅅㅈ") == (LEE,)
    assert find(orders, "홍길동") == find(orders, "") == find(orders, "ABCDEFGH") == ()
    # what has gone out comes last
    assert find([replace(KIM, state=OrderState.PICKED_UP), LEE], "6729")[0] == LEE


def test_tokens() -> None:
    assert token_in(qr_text("12345678")) == "12345678"
    assert token_in("12345678") == token_in("짧다") == token_in("AB") == ""


def test_pick_list_by_vendor() -> None:
    gone = replace(KANG, state=OrderState.CANCELLED)
    assert pick_list([KIM, LEE, gone]) == (
        PickLine("v1", "p1", "사과 5kg", "상자", 2_000, 1),
        PickLine("v2", "p2", "딸기잼", "병", 2_000, 2),
    )
    twice = replace(KIM, lines=(JAM, APPLES, replace(JAM, no=3)))
    assert pick_list([twice, KANG])[0] == PickLine("v2", "p2", "딸기잼", "병", 2_000, 1)


def test_labels_and_the_unclaimed() -> None:
    gone = hand_over(LEE)
    found = labels([KANG, KIM, gone])
    assert [(label.number, label.count, label.order.id, label.due_won) for label in found] == [
        (1, 2, "o1", 63_500), (2, 2, "o3", 56_000),
    ]  # fmt: skip
    left = step(KANG, OrderState.UNCLAIMED)
    assert unclaimed([left, gone, KIM, replace(KIM, state=OrderState.CANCELLED)]) == (KIM, left)
    assert left.state not in OPEN


@pytest.mark.acceptance("A49")
def test_two_registers_that_handed_out_one_order_are_flagged() -> None:
    early = PickUp("o1", "R2", "2026-11-20T05:00:00Z", "bb")
    late = PickUp("o1", "R1", "2026-11-20T05:00:00Z", "cc")
    other = PickUp("o2", "R1", "2026-11-20T04:00:00Z", "aa")
    assert doubled([late, other, early, early]) == (late,)
    assert doubled([]) == ()
