"""The money in the till: what should be there, what was counted, and the difference."""

from collections.abc import Iterable
from enum import StrEnum

from pos_app.domain.errors import DomainError
from pos_app.domain.money import DENOMINATIONS as DENOMINATIONS
from pos_app.domain.money import MAX_PRICE_WON, whole
from pos_app.domain.tender import TenderType

MAX_PIECES = 99_999


class MovementKind(StrEnum):
    """Cash that moves beside sales."""

    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"
    LOAN = "loan"  # change brought to the till
    PICKUP = "pickup"  # notes taken to safety


def expected_cash(
    float_won: int, cash_sales_won: int, cash_refunds_won: int, pay_in_won: int, pay_out_won: int
) -> int:
    """Return what should lie in the drawer. The one place where this is reckoned."""
    return float_won + cash_sales_won - cash_refunds_won + pay_in_won - pay_out_won


def drawer_won(tender_type: TenderType, amount_won: int, change_won: int) -> int:
    """Return what one tender of a sale adds to the drawer.

    Cash adds its amount (change already gone); a voucher that gave change takes that out in cash.
    """
    return amount_won if tender_type == TenderType.CASH else -change_won


def movement_won(kind: MovementKind, amount_won: int) -> int:
    """Return what a movement does to the drawer: in positive, out negative.

    Raises movement.not_whole, movement.not_positive, movement.too_large.
    """
    whole(amount_won, "movement.not_whole")
    if amount_won < 1:
        raise DomainError("movement.not_positive")
    if amount_won > MAX_PRICE_WON:
        raise DomainError("movement.too_large", max_won=MAX_PRICE_WON)
    return amount_won if kind in (MovementKind.PAY_IN, MovementKind.LOAN) else -amount_won


def movement_kind(text: str) -> MovementKind:
    """Return the kind named by `text`; raises movement.unknown_kind."""
    try:
        return MovementKind(text)
    except ValueError:
        raise DomainError("movement.unknown_kind", kind=str(text)[:40]) from None


def check_float(float_won: int) -> int:
    """Return an opening float if it is one; raises float.not_whole, float.negative, float.too_large."""
    whole(float_won, "float.not_whole")
    if float_won < 0:
        raise DomainError("float.negative")
    if float_won > MAX_PRICE_WON:
        raise DomainError("float.too_large", max_won=MAX_PRICE_WON)
    return float_won


def counted(denominations: Iterable[tuple[int, int]]) -> int:
    """Return the won of a count of (denomination, pieces).

    Raises count.unknown_denomination, count.doubled, count.not_whole, count.negative, count.too_many.
    """
    total = 0
    seen: set[int] = set()
    for won, pieces in denominations:
        if won not in DENOMINATIONS:
            raise DomainError("count.unknown_denomination", won=won)
        if won in seen:
            raise DomainError("count.doubled", won=won)
        seen.add(won)
        whole(pieces, "count.not_whole")
        if pieces < 0:
            raise DomainError("count.negative", won=won)
        if pieces > MAX_PIECES:
            raise DomainError("count.too_many", won=won, max_pieces=MAX_PIECES)
        total += won * pieces
    return total


def over_short(counted_won: int, expected_won: int) -> int:
    """Return over (+) or short (-)."""
    return counted_won - expected_won


def needs_coordinator(over_short_won: int, limit_won: int) -> bool:
    """Say whether a difference is more than the limit, whichever way."""
    return abs(over_short_won) > limit_won


def check_close(
    *, counted: bool, over_short_won: int, limit_won: int, reason: str, coordinator: bool
) -> None:
    """Refuse to close a shift before it is counted, or over the limit without reason or coordinator.

    Raises shift.not_counted, shift.needs_coordinator(over_short_won, limit_won), shift.needs_reason.
    """
    if not counted:
        raise DomainError("shift.not_counted")
    if not needs_coordinator(over_short_won, limit_won):
        return
    if not coordinator:
        raise DomainError("shift.needs_coordinator", over_short_won=over_short_won, limit_won=limit_won)
    if not reason.strip():
        raise DomainError("shift.needs_reason", over_short_won=over_short_won)
