"""Sales that have goods of some vendors, with the figures alone: a year of them is read at once."""

from collections.abc import Iterator, Sequence

import msgspec

from pos_app.storage.queries.reports import marks, shift_ids
from sync.rows import Rows


class SlipLine(msgspec.Struct, frozen=True, gc=False):
    """What a line of a sale comes to."""

    vendor_id: str
    seller: int
    tax_class: str
    amount_won: int
    discount_won: int
    cart_discount_won: int
    truncation_won: int
    net_won: int


class SlipSeller(msgspec.Struct, frozen=True, gc=False):
    """What a seller's tax is reckoned from."""

    taxable_supply_won: int
    unsplit_won: int


class SlipTender(msgspec.Struct, frozen=True, gc=False):
    """A tender and its part of each line."""

    type: str
    shares: tuple[int, ...]
    kind: str = ""
    held_by: str = "cooperative"


class SoldSlip(msgspec.Struct, frozen=True, gc=False):
    """A sale's figures."""

    lines: tuple[SlipLine, ...]
    sellers: tuple[SlipSeller, ...]
    tenders: tuple[SlipTender, ...]


class _Stored(msgspec.Struct, frozen=True, gc=False):
    body: SoldSlip


_slips = msgspec.json.Decoder(_Stored)
Head = tuple[str, str, str, bool]


def sold(rows: Rows, days: Sequence[str], vendors: Sequence[str]) -> Iterator[tuple[Head, SoldSlip]]:
    """((day, register, hour, voided), figures) of every sale with goods of these vendors, in no order."""
    shifts = shift_ids(rows, days)
    found = rows.each(
        'SELECT s."day_id", s."register", substr(s."at", 12, 2), v."sale_id" IS NOT NULL, e."bytes" FROM "sale" s '
        'JOIN "event" e ON e."key" = s."key" LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
        f'WHERE s."shift_id" IN {marks(shifts)} AND EXISTS (SELECT 1 FROM "sale_line" l '
        f'WHERE l."sale_id" = s."id" AND l."vendor_id" IN {marks(vendors)})',
        *shifts,
        *vendors,
    )
    decode = _slips.decode
    for day_id, register, hour, voided, data in found:
        yield (day_id, register, hour, bool(voided)), decode(data).body
