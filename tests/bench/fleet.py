"""Two hundred registers at one server process on PostgreSQL: each answered page, and nothing lost."""

import shutil
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pos_app.bootstrap import open_server
from pos_app.storage.engine import open_database
from sync.canonical import decode as plain
from sync.client.http_channel import HttpChannel
from sync.client.http_line import Timeouts
from sync.events import Envelope, compose
from sync.identity import new_device_key, new_genesis, public_key
from sync.messages import VERSIONS, Hello, PageAnswer, Summary, decode, encode
from sync.pages import EVENT, GENESIS, pack
from tests.bench.exchange import ring_market
from tests.bench.figures import Check, Step, spread
from tests.bench.homes import DATABASE, PLACE
from tests.cli.server_process import running
from tests.postgres import address, folder, start_server

NAME = "fleet"
REGISTERS, SALES_EACH = 200, 50
LIVE_SALES = 5  # one after the other, each told at once
NOW_US = time.time_ns() // 1_000 - 3_600_000_000  # an hour ago
_LONG = Timeouts(30, 60, 120)


class Register(NamedTuple):
    """What a register would send: packed beforehand, for it has a processor of its own."""

    channel: HttpChannel
    hello: bytes
    backlog: bytes
    live: list[bytes]


def measure(quick: bool) -> list[Step]:
    """All tell sale after sale at one moment, as they are rung; then all push what they rang without a line."""
    place = PLACE / "run" / NAME
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    registers = REGISTERS // 10 if quick else REGISTERS
    bodies = _bodies(place / "source")
    server = start_server(folder() / f"jangteo-bench-{NAME}")
    try:
        database = "bench_fleet"
        server.psql(f"DROP DATABASE IF EXISTS {database};")
        server.psql(
            f"CREATE DATABASE {database} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;"
        )
        return _push_all(place / "server", bodies, address(server, database), registers)
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)


def _push_all(home: Path, bodies: Sequence[object], url: str, registers: int) -> list[Step]:
    home.mkdir(parents=True, exist_ok=True)
    serving = open_server(home, url)
    serving.devices.found("조합")
    papers = []
    for number in range(registers):  # here: over the line they would be told to come one by one
        private = new_device_key()
        code = serving.devices.enrol_code("기기", "vendor_register", (f"R{number}",)).code
        papers.append((private, serving.devices.enrol(code, public_key(private))))
    with serving.house.database.read() as rows:
        before = (rows.one('SELECT count(*) FROM "event"') or (0,))[0]
    serving.close()
    with running(home, env={"JANGTEO_DATABASE_URL": url}) as server:
        fleet = []
        for number, (private, paper) in enumerate(papers):
            channel = HttpChannel(server.url, private, paper, server.organisation, timeouts=_LONG)
            fleet.append(_register(channel, private, number, bodies))
        told, live = _at_once(fleet, lambda register: register.live)
        pushed, took = _at_once(fleet, lambda register: [register.hello, register.backlog])
    serving = open_server(home, url)
    with serving.house.database.read() as rows:
        there = (rows.one('SELECT count(*) FROM "event"') or (0,))[0] - before
    serving.close()
    lost = registers * (SALES_EACH + LIVE_SALES) - there
    return [
        _step(f"{registers} registers tell {LIVE_SALES} sales, one by one, a page", told, live, lost),
        _step(f"{registers} registers push {SALES_EACH} sales each at once, a page", pushed, took, lost),
    ]


def _step(words: str, times: list[float], took: float, lost: int) -> Step:
    step = Step(NAME, words, spread(times))
    checks = (Check("p99", step.ours.p99, 1_000, 500, "ms"), Check("lost", float(lost), 0, 0, ""))
    return msgspec.structs.replace(step, checks=checks, note=f"all in {took:,.0f} ms")


def _bodies(home: Path) -> list[object]:
    """Sales as a till rings them."""
    source = ring_market(home, SALES_EACH + LIVE_SALES)
    here = open_database(source / DATABASE)
    with here.read() as rows:
        told = [
            plain(bytes(data)) for (data,) in rows.all('SELECT "bytes" FROM "event" ORDER BY "log", "seq"')
        ]
    here.close()
    return [each["body"] for each in told if each["type"] == "sale/1"]


def _register(channel: HttpChannel, private: bytes, number: int, bodies: Sequence[object]) -> Register:
    log, genesis = new_genesis(private, f"register/bench/R{number}", "2026-11-20T10:00:00+09:00")
    prev, items = log, [(GENESIS, genesis)]
    for at, body in enumerate(bodies, 1):
        wall = "2026-11-20T10:00:00+09:00"
        made = compose(Envelope(1, log.hex(), at, prev.hex(), NOW_US + at, wall, "", "sale/1", body))
        items.append((EVENT, made.data))
        prev = made.key
    hello = encode(Hello(VERSIONS, f"r{number}", NOW_US, Summary(bytes(32), 1)))
    channel.ask(hello)  # it has spoken to the server this morning
    channel.ask(encode(pack(items[:1])))
    live = [encode(pack([item])) for item in items[1 : LIVE_SALES + 1]]
    return Register(channel, hello, encode(pack(items[LIVE_SALES + 1 :])), live)


def _at_once(fleet: Sequence[Register], said: Callable[[Register], list[bytes]]) -> tuple[list[float], float]:
    """Milliseconds of each page, and of all together."""
    gate = threading.Barrier(len(fleet) + 1)
    times: list[float] = []

    def push(register: Register) -> None:
        messages = said(register)
        gate.wait()
        for message in messages:
            begin = time.perf_counter_ns()
            answer = decode(register.channel.ask(message))
            if isinstance(answer, PageAnswer):
                times.append((time.perf_counter_ns() - begin) / 1e6)

    threads = [threading.Thread(target=push, args=(register,)) for register in fleet]
    for thread in threads:
        thread.start()
    gate.wait()
    begin = time.perf_counter_ns()
    for thread in threads:
        thread.join()
    return times, (time.perf_counter_ns() - begin) / 1e6
