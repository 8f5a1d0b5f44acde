"""Stock is the sum of its movements; what is missing shows in units and won."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.catalogue import OversellPolicy
from pos_app.domain.errors import DomainError
from pos_app.domain.stock import (
    Gap,
    MovementReason,
    check_oversell,
    check_taken_out,
    count_difference,
    mass_balance,
    on_hand,
    ranked_gaps,
    signed_milli,
)

WARN, BLOCK, ALLOW = OversellPolicy
R = MovementReason


class Shelf:
    """The reference: a shelf of goods, one thousandth after another, that knows no movements."""

    def __init__(self) -> None:
        self.have = 0

    def step(self, reason: MovementReason, quantity: int) -> None:
        if reason in (R.BROUGHT, R.REFUND):
            self.have += quantity
        elif reason == R.COUNT:
            self.have = quantity
        else:
            self.have -= quantity


@pytest.mark.acceptance("A17")
def test_five_thousand_random_steps_agree_with_a_shelf() -> None:
    rng = random.Random(17)
    shelves = [Shelf() for _ in range(7)]
    journal: list[tuple[int, int]] = []
    for _ in range(5_000):
        which = rng.randrange(len(shelves))
        reason = rng.choice(list(MovementReason))
        quantity = rng.randrange(1, 20_000)
        known = on_hand(milli for product, milli in journal if product == which)
        assert known == shelves[which].have
        if reason == R.COUNT:
            journal.append((which, signed_milli(R.COUNT, count_difference(quantity, known))))
        else:
            journal.append((which, signed_milli(reason, quantity)))
        shelves[which].step(reason, quantity)
    rng.shuffle(journal)  # the order of arrival changes nothing
    for which, shelf in enumerate(shelves):
        assert on_hand(milli for product, milli in journal if product == which) == shelf.have


@pytest.mark.parametrize(
    ("reason", "quantity", "code"),
    [
        (R.SALE, 0, "stock.not_positive"),
        (R.BROUGHT, -1, "stock.not_positive"),
        (R.WASTE, 1.5, "stock.not_whole"),
        (R.BROUGHT, 10**10, "stock.too_large"),
        (R.COUNT, -(10**10), "stock.too_large"),
    ],
)
def test_odd_movements_are_refused(reason: MovementReason, quantity: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        signed_milli(reason, quantity)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("quantity", "code"),
    [(-1, "stock.count_negative"), (10**10, "stock.too_large"), (1.0, "stock.not_whole")],
)
def test_odd_counts_are_refused(quantity: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        count_difference(quantity, 0)
    assert refused.value.code == code


@pytest.mark.acceptance("A18")
@pytest.mark.parametrize(
    ("policy", "have", "wanted", "answer"),
    [
        (WARN, 5_000, 5_000, "ok"),
        (WARN, 5_000, 5_001, "warn"),
        (WARN, -1_000, 1, "warn"),
        (ALLOW, 0, 9_000, "ok"),
        (BLOCK, 5_000, 5_000, "ok"),
        (BLOCK, None, 9_000, "ok"),
        (WARN, None, 9_000, "ok"),
    ],
)
def test_overselling(policy: OversellPolicy, have: int | None, wanted: int, answer: str) -> None:
    assert check_oversell(policy, have, wanted) == answer


@pytest.mark.acceptance("A18")
@pytest.mark.parametrize(("have", "left"), [(4_000, 4_000), (0, 0), (-3_000, 0)])
def test_a_block_says_what_is_left_and_old_news_never_block(have: int, left: int) -> None:
    with pytest.raises(DomainError) as refused:
        check_oversell(BLOCK, have, 5_000)
    assert (refused.value.code, refused.value.params) == ("stock.blocked", {"left_milli": left})
    assert check_oversell(BLOCK, have, 5_000, stale=True) == "warn"


def test_counts_and_movements_within_bounds() -> None:
    assert count_difference(0, 5_000) == -5_000
    assert count_difference(9_999_999_999, 0) == 9_999_999_999
    assert signed_milli(R.BROUGHT, 9_999_999_999) == 9_999_999_999
    assert signed_milli(R.COUNT, -9_999_999_999) == -9_999_999_999
    assert signed_milli(R.WASTE, 1) == -1


def test_no_more_goes_out_than_came_in() -> None:
    check_taken_out(60_000, 60_000)
    with pytest.raises(DomainError) as refused:
        check_taken_out(-5_000, 1_000)
    assert refused.value.params == {"left_milli": 0}
    with pytest.raises(DomainError) as refused:
        check_taken_out(60_000, 61_000)
    assert refused.value.code == "stock.more_than_brought"
    assert refused.value.params == {"left_milli": 60_000}


@pytest.mark.acceptance("A19")
def test_the_sheet_of_goods_by_hand() -> None:
    assert mass_balance(40_000, 2_000, 2_000, 0, 36_000) == 0
    assert mass_balance(40_000, 13_200, 0, 1_200, 25_419) == -181
    assert mass_balance(60_000, 20_000, 10_000, 0, 29_000) == -1_000
    assert mass_balance(10_000, 0, 0, 0, 12_000) == 2_000
    gaps = ranked_gaps([("berry", 0, 8_900, 1), ("mushroom", -181, 7_800, 10), ("leek", -1_000, 2_500, 1)])
    assert gaps == (Gap("leek", -1_000, -2_500), Gap("mushroom", -181, -1_410))
    assert sum(gap.gap_won for gap in gaps) == -3_910
    assert ranked_gaps([("a", 500, 999, 1)]) == (Gap("a", 500, 500),)


@pytest.mark.acceptance("A19")
@given(*[st.integers(0, 10**6)] * 5)
def test_goods_balance_when_all_is_accounted_for(
    home: int, donated: int, waste: int, rung: int, gone: int
) -> None:
    brought = home + donated + waste + rung + gone
    assert mass_balance(brought, home, donated, waste, rung) == -gone
    moved = [
        signed_milli(reason, quantity)
        for reason, quantity in (
            (R.BROUGHT, brought), (R.TAKEN_HOME, home), (R.DONATED, donated), (R.WASTE, waste), (R.SALE, rung)
        )
        if quantity
    ]  # fmt: skip
    assert on_hand(moved) == gone
