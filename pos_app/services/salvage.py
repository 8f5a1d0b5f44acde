"""What can still be read of a damaged store: each event proves itself by its hash, so nothing false comes along."""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MAGIC = b"SQLite format 3\0"
_PAGE = 500
_LEAST_BYTES = 200  # no event of ours with its place in the indexes is smaller


@dataclass(frozen=True, slots=True)
class Readable:
    """Logs' first words, secrets' keys and the done cart of each own log, as far as they can be read."""

    geneses: tuple[bytes, ...]
    keys: tuple[tuple[str, bytes], ...]
    done_carts: dict[str, str] | None  # None: nobody knows which carts became sales


@contextlib.contextmanager
def opened(path: Path, patched: Path) -> Iterator[sqlite3.Connection]:
    """The damaged store, never written to; one without its head gets one, in a copy at `patched`."""
    target, how = path, "mode=ro"
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(_MAGIC):
        _patch(path, patched)
        target, how = patched, "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{target.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA writable_schema=ON")  # or a file that was cut would not open at all
        yield connection
    finally:
        connection.close()
        patched.unlink(missing_ok=True)


def _patch(path: Path, patched: Path) -> None:
    """The first hundred bytes are the same in every store of ours but for counters."""
    data = path.read_bytes()
    pages = (len(data) // 4096).to_bytes(4, "big")
    head = _MAGIC + bytes((0x10, 0, 2, 2, 0, 64, 32, 32)) + b"\0\0\0\1" + pages + bytes(8) + b"\0\0\0\1"
    head += b"\0\0\0\4" + bytes(8) + b"\0\0\0\1" + bytes(32) + b"\0\0\0\1" + b"\0\x2e\x5f\x79"
    patched.write_bytes(head[:100] + data[100:])


def readable(connection: sqlite3.Connection) -> Readable:
    """Everything beside the events."""
    geneses = tuple(bytes(row[0]) for row in _rows(connection, 'SELECT "genesis" FROM "log"'))
    keys = tuple(
        (str(s), bytes(k)) for s, k in _rows(connection, 'SELECT "subject", "key" FROM "subject_key"')
    )
    try:
        done = dict(connection.execute('SELECT "scope", "done_cart" FROM "own_log"').fetchall())
    except sqlite3.Error:
        return Readable(geneses, keys, None)
    return Readable(geneses, keys, done)


def _rows(connection: sqlite3.Connection, ask: str) -> Iterator[tuple[Any, ...]]:
    """Rows until the damage."""
    try:
        yield from connection.execute(ask)
    except sqlite3.Error:
        return


def events(connection: sqlite3.Connection, size: int) -> Iterator[list[bytes]]:
    """Pages of whole events of a file so large; what lies in damaged pages is left out."""
    low, last = 1, _last(connection, size // _LEAST_BYTES)
    while low <= last:
        page = _between(connection, low, min(low + _PAGE - 1, last))
        if page:
            yield page
        low += _PAGE


def _last(connection: sqlite3.Connection, most: int) -> int:
    """The highest row there may be; where it can't be read, as many as there is room for."""
    try:
        found = connection.execute('SELECT max(rowid) FROM "event"').fetchone()
    except sqlite3.OperationalError:
        return 0  # there is no such table any more
    except sqlite3.DatabaseError:
        return most
    return min(int(found[0] or 0), most)


def _between(connection: sqlite3.Connection, low: int, high: int) -> list[bytes]:
    try:
        found = connection.execute(
            'SELECT "key", "bytes" FROM "event" NOT INDEXED WHERE rowid BETWEEN ? AND ?', (low, high)
        ).fetchall()
    except sqlite3.Error:
        if low >= high:
            return []
        middle = (low + high) // 2
        return _between(connection, low, middle) + _between(connection, middle + 1, high)
    return [
        bytes(data)
        for key, data in found
        if isinstance(data, bytes) and hashlib.sha256(data).digest() == bytes(key or b"")
    ]
