"""Questions to the movements of a market day: what came, what went, what was counted, by product."""

from dataclasses import dataclass, field

from pos_app.domain.goods_balance import PastDay
from pos_app.domain.sell_through import Offered
from pos_app.storage.queries import catalogue, totals
from sync.rows import Rows

GOODS = ("brought", "taken_home", "donated", "waste", "count")


@dataclass(slots=True)
class Moved:
    """One product's day in thousandths, as people say it (without the sign of the movement).

    `given` of what was donated stands in deliveries, `spoilt` of the waste came back with refunds: the sheet
    can't take those away. `sheets` counts the movements that say how the day ended for it.
    """

    vendor_id: str
    brought: int = 0
    taken_home: int = 0
    donated: int = 0
    waste: int = 0
    missing: int = 0
    rung: int = 0
    given: int = 0
    spoilt: int = 0
    sheets: int = 0


@dataclass(slots=True)
class _Day:
    found: dict[str, Moved] = field(default_factory=dict)

    def of(self, product_id: str, vendor_id: str) -> Moved:
        return self.found.setdefault(product_id, Moved(vendor_id))


def of_day(rows: Rows, day_id: str) -> dict[str, Moved]:
    """What every product of a day did; goods that nothing moved are missing."""
    day = _Day()
    for product, vendor, reason, milli, count in rows.all(
        'SELECT m."product_id", m."vendor_id", m."reason", sum(m."quantity_milli"), count(*) '
        'FROM "goods_batch" b CROSS JOIN "stock_movement" m ON m."key" = b."key" '
        'WHERE m."day_id" = ? GROUP BY 1, 2, 3',
        day_id,
    ):
        moved = day.of(product, vendor)
        if reason == "count":
            moved.missing -= milli
        elif reason == "brought":
            moved.brought += milli
        elif reason in GOODS:
            setattr(moved, reason, getattr(moved, reason) - milli)
        moved.sheets += count if reason != "brought" else 0
    for product, vendor, milli in rows.all(
        'SELECT m."product_id", m."vendor_id", -sum(m."quantity_milli") FROM "donation" d '
        'CROSS JOIN "stock_movement" m ON m."key" = d."key" WHERE d."day_id" = ? GROUP BY 1, 2',
        day_id,
    ):
        moved = day.of(product, vendor)
        moved.donated += milli
        moved.given += milli
    for product, vendor, milli in rows.all(
        'SELECT m."product_id", m."vendor_id", -sum(m."quantity_milli") FROM "refund" r '
        'CROSS JOIN "stock_movement" m ON m."key" = r."key" WHERE r."day_id" = ? AND m."reason" = \'waste\' '
        "GROUP BY 1, 2",
        day_id,
    ):
        moved = day.of(product, vendor)
        moved.waste += milli
        moved.spoilt += milli
    for product, vendor, milli, _gross, _net in totals.by_product(rows, day_id):
        day.of(product, vendor).rung += milli
    return day.found


@dataclass(frozen=True, slots=True)
class SheetGood:
    """A product with what a sheet needs of it; `rounding_won` is the one of its lines."""

    id: str
    vendor_id: str
    name: str
    unit: str
    unit_price_won: int
    weighed: bool
    rounding_won: int
    on_hand_milli: int


def goods(rows: Rows, weighed_rounding_won: int) -> dict[str, SheetGood]:
    """Every product that is sold, or was and still has movements, by id."""
    return {
        row[0]: SheetGood(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            row[5] == "weight",
            _rounding(row[5], weighed_rounding_won),
            row[6],
        )
        for row in rows.all(
            'SELECT p."id", p."vendor_id", p."name", p."unit", p."unit_price_won", p."sold_by", '
            'coalesce(s."on_hand_milli", 0) FROM "product" p LEFT JOIN "stock" s ON s."product_id" = p."id" '
            'WHERE p."active" = 1 OR s."product_id" IS NOT NULL ORDER BY p."name", p."id"'
        )
    }


def _rounding(sold_by: str, weighed_rounding_won: int) -> int:
    return weighed_rounding_won if sold_by == "weight" else 1


def batch_known(rows: Rows, batch_id: str) -> bool:
    """Whether a batch, or a part of it, was told before."""
    return (
        rows.one(
            'SELECT 1 FROM "goods_batch" WHERE "batch_id" = ? OR ("batch_id" > ? AND "batch_id" < ?)',
            batch_id,
            f"{batch_id}/",
            f"{batch_id}0",  # the character after the slash
        )
        is not None
    )


def day_before(rows: Rows, day_id: str) -> tuple[str, str] | None:
    """(day id, business date) of the market's last day before this one on which goods were brought."""
    row = rows.one(
        'SELECT d."day_id", d."business_date" FROM "market_day" d JOIN "market_day" now '
        'ON now."market_id" = d."market_id" WHERE now."day_id" = ? AND d."business_date" < now."business_date" '
        'AND EXISTS (SELECT 1 FROM "goods_batch" b CROSS JOIN "stock_movement" m ON m."key" = b."key" '
        'WHERE m."day_id" = d."day_id" AND m."reason" = \'brought\') ORDER BY d."business_date" DESC LIMIT 1',
        day_id,
    )
    return (row[0], row[1]) if row else None


def past(rows: Rows, market_id: str, before_on: str) -> dict[str, list[PastDay]]:
    """How each product did on the market's days before a date, by product."""
    brought: dict[tuple[str, str], int] = {}
    dates: dict[str, str] = dict(
        rows.all(
            'SELECT "day_id", "business_date" FROM "market_day" WHERE "market_id" = ? AND "business_date" < ?',
            market_id,
            before_on,
        )
    )
    for product, day_id, milli in rows.all(
        'SELECT m."product_id", m."day_id", sum(m."quantity_milli") FROM "goods_batch" b '
        'CROSS JOIN "stock_movement" m ON m."key" = b."key" WHERE m."reason" = \'brought\' GROUP BY 1, 2'
    ):
        if day_id in dates:
            brought[product, day_id] = milli
    sold = {day_id: totals.sold_today(rows, day_id) for day_id in {day for _, day in brought}}
    found: dict[str, list[PastDay]] = {}
    for (product, day_id), milli in brought.items():
        day = PastDay(dates[day_id], milli, sold[day_id].get(product, 0))
        found.setdefault(product, []).append(day)
    return found


def offered(rows: Rows, day_id: str, weighed_rounding_won: int = 1) -> list[Offered]:
    """What every product of a day offered and sold, for the sell-through (완판율)."""
    known = goods(rows, weighed_rounding_won)
    return [
        Offered(
            moved.vendor_id,
            product_id,
            known[product_id].unit_price_won,
            moved.brought,
            moved.rung,
            moved.taken_home + moved.donated + moved.waste,
            known[product_id].rounding_won,
        )
        for product_id, moved in of_day(rows, day_id).items()
        if product_id in known
    ]


def market_of(rows: Rows, day_id: str) -> str:
    """The market that a day belongs to."""
    row = rows.one('SELECT "market_id" FROM "market_day" WHERE "day_id" = ?', day_id)
    return row[0] if row else ""


def product_labelled(rows: Rows, day_id: str, label: str) -> str | None:
    """A product by its code of the day, barcode, id, or its whole name when only one bears it."""
    codes = catalogue.codes(rows, catalogue.day_rosters(rows, day_id))
    found = codes.get(label) or codes.get(label.upper()) or catalogue.product_of_barcode(rows, label)
    if found is None and catalogue.product(rows, label) is not None:
        found = label
    if found is None:
        named = rows.all('SELECT "id" FROM "product" WHERE "name" = ? AND "active" = 1 LIMIT 2', label)
        found = named[0][0] if len(named) == 1 else None
    return found


def vendor_labelled(rows: Rows, day_id: str, label: str) -> str | None:
    """A vendor by its code of the day, id, or its whole name when only one bears it."""
    for vendor_id, booth in catalogue.booths(rows, catalogue.day_rosters(rows, day_id)).items():
        if label in (booth.code, vendor_id) or label.upper() == booth.code:
            return vendor_id
    if catalogue.vendor(rows, label) is not None:
        return label
    named = catalogue.vendors_named(rows, label)
    return named[0].id if len(named) == 1 else None
