"""What the program writes for one sale, read back row by row, and the same rows written raw."""

import sqlite3
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "wal_autocheckpoint=0",
    "cache_size=-8000",
    "temp_store=MEMORY",
)


class Write(msgspec.Struct, frozen=True, array_like=True):
    """One row as it stood after the sale; `new` when the sale inserted it."""

    table: str
    new: bool
    row: tuple[Any, ...]


class Shape(msgspec.Struct, frozen=True):
    """A table's columns and the places of its key among them."""

    table: str
    columns: tuple[str, ...]
    key: tuple[int, ...]

    def key_of(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row[place] for place in self.key)

    @property
    def insert_sql(self) -> str:
        marks = ", ".join("?" * len(self.columns))
        return f'INSERT INTO "{self.table}" VALUES ({marks})'

    @property
    def update_sql(self) -> str:
        """Takes the other columns' values, then the key's."""
        rest = ", ".join(f'"{name}" = ?' for at, name in enumerate(self.columns) if at not in self.key)
        return f'UPDATE "{self.table}" SET {rest} WHERE {self._match()}'

    @property
    def select_sql(self) -> str:
        return f'SELECT * FROM "{self.table}" WHERE {self._match()}'

    def update_values(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        rest = (value for at, value in enumerate(row) if at not in self.key)
        return (*rest, *self.key_of(row))

    def _match(self) -> str:
        return " AND ".join(f'"{self.columns[place]}" = ?' for place in self.key)


def raw(path: Path) -> sqlite3.Connection:
    """A plain connection: WAL, FULL, no checkpoints, transactions by hand."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def shapes(connection: sqlite3.Connection) -> dict[str, Shape]:
    """Every table of the program."""
    found = {}
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    for (name,) in names.fetchall():
        columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        key = sorted((column[5], column[0]) for column in columns if column[5])
        if key:
            found[name] = Shape(name, tuple(column[1] for column in columns), tuple(at for _, at in key))
    return found


class Recorder:
    """Notes by triggers which rows the program touches; `take` gives them as they stand now."""

    def __init__(self, path: Path) -> None:
        self._connection = raw(path)
        self.shapes = shapes(self._connection)
        most = max(len(shape.key) for shape in self.shapes.values())
        spots = ", ".join(f"k{place}" for place in range(most))
        self._connection.execute(f"CREATE TABLE written (n INTEGER PRIMARY KEY, tbl, new, {spots})")
        for shape in self.shapes.values():
            keys = [f'new."{shape.columns[place]}"' for place in shape.key]
            values = ", ".join([*keys, *["NULL"] * (most - len(keys))])
            for verb, new in (("INSERT", 1), ("UPDATE", 0)):
                self._connection.execute(
                    f'CREATE TRIGGER "noted_{verb}_{shape.table}" AFTER {verb} ON "{shape.table}" BEGIN '
                    f"INSERT INTO written VALUES (NULL, '{shape.table}', {new}, {values}); END"
                )

    def take(self) -> list[Write]:
        """What was written since the last question."""
        noted = self._connection.execute("SELECT * FROM written ORDER BY n").fetchall()
        self._connection.execute("DELETE FROM written")
        writes: dict[tuple[Any, ...], Write] = {}
        for _, table, new, *spots in noted:
            shape = self.shapes[table]
            key = tuple(spots[: len(shape.key)])
            known = writes.get((table, *key))
            row = self._connection.execute(shape.select_sql, key).fetchone()
            writes[(table, *key)] = Write(table, known.new if known else bool(new), tuple(row))
        return list(writes.values())

    def close(self) -> None:
        """Leave no trace in the file."""
        names = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'noted_%'"
        ).fetchall()
        for (name,) in names:
            self._connection.execute(f'DROP TRIGGER "{name}"')
        self._connection.execute("DROP TABLE written")
        self._connection.close()


class RawTill:
    """The floor: writes given rows in one durable transaction each, and does nothing else."""

    def __init__(self, path: Path, sales: list[list[Write]]) -> None:
        self._connection = raw(path)
        known = shapes(self._connection)
        self._batches = [_statements(known, writes) for writes in sales]

    def sell(self, index: int) -> None:
        """Write the rows of sale `index`: one flush."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        for sql, rows in self._batches[index]:
            if len(rows) == 1:
                cursor.execute(sql, rows[0])
            else:
                cursor.executemany(sql, rows)
        cursor.execute("COMMIT")

    def rest(self) -> None:
        """Move the log into the database, as the register does when it is idle."""
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        self._connection.close()


def _statements(known: dict[str, Shape], writes: list[Write]) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """The writes as statements with their values, neighbours of one kind together."""
    made = []
    for (table, new), group in groupby(writes, key=lambda write: (write.table, write.new)):
        shape = known[table]
        rows = [write.row if new else shape.update_values(write.row) for write in group]
        made.append((shape.insert_sql if new else shape.update_sql, rows))
    return made
