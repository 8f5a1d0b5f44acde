"""떨이: by time, by what is left, with consent, and the vendor sees the payout first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cart import Discount
from pos_app.domain.commission import Band, Rule, Standing
from pos_app.domain.errors import DomainError
from pos_app.domain.markdown import (
    Left,
    Money,
    Plan,
    Step,
    check_plan,
    discount,
    effect,
    off_permille,
    require_consent,
)

PLAN = Plan(
    "m1", "v1", (Step(200, "15:00"), Step(300, "16:00"), Step(400, "15:30", 500)), consent_by="김서은"
)
FARM = Rule("farm", "2026-01-01", (Band(0, 100),))


@pytest.mark.parametrize(
    ("time", "left", "off"),
    [
        ("14:59", 1000, 0),
        ("15:00", 1000, 200),
        ("15:30", 499, 200),
        ("15:30", 500, 400),
        ("15:30", None, 200),
        ("16:00", 100, 300),
        ("23:59", 900, 400),
    ],
)
def test_the_largest_step_that_holds(time: str, left: int | None, off: int) -> None:
    assert off_permille(PLAN, "p1", time, left) == off


def test_a_step_without_a_time_holds_all_day() -> None:
    plan = replace(PLAN, steps=(Step(100, left_permille=800),), product_ids=frozenset({"p1"}), reason="떨이")
    assert discount(plan, "p1", "09:00", 800) == Discount("markdown_permille", 100, "떨이")
    assert discount(plan, "p1", "09:00", 799) is None
    assert discount(plan, "p2", "09:00", 800) is None


def test_nothing_comes_off_without_consent() -> None:
    silent = replace(PLAN, consent_by=" ")
    assert off_permille(silent, "p1", "16:00", None) == 0
    with pytest.raises(DomainError) as refused:
        require_consent(silent)
    assert refused.value.code == "markdown.no_consent"
    require_consent(PLAN)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(PLAN, vendor_id=""), "markdown.no_vendor"),
        (replace(PLAN, steps=()), "markdown.no_steps"),
        (
            replace(PLAN, steps=tuple(Step(n + 1, left_permille=n) for n in range(11))),
            "markdown.too_many_steps",
        ),
        (replace(PLAN, steps=(Step(0),)), "markdown.off"),
        (replace(PLAN, steps=(Step(1001),)), "markdown.off"),
        (replace(PLAN, steps=(Step(200, "24:00"),)), "markdown.time"),
        (replace(PLAN, steps=(Step(200, "15:00", 1001),)), "markdown.left"),
        (replace(PLAN, steps=(Step(200), Step(300))), "markdown.doubled"),
    ],
)
def test_plans_that_make_no_sense_are_refused(plan: Plan, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_plan(plan)
    assert refused.value.code == code


def test_a_plan_that_makes_sense_comes_back() -> None:
    assert check_plan(PLAN) is PLAN


def test_the_payout_before_and_after_by_hand() -> None:
    # 4 x 7,500 + 1.25 kg x 3,900 (4,875 -> 4,880) = 34,880; 30 % off: 21,000 + 3,416 = 24,416
    # 10 %: 3,488 and 2,441; payout 31,392 and 21,975
    goods = [
        Left("p1", "딸기잼", 4_000, 7_500),
        Left("p2", "고구마", 1_250, 3_900, 10),
        Left("p3", "팔림", -1, 9_999),
    ]
    found = effect(goods, 300, FARM, Standing())
    assert (found.before, found.after) == (Money(34_880, 3_488), Money(24_416, 2_441))
    assert (found.after.payout_won, found.less_won) == (21_975, 9_417)
    assert effect(goods, 300, None, Standing()).after == Money(24_416, 0)


def test_the_payout_knows_the_bands() -> None:
    # free until 100,000; 90,000 sold: of 30,000 more 20,000 bear 10 %, of 15,000 only 5,000
    rule = replace(FARM, bands=(Band(0, 0), Band(100_000, 100)))
    found = effect([Left("p1", "잼", 4_000, 7_500)], 500, rule, Standing(), 90_000)
    assert (found.before, found.after) == (Money(30_000, 2_000), Money(15_000, 500))


@given(st.integers(1, 1000), st.lists(st.tuples(st.integers(0, 99_000), st.integers(0, 99_999)), max_size=5))
def test_a_mark_down_never_raises_the_payout(off: int, goods: list[tuple[int, int]]) -> None:
    left = [Left(str(n), "물건", milli, won) for n, (milli, won) in enumerate(goods)]
    found = effect(left, off, FARM, Standing(), 1_005)
    assert 0 <= found.less_won <= found.before.payout_won
