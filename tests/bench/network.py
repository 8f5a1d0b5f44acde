"""The exchange with a real server process: loopback beside a least server, and a slow far line."""

import time
from contextlib import ExitStack
from pathlib import Path

import msgspec

from pos_app.storage.engine import open_database
from sync.client.http_channel import HttpChannel
from sync.exchange import Replica, exchange
from tests.bench import least_server
from tests.bench.exchange import ACCEPT_BYTES, AIM_BYTES, NOTHING_BYTES, SALES, ring_market
from tests.bench.figures import Check, Step, ratio_checks, spread
from tests.bench.homes import DATABASE, fresh_place
from tests.bench.slow_line import slow
from tests.bench.timing import Turns
from tests.cli.server_process import Running, code_of, joined, running

NAME = "network"
LATENCY_MS, BYTES_A_SECOND = 300, 512_000 // 8


class Counted:
    """A channel whose bytes and times are counted."""

    def __init__(self, channel: HttpChannel) -> None:
        self._channel = channel
        self.bytes = self.asks = 0
        self.times: list[float] = []

    def ask(self, message: bytes) -> bytes:
        begin = time.perf_counter_ns()
        said = self._channel.ask(message)
        self.times.append((time.perf_counter_ns() - begin) / 1e6)
        self.bytes += len(message) + len(said)
        self.asks += 1
        return said


def measure(quick: bool) -> list[Step]:
    """Push a day's sales in three ways."""
    sales = SALES // 10 if quick else SALES
    with fresh_place(NAME) as place:
        home = ring_market(place / "till", sales)
        return [*_loopback(place, home, sales, 3), _far(place, home, sales)]


def _replica(home: Path, name: str = "till") -> tuple[Replica, object]:
    database = open_database(home / DATABASE)
    return Replica(database.read, database.write, lambda: 2 * 10**15, name), database


def _loopback(place: Path, home: Path, sales: int, rounds: int) -> list[Step]:
    replica, _ = _replica(home)
    servers: list[Running] = []
    lines: list[Counted] = []
    with ExitStack() as stack:
        for number in range(rounds + 1):
            at = place / f"server-{number}"
            code = code_of(at, "coordinator")
            servers.append(stack.enter_context(running(at)))
            lines.append(Counted(joined(servers[-1], code)))
        floors = [
            stack.enter_context(least_server.running(place / f"least-{n}.db")) for n in range(rounds + 1)
        ]
        turns = Turns(
            floor=lambda index: least_server.push(home / DATABASE, floors[index]),
            ours=lambda index: exchange(replica, lines[index]),
        ).run(rounds, block=1, warm=1)
        pushed = turns.step(NAME, f"push {sales:,} sales to a fresh server on loopback", "ours")
        pushed = ratio_checks(pushed, (2.0, 2.5), (1.5, 2.0))
        each = Check("bytes a sale", lines[-1].bytes / sales, ACCEPT_BYTES, AIM_BYTES, "B")
        note = f"{lines[-1].asks} asks, {lines[-1].bytes:,} bytes"
        idle = Counted(joined(servers[-1], code_of(place / f"server-{rounds}", "coordinator")))
        exchange(replica, idle)
        idle.bytes, idle.asks, idle.times = 0, 0, []
        exchange(replica, idle)
        check = Check("bytes", float(idle.bytes), NOTHING_BYTES, NOTHING_BYTES, "B")
        asks = Check("asks", float(idle.asks), 1.0, 1.0, "")
        nothing = Step(NAME, "nothing to do over HTTP", spread(idle.times), checks=(check, asks))
        return [msgspec.structs.replace(pushed, checks=(*pushed.checks, each), note=note), nothing]


def _far(place: Path, home: Path, sales: int) -> Step:
    """300 ms away at 512 kbit/s."""
    at = place / "server-far"
    code = code_of(at, "coordinator")
    replica, _ = _replica(home)
    with running(at) as server, slow(server.url, LATENCY_MS, BYTES_A_SECOND) as url:
        line = Counted(joined(_behind(server, url), code))
        begin = time.perf_counter_ns()
        exchange(replica, line)
        took = (time.perf_counter_ns() - begin) / 1e6
    check = Check("whole", took, 25_000 * sales / SALES, 15_000 * sales / SALES, "ms")
    words = f"push {sales:,} sales at {LATENCY_MS} ms and 512 kbit/s"
    return Step(NAME, words, spread([took]), checks=(check,), note=f"{line.asks} asks")


def _behind(server: Running, url: str) -> Running:
    """The same server behind another address."""
    return Running(url, server.organisation, server.process, server.journal)
