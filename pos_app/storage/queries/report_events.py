"""Sales, refunds and voids of some days as their events tell them, for figures that no kept total holds."""

from collections.abc import Iterator, Sequence

import msgspec

from pos_app.facts.sales import Refund, Sale
from pos_app.storage.queries.reports import marks, shift_ids
from sync.rows import Rows


class _Sold(msgspec.Struct):
    body: Sale


class _GivenBack(msgspec.Struct):
    body: Refund


_sales = msgspec.json.Decoder(_Sold)
_refunds = msgspec.json.Decoder(_GivenBack)


def sold(
    rows: Rows,
    days: Sequence[str],
    vendors: Sequence[str] = (),
    departments: bool = False,
    credit: bool = False,
) -> Iterator[tuple[str, bool, Sale]]:
    """(id, voided, sale) by time; only those with goods of `vendors`, departments', or on credit, where told."""
    shifts = shift_ids(rows, days)
    more, values = _of_vendors("sale_line", "sale_id", 's."id"', vendors)
    if departments:
        more += " AND s.\"customer\" <> ''"
    if credit:
        more += (
            ' AND EXISTS (SELECT 1 FROM "sale_tender" t WHERE t."sale_id" = s."id" AND t."type" = \'credit\')'
        )
    found = rows.each(
        'SELECT s."id", v."sale_id" IS NOT NULL, e."bytes" FROM "sale" s JOIN "event" e ON e."key" = s."key" '
        f'LEFT JOIN "void_sale" v ON v."sale_id" = s."id" WHERE s."shift_id" IN {marks(shifts)}{more} '
        'ORDER BY s."at", s."receipt_no"',
        *shifts,
        *values,
    )
    for sale_id, voided, data in found:
        yield sale_id, bool(voided), _sales.decode(data).body


def given_back(
    rows: Rows, days: Sequence[str], vendors: Sequence[str] = ()
) -> Iterator[tuple[str, str, Refund]]:
    """(id, the sale's department, refund) by time."""
    shifts = shift_ids(rows, days)
    more, values = _of_vendors("refund_line", "refund_id", 'r."id"', vendors)
    found = rows.each(
        'SELECT r."id", coalesce(s."customer", \'\'), e."bytes" FROM "refund" r '
        'JOIN "event" e ON e."key" = r."key" LEFT JOIN "sale" s ON s."id" = r."sale_id" '
        f'WHERE r."shift_id" IN {marks(shifts)}{more} ORDER BY r."at", r."receipt_no"',
        *shifts,
        *values,
    )
    for refund_id, department, data in found:
        yield refund_id, department, _refunds.decode(data).body


def void_reasons(rows: Rows, days: Sequence[str]) -> dict[str, str]:
    """Why each voided sale of these days was voided."""
    shifts = shift_ids(rows, days)
    return dict(
        rows.all(
            'SELECT v."sale_id", v."reason" FROM "void_sale" v JOIN "sale" s ON s."id" = v."sale_id" '
            f'WHERE s."shift_id" IN {marks(shifts)}',
            *shifts,
        )
    )


def _of_vendors(table: str, column: str, to: str, vendors: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    if not vendors:
        return "", ()
    wanted = f'SELECT 1 FROM "{table}" w WHERE w."{column}" = {to} AND w."vendor_id" IN {marks(vendors)}'
    return f" AND EXISTS ({wanted})", tuple(vendors)
