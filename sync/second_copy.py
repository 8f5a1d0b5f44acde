"""A second copy of the log: the same bytes appended to a plain file on another medium after each commit."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from sync.canonical import digest, encode
from sync.events import MAX_EVENT_BYTES, Malformed, parse
from sync.intake import SignedHead, Taken, take_items
from sync.pages import EVENT, GENESIS, SIGNED, Item, Opened
from sync.parties import Replica
from sync.rows import Rows

_MARK = b"\x9dJT1"
_HEAD = struct.Struct(">4sBII")  # mark, kind, length, CRC of kind and data
_RESTORED_AT_ONCE = 500


def _record(kind: int, data: bytes) -> bytes:
    return _HEAD.pack(_MARK, kind, len(data), zlib.crc32(data, kind)) + data


def read_items(path: Path) -> Iterator[Item]:
    """Every whole record; a torn end and damaged places are passed over."""
    raw = path.read_bytes()
    for kind, at, size in _whole(raw):
        yield kind, raw[at : at + size]


def _whole(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, place, length) of the whole records."""
    at = 0
    while (at := raw.find(_MARK, at)) >= 0:
        if at + _HEAD.size > len(raw):
            return
        _, kind, size, check = _HEAD.unpack_from(raw, at)
        start = at + _HEAD.size
        held = start + size <= len(raw) and size <= MAX_EVENT_BYTES
        if held and zlib.crc32(raw[start : start + size], kind) == check:
            yield kind, start, size
            at = start + size
            continue
        at += 1


class SecondCopy:
    """One such file: knows what stands in it, and appends what it lacks. Raises OSError as the medium does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: set[bytes] = set()  # hashes of all records
        self._ends: dict[bytes, int] = {}  # log -> the end of its gapless start
        if path.exists():
            raw = path.read_bytes()
            end = 0
            for kind, at, size in _whole(raw):
                self._note(kind, raw[at : at + size])
                end = at + size
            if end < len(raw):
                os.truncate(path, end)  # a torn record: what follows must not stand behind it

    def _note(self, kind: int, data: bytes) -> None:
        self._known.add(digest(data))
        if kind != EVENT:
            return
        try:
            envelope = parse(data).envelope
        except Malformed:
            return
        log = bytes.fromhex(envelope.log)
        if envelope.seq == self._ends.get(log, 0) + 1:
            self._ends[log] = envelope.seq

    def lacking(self, rows: Rows) -> list[Item]:
        """What the store holds and the file does not: geneses, events, signed heads."""
        items: list[Item] = [
            (GENESIS, bytes(data))
            for log, data in rows.all('SELECT "log", "genesis" FROM "log"')
            if bytes(log) not in self._known
        ]
        odd = {bytes(log) for (log,) in rows.all('SELECT "log" FROM "loose"')}
        for log, seq in rows.all('SELECT "log", "seq" FROM "head"'):
            end = 0 if bytes(log) in odd else self._ends.get(bytes(log), 0)
            if seq > end or bytes(log) in odd:
                items += self._events(rows, bytes(log), end)
        for log in odd:
            items += self._events(rows, log, 0)
        for log, seq, key, signature in rows.all(
            'SELECT "log", "seq", "key", "signature" FROM "signed_head"'
        ):
            data = encode(SignedHead(bytes(log).hex(), seq, bytes(key).hex(), signature))
            if digest(data) not in self._known:
                items.append((SIGNED, data))
        return list(dict.fromkeys(items))

    def _events(self, rows: Rows, log: bytes, after: int) -> Iterator[Item]:
        for key, data in rows.each(
            'SELECT "key", "bytes" FROM "event" WHERE "log" = ? AND "seq" > ? ORDER BY "seq", "key"',
            log,
            after,
        ):
            if bytes(key) not in self._known:
                yield EVENT, bytes(data)

    def append(self, items: list[Item]) -> None:
        """Write these durably, and read them back. Raises OSError; then nothing counts as written."""
        if not items:
            return
        record = b"".join(_record(kind, data) for kind, data in items)
        with self.path.open("ab") as file:
            start = file.tell()
            try:
                file.write(record)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(self.path, start)
                raise
        with self.path.open("rb") as file:
            file.seek(start)
            if file.read(len(record)) != record:
                raise OSError(f"{self.path}: what was written cannot be read back")
        for kind, data in items:
            self._note(kind, data)

    def catch_up(self, replica: Replica) -> int:
        """Append all that is lacking; how many events. To be called after each commit, off the till's way."""
        with replica.read() as rows:
            items = self.lacking(rows)
        self.append(items)
        return sum(kind == EVENT for kind, _ in items)


def restore(replica: Replica, path: Path) -> Taken:
    """Bring everything of a second copy into a replica, as if a peer had brought it."""
    taken = Taken()
    items = [Opened(kind, data) for kind, data in read_items(path)]
    ranked = sorted(items, key=lambda item: (GENESIS, EVENT, SIGNED).index(item.kind) if item.kind < 3 else 3)
    for at in range(0, len(ranked), _RESTORED_AT_ONCE):
        take_items(replica, None, ranked[at : at + _RESTORED_AT_ONCE], taken)
    return taken
