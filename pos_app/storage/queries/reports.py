"""What reports ask of the tables: market days of a span, kept totals over several days, goods, shifts, orders."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.storage.queries.totals import FIGURES, SUMS
from sync.rows import Row, Rows

_DAY = 'SELECT "day_id", "market_id", "market", "business_date", "agency" FROM "market_day"'
_MANY = 1_000
_TAXES = 'sum("taxable_supply_won"), sum("vat_won"), sum("exempt_won"), sum("unsplit_won")'


@dataclass(frozen=True, slots=True)
class ReportDay:
    """A market day that a report speaks of."""

    day_id: str
    market_id: str
    market: str
    business_date: str
    agency: str


def marks(values: Sequence[str]) -> str:
    """As many question marks as there are values: (?, ?, ?); for none something that nothing equals."""
    return f"({', '.join('?' * len(values))})" if values else "(NULL)"


def days_between(rows: Rows, from_on: str, until_on: str) -> list[ReportDay]:
    """All market days of a span of dates, both ends included, by date."""
    found = rows.all(
        f'{_DAY} WHERE "business_date" BETWEEN ? AND ? ORDER BY "business_date", "hlc", "day_id"',
        from_on,
        until_on,
    )
    return [ReportDay(*row) for row in found]


def all_days(rows: Rows) -> list[ReportDay]:
    """All market days by date."""
    return [ReportDay(*row) for row in rows.all(f'{_DAY} ORDER BY "business_date", "hlc", "day_id"')]


def by_day(rows: Rows, days: Sequence[str]) -> dict[str, dict[str, int]]:
    """The kept figures of each day; a day without any is missing."""
    found = rows.all(
        f'SELECT "day_id", {SUMS} FROM "log_total" WHERE "day_id" IN {marks(days)} GROUP BY "day_id"', *days
    )
    return {row[0]: dict(zip(FIGURES, row[1:], strict=True)) for row in found}


def tax_by_register(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(register, supply, VAT, exempt, unsplit)."""
    return rows.all(
        f'SELECT "register", {_TAXES} FROM "log_total" WHERE "day_id" IN {marks(days)} '
        'GROUP BY "register" ORDER BY "register"',
        *days,
    )


def tenders(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(type, kind, held by, count, received, refunded)."""
    return rows.all(
        'SELECT "type", "kind", "held_by", sum("count"), sum("received_won"), sum("refunded_won") '
        f'FROM "tender_total" WHERE "day_id" IN {marks(days)} GROUP BY "type", "kind", "held_by" '
        'ORDER BY "type", "kind", "held_by"',
        *days,
    )


def products(rows: Rows, days: Sequence[str], vendors: Sequence[str] = ()) -> list[Row]:
    """(product, vendor, milli, gross, net), the most first; only those of `vendors`, if told."""
    whose = f' AND "vendor_id" IN {marks(vendors)}' if vendors else ""
    return rows.all(
        'SELECT "product_id", "vendor_id", sum("quantity_milli"), sum("gross_won"), sum("net_won") '
        f'FROM "product_total" WHERE "day_id" IN {marks(days)}{whose} GROUP BY "product_id", "vendor_id" '
        'ORDER BY sum("net_won") DESC, "product_id"',
        *days,
        *vendors,
    )


def vendor_days(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(day, vendor, net) of every vendor's every day."""
    return rows.all(
        'SELECT "day_id", "vendor_id", sum("net_won") FROM "product_total" '
        f'WHERE "day_id" IN {marks(days)} GROUP BY "day_id", "vendor_id"',
        *days,
    )


def product_labels(rows: Rows, product_ids: Sequence[str]) -> dict[str, Row]:
    """(name, unit, price, category, sold by) of at least these products as they are called now, by id."""
    asked = 'SELECT "id", "name", "unit", "unit_price_won", "category", "sold_by" FROM "product"'
    if len(product_ids) > _MANY:  # then one look at all of them is quicker
        return {row[0]: row[1:] for row in rows.all(asked)}
    found = rows.all(f'{asked} WHERE "id" IN {marks(product_ids)}', *product_ids)
    return {row[0]: row[1:] for row in found}


def shift_ids(rows: Rows, days: Sequence[str]) -> list[str]:
    """The shifts in which anything was sold or given back: the way to their sales that an index knows."""
    found = rows.all(f'SELECT DISTINCT "shift_id" FROM "log_total" WHERE "day_id" IN {marks(days)}', *days)
    return [row[0] for row in found]


def hours(rows: Rows, days: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """(sales, their won, won given back) by hour "10"; voided sales left out."""
    shifts = shift_ids(rows, days)
    sold = rows.all(
        'SELECT substr(s."at", 12, 2), count(*), sum(s."total_won") FROM "sale" s '
        'LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
        f'WHERE s."shift_id" IN {marks(shifts)} AND v."sale_id" IS NULL GROUP BY 1',
        *shifts,
    )
    back = rows.all(
        f'SELECT substr("at", 12, 2), sum("refund_won") FROM "refund" WHERE "shift_id" IN {marks(shifts)} '
        "GROUP BY 1",
        *shifts,
    )
    found = {hour: (count, won, 0) for hour, count, won in sold}
    for hour, won in back:
        count, sold_won, _ = found.get(hour, (0, 0, 0))
        found[hour] = (count, sold_won, won)
    return dict(sorted(found.items()))


def departments(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(day, department, vendor, net) of what agency departments bought, refunds taken off where they were made."""
    shifts = shift_ids(rows, days)
    sold = rows.all(
        'SELECT s."day_id", s."customer", l."vendor_id", sum(l."net_won") FROM "sale" s '
        'JOIN "sale_line" l ON l."sale_id" = s."id" LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
        f'WHERE s."shift_id" IN {marks(shifts)} AND s."customer" <> \'\' AND v."sale_id" IS NULL '
        "GROUP BY 1, 2, 3",
        *shifts,
    )
    back = rows.all(
        'SELECT r."day_id", s."customer", l."vendor_id", -sum(l."refund_won") FROM "refund" r '
        'JOIN "refund_line" l ON l."refund_id" = r."id" JOIN "sale" s ON s."id" = r."sale_id" '
        f'WHERE r."shift_id" IN {marks(shifts)} AND s."customer" <> \'\' GROUP BY 1, 2, 3',
        *shifts,
    )
    sums: dict[tuple[str, str, str], int] = {}
    for day, department, vendor, won in (*sold, *back):
        key = (day, department, vendor)
        sums[key] = sums.get(key, 0) + won
    return [(*key, won) for key, won in sorted(sums.items())]


def picked_up(rows: Rows, days: Sequence[str], vendors: Sequence[str] = ()) -> list[Row]:
    """(day, sale) of sales that stand and that an order became; only those with goods of `vendors`, if told."""
    whose = (
        ' AND EXISTS (SELECT 1 FROM "sale_line" l WHERE l."sale_id" = s."id" '
        f'AND l."vendor_id" IN {marks(vendors)})'
        if vendors
        else ""
    )
    return rows.all(
        'SELECT DISTINCT p."day_id", p."sale_id" FROM "pick_up" p JOIN "sale" s ON s."id" = p."sale_id" '
        'LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
        f'WHERE p."day_id" IN {marks(days)} AND v."sale_id" IS NULL{whose}',
        *days,
        *vendors,
    )


def ordered_vendors(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(vendor, net) of the sales that orders became, refunds made on these days taken off."""
    wanted = f'(SELECT "sale_id" FROM "pick_up" WHERE "day_id" IN {marks(days)} AND "sale_id" <> \'\')'
    shifts = shift_ids(rows, days)
    sold = rows.all(
        f'SELECT l."vendor_id", sum(l."net_won") FROM (SELECT DISTINCT "sale_id" FROM {wanted}) o '
        'CROSS JOIN "sale" s ON s."id" = o."sale_id" CROSS JOIN "sale_line" l ON l."sale_id" = s."id" '
        f'LEFT JOIN "void_sale" v ON v."sale_id" = s."id" WHERE s."shift_id" IN {marks(shifts)} '
        'AND v."sale_id" IS NULL GROUP BY 1',
        *days,
        *shifts,
    )
    back = rows.all(
        'SELECT l."vendor_id", -sum(l."refund_won") FROM "refund" r JOIN "refund_line" l ON l."refund_id" = r."id" '
        f'WHERE r."shift_id" IN {marks(shifts)} AND r."sale_id" IN {wanted} GROUP BY 1',
        *shifts,
        *days,
    )
    sums: dict[str, int] = {}
    for vendor, won in (*sold, *back):
        sums[vendor] = sums.get(vendor, 0) + won
    return sorted(sums.items())


def orders(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(day, state, department, body) of every order of these days."""
    return rows.all(
        f'SELECT "day_id", "state", "department", "body" FROM "preorder" WHERE "day_id" IN {marks(days)} '
        'ORDER BY "id"',
        *days,
    )


def donations(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(day, date, institution, won, body) of every donation that stands."""
    return rows.all(
        'SELECT "day_id", "business_date", "institution", "value_won", "body" FROM "donation" '
        f'WHERE "day_id" IN {marks(days)} AND "withdrawn" = 0 ORDER BY "business_date", "institution", "id"',
        *days,
    )


def moved(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(product, vendor, reason, milli) of the goods brought and carried out; asked from the few sheets' side."""
    own = shift_ids(rows, days)
    sides: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("goods_batch", "", ()),
        ("donation", f' AND t."day_id" IN {marks(days)}', days),
        ("refund", f' AND t."shift_id" IN {marks(own)} AND m."reason" = \'waste\'', own),
    )
    found: list[Row] = []
    for table, which, values in sides:
        found += rows.all(
            'SELECT m."product_id", m."vendor_id", m."reason", sum(m."quantity_milli") '
            f'FROM "{table}" t CROSS JOIN "stock_movement" m ON m."key" = t."key" '
            f'WHERE m."day_id" IN {marks(days)}{which} GROUP BY 1, 2, 3',
            *days,
            *values,
        )
    return found


def shifts(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(day, date, register, number, operator, float, z, counted, over/short, closed at) of every shift."""
    return rows.all(
        'SELECT s."day_id", s."business_date", s."register", s."number", s."operator_name", s."float_won", '
        'coalesce(c."z_no", 0), coalesce(c."counted_won", 0), coalesce(c."over_short_won", 0), '
        'coalesce(c."at", \'\'), s."id" FROM "shift" s LEFT JOIN "shift_close" c ON c."shift_id" = s."id" '
        f'WHERE s."day_id" IN {marks(days)} ORDER BY s."business_date", s."register", s."number"',
        *days,
    )


def rostered(rows: Rows, days: Sequence[str]) -> list[Row]:
    """(vendor, code, booth) of who takes part on these days; of several rosters the latest first."""
    return rows.all(
        'SELECT v."vendor_id", v."code", v."booth" FROM "day_roster" d JOIN "roster_vendor" v '
        f'ON v."roster_id" = d."roster_id" WHERE d."day_id" IN {marks(days)} '
        'ORDER BY d."hlc" DESC, d."roster_id", v."booth"',
        *days,
    )


def product_codes(rows: Rows, days: Sequence[str]) -> dict[str, str]:
    """The code of each product in the workbooks of these days; the latest roster that has a code counts."""
    owner: dict[str, str] = {}
    for code, product_id in rows.all(
        'SELECT p."code", p."product_id" FROM "day_roster" d JOIN "roster_product" p '
        f'ON p."roster_id" = d."roster_id" WHERE d."day_id" IN {marks(days)} '
        'ORDER BY d."hlc" DESC, d."roster_id"',
        *days,
    ):
        owner.setdefault(code, product_id)
    return {product_id: code for code, product_id in owner.items()}
