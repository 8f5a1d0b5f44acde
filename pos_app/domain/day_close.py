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


def check_seal(
    *,
    sealed: bool,
    open_shifts: Collection[str],
    parked: Collection[str] = (),
    incomplete: Collection[str] = (),
    provisional: bool = False,
    reason: str = "",
) -> None:
    """Refuse to seal a sealed day, one with carts put aside or shifts open, or an incomplete one unasked.

    Raises day.sealed_already, day.parked, day.shifts_open, day.incomplete (all with registers, count)
    or, when it is to be sealed provisionally, day.no_reason.
    """
    if sealed:
        raise DomainError("day.sealed_already")
    refuse_named("day.parked", parked)
    refuse_named("day.shifts_open", open_shifts)
    if not provisional:
        refuse_named("day.incomplete", incomplete)
    elif incomplete:
        check_reason(reason)


def refuse_named(code: str, registers: Collection[str]) -> None:
    """Raise DomainError(code, registers, count) when there are any."""
    if registers:
        ordered = sorted(registers, key=register_order)
        raise DomainError(code, registers=", ".join(ordered), count=len(ordered))


def check_reason(reason: str) -> None:
    """Refuse what changes a day's close without a word why. Raises day.no_reason."""
    if not reason.strip():
        raise DomainError("day.no_reason")


@dataclass(frozen=True, slots=True)
class Seals:
    """Which seals of a day stand: `live` in their order, and the one that counts ("" for none)."""

    live: tuple[str, ...]
    counts: str
    undecided: bool

    @property
    def sealed(self) -> bool:
        """Whether the day is closed for selling."""
        return bool(self.live)


def seals_standing(seals: Sequence[str], reopened: Collection[str], chosen: Sequence[str]) -> Seals:
    """Return which seals stand; `seals` and `chosen` in the order in which they were made.

    A seal that was opened again stands no more. Of several, the one chosen last counts; until one is
    chosen the first counts, undecided.
    """
    live = tuple(key for key in seals if key not in reopened)
    picked = [key for key in chosen if key in live]
    if picked:
        return Seals(live, picked[-1], False)
    return Seals(live, live[0] if live else "", len(live) > 1)


def check_addendum(*, seals: Seals, late: bool, reason: str) -> None:
    """Refuse an addendum to a day that is not sealed, is sealed twice, or when nothing is late.

    Raises day.not_sealed, day.seals_undecided, day.nothing_late, day.no_reason.
    """
    if not seals.sealed:
        raise DomainError("day.not_sealed")
    if seals.undecided:
        raise DomainError("day.seals_undecided", count=len(seals.live))
    if not late:
        raise DomainError("day.nothing_late")
    check_reason(reason)


def check_reopen(*, seals: Seals, reason: str) -> None:
    """Refuse to open again what is open. Raises day.not_sealed, day.no_reason."""
    if not seals.sealed:
        raise DomainError("day.not_sealed")
    check_reason(reason)


def seal_chosen(text: str, seals: Seals) -> str:
    """Return the one seal that begins with `text`.

    Raises day.not_sealed, day.seals_agree when there is nothing to choose, day.unknown_seal(text).
    """
    if not seals.sealed:
        raise DomainError("day.not_sealed")
    if len(seals.live) < 2:
        raise DomainError("day.seals_agree")
    wanted = text.strip().lower()
    found = [key for key in seals.live if wanted and key.startswith(wanted)]
    if len(found) != 1:
        raise DomainError("day.unknown_seal", text=text[:40])
    return found[0]
