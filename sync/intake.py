"""Taking a page in: each item judged by itself, what holds committed durably, the rest named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from sync import store
from sync.canonical import digest
from sync.clock import MAX_AHEAD_US, adoptable
from sync.events import Event, Malformed, parse
from sync.identity import is_signed_by, read_genesis
from sync.messages import MAX_ROWS, Page, PageAnswer, Refused
from sync.pages import EVENT, GENESIS, SIGNED, Opened, unpack
from sync.parties import Grant, Notice, Replica
from sync.rows import Rows

_MOST_NOTICES = 50
_MOST_REFUSED = 500  # named one by one in an answer


class SignedHead(msgspec.Struct, frozen=True):
    """A device's word for where its log ended, as it travels."""

    log: str
    seq: int
    key: str
    signature: str


@dataclass
class Taken:
    """What became of a page."""

    stored: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    touched: set[bytes] = field(default_factory=set)
    heads: list[tuple[bytes, int]] = field(default_factory=list)
    broken: str = ""

    def message(self) -> PageAnswer:
        """The answer to the page's sender."""
        told = sorted(self.refused, key=lambda item: item.code != "not_allowed")  # whole logs first
        if len(told) > _MOST_REFUSED:
            rest = len(told) - _MOST_REFUSED
            told = [*told[:_MOST_REFUSED], Refused("more", f"and {rest} more items")]
        return PageAnswer(self.stored, self.known, tuple(told), tuple(self.heads[:MAX_ROWS]), self.broken)


def take_page(replica: Replica, grant: Grant | None, page: Page) -> Taken:
    """Store everything of a page that holds. Durable when this returns; never raises for bad content."""
    taken = Taken()
    try:
        items = unpack(page)
    except Malformed as problem:
        taken.broken = str(problem)[:900]
        return taken
    take_items(replica, grant, items, taken)
    return taken


def take_items(replica: Replica, grant: Grant | None, items: Sequence[Opened], taken: Taken) -> None:
    """Store all of these that hold, geneses first; what does not is named in `taken`.

    One transaction for what is usual; more than `at_once` events are several, each durable by itself.
    """
    for item in items:
        if item.kind not in (GENESIS, EVENT, SIGNED):
            taken.refused.append(Refused("unknown_kind", f"an item of kind {item.kind}", digest(item.data)))
    events = _parsed((item for item in items if item.kind == EVENT), taken)
    geneses = _read_geneses(grant, [item.data for item in items if item.kind == GENESIS], taken)
    signed = [item.data for item in items if item.kind == SIGNED]
    if not events and not geneses and not signed:
        return
    now_us = replica.now_us()
    at = 0
    while True:
        with replica.write() as rows:
            if at == 0:
                _hold(rows, geneses, events[: replica.at_once])
                _take_geneses(rows, geneses, now_us, taken)
                events = _allowed(rows, grant, events, taken)
            new = _take_events(rows, events[at : at + replica.at_once], now_us, taken)
            at += replica.at_once
            if at >= len(events):
                _take_signed(rows, signed, taken)
                _look(rows, taken, {bytes.fromhex(event.envelope.log) for event in events})
        if new:
            replica.received(new)
        if at >= len(events):
            return


def _take_events(rows: Rows, part: Sequence[Event], now_us: int, taken: Taken) -> int:
    if not part:
        return 0
    new = store.take(rows, part, now_us)
    taken.stored += len(new)
    taken.known += len(part) - len(new)
    taken.touched.update(bytes.fromhex(e.envelope.log) for e in part if e.key in new)
    _note_clocks((e for e in part if e.key in new), now_us, taken)
    return len(new)


def _parsed(items: Iterable[Opened], taken: Taken) -> list[Event]:
    events = []
    for item in items:
        try:
            events.append(item.event or parse(item.data))
        except Malformed as problem:
            taken.refused.append(Refused("malformed", str(problem)[:900], digest(item.data)))
    return events


def _read_geneses(grant: Grant | None, datas: Sequence[bytes], taken: Taken) -> list[bytes]:
    """Those that are signed, and that this peer may bring."""
    held = []
    for data in datas:
        try:
            genesis = read_genesis(data)
        except Malformed as problem:
            taken.refused.append(Refused("signature", str(problem)[:900], digest(data)))
            continue
        if grant is not None and not grant.may_write(genesis.scope, genesis.device):
            taken.refused.append(Refused("not_allowed", f"logs of {genesis.scope}"[:900], b"", digest(data)))
            continue
        held.append(data)
    return held


def _hold(rows: Rows, geneses: Sequence[bytes], events: Sequence[Event]) -> None:
    """All logs at once: of two servers that take the same ones, neither may wait for the other's half."""
    rows.hold({*map(digest, geneses), *(bytes.fromhex(event.envelope.log) for event in events)})


def _take_geneses(rows: Rows, held: Sequence[bytes], now_us: int, taken: Taken) -> None:
    for data in held:
        taken.touched.add(store.take_genesis(rows, data, now_us))


def _allowed(rows: Rows, grant: Grant | None, events: list[Event], taken: Taken) -> list[Event]:
    """The events of logs that this peer may bring; the other logs are refused, each by itself."""
    if grant is None:
        return events
    allowed = set()
    for log in sorted({event.envelope.log for event in events}):
        row = rows.one('SELECT "scope", "device" FROM "log" WHERE "log" = ?', bytes.fromhex(log))
        scope, device = row or ("", "")
        if grant.may_write(scope, device):
            allowed.add(log)
        elif not any(item.log.hex() == log for item in taken.refused):
            words = f"logs of {scope}" if row else "events of a log that nobody has introduced"
            taken.refused.append(Refused("not_allowed", words[:900], b"", bytes.fromhex(log)))
    return [event for event in events if event.envelope.log in allowed]


def _note_clocks(events: Iterable[Event], now_us: int, taken: Taken) -> None:
    for event in events:
        if not adoptable(event.envelope.hlc, now_us) and len(taken.notices) < _MOST_NOTICES:
            ahead = (event.envelope.hlc - now_us) // 1_000_000
            words = f"its clock is {ahead} s ahead (more than {MAX_AHEAD_US // 1_000_000})"
            taken.notices.append(Notice("clock", event.envelope.log, event.envelope.seq, words))
            return


def _take_signed(rows: Rows, datas: Sequence[bytes], taken: Taken) -> None:
    """Signed heads whose signature is of the log's device; of two at one place the lower stays, anywhere."""
    for data in datas:
        problem = take_signed_head(rows, data)
        if problem:
            taken.refused.append(Refused("signature", problem, digest(data)))
        else:
            taken.touched.add(bytes.fromhex(msgspec.json.decode(data, type=SignedHead).log))


def take_signed_head(rows: Rows, data: bytes) -> str:
    """Keep another's signed head; why not, when it does not hold."""
    try:
        told = msgspec.json.decode(data, type=SignedHead)
        log, key = bytes.fromhex(told.log), bytes.fromhex(told.key)
    except (ValueError, msgspec.DecodeError) as problem:
        return f"no signed head: {problem}"[:900]
    if not (len(log) == len(key) == 32 and 0 <= told.seq < 2**63):
        return "no signed head"
    row = rows.one('SELECT "device" FROM "log" WHERE "log" = ?', log)
    if row is None:
        return "the head of a log that nobody has introduced"
    if not is_signed_by(row[0], store.head_words(store.Head(log, told.seq, key)), told.signature):
        return "not signed by the log's device"
    stands = rows.one(
        'SELECT "key", "signature" FROM "signed_head" WHERE "log" = ? AND "seq" = ?', log, told.seq
    )
    if stands is None or (key, told.signature) < (bytes(stands[0]), stands[1]):
        rows.put(store.signed_head, [(log, told.seq, key, told.signature)])
    return ""


def _look(rows: Rows, taken: Taken, named: set[bytes]) -> None:
    """The heads of the logs that the page spoke of, and what is suspicious in those it changed."""
    for log in sorted(named | taken.touched):
        row = rows.one(
            'SELECT "seq", EXISTS (SELECT 1 FROM "loose" l WHERE l."log" = h."log") '
            'OR EXISTS (SELECT 1 FROM "signed_head" s WHERE s."log" = h."log") FROM "head" h WHERE "log" = ?',
            log,
        )
        taken.heads.append((log, row[0] if row else 0))
        if log in taken.touched and (row is None or row[1]) and len(taken.notices) < _MOST_NOTICES:
            taken.notices += suspicious(rows, log)


def suspicious(rows: Rows, log: bytes) -> list[Notice]:
    """Forks of a log, and a chain that is not the one its device signed."""
    found = []
    if rows.one('SELECT 1 FROM "loose" WHERE "log" = ?', log) is not None:
        for (seq,) in rows.all(
            'SELECT "seq" FROM "event" WHERE "log" = ? GROUP BY "seq" HAVING count(*) > 1 ORDER BY "seq" LIMIT 5',
            log,
        ):
            found.append(Notice("fork", log.hex(), seq, "two events bear this number"))
    for (seq,) in rows.all(
        'SELECT s."seq" FROM "signed_head" s JOIN "head" h ON h."log" = s."log" '
        'WHERE s."log" = ? AND s."seq" > 0 AND s."seq" <= h."seq" '
        'AND NOT EXISTS (SELECT 1 FROM "event" e WHERE e."key" = s."key") ORDER BY s."seq" LIMIT 5',
        log,
    ):
        found.append(Notice("contradicts", log.hex(), seq, "the device signed another event at this number"))
    return found


def gaps(rows: Rows, logs: Iterable[bytes]) -> list[Notice]:
    """Where events are missing below the highest that is known."""
    found = []
    for log in sorted(logs):
        for last, seq in rows.all(
            'SELECT "before", "seq" FROM (SELECT "seq", lag("seq", 1, 0) OVER (ORDER BY "seq") AS "before" '
            'FROM "event" WHERE "log" = ?) AS g WHERE "seq" > "before" + 1 ORDER BY "seq" LIMIT 5',
            log,
        ):
            found.append(Notice("gap", log.hex(), last + 1, f"{last + 1} to {seq - 1} have not come"))
    return found
