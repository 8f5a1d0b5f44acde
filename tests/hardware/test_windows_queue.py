"""Queues of the Windows spooler, with a stand-in for it."""

import sys
import threading

import pytest

from pos_app.hardware.printer_uri import parse
from pos_app.hardware.send_result import PrinterState
from pos_app.hardware.transports import query_state, send
from tests.hardware.windows_bench import Spooler, stand_in

R80 = parse("win32://r80")
DATA = b"\x1b@" + b"abc\n" * 300


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Spooler:
    spooler = Spooler()
    stand_in(monkeypatch, spooler)
    return spooler


def test_a_paper_that_leaves_the_queue_is_sent(spooler: Spooler) -> None:
    result = send(R80, DATA)
    assert (result.outcome, result.bytes_sent) == ("sent", len(DATA)) and spooler.written == DATA
    assert spooler.calls[-1] == "ClosePrinter"


def test_a_queue_that_keeps_its_papers_says_that_it_was_printed(spooler: Spooler) -> None:
    spooler.job = 0x80
    assert send(R80, DATA).outcome == "sent"


@pytest.mark.parametrize(
    ("status", "attributes", "detail"),
    [
        (0x80, 0, "offline"),
        (0, 0x400, "offline"),
        (0x1, 0, "offline"),
        (0x10, 0, "paper_out"),
        (0x400000, 0, "cover_open"),
    ],
)
@pytest.mark.acceptance("A14")
def test_nothing_goes_to_a_printer_in_trouble(
    spooler: Spooler, status: int, attributes: int, detail: str
) -> None:
    spooler.status, spooler.attributes = status, attributes
    result = send(R80, DATA)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, detail)
    assert "StartDocPrinter" not in spooler.calls
    state = query_state(R80)
    assert state is not None and state.trouble == detail
    spooler.status = spooler.attributes = 0
    assert send(R80, DATA).outcome == "sent"


@pytest.mark.acceptance("A15")
@pytest.mark.parametrize(
    ("job", "outcome"),
    [
        (0x0, "nothing_accepted"),
        (0x8, "nothing_accepted"),
        (0x10, "unknown"),
        (0x10 | 0x20, "unknown"),
        (0x2, "unknown"),
        (0x40, "unknown"),
    ],
)
def test_a_paper_that_waits_too_long_is_taken_back(spooler: Spooler, job: int, outcome: str) -> None:
    spooler.job = job
    result = send(R80, DATA, deadline_s=0.1)
    assert (result.outcome, result.detail) == (outcome, "timeout")
    assert "SetJob 5" in spooler.calls and spooler.job is None


@pytest.mark.acceptance("A15")
def test_a_pause_that_has_no_effect_proves_nothing(spooler: Spooler) -> None:
    spooler.job, spooler.paused = 0, 0
    assert send(R80, DATA, deadline_s=0.1).outcome == "unknown"


@pytest.mark.parametrize(
    ("call", "outcome", "detail"),
    [
        ("OpenPrinter", "nothing_accepted", "no_device"),
        ("GetPrinter", "nothing_accepted", "device_error"),
        ("StartDocPrinter", "nothing_accepted", "device_error"),
        ("WritePrinter", "unknown", "device_error"),
        ("GetJob", "unknown", "device_error"),
    ],
)
def test_a_call_that_fails(spooler: Spooler, call: str, outcome: str, detail: str) -> None:
    spooler.fails[call] = 1722
    result = send(R80, DATA)
    assert (result.outcome, result.detail) == (outcome, detail)


@pytest.mark.acceptance("A15")
def test_a_spooler_that_hangs_is_left_behind(spooler: Spooler) -> None:
    spooler.hangs = threading.Event()
    try:
        result = send(R80, DATA, deadline_s=-2.5)
    finally:
        spooler.hangs.set()
    assert (result.outcome, result.detail) == ("unknown", "timeout")


def test_a_spooler_that_answers_nonsense_gives_one_result(
    spooler: Spooler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooler, "GetPrinter", lambda printer, level: None)
    assert send(R80, DATA).outcome == "nothing_accepted" and query_state(R80) is None
    monkeypatch.undo()
    stand_in(monkeypatch, spooler)
    monkeypatch.setattr(spooler, "GetJob", lambda printer, job, level: {})
    assert send(R80, DATA).outcome == "unknown"


def test_a_queue_that_is_not_there(spooler: Spooler) -> None:
    assert send(parse("win32://other"), DATA).detail == "no_device"
    assert query_state(parse("win32://other")) is None
    assert query_state(R80) == PrinterState(answered=False)


@pytest.mark.skipif(sys.platform == "win32", reason="there it is")
def test_elsewhere_there_is_no_such_spooler() -> None:
    result = send(R80, DATA)
    assert (result.outcome, result.detail) == ("nothing_accepted", "no_spooler")
    assert query_state(R80) is None
