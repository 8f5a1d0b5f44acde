"""What every carrier must do: two replicas hold the same after an exchange, whatever each held before."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import subjects
from sync.exchange import ChannelFault, exchange
from sync.identity import new_subject_key
from tests.sync.conformance.channels import CARRIERS, Carrier
from tests.sync.worlds import NOW, Place, Told, history, patient, scatter, sign, tell


@pytest.fixture(params=sorted(CARRIERS))
def carrier(request: pytest.FixtureRequest) -> Carrier:
    return CARRIERS[request.param]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """A register and its server."""
    places = Place(tmp_path / "till.db"), Place(tmp_path / "server.db")
    yield places
    for place in places:
        place.close()


def put(place: Place, *told: Told) -> None:
    for log in told:
        place.bare.take([log.writer.genesis], [event.data for event in log.events])


def test_all_goes_up_and_all_comes_down(carrier: Carrier, pair: tuple[Place, Place]) -> None:
    till, server = pair
    rng = random.Random(1)
    mine, office = tell(rng, "register/d/R1", 40), tell(rng, "office", 25)
    put(till, mine)
    put(server, office)
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert (outcome.sent, outcome.received) == (40, 25)
    assert till.everything() == server.everything()
    assert outcome.peer_heads == {mine.log: 40, office.log: 25}
    assert outcome.notices == ()
    assert till.folded == 25 and outcome.received_logs == (office.log,)


@pytest.mark.parametrize("logs", [0, 1, 40])
def test_nothing_to_do_is_one_ask_and_less_than_a_kilobyte(
    carrier: Carrier, pair: tuple[Place, Place], logs: int
) -> None:
    till, server = pair
    rng = random.Random(2)
    told = [tell(rng, f"register/{number}/R1", 3) for number in range(logs)]
    put(till, *told)
    put(server, *told)
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert outcome.asks == 1
    assert outcome.bytes_out + outcome.bytes_in <= 1024
    assert outcome.peer_heads == {log.log: 3 for log in told}
    assert (outcome.sent, outcome.received, outcome.notices) == (0, 0, ())


def test_one_sale_is_two_asks(carrier: Carrier, pair: tuple[Place, Place]) -> None:
    till, server = pair
    told = tell(random.Random(3), "register/d/R1", 5)
    put(till, told)
    put(server, told)
    till.bare.take([], [told.writer.say("one more").data])
    with carrier(server.replica) as channel:
        assert till.sync(channel).asks == 2
    assert till.everything() == server.everything()


@pytest.mark.parametrize(("seed", "logs", "forks"), [(1, 3, 0.4), (2, 20, 0.1)])
def test_two_exchanges_with_a_common_peer_make_all_equal(
    carrier: Carrier, tmp_path: Path, seed: int, logs: int, forks: float
) -> None:
    rng = random.Random(seed)
    places = [Place(tmp_path / f"{letter}.db") for letter in "abc"]
    scatter(rng, history(rng, logs, 15, forks), places[1:])
    for _ in range(2):
        for place in places[1:]:
            with carrier(places[0].replica) as channel:
                place.sync(channel)
    assert {frozenset(place.everything()) for place in places} == {frozenset(places[0].everything())}
    for place in places[1:]:
        with carrier(places[0].replica) as channel:
            assert place.sync(channel).asks == 1
    for place in places:
        place.close()


def test_both_events_of_a_fork_are_kept_carried_and_flagged(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    till, server = pair
    log = tell(random.Random(4), "register/d/R1", 6)
    put(till, log)
    put(server, log)
    twins = log.writer.draft("가"), log.writer.draft("나")
    till.bare.take([], [twins[0].data])
    server.bare.take([], [twins[1].data])
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert {twin.key for twin in twins} <= till.bare.known() == server.bare.known()
    assert [(notice.code, notice.seq) for notice in outcome.notices] == [("fork", 7)]
    assert till.bare.head(log.log) == server.bare.head(log.log) == (7, min(twin.key for twin in twins))
    assert {notice.code for notice in server.noticed} <= {"fork"}


@pytest.mark.parametrize("longer", ["till", "server"])
def test_branches_of_different_length_meet_in_one_exchange(
    carrier: Carrier, pair: tuple[Place, Place], longer: str
) -> None:
    log = tell(random.Random(4), "register/d/R1", 5)
    put(pair[0], log)
    put(pair[1], log)
    short = log.writer.draft("가")
    long = [log.writer.say(n) for n in range(4)]
    pair[longer == "till"].bare.take([], [short.data])
    pair[longer != "till"].bare.take([], [event.data for event in long])
    with carrier(pair[1].replica) as channel:
        pair[0].sync(channel)
    assert pair[0].everything() == pair[1].everything()
    assert pair[0].bare.head(log.log) == pair[1].bare.head(log.log) == (9, long[-1].key)


def test_a_fork_far_behind_is_found_without_sending_the_log_again(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    till, server = pair
    log = tell(random.Random(5), "register/d/R1", 400)
    put(till, log)
    put(server, log)
    log.writer.seq, log.writer.prev = 100, log.events[99].key
    till.bare.take([], [log.writer.say("another 101").data])
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert outcome.sent == 1
    assert outcome.bytes_out + outcome.bytes_in < 40_000  # 400 keys, not 400 events
    assert till.everything() == server.everything()


def test_a_gap_is_listed_exactly_and_filled_by_whoever_can(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    till, server = pair
    log = tell(random.Random(6), "register/d/R1", 9)
    server.bare.take([log.writer.genesis], [e.data for e in log.events if e.envelope.seq not in (3, 4, 8)])
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert [(n.code, n.seq, n.detail) for n in outcome.notices] == [
        ("gap", 3, "3 to 4 have not come"),
        ("gap", 8, "8 to 8 have not come"),
    ]
    put(till, log)
    with carrier(server.replica) as channel:
        assert till.sync(channel).sent == 3
    assert server.bare.head(log.log) == (9, log.events[-1].key)


def test_events_are_kept_before_their_log_is_introduced(carrier: Carrier, pair: tuple[Place, Place]) -> None:
    till, server = pair
    log = tell(random.Random(7), "register/d/R1", 4)
    till.bare.take([], [event.data for event in log.events])
    with carrier(server.replica) as channel:
        assert till.sync(channel).sent == 4
    assert till.everything() == server.everything()
    server.bare.take([log.writer.genesis], [])
    with carrier(server.replica) as channel:
        till.sync(channel)
    assert till.bare.head(log.log) == server.bare.head(log.log) == (4, log.events[-1].key)


def test_signed_heads_travel_and_a_chain_that_contradicts_one_is_flagged(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    till, server = pair
    log = tell(random.Random(8), "register/d/R1", 5)
    put(till, log)
    sign(till, log)
    with carrier(server.replica) as channel:
        assert till.sync(channel).notices == ()
    assert till.everything() == server.everything()
    # The same device tells another fifth event to a server that never heard of the first.
    log.writer.seq, log.writer.prev = 4, log.events[3].key
    other = log.writer.say("another fifth")
    with server.bare.rows() as rows:
        rows.run('DELETE FROM "event" WHERE "key" = ?', log.events[4].key)
        rows.run('UPDATE "head" SET "seq" = 4, "key" = ?', log.events[3].key)
    server.bare.take([], [other.data])
    with till.bare.rows() as rows:
        rows.run('DELETE FROM "event" WHERE "key" = ?', log.events[4].key)
        rows.run('UPDATE "head" SET "seq" = 4, "key" = ?', log.events[3].key)
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert [(notice.code, notice.seq) for notice in outcome.notices] == [("contradicts", 5)]


def test_two_signed_heads_at_one_place_end_as_the_same_one_everywhere(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    log = tell(random.Random(8), "register/d/R1", 5)
    twins = [log.writer.draft("가"), log.writer.draft("나")]
    for place, twin in zip(pair, twins, strict=True):
        put(place, log)
        place.bare.take([], [twin.data])
        sign(place, log)
    with carrier(pair[1].replica) as channel:
        outcome = pair[0].sync(channel)
    assert "fork" in {notice.code for notice in outcome.notices}
    assert pair[0].everything() == pair[1].everything()
    with carrier(pair[1].replica) as channel:
        assert pair[0].sync(channel).asks == 1


def test_unknown_types_survive_byte_for_byte(carrier: Carrier, pair: tuple[Place, Place]) -> None:
    till, server = pair
    log = tell(random.Random(9), "catalogue", 0)
    bodies = [
        None,
        True,
        [],
        {},
        "",
        [1, "가", None],
        {"a": {"b": [{}]}},
        2**63,
        -(2**63),
        10**25,
        "\x00\u2028",
    ]
    events = [log.writer.say(body, f"future/{at % 3}") for at, body in enumerate(bodies * 3)]
    till.bare.take([log.writer.genesis], [event.data for event in events])
    with carrier(server.replica) as channel:
        assert till.sync(channel).sent == len(events)
    assert server.everything() == till.everything()


def test_peoples_keys_travel_and_an_erased_one_never_comes_back(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    till, server = pair
    keys = [new_subject_key() for _ in range(3)]
    with till.bare.rows() as rows:
        subjects.take(rows, subjects.SubjectKey("person", keys[0]))
        subjects.take(rows, subjects.SubjectKey("both", keys[1]))
    with server.bare.rows() as rows:
        subjects.take(rows, subjects.SubjectKey("both", keys[2]))
    with carrier(server.replica) as channel:
        till.sync(channel)
    assert till.everything() == server.everything()
    with server.bare.rows() as rows:
        both = rows.one('SELECT "key" FROM "subject_key" WHERE "subject" = \'both\'')
        assert both == (b"".join(sorted(keys[1:])),)
        subjects.erase(rows, "person")
    with carrier(server.replica) as channel:
        till.sync(channel)
    for place in pair:
        with place.bare.rows() as rows:
            assert rows.one('SELECT "key" FROM "subject_key" WHERE "subject" = \'person\'') == (b"",)
    with carrier(server.replica) as channel:
        assert till.sync(channel).asks == 1


def test_a_peer_restored_from_an_old_copy_is_noticed_and_healed(
    carrier: Carrier, pair: tuple[Place, Place], tmp_path: Path
) -> None:
    till, server = pair
    log = tell(random.Random(10), "register/d/R1", 30)
    put(till, log)
    with carrier(server.replica) as channel:
        till.sync(channel)
    old = Place(tmp_path / "old.db", server.replica.name)
    old.bare.take([log.writer.genesis], [event.data for event in log.events[:12]])
    with carrier(old.replica) as channel:
        if channel_name(channel) != server.replica.name:
            till.memory[channel_name(channel)] = dict(till.memory[next(iter(till.memory))])
        outcome = till.sync(channel)
    assert [(n.code, n.log, n.seq) for n in outcome.notices] == [("gone_back", log.log.hex(), 12)]
    assert old.everything() == till.everything()
    with carrier(old.replica) as channel:
        assert till.sync(channel).notices == ()
    old.close()


def channel_name(channel: object) -> str:
    """A bundle is a peer of its own name; the others speak for the server."""
    path = getattr(channel, "_path", None)
    return str(path.name) if path is not None else "server"


def test_a_till_restored_from_an_old_copy_gets_its_own_events_back(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    till, server = pair
    log = tell(random.Random(11), "register/d/R1", 30)
    put(server, log)
    till.bare.take([log.writer.genesis], [event.data for event in log.events[:7]])
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert (outcome.received, outcome.received_logs) == (23, (log.log,))
    assert till.bare.head(log.log) == (30, log.events[-1].key)


def test_a_clock_that_runs_ahead_is_flagged_and_not_followed(
    carrier: Carrier, pair: tuple[Place, Place]
) -> None:
    till, server = pair
    log = tell(random.Random(12), "register/d/R1", 0)
    ahead = log.writer.say("later", hlc=NOW + 3_600_000_000)
    server.bare.take([log.writer.genesis], [ahead.data], NOW)
    with carrier(server.replica) as channel:
        outcome = till.sync(channel)
    assert [(notice.code, notice.seq) for notice in outcome.notices] == [("clock", 1)]
    assert ahead.key in till.bare.known()
    with till.bare.rows() as rows:
        assert rows.one('SELECT max("hlc") FROM "head"') == (0,)


def test_what_was_cut_off_goes_on_where_it_was(carrier: Carrier, pair: tuple[Place, Place]) -> None:
    till, server = pair
    put(till, *history(random.Random(13), 6, 300, 0.02))

    class Dying:
        """Dies for good after some questions."""

        def __init__(self, channel: object, lives: int) -> None:
            self.channel, self.lives = channel, lives

        def ask(self, message: bytes) -> bytes:
            self.lives -= 1
            if self.lives < 0:
                raise ChannelFault("offline", retryable=False)
            return self.channel.ask(message)  # type: ignore[attr-defined, no-any-return]

    lives = 2
    while till.everything() != server.everything():
        with carrier(server.replica) as channel:
            try:
                exchange(till.replica, Dying(channel, lives))
            except ChannelFault as fault:
                assert fault.partial is not None and fault.partial.asks == lives + 1
        lives += 1
        assert lives < 30
    with carrier(server.replica) as channel:
        assert patient(till, channel).asks == 1
