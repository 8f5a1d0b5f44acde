"""What a quantity costs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.quantity import MAX_MILLI, PIECE, check_quantity, line_amount_won


@pytest.mark.parametrize(
    ("price", "milli", "rounding", "expected"),
    [
        (28_000, 2 * PIECE, 1, 56_000),
        (2_900, 381, 10, 1_100),  # 1,104.9
        (4_200, 745, 10, 3_130),  # 3,129
        (10_000, 1_005, 10, 10_050),
        (1_000, 1_005, 10, 1_010),  # 1,005 exactly: half goes up
        (1_000, 1_004, 10, 1_000),
        (999, 500, 1, 500),  # 499.5
        (997, 500, 1, 499),  # 498.5
        (0, 5_000, 10, 0),
        (12_345, 0, 1, 0),
    ],
)
def test_amounts_by_hand(price: int, milli: int, rounding: int, expected: int) -> None:
    assert line_amount_won(price, milli, rounding) == expected


@given(st.integers(0, 99_999_999), st.integers(0, MAX_MILLI), st.sampled_from([1, 10, 100]))
def test_amounts_are_rounded_once_from_the_exact_product(price: int, milli: int, rounding: int) -> None:
    amount = line_amount_won(price, milli, rounding)
    assert amount % rounding == 0
    off = amount - Fraction(price * milli, PIECE)
    assert Fraction(-rounding, 2) < off <= Fraction(rounding, 2)


@pytest.mark.parametrize(("price", "milli", "rounding"), [(-1, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_negatives_are_a_bug(price: int, milli: int, rounding: int) -> None:
    with pytest.raises(ValueError, match="no amount"):
        line_amount_won(price, milli, rounding)


@pytest.mark.parametrize("milli", [1, PIECE, 9_999_999])
def test_quantities(milli: int) -> None:
    assert check_quantity(milli) == milli


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "quantity.not_positive"),
        (-1000, "quantity.not_positive"),
        (MAX_MILLI + 1, "quantity.too_large"),
        (10**40, "quantity.too_large"),
        (1.5, "quantity.not_whole"),
        (True, "quantity.not_whole"),
    ],
)
def test_refused_quantities(value: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_quantity(value)
    assert refused.value.code == code
