"""Which bytes count as a printer's answer, whoever sends them."""

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pos_app.hardware import dialogue
from pos_app.hardware.dialogue import NotAPrinter, Written
from pos_app.hardware.strips import pieces


class Script:
    """A line that answers each question with the next of its lines."""

    def __init__(self, *answers: bytes) -> None:
        self._answers, self.wrote = list(answers), b""
        self._ready = b""

    def write(self, data: bytes, end: float) -> Written:
        self.wrote += data
        if self._answers:
            self._ready += self._answers.pop(0)
        return Written(len(data))

    def read(self, end: float) -> bytes:
        got, self._ready = self._ready, b""
        return got


def test_bulletins_and_late_answers_may_come_before() -> None:
    for before in (b"\x10\x00\x00\x00", b"\x14\x0f\x00\x00" * 2, b"\x00", b"\x03\x12"):
        state = dialogue.how_it_is(Script(before + b"\x1e", b"\x12", before + b"\x7e"), 1.0)
        assert state.answered and not state.online and state.paper == "out"


def test_words_are_no_answer() -> None:
    for words in (b"220 ftp", b"SSH-2.0", b"login: ", b"ERR\r\n", b"HTTP/1.1 2"):
        assert not dialogue.how_it_is(Script(words), 0.1).answered


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_any_answers_give_one_result(answers: list[bytes]) -> None:
    line = Script(*answers)
    result = dialogue.deliver(line, b"abc\n", 0.2, True)
    assert result.outcome in ("sent", "nothing_accepted", "unknown")
    assert (b"abc\n" in line.wrote) == (result.outcome != "nothing_accepted")
    assert result.confirmed <= (result.state is not None and result.state.answered)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=4, max_size=15))
def test_text_is_never_taken_for_a_status(words: str) -> None:
    assert not dialogue.how_it_is(Script(words.encode()), 0.1).answered


def test_our_own_bytes_come_from_no_printer() -> None:
    try:
        dialogue.how_it_is(Script(b"\x10\x04\x01"), 0.1)
    except NotAPrinter:
        return
    raise AssertionError("an echo was taken for a printer")


PICTURES = st.builds(
    lambda row, rows, fill: b"\x1dv0\x00" + bytes((row, 0, rows, 0)) + (fill * 9000)[: row * rows],
    st.integers(0, 72),
    st.integers(0, 120),
    st.binary(min_size=1, max_size=8),
)


@given(st.lists(st.one_of(PICTURES, st.binary(max_size=30)), max_size=6))
def test_pieces_are_the_whole(parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert b"".join(pieces(data)) == data and all(pieces(data))


@given(st.lists(PICTURES, min_size=1, max_size=5), st.sampled_from([b"", b"\x1b@", b"text\n"]))
def test_each_strip_stays_whole(strips: list[bytes], start: bytes) -> None:
    got = pieces(start + b"".join(strips))
    assert got == [start + strips[0], *strips[1:]]
    assert all(before != after or before in strips for before, after in pairwise(got))


def test_silence_costs_what_was_allowed() -> None:
    class Silent(Script):
        def read(self, end: float) -> bytes:
            while time.monotonic() < end:
                pass
            return b""

    start = time.monotonic()
    assert not dialogue.how_it_is(Silent(), 0.1).answered
    assert time.monotonic() - start < 1
