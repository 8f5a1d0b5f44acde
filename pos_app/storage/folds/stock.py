"""Folds of goods: every change is a movement, on hand is their sum."""

from collections.abc import Sequence

from pos_app.facts.catalogue import GoodsMovement
from pos_app.storage import tables
from sync.events import Event
from sync.rows import Rows

# Movements that answer an event's own movements are numbered from here, under the same key.
REVERSAL = 100_000


def move(
    rows: Rows, key: bytes, day_id: str, reason: str, lines: Sequence[tuple[int, str, str, int]]
) -> None:
    """Add movements (number, product, vendor, signed milli) and their sums."""
    rows.insert(
        tables.stock_movement,
        [(key, no, product, vendor, day_id, reason, milli) for no, product, vendor, milli in lines],
    )
    rows.add(tables.stock, [(product, milli, 1) for _, product, _, milli in lines])


def take_back(rows: Rows, key: bytes) -> None:
    """Undo an event's movements; a product that nothing moved any more leaves no row."""
    for product, milli in rows.all(
        'SELECT "product_id", "quantity_milli" FROM "stock_movement" WHERE "key" = ?', key
    ):
        rows.add(tables.stock, [(product, -milli, -1)])
        rows.run('DELETE FROM "stock" WHERE "product_id" = ? AND "movements" = 0', product)
    rows.run('DELETE FROM "stock_movement" WHERE "key" = ?', key)


def fold_goods(rows: Rows, event: Event, goods: GoodsMovement) -> None:
    """Goods in or out; one batch told by two machines counts once, with the lower key."""
    row = (goods.batch_id, event.key, goods.reason, goods.at)
    if not rows.insert_new(tables.goods_batch, row):
        found = rows.one('SELECT "key" FROM "goods_batch" WHERE "batch_id" = ?', goods.batch_id)
        older = bytes(found[0]) if found else b""
        if older <= event.key:
            return
        take_back(rows, older)
        rows.put(tables.goods_batch, [row])
    move(
        rows,
        event.key,
        goods.day_id,
        goods.reason,
        [(no, product, vendor, milli) for no, (product, vendor, milli) in enumerate(goods.lines, 1)],
    )
