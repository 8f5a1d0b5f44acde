"""Sales over a line that is cut every 16 KiB: what has to be sent beside what there was to send."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.storage.engine import open_database
from sync.exchange import exchange
from sync.identity import new_device_key
from tests.bench.exchange import SALES, Line, replica, ring_market
from tests.bench.figures import Check, Step, spread
from tests.bench.homes import DATABASE, fresh_place
from tests.cli.server_process import code_of, joined, running
from tests.sync.cutting import cutting
from tests.sync.http_faults import faulty

NAME = "cut"
CUT_EVERY = 16 * 1024
ACCEPT, AIM = 2.0, 1.25  # times the payload


@contextmanager
def _plain(url: str) -> Iterator[tuple[str, Callable[[], int]]]:
    with cutting(lambda: url, CUT_EVERY) as line:
        yield line.url, lambda: line.carried


@contextmanager
def _proxied(url: str) -> Iterator[tuple[str, Callable[[], int]]]:
    with faulty(url, lambda _: "pass", cut_every=CUT_EVERY) as line:
        yield line.url, lambda: line.carried


LINES = {"cut every 16 KiB": _plain, "cut so before a proxy that throws broken bodies away": _proxied}


def measure(quick: bool) -> list[Step]:
    """A day's sales, pushed to a fresh server process over each kind of line."""
    sales = SALES // 10 if quick else SALES
    with fresh_place(NAME) as place:
        home = ring_market(place / "till", sales)
        payload = _payload(place, home)
        return [
            _over(place / f"server-{number}", home, sales, words, payload)
            for number, words in enumerate(LINES)
        ]


def _payload(place: Path, home: Path) -> int:
    """All messages and answers of the same push over no line at all."""
    till, server = open_database(home / DATABASE), open_database(place / "payload" / DATABASE)
    line = Line(replica(server, "server"))
    exchange(replica(till, "till"), line)
    till.close()
    server.close()
    return line.bytes


def _over(at: Path, home: Path, sales: int, words: str, payload: int) -> Step:
    code = code_of(at, "coordinator")
    till = open_database(home / DATABASE)
    with running(at) as server, LINES[words](server.url) as (url, carried):
        channel = joined(server, code, new_device_key())
        channel.url = url + "/"
        begin = time.perf_counter_ns()
        outcome = exchange(replica(till, "till"), channel)
        took = (time.perf_counter_ns() - begin) / 1e6
        sent = carried()
        assert exchange(replica(till, "till"), channel).asks == 1, "it did not complete"
    channel.close()
    till.close()
    check = Check("sent/payload", sent / payload, ACCEPT, AIM)
    note = f"{sent:,} bytes with all heads for {payload:,}; {outcome.asks} asks"
    return Step(NAME, f"push {sales:,} sales, the line {words}", spread([took]), checks=(check,), note=note)
