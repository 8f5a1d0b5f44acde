"""Challenges and tokens: for one device, for a while, of one server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.server.limits import Buckets, Rate, TurnedDown
from sync.server.tokens import device_of, is_challenge, new_challenge, new_token

SECRET, OTHER = b"a secret", b"another secret"
DEVICE, STRANGER = "ab" * 32, "cd" * 32


def test_a_token_names_its_device_until_it_ends() -> None:
    token = new_token(SECRET, DEVICE, 1_000)
    assert device_of(SECRET, token, 999) == DEVICE
    assert device_of(SECRET, token, 1_000) == ""
    assert device_of(OTHER, token, 999) == ""


@given(st.integers(0, 71), st.integers(1, 255))
def test_a_changed_token_is_none(at: int, by: int) -> None:
    token = new_token(SECRET, DEVICE, 1_000)
    letter = chr((ord(token[at]) + by) % 128)
    assert letter == token[at] or device_of(SECRET, token[:at] + letter + token[at + 1 :], 1) in ("", DEVICE)
    assert device_of(SECRET, token[:at], 1) == ""


@given(st.text(max_size=120))
def test_a_made_up_token_is_none(text: str) -> None:
    assert device_of(SECRET, text, 0) == "" and not is_challenge(SECRET, text, DEVICE, 0)


def test_a_challenge_is_for_one_device_for_a_while() -> None:
    asked = new_challenge(SECRET, DEVICE, 1_000)
    assert is_challenge(SECRET, asked, DEVICE, 999)
    assert not is_challenge(SECRET, asked, DEVICE, 1_000)
    assert not is_challenge(SECRET, asked, STRANGER, 999)
    assert not is_challenge(OTHER, asked, DEVICE, 999)


def test_a_token_is_no_challenge_and_the_other_way_round() -> None:
    assert not is_challenge(SECRET, new_token(SECRET, DEVICE, 1_000), DEVICE, 1)
    assert device_of(SECRET, new_challenge(SECRET, DEVICE, 1_000), 1) == ""


@given(st.integers(1, 20), st.integers(1, 5_000), st.lists(st.integers(0, 20_000), max_size=40))
def test_a_bucket_never_gives_more_than_its_rate(burst: int, each_ms: int, pauses_ms: list[int]) -> None:
    now = [0]
    buckets = Buckets(Rate(burst, each_ms), lambda: now[0])
    given_at: list[int] = []
    for pause in pauses_ms:
        now[0] += pause * 1_000_000
        try:
            buckets.take("a")
            given_at.append(now[0])
        except TurnedDown as turned:
            assert turned.status == 429 and turned.wait_s >= 1
    for first in range(len(given_at)):
        for last in range(first, len(given_at)):
            most = burst + (given_at[last] - given_at[first]) // (each_ms * 1_000_000)
            assert last - first + 1 <= most


def test_who_waits_as_told_gets_in() -> None:
    now = [0]
    buckets = Buckets(Rate(2, 3_000), lambda: now[0])
    buckets.take("a")
    buckets.take("a")
    buckets.take("b")
    with pytest.raises(TurnedDown) as told:
        buckets.take("a")
    now[0] += told.value.wait_s * 1_000_000_000
    buckets.take("a")
