"""Pushing sales into a fresh replica beside the least that could do it: raw events, gzip, plain inserts."""

import gzip
import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import msgspec

from pos_app.bootstrap import open_house
from pos_app.storage.engine import Database, open_database
from sync.exchange import Replica, answer, exchange
from tests.bench import market
from tests.bench.figures import Check, Step, ratio_checks, spread
from tests.bench.homes import DATABASE, fresh_place
from tests.bench.timing import Turns
from tests.bench.written import raw

NAME = "exchange"
SALES, PRODUCTS = 10_000, 500
BATCH = 1_000  # events in one message of the floor
ACCEPT_BYTES, AIM_BYTES = 60, 24  # a sale
NOTHING_BYTES = 1_024


class Named(msgspec.Struct):
    """What the floor's server must know of an event to file it."""

    log: str
    seq: int


class Line:
    """Counts what goes over it."""

    def __init__(self, server: Replica) -> None:
        self._server = server
        self.bytes = 0
        self.asks = 0

    def ask(self, message: bytes) -> bytes:
        said = answer(self._server, None, message)
        self.bytes += len(message) + len(said)
        self.asks += 1
        return said


def measure(quick: bool) -> list[Step]:
    """A day's sales to a server that has none; then nothing to do; then one sale more."""
    sales = SALES // 10 if quick else SALES
    with fresh_place(NAME) as place:
        database = open_database(ring_market(place / "till", sales) / DATABASE)
        try:
            return _steps(place, database, sales, 3 if quick else 5)
        finally:
            database.close()


def ring_market(home: Path, sales: int) -> Path:
    """A register that rang five lines a sale, by the program itself."""
    home.mkdir()
    market.fill(home, PRODUCTS)
    house = open_house(home)
    for cart in market.carts(PRODUCTS, sales):
        market.ring(house, cart)
    house.close()
    return home


def replica(database: Database, name: str) -> Replica:
    """A home's store as the exchange sees it."""
    return Replica(database.read, database.write, lambda: 2 * 10**15, name, at_once=BATCH)


def _steps(place: Path, till: Database, sales: int, rounds: int) -> list[Step]:
    lines: list[Line] = []
    fresh = [iter(range(1_000)), iter(range(1_000))]

    def ours(_: int) -> None:
        server = open_database(place / f"ours-{next(fresh[0])}" / DATABASE)
        lines.append(Line(replica(server, "server")))
        exchange(replica(till, "till"), lines[-1])
        server.close()

    def floor(_: int) -> None:
        _least(till.path, place / f"floor-{next(fresh[1])}.db")

    for number in range(rounds + 1):  # the schema is no part of the push
        open_database(place / f"ours-{number}" / DATABASE).close()
    turns = Turns(floor=floor, ours=ours).run(rounds, block=1, warm=1)
    pushed = turns.step(NAME, f"push {sales:,} sales of {market.LINES} lines into a fresh replica", "ours")
    asks, size = lines[-1].asks, lines[-1].bytes
    each = Check("bytes a sale", size / sales, ACCEPT_BYTES, AIM_BYTES, "B")
    whole = ratio_checks(pushed, (2.0, 2.5), (1.5, 2.0))
    made = [msgspec.structs.replace(whole, checks=(*whole.checks, each), note=f"{asks} asks, {size:,} bytes")]
    return [*made, _nothing(place, till, rounds)]


def _nothing(place: Path, till: Database, rounds: int) -> Step:
    """The question that finds both equal."""
    server = open_database(place / "ours-0" / DATABASE)
    line = Line(replica(server, "server"))

    def ask(_: int) -> None:
        exchange(replica(till, "till"), line)

    turns = Turns(ours=ask).run(rounds * 10, block=5, warm=2)
    each = line.bytes / line.asks
    server.close()
    check = Check("bytes", each, NOTHING_BYTES, NOTHING_BYTES, "B")
    return Step(NAME, "nothing to do: one ask", spread(turns.times["ours"]), checks=(check,))


def _least(source: Path, target: Path) -> int:
    """Least client and least server of the same stack; how many bytes went over."""
    here = sqlite3.connect(source)
    there = raw(target)
    there.execute("CREATE TABLE event (key BLOB PRIMARY KEY, log BLOB, seq INTEGER, bytes BLOB)")
    there.execute("CREATE INDEX event_by_log ON event (log, seq)")
    found = here.execute('SELECT "bytes" FROM "event" ORDER BY "log", "seq"')
    size = 0
    while batch := found.fetchmany(BATCH):
        message = gzip.compress(b"\n".join(data for (data,) in batch), 6)
        size += len(message)
        there.execute("BEGIN IMMEDIATE")
        there.executemany("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?)", filed(message))
        there.execute("COMMIT")
    there.close()
    here.close()
    return size


def filed(message: bytes) -> list[tuple[Any, ...]]:
    """The rows of a message: key, log, number, bytes."""
    read = msgspec.json.Decoder(Named)
    rows = []
    for data in gzip.decompress(message).split(b"\n"):
        named = read.decode(data)
        rows.append((hashlib.sha256(data).digest(), bytes.fromhex(named.log), named.seq, data))
    return rows
