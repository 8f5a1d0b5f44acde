"""Rows in and out of one open transaction: positional statements on the driver's own cursor.

SQLAlchemy holds the connection, the dialect and the tables; the statements that stand between a
tap and the next customer are compiled once from those tables and run without building objects.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
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

    def __init__(self, connection: "Connection", mark: str = "?") -> None:
        self.connection = connection
        self._driver: Any = connection.connection
        self._cursor: Any = self._driver.cursor()
        self._mark = mark

    @classmethod
    def over(cls, connection: "sqlite3.Connection") -> "Rows":
        """Rows straight on SQLite's driver, for readers: a start that only reads loads nothing more."""
        rows = cls.__new__(cls)
        rows._driver = connection
        rows._cursor = connection.cursor()
        rows._mark = "?"
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

    def _spelled(self, sql: str) -> str:
        return sql if self._mark == "?" else sql.replace("?", self._mark)
