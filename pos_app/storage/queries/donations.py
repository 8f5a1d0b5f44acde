"""Questions to donations (사회공헌): deliveries, what is set aside, what was bought, sums."""

from collections.abc import Iterable

import msgspec

from pos_app.domain import donation as rules
from pos_app.facts.market import Donation
from sync.rows import Rows

_bodies = msgspec.json.Decoder(Donation)


def one(rows: Rows, donation_id: str) -> Donation | None:
    """One delivery as it was last said, or None."""
    row = rows.one('SELECT "body" FROM "donation" WHERE "id" = ?', donation_id)
    return _bodies.decode(row[0]) if row else None


def deliveries(rows: Rows, from_on: str, until_on: str, day_id: str = "") -> list[Donation]:
    """The deliveries of a period that stand, the latest first; of one market day where it is named."""
    found = rows.all(
        'SELECT "body" FROM "donation" WHERE "withdrawn" = 0 AND "business_date" BETWEEN ? AND ? '
        'AND (? = \'\' OR "day_id" = ?) ORDER BY "business_date" DESC, "rank" DESC, "id"',
        from_on,
        until_on,
        day_id,
        day_id,
    )
    return [_bodies.decode(body) for (body,) in found]


def institutions(rows: Rows, limit: int = 50) -> list[str]:
    """Who was given something, the latest first."""
    found = rows.all(
        'SELECT "institution" FROM "donation" GROUP BY 1 ORDER BY max("business_date") DESC, 1 LIMIT ?', limit
    )
    return [row[0] for row in found]


def set_aside(rows: Rows, day_id: str) -> dict[str, int]:
    """Thousandths that a day's sheets put aside as 기부 and no delivery took yet, by product."""
    return dict(
        rows.all(
            'SELECT m."product_id", -sum(m."quantity_milli") FROM "goods_batch" b '
            'CROSS JOIN "stock_movement" m ON m."key" = b."key" '
            "WHERE m.\"day_id\" = ? AND m.\"reason\" = 'donated' GROUP BY 1 HAVING sum(m.\"quantity_milli\") < 0",
            day_id,
        )
    )


def given_of_sale(rows: Rows, sale_id: str, but: str = "") -> dict[str, int]:
    """Thousandths of a sale's goods that were given already, by product; without the delivery `but`."""
    found: dict[str, int] = {}
    said = rows.all(
        'SELECT "id", "body" FROM "donation" WHERE "withdrawn" = 0 AND instr("body", ?) > 0', sale_id
    )
    for donation_id, body in said:
        for line in _bodies.decode(body).lines if donation_id != but else ():
            if line.sale_id == sale_id:
                found[line.product_id] = found.get(line.product_id, 0) + line.quantity_milli
    return found


def donations_totals(rows: Rows, from_on: str, until_on: str, day_id: str = "") -> rules.Totals:
    """The sums of a period's deliveries, as they were valued then, for the agency's report."""
    return rules.total(_as_rule(told) for told in deliveries(rows, from_on, until_on, day_id))


def _as_rule(told: Donation) -> rules.Donation:
    return rules.Donation(told.donation_id, told.institution, told.business_date, tuple(_lines(told)))


def _lines(told: Donation) -> Iterable[rules.DonationLine]:
    """A line that carries its value as it was frozen: one piece at that price."""
    for line in told.lines:
        source = rules.Source(line.source)
        yield rules.DonationLine(
            line.product_id, line.vendor_id, line.name, line.unit, 1000, line.value_won, source, line.given_by
        )
