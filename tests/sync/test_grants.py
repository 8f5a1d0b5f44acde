"""What a peer may not have it does not get, what it may not bring is refused log by log; the rest goes on."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import subjects
from sync.exchange import answer
from sync.identity import new_subject_key
from sync.messages import (
    AskHeads,
    AskRanges,
    Heads,
    Page,
    PageAnswer,
    Range,
    Ranges,
    Span,
    Want,
    decode,
    encode,
)
from sync.pages import EVENT, pack
from tests.sync.worlds import InProcess, Place, Told, tell

OWN, OTHER = "register/d/R1", "register/d/R2"


class Vendor:
    """A vendor's own register: the catalogue and its own logs."""

    def may_read(self, scope: str) -> bool:
        return scope in ("catalogue", OWN)

    def may_write(self, scope: str, device: str) -> bool:
        return scope == OWN

    def may_read_subject(self, subject: str) -> bool:
        return subject == "mine"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[tuple[Place, Place, dict[str, Told]]]:
    till, server = Place(tmp_path / "till.db"), Place(tmp_path / "server.db")
    logs = {scope: tell(random.Random(1), scope, 12) for scope in ("catalogue", OWN, OTHER, "office")}
    for scope in ("catalogue", OTHER, "office"):
        server.bare.take([logs[scope].writer.genesis], [event.data for event in logs[scope].events])
    till.bare.take([logs[OWN].writer.genesis], [event.data for event in logs[OWN].events])
    yield till, server, logs
    till.close()
    server.close()


def test_a_vendors_register_gets_its_own_and_the_catalogue(
    world: tuple[Place, Place, dict[str, Told]],
) -> None:
    till, server, logs = world
    outcome = till.sync(InProcess(server.replica, Vendor()))
    assert (outcome.sent, outcome.received, outcome.notices) == (12, 12, ())
    assert till.bare.known() == {event.key for scope in ("catalogue", OWN) for event in logs[scope].events}
    assert set(outcome.peer_heads) == {logs["catalogue"].log, logs[OWN].log}
    again = till.sync(InProcess(server.replica, Vendor()))
    assert again.asks == 1


def test_a_log_that_the_peer_may_not_bring_is_refused_and_the_others_are_taken(
    world: tuple[Place, Place, dict[str, Told]],
) -> None:
    till, server, logs = world
    stray = tell(random.Random(2), "register/d/R9", 12)
    till.bare.take([stray.writer.genesis], [event.data for event in stray.events])
    outcome = till.sync(InProcess(server.replica, Vendor()))
    assert {(notice.code, notice.log) for notice in outcome.notices} == {("refused", stray.log.hex())}
    assert {event.key for event in logs[OWN].events} < server.bare.known()
    assert not {event.key for event in stray.events} & server.bare.known()
    with server.bare.rows() as rows:
        assert rows.one('SELECT 1 FROM "log" WHERE "log" = ?', stray.log) is None


def test_asking_outright_gives_nothing(world: tuple[Place, Place, dict[str, Told]]) -> None:
    _, server, logs = world
    keys = tuple(event.key for event in logs[OTHER].events)
    for want in (
        Want((Span(logs[OTHER].log, 1, 2**63 - 1, True, True),), (), 60_000, 100),
        Want((), keys, 60_000, 100),
    ):
        said = decode(answer(server.replica, Vendor(), encode(want)))
        assert isinstance(said, Page) and said.count == 0
    assert {item.code for item in said.refused} <= {"not_allowed"}
    asked = AskRanges((Range(logs[OTHER].log, 1, 2**63 - 1, b""), Range(logs["catalogue"].log, 1, 99, b"")))
    told = decode(answer(server.replica, Vendor(), encode(asked)))
    assert isinstance(told, Ranges) and [part.log for part in told.ranges] == [logs["catalogue"].log]
    heads = decode(answer(server.replica, Vendor(), encode(AskHeads(b"", (), 99))))
    assert isinstance(heads, Heads) and [row.log for row in heads.rows] == [logs["catalogue"].log]


def test_events_of_a_log_that_nobody_introduced_are_not_taken_from_just_anybody(
    world: tuple[Place, Place, dict[str, Told]],
) -> None:
    _, server, _ = world
    stray = tell(random.Random(3), OWN, 4)
    page = encode(pack([(EVENT, event.data) for event in stray.events]))
    said = decode(answer(server.replica, Vendor(), page))
    assert isinstance(said, PageAnswer) and said.stored == 0
    assert [(item.code, item.log) for item in said.refused] == [("not_allowed", stray.log)]
    said = decode(answer(server.replica, None, page))
    assert isinstance(said, PageAnswer) and said.stored == 4


def test_peoples_keys_go_only_to_who_needs_them(world: tuple[Place, Place, dict[str, Told]]) -> None:
    till, server, _ = world
    for place, names in ((server, ("mine", "others")), (till, ("theirs",))):
        with place.bare.rows() as rows:
            for name in names:
                subjects.take(rows, subjects.SubjectKey(name, new_subject_key()))
    till.sync(InProcess(server.replica, Vendor()))
    with till.bare.rows() as rows:
        assert rows.all('SELECT "subject" FROM "subject_key" ORDER BY "subject"') == [("mine",), ("theirs",)]
    with server.bare.rows() as rows:
        assert rows.all('SELECT "subject" FROM "subject_key" ORDER BY "subject"') == [("mine",), ("others",)]
