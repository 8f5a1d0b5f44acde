"""Why goods were thrown away: the notes of the day's movements, read from the events themselves."""

import msgspec

from sync.rows import Rows


class _Goods(msgspec.Struct):
    lines: tuple[tuple[str, str, int], ...]
    note: str = ""


class _Stored(msgspec.Struct):
    hlc: int
    body: _Goods


_goods = msgspec.json.Decoder(_Stored)


def wasted(rows: Rows, day_id: str) -> list[tuple[str, str, int, str]]:
    """(product, vendor, thousandths thrown away, why) of the day's sheets, in order of time."""
    found = rows.all(
        'SELECT e."bytes", b."key" FROM "goods_batch" b JOIN "event" e ON e."key" = b."key" '
        "WHERE b.\"reason\" = 'waste' "
        'AND EXISTS (SELECT 1 FROM "stock_movement" m WHERE m."key" = b."key" AND m."day_id" = ?)',
        day_id,
    )
    # By the logical clock: two sheets of one second still stand in the order in which they were saved.
    told = [(_goods.decode(data), bytes(key)) for data, key in found]
    told.sort(key=lambda item: (item[0].hlc, item[1]))
    return [
        (product, vendor, -milli, each.body.note)
        for each, _ in told
        for product, vendor, milli in each.body.lines
    ]
