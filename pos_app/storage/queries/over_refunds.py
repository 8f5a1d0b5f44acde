"""Refunds that gave back more than was sold: two tills that did not know of each other."""

from dataclasses import dataclass

from sync.events import parse_stored
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class OverRefund:
    """A refund beyond what was left of its lines; `over_won` is what was given out too much, at most."""

    refund_id: str
    log: bytes
    seq: int
    receipt_no: str
    sale_no: str
    register: str
    at: str
    over_won: int


_BEYOND = (
    'SELECT r."sale_id", r."line", max(l."quantity_milli") FROM "refund_line" r '
    'JOIN "sale_line" l ON l."sale_id" = r."sale_id" AND l."no" = r."line" '
    'GROUP BY r."sale_id", r."line" HAVING sum(r."quantity_milli") > max(l."quantity_milli")'
)
_OF_LINE = (
    'SELECT r."id", e."key", e."bytes", r."receipt_no", r."register", r."at", x."quantity_milli", x."refund_won", '
    's."receipt_no" FROM "refund_line" x JOIN "refund" r ON r."id" = x."refund_id" '
    'JOIN "event" e ON e."key" = r."key" JOIN "sale" s ON s."id" = x."sale_id" '
    'WHERE x."sale_id" = ? AND x."line" = ?'
)


def over_refunds(rows: Rows) -> list[OverRefund]:
    """Of each line, the later refunds (by hybrid clock, then key) that no longer fit; the same everywhere."""
    found: dict[str, OverRefund] = {}
    for sale_id, line, sold_milli in rows.all(_BEYOND):
        told = [
            (parse_stored(bytes(row[1]), bytes(row[2])), *row) for row in rows.all(_OF_LINE, sale_id, line)
        ]
        told.sort(key=lambda each: (each[0].envelope.hlc, each[0].key))
        left_milli = sold_milli
        for event, refund_id, _, _, receipt_no, register, at, milli, won, sale_no in told:
            left_milli -= milli
            if left_milli >= 0:
                continue
            beyond_milli = min(milli, -left_milli)
            before = found[refund_id].over_won if refund_id in found else 0
            over_won = before + (won * beyond_milli + milli // 2) // milli
            log = bytes.fromhex(event.envelope.log)
            found[refund_id] = OverRefund(
                refund_id, log, event.envelope.seq, receipt_no, sale_no, register, at, over_won
            )
    return sorted(found.values(), key=lambda each: (each.at, each.refund_id))
