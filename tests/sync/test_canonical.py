"""One spelling for every fact, and nothing that has two."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import NotCanonical, decode, digest, encode, short_hash

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_what_was_written_is_read_again_and_has_one_spelling(value: Any) -> None:
    data = encode(value)
    assert decode(data) == value
    assert encode(decode(data)) == data


@given(st.dictionaries(TEXT, st.integers(0, 9), min_size=2, max_size=6), st.randoms())
def test_the_order_of_keys_leaves_no_trace(value: dict[str, int], random: Any) -> None:
    items = list(value.items())
    random.shuffle(items)
    assert encode(dict(items)) == encode(value)


@given(PLAIN)
def test_every_other_spelling_of_the_same_is_refused(value: Any) -> None:
    data = encode(value)
    for other in (
        json.dumps(value).encode(),
        json.dumps(value, indent=1).encode(),
        b" " + data,
        data + b"\n",
    ):
        if other != data:
            with pytest.raises(NotCanonical):
                decode(other)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"nul",
        b"NaN",
        b"[1,]",
        b"-0",
        b"01",
        b"1e3",
        b"1E400",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b'\xef\xbb\xbf"a"',
        b'"a\x00"',
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_bytes_that_are_no_fact_are_named_never_a_crash(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)


@pytest.mark.acceptance("A9")
@pytest.mark.parametrize("data", [b"1.0", b"0.5", b'{"won":1000.0}', b'[[{"a":[1,2,3.5]}]]', b"1e2"])
def test_a_number_with_a_fraction_is_refused_wherever_it_stands(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)


def test_hashes_are_sha256_of_the_bytes() -> None:
    assert digest(b"abc") == hashlib.sha256(b"abc").digest()
    assert short_hash("감자") == hashlib.sha256('"감자"'.encode()).hexdigest()[:16]
    assert short_hash(["a", "b"]) != short_hash(["b", "a"])
    assert short_hash(1) != short_hash("1")
