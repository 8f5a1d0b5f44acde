"""The exchange beside the till: never in the way of a sale, awake at once, ended at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos_app.services import syncing_loop, syncing_store
from pos_app.services.house import House
from pos_app.services.syncing_store import Ended
from sync.rows import Rows
from tests.services.houses import open_market, sell
from tests.services.syncing_homes import URL, Line, join, same, server, trade

PATIENCE_S = 20


@pytest.fixture
def far(tmp_path: Path) -> Iterator[House]:
    house = server(tmp_path / "server")
    yield house
    house.close()


@pytest.fixture
def till(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(syncing_loop, "START_S", 0)
    monkeypatch.setattr(syncing_loop, "DEBOUNCE_S", 0)
    house = open_market(tmp_path / "till")
    yield house
    house.close()


def until(what: Callable[[], object]) -> None:
    """Wait for another thread; a failure after so long is a hang."""
    end, pause = time.monotonic() + PATIENCE_S, threading.Event()
    while not what():
        assert time.monotonic() < end
        pause.wait(0.005)


def test_nothing_is_held_while_a_peer_is_waited_for(till: House, far: House) -> None:
    seen: list[tuple[bool, int]] = []

    def look() -> None:
        seen.append((till.database._write_lock.locked(), till.database._reader.depth))

    join(till, Line(far, before=look))
    for _ in range(5):
        sell(till, [("P002", 1000)])
    trade(till)
    trade(till)
    assert len(seen) >= 3
    assert set(seen) == {(False, 0)}


def test_a_sale_goes_on_while_a_peer_takes_its_time(till: House, far: House) -> None:
    asked, go = threading.Event(), threading.Event()

    def slow() -> None:
        asked.set()
        assert go.wait(PATIENCE_S)

    join(till, Line(far, before=slow))
    till.sync.start()
    assert asked.wait(PATIENCE_S)
    for _ in range(3):
        sell(till, [("P002", 1000)])
    assert till.reports.day()["sales_count"] == 3
    assert till.sync.status().busy
    go.set()
    until(lambda: till.health.unsynced().count == 0)
    assert same(till, far)


def test_received_events_are_folded_in_slices_with_the_lock_free_between(
    till: House, far: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(till, Line(far))
    for _ in range(20):
        sell(till, [("P002", 1000)])
    trade(till)
    other = server(tmp_path / "other")
    join(other, Line(far))
    other.sync.store.hurry = False
    monkeypatch.setattr(syncing_store, "SLICE_NS", 0)  # each event is a slice of its own
    write, between = other.database.write, []

    @contextmanager
    def counted() -> Iterator[Rows]:
        assert not other.database._write_lock.locked()
        with write() as rows:
            yield rows
        between.append(other.database._write_lock.locked())

    monkeypatch.setattr(other.database, "write", counted)
    events = till.reports.day()["journal_entries"]
    trade(other)
    assert len(between) > events
    assert not any(between)
    assert same(other, far)
    other.close()


def test_a_commit_wakes_the_exchange_and_nobody_waits_for_a_timer(till: House, far: House) -> None:
    join(till, Line(far))
    till.sync.start()
    until(lambda: till.health.unsynced().count == 0)
    for _ in range(3):
        sell(till, [("P002", 1000)])
        until(lambda: till.health.unsynced().count == 0)
    until(lambda: far.sync.store.waiting() == 0)
    assert same(till, far)


def test_the_till_closes_at_once_while_a_peer_is_silent(
    till: House, far: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing_loop, "_END_S", 0)
    asked, go, outcome = threading.Event(), threading.Event(), []

    def silent() -> None:
        asked.set()
        assert go.wait(PATIENCE_S)

    join(till, Line(far, before=silent))
    till.sync.start()
    assert asked.wait(PATIENCE_S)
    thread = till.sync._loop._thread
    till.close()  # the peer has not answered yet
    assert thread is not None
    assert thread.is_alive()
    go.set()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    with pytest.raises(Ended), till.sync.store.write():
        outcome.append("written")
    with pytest.raises(Ended), till.sync.store.read():
        outcome.append("read")
    assert till.database._writer is None
    assert not outcome


def test_a_line_that_fails_is_given_time_and_a_person_is_not(till: House, far: House) -> None:
    line = join(till, Line(far, fault="offline"))
    rounds = till.sync.rounds
    till.sync.exchange_all()
    now = time.monotonic()
    assert rounds.due(now) == []
    sell(till, [("P002", 1000)])
    rounds.news()
    assert rounds.due(now) == []
    till.sync.now()
    assert rounds.due(now) == [URL]
    line.fault = ""
    trade(till)
    assert rounds.due(time.monotonic()) == []
    rounds.news()
    assert rounds.due(time.monotonic()) == [URL]


@pytest.mark.parametrize(
    ("fault", "says", "hand"),
    [
        ("offline", "닿지 않아요", False),
        ("cut", "끊겨요", False),
        ("busy", "바빠요", False),
        ("portal", "로그인", True),
        ("refused", "새 등록 코드", True),
        ("newer", "새로운 판", True),
        ("full", "가득", True),
        ("broken", "담당자에게", True),
        ("something-new", "담당자에게", True),
    ],
)
def test_each_fault_is_one_plain_sentence_that_outlives_the_program(
    till: House, far: House, fault: str, says: str, hand: bool
) -> None:
    from pos_app.services.syncing_state import sentence, short_word

    line = join(till, Line(far, fault=fault))
    till.sync.exchange_all()
    state = till.sync.status().first
    assert state is not None
    assert (state.state, state.needs_hand) == (fault, hand)
    assert says in sentence(state)
    assert short_word(state)
    till.sync.rounds.reload()
    assert till.sync.status().first == state
    since = state.since
    till.sync.exchange_all()
    assert till.sync.status().first.since == since  # type: ignore[union-attr]
    line.fault = ""
    trade(till)
    assert till.sync.status().first.state == "online"  # type: ignore[union-attr]


def test_a_bug_in_the_exchange_costs_no_sale_and_no_thread(
    till: House, far: House, caplog: pytest.LogCaptureFixture
) -> None:
    fail = threading.Event()
    fail.set()

    def bug() -> None:
        if fail.is_set():
            raise RuntimeError("a bug")

    join(till, Line(far, before=bug))
    till.sync.start()
    until(lambda: till.sync._loop.turns > 0)
    assert "the exchange met a bug" in caplog.text
    sell(till, [("P002", 1000)])
    fail.clear()
    till.sync.now()
    until(lambda: till.health.unsynced().count == 0)
    assert same(till, far)
