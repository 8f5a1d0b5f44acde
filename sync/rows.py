"""Rows in and out of one open transaction: positional statements on the driver's own cursor.

SQLAlchemy holds the connection, the dialect and the tables; the statements that stand between a
tap and the next customer are compiled once from those tables and run without building objects.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Table

Row = tuple[Any, ...]


@cache
def _insert_sql(table: "Table", mark: str) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join([mark] * len(table.columns))
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'


@cache
def _conflict_sql(table: "Table", mark: str, verb: str) -> str:
    keys = [column.name for column in table.primary_key.columns]
    rest = [column.name for column in table.columns if column.name not in keys]
    target = ", ".join(f'"{name}"' for name in keys)
    if verb == "nothing":
        return f"{_insert_sql(table, mark)} ON CONFLICT DO NOTHING"
    if verb == "replace":
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
    else:
        counters = [name for name in rest if table.columns[name].info.get("sum")]
        changes = ", ".join(f'"{name}" = "{table.name}"."{name}" + excluded."{name}"' for name in counters)
    return f"{_insert_sql(table, mark)} ON CONFLICT ({target}) DO UPDATE SET {changes}"


class Rows:
    """Reads and writes of one transaction; made for a connection, dies with it."""

    _mark = "?"
    far = False  # whether each statement is a journey to another process

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self._driver: Any = connection.connection
        self._cursor: Any = self._driver.cursor()

    @classmethod
    def over(cls, connection: "sqlite3.Connection") -> "Rows":
        """Rows straight on SQLite's driver, for readers: a start that only reads loads nothing more."""
        rows = cls.__new__(cls)
        rows._driver = connection
        rows._cursor = connection.cursor()
        return rows

    def insert(self, table: "Table", rows: Sequence[Row]) -> None:
        """Insert whole rows, values in column order."""
        if len(rows) == 1:
            self._cursor.execute(_insert_sql(table, self._mark), rows[0])
        elif rows:
            self._cursor.executemany(_insert_sql(table, self._mark), rows)

    def insert_new(self, table: "Table", row: Row) -> bool:
        """Insert one row unless its key is there already; tells whether it was new."""
        self._cursor.execute(_conflict_sql(table, self._mark, "nothing"), row)
        return bool(self._cursor.rowcount == 1)

    def insert_fresh(self, table: "Table", rows: Sequence[Row]) -> set[Any]:
        """Insert the rows whose key is not there yet; the first values (the keys) of those that were new."""
        return {row[0] for row in rows if self.insert_new(table, row)}

    def hold(self, names: Iterable[bytes]) -> None:
        """Let nobody else move these logs until this transaction ends; here one writes at a time anyway."""

    def load(self, table: "Table", rows: Iterable[Row]) -> None:
        """Very many new rows of a table, in column order."""
        self._cursor.executemany(_insert_sql(table, self._mark), rows)

    def put(self, table: "Table", rows: Iterable[Row]) -> None:
        """Insert rows, or replace what stands under the same key."""
        self._cursor.executemany(_conflict_sql(table, self._mark, "replace"), rows)

    def add(self, table: "Table", rows: Sequence[Row]) -> None:
        """Insert rows, or add their summing columns (`info={"sum": True}`) to the row under the same key."""
        if len(rows) == 1:
            self._cursor.execute(_conflict_sql(table, self._mark, "add"), rows[0])
        elif rows:
            self._cursor.executemany(_conflict_sql(table, self._mark, "add"), rows)

    def one(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query written with `?`, or None."""
        self._cursor.execute(self._spelled(sql), values)
        row: Row | None = self._cursor.fetchone()
        return row

    def all(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query written with `?`."""
        self._cursor.execute(self._spelled(sql), values)
        rows: list[Row] = self._cursor.fetchall()
        return rows

    def each(self, sql: str, *values: Any) -> Iterator[Row]:
        """The rows of a long query one by one, never all in memory; other queries may run between."""
        cursor = self._driver.cursor()
        try:
            cursor.execute(self._spelled(sql), values)
            yield from iter(cursor.fetchone, None)
        finally:
            cursor.close()

    def run(self, sql: str, *values: Any) -> int:
        """A statement written with `?`; the number of rows it touched."""
        self._cursor.execute(self._spelled(sql), values)
        return int(self._cursor.rowcount)

    def soundness(self) -> str:
        """What the database says of its own files: "ok", or what is wrong with them."""
        row = self.one("PRAGMA quick_check")
        return str(row[0]) if row else "?"

    def _spelled(self, sql: str) -> str:
        return sql


# --- PostgreSQL: the same questions in its words ---------------------------------------------------

# Statements are written once, in words that SQLite plans well; here is what PostgreSQL calls them.
_WORDS = (
    ("%", "%%"),
    # There it fixes the order of a join, here it knows no condition.
    (r"\bCROSS JOIN (\"\w+\"(?: \w+)?) ON\b", r"JOIN \1 ON"),
    (r" INDEXED BY \"\w+\"", ""),
    (r"\blower\(hex\(([^()]+)\)\)", r"encode(\1, 'hex')"),
    (r"\bgroup_concat\(", "string_agg("),
    (r"\binstr\(", "strpos("),
    (r"\bmax\(rowid\)", "count(*)"),  # a table that only grows: another number whenever it did
    # LIKE minds the case of Latin letters here and knows an escape unasked; there neither.
    (r"\bLIKE \?(?! ESCAPE)", "LIKE ? ESCAPE ''"),
    (r"\bLIKE\b", "ILIKE"),
    (r"\?", "%s"),
)
# Lists of bytes and texts go over as they are, not as a text to be taken apart.
_LISTS = {bytes: "%b::bytea[]", int: "%s::bigint[]", str: "%b::text[]"}
_SENT = {bytes: "bytea", int: "int8", str: "text"}


@lru_cache(maxsize=1024)
def _in_postgres(sql: str) -> str:
    for there, here in _WORDS:
        sql = re.sub(there, here, sql)
    return sql


@cache
def _bulk_sql(table: "Table", verb: str) -> str:
    """One statement for any number of rows: a list per column."""
    one = _insert_sql(table, "%s") if verb == "insert" else _conflict_sql(table, "%s", verb)
    lists = ", ".join(_LISTS[column.type.python_type] for column in table.columns)
    head, tail = one.split(" VALUES ", 1)
    return f"{head} SELECT * FROM unnest({lists}){tail[tail.index(')') + 1 :]}"


def lock_number(name: bytes) -> int:
    """The number under which PostgreSQL keeps the lock of a log."""
    return int.from_bytes(name[:8], "big", signed=True)


class PostgresRows(Rows):
    """The same on PostgreSQL: many rows are one statement, and several processes may write."""

    _mark = "%s"
    far = True

    def insert(self, table: "Table", rows: Sequence[Row]) -> None:
        """Insert whole rows, values in column order."""
        if len(rows) == 1:
            super().insert(table, rows)
        elif rows:
            self._bulk(table, "insert", rows)

    def insert_fresh(self, table: "Table", rows: Sequence[Row]) -> set[Any]:
        """Insert the rows whose key is not there yet; the first values (the keys) of those that were new."""
        if not rows:
            return set()
        first = table.columns[0].name
        self._cursor.execute(
            f'{_bulk_sql(table, "nothing")} RETURNING "{first}"', [list(v) for v in zip(*rows, strict=True)]
        )
        return {row[0] for row in self._cursor.fetchall()}

    def hold(self, names: Iterable[bytes]) -> None:
        """Let nobody else move these logs until this transaction ends; always taken in the same order."""
        numbers = sorted({lock_number(name) for name in names})
        if numbers:
            self._cursor.execute(
                "SELECT pg_advisory_xact_lock(n) FROM unnest(%s::bigint[]) WITH ORDINALITY AS wanted(n, at) "
                "ORDER BY at",
                [numbers],
            )

    def load(self, table: "Table", rows: Iterable[Row]) -> None:
        """Very many new rows of a table, in column order."""
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        with self._cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN (FORMAT BINARY)') as out:
            out.set_types([_SENT[column.type.python_type] for column in table.columns])
            for row in rows:
                out.write_row(row)

    def put(self, table: "Table", rows: Iterable[Row]) -> None:
        """Insert rows, or replace what stands under the same key; of rows with one key the last."""
        keys = _key_places(table)
        last = {tuple(row[place] for place in keys): row for row in rows}
        if last:
            self._bulk(table, "replace", list(last.values()))

    def add(self, table: "Table", rows: Sequence[Row]) -> None:
        """Insert rows, or add their summing columns to the row under the same key."""
        if len(rows) == 1:
            super().add(table, rows)
        elif rows:
            self._bulk(table, "add", _summed(table, rows))

    def each(self, sql: str, *values: Any) -> Iterator[Row]:
        """The rows of a long query, some at a time from the server."""
        with self._driver.cursor(f"each_{next(_names)}") as cursor:
            cursor.itersize = 500
            cursor.execute(self._spelled(sql), values)
            yield from cursor

    def soundness(self) -> str:
        """PostgreSQL checks each page as it reads it."""
        return "ok"

    def _bulk(self, table: "Table", verb: str, rows: Sequence[Row]) -> None:
        self._cursor.execute(_bulk_sql(table, verb), [list(values) for values in zip(*rows, strict=True)])

    def _spelled(self, sql: str) -> str:
        return _in_postgres(sql)


_names = count()


@cache
def _key_places(table: "Table") -> tuple[int, ...]:
    return tuple(place for place, column in enumerate(table.columns) if column.primary_key)


@cache
def _sum_places(table: "Table") -> tuple[int, ...]:
    return tuple(place for place, column in enumerate(table.columns) if column.info.get("sum"))


def _summed(table: "Table", rows: Sequence[Row]) -> list[Row]:
    """One row per key: PostgreSQL adds to a row only once in a statement."""
    keys, sums = _key_places(table), _sum_places(table)
    found: dict[Row, list[Any]] = {}
    for row in rows:
        key = tuple(row[place] for place in keys)
        standing = found.get(key)
        if standing is None:
            found[key] = list(row)
            continue
        for place in sums:
            standing[place] += row[place]
    return [tuple(row) for row in found.values()]
