"""Folds of shifts, drawer counts, cash movements and seals."""

from pos_app.facts.shifts import CashMovement, DaySeal, DrawerCount, DrawerOpen, ShiftClose, ShiftOpen
from pos_app.storage import tables
from pos_app.storage.folds.sales import thing_id
from sync.canonical import encode
from sync.events import Event
from sync.rows import Rows


def fold_open(rows: Rows, event: Event, opened: ShiftOpen) -> None:
    """A shift begins; its id is made of this event."""
    rows.insert_new(
        tables.shift,
        (
            thing_id(event, ""),
            bytes.fromhex(event.envelope.log),
            opened.day_id,
            opened.register,
            opened.business_date,
            opened.number,
            opened.at,
            opened.float_won,
            opened.operator_name,
        ),
    )


def fold_cash(rows: Rows, event: Event, moved: CashMovement) -> None:
    """Cash in or out beside sales."""
    rows.insert_new(
        tables.cash_movement,
        (event.key, moved.shift_id, moved.kind, moved.amount_won, moved.reason, moved.at),
    )


def fold_drawer_open(rows: Rows, event: Event, opened: DrawerOpen) -> None:
    """The drawer opened by hand."""
    names = ", ".join(sorted({override.allowed_by for override in opened.overrides}))
    rows.insert_new(
        tables.drawer_open,
        (
            event.key,
            opened.shift_id,
            opened.day_id,
            opened.register,
            opened.at,
            opened.reason,
            opened.operator_name,
            names,
        ),
    )


def fold_count(rows: Rows, event: Event, count: DrawerCount) -> None:
    """A drawer count handed in."""
    rows.insert_new(
        tables.drawer_count,
        (
            event.key,
            count.shift_id,
            event.envelope.hlc,
            count.counted_won,
            count.expected_won,
            encode(count.denominations).decode(),
        ),
    )


def fold_close(rows: Rows, event: Event, close: ShiftClose) -> None:
    """A Z; two Z of one shift can only come of a fork: the lower key stands, the other is flagged."""
    row = (close.shift_id, event.key, close.z_no, close.at, close.counted_won, close.over_short_won)
    if rows.insert_new(tables.shift_close, row):
        return
    found = rows.one('SELECT "key" FROM "shift_close" WHERE "shift_id" = ?', close.shift_id)
    older = bytes(found[0]) if found else b""
    if event.key < older:
        rows.put(tables.shift_close, [row])
    rows.insert_new(tables.flag, (max(event.key, older), "shift.closed_twice", close.shift_id))


def fold_seal(rows: Rows, event: Event, seal: DaySeal) -> None:
    """The close of a day; a second seal stands beside the first."""
    rows.insert_new(
        tables.day_seal,
        (
            event.key,
            seal.day_id,
            seal.at,
            event.envelope.hlc,
            int(seal.complete),
            encode(seal).decode(),
        ),
    )
