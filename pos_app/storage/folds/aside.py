"""Folding very many events for PostgreSQL: in a file of one's own first, then carried over whole.

There each statement is a journey, and a row that is added to ten thousand times in one transaction
leaves ten thousand rows to step over. The folds are the same; only where they write is another.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.storage.columns import metadata
from pos_app.storage.engine import Database
from pos_app.storage.folds.dispatch import fold_stored
from sync import store
from sync.rows import Rows

_QUICK = ("synchronous=OFF", "journal_mode=MEMORY", "cache_size=-200000", "locking_mode=EXCLUSIVE")


@contextmanager
def _scratch() -> Iterator[Rows]:
    with tempfile.TemporaryDirectory(prefix="jangteo-folding-") as folder:
        database = Database(Path(folder) / "folding.db")
        try:
            with database.engine.connect() as connection:
                rows = Rows(connection)
                for pragma in _QUICK:
                    rows.run(f"PRAGMA {pragma}")
                store.metadata.create_all(connection)
                metadata.create_all(connection)
                rows.run("BEGIN")
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
            for table in reversed(metadata.sorted_tables):
                rows.run(f'DELETE FROM "{table.name}"')
        else:
            metadata.drop_all(rows.connection)
            metadata.create_all(rows.connection)
        for table in metadata.sorted_tables:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            rows.load(table, aside.each(f'SELECT {names} FROM "{table.name}"'))
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


def _mark(rows: Rows, aside: Rows) -> None:
    """Of the events that were told, only those that could not be folded keep a mark."""
    for (key,) in rows.all('SELECT "key" FROM "unfolded"'):
        if aside.one('SELECT 1 FROM "event" WHERE "key" = ?', key):
            rows.run('DELETE FROM "unfolded" WHERE "key" = ?', key)
    rows.put(store.unfolded, aside.all('SELECT "key", "state", "reason" FROM "unfolded"'))
