"""Two hundred registers at one server process on PostgreSQL: each answered page, and nothing lost."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from pos_app.bootstrap import open_server
from pos_app.storage.engine import open_database
from sync.canonical import decode as plain
from sync.certificates import CHECK_HEADER, check_of
from sync.client.http_channel import HttpChannel
from sync.client.http_line import Timeouts
from sync.events import Envelope, compose
from sync.identity import new_device_key, new_genesis, public_key
from sync.messages import VERSIONS, Hello, PageAnswer, Summary, decode, encode
from sync.pages import EVENT, GENESIS, pack
from tests.bench.exchange import ring_market
from tests.bench.figures import Check, Step, spread
from tests.bench.homes import DATABASE, fresh_place
from tests.cli.server_process import running
from tests.postgres import address, folder, start_server

NAME = "fleet"
REGISTERS = 200
LIVE_SALES = 5  # one after the other, each told at once
BACKLOGS = (10, 50)  # what some minutes, and half a morning, without a line leave
NOW_US = time.time_ns() // 1_000 - 3_600_000_000  # an hour ago
_LONG = Timeouts(30, 60, 120)


class Wire:
    """The same calls as a register's, for next to no processor time: in the world each has its own."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        self._socket = socket.create_connection((parts.hostname, parts.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")
        self._head = (
            f"POST /sync/v1/exchange HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/octet-stream\r\nAccept-Encoding: identity\r\n"
        )

    def ask(self, message: bytes) -> bytes:
        """The answer's body."""
        head = f"{self._head}{CHECK_HEADER}: {check_of(message)}\r\nContent-Length: {len(message)}\r\n\r\n"
        self._socket.sendall(head.encode() + message)
        status, size = self._file.readline(), 0
        while (line := self._file.readline().lower()) not in (b"\r\n", b""):
            if line.startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        body = self._file.read(size)
        if b" 200 " not in status:
            raise AssertionError(f"{status!r} {body!r}")
        return body


class Register(NamedTuple):
    """What a register would send: packed beforehand, for it has a processor of its own."""

    wire: Wire
    hello: bytes
    live: list[bytes]
    backlogs: list[bytes]


def measure(quick: bool) -> list[Step]:
    """All tell sale after sale at one moment, as they are rung; then all push what they rang without a line."""
    registers = REGISTERS // 10 if quick else REGISTERS
    with fresh_place(NAME) as place:
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
            fleet.append(_register(channel, private, number, bodies, server.url))
        steps = [_step(f"tell {LIVE_SALES} sales, one by one", _at_once(fleet, lambda each: each.live))]
        for at, sales in enumerate(BACKLOGS):
            told = _at_once(fleet, partial(_after_hello, at))
            steps.append(_step(f"push {sales} sales each, all at once", told, sales == BACKLOGS[0]))
    serving = open_server(home, url)
    with serving.house.database.read() as rows:
        there = (rows.one('SELECT count(*) FROM "event"') or (0,))[0] - before
    serving.close()
    lost = Check("lost", float(registers * (LIVE_SALES + sum(BACKLOGS)) - there), 0, 0, "")
    return [msgspec.structs.replace(step, checks=(*step.checks, lost)) for step in steps]


def _after_hello(at: int, register: Register) -> list[bytes]:
    return [register.hello, register.backlogs[at]]


def _step(words: str, told: tuple[list[float], float], judged: bool = True) -> Step:
    times, took = told
    step = Step(NAME, f"{len(times)} pages: registers {words}", spread(times), note=f"all in {took:,.0f} ms")
    check = Check("p99", step.ours.p99, 1_000 if judged else None, 500 if judged else 1_000, "ms")
    return msgspec.structs.replace(step, checks=(check,))


def _bodies(home: Path) -> list[object]:
    """Sales as a till rings them."""
    source = ring_market(home, LIVE_SALES + sum(BACKLOGS))
    here = open_database(source / DATABASE)
    with here.read() as rows:
        told = [
            plain(bytes(data)) for (data,) in rows.all('SELECT "bytes" FROM "event" ORDER BY "log", "seq"')
        ]
    here.close()
    return [each["body"] for each in told if each["type"] == "sale/1"]


def _register(
    channel: HttpChannel, private: bytes, number: int, bodies: Sequence[object], url: str
) -> Register:
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
    messages, at = [], 1 + LIVE_SALES
    for sales in BACKLOGS:
        messages.append(encode(pack(items[at : at + sales])))
        at += sales
    live = [encode(pack([item])) for item in items[1 : 1 + LIVE_SALES]]
    channel.close()
    return Register(Wire(url, channel.token), hello, live, messages)


def _at_once(fleet: Sequence[Register], said: Callable[[Register], list[bytes]]) -> tuple[list[float], float]:
    """Milliseconds of each page, and of all together."""
    gate = threading.Barrier(len(fleet) + 1)
    times: list[float] = []

    def push(register: Register) -> None:
        messages = said(register)
        gate.wait()
        for message in messages:
            begin = time.perf_counter_ns()
            answer = decode(register.wire.ask(message))
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
