"""A payout run: draft, approved, paid; what is paid never changes, a reversing statement corrects it."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from enum import StrEnum

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, Role, require
from pos_app.domain.settlement import FeeLine, RuleLine, Statement, TenderLine


class RunState(StrEnum):
    """How far a payout run is."""

    DRAFT = "draft"
    APPROVED = "approved"
    PAID = "paid"


_STEPS = frozenset(
    {
        (RunState.DRAFT, RunState.APPROVED),
        (RunState.APPROVED, RunState.DRAFT),  # found wrong before anyone was paid
        (RunState.APPROVED, RunState.PAID),
    }
)


def check_step(old: RunState, new: RunState, role: Role, statements: Iterable[Statement] = ()) -> None:
    """Refuse a step that the role or the run's state doesn't allow, or that leaves goods without a rule.

    Raises right.missing(action, role), settlement.step(old, new) or, on the way to approved,
    settlement.no_rule(count), settlement.empty_run.
    """
    require(role, Action.SETTLE)
    if (old, new) not in _STEPS:
        raise DomainError("settlement.step", old=str(old), new=str(new))
    if new != RunState.APPROVED:
        return
    found = list(statements)
    if not found:
        raise DomainError("settlement.empty_run")
    warned = [each for each in found if each.warnings]
    if warned:
        raise DomainError("settlement.no_rule", count=len(warned))


def canonical(statement: Statement) -> bytes:
    """Return the statement as canonical JSON: equal statements have equal bytes, on every machine."""
    return json.dumps(
        asdict(statement), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def content_hash(statement: Statement) -> str:
    """Return the SHA-256 of the canonical bytes in hex."""
    return hashlib.sha256(canonical(statement)).hexdigest()


def run_hash(statements: Iterable[Statement]) -> str:
    """Return one hash over a run's statements, whatever their order."""
    return hashlib.sha256("\n".join(sorted(map(content_hash, statements))).encode()).hexdigest()


def reverse(paid: Statement, carried_won: int, reversed_before: Collection[str] = ()) -> Statement:
    """Return the statement that takes a paid one back: every figure with the other sign.

    `carried_won` (0 or below) is the vendor's balance now; with what was transferred it becomes the
    balance that the corrected statement begins with. Raises settlement.reversed_already when the hash
    of `paid` is among `reversed_before`, settlement.reversal when it is a reversal itself.
    """
    digest = content_hash(paid)
    if paid.reverses:
        raise DomainError("settlement.reversal")
    if digest in reversed_before:
        raise DomainError("settlement.reversed_already")
    due = -paid.payout_won + paid.held_by_vendor_won + paid.held_back_won - paid.released_won + carried_won
    return replace(
        paid,
        gross_won=-paid.gross_won,
        discount_won=-paid.discount_won,
        truncation_won=-paid.truncation_won,
        refunds_won=-paid.refunds_won,
        net_won=-paid.net_won,
        commission_won=-paid.commission_won,
        fees_won=-paid.fees_won,
        payout_won=-paid.payout_won,
        held_by_vendor_won=-paid.held_by_vendor_won,
        held_back_won=-paid.held_back_won,
        released_won=-paid.released_won,
        carried_in_won=carried_won,
        to_transfer_won=max(0, due),
        carried_out_won=min(0, due),
        lines=tuple(_reversed_line(line) for line in paid.lines),
        fees=tuple(_reversed_fee(line) for line in paid.fees),
        tenders=tuple(_reversed_tender(line) for line in paid.tenders),
        warnings=(),
        reverses=digest,
    )


def _reversed_line(line: RuleLine) -> RuleLine:
    pieces = tuple(replace(piece, net_won=-piece.net_won) for piece in line.pieces)
    return replace(line, net_won=-line.net_won, commission_won=-line.commission_won, pieces=pieces)


def _reversed_fee(line: FeeLine) -> FeeLine:
    return replace(line, net_won=-line.net_won, fee_won=-line.fee_won)


def _reversed_tender(line: TenderLine) -> TenderLine:
    return replace(
        line,
        net_won=-line.net_won,
        commission_won=-line.commission_won,
        fee_won=-line.fee_won,
        payout_won=-line.payout_won,
    )
