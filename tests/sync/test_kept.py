"""What a server keeps of messages whose line broke: per device, bounded, for an hour."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.parts import LEAST_PART_BYTES, read_have, read_name, read_place, write_place
from sync.server.kept import ANSWER, ASK, Kept
from tests.sync.serving import Parts

ONE, TWO = "01" * 32, "02" * 32
HOUR = 3600


class Shelf(Kept):
    """With a clock that stands until it is moved."""

    def __init__(self, most: int = 1 << 20) -> None:
        self.rows = Parts()
        self.at = 1_000_000
        super().__init__(self.rows.opened, most, HOUR, lambda: self.at)

    def put(self, message: bytes, start: int, end: int, device: str = ONE, began: int | None = None) -> int:
        """This piece of the message."""
        began_us = self.at if began is None else began
        name = sha256(message).digest()
        return self.add(device, name, len(message), start, message[start:end], began_us)

    def got(self, message: bytes, device: str = ONE) -> bytes | None:
        """The whole of it."""
        return self.whole(device, sha256(message).digest(), len(message))


def message(size: int, fill: int = 7) -> bytes:
    return bytes((fill * at) % 251 for at in range(size))


@given(st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 9_000)), max_size=12))
def test_parts_in_any_order_and_doubled_make_the_message_or_less(pieces: list[tuple[int, int]]) -> None:
    shelf, said = Shelf(), message(8_000)
    have = 0
    for start, length in pieces:
        end = min(len(said), start + length)
        now = shelf.put(said, min(start, end), end)
        assert have <= now <= max(have, end)
        have = now
    while have < len(said):
        have = shelf.put(said, have, have + 3_000)
    assert shelf.got(said) == said


def test_crumbs_are_not_kept_unless_they_are_the_end() -> None:
    shelf, said = Shelf(), message(2 * LEAST_PART_BYTES + 1)
    assert shelf.put(said, 0, LEAST_PART_BYTES - 1) == 0
    assert shelf.put(said, 0, 2 * LEAST_PART_BYTES) == 2 * LEAST_PART_BYTES
    assert shelf.put(said, 2 * LEAST_PART_BYTES, len(said)) == len(said)
    assert shelf.got(said) == said


def test_a_gap_is_not_jumped() -> None:
    shelf, said = Shelf(), message(8_000)
    assert shelf.put(said, 2_000, 4_000) == 0
    assert shelf.put(said, 0, 1_000) == 1_000
    assert shelf.put(said, 2_000, 4_000) == 1_000


def test_the_newest_message_of_a_device_replaces_the_one_before() -> None:
    shelf, old, new = Shelf(), message(8_000), message(8_000, 11)
    shelf.put(old, 0, 4_000)
    shelf.at += 1
    assert shelf.put(new, 0, 3_000) == 3_000
    assert shelf.put(old, 0, 0) == 0
    assert shelf.rows.sizes() == {(ONE, ASK): 3_000}


def test_a_straggler_does_not_push_out_what_was_begun_after_it() -> None:
    shelf, old, new = Shelf(), message(8_000), message(8_000, 11)
    began = shelf.at
    shelf.at += 5
    shelf.put(new, 0, 3_000)
    shelf.at += 5
    assert shelf.put(old, 0, 4_000, began=began) == 0
    assert shelf.put(new, 0, 0) == 3_000


def test_each_device_has_its_own() -> None:
    shelf, said = Shelf(), message(8_000)
    assert shelf.put(said, 0, 8_000) == 8_000
    assert shelf.put(said, 0, 0, device=TWO) == 0
    assert shelf.got(said, TWO) is None and shelf.got(said) == said
    name = shelf.keep_answer(ONE, said)
    assert shelf.rest_of_answer(ONE, name, 7_000) == said[7_000:]
    assert shelf.rest_of_answer(TWO, name, 7_000) is None


def test_after_an_hour_nothing_is_left_of_it() -> None:
    shelf, said = Shelf(), message(8_000)
    shelf.put(said, 0, 4_000)
    name = shelf.keep_answer(ONE, said)
    shelf.at += HOUR * 1_000_000 - 1
    assert shelf.put(said, 4_000, 6_000) == 6_000
    shelf.at += 2
    assert shelf.put(said, 0, 0) == 0
    assert shelf.rest_of_answer(ONE, name, 0) is None
    assert shelf.rows.sizes() == {}


def test_all_devices_together_are_bounded_and_the_oldest_goes() -> None:
    shelf = Shelf(most=20_000)
    for number in range(1, 9):
        device = f"{number:064x}"
        shelf.keep_answer(device, message(2_000))
        assert sum(shelf.rows.sizes().values()) <= 20_000
        shelf.put(message(8_000), 0, 7_000, device=device)
        shelf.at += 1
        sizes = shelf.rows.sizes()
        assert sum(sizes.values()) <= 20_000
        assert sizes[(device, ASK)] == 7_000 and sizes[(device, ANSWER)] == 2_000


def test_what_lies_about_its_name_is_thrown_away() -> None:
    shelf, said = Shelf(), message(8_000)
    shelf.add(ONE, sha256(b"other").digest(), len(said), 0, said, shelf.at)
    assert shelf.whole(ONE, sha256(b"other").digest(), len(said)) is None
    assert shelf.rows.sizes() == {}


@pytest.mark.parametrize(
    "text", ["", "1", "/", "1/", "-1/5", "1/5/6", "１/5", "1/1234567890", " 1/5", "1/5\n"]
)
def test_a_place_that_is_none(text: str) -> None:
    assert read_place(text) is None


@pytest.mark.parametrize("text", ["", "ab" * 31, "AB" * 32, "zz" * 32, "ab" * 33, "ab" * 32 + "\n"])
def test_a_name_that_is_none(text: str) -> None:
    assert read_name(text) == b""


def test_places_and_names_are_read_as_written() -> None:
    assert read_place(write_place(5, 70_000)) == (5, 70_000)
    assert read_name("ab" * 32) == b"\xab" * 32
    assert read_have(b'{"have":17}') == 17 and read_have(b'{"have":"x"}') == read_have(b"<html>") == -1
