"""What a server keeps of a message in parts: for its own device, bounded, never believed without its hash."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from sync.certificates import check_of
from sync.messages import (
    MAX_MESSAGE_BYTES,
    PAGE_BYTES,
    VERSIONS,
    Hello,
    HelloAnswer,
    Span,
    Summary,
    Want,
    decode,
    encode,
)
from sync.parts import BAD_LINE, LINE_HEADER, NAME_HEADER, PART_HEADER, name_of
from sync.server.kept import ANSWER, ASK, Kept
from sync.server.limits import Rate, ServerSettings, TurnedDown
from sync.server.parts import Parts
from tests.sync.resumed import CALL_S, message, part, ring, token
from tests.sync.serving import Parts as MemoryParts
from tests.sync.serving import Served, served
from tests.sync.worlds import Place


class Call:
    """A call whose body comes as it is told to."""

    def __init__(self, said: bytes, place: str = "") -> None:
        heads = {
            NAME_HEADER: name_of(said),
            "content-length": str(0 if place else len(said)),
            PART_HEADER: place,
        }
        coded = [(name.lower().encode(), value.encode()) for name, value in heads.items()]
        self._came: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": coded}
        self.request = Request(scope, self._came.get)

    def come(self, data: bytes, more: bool = True) -> None:
        self._came.put_nowait({"type": "http.request", "body": data, "more_body": more})

    def die(self) -> None:
        self._came.put_nowait({"type": "http.disconnect"})


async def _now(work: Callable[[], Any]) -> Any:
    return work()


@pytest.mark.parametrize("dies", [True, False], ids=["cut", "without a word"])
def test_what_came_before_the_line_died_is_there_for_the_next(dies: bool) -> None:
    """Also when nobody was told that it died: whoever comes back is not made to wait."""
    said, rows = message(50_000), MemoryParts()

    async def play() -> int | bytes:
        parts = Parts(Kept(rows.opened, 1 << 20, 3_600), lambda _: None, _now, 60)
        first = Call(said)
        reading = asyncio.ensure_future(parts.body(first.request, "01" * 32))
        first.come(said[:30_000])
        while len(first._came._queue):  # type: ignore[attr-defined]
            await asyncio.sleep(0)
        if dies:
            first.die()
            with pytest.raises(TurnedDown):
                await reading
        asked = Call(said, f"0/{len(said)}")
        asked.come(b"", more=False)
        have = await asyncio.wait_for(parts.part(asked.request, "01" * 32), CALL_S)
        with pytest.raises(TurnedDown) as told:
            await reading
        assert told.value.status == 408
        return have

    assert asyncio.run(play()) == 30_000


def test_a_message_that_lies_about_its_hash_is_thrown_away(web: Served) -> None:
    _, headers = token(web)
    said = message(20_000)
    lie = {NAME_HEADER: name_of(b"something else")}
    assert part(web, headers, said, 0, 10_000, **lie).json() == {"have": 10_000}
    answer = part(web, headers, said, 10_000, 20_000, **lie)
    assert (answer.status_code, answer.json()["error"]) == (400, "changed")
    assert web.office.parts.sizes() == {}


def test_a_part_that_was_changed_is_not_kept(web: Served) -> None:
    _, headers = token(web)
    answer = part(web, headers, message(20_000), 0, 10_000, **{"Jangteo-Check": check_of(b"other")})
    assert (answer.status_code, answer.json()["error"]) == (400, "changed")
    assert web.office.parts.sizes() == {}


def test_nobody_gets_another_devices_kept_bytes(server: Place) -> None:
    ring(server, 300)
    with served(lambda: server.replica) as near:
        mine, headers = token(near)
        said = message(20_000)
        assert part(near, headers, said, 0, 10_000).json() == {"have": 10_000}
        asked = {**headers, LINE_HEADER: BAD_LINE}
        full = requests.post(
            f"{near.url}/sync/v1/exchange", data=_want(server), headers=asked, timeout=CALL_S
        )
        rest = {"name": full.headers[NAME_HEADER], "start": "100"}
        own = requests.get(f"{near.url}/sync/v1/answer", params=rest, headers=headers, timeout=CALL_S)
        assert own.content == full.content[100:]
        _, others = token(near)
        assert part(near, others, said, 0, 0).json() == {"have": 0}
        answer = requests.get(f"{near.url}/sync/v1/answer", params=rest, headers=others, timeout=CALL_S)
        assert (answer.status_code, answer.json()["error"]) == (404, "not_kept")
        bare = requests.get(f"{near.url}/sync/v1/answer", params=rest, timeout=CALL_S)
        assert bare.status_code == 401
        kinds = [kind for _, kind in near.office.parts.sizes()]
        assert kinds == [ANSWER, ASK] and mine.token


def _want(server: Place) -> bytes:
    with server.bare.rows() as rows:
        row = rows.one('SELECT "log", "seq" FROM "head"')
    assert row is not None
    return encode(Want((Span(bytes(row[0]), 1, row[1], True),), (), PAGE_BYTES, 2_000))


@pytest.mark.parametrize("stranger", ["nobody", "unknown"])
def test_strangers_leave_nothing(web: Served, stranger: str) -> None:
    _, headers = token(web)
    if stranger == "nobody":
        headers = {}
    else:
        web.office.admitted.clear()
    answer = part(web, headers, message(20_000), 0, 10_000)
    assert (answer.status_code, answer.json()["error"]) == (401, "session")
    assert web.office.parts.sizes() == {}


def test_answers_are_kept_for_bad_lines_alone(server: Place) -> None:
    ring(server, 300)
    with served(lambda: server.replica) as web:
        _, headers = token(web)
        url = f"{web.url}/sync/v1/exchange"
        told = requests.post(url, data=_want(server), headers=headers, timeout=CALL_S)
        assert NAME_HEADER not in told.headers and len(told.content) > 8_192
        small = encode(Hello(VERSIONS, "somebody", 1, Summary(b"\0" * 32, 0)))
        told = requests.post(url, data=small, headers={**headers, LINE_HEADER: BAD_LINE}, timeout=CALL_S)
        assert NAME_HEADER not in told.headers and isinstance(decode(told.content), HelloAnswer)
        assert web.office.parts.sizes() == {}


def test_the_honest_parts_of_a_message_are_not_too_many_calls(server: Place) -> None:
    said = message(MAX_MESSAGE_BYTES)
    slow = ServerSettings(exchange_rate=Rate(1, 3_600_000))
    with served(lambda: server.replica, slow) as web:
        _, headers = token(web)
        with requests.Session() as session:
            for start in range(0, len(said), 4_096):
                named = {NAME_HEADER: name_of(said), PART_HEADER: f"{start}/{len(said)}", **headers}
                data = said[start : start + 4_096]
                told = session.post(f"{web.url}/sync/v1/part", data=data, headers=named, timeout=CALL_S)
                assert told.status_code == (202 if start + 4_096 < len(said) else 400), told.text
        assert part(web, headers, said, 0, 0).status_code == 429, "a second message is one too many"


def test_parts_are_bounded_in_number(server: Place) -> None:
    with served(lambda: server.replica, ServerSettings(part_rate=Rate(3, 60_000))) as web:
        _, headers = token(web)
        said = message(20_000)
        assert [part(web, headers, said, 0, 0).status_code for _ in range(4)] == [202, 202, 202, 429]


def test_what_is_too_large_for_a_message_is_no_part_of_one(web: Served) -> None:
    _, headers = token(web)
    size = f"0/{MAX_MESSAGE_BYTES + 1}"
    assert part(web, headers, message(600), 0, 600, **{PART_HEADER: size}).status_code == 400
    assert part(web, headers, message(600), 0, 600, **{PART_HEADER: "0/500"}).status_code == 400
    chunks = (b"x" * 300 for _ in range(3))
    named = {NAME_HEADER: name_of(b""), PART_HEADER: "0/500", **headers}
    told = requests.post(f"{web.url}/sync/v1/part", data=chunks, headers=named, timeout=CALL_S)
    assert told.status_code == 400 and web.office.parts.sizes() == {}


_WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=70)


def test_garbage_in_its_heads_is_a_sentence(web: Served) -> None:
    _, headers = token(web)

    @settings(max_examples=60, deadline=None)
    @given(
        name=_WORDS | st.just("ab" * 32),
        place=_WORDS | st.sampled_from(["0/9", "9/0", "5/4", "999999999/999999999", "0/999999999"]),
        body=st.binary(max_size=200),
    )
    def calls(name: str, place: str, body: bytes) -> None:
        named = {NAME_HEADER: name, PART_HEADER: place, LINE_HEADER: name, **headers}
        for path in ("part", "exchange"):
            told = requests.post(f"{web.url}/sync/v1/{path}", data=body, headers=named, timeout=CALL_S)
            assert told.status_code in (202, 400), told.text
            assert set(told.json()) in ({"error", "sentence"}, {"have"})
        asked = {"name": name, "start": place}
        told = requests.get(f"{web.url}/sync/v1/answer", params=asked, headers=headers, timeout=CALL_S)
        assert told.status_code in (400, 404) and told.json()["sentence"]

    calls()
