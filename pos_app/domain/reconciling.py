"""Slips against the till: kinds, bounds, and vouchers counted by face."""

from collections.abc import Iterable

from pos_app.domain.errors import DomainError
from pos_app.domain.money import whole

KINDS = ("card", "card_refund", "transfer", "voucher")
MAX_SLIPS_WON = 100_000_000_000
MAX_PIECES = 99_999


def check_kind(kind: str) -> str:
    """Return a kind of slip; raises reconcile.kind(kind)."""
    if kind not in KINDS:
        raise DomainError("reconcile.kind", kind=kind[:40])
    return kind


def check_counted(won: int) -> int:
    """Return what slips can come to; raises reconcile.negative, reconcile.too_large."""
    if won < 0:
        raise DomainError("reconcile.negative")
    if won > MAX_SLIPS_WON:
        raise DomainError("reconcile.too_large", max_won=MAX_SLIPS_WON)
    return won


def faces_won(faces: Iterable[tuple[int, int]]) -> int:
    """Return the won of vouchers as (face, pieces); raises reconcile.faces."""
    total, seen = 0, set()
    for face, pieces in faces:
        whole(face, "reconcile.faces")
        whole(pieces, "reconcile.faces")
        if face < 1 or face in seen or not 0 <= pieces <= MAX_PIECES:
            raise DomainError("reconcile.faces")
        seen.add(face)
        total += face * pieces
    return check_counted(total)
