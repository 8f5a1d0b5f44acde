"""Files and device files: kept whole, and never waited for without end."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.hardware import device_file
from pos_app.hardware.printer_uri import parse
from pos_app.hardware.transports import query_state, send
from tests.hardware.simulated_printer import SerialPrinter

pipes = pytest.mark.skipif(sys.platform == "win32", reason="device files of this kind are not on Windows")


def test_a_file_grows_by_each_job(tmp_path: Path) -> None:
    paper = tmp_path / "paper.bin"
    for job in (b"\x1b@one", b"\x1b@two"):
        result = send(parse(paper.as_uri()), job)
        assert (result.outcome, result.bytes_sent) == ("sent", 5)
    assert paper.read_bytes() == b"\x1b@one\x1b@two"


def test_a_file_of_anything_but_papers_is_left_as_it_is(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_bytes(b"root:x:0:0\n")
    result = send(parse(book.as_uri()), b"\x1b@one")
    assert (result.outcome, result.detail) == ("nothing_accepted", "not_a_printer")
    assert book.read_bytes() == b"root:x:0:0\n"


def test_a_place_that_is_not_there_takes_nothing(tmp_path: Path) -> None:
    for place in (tmp_path / "no" / "paper.bin", tmp_path, Path("/dev/no-such-printer")):
        result = send(parse(place.as_uri()), b"x")
        assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "no_device")
    assert not Path("/dev/no-such-printer").exists()


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe stands for a device: it too makes the writer wait."""
    path = tmp_path / "lp0"
    os.mkfifo(path)
    return path


@pipes
def test_a_device_takes_it_all(pipe: Path) -> None:
    data, got = bytes(range(256)) * 400, []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    result = send(parse(pipe.as_uri()), data)
    reader.join(5)
    assert (result.outcome, result.bytes_sent, got) == ("sent", len(data), [data])


@pipes
@pytest.mark.acceptance("A14")
def test_a_device_that_does_not_open_is_given_up(pipe: Path) -> None:
    start = time.monotonic()
    result = send(parse(pipe.as_uri()), b"x" * 900, deadline_s=0.5)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "timeout")
    assert time.monotonic() - start < 2.5


@pipes
@pytest.mark.acceptance("A15")
def test_a_device_that_hangs_half_way_is_unknown(pipe: Path) -> None:
    holder = os.open(pipe, os.O_RDWR)
    try:
        result = send(parse(pipe.as_uri()), b"x" * 300_000, deadline_s=1.5)
    finally:
        os.close(holder)
    assert (result.outcome, result.detail) == ("unknown", "timeout")
    assert 0 < result.bytes_sent < 300_000


@pipes
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_refuses_the_first_byte_took_nothing() -> None:
    result = send(parse("file:///dev/full"), b"x" * 900)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "device_error")


@pytest.fixture
def usb_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[SerialPrinter]:
    """The other end of a pseudo terminal, taken for a file of the system's USB printer driver."""
    with SerialPrinter() as printer:
        monkeypatch.setattr(device_file, "can_answer", lambda path: path == printer.path)
        yield printer


@pipes
@pytest.mark.acceptance("A14")
def test_a_printer_behind_a_file_is_asked_and_confirms(usb_file: SerialPrinter) -> None:
    target = parse(f"file://{usb_file.path}")
    usb_file.set_roll("out")
    result = send(target, b"\x1b@one\n")
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "paper_out")
    state = query_state(target)
    assert state is not None and state.trouble == "paper_out"
    usb_file.load_paper()
    assert send(target, b"\x1b@one\n").confirmed and usb_file.paper.lines == ["one"]


@pipes
def test_a_printer_behind_a_file_need_not_be_asked(usb_file: SerialPrinter) -> None:
    target = parse(f"file://{usb_file.path}?status=no")
    result = send(target, b"\x1b@one\n")
    assert (result.outcome, result.confirmed, usb_file.asked) == ("sent", False, [])
    assert query_state(target) is None


@pytest.mark.parametrize("path", ["/dev/null", "/dev/no-such-printer", "/tmp"])
def test_other_files_are_never_asked(path: str) -> None:
    assert not device_file.can_answer(path)
    assert query_state(parse(f"file://{path}")) is None
