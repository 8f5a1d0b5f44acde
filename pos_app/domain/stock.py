"""Stock is the sum of its movements; selling more than is known to be there is a policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pos_app.domain.catalogue import OversellPolicy
from pos_app.domain.errors import DomainError
from pos_app.domain.money import whole
from pos_app.domain.quantity import line_amount_won

MAX_MOVEMENT_MILLI = 9_999_999_999


class MovementReason(StrEnum):
    """Why goods came or went."""

    BROUGHT = "brought"
    SALE = "sale"
    REFUND = "refund"
    TAKEN_HOME = "taken_home"
    DONATED = "donated"
    WASTE = "waste"
    COUNT = "count"


_OUT = (MovementReason.SALE, MovementReason.TAKEN_HOME, MovementReason.DONATED, MovementReason.WASTE)


def signed_milli(reason: MovementReason, quantity_milli: int) -> int:
    """Return a movement as it changes the stock: `quantity_milli` as people say it, without sign.

    A COUNT keeps its sign, being already the difference to what was thought to be there.
    Raises stock.not_whole, stock.not_positive, stock.too_large.
    """
    whole(quantity_milli, "stock.not_whole")
    if abs(quantity_milli) > MAX_MOVEMENT_MILLI:
        raise DomainError("stock.too_large", max_milli=MAX_MOVEMENT_MILLI)
    if reason == MovementReason.COUNT:
        return quantity_milli
    if quantity_milli < 1:
        raise DomainError("stock.not_positive")
    return -quantity_milli if reason in _OUT else quantity_milli


def on_hand(movements: Iterable[int]) -> int:
    """Return the stock: the sum of signed movements, and nothing else."""
    return sum(movements)


def count_difference(counted_milli: int, on_hand_milli: int) -> int:
    """Return the movement that makes the stock agree with a count; raises stock.count_negative."""
    whole(counted_milli, "stock.not_whole")
    if counted_milli < 0:
        raise DomainError("stock.count_negative")
    if counted_milli > MAX_MOVEMENT_MILLI:
        raise DomainError("stock.too_large", max_milli=MAX_MOVEMENT_MILLI)
    return counted_milli - on_hand_milli


def check_oversell(
    policy: OversellPolicy, on_hand_milli: int | None, wanted_milli: int, *, stale: bool = False
) -> Literal["ok", "warn"]:
    """Say whether `wanted_milli` may be sold; `on_hand_milli` None: nobody knows, so nobody objects.

    Stock known only from elsewhere and old (`stale`) warns but never blocks.
    Raises DomainError("stock.blocked", left_milli).
    """
    if policy == OversellPolicy.ALLOW or on_hand_milli is None or wanted_milli <= on_hand_milli:
        return "ok"
    if policy == OversellPolicy.BLOCK and not stale:
        raise DomainError("stock.blocked", left_milli=max(0, on_hand_milli))
    return "warn"


def check_taken_out(on_hand_milli: int, wanted_milli: int) -> None:
    """Refuse to carry out more than came in; raises stock.more_than_brought(left_milli)."""
    if wanted_milli > on_hand_milli:
        raise DomainError("stock.more_than_brought", left_milli=max(0, on_hand_milli))


def mass_balance(brought: int, taken_home: int, donated: int, waste: int, rung: int) -> int:
    """Return the gap in thousandths: rung less what should have been sold.

    Negative: goods are missing (모자라요); positive: more was rung than can have been there (남아요).
    """
    return rung - (brought - taken_home - donated - waste)


@dataclass(frozen=True, slots=True)
class Gap:
    """One product's gap in thousandths and, at its price, in won (both with sign)."""

    product_id: str
    gap_milli: int
    gap_won: int


def ranked_gaps(gaps: Iterable[tuple[str, int, int, int]]) -> tuple[Gap, ...]:
    """Return the gaps of (product id, gap milli, unit price won, rounding won) that are not zero.

    The dearest come first; each is worth what a line of that quantity would cost.
    """
    found = []
    for product_id, gap_milli, unit_price_won, rounding_won in gaps:
        if gap_milli:
            worth = line_amount_won(unit_price_won, abs(gap_milli), rounding_won)
            found.append(Gap(product_id, gap_milli, worth if gap_milli > 0 else -worth))
    return tuple(sorted(found, key=lambda gap: (-abs(gap.gap_won), gap.product_id)))
