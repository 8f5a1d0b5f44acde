"""Questions to the kept totals: a day, a shift, a vendor, a product, a tender."""

from dataclasses import dataclass

from sync.rows import Rows

FIGURES = (
    "sales_count",
    "refunds_count",
    "voids_count",
    "gross_won",
    "discount_won",
    "truncation_won",
    "refunds_won",
    "taxable_supply_won",
    "vat_won",
    "exempt_won",
    "unsplit_won",
)
SUMS = ", ".join(f'coalesce(sum("{name}"), 0)' for name in FIGURES)


def _figures(rows: Rows, where: str, value: str) -> dict[str, int]:
    found = rows.one(f'SELECT {SUMS} FROM "log_total" WHERE "{where}" = ?', value)
    figures = dict(zip(FIGURES, found or (0,) * len(FIGURES), strict=True))
    figures["net_won"] = (
        figures["gross_won"] - figures["discount_won"] - figures["truncation_won"] - figures["refunds_won"]
    )
    return figures


def of_day(rows: Rows, day_id: str) -> dict[str, int]:
    """A day's figures over all registers, by the names of the outside (`gross_won` …)."""
    return _figures(rows, "day_id", day_id)


def of_shift(rows: Rows, shift_id: str) -> dict[str, int]:
    """A shift's figures, by the same names."""
    return _figures(rows, "shift_id", shift_id)


@dataclass(frozen=True, slots=True)
class TenderTotal:
    """What one kind of tender brought and gave back (won)."""

    type: str
    kind: str
    held_by: str
    count: int
    received_won: int
    refunded_won: int
    drawer_won: int

    @property
    def net_won(self) -> int:
        return self.received_won - self.refunded_won


def tenders(rows: Rows, where: str, value: str) -> list[TenderTotal]:
    """Tender totals `where` is `day_id` or `shift_id`."""
    if where not in ("day_id", "shift_id"):
        raise ValueError(where)
    return [
        TenderTotal(*row)
        for row in rows.all(
            'SELECT "type", "kind", "held_by", sum("count"), sum("received_won"), sum("refunded_won"), sum("drawer_won") '
            f'FROM "tender_total" WHERE "{where}" = ? GROUP BY "type", "kind", "held_by" '
            'ORDER BY "type", "kind", "held_by"',
            value,
        )
    ]


def by_product(rows: Rows, day_id: str) -> list[tuple[str, str, int, int, int]]:
    """(product id, vendor id, quantity milli, gross won, net won) of what was sold that day."""
    return [
        (row[0], row[1], row[2], row[3], row[4])
        for row in rows.all(
            'SELECT "product_id", "vendor_id", sum("quantity_milli"), sum("gross_won"), sum("net_won") '
            'FROM "product_total" WHERE "day_id" = ? GROUP BY "product_id", "vendor_id" '
            'ORDER BY sum("net_won") DESC, "product_id"',
            day_id,
        )
    ]


def sold_today(rows: Rows, day_id: str) -> dict[str, int]:
    """Thousandths sold by product on that day."""
    return dict(
        rows.all(
            'SELECT "product_id", sum("quantity_milli") FROM "product_total" WHERE "day_id" = ? '
            'GROUP BY "product_id"',
            day_id,
        )
    )


def best_sellers(rows: Rows, day_id: str, limit: int) -> dict[str, int]:
    """Thousandths sold of the day's best sellers, the best first."""
    return dict(
        rows.all(
            'SELECT "product_id", sum("quantity_milli") FROM "product_total" WHERE "day_id" = ? '
            'GROUP BY "product_id" ORDER BY 2 DESC, 1 LIMIT ?',
            day_id,
            limit,
        )
    )


def by_vendor(rows: Rows, day_id: str) -> dict[str, int]:
    """Net won by vendor on that day; vendors without sales are missing."""
    return dict(
        rows.all(
            'SELECT "vendor_id", sum("net_won") FROM "product_total" WHERE "day_id" = ? GROUP BY "vendor_id"',
            day_id,
        )
    )


def by_hour(rows: Rows, day_id: str) -> list[tuple[str, int, int]]:
    """(hour "10", sales, total won) of that day's sales that were not voided."""
    return [
        (row[0], row[1], row[2])
        for row in rows.all(
            'SELECT substr(s."at", 12, 2), count(*), sum(s."total_won") FROM "sale" s '
            'LEFT JOIN "void_sale" v ON v."sale_id" = s."id" WHERE s."day_id" = ? AND v."sale_id" IS NULL '
            "GROUP BY 1 ORDER BY 1",
            day_id,
        )
    ]


def cash_moves(rows: Rows, shift_id: str) -> dict[str, int]:
    """Won by kind of cash movement in a shift."""
    return dict(
        rows.all(
            'SELECT "kind", sum("amount_won") FROM "cash_movement" WHERE "shift_id" = ? GROUP BY "kind"',
            shift_id,
        )
    )


def journal(rows: Rows) -> int:
    """How many events this replica holds, by the heads of its logs: a few rows, whatever was sold."""
    row = rows.one('SELECT coalesce(sum("seq"), 0) FROM "head"')
    return row[0] if row else 0
