"""Many sales in a few statements, for a store where each statement is a journey.

What they leave is what one after the other leaves: only sales that nothing else speaks of are taken.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from pos_app.facts.sales import Sale
from pos_app.storage import tables
from pos_app.storage.folds.sales import head_row, insert_request, part_rows, thing_id
from pos_app.storage.folds.totals import drop_empty_totals, sale_totals
from pos_app.storage.folds.vendors import sold_rows
from sync.events import Event
from sync.rows import Row, Rows

Said = tuple[Event, Sale]


def fold_sales(rows: Rows, told: Sequence[Said]) -> list[Event]:
    """Fold the plain ones of these sales together; the others are given back, to be folded one by one."""
    ids = {event.key: thing_id(event, sale.given_id) for event, sale in told}
    twice = {sale_id for sale_id, count in Counter(ids.values()).items() if count > 1}
    spoken_of = twice | _voided(rows, list(ids.values()))
    alone = [(event, sale) for event, sale in told if ids[event.key] not in spoken_of]
    new = rows.insert_fresh(tables.sale, [head_row(ids[e.key], e.key, _log(e), sale) for e, sale in alone])
    plain = [(event, sale) for event, sale in alone if ids[event.key] in new]
    parts = [part_rows(ids[event.key], sale) for event, sale in plain]
    rows.insert(tables.sale_line, [line for lines, _ in parts for line in lines])
    rows.insert(tables.sale_tender, [tender for _, tenders in parts for tender in tenders])
    moved = list(_moved(plain))
    rows.insert(tables.stock_movement, moved)
    rows.add(tables.stock, [(row[2], row[6], 1) for row in moved])
    _count(rows, plain)
    for event, sale in plain:
        insert_request(rows, event, ids[event.key], sale)
    taken = {event.key for event, _ in plain}
    return [event for event, _ in told if event.key not in taken]


def _log(event: Event) -> bytes:
    return bytes.fromhex(event.envelope.log)


def _voided(rows: Rows, ids: list[str]) -> set[str]:
    marks = ", ".join("?" * len(ids))
    return {
        row[0] for row in rows.all(f'SELECT "sale_id" FROM "void_sale" WHERE "sale_id" IN ({marks})', *ids)
    }


def _moved(plain: Sequence[Said]) -> Iterator[Row]:
    for event, sale in plain:
        for line in sale.lines:
            of = (line.product_id, line.vendor_id, sale.day_id, "sale")
            yield (event.key, line.no, *of, -line.quantity_milli)


def _count(rows: Rows, plain: Sequence[Said]) -> None:
    totals = [sale_totals(_log(event), sale, 1) for event, sale in plain]
    rows.add(tables.log_total, [whole for whole, _, _ in totals])
    rows.add(tables.tender_total, [tender for _, tenders, _ in totals for tender in tenders])
    rows.add(tables.product_total, [product for _, _, products in totals for product in products])
    rows.add(tables.vendor_total, [row for _, sale in plain for row in sold_rows(sale, 1)])
    given_away = {
        (_log(event), sale.day_id)
        for event, sale in plain
        if any(line.amount_won == 0 for line in sale.lines)
    }
    for log, day_id in sorted(given_away):
        drop_empty_totals(rows, log, day_id)
