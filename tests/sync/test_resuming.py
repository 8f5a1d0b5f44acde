"""A message over a line that breaks: the rest is enough, each fault keeps its word, a whole line pays nothing."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from sync.client.http_line import HttpFault
from sync.events import MAX_EVENT_BYTES
from sync.messages import PAGE_BYTES
from sync.server.application import make_application
from tests.sync.cutting import cutting
from tests.sync.http_faults import PASS, WORDS, faulty, scripted
from tests.sync.resumed import CUT_EVERY, SALES, Counted, behind, message, part, payload_of, ring, token
from tests.sync.serving import MemoryOffice, Served, running, served
from tests.sync.worlds import Place, Writer


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    server, till = Place(tmp_path / "server.db"), Place(tmp_path / "till.db")
    yield server, till
    server.close()
    till.close()


# --- bytes ---------------------------------------------------------------------------------------
@contextmanager
def keeping(web: Served) -> Iterator[tuple[str, Callable[[], int]]]:
    """A line cut every 16 KiB that carries what it carries: its address, and how much that was."""
    with cutting(lambda: web.url, CUT_EVERY) as line:
        yield line.url, lambda: line.carried


@contextmanager
def throwing_away(web: Served) -> Iterator[tuple[str, Callable[[], int]]]:
    """The same behind a proxy that waits for whole bodies and throws away broken ones."""
    with faulty(web.url, lambda _: PASS, cut_every=CUT_EVERY) as line:
        yield line.url, lambda: line.carried


@pytest.mark.parametrize("line", [keeping, throwing_away])
@pytest.mark.parametrize("up", [True, False], ids=["up", "down"])
def test_a_line_cut_every_16_kib_sends_at_most_twice_the_payload(
    places: tuple[Place, Place], tmp_path: Path, line: Any, up: bool
) -> None:
    server, till = places
    ring(till if up else server)
    payload = payload_of(till if up else server, tmp_path, up)
    assert payload > 3 * CUT_EVERY
    with served(lambda: server.replica) as web, line(web) as (url, carried):
        outcome = till.sync(behind(web, url))
    assert (outcome.sent if up else outcome.received) == SALES
    assert till.everything() == server.everything()
    assert carried() <= 2 * payload, f"{carried():,} bytes for {payload:,}"


@pytest.mark.parametrize("every", [4, 6, 11, 48, 256])
@pytest.mark.parametrize("line", ["keeps", "throws"])
def test_wherever_it_is_cut_all_comes_over_in_one_exchange(
    places: tuple[Place, Place], line: str, every: int
) -> None:
    server, till = places
    ring(till, 600)
    with served(lambda: server.replica) as web, ExitStack() as stack:
        if line == "keeps":
            url = stack.enter_context(cutting(lambda: web.url, every * 1024)).url
        else:
            url = stack.enter_context(faulty(web.url, lambda _: PASS, cut_every=every * 1024)).url
        assert till.sync(behind(web, url)).sent == 600
    assert till.state == server.state


def test_the_largest_message_goes_over_too(places: tuple[Place, Place]) -> None:
    server, till = places
    writer = Writer("register/d/R1")
    noise = random.Random(1).randbytes(MAX_EVENT_BYTES // 2 - 1_000).hex()
    till.bare.take([writer.genesis], [writer.say({"noise": noise}).data])
    with served(lambda: server.replica) as web, cutting(lambda: web.url, CUT_EVERY) as line:
        assert till.sync(behind(web, line.url)).sent == 1
        assert line.connections > 20
    assert till.state == server.state


# --- several processes, restarts -----------------------------------------------------------------
def test_parts_reach_different_processes(places: tuple[Place, Place], tmp_path: Path) -> None:
    server, till = places
    ring(till)
    payload = payload_of(till, tmp_path)
    office = MemoryOffice()
    with ExitStack() as stack:
        webs = [stack.enter_context(served(lambda: server.replica, office=office)) for _ in range(3)]
        turn = iter(range(10_000))
        line = stack.enter_context(cutting(lambda: webs[next(turn) % 3].url, CUT_EVERY))
        assert till.sync(behind(webs[0], line.url)).sent == SALES
        assert line.carried <= 2 * payload, f"{line.carried:,} bytes for {payload:,}"
    assert till.state == server.state


def test_a_server_that_starts_anew_goes_on_where_it_was(places: tuple[Place, Place]) -> None:
    server, _ = places
    said = message(60_000)
    office = MemoryOffice()
    with served(lambda: server.replica, office=office) as web:
        private, headers = token(web)
        assert part(web, headers, said, 0, 40_000).json() == {"have": 40_000}
    with served(lambda: server.replica, office=office) as web:
        assert part(web, headers, said, 0, 0).json() == {"have": 40_000}
        last = part(web, headers, said, 40_000, 60_000)
        assert (last.status_code, last.json()["error"]) == (400, "malformed"), "whole, and read"
    assert private


# --- what a whole line pays ----------------------------------------------------------------------
def test_a_line_that_holds_keeps_nothing_and_asks_nothing_more(places: tuple[Place, Place]) -> None:
    server, till = places
    ring(till)
    ring(server, 900)
    with served(lambda: server.replica) as web, cutting(lambda: web.url, 0) as line:
        channel = behind(web, line.url)
        channel._open_session()
        before = line.carried
        counted = Counted(channel)
        outcome = till.sync(counted)
        heads = line.carried - before - counted.bytes
        assert heads <= outcome.asks * 800 and line.connections == 1
        assert web.office.parts.sizes() == {}
        before = line.carried
        assert till.sync(channel).asks == 1
        assert line.carried - before <= 1_024, "nothing to do, with all heads"


# --- faults keep their words ---------------------------------------------------------------------
def dead(tmp_path: Path, every: int) -> tuple[HttpFault, int]:
    """What an ask over a line that carries this little ends with, and how many connections it took."""
    server = Place(tmp_path / "server.db")
    with served(lambda: server.replica) as web, cutting(lambda: web.url, 0) as line:
        channel = behind(web, line.url)
        channel._open_session()
        channel.renew()
        line.every, line.connections = every, 0
        with pytest.raises(HttpFault) as told:
            channel.ask(message(PAGE_BYTES))
    server.close()
    return told.value, line.connections


@pytest.mark.parametrize(("every", "most"), [(100, 4), (700, 8)])
def test_without_progress_it_is_the_same_fault_as_ever(tmp_path: Path, every: int, most: int) -> None:
    fault, connections = dead(tmp_path, every)
    assert (fault.reason, fault.retryable) == ("cut", True)
    assert connections <= most


@pytest.mark.parametrize(
    ("fault", "reason", "retryable"),
    [
        *WORDS,
        ("corrupt_ask", "broken", True),
    ],
)
def test_a_fault_in_parts_has_the_word_it_has_elsewhere(
    places: tuple[Place, Place], fault: str, reason: str, retryable: bool
) -> None:
    server, _ = places
    script = scripted([PASS, PASS, "drop", PASS, fault])  # the ask, how much is there, a part
    with served(lambda: server.replica) as web, faulty(web.url, script, seed=2) as line:
        channel = behind(web, line.url)
        with pytest.raises(HttpFault) as told:
            channel.ask(message(30_000))
        assert line.done[-1] == fault
    assert (told.value.reason, told.value.retryable) == (reason, retryable)


@pytest.mark.parametrize("at", range(1, 8))
@pytest.mark.parametrize("fault", ["drop", "lose_answer", "twice", "truncate_ask", "truncate_answer", "late"])
def test_a_fault_at_any_part_is_no_more_than_a_delay(
    places: tuple[Place, Place], fault: str, at: int
) -> None:
    server, till = places
    ring(till, 300)
    script = scripted([PASS] * 3 + ["drop"] + [PASS] * at + [fault])
    with served(lambda: server.replica) as web, faulty(web.url, script, seed=at) as line:
        till.sync(behind(web, line.url))
        assert line.done[3] == "drop"
    assert till.state == server.state


def test_a_session_that_ends_between_two_parts_is_opened_again(places: tuple[Place, Place]) -> None:
    server, till = places
    ring(till)

    class Forgetful(MemoryOffice):
        calls = 0

        def grant(self, device: str) -> Any:
            self.calls += 1
            if self.calls == 5:
                self.key = b"another secret"
            return super().grant(device)

    with served(lambda: server.replica, office=Forgetful()) as web, cutting(lambda: web.url, 9_000) as line:
        channel = behind(web, line.url)
        first = channel.token
        assert till.sync(channel).sent == SALES
        assert channel.token != first
    assert till.state == server.state


def test_an_older_server_is_traded_with_as_before(places: tuple[Place, Place]) -> None:
    server, till = places
    ring(till, 300)
    office = MemoryOffice()
    whole = make_application(lambda: server.replica, office)
    routes = [each for each in whole.routes if getattr(each, "path", "") not in _NEW]
    older = Starlette(routes=routes, exception_handlers=whole.exception_handlers)
    with running(older) as url, cutting(lambda: url, CUT_EVERY) as line:
        channel = behind(Served(url, office), line.url)
        for _ in range(20):
            try:
                till.sync(channel)
            except HttpFault as fault:
                assert (fault.reason, fault.retryable) == ("cut", True)
            if till.state == server.state:
                break
        channel.close()
    assert till.state == server.state


_NEW = ("/sync/v1/part", "/sync/v1/answer")
