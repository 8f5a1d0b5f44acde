"""Folding very many events for PostgreSQL: in a file of one's own first, then carried over whole.

There each statement is a journey, and a row that is added to ten thousand times in one transaction
leaves ten thousand rows to step over. The folds are the same; only where they write is another.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy.schema import CreateTable

from pos_app.storage.columns import metadata
from pos_app.storage.engine import Database
from pos_app.storage.folds.dispatch import fold_stored
from sync import store
from sync.rows import Rows

_QUICK = (
    "synchronous=OFF",
    "journal_mode=MEMORY",
    "cache_size=-200000",
    "locking_mode=EXCLUSIVE",
)
_MANY = 5_000
_FOUND_BY = ("edit_by_entity", "barcode_by_product")  # what folds look up by more than a key


@contextmanager
def _scratch() -> Iterator[Rows]:
    with tempfile.TemporaryDirectory(prefix="jangteo-folding-") as folder:
        database = Database(Path(folder) / "folding.db")
        try:
            with database.engine.connect() as connection:
                rows = Rows(connection)
                for pragma in _QUICK:
                    rows.run(f"PRAGMA {pragma}")
                rows.run("BEGIN")
                for table in (store.event, store.unfolded, *metadata.sorted_tables):
                    connection.execute(CreateTable(table))
                    for index in table.indexes:
                        if index.name in _FOUND_BY:
                            index.create(connection)
                yield rows
                rows.run("ROLLBACK")
        finally:
            database.close()


def fold_aside(rows: Rows, same_shape: bool) -> int:
    """Tell all events anew, in tables made anew unless they have the same shape; how many were told.

    What others bring in meanwhile is not lost: it stays marked as waiting. Who reads meanwhile sees what
    was there before; but a table made anew would be an empty one to them.
    """
    with _scratch() as aside:
        count = _tell(rows, aside)
        if same_shape:
            for table in metadata.sorted_tables:
                rows.run(f'DELETE FROM "{table.name}"')
            _carry_over(rows, aside)
        else:
            metadata.drop_all(rows.connection)
            metadata.create_all(rows.connection)
            with _indexed_later(rows):
                _carry_over(rows, aside)
        _mark(rows, aside)
    return count


def _tell(rows: Rows, aside: Rows) -> int:
    count = 0
    for event in store.each_event(rows):
        log = bytes.fromhex(event.envelope.log)
        aside.insert(store.event, [(event.key, log, event.envelope.seq, event.data)])
        fold_stored(aside, event)
        count += 1
    return count


def _carry_over(rows: Rows, aside: Rows) -> None:
    for table in metadata.sorted_tables:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        rows.load(table, aside.each(f'SELECT {names} FROM "{table.name}"'))


@contextmanager
def _indexed_later(rows: Rows) -> Iterator[None]:
    """Take keys and indexes off the new tables until their rows are in: sorting once is quicker than finding places."""
    names = [table.name for table in metadata.sorted_tables]
    keys = rows.all(
        "SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid) FROM pg_constraint c "
        "WHERE c.contype = 'p' AND c.conrelid IN (SELECT quote_ident(n)::regclass FROM unnest(?::text[]) AS n)",
        names,
    )
    for table, name, _ in keys:
        rows.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    indexes = rows.all(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid IN (SELECT quote_ident(n)::regclass FROM unnest(?::text[]) AS n)",
        names,
    )
    for name, _ in indexes:
        rows.run(f"DROP INDEX {name}")
    yield
    for _, made in indexes:
        rows.run(made)
    for table, name, said in keys:
        rows.run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}")


def _mark(rows: Rows, aside: Rows) -> None:
    """Of the events that were told, only those that could not be folded keep a mark."""
    waiting = aside.each('SELECT "key" FROM "event"')
    while keys := [key for (key,) in islice(waiting, _MANY)]:
        rows.run('DELETE FROM "unfolded" WHERE "key" = ANY(?)', keys)
    rows.put(store.unfolded, aside.all('SELECT "key", "state", "reason" FROM "unfolded"'))
