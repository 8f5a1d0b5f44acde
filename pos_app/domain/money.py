"""Won as whole numbers: rounding, spreading to the won, cutting cash totals."""

from collections.abc import Sequence

from pos_app.domain.errors import DomainError

DENOMINATIONS = (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10)
"""Notes and coins in use, largest first."""

MAX_PRICE_WON = 99_999_999
"""The highest price of one unit and the highest single cash movement."""

MAX_TENDER_WON = 999_999_999_999
"""The highest amount that one tender may carry."""


def round_half_up(numerator: int, denominator: int) -> int:
    """Return `numerator` over `denominator` as the nearest whole number, halves upwards.

    Raises ValueError for a negative numerator or a denominator below 1: amounts are
    rounded before they are given a sign, never after.
    """
    if numerator < 0 or denominator < 1:
        raise ValueError(f"cannot round {numerator} over {denominator}")
    return (2 * numerator + denominator) // (2 * denominator)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Spread `total` won over `weights` by largest remainder; the parts sum to `total` exactly.

    Floors first, then one won each to the largest remainders, ties to the earlier.
    Raises DomainError("money.nothing_to_spread_on") when there is a total but no weight,
    ValueError for negative input.
    """
    if total < 0:
        raise ValueError(f"cannot spread {total}")
    weight_sum = 0
    for weight in weights:
        if weight < 0:
            raise ValueError(f"negative weight {weight}")
        weight_sum += weight
    if total == 0:
        return (0,) * len(weights)
    if weight_sum == 0:
        raise DomainError("money.nothing_to_spread_on", total_won=total)
    parts: list[int] = []
    order: list[tuple[int, int]] = []
    left = total
    for index, weight in enumerate(weights):
        part, remainder = divmod(total * weight, weight_sum)
        parts.append(part)
        order.append((-remainder, index))
        left -= part
    if left:
        order.sort()
        for _, index in order[:left]:
            parts[index] += 1
    return tuple(parts)


def truncation(amount_won: int, step_won: int) -> int:
    """Return what is cut off `amount_won` so that coins of `step_won` suffice; a step of 1 cuts nothing."""
    if amount_won < 0:
        raise ValueError(f"cannot truncate {amount_won}")
    return amount_won % step_won if step_won > 1 else 0


def whole(value: object, code: str) -> int:
    """Return `value` when it is an exact whole number, else raise DomainError(code, value=...)."""
    if type(value) is not int:
        raise DomainError(code, value=str(value)[:40])
    return value
