"""Whatever bytes arrive: a message, or one sentence that says why not; nothing large, nothing lost."""

import lzma
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import answering, messages, pages
from sync.canonical import digest
from sync.events import Malformed
from sync.exchange import answer
from sync.messages import (
    MAX_EXPANDED_BYTES,
    MAX_MESSAGE_BYTES,
    AskRanges,
    Hello,
    Page,
    PageAnswer,
    Range,
    Refusal,
    Summary,
    decode,
    encode,
)
from sync.pages import COLUMNS, EVENT, GENESIS, PLAIN, pack, unpack
from tests.sync.worlds import Place, tell


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("server") / "a.db")
    yield place
    place.close()


HELLO = Hello((1, 1), "till", 5, Summary(bytes(32), 3))


def page_of(count: int = 20, plain: bool = False) -> Page:
    log = tell(random.Random(1), "register/d/R1", count)
    return pack([(GENESIS, log.writer.genesis), *((EVENT, e.data) for e in log.events)], plain)


def test_what_is_said_is_heard() -> None:
    assert decode(encode(HELLO)) == HELLO
    page = page_of()
    assert decode(encode(page)) == page


@settings(max_examples=300)
@given(data=st.binary(max_size=400))
def test_random_bytes_are_malformed_in_one_sentence(data: bytes) -> None:
    try:
        decode(data)
    except Malformed as problem:
        assert 0 < len(str(problem)) < 400


@settings(max_examples=200)
@given(at=st.integers(0, 10_000), value=st.integers(0, 255), cut=st.booleans())
def test_a_message_with_a_byte_changed_is_answered_and_never_breaks_the_server(
    server: Place, at: int, value: int, cut: bool
) -> None:
    data = bytearray(encode(page_of()))
    at %= len(data)
    data[at] = value
    said = decode(answer(server.replica, None, bytes(data[:at] if cut else data)))
    assert isinstance(said, (PageAnswer, Refusal))


def test_a_message_of_a_gigabyte_is_refused_by_its_size_alone() -> None:
    class Huge(bytes):
        def __len__(self) -> int:
            return 1 << 30

    with pytest.raises(Malformed, match="more than"):
        decode(Huge())
    with pytest.raises(Malformed):
        decode(bytes(MAX_MESSAGE_BYTES + 1))


@pytest.mark.parametrize("packing", [PLAIN, COLUMNS])
def test_a_page_that_expands_without_end_is_refused(packing: int) -> None:
    zeros = bytes(MAX_EXPANDED_BYTES * 4)
    squeeze = {
        PLAIN: zlib.compress,
        COLUMNS: lambda data: lzma.compress(data, format=lzma.FORMAT_RAW, filters=pages._FILTERS),
    }
    packed = squeeze[packing](zeros)
    assert len(packed) < 200_000
    with pytest.raises(Malformed):
        unpack(Page(packing, 10, MAX_EXPANDED_BYTES, bytes(32), packed))
    with pytest.raises(Malformed):
        unpack(Page(packing, 10, 100, bytes(32), packed))


def test_columns_that_promise_a_thousand_million_values_are_refused() -> None:
    many = 10**9
    for node in (["c", 1], ["o", ["a"], [["c", 1]]], ["l", ["c", many], ["c", 1]], ["l", ["c", -1], ["0"]]):
        head = msgspec.msgpack.encode([["c", 1], [], [1, ["c", 1]], [0, ["0"]], [[many, node]]])
        whole = struct.pack(">I", len(head)) + head
        packed = lzma.compress(whole, format=lzma.FORMAT_RAW, filters=pages._FILTERS)
        with pytest.raises(Malformed):
            unpack(Page(COLUMNS, 1, 1000, bytes(32), packed))


def test_a_page_that_lies_about_its_hash_size_or_count_is_refused_whole() -> None:
    for plain in (True, False):
        page = page_of(plain=plain)
        assert len(unpack(page)) == 21
        for changed in (
            msgspec.structs.replace(page, digest=bytes(32)),
            msgspec.structs.replace(page, size=page.size + 1),
            msgspec.structs.replace(page, size=page.size - 1),
            msgspec.structs.replace(page, count=page.count + 1),
            msgspec.structs.replace(page, count=page.count - 1),
            msgspec.structs.replace(page, packed=page.packed[:-1]),
            msgspec.structs.replace(page, packed=page.packed + b"x"),
            msgspec.structs.replace(page, packing=7),
            msgspec.structs.replace(page, packing=1 - page.packing),
        ):
            with pytest.raises(Malformed) as told:
                unpack(changed)
            assert len(str(told.value)) < 320


def test_one_item_that_does_not_hold_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    place = Place(tmp_path / "a.db")
    log = tell(random.Random(2), "register/d/R1", 6)
    datas = [event.data for event in log.events]
    datas[2] = datas[2].replace(b'"hlc":', b'"hlc": ')
    datas[4] = datas[4][:-1] + b',"x":1.5}'
    items = [(GENESIS, log.writer.genesis), (GENESIS, b"{}"), *((EVENT, data) for data in datas), (9, b"?")]
    for plain in (True, False):
        said = decode(answer(place.replica, None, encode(pack(items, plain, checked=True))))
        assert isinstance(said, PageAnswer)
        assert said.broken == ""
        assert {item.key for item in said.refused} == {digest(d) for d in (b"{}", datas[2], datas[4], b"?")}
        assert all(
            item.detail and item.code in ("malformed", "signature", "unknown_kind") for item in said.refused
        )
        assert said.stored + said.known == 4
    assert place.bare.known() == {log.events[at].key for at in (0, 1, 3, 5)}
    place.close()


@pytest.mark.parametrize(("versions", "code"), [((2, 9), "newer_version"), ((0, 0), "older_version")])
def test_a_speaker_of_other_versions_only_is_told_so(
    tmp_path: Path, versions: tuple[int, int], code: str
) -> None:
    place = Place(tmp_path / "a.db")
    said = decode(answer(place.replica, None, encode(msgspec.structs.replace(HELLO, versions=versions))))
    assert isinstance(said, Refusal) and said.code == code
    newer = msgspec.structs.replace(HELLO, versions=(1, 9))
    assert not isinstance(decode(answer(place.replica, None, encode(newer))), Refusal)
    place.close()


def test_a_newer_speakers_further_fields_are_passed_over() -> None:
    told = msgspec.msgpack.decode(encode(HELLO))
    assert decode(msgspec.msgpack.encode([*told, "something new", 5])) == HELLO


def test_an_answer_where_a_question_belongs_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path / "a.db")
    for message in (Refusal("x", "y"), PageAnswer(1, 1), messages.Heads((), False)):
        said = decode(answer(place.replica, None, encode(message)))
        assert isinstance(said, Refusal) and said.code == "malformed"
    place.close()


def test_ten_thousand_bad_items_are_answered_in_a_short_message(server: Place) -> None:
    said = decode(answer(server.replica, None, encode(pack([(EVENT, b"%d" % n) for n in range(10_000)]))))
    assert isinstance(said, PageAnswer)
    assert len(said.refused) == 501 and said.refused[-1].detail == "and 9500 more items"
    assert len(encode(said)) < 100_000


def test_a_question_that_asks_for_the_same_events_over_and_over_is_refused(
    server: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "KEYS_LOOKED_AT", 100)
    log = tell(random.Random(3), "office", 30)
    server.bare.take([log.writer.genesis], [event.data for event in log.events])
    for times, kind in ((3, messages.Ranges), (4, Refusal)):
        asked = AskRanges(tuple(Range(log.log, 1, 30, b"") for _ in range(times)))
        assert isinstance(decode(answer(server.replica, None, encode(asked))), kind)
