"""What a replica holds, said in few bytes: per log one row, over all logs one hash."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sync.messages import HeadRow, Summary
from sync.rows import Rows

PARTS = 32
_PART_BYTES = 4
_FEW = 16  # logs; below that the rows themselves are as short as their parts
LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class LogState:
    """One log here. Its head speaks for all its events unless `mark` says otherwise (gap, fork, no genesis)."""

    log: bytes
    seq: int
    key: bytes
    count: int
    mark: bytes
    signed: bytes
    scope: str | None  # None: the genesis has not come yet
    device: str

    @property
    def plain(self) -> bool:
        """Whether the events are exactly the chain 1..seq."""
        return not self.mark

    def row(self) -> HeadRow:
        """The same as a message."""
        return HeadRow(
            self.log, self.seq, self.key, self.count, self.mark, self.scope is not None, self.signed
        )


def log_states(rows: Rows, logs: Iterable[bytes] | None = None) -> list[LogState]:
    """Every log (or only the named ones), in log order."""
    only = None if logs is None else set(logs)
    signed = _signed(rows)
    marks = {
        bytes(log): _mark(rows, bytes(log))
        for (log,) in rows.all('SELECT "log" FROM "loose"')
        if only is None or bytes(log) in only
    }
    found = rows.all(
        'SELECT h."log", h."seq", h."key", l."scope", l."device" FROM "head" h JOIN "log" l ON l."log" = h."log"'
    )
    states = []
    for log, seq, key, scope, device in found:
        log = bytes(log)
        if only is not None and log not in only:
            continue
        count, mark = marks.pop(log, (seq, b""))
        states.append(LogState(log, seq, bytes(key), count, mark, signed.get(log, b""), scope, device))
    for log, (count, mark) in marks.items():
        states.append(LogState(log, 0, log, count, mark, signed.get(log, b""), None, ""))
    return sorted(states, key=lambda state: state.log)


def _mark(rows: Rows, log: bytes) -> tuple[int, bytes]:
    keys = rows.all('SELECT "key" FROM "event" WHERE "log" = ? ORDER BY "key"', log)
    hashed = hashlib.sha256(b"loose")
    for (key,) in keys:
        hashed.update(key)
    return len(keys), hashed.digest()[:16]


def _signed(rows: Rows) -> dict[bytes, bytes]:
    """Per log one hash of its signed heads."""
    told: dict[bytes, hashlib._Hash] = {}
    for log, seq, key, signature in rows.all(
        'SELECT "log", "seq", "key", "signature" FROM "signed_head" ORDER BY "log", "seq"'
    ):
        hashed = told.setdefault(bytes(log), hashlib.sha256())
        hashed.update(b"%d:%s:%s;" % (seq, bytes(key), signature.encode()))
    return {log: hashed.digest()[:8] for log, hashed in told.items()}


def part_of(log: bytes) -> int:
    """In which part of the summary a log counts."""
    return log[0] % PARTS


def _words(state: LogState) -> bytes:
    first = b"" if state.scope is None else b"g"
    return b"%s%s%d:%d:%s:%s:%s;" % (
        state.log,
        state.key,
        state.seq,
        state.count,
        state.mark,
        state.signed,
        first,
    )


def summary(states: Sequence[LogState], subjects: bytes = b"") -> Summary:
    """One hash over all logs, and short ones over parts of them when there are many."""
    whole = hashlib.sha256()
    parts = [hashlib.sha256() for _ in range(PARTS)] if len(states) > _FEW else []
    for state in states:
        words = _words(state)
        whole.update(words)
        if parts:
            parts[part_of(state.log)].update(words)
    short = b"".join(part.digest()[:_PART_BYTES] for part in parts)
    return Summary(whole.digest(), len(states), subjects, short)


def heads_digest(rows: Rows) -> bytes:
    """32 bytes, equal where the same logs with the same events and signed heads are held."""
    return summary(log_states(rows)).digest


def differing_parts(mine: Summary, theirs: Summary) -> tuple[int, ...]:
    """The parts to compare row by row; empty means: all of them."""
    if mine.digest == theirs.digest or len(mine.parts) != len(theirs.parts):
        return ()
    size = _PART_BYTES
    return tuple(
        part
        for part in range(len(mine.parts) // size)
        if mine.parts[part * size : part * size + size] != theirs.parts[part * size : part * size + size]
    )


def in_parts(parts: Sequence[int]) -> Callable[[bytes], bool]:
    """Tells of a log whether it is to be compared."""
    chosen = set(parts)
    return lambda log: not chosen or part_of(log) in chosen


# --- parts of one log ------------------------------------------------------------------------------


def keys_in(rows: Rows, log: bytes, low: int, high: int) -> list[tuple[int, bytes]]:
    """(seq, key) of a log's events from `low` to `high`, sorted by key."""
    found = rows.all(
        'SELECT "seq", "key" FROM "event" WHERE "log" = ? AND "seq" >= ? AND "seq" <= ? ORDER BY "key"',
        log,
        low,
        high,
    )
    return [(seq, bytes(key)) for seq, key in found]


def range_digest(keys: Sequence[tuple[int, bytes]]) -> bytes:
    """A short hash of a part's keys; empty for none."""
    if not keys:
        return b""
    hashed = hashlib.sha256()
    for _, key in keys:
        hashed.update(key)
    return hashed.digest()[:16]


def locators(top: int) -> list[tuple[int, int]]:
    """Parts of a log 1..top, exponentially longer away from its end, the last one open."""
    parts: list[tuple[int, int]] = []
    high, size = top, 8
    while high > 0:
        low = max(1, high - size + 1)
        parts.append((low, high))
        high, size = low - 1, size * 2
    return [*reversed(parts), (top + 1, LAST)]


def split(low: int, high: int, top: int, ways: int = 8) -> list[tuple[int, int]]:
    """A part in smaller ones; beyond `top` there is nothing here, so that end stays one part."""
    end = min(high, max(top, low))
    step = max(1, -(-(end - low + 1) // ways))
    parts = [(at, min(at + step - 1, end)) for at in range(low, end + 1, step)]
    return parts if end == high else [*parts, (end + 1, high)]
