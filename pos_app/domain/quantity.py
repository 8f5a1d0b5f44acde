"""Quantities as thousandths of the unit, and what a quantity costs."""

from pos_app.domain.errors import DomainError
from pos_app.domain.money import whole

PIECE = 1000
"""One piece, or one kilogram, in thousandths."""

MAX_MILLI = 9_999_999


def line_amount_won(unit_price_won: int, quantity_milli: int, rounding_won: int = 1) -> int:
    """Return price x quantity, half-up to `rounding_won`, rounded once from the exact product.

    Raises ValueError for negative figures or a rounding below 1.
    """
    if unit_price_won < 0 or quantity_milli < 0 or rounding_won < 1:
        raise ValueError(f"no amount for {unit_price_won} x {quantity_milli} by {rounding_won}")
    step = PIECE * rounding_won
    return (2 * unit_price_won * quantity_milli + step) // (2 * step) * rounding_won


def check_quantity(quantity_milli: int) -> int:
    """Return the quantity of a line if it is one: a whole number from 1 to MAX_MILLI.

    Raises DomainError quantity.not_whole, quantity.not_positive or quantity.too_large.
    """
    whole(quantity_milli, "quantity.not_whole")
    if quantity_milli < 1:
        raise DomainError("quantity.not_positive")
    if quantity_milli > MAX_MILLI:
        raise DomainError("quantity.too_large", max_milli=MAX_MILLI)
    return quantity_milli
