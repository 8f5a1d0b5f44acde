"""The child that holds a device: whatever becomes of it, what it told says what may have been taken."""

import sys
import time

import pytest

from pos_app.hardware import child_link
from pos_app.hardware.printer_uri import parse
from pos_app.hardware.transports import query_state, send

SERIAL = parse("serial:///dev/ttyUSB9?status=no&baud=115200")
# A child that does as its lines say instead of holding a device.
CHILD = """
import struct, sys, threading
def say(letter, payload=b""):
    sys.stdout.buffer.write(struct.pack("<cI", letter, len(payload)) + payload)
    sys.stdout.buffer.flush()
def order():
    letter, length, _ = struct.unpack("<cII", sys.stdin.buffer.read(9))
    return letter, sys.stdin.buffer.read(length)
def hang():
    threading.Event().wait(60)
def took(count):
    say(b"A", struct.pack("<I", count))
"""


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(child_link, "_START_S", 5.0)
    monkeypatch.setattr(child_link, "_GRACE_S", 0.3)
    monkeypatch.setattr(child_link, "_LEAVE_S", 0.3)
    return monkeypatch


@pytest.mark.acceptance("A15")
@pytest.mark.parametrize(
    ("lines", "outcome", "count", "detail"),
    [
        ("say(b'H'); say(b'O'); order(); say(b'T'); took(3); say(b'D')", "sent", 3, ""),
        ("say(b'H'); say(b'O'); order(); say(b'T'); took(2); hang()", "unknown", 2, "timeout"),
        ("say(b'H'); say(b'O'); order(); say(b'T'); hang()", "unknown", 0, "timeout"),
        ("say(b'H'); say(b'O'); order(); say(b'T')", "unknown", 0, "device_error"),
        ("say(b'H'); say(b'O'); order(); say(b'T'); say(b'E', b'EIO')", "unknown", 0, "device_error"),
        (
            "say(b'H'); say(b'O'); order(); say(b'T'); took(0); say(b'E', b'ENODEV')",
            "nothing_accepted",
            0,
            "no_device",
        ),
        ("say(b'H'); say(b'O'); order(); say(b'D', b'timeout')", "nothing_accepted", 0, "timeout"),
        ("say(b'H'); say(b'O'); order(); hang()", "nothing_accepted", 0, "timeout"),
        ("say(b'H'); say(b'O'); hang()", "nothing_accepted", 0, "timeout"),
        ("say(b'H'); say(b'O')", "nothing_accepted", 0, "device_error"),
        ("say(b'H'); say(b'E', b'EBUSY')", "nothing_accepted", 0, "busy"),
        ("say(b'H'); hang()", "nothing_accepted", 0, "timeout"),
        ("say(b'H')", "nothing_accepted", 0, "device_error"),
        ("raise SystemExit(1)", "nothing_accepted", 0, "device_error"),
    ],
)
def test_what_it_told_counts(
    acts: pytest.MonkeyPatch, lines: str, outcome: str, count: int, detail: str
) -> None:
    acts.setattr(child_link, "_command", lambda device: [sys.executable, "-I", "-S", "-c", CHILD + lines])
    start = time.monotonic()
    result = send(SERIAL, b"abc", deadline_s=0.5)
    assert (result.outcome, result.bytes_sent) == (outcome, count)
    assert result.detail == detail
    assert time.monotonic() - start < 8


def test_a_child_that_cannot_be_started(acts: pytest.MonkeyPatch) -> None:
    acts.setattr(child_link, "_command", lambda device: ["/no/such/program"])
    result = send(SERIAL, b"abc")
    assert (result.outcome, result.detail) == ("nothing_accepted", "device_error")
    assert query_state(parse("serial:///dev/ttyUSB9")) is None


def test_a_child_that_dies_while_it_is_asked(acts: pytest.MonkeyPatch) -> None:
    lines = "say(b'H'); say(b'O'); order(); say(b'T'); took(3); say(b'D'); order()"
    acts.setattr(child_link, "_command", lambda device: [sys.executable, "-I", "-S", "-c", CHILD + lines])
    target = parse("serial:///dev/ttyUSB9")
    result = send(target, b"abc")
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "closed")
    assert query_state(target) is None
