"""Ask the printer, send, ask whether it came through: the same for every line that goes both ways."""

import time
from typing import NamedTuple, Protocol

from pos_app.hardware.send_result import PrinterState, SendResult
from pos_app.hardware.strips import pieces

STATUS_S = 0.5  # printers answer in milliseconds, those that never answer must not cost a second each
STEP = 4096
_PATIENCE = 4  # times the deadline, for a printer that takes a long picture slowly but steadily
_BARRIER = b"\x1dr\x01"  # GS r 1: answered when everything before it was processed
_BARRIER_S = 1.0
_BARRIER_MOST_S = 4.0
_PRINTED_PER_S = 40_000  # bytes of picture; what is still on its way to the paper may be waited for
_STATUS = (0x93, 0x12)  # which bits are fixed in an answer, and how they stand
_PASSED = (0x90, 0x00)  # the answer to GS r: its other bits tell of the paper
_BULLETIN = (0x93, 0x10)
_LATE = (0xF0, 0x00)  # the same, told from text
_STRAYS = 2  # answers to questions of a job before this one
_MUCH = 16  # no printer answers three bytes with so many


class Written(NamedTuple):
    """Bytes a line took, why it took no more, and whether it can have taken more than it told."""

    accepted: int
    fault: str = ""
    certain: bool = True


class Link(Protocol):
    """A line that is open in both directions; `end` is a time of the monotonic clock."""

    def write(self, data: bytes, end: float) -> Written:
        """Give the line what it takes until `end`."""
        ...

    def read(self, end: float) -> bytes:
        """What has come, waiting for the first byte until `end`; nothing when it keeps silent.

        OSError when the line is broken.
        """
        ...


class NotAPrinter(Exception):
    """Somebody answers, but as no printer would: our own bytes, or a speech."""


def deliver(
    link: Link,
    data: bytes,
    deadline_s: float,
    ask_status: bool,
    pause_s: float = 0.0,
    whole_s: float = 0.0,
) -> SendResult:
    """Sends `data`; asks how the printer is before and, where it answers, whether it got through.

    `deadline_s` is how long a step may take; a slow one that goes on taking has four times that, or
    `whole_s` where the line itself needs more.
    A printer that never answers gets its paper all the same (`sent`, not `confirmed`). One that
    answered before and is silent after leaves `unknown` unless it says that it is well.
    """
    state = None
    if ask_status:
        try:
            state = how_it_is(link, STATUS_S)
        except NotAPrinter:
            return SendResult("nothing_accepted", 0, "not_a_printer")
        except OSError:
            return SendResult("nothing_accepted", 0, "closed")
        if state.answered and state.trouble:
            return SendResult("nothing_accepted", 0, state.trouble, state=state)
    answers = state is not None and state.answered
    sent, fault, certain = _pushed(link, data, deadline_s, pause_s, whole_s)
    if fault:
        provably = sent == 0 and certain
        return SendResult("nothing_accepted" if provably else "unknown", sent, fault, state=state)
    if not answers:
        return SendResult("sent", sent, state=state)
    return _asked_whether_printed(link, sent, deadline_s, state)


def how_it_is(link: Link, within_s: float) -> PrinterState:
    """The printer's word about itself; `answered` False when it says nothing, or nothing known.

    OSError: the line is broken. NotAPrinter: somebody else is at the other end.
    """
    end = time.monotonic() + within_s
    general = _asked(link, 1, end)
    if general is None:
        return PrinterState(answered=False)
    cause, roll = _asked(link, 2, end), _asked(link, 4, end)
    out = (roll is not None and roll & 0x60) or (cause is not None and cause & 0x20)
    near_end = roll is not None and roll & 0x0C
    return PrinterState(
        answered=True,
        online=not general & 0x08,
        cover_open=cause is not None and bool(cause & 0x04),
        paper="out" if out else "near_end" if near_end else "enough",
    )


def _pushed(link: Link, data: bytes, deadline_s: float, pause_s: float, whole_s: float) -> Written:
    """Gives the line all of `data`; `deadline_s` is how long a step of it may take."""
    sent, last = 0, time.monotonic() + max(whole_s, _PATIENCE * deadline_s)
    for piece in pieces(data) if pause_s else [data]:
        if sent:
            time.sleep(pause_s)
            last += pause_s
        for at in range(0, len(piece), STEP):
            end = min(last, time.monotonic() + deadline_s)
            taken, fault, certain = link.write(piece[at : at + STEP], end)
            sent += taken
            if fault:
                return Written(sent, fault, certain)
    return Written(sent)


def _asked_whether_printed(
    link: Link, sent: int, deadline_s: float, state: PrinterState | None
) -> SendResult:
    try:
        # Without the question in its buffer there is nothing to wait for, but the paper is out there.
        asked = not link.write(_BARRIER, time.monotonic() + max(deadline_s, STATUS_S)).fault
        if asked and _passed(link, min(_BARRIER_MOST_S, _BARRIER_S + sent / _PRINTED_PER_S)):
            return SendResult("sent", sent, confirmed=True, state=state)
        after = how_it_is(link, STATUS_S)
    except (OSError, NotAPrinter):
        return SendResult("unknown", sent, "reset", state=state)
    if after.answered and not after.trouble:
        return SendResult("sent", sent, state=after)  # still printing what it holds
    return SendResult("unknown", sent, after.trouble or "timeout", state=after)


def _asked(link: Link, which: int, end: float) -> int | None:
    """The answer byte to DLE EOT `which`, None when there is none in time."""
    question = b"\x10\x04" + bytes((which,))
    if link.write(question, end).fault == "reset":
        raise ConnectionResetError
    heard = b""
    while got := link.read(end):
        heard += got
        if question in heard or len(heard) >= _MUCH:
            raise NotAPrinter
        if (answer := _answer(heard, _STATUS)) is not None:
            return answer
    return None


def _passed(link: Link, within_s: float) -> bool:
    end, heard = time.monotonic() + within_s, b""
    while len(heard) < _MUCH and (got := link.read(end)):
        heard += got
        if _answer(heard, _PASSED) is not None:
            return True
    return False


def _answer(heard: bytes, kind: tuple[int, int]) -> int | None:
    """The last byte, when it is of the kind waited for and only answers stand before it.

    Text that happens to hold such a byte is none: all before it must be late answers or bulletins
    (four bytes that a printer sends unasked when something changes).
    """
    rest = heard
    while len(rest) > 4 and _is(rest[0], _BULLETIN) and not any(byte & 0xF0 for byte in rest[2:4]):
        rest = rest[4:]
    *before, last = rest
    if len(before) > _STRAYS or not all(_is(byte, _STATUS) or _is(byte, _LATE) for byte in before):
        return None
    return last if _is(last, kind) else None


def _is(byte: int, kind: tuple[int, int]) -> bool:
    return byte & kind[0] == kind[1]
