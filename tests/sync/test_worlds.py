"""Random worlds: whatever is written, forked, lost or cut, all replicas come to hold the same."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.canonical import digest
from sync.events import parse
from sync.exchange import ChannelFault, Limits
from tests.sync.worlds import InProcess, Lossy, Place, even, history, patient, scatter, tell


@contextmanager
def world(folder: Path, count: int = 4) -> Iterator[list[Place]]:
    """Some machines; the first is the one that all the others meet."""
    places = [Place(folder / f"{letter}.db") for letter in "abcdefgh"[:count]]
    yield places
    for place in places:
        place.close()


def check_same(places: list[Place]) -> None:
    """I3, I4, I5: all hold the same, keys are hashes, heads end the longest chain, findings are equal."""
    everything = places[0].everything()
    for place in places:
        assert place.everything() == everything
        assert place.state == places[0].state
        assert place.bare.findings() == places[0].bare.findings()
    for kind, key, *rest in everything:
        if kind == "e":
            assert digest(rest[0]) == key
            assert parse(rest[0]).key == key


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32),
    forks=st.sampled_from((0.0, 0.1, 0.5)),
    logs=st.integers(1, 40),
    length=st.sampled_from((3, 12, 60)),
)
def test_two_exchanges_with_a_common_peer_make_all_equal(
    tmp_path_factory: pytest.TempPathFactory, seed: int, forks: float, logs: int, length: int
) -> None:
    rng = random.Random(seed)
    with world(tmp_path_factory.mktemp("world")) as places:
        told = history(rng, logs, length, forks)
        scatter(rng, told, places[1:])
        even(places)
        check_same(places)
        assert len(places[0].bare.known()) == len({event.key for log in told for event in log.events})
        for place in places[1:]:
            outcome = place.sync(InProcess(places[0].replica))
            assert outcome.asks == 1 and outcome.bytes_in + outcome.bytes_out <= 1024


@pytest.mark.acceptance("A32")
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), forks=st.sampled_from((0.0, 0.2)))
def test_through_a_line_that_loses_repeats_cuts_and_mixes_up_three_calls_in_ten(
    tmp_path_factory: pytest.TempPathFactory, seed: int, forks: float
) -> None:
    rng = random.Random(seed)
    with world(tmp_path_factory.mktemp("lossy"), 3) as places:
        scatter(rng, history(rng, 6, 40, forks), places[1:])
        for _ in range(2):
            for place in places[1:]:
                patient(place, Lossy(InProcess(places[0].replica), rng, 0.3))
        even(places)
        check_same(places)


def test_a_line_that_dies_every_few_bytes_still_gets_everything_through(tmp_path: Path) -> None:
    rng = random.Random(3)
    with world(tmp_path, 3) as (free, cut, till):
        told = [tell(rng, f"register/{n}/R1", 2_000) for n in range(3)]
        till.bare.take([log.writer.genesis for log in told], [e.data for log in told for e in log.events])
        payload = till.sync(InProcess(free.replica))
        for size in (16 * 1024, 4 * 1024):
            line = Lossy(InProcess(cut.replica), rng, most_bytes=size)
            patient(till, line)
            assert cut.everything() == till.everything()
            assert line.faults
            assert line.carried <= 2 * (payload.bytes_out + payload.bytes_in)
            with cut.bare.rows() as rows:
                for table in ("event", "unfolded", "log", "head", "loose", "signed_head"):
                    rows.run(f'DELETE FROM "{table}"')


def test_a_line_that_never_carries_a_page_gives_up_and_says_what_was_done(tmp_path: Path) -> None:
    with world(tmp_path, 2) as (server, till):
        log = tell(random.Random(4), "register/d/R1", 400)
        till.bare.take([log.writer.genesis], [event.data for event in log.events])
        line = Lossy(InProcess(server.replica), random.Random(1), most_bytes=500)
        with pytest.raises(ChannelFault) as told:
            till.sync(line, limits=Limits(tries=4))
        assert told.value.partial is not None
        assert told.value.partial.asks >= 4
        assert told.value.partial.peer == "a"


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_one_bad_event_delays_no_other(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    rng = random.Random(seed)
    with world(tmp_path_factory.mktemp("bad"), 2) as (server, till):
        logs = [tell(rng, f"register/{n}/R1", 30) for n in range(3)]
        till.bare.take([log.writer.genesis for log in logs], [e.data for log in logs for e in log.events])
        bad = rng.choice([event for log in logs for event in log.events])
        with till.bare.rows() as rows:
            junk = rng.choice((b"", b"{}", bad.data[:-1], bad.data.replace(b'"v":1', b'"v":2'), b"\x00" * 50))
            rows.run('UPDATE "event" SET "bytes" = ? WHERE "key" = ?', junk, bad.key)
        outcome = till.sync(InProcess(server.replica))
        every = {event.key for log in logs for event in log.events}
        assert server.bare.known() == every - {bad.key}
        assert ("damaged", bad.envelope.seq) in {(n.code, n.seq) for n in outcome.notices}
        outcome = till.sync(InProcess(server.replica))
        assert server.bare.known() == every - {bad.key}
        assert outcome.sent == 0


def test_each_page_is_committed_before_it_is_answered(tmp_path: Path) -> None:
    with world(tmp_path, 2) as (server, till):
        log = tell(random.Random(5), "register/d/R1", 900)
        till.bare.take([log.writer.genesis], [event.data for event in log.events])

        class Watching(InProcess):
            def ask(self, message: bytes) -> bytes:
                before = len(server.bare.known())
                said = super().ask(message)
                seen.append((before, len(server.bare.known()), server.commits))
                return said

        seen: list[tuple[int, int, int]] = []
        outcome = till.sync(Watching(server.replica), limits=Limits(page_bytes=1024))
        assert outcome.asks == len(seen) > 3
        for before, after, _ in seen[1:]:
            assert after > before  # I12: each answer to a page means events that stand
        assert server.folded == 900


def test_a_page_that_does_not_open_to_its_bytes_is_sent_plain_in_either_direction(tmp_path: Path) -> None:
    with world(tmp_path, 4) as (server, till, reader, second):
        log = tell(random.Random(6), "register/d/R1", 200)
        till.bare.take([log.writer.genesis], [event.data for event in log.events])
        odd = log.events[50].data.replace(b'"hlc":', b'"hlc": ')  # one event is spelled as none may be
        for place in (till, server):
            with place.bare.rows() as rows:
                rows.run('INSERT INTO "event" VALUES (?, ?, ?, ?)', digest(odd), log.log, 51, odd)
        every = {event.key for event in log.events}
        outcome = till.sync(InProcess(reader.replica))
        assert reader.bare.known() == every
        assert [n.detail.split(":")[0] for n in outcome.notices if n.code == "refused"] == ["malformed"]
        till.sync(InProcess(server.replica))
        outcome = second.sync(InProcess(server.replica))
        assert second.bare.known() == every
        assert [n.detail.split(":")[0] for n in outcome.notices if n.code == "refused"] == ["malformed"]
