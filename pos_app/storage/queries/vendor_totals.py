"""Questions to one vendor's kept figures over some days."""

from collections.abc import Sequence

from pos_app.storage.queries.reports import marks
from pos_app.storage.queries.totals import FIGURES
from sync.rows import Row, Rows

_SUMS = ", ".join(f'sum("{name}")' for name in FIGURES)
_TAXES = 'sum("taxable_supply_won"), sum("vat_won"), sum("exempt_won"), sum("unsplit_won")'
_MOVED = 'sum("sales_count") > 0 OR sum("refunds_count") > 0'  # a void alone leaves no hour and no register


def _asked(rows: Rows, what: str, by: str, having: str, vendor_id: str, days: Sequence[str]) -> list[Row]:
    return rows.all(
        f'SELECT {by}, {what} FROM "vendor_total" WHERE "vendor_id" = ? AND "day_id" IN {marks(days)} '
        f"GROUP BY {by}{having} ORDER BY {by}",
        vendor_id,
        *days,
    )


def by_day(rows: Rows, vendor_id: str, days: Sequence[str]) -> dict[str, dict[str, int]]:
    """The figures of each day; a day without any is missing."""
    found = _asked(rows, _SUMS, '"day_id"', "", vendor_id, days)
    return {row[0]: dict(zip(FIGURES, row[1:], strict=True)) for row in found}


def tenders(rows: Rows, vendor_id: str, days: Sequence[str]) -> list[Row]:
    """(type, kind, held by, count, received, refunded)."""
    return _asked(
        rows,
        'sum("tenders_count"), sum("received_won"), sum("refunded_won")',
        '"type", "kind", "held_by"',
        ' HAVING sum("tenders_count") > 0 OR sum("refund_tenders_count") > 0',
        vendor_id,
        days,
    )


def hours(rows: Rows, vendor_id: str, days: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """(sales, their won, won given back) by hour "10"."""
    what = 'sum("sales_count"), sum("net_won"), sum("refunds_won")'
    found = _asked(rows, what, '"hour"', f" HAVING {_MOVED}", vendor_id, days)
    return {hour: (count, won, back) for hour, count, won, back in found}


def tax_by_register(rows: Rows, vendor_id: str, days: Sequence[str]) -> list[Row]:
    """(register, supply, VAT, exempt, unsplit)."""
    return _asked(rows, _TAXES, '"register"', f" HAVING {_MOVED}", vendor_id, days)
