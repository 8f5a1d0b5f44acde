"""What came of messages whose line broke, and answers to fetch on: rows that all processes of a server see.

The house lends the table `kept_part` (device, kind, start, name, size, data, at_us). Of each device it
holds one ask and one answer, the newest; an hour after its first part a message is gone.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256

from sync.parts import LEAST_PART_BYTES
from sync.rows import Rows

ASK, ANSWER = "ask", "answer"
SECONDS = 3600


def wall_us() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


class Kept:
    """Parts under their device and their message's name; whoever is another device finds nothing."""

    def __init__(
        self,
        opened: Callable[[], AbstractContextManager[Rows]],
        most_bytes: int,
        seconds: int,
        now_us: Callable[[], int] = wall_us,
    ) -> None:
        """`opened`: a durable transaction; `most_bytes`: of all devices together."""
        self._opened, self._most_bytes, self._seconds = opened, most_bytes, seconds
        self.now_us = now_us

    def add(self, device: str, name: bytes, size: int, start: int, data: bytes, began_us: int) -> int:
        """Keep what follows on what is there; how much is there now, from the beginning on.

        Another message of the device gives way, unless it was begun after `began_us`.
        """
        with self._opened() as rows:
            rows.hold([bytes.fromhex(device)])
            forget_old(rows, self.now_us(), self._seconds)
            have = _have(rows, device, name, size)
            data = data[max(0, have - start) :]
            last = have + len(data) == size
            if start > have or not data or (len(data) < LEAST_PART_BYTES and not last):
                return have
            if not have and not _may_replace(rows, device, began_us):
                return 0
            if not have:
                _forget(rows, device, ASK)
            self._make_room(rows, len(data), device)
            _insert(rows, (device, ASK, have, name, size, data, self.now_us()))
            return have + len(data)

    def whole(self, device: str, name: bytes, size: int) -> bytes | None:
        """The message, all of which is there; None when it is not what its name says: then it is forgotten."""
        with self._opened() as rows:
            message = _joined(rows, device, ASK, name)
            if len(message) == size and sha256(message).digest() == name:
                return message
            _forget(rows, device, ASK)
        return None

    def keep_answer(self, device: str, data: bytes) -> bytes:
        """Keep an answer for this device; its name."""
        name = sha256(data).digest()
        with self._opened() as rows:
            rows.hold([bytes.fromhex(device)])
            forget_old(rows, self.now_us(), self._seconds)
            _forget(rows, device, ANSWER)
            self._make_room(rows, len(data), device)
            _insert(rows, (device, ANSWER, 0, name, len(data), data, self.now_us()))
        return name

    def rest_of_answer(self, device: str, name: bytes, start: int) -> bytes | None:
        """An answer from there on; None when this device has none of that name."""
        with self._opened() as rows:
            forget_old(rows, self.now_us(), self._seconds)
            data = _joined(rows, device, ANSWER, name)
        return data[start:] if data and start <= len(data) else None

    def _make_room(self, rows: Rows, size: int, device: str) -> None:
        """What was begun longest ago goes first; the device at hand is spared."""
        while _all_bytes(rows) + size > self._most_bytes:
            row = rows.one(
                'SELECT "device", "kind" FROM "kept_part" WHERE "device" <> ? '
                'GROUP BY "device", "kind" ORDER BY min("at_us"), "device", "kind" LIMIT 1',
                device,
            )
            if row is None:
                return
            _forget(rows, row[0], row[1])


def forget_old(rows: Rows, now_us: int, seconds: int = SECONDS) -> None:
    """Throw away messages whose first part came longer ago: whole ones, so that none gets a hole."""
    rows.run(
        'DELETE FROM "kept_part" WHERE ("device", "kind") IN '
        '(SELECT "device", "kind" FROM "kept_part" WHERE "at_us" < ?)',
        now_us - seconds * 1_000_000,
    )


def _insert(rows: Rows, row: tuple[str, str, int, bytes, int, bytes, int]) -> None:
    rows.run(
        'INSERT INTO "kept_part" ("device", "kind", "start", "name", "size", "data", "at_us") '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        *row,
    )


def _forget(rows: Rows, device: str, kind: str) -> None:
    rows.run('DELETE FROM "kept_part" WHERE "device" = ? AND "kind" = ?', device, kind)


def _all_bytes(rows: Rows) -> int:
    row = rows.one('SELECT coalesce(sum(length("data")), 0) FROM "kept_part"')
    return int(row[0]) if row else 0


def _have(rows: Rows, device: str, name: bytes, size: int) -> int:
    row = rows.one(
        'SELECT coalesce(sum(length("data")), 0) FROM "kept_part" '
        'WHERE "device" = ? AND "kind" = ? AND "name" = ? AND "size" = ?',
        device,
        ASK,
        name,
        size,
    )
    return int(row[0]) if row else 0


def _may_replace(rows: Rows, device: str, began_us: int) -> bool:
    """Whether what the device has here, of another message, is no newer: a straggler must not push it out."""
    row = rows.one(
        'SELECT coalesce(min("at_us"), 0) FROM "kept_part" WHERE "device" = ? AND "kind" = ?', device, ASK
    )
    return row is None or int(row[0]) <= began_us


def _joined(rows: Rows, device: str, kind: str, name: bytes) -> bytes:
    found = rows.all(
        'SELECT "data" FROM "kept_part" WHERE "device" = ? AND "kind" = ? AND "name" = ? ORDER BY "start"',
        device,
        kind,
        name,
    )
    return b"".join(bytes(data) for (data,) in found)
