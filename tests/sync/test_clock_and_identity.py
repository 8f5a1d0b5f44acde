"""The hybrid clock, device keys, signatures and sealed secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.clock import MAX_AHEAD_US, adoptable, next_tick
from sync.events import Malformed
from sync.identity import (
    is_signed_by,
    new_device_key,
    new_genesis,
    new_subject_key,
    public_key,
    read_genesis,
    seal,
    sign,
    unseal,
)
from sync.tags import tag_of
from tests.sync.replica import WALL


@given(st.lists(st.integers(0, 2**60), min_size=1, max_size=30))
def test_stamps_always_grow_whatever_the_wall_clock_does(walls: list[int]) -> None:
    last = 0
    for wall in walls:
        tick = next_tick(last, wall)
        assert type(tick) is int
        assert tick > last
        assert tick >= wall
        last = tick


def test_five_minutes_ahead_is_believed_and_no_more() -> None:
    assert adoptable(1000 + MAX_AHEAD_US, 1000)
    assert not adoptable(1001 + MAX_AHEAD_US, 1000)
    assert adoptable(0, 10**15)


def test_a_signature_is_of_one_key_over_one_text() -> None:
    private, other = new_device_key(), new_device_key()
    signature = sign(private, b"head")
    assert is_signed_by(public_key(private), b"head", signature)
    assert not is_signed_by(public_key(private), b"heae", signature)
    assert not is_signed_by(public_key(other), b"head", signature)
    for junk in ("", "zz", signature[:-2], signature + "00"):
        assert not is_signed_by(public_key(private), b"head", junk)
    assert not is_signed_by("zz", b"head", signature)
    assert not is_signed_by("00", b"head", signature)


def test_a_first_word_names_device_and_scope_and_is_never_the_same_twice() -> None:
    private = new_device_key()
    log, data = new_genesis(private, "register/d/R1", WALL)
    genesis = read_genesis(data)
    assert (genesis.device, genesis.scope) == (public_key(private), "register/d/R1")
    assert len(log) == 32
    assert new_genesis(private, "register/d/R1", WALL)[0] != log
    with pytest.raises(Malformed):
        read_genesis(data + b" ")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=50))
def test_a_secret_is_read_with_its_own_key_and_subject_only(text: str) -> None:
    key = new_subject_key()
    sealed = seal(key, "someone", text)
    assert unseal(key, "someone", sealed) == text
    assert unseal(key, "somebody", sealed) is None
    assert unseal(new_subject_key(), "someone", sealed) is None
    assert not text or len(text) < 3 or text not in sealed
    assert seal(key, "someone", text) != sealed


@pytest.mark.parametrize("junk", ["", "AAAA", "no base64!", "A" * 200, "한글"])
def test_a_sealed_text_that_was_changed_is_none(junk: str) -> None:
    assert unseal(new_subject_key(), "someone", junk) is None


@given(st.binary(min_size=32, max_size=32))
def test_a_tag_is_a_letter_and_a_sign_that_cannot_be_misread(log: bytes) -> None:
    tag = tag_of(log)
    assert len(tag) == 2
    assert tag[0].isalpha()
    assert not set(tag) & set("IO01")
