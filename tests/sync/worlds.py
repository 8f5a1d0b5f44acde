"""Small worlds for tests: replicas over real SQLite files, writers that fork and leave gaps, lines that fail."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync import store
from sync.events import Event
from sync.exchange import ChannelFault, Grant, Outcome, Replica, answer, exchange
from sync.heads import heads_digest
from sync.rows import Rows
from tests.sync import replica as bare
from tests.sync.replica import NOW, Writer

__all__ = ["NOW", "InProcess", "Place", "Writer", "even", "history", "tell"]


class Place:
    """One machine of a world: a bare store, the library's view of it, and what it was told."""

    def __init__(self, path: Path, name: str = "", grant: Grant | None = None) -> None:
        self.bare = bare.Replica(path)
        self.folded = 0
        self.noticed: list[Any] = []
        self.memory: dict[str, dict[bytes, int]] = {}
        self.commits = 0
        self.replica = Replica(
            read=self.bare.rows,
            write=self._write,
            now_us=lambda: NOW,
            name=name or path.stem,
            grant=grant,
            received=self._received,
            noticed=self.noticed.extend,
            heads_of=lambda peer: self.memory.get(peer, {}),
        )

    @contextmanager
    def _write(self) -> Iterator[Rows]:
        with self.bare.rows() as rows:
            yield rows
        self.commits += 1

    def _received(self, new: int) -> None:
        self.folded += new

    def sync(self, channel: Any, **more: Any) -> Outcome:
        """One exchange driven from here; the peer's heads are kept as the register keeps them."""
        outcome = exchange(self.replica, channel, **more)
        self.memory[outcome.peer] = dict(outcome.peer_heads)
        return outcome

    @property
    def state(self) -> tuple[set[bytes], bytes]:
        """Equal for places that hold the same."""
        known = self.bare.known()
        with self.bare.rows() as rows:
            return known, heads_digest(rows)

    def everything(self) -> set[tuple[bytes, ...]]:
        """All rows that travel: events with their bytes, geneses, signed heads, people's keys."""
        with self.bare.rows() as rows:
            found = [("e", *row) for row in rows.all('SELECT "key", "bytes" FROM "event"')]
            found += [("g", *row) for row in rows.all('SELECT "log", "genesis" FROM "log"')]
            found += [
                ("h", *row) for row in rows.all('SELECT "log", "seq", "key", "signature" FROM "signed_head"')
            ]
            found += [("s", *row) for row in rows.all('SELECT "subject", "key" FROM "subject_key"')]
        return set(found)

    def close(self) -> None:
        self.bare.close()


@dataclass
class InProcess:
    """The shortest line: the other side's `answer`, called."""

    server: Replica
    grant: Grant | None = None
    asked: list[bytes] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)

    def ask(self, message: bytes) -> bytes:
        self.asked.append(message)
        said = answer(self.server, self.grant, message)
        self.answered.append(said)
        return said


@dataclass
class Lossy:
    """Loses questions and answers, asks twice, cuts after n bytes, answers late with an older answer."""

    line: Any
    rng: random.Random
    rate: float = 0.3
    most_bytes: int | None = None  # a connection dies after so many
    left: int = 0
    carried: int = 0
    faults: int = 0
    last: bytes = b""

    def ask(self, message: bytes) -> bytes:
        if self.most_bytes is not None:
            return self._metered(message)
        drawn = self.rng.random() / self.rate if self.rate else 2.0
        if drawn < 0.3:
            raise self._fault("offline")
        if drawn < 0.5:
            self.line.ask(message)
            raise self._fault("cut")
        if drawn < 0.65:
            self.line.ask(message)
        if 0.65 <= drawn < 0.8 and self.last:
            self.line.ask(message)
            return self.last
        said: bytes = self.line.ask(message)
        if 0.8 <= drawn < 1:
            return said[: self.rng.randrange(len(said))]
        self.last = said
        return said

    def _metered(self, message: bytes) -> bytes:
        assert self.most_bytes is not None
        if self.left <= 0:
            self.left = self.most_bytes
        for data in (message, None):
            if data is None:
                data = self.line.ask(message)
            if len(data) > self.left:
                self.carried += self.left
                self.left = 0
                raise self._fault("cut")
            self.left -= len(data)
            self.carried += len(data)
        return data

    def _fault(self, reason: str) -> ChannelFault:
        self.faults += 1
        return ChannelFault(reason)


def patient(place: Place, channel: Any, tries: int = 200) -> Outcome:
    """Exchange again and again until the line lets one through."""
    for _ in range(tries):
        try:
            return place.sync(channel)
        except ChannelFault as fault:
            if not fault.retryable:
                raise
    raise AssertionError("the line never let one through")


@dataclass
class Told:
    """A log as its writer (and its clones) told it: some events, some of them twins."""

    writer: Writer
    events: list[Event]

    @property
    def log(self) -> bytes:
        return self.writer.log


def tell(rng: random.Random, scope: str, length: int, forks: float = 0.0) -> Told:
    """A log of about `length` events; with forks, some numbers are borne twice and both branches go on."""
    told = Told(Writer(scope), [])
    ends = [(0, told.writer.log)]
    for number in range(length):
        place = rng.randrange(len(ends)) if rng.random() < forks else 0
        told.writer.seq, told.writer.prev = ends[place]
        if rng.random() < forks:
            ends.append(ends[place])
        type_ = rng.choice(("note/1", "future/9"))
        body = {"n": number, "text": "가나다" * rng.randrange(4), "by": rng.randrange(10**6)}
        made = told.writer.say(body, type_, NOW + number)
        ends[place] = (told.writer.seq, told.writer.prev)
        told.events.append(made)
    return told


def history(rng: random.Random, logs: int = 4, length: int = 12, forks: float = 0.1) -> list[Told]:
    """Several logs of a market."""
    scopes = ["catalogue", "office", *(f"register/d/R{number}" for number in range(1, logs))]
    return [tell(rng, scopes[at], rng.randrange(length + 1), forks) for at in range(logs)]


def scatter(rng: random.Random, told: Sequence[Told], places: Sequence[Place], holes: float = 0.3) -> None:
    """Give each place a random part of it: prefixes, gaps, events without their genesis."""
    for place in places:
        for log in told:
            events = list(log.events)
            if rng.random() < 0.6:
                events = events[: rng.randrange(len(events) + 1)]
            if rng.random() < holes:
                events = [event for event in events if rng.random() < 0.7]
            rng.shuffle(events)
            geneses = [log.writer.genesis] if rng.random() < 0.8 else []
            place.bare.take(geneses, [event.data for event in events])
    whole = places[0]
    for log in told:  # somebody holds each event, else nobody could bring it
        whole.bare.take([log.writer.genesis], [event.data for event in log.events])


def even(places: Sequence[Place], line: Callable[[Replica], Any] = InProcess) -> None:
    """Two exchanges of each with a common peer, the first place."""
    for _ in range(2):
        for place in places[1:]:
            place.sync(line(places[0].replica))


def sign(place: Place, told: Told, seq: int | None = None) -> str:
    """The log's device signs where the log ends at `place`."""
    with place.bare.rows() as rows:
        heads = {head.log: head for head in store.heads(rows)}
        return store.sign_head(rows, heads[told.log], told.writer.private)
