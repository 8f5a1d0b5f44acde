"""The event: what its bytes must be, and what is turned down at the door."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import digest, encode
from sync.events import MAX_EVENT_BYTES, Envelope, Malformed, compose, parse, parse_stored
from tests.sync.replica import WALL

LOG = "ab" * 32


def envelope(**other: Any) -> dict[str, Any]:
    """A good envelope as plain data, with some fields put otherwise."""
    good = {
        "v": 1,
        "log": LOG,
        "seq": 1,
        "prev": LOG,
        "hlc": 1,
        "wall": WALL,
        "actor": "",
        "type": "note/1",
        "body": {"n": 1},
    }
    return {**good, **other}


def test_what_is_composed_is_parsed_again_byte_for_byte() -> None:
    made = compose(Envelope(1, LOG, 7, LOG, 99, WALL, "누구", "note/1", {"글": "장터 ₩ 大 ㎏"}))
    read = parse(made.data)
    assert (read.key, read.data, read.envelope) == (made.key, made.data, made.envelope)
    assert made.key == digest(made.data)
    assert parse_stored(made.key, made.data).envelope == made.envelope


@pytest.mark.parametrize("name", sorted(envelope()))
def test_a_missing_field_is_refused(name: str) -> None:
    short = envelope()
    del short[name]
    with pytest.raises(Malformed):
        parse(encode(short))


def test_a_field_that_no_envelope_has_is_refused() -> None:
    with pytest.raises(Malformed):
        parse(encode(envelope(extra=1)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("v", "1"),
        ("v", True),
        ("log", 5),
        ("log", "zz"),
        ("log", "ab"),
        ("log", "AB" * 32),
        ("prev", "q"),
        ("prev", ""),
        ("prev", "AB" * 32),
        ("seq", 0),
        ("seq", -1),
        ("seq", 2**63),
        ("seq", 10**30),
        ("seq", "1"),
        ("hlc", -1),
        ("hlc", 2**63),
        ("hlc", 10**30),
        ("type", None),
        ("wall", 5),
    ],
)
def test_labels_that_no_store_can_bear_are_refused_at_the_door(name: str, value: Any) -> None:
    with pytest.raises(Malformed):
        parse(encode(envelope(**{name: value})))


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"null", b'"x"', b"\x00" * 40, b"{" * 5000])
def test_junk_is_refused_in_one_way(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse(data)


def test_an_event_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(Malformed):
        parse(b" " * (MAX_EVENT_BYTES + 1))
    with pytest.raises(Malformed):
        compose(Envelope(1, LOG, 1, LOG, 1, WALL, "", "note/1", "x" * MAX_EVENT_BYTES))


@pytest.mark.acceptance("A9")
def test_no_float_can_be_made_into_an_event() -> None:
    with pytest.raises((Malformed, ValueError, TypeError)):
        compose(Envelope(1, LOG, 1, LOG, 1, WALL, "", "note/1", {"won": 1.5}))


def test_a_type_that_nobody_knows_is_kept_byte_for_byte() -> None:
    data = encode(envelope(type="future/9", body={"new": [1, {"a": "b"}]}))
    assert parse(data).data == data


@given(st.binary(max_size=200))
def test_any_bytes_are_an_event_or_malformed_never_another_error(data: bytes) -> None:
    try:
        made = parse(data)
    except Malformed:
        return
    assert made.key == digest(data)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_is_another_event_or_none(position: int, mask: int) -> None:
    made = compose(Envelope(1, LOG, 1, LOG, 1, WALL, "", "note/1", {"이름": "감자", "won": 2900}))
    changed = bytearray(made.data)
    changed[position % len(changed)] ^= mask
    try:
        other = parse(bytes(changed))
    except Malformed:
        return
    assert other.key != made.key
