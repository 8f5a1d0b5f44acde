"""Folds of mark-downs, donations, orders, slips and the sequels of a seal."""

from typing import TYPE_CHECKING

from pos_app.facts.market import (
    DayAddendum,
    DayReopen,
    Donation,
    Markdown,
    Order,
    PickUp,
    Reconciled,
    SealChoice,
)
from pos_app.storage import market_tables as tables
from pos_app.storage.folds.stock import move, take_back
from sync.canonical import encode
from sync.events import Event
from sync.rows import Row, Rows

if TYPE_CHECKING:
    from sqlalchemy import Table

LEFTOVER = "leftover"


def _latest(rows: Rows, table: "Table", id_: str, event: Event, rank: int, rest: Row) -> bytes | None:
    """Let the saying with the highest (rank, key) stand. The key it replaces (b"": none); None: it lost."""
    row = (id_, event.key, rank, *rest)
    if rows.insert_new(table, row):
        return b""
    found = rows.one(f'SELECT "rank", "key" FROM "{table.name}" WHERE "id" = ?', id_)
    standing = (found[0], bytes(found[1])) if found else (-1, b"")
    if standing >= (rank, event.key):
        return None
    rows.put(table, [row])
    return standing[1]


def fold_markdown(rows: Rows, event: Event, plan: Markdown) -> None:
    """A mark-down was agreed, changed or ended."""
    rest = (plan.day_id, plan.vendor_id, int(plan.ended), encode(plan).decode())
    _latest(rows, tables.markdown, plan.plan_id, event, event.envelope.hlc, rest)


def fold_donation(rows: Rows, event: Event, gift: Donation) -> None:
    """A delivery; what was left over leaves the stock, what was bought left it when it was sold."""
    rest = (
        gift.day_id,
        gift.business_date,
        gift.institution,
        gift.value_won,
        int(gift.withdrawn),
        encode(gift).decode(),
    )
    before = _latest(rows, tables.donation, gift.donation_id, event, event.envelope.hlc, rest)
    if before is None:
        return
    if before:
        take_back(rows, before)
    if not gift.withdrawn:
        given = [line for line in gift.lines if line.source == LEFTOVER]
        lines = [(no, x.product_id, x.vendor_id, -x.quantity_milli) for no, x in enumerate(given, 1)]
        move(rows, event.key, gift.day_id, "donated", lines)


def fold_order(rows: Rows, event: Event, order: Order) -> None:
    """An order as it stands with its highest version; of two with the same, the higher key."""
    rest = (
        order.day_id,
        order.batch_id,
        order.department,
        order.token,
        order.state,
        order.version,
        encode(order).decode(),
    )
    _latest(rows, tables.preorder, order.order_id, event, order.version, rest)


def fold_pick_up(rows: Rows, event: Event, came: PickUp) -> None:
    """An order was handed out; a second time, elsewhere, stands beside it."""
    rows.insert_new(
        tables.pick_up, (event.key, came.order_id, came.day_id, came.register, came.at, came.sale_id)
    )


def fold_reconciled(rows: Rows, event: Event, told: Reconciled) -> None:
    """Slips counted beside the till's figures; counted again, the later count stands."""
    rest = (
        told.day_id,
        told.register,
        told.shift_id,
        told.kind,
        told.till_won,
        told.counted_won,
        encode(told).decode(),
    )
    id_ = f"{told.shift_id} {told.kind}"
    _latest(rows, tables.reconciled, id_, event, event.envelope.hlc, rest)


def fold_addendum(rows: Rows, event: Event, more: DayAddendum) -> None:
    """What came after a seal."""
    row = (
        event.key,
        more.day_id,
        more.number,
        more.seal,
        more.at,
        event.envelope.hlc,
        encode(more).decode(),
    )
    rows.insert_new(tables.day_addendum, row)


def fold_reopen(rows: Rows, event: Event, again: DayReopen) -> None:
    """A sealed day was opened again."""
    row = (
        event.key,
        again.day_id,
        again.seal,
        again.at,
        event.envelope.hlc,
        again.reason,
        again.operator_name,
    )
    rows.insert_new(tables.day_reopen, row)


def fold_choice(rows: Rows, event: Event, chosen: SealChoice) -> None:
    """Which of two seals counts."""
    row = (event.key, chosen.day_id, chosen.seal, chosen.at, event.envelope.hlc, chosen.reason)
    rows.insert_new(tables.seal_choice, row)
