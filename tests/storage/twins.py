"""One set of events in two kinds of store: what both must agree on."""

import atexit
import random
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pos_app.storage.columns import metadata
from pos_app.storage.engine import Database
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.opening import open_store
from sync import store
from sync.rows import Row
from tests.sync.replica import NOW


@cache
def _empty() -> Path:
    """A store where nothing ever happened, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="jangteo-empty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_store(folder / "jangteo.db").close()
    return folder / "jangteo.db"


def on_file(path: Path) -> Database:
    """A new store in a SQLite file."""
    shutil.copyfile(_empty(), path)
    return open_store(path)


def contents(database: Database) -> tuple[list[bytes], list[bytes]]:
    """(geneses, events) of a store."""
    with database.read() as rows:
        geneses = [bytes(row[0]) for row in rows.all('SELECT "genesis" FROM "log" ORDER BY "log"')]
        return geneses, [bytes(row[0]) for row in rows.all('SELECT "bytes" FROM "event" ORDER BY "key"')]


def take_in(database: Database, geneses: Iterable[bytes], events: Iterable[bytes]) -> int:
    """Receive in one transaction; how many were new."""
    with database.write() as rows:
        for genesis in geneses:
            store.take_genesis(rows, genesis, NOW)
        return store.receive(rows, events, NOW)


def fold_all(database: Database, most: int = 50) -> None:
    """Fold what waits, some at a time."""
    folded = 1
    while folded:
        with database.write() as rows:
            folded = fold_waiting(rows, most)


def bring(
    database: Database, geneses: Sequence[bytes], events: Sequence[bytes], chosen: random.Random | None = None
) -> None:
    """Bring everything in pages; shuffled, with repeats, and folded at odd moments when `chosen` decides."""
    logs, left = list(geneses), list(events)
    if chosen is not None:
        left += chosen.choices(left, k=len(left) // 10)
        chosen.shuffle(left)
        chosen.shuffle(logs)
    take_in(database, logs, [])
    while left:
        size = chosen.randrange(1, 200) if chosen else 500
        take_in(database, [], [left.pop() for _ in range(min(size, len(left)))])
        if chosen is None or chosen.random() < 0.5:
            fold_all(database, chosen.randrange(1, 80) if chosen else 50)
    fold_all(database)


def tables(database: Database) -> dict[str, list[Row]]:
    """Every folded table, its rows in their order; and the tables of the journal."""
    with database.read() as rows:
        found = {}
        for table in (*metadata.sorted_tables, store.event, store.log, store.head, store.loose):
            order = ", ".join(f'"{column.name}"' for column in table.columns)
            found[table.name] = rows.all(f'SELECT {order} FROM "{table.name}" ORDER BY {order}')
        found["unfolded"] = rows.all('SELECT "key", "state" FROM "unfolded" ORDER BY "key"')
        return found


def differences(one: Database, other: Database) -> list[str]:
    """The tables that do not hold the same rows, in the same words, in the same order."""
    here, there = tables(one), tables(other)
    return [name for name in here if repr(here[name]) != repr(there[name])]
