"""Receiving is a set union: any order, any repeat, any split."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import store
from sync.events import Malformed
from sync.identity import new_device_key, new_genesis
from tests.sync.replica import NOW, WALL, Replica, Writer


def told() -> tuple[list[Writer], list[bytes]]:
    """Three logs, one of them forked, eighteen events."""
    writers = [Writer("catalogue"), Writer("register/d/R1"), Writer("register/d/R2")]
    datas = [writer.say({"n": n}).data for writer in writers for n in range(5)]
    twins = [writers[2].draft("가"), writers[2].draft("나")]
    writers[2].seq, writers[2].prev = 6, min(twin.key for twin in twins)
    return writers, [*datas, *(twin.data for twin in twins), writers[2].say("뒤").data]


WRITERS, DATAS = told()


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_any_order_any_repeat_any_split_gives_the_same_set(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chosen = random.Random(seed)
    replica = Replica(tmp_path_factory.mktemp("r") / "a.db")
    items = [("log", w.genesis) for w in WRITERS] + [("event", data) for data in DATAS]
    items += chosen.choices(items, k=6)
    chosen.shuffle(items)
    new = 0
    while items:
        page = [items.pop() for _ in range(min(len(items), chosen.randrange(1, 6)))]
        new += replica.take(
            [d for kind, d in page if kind == "log"], [d for kind, d in page if kind == "event"]
        )
    assert new == len(DATAS)
    assert len(replica.known()) == len(DATAS)
    for writer in WRITERS[:2]:
        assert replica.head(writer.log) == (writer.seq, writer.prev)
    assert replica.head(WRITERS[2].log)[0] == 7
    assert replica.findings() == ["fork"]
    replica.close()


def test_events_that_come_before_their_log_move_its_head_once_it_is_there(tmp_path: Path) -> None:
    replica, writer = Replica(tmp_path / "a.db"), Writer()
    datas = [writer.say(n).data for n in range(4)]
    replica.take([], datas)
    assert replica.findings()
    replica.take([writer.genesis], [])
    assert replica.head(writer.log) == (4, writer.prev)
    assert replica.findings() == []


def test_the_head_waits_at_a_gap_and_goes_on_when_it_is_filled(tmp_path: Path) -> None:
    replica, writer = Replica(tmp_path / "a.db"), Writer()
    events = [writer.say(n) for n in range(5)]
    replica.take([writer.genesis], [e.data for e in events if e.envelope.seq != 3])
    assert replica.head(writer.log) == (2, events[1].key)
    assert "gap" in replica.findings()
    replica.take([], [events[2].data])
    assert replica.head(writer.log) == (5, events[4].key)


def test_each_new_event_waits_to_be_folded_and_no_repeat_does(tmp_path: Path) -> None:
    replica, writer = Replica(tmp_path / "a.db"), Writer()
    made = writer.say("x")
    replica.take([writer.genesis], [made.data])
    with replica.rows() as rows:
        rows.run('DELETE FROM "unfolded"')
    assert replica.take([writer.genesis], [made.data, made.data]) == 0
    with replica.rows() as rows:
        assert rows.all('SELECT * FROM "unfolded"') == []


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe", b"{}", b'{"v":1}', b"[1.5]"])
def test_what_is_no_event_is_refused_in_one_way_and_nothing_is_kept(tmp_path: Path, junk: bytes) -> None:
    replica, writer = Replica(tmp_path / "a.db"), Writer()
    with pytest.raises(Malformed):
        replica.take([writer.genesis], [writer.say(1).data, junk])
    assert replica.known() == set()


def test_a_first_word_that_is_not_signed_is_refused(tmp_path: Path) -> None:
    replica = Replica(tmp_path / "a.db")
    _, genesis = new_genesis(new_device_key(), "catalogue", WALL)
    for forged in (
        genesis.replace(b"catalogue", b"officexxx"),
        genesis[:-3] + (b'0"}' if genesis[-3:-2] != b"0" else b'1"}'),
        b"{}",
        b"",
        b"\xff",
        genesis.replace(b'"genesis":', b'"genesis": '),
    ):
        with pytest.raises(Malformed), replica.rows() as rows:
            store.take_genesis(rows, forged, NOW)
    with replica.rows() as rows:
        assert store.heads(rows) == []


def test_an_unknown_type_is_forwarded_byte_for_byte(tmp_path: Path) -> None:
    first, second, third = (Replica(tmp_path / f"{n}.db") for n in "abc")
    writer = Writer()
    made = writer.say({"new": [{"a": 1}]}, "future/9")
    first.take([writer.genesis], [made.data])
    for giver, taker in ((first, second), (second, third)):
        with giver.rows() as rows:
            datas = [event.data for event in store.each_event(rows)]
        taker.take([writer.genesis], datas)
    with third.rows() as rows:
        assert [event.data for event in store.each_event(rows)] == [made.data]


@pytest.mark.acceptance("A45")
def test_a_stamp_far_ahead_is_kept_but_does_not_move_this_clock(tmp_path: Path) -> None:
    replica, writer = Replica(tmp_path / "a.db"), Writer()
    year = 365 * 24 * 3600 * 1_000_000
    made = writer.say("x", hlc=NOW + year)
    replica.take([writer.genesis], [made.data])
    with replica.rows() as rows:
        assert store.last_tick(rows) < NOW + year
    assert made.key in replica.known()
    near = writer.say("y", hlc=NOW + 60_000_000)
    replica.take([], [near.data])
    with replica.rows() as rows:
        assert store.last_tick(rows) == NOW + 60_000_000
