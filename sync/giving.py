"""Putting a page together: what is wanted of the store, as much of it as fits."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from sync.canonical import digest, encode
from sync.columns import Memory
from sync.intake import SignedHead
from sync.messages import MAX_EXPANDED_BYTES, MAX_ITEMS, Page, Refused, Span, Want
from sync.pages import EVENT, GENESIS, SIGNED, Item
from sync.parties import Grant, Notice, Replica
from sync.rows import Rows

_RAW_BYTES = MAX_EXPANDED_BYTES * 3 // 4


@dataclass
class Gathered:
    """Items in the order of the wants, and how far they go."""

    items: list[Item] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)  # of the events among them
    raw: int = 0
    spans: int = 0  # wholly dealt with
    next_low: int = 0  # where the span after those goes on
    keys: int = 0
    refused: list[Refused] = field(default_factory=list)
    damaged: list[Notice] = field(default_factory=list)

    def add(self, kind: int, data: bytes, key: bytes = b"") -> None:
        """One more item."""
        self.items.append((kind, data))
        self.hashes.append(key)
        self.raw += len(data)


def visible(grant: Grant | None, scope: str | None, device: str) -> bool:
    """Whether a peer may know of a log: what it may read, or bring."""
    if grant is None:
        return True
    return (scope is not None and grant.may_read(scope)) or grant.may_write(scope or "", device)


def make_page(
    replica: Replica,
    grant: Grant | None,
    want: Want,
    plain: bool = False,
    checked: bool = False,
    memory: Memory | None = None,
) -> tuple[Page, Gathered]:
    """A page of what is wanted: at most `most` bytes packed, unless a single item is larger than that."""
    most_items = max(1, min(want.items, MAX_ITEMS))
    while True:
        with replica.read() as rows:
            gathered = gather(rows, grant, want, most_items)
        page = replica.shelf.page(gathered.items, gathered.hashes, plain, checked, memory)
        if len(page.packed) <= want.most or most_items == 1:  # the numbers of a fork go together
            done = (gathered.spans, gathered.next_low, gathered.keys)
            return msgspec.structs.replace(page, done=done, refused=tuple(gathered.refused)), gathered
        # A little less than in proportion: small pages pack worse.
        fitting = len(gathered.items) * want.most * 9 // (len(page.packed) * 10)
        most_items = max(1, min(most_items - 1, len(gathered.items) - 1, fitting))


def gather(rows: Rows, grant: Grant | None, want: Want, most: int) -> Gathered:
    """The first `most` items of what is wanted, whole numbers of a fork together."""
    gathered = Gathered()
    for span in want.spans:
        if len(gathered.items) >= most or gathered.raw >= _RAW_BYTES:
            return gathered
        if not _gather_span(rows, grant, span, most, gathered):
            return gathered
        gathered.spans += 1
        gathered.next_low = 0
    for key in want.keys:
        if len(gathered.items) >= most or gathered.raw >= _RAW_BYTES:
            return gathered
        _gather_key(rows, grant, key, gathered)
        gathered.keys += 1
    return gathered


def _gather_span(rows: Rows, grant: Grant | None, span: Span, most: int, into: Gathered) -> bool:
    """Add a span's items; False when it goes on in the next page."""
    row = rows.one('SELECT "scope", "device", "genesis" FROM "log" WHERE "log" = ?', span.log)
    scope, device = (row[0], row[1]) if row else (None, "")
    if not visible(grant, scope, device):
        into.refused.append(Refused("not_allowed", "this log is not for you", b"", span.log))
        return True
    if span.first and row is not None:
        into.add(GENESIS, bytes(row[2]))
    if span.low <= span.high:
        for seq, group in _by_number(rows, span):
            if into.items and (len(into.items) + len(group) > most or into.raw >= _RAW_BYTES):
                into.next_low = seq
                return False
            for key, data in group:
                _add_event(key, data, span.log, seq, into)
    if span.signed:
        for seq, key, signature in rows.all(
            'SELECT "seq", "key", "signature" FROM "signed_head" WHERE "log" = ? ORDER BY "seq"', span.log
        ):
            told = SignedHead(span.log.hex(), seq, bytes(key).hex(), signature)
            into.add(SIGNED, encode(told))
    return True


def _by_number(rows: Rows, span: Span) -> Iterator[tuple[int, list[tuple[bytes, bytes]]]]:
    """The events of a span by number; more than one where the log forks."""
    group: list[tuple[bytes, bytes]] = []
    at = 0
    for seq, key, data in rows.each(
        'SELECT "seq", "key", "bytes" FROM "event" WHERE "log" = ? AND "seq" >= ? AND "seq" <= ? '
        'ORDER BY "seq", "key"',
        span.log,
        span.low,
        span.high,
    ):
        if group and seq != at:
            yield at, group
            group = []
        at = seq
        group.append((bytes(key), bytes(data)))
    if group:
        yield at, group


def _gather_key(rows: Rows, grant: Grant | None, key: bytes, into: Gathered) -> None:
    row = rows.one(
        'SELECT e."log", e."seq", e."bytes", l."scope", l."device" FROM "event" e '
        'LEFT JOIN "log" l ON l."log" = e."log" WHERE e."key" = ?',
        key,
    )
    if row is not None and visible(grant, row[3], row[4] or ""):
        _add_event(key, bytes(row[2]), bytes(row[0]), row[1], into)


def _add_event(key: bytes, data: bytes, log: bytes, seq: int, into: Gathered) -> None:
    """Bytes that rotted here must not travel as if somebody had written them."""
    if digest(data) == key:
        into.add(EVENT, data, key)
    else:
        into.damaged.append(
            Notice("damaged", log.hex(), seq, "the bytes here are no longer those of the event")
        )
