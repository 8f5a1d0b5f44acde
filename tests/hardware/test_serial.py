"""Printers on a serial line: asked, printed to and given up by a child process that can be ended."""

import contextlib
import errno
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import serial

from pos_app.hardware import child_link
from pos_app.hardware.printer_uri import parse, with_options
from pos_app.hardware.send_result import PrinterState
from pos_app.hardware.serial_port import SerialPort
from pos_app.hardware.transports import query_state, send
from tests.hardware.printer_model import Roll
from tests.hardware.simulated_printer import Mood, SerialPrinter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are not on Windows")
RECEIPT = b"\x1b@\x1c&" + "사과 3,000원\n".encode("cp949") * 40 + b"\x1dVB\x00"


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The process numbers of all children that are started."""
    started: list[int] = []
    popen = subprocess.Popen

    def noted(*args: Any, **options: Any) -> Any:
        child = popen(*args, **options)
        started.append(child.pid)
        return child

    monkeypatch.setattr(subprocess, "Popen", noted)
    return started


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_healthy_printer_confirms(children: list[int]) -> None:
    with SerialPrinter() as printer:
        for _ in range(2):
            result = send(parse(printer.uri), RECEIPT)
            assert (result.outcome, result.bytes_sent, result.confirmed) == ("sent", len(RECEIPT), True)
    assert printer.printed == RECEIPT * 2 and printer.strange == b""
    assert printer.paper.lines == ["사과 3,000원"] * 80 and printer.paper.cuts == 2
    assert len(children) == 2 and all(is_gone(pid) for pid in children)


@pytest.mark.parametrize(
    ("roll", "cover_open", "detail"), [("out", False, "paper_out"), ("enough", True, "cover_open")]
)
@pytest.mark.acceptance("A14")
def test_nothing_goes_to_a_printer_in_trouble(roll: Roll, cover_open: bool, detail: str) -> None:
    with SerialPrinter(roll=roll, cover_open=cover_open) as printer:
        result = send(parse(printer.uri), RECEIPT)
        assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, detail)
        assert printer.holding == len(b"\x10\x04\x01" * 3)
        printer.set_roll("enough")
        printer.set_cover(False)
        assert send(parse(printer.uri), RECEIPT).confirmed
        assert printer.printed == RECEIPT


def test_a_printer_that_never_answers_gets_its_paper() -> None:
    with SerialPrinter("silent") as printer:
        assert query_state(parse(printer.uri)) == PrinterState(answered=False)
        result = send(parse(printer.uri), RECEIPT)
        assert (result.outcome, result.confirmed) == ("sent", False)
        assert printer.wait_for(lambda it: it.printed == RECEIPT)


@pytest.mark.parametrize(
    ("mood", "outcome", "detail"),
    [
        ("echo", "nothing_accepted", "not_a_printer"),
        ("nonsense", "sent", ""),
        ("flood", "nothing_accepted", "not_a_printer"),
    ],
)
def test_answers_of_others_are_not_taken_for_a_printers(mood: Mood, outcome: str, detail: str) -> None:
    with SerialPrinter(mood) as printer:
        result = send(parse(with_options(printer.uri, status=True)), RECEIPT)
    assert (result.outcome, result.detail, result.confirmed) == (outcome, detail, False)


def filled(path: str) -> None:
    """Writes to the line until it takes no more."""
    file = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        while select.select([], [file], [], 0.3)[1]:  # the system makes some room a little later
            with contextlib.suppress(BlockingIOError):
                os.write(file, b"\0" * 512)
    finally:
        os.close(file)


@pytest.mark.acceptance("A15")
def test_a_printer_that_stops_reading_is_given_up_and_its_child_ended(children: list[int]) -> None:
    with SerialPrinter("deaf") as printer:
        filled(printer.path)
        assert len(os.read(printer._ours, 8192)) > 0  # room for the beginning
        start = time.monotonic()
        data = RECEIPT * 40
        result = send(parse(with_options(printer.uri, status=False)), data, deadline_s=0.1)
        took = time.monotonic() - start
    assert (result.outcome, result.detail) == ("unknown", "timeout")
    assert 0 < result.bytes_sent < len(data)
    # The first 4 kB alone need a third of a second on this line, so what was asked for is no deadline.
    assert 4096 * 10 / 115200 + 1 < took < 8
    assert all(is_gone(pid) for pid in children)


@pytest.mark.acceptance("A15")
def test_a_full_line_that_takes_not_one_byte_is_safe_to_try_again() -> None:
    with SerialPrinter("deaf") as printer:
        filled(printer.path)
        result = send(parse(with_options(printer.uri, status=False)), RECEIPT, deadline_s=0.5)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "timeout")


@pytest.mark.acceptance("A15")
def test_a_line_that_breaks_in_the_middle_is_unknown() -> None:
    with SerialPrinter("hangs_up", patience=2000) as printer:
        result = send(parse(with_options(printer.uri, status=False)), RECEIPT * 100)
    assert result.outcome == "unknown" and result.detail in ("device_error", "timeout")
    assert result.bytes_sent > 0


@pytest.mark.acceptance("A14")
def test_an_unplugged_line_takes_nothing_and_prints_when_it_is_back(tmp_path: Path) -> None:
    plug = tmp_path / "ttyUSB0"
    target = parse(f"serial://{plug}?baud=115200")
    result = send(target, RECEIPT)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "no_device")
    assert query_state(target) is None
    with SerialPrinter() as printer:
        plug.symlink_to(printer.path)
        assert send(target, RECEIPT).confirmed
        assert query_state(target) == PrinterState(answered=True)
    assert printer.paper.cuts == 1


def test_a_file_that_is_no_line_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "paper.bin"
    plain.write_bytes(b"")
    result = send(parse(f"serial://{plain}"), RECEIPT)
    assert result.outcome == "nothing_accepted" and plain.read_bytes() == b""


def test_a_second_till_on_the_same_line_is_told_so() -> None:
    with SerialPrinter("silent") as printer:
        first = child_link.ChildLink({"scheme": "serial", "path": printer.path, "baud": 9600})
        with first:
            assert first.open(5.0) == ""
            result = send(parse(printer.uri), RECEIPT)
        assert (result.outcome, result.detail) == ("nothing_accepted", "busy")


def test_a_child_that_is_killed_leaves_one_result(children: list[int]) -> None:
    """As when a person ends it from outside: what it had told by then counts."""
    with SerialPrinter("deaf") as printer:
        results = []
        target = parse(with_options(printer.uri, status=False))
        thread = threading.Thread(target=lambda: results.append(send(target, RECEIPT * 200, 20)))
        thread.start()
        assert printer.wait_for(lambda it: select.select([it._ours], [], [], 0)[0])
        os.kill(children[0], 9)
        thread.join(10)
    assert [result.outcome for result in results] == ["unknown"]
    assert results[0].detail == "device_error"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("could not open port 'COM3': FileNotFoundError(2, ..., None, 2)", errno.ENOENT),
        ("could not open port 'COM3': PermissionError(13, ..., None, 5)", errno.EBUSY),
        ("could not open port 'COM3': OSError(22, ...)", None),
    ],
)
def test_windows_hides_the_number_in_the_words(
    monkeypatch: pytest.MonkeyPatch, words: str, number: int | None
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise serial.SerialException(words)

    monkeypatch.setattr(serial, "Serial", refused)
    with pytest.raises(OSError) as caught:
        SerialPort("COM3", 9600)
    assert caught.value.errno == number
