"""The event table: append to an own log, take in others' events, read, and verify."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

from sync.canonical import digest, encode
from sync.clock import adoptable, next_tick
from sync.events import Envelope, Event, Malformed, compose, parse, parse_stored
from sync.rows import Rows

metadata = MetaData()

event = Table(
    "event",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("log", LargeBinary(32), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
)
Index("event_by_log", event.c.log, event.c.seq)

log = Table(
    "log",
    metadata,
    Column("log", LargeBinary(32), primary_key=True),
    Column("scope", Text, nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("genesis", LargeBinary, nullable=False),
)

head = Table(
    "head",
    metadata,
    Column("log", LargeBinary(32), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("key", LargeBinary(32), nullable=False),
    Column("hlc", BigInteger, nullable=False, index=True),
)

# A device's word for where its log ended at a close: a tail cut off later is told by it.
signed_head = Table(
    "signed_head",
    metadata,
    Column("log", LargeBinary(32), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("key", LargeBinary(32), nullable=False),
    Column("signature", Text, nullable=False),
)

# Only what is not simply folded stands here: waiting, unknown type, unreadable body.
unfolded = Table(
    "unfolded",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

subject_key = Table(
    "subject_key",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("key", LargeBinary(32), nullable=False),
)

# Logs whose events are not exactly the chain 1..n: a fork, a gap, a first word that has not come yet.
loose = Table("loose", metadata, Column("log", LargeBinary(32), primary_key=True))

WAITING, UNKNOWN, UNREADABLE = "waiting", "unknown", "unreadable"


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a log known here; seq 0 and the log's own id when it is still empty."""

    log: bytes
    seq: int
    key: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in the journal: what, where (log hex, seq), in words for the log file."""

    code: str
    log: str
    seq: int
    detail: str


def open_log(rows: Rows, private: bytes, scope: str, wall: str, accept: Callable[[bytes], bool]) -> Head:
    """A new own log in `scope`; `accept` may turn an id down (a tag that is taken)."""
    # lazy: signatures are wanted once per log, not at every start
    from sync.identity import new_genesis, read_genesis

    identity, data = new_genesis(private, scope, wall)
    while not accept(identity):
        identity, data = new_genesis(private, scope, wall)
    rows.insert(log, [(identity, scope, read_genesis(data).device, data)])
    rows.insert(head, [(identity, 0, identity, 0)])
    return Head(identity, 0, identity)


def last_tick(rows: Rows) -> int:
    """The highest stamp that this replica has adopted."""
    row = rows.one('SELECT max("hlc") FROM "head"')
    return int(row[0] or 0) if row else 0


def append(
    rows: Rows, at: Head, type_: str, body: object, *, actor: str, wall: str, now_us: int, last: int
) -> Event:
    """Append to the own log that ends at `at`, inside the caller's transaction.

    `last` is `last_tick`, read in the same transaction. Raises Malformed when too large.
    """
    tick = next_tick(last, now_us)
    made = compose(Envelope(1, at.log.hex(), at.seq + 1, at.key.hex(), tick, wall, actor, type_, body))
    rows.insert(event, [(made.key, at.log, at.seq + 1, made.data)])
    moved = rows.run(
        'UPDATE "head" SET "seq" = ?, "key" = ?, "hlc" = ? WHERE "log" = ? AND "key" = ?',
        at.seq + 1,
        made.key,
        tick,
        at.log,
        at.key,
    )
    if moved != 1:
        raise RuntimeError("the log went on meanwhile")  # a server that is given its own lost events back
    return made


def head_words(at: Head) -> bytes:
    """What a device signs of its log's end."""
    return encode({"key": at.key.hex(), "log": at.log.hex(), "seq": at.seq})


def sign_head(rows: Rows, at: Head, private: bytes) -> str:
    """Sign where a log ends now; the signature, hex."""
    # lazy: see open_log
    from sync.identity import sign

    signature = sign(private, head_words(at))
    rows.insert_new(signed_head, (at.log, at.seq, at.key, signature))
    return signature


def heads(rows: Rows) -> list[Head]:
    """All logs' heads, in log order."""
    return [Head(*row) for row in rows.all('SELECT "log", "seq", "key" FROM "head" ORDER BY "log"')]


def take_genesis(rows: Rows, data: bytes, now_us: int) -> bytes:
    """Take in another's log; its id. Raises Malformed when the signature does not hold."""
    # lazy: see open_log
    from sync.identity import read_genesis

    genesis = read_genesis(data)
    identity = digest(data)
    rows.hold([identity])
    rows.insert_new(log, (identity, genesis.scope, genesis.device, data))
    fresh = rows.insert_new(head, (identity, 0, identity, 0))
    if not fresh or rows.one('SELECT 1 FROM "event" WHERE "log" = ? LIMIT 1', identity) is not None:
        advance_head(rows, identity, now_us)  # its events came first
    return identity


def receive(rows: Rows, datas: Iterable[bytes], now_us: int) -> int:
    """Take in others' events as a set union; how many were new. Each new one waits to be folded."""
    return len(take(rows, map(parse, datas), now_us))


def take(rows: Rows, events: Iterable[Event], now_us: int) -> set[bytes]:
    """The same for events that were parsed already; the keys of those that were new."""
    came = {made.key: made for made in events}
    log_of = {key: bytes.fromhex(made.envelope.log) for key, made in came.items()}
    rows.hold(log_of.values())
    new = rows.insert_fresh(event, [(k, log_of[k], made.envelope.seq, made.data) for k, made in came.items()])
    rows.insert_fresh(unfolded, [(key, WAITING, "") for key in new])
    fresh: dict[bytes, list[Event]] = {}
    for key in new:
        fresh.setdefault(log_of[key], []).append(came[key])
    for of, made in sorted(fresh.items()):
        if not _lengthen(rows, of, made, now_us):
            advance_head(rows, of, now_us)
    return new


def _lengthen(rows: Rows, of: bytes, fresh: list[Event], now_us: int) -> bool:
    """The usual case, without reading the log again: the new events follow the head one by one, and end it."""
    chain = sorted(fresh, key=lambda event: event.envelope.seq)
    for before, after in pairwise(chain):
        if (after.envelope.seq, after.envelope.prev) != (before.envelope.seq + 1, before.key.hex()):
            return False
    first, last = chain[0].envelope, chain[-1].envelope
    hlc = max((e.envelope.hlc for e in chain if adoptable(e.envelope.hlc, now_us)), default=0)
    moved = rows.run(
        'UPDATE "head" SET "seq" = ?, "key" = ?, "hlc" = CASE WHEN "hlc" < ? THEN ? ELSE "hlc" END '
        'WHERE "log" = ? AND "seq" = ? AND "key" = ? AND NOT EXISTS (SELECT 1 FROM "loose" WHERE "log" = ?) '
        'AND NOT EXISTS (SELECT 1 FROM "event" WHERE "log" = ? AND "seq" > ?)',
        *(last.seq, chain[-1].key, hlc, hlc),
        *(of, first.seq - 1, bytes.fromhex(first.prev), of, of, last.seq),
    )
    return moved == 1


def advance_head(rows: Rows, of: bytes, now_us: int) -> None:
    """Move a log's head to the end of its longest chain, the lower key where two are as long.

    Whatever the order of arrival: usually the new events follow the head; when they don't (a gap, a
    fork), the chain is followed anew from the log's first word, and the log is listed as loose.
    """
    row = rows.one('SELECT "seq", "key" FROM "head" WHERE "log" = ?', of)
    if row is None:
        rows.insert_new(loose, (of,))
        return
    count = rows.one('SELECT count(*), max("seq") FROM "event" WHERE "log" = ?', of) or (0, 0)
    seq, key, hlc = _follow(rows, of, row[0], bytes(row[1]), now_us)
    if (seq, seq) != (count[0], count[1] or 0):
        seq, key, hlc = _follow(rows, of, 0, of, now_us)
    plain = (seq, seq) == (count[0], count[1] or 0)
    mark = 'UPDATE "head" SET "seq" = ?, "key" = ? WHERE "log" = ?'
    rows.run(mark, seq, key, of)
    rows.run('UPDATE "head" SET "hlc" = ? WHERE "log" = ? AND "hlc" < ?', hlc, of, hlc)
    if plain:
        rows.run('DELETE FROM "loose" WHERE "log" = ?', of)
    else:
        rows.insert_new(loose, (of,))


def _follow(rows: Rows, of: bytes, seq: int, key: bytes, now_us: int) -> tuple[int, bytes, int]:
    """Where the chain that goes on after (seq, key) ends, and the highest stamp on it that may be adopted."""
    front, hlc = {key}, 0
    while True:
        found = rows.all('SELECT "key", "bytes" FROM "event" WHERE "log" = ? AND "seq" = ?', of, seq + 1)
        linked = [parse_stored(*item) for item in found]
        linked = [event for event in linked if bytes.fromhex(event.envelope.prev) in front]
        if not linked:
            return seq, min(front), hlc
        front = {event.key for event in linked}
        hlc = max(hlc, *(e.envelope.hlc for e in linked if adoptable(e.envelope.hlc, now_us)), 0)
        seq += 1


def each_event(rows: Rows, page: int = 500) -> Iterator[Event]:
    """Every event in (log, seq, key) order, a page in memory at a time."""
    last: tuple[bytes, int, bytes] = (b"", 0, b"")
    while True:
        found = rows.all(
            'SELECT "log", "seq", "key", "bytes" FROM "event" WHERE ("log", "seq", "key") > (?, ?, ?) '
            f'ORDER BY "log", "seq", "key" LIMIT {page}',
            *last,
        )
        if not found:
            return
        last = found[-1][:3]
        for _, _, key, data in found:
            yield parse_stored(key, data)


def verify(rows: Rows) -> Iterator[Finding]:
    """Everything that does not hold: hashes, labels, chains, forks, heads, and geneses."""
    # lazy: see open_log
    from sync.identity import read_genesis

    known = {}
    for identity, scope, device, data in rows.all(
        'SELECT "log", "scope", "device", "genesis" FROM "log" ORDER BY "log"'
    ):
        known[identity] = scope
        try:
            genesis = read_genesis(data)
            if digest(data) != identity or (genesis.scope, genesis.device) != (scope, device):
                yield Finding("genesis", identity.hex(), 0, "the log's first word was changed")
        except Malformed as problem:
            yield Finding("genesis", identity.hex(), 0, str(problem))
    ends: dict[bytes, tuple[int, set[bytes]]] = {}
    for identity, seq, key, data in _raw_events(rows):
        yield from _verify_one(identity, seq, key, data, known)
        yield from _verify_link(identity, seq, key, data, ends)
    standing = heads(rows)
    for identity in sorted(set(known) - {at.log for at in standing}):
        yield Finding("head", identity.hex(), 0, "the log has no head")
    for at in standing:
        seq, keys = ends.get(at.log, (0, {at.log}))
        if at.seq > seq or (at.seq == seq and at.key not in keys):
            yield Finding("head", at.log.hex(), at.seq, f"the head says {at.seq}, the events end at {seq}")
        elif at.seq < seq:
            yield Finding("head", at.log.hex(), at.seq, f"events beyond the head, up to {seq}")
    yield from _verify_signed_heads(rows)


def _verify_signed_heads(rows: Rows) -> Iterator[Finding]:
    """Each head that a device signed must still stand, signed by the device of its log."""
    # lazy: see open_log
    from sync.identity import is_signed_by

    found = rows.all(
        'SELECT s."log", s."seq", s."key", s."signature", l."device" FROM "signed_head" s '
        'LEFT JOIN "log" l ON l."log" = s."log" ORDER BY s."log", s."seq"'
    )
    for identity, seq, key, signature, device in found:
        if not is_signed_by(device or "", head_words(Head(identity, seq, key)), signature):
            yield Finding(
                "signature", identity.hex(), seq, "the signed head is not signed by the log's device"
            )
        elif rows.one('SELECT 1 FROM "event" WHERE "key" = ? AND "seq" = ?', key, seq) is None:
            yield Finding("tail", identity.hex(), seq, "the event of a signed head is gone")


def _raw_events(rows: Rows, page: int = 500) -> Iterator[tuple[bytes, int, bytes, bytes]]:
    last: tuple[bytes, int, bytes] = (b"", -1, b"")
    while found := rows.all(
        'SELECT "log", "seq", "key", "bytes" FROM "event" WHERE ("log", "seq", "key") > (?, ?, ?) '
        f'ORDER BY "log", "seq", "key" LIMIT {page}',
        *last,
    ):
        last = found[-1][:3]
        for identity, seq, key, data in found:
            yield identity, seq, key, bytes(data)


def _verify_one(
    identity: bytes, seq: int, key: bytes, data: bytes, known: dict[bytes, str]
) -> Iterator[Finding]:
    if digest(data) != key:
        yield Finding("hash", identity.hex(), seq, "the bytes were changed: their hash is another")
        return
    try:
        envelope = parse(data).envelope
    except Malformed as problem:
        yield Finding("malformed", identity.hex(), seq, str(problem))
        return
    if envelope.log != identity.hex() or envelope.seq != seq:
        yield Finding("label", identity.hex(), seq, "the row's label is not the event's")
    if identity not in known:
        yield Finding("log", identity.hex(), seq, "events of a log whose first word is missing")


def _verify_link(
    identity: bytes, seq: int, key: bytes, data: bytes, ends: dict[bytes, tuple[int, set[bytes]]]
) -> Iterator[Finding]:
    """Follow one log's chain; `ends` holds per log the last seq and the keys there."""
    last, keys = ends.get(identity, (0, {identity}))
    try:
        prev = bytes.fromhex(parse_stored(key, data).envelope.prev)
    except ValueError:
        prev = b""
    if seq == last and last:
        yield Finding("fork", identity.hex(), seq, "two events bear this number")
        ends[identity] = (seq, keys | {key})
        return
    if seq != last + 1:
        yield Finding("gap", identity.hex(), seq, f"{last + 1} to {seq - 1} are missing")
    elif prev not in keys:
        yield Finding("chain", identity.hex(), seq, "does not follow the event before it")
    ends[identity] = (seq, {key})
