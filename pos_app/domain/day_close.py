"""The close of a market day: who is done, what is missing, and whether it may be sealed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import register_order

SILENT_AFTER = timedelta(minutes=10)


class RegisterState(StrEnum):
    """How a register stands on the day's board."""

    CLOSED = "closed"
    OPEN = "open"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class RegisterStanding:
    """What is known of one register of the day."""

    register: str
    planned: bool
    closed: bool
    last_heard_at: datetime | None = None
    gaps: tuple[tuple[int, int], ...] = ()

    def state(self, now: datetime) -> RegisterState:
        """Return closed, silent (nothing heard for SILENT_AFTER, or ever) or open."""
        if self.closed:
            return RegisterState.CLOSED
        if self.last_heard_at is None or now - self.last_heard_at > SILENT_AFTER:
            return RegisterState.SILENT
        return RegisterState.OPEN


def gaps_below(seqs: Iterable[int], highest: int) -> tuple[tuple[int, int], ...]:
    """Return the missing numbers of 1..highest as ranges (first, last), exactly."""
    gaps = []
    expected = 1
    for seq in sorted({seq for seq in seqs if 1 <= seq <= highest}):
        if seq > expected:
            gaps.append((expected, seq - 1))
        expected = seq + 1
    if expected <= highest:
        gaps.append((expected, highest))
    return tuple(gaps)


def holding_up(standings: Iterable[RegisterStanding]) -> tuple[str, ...]:
    """Return the registers that keep the day provisional: not closed, or with gaps; in order."""
    waiting = {each.register for each in standings if not each.closed or each.gaps}
    return tuple(sorted(waiting, key=register_order))


def is_complete(planned: Collection[str], standings: Sequence[RegisterStanding]) -> bool:
    """Say whether every planned register, and every one seen, is closed without gaps."""
    known = {each.register for each in standings}
    return all(register in known for register in planned) and not holding_up(standings)


def check_close_register(*, parked: int, open_cart: bool) -> None:
    """Refuse to close a register that still holds goods for someone.

    Raises close.parked(count) or close.open_cart.
    """
    if parked:
        raise DomainError("close.parked", count=parked)
    if open_cart:
        raise DomainError("close.open_cart")


def check_seal(*, sealed: bool, open_shifts: Collection[str]) -> None:
    """Refuse to seal a sealed day, or one with shifts of this machine still open.

    Raises day.sealed_already or day.shifts_open(registers).
    """
    if sealed:
        raise DomainError("day.sealed_already")
    if open_shifts:
        ordered = sorted(open_shifts, key=register_order)
        raise DomainError("day.shifts_open", registers=", ".join(ordered), count=len(ordered))
