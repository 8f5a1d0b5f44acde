"""Why goods were thrown away: the notes of the day's movements, read from the events themselves."""

import msgspec

from sync.rows import Rows


class _Goods(msgspec.Struct):
    lines: tuple[tuple[str, str, int], ...]
    note: str = ""


class _Stored(msgspec.Struct):
    body: _Goods


_goods = msgspec.json.Decoder(_Stored)


def wasted(rows: Rows, day_id: str) -> list[tuple[str, str, int, str]]:
    """(product, vendor, thousandths thrown away, why) of the day's sheets, in order of time."""
    found = rows.all(
        'SELECT e."bytes" FROM "goods_batch" b JOIN "event" e ON e."key" = b."key" WHERE b."reason" = \'waste\' '
        'AND EXISTS (SELECT 1 FROM "stock_movement" m WHERE m."key" = b."key" AND m."day_id" = ?) '
        'ORDER BY b."at", b."batch_id"',
        day_id,
    )
    told = [_goods.decode(row[0]).body for row in found]
    return [(product, vendor, -milli, each.note) for each in told for product, vendor, milli in each.lines]
