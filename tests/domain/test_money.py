"""Won are whole: rounding, spreading and cutting lose nothing."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.money import (
    DENOMINATIONS,
    MAX_PRICE_WON,
    MAX_TENDER_WON,
    round_half_up,
    spread,
    truncation,
    whole,
)

WON = st.integers(0, 10**15)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(0, 1, 0), (1, 2, 1), (1, 3, 0), (2, 3, 1), (3, 2, 2), (5, 2, 3), (49, 100, 0), (50, 100, 1)],
)
def test_halves_go_up(numerator: int, denominator: int, expected: int) -> None:
    assert round_half_up(numerator, denominator) == expected


@given(WON, st.integers(1, 10**9))
def test_rounding_is_the_nearest_whole_number(numerator: int, denominator: int) -> None:
    off = round_half_up(numerator, denominator) - Fraction(numerator, denominator)
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 2), (1, 0), (1, -2)])
def test_rounding_refuses_negatives(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="cannot round"):
        round_half_up(numerator, denominator)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (0, [], ()),
        (0, [0, 0], (0, 0)),
        (10, [1], (10,)),
        (1, [1, 1, 1], (1, 0, 0)),
        (2, [1, 1, 1], (1, 1, 0)),
        (100, [1, 1, 1], (34, 33, 33)),
        (10, [3, 3, 4], (3, 3, 4)),
        (7, [5000, 3000, 0], (4, 3, 0)),
        (1, [1, 2, 2], (0, 1, 0)),
        (5, [1, 1], (3, 2)),
    ],
)
def test_spreads_by_hand(total: int, weights: Sequence[int], expected: tuple[int, ...]) -> None:
    assert spread(total, weights) == expected


@given(WON, st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any))
def test_a_spread_is_exact_and_fair(total: int, weights: list[int]) -> None:
    parts = spread(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert weight or part == 0


@given(st.data())
def test_a_spread_never_takes_more_than_there_is(data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
    total = data.draw(st.integers(0, sum(weights)))
    assert all(part <= weight for part, weight in zip(spread(total, weights), weights, strict=True))


@given(WON, st.lists(st.integers(0, 10**6), min_size=2, max_size=20).filter(any))
def test_the_won_left_over_go_to_the_largest_remainders_and_ties_to_the_earlier(
    total: int, weights: list[int]
) -> None:
    parts = spread(total, weights)
    whole_sum = sum(weights)
    ranked = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole_sum), index))
    extra = [parts[index] - total * weights[index] // whole_sum for index in ranked]
    assert extra == sorted(extra, reverse=True)
    assert set(extra) <= {0, 1}


def test_a_spread_without_weights_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        spread(5, [0, 0])
    assert refused.value.code == "money.nothing_to_spread_on"
    assert refused.value.params == {"total_won": 5}


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [2, -1]), (0, [-1])])
def test_a_spread_of_negatives_is_a_bug(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"cannot spread|negative weight"):
        spread(total, weights)


@pytest.mark.parametrize(
    ("amount", "step", "cut"),
    [(12_345, 10, 5), (12_340, 10, 0), (9, 10, 9), (12_345, 1, 0), (0, 10, 0), (5, 2, 1), (55, 0, 0)],
)
def test_truncation(amount: int, step: int, cut: int) -> None:
    assert truncation(amount, step) == cut


def test_truncation_of_a_negative_is_a_bug() -> None:
    with pytest.raises(ValueError, match="cannot truncate"):
        truncation(-1, 10)


@pytest.mark.acceptance("A9")
@pytest.mark.parametrize("value", [1.0, "1", None, True, 10**3 / 7])
def test_only_whole_numbers_are_money(value: object) -> None:
    with pytest.raises(DomainError) as refused:
        whole(value, "price.not_whole")
    assert refused.value.code == "price.not_whole"
    assert len(str(refused.value.params["value"])) <= 40


def test_a_whole_number_stays_itself() -> None:
    assert whole(10**30, "price.not_whole") == 10**30


def test_denominations_are_the_notes_and_coins_in_use() -> None:
    assert DENOMINATIONS == (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10)


def test_the_bounds_stay_where_they_are() -> None:
    # A bound that moves down would refuse, on one till, what another has sold.
    assert (MAX_PRICE_WON, MAX_TENDER_WON) == (99_999_999, 999_999_999_999)
