"""Questions to the mark-downs (떨이) of a market day."""

import msgspec

from pos_app.facts.market import Markdown
from sync.rows import Rows

_bodies = msgspec.json.Decoder(Markdown)


def of_day(rows: Rows, day_id: str) -> list[Markdown]:
    """Every plan of a day as it was last said, ended ones too, the first agreed first."""
    found = rows.all('SELECT "body" FROM "markdown" WHERE "day_id" = ? ORDER BY "rank", "id"', day_id)
    return [_bodies.decode(body) for (body,) in found]


def one(rows: Rows, plan_id: str) -> Markdown | None:
    """One plan, or None."""
    row = rows.one('SELECT "body" FROM "markdown" WHERE "id" = ?', plan_id)
    return _bodies.decode(row[0]) if row else None


def stamp(rows: Rows, day_id: str) -> tuple[int, ...]:
    """Changes whenever a plan of the day does: cheap enough for every scan."""
    row = rows.one(
        'SELECT count(*), coalesce(max("rank"), 0), coalesce(sum("rank" % 1000003), 0) FROM "markdown" '
        'WHERE "day_id" = ?',
        day_id,
    )
    return tuple(row or ())


def brought(rows: Rows, day_id: str) -> dict[str, int]:
    """Thousandths brought by product on a day."""
    return dict(
        rows.all(
            'SELECT m."product_id", sum(m."quantity_milli") FROM "goods_batch" b '
            'CROSS JOIN "stock_movement" m ON m."key" = b."key" '
            "WHERE m.\"day_id\" = ? AND b.\"reason\" = 'brought' GROUP BY 1",
            day_id,
        )
    )
