"""From event to rows: which fold takes which fact."""

from collections.abc import Callable
from typing import Any

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.facts import catalogue, devices, market, sales, settlements, shifts
from pos_app.facts.codec import UnknownType, Unreadable, read
from pos_app.storage.folds import bounds
from pos_app.storage.folds import catalogue as catalogue_folds
from pos_app.storage.folds import devices as device_folds
from pos_app.storage.folds import market as market_folds
from pos_app.storage.folds import sales as sale_folds
from pos_app.storage.folds import settlements as settlement_folds
from pos_app.storage.folds import shifts as shift_folds
from pos_app.storage.folds import stock as stock_folds
from sync import store
from sync.events import Event, parse_stored
from sync.rows import Rows

Fold = Callable[[Rows, Event, Any], None]

# A received body may promise anything; what can't be folded must not stop the others.
_NOT_FOLDABLE = (Unreadable, ValueError, TypeError, LookupError, OverflowError, DomainError)

_MANY = 3  # so many sales are worth folding together

FOLDS: dict[type[msgspec.Struct], Fold] = {
    catalogue.Edit: catalogue_folds.fold_edit,
    catalogue.Roster: catalogue_folds.fold_roster,
    catalogue.MarketDay: catalogue_folds.fold_market_day,
    catalogue.GoodsMovement: stock_folds.fold_goods,
    catalogue.SignIn: catalogue_folds.fold_sign_in,
    sales.Sale: sale_folds.fold_sale,
    sales.Refund: sale_folds.fold_refund,
    sales.VoidSale: sale_folds.fold_void,
    sales.Reprint: sale_folds.fold_reprint,
    sales.CashReceipt: sale_folds.fold_cash_receipt,
    sales.CardNumber: sale_folds.fold_card_number,
    shifts.ShiftOpen: shift_folds.fold_open,
    shifts.CashMovement: shift_folds.fold_cash,
    shifts.DrawerCount: shift_folds.fold_count,
    shifts.DrawerOpen: shift_folds.fold_drawer_open,
    shifts.ShiftClose: shift_folds.fold_close,
    shifts.DaySeal: shift_folds.fold_seal,
    market.DayAddendum: market_folds.fold_addendum,
    market.DayReopen: market_folds.fold_reopen,
    market.SealChoice: market_folds.fold_choice,
    market.Markdown: market_folds.fold_markdown,
    market.Donation: market_folds.fold_donation,
    market.Order: market_folds.fold_order,
    market.PickUp: market_folds.fold_pick_up,
    market.Reconciled: market_folds.fold_reconciled,
    settlements.SettlementRun: settlement_folds.fold_run,
    settlements.SettledStatement: settlement_folds.fold_statement,
    settlements.SettlementStep: settlement_folds.fold_step,
    settlements.StatementNote: settlement_folds.fold_note,
    devices.DeviceEnrolled: device_folds.fold_enrolled,
    devices.DeviceRevoked: device_folds.fold_revoked,
}


def fold(rows: Rows, event: Event, fact: msgspec.Struct) -> None:
    """Put what an event says into the tables; the order in which events come does not matter."""
    bounds.check_own(event)
    FOLDS[type(fact)](rows, event, fact)


def fold_stored(rows: Rows, event: Event) -> None:
    """Fold an event read from the store; what cannot be understood is listed, never lost."""
    rows.run("SAVEPOINT one_fold")
    try:
        bounds.check(event)
        fold(rows, event, read(event.envelope.type, event.envelope.body))
    except UnknownType as problem:
        state, reason = store.UNKNOWN, str(problem)
    except Exception as problem:
        if not isinstance(problem, _NOT_FOLDABLE) and not _refused_by(rows, problem):
            raise  # a full disk, a bug: not the event's fault
        state, reason = store.UNREADABLE, f"{type(problem).__name__}: {problem}"[:300]
    else:
        rows.run("RELEASE one_fold")
        return
    rows.run("ROLLBACK TO one_fold")
    rows.run("RELEASE one_fold")
    rows.put(store.unfolded, [(event.key, state, reason.replace("\x00", "\\0"))])


def _refused_by(rows: Rows, problem: Exception) -> bool:
    """Whether the driver speaks of the values, not of the world or of our words."""
    driver: Any = rows.connection.dialect.dbapi
    if isinstance(problem, (driver.IntegrityError, driver.DataError)):
        return True
    # SQLite's driver refuses a value before it asks; PostgreSQL's does so without the server's code.
    unasked = isinstance(problem, (driver.ProgrammingError, driver.InterfaceError))
    return unasked and not getattr(problem, "sqlstate", None)


def fold_waiting(rows: Rows, most: int = 50) -> int:
    """Fold up to `most` received events that wait; how many were taken."""
    found = rows.all(
        'SELECT e."key", e."bytes" FROM "unfolded" u JOIN "event" e ON e."key" = u."key" '
        f'WHERE u."state" = ? ORDER BY e."key" LIMIT {most}',
        store.WAITING,
    )
    events = [parse_stored(key, data) for key, data in found]
    if rows.far and events:
        rows.run(f'DELETE FROM "unfolded" WHERE "key" IN ({_marks(events)})', *(e.key for e in events))
        events = _fold_together(rows, events)
    for event in events:
        if not rows.far:
            rows.run('DELETE FROM "unfolded" WHERE "key" = ?', event.key)
        fold_stored(rows, event)
    return len(found)


def _marks(events: list[Event]) -> str:
    return ", ".join("?" * len(events))


def _fold_together(rows: Rows, events: list[Event]) -> list[Event]:
    """Fold what many sales say in a few statements; the events that are left to fold one by one."""
    # lazy: only on a server
    from pos_app.storage.folds.many import fold_sales

    told, others = [], []
    for event in events:
        try:
            bounds.check(event)
            fact = read(event.envelope.type, event.envelope.body)
        except _NOT_FOLDABLE:
            others.append(event)
            continue
        if isinstance(fact, sales.Sale):
            told.append((event, fact))
        else:
            others.append(event)
    if len(told) < _MANY:
        return events
    rows.run("SAVEPOINT many_folds")
    try:
        others += fold_sales(rows, told)
    except Exception as problem:
        if not isinstance(problem, _NOT_FOLDABLE) and not _refused_by(rows, problem):
            raise
        rows.run("ROLLBACK TO many_folds")
        others = events
    rows.run("RELEASE many_folds")
    return others
