"""Network printers: what is reported is what provably happened, and no wait is without end."""

import socket
import time

import pytest

from pos_app.hardware.printer_uri import parse
from pos_app.hardware.send_result import PrinterState
from pos_app.hardware.transports import query_state, send
from tests.hardware.simulated_printer import (
    COVER_OPEN,
    NEAR_END,
    PAPER_OUT,
    Mood,
    SimulatedPrinter,
)

RECEIPT = b"\x1b@\x1c&" + "사과 3,000원\n".encode("cp949") * 40 + b"\x1dVB\x00"
LONG = RECEIPT * 8000  # several megabytes: more than any buffer between here and the paper


def target(printer: SimulatedPrinter, **options: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in options.items())
    return f"socket://127.0.0.1:{printer.port}?{query}".rstrip("?")


def test_a_healthy_printer_confirms() -> None:
    with SimulatedPrinter() as printer:
        result = send(parse(target(printer)), RECEIPT)
        assert printer.idle.wait(5)
    assert (result.outcome, result.bytes_sent, result.confirmed) == ("sent", len(RECEIPT), True)
    assert printer.printed == RECEIPT and printer.asked == [1, 2, 4] and printer.barriers == 1


def test_the_open_drawer_is_no_trouble_and_little_paper_is_told() -> None:
    with SimulatedPrinter(status=dict(NEAR_END)) as printer:
        result = send(parse(target(printer)), RECEIPT)
    assert result.outcome == "sent" and result.state is not None and result.state.paper == "near_end"


@pytest.mark.parametrize(
    ("status", "detail"),
    [(PAPER_OUT, "paper_out"), (COVER_OPEN, "cover_open"), ({1: 0x1E, 2: 0x12, 4: 0x12}, "offline")],
)
@pytest.mark.acceptance("A14")
def test_nothing_goes_to_a_printer_in_trouble(status: dict[int, int], detail: str) -> None:
    with SimulatedPrinter(status=dict(status)) as printer:
        result = send(parse(target(printer)), RECEIPT)
        assert printer.idle.wait(5)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, detail)
    assert printer.printed == b""


def test_a_printer_that_never_answers_gets_its_paper() -> None:
    with SimulatedPrinter("silent") as printer:
        start = time.monotonic()
        result = send(parse(target(printer)), RECEIPT)
        took = time.monotonic() - start
        assert printer.idle.wait(5)
    assert (result.outcome, result.confirmed) == ("sent", False)
    assert printer.printed == RECEIPT and printer.barriers == 0
    assert took < 1.5


def test_asking_can_be_switched_off() -> None:
    with SimulatedPrinter() as printer:
        result = send(parse(target(printer, status="no")), RECEIPT)
        assert printer.idle.wait(5)
    assert result.outcome == "sent" and result.state is None
    assert printer.asked == [] and printer.printed == RECEIPT


@pytest.mark.acceptance("A15")
def test_paper_that_runs_out_on_the_way_leaves_it_unknown() -> None:
    with SimulatedPrinter("stops_before_barrier") as printer:
        start = time.monotonic()
        result = send(parse(target(printer)), RECEIPT)
        took = time.monotonic() - start
    assert (result.outcome, result.detail) == ("unknown", "paper_out")
    assert took < 2.5


def test_a_slow_printer_that_says_it_is_well_has_it() -> None:
    with SimulatedPrinter("no_barrier") as printer:
        result = send(parse(target(printer)), RECEIPT)
    assert (result.outcome, result.confirmed) == ("sent", False)


@pytest.mark.acceptance("A15")
def test_a_printer_that_takes_the_line_and_reads_nothing_is_unknown() -> None:
    with SimulatedPrinter("deaf") as printer:
        start = time.monotonic()
        result = send(parse(target(printer)), LONG, deadline_s=1.0)
        took = time.monotonic() - start
    assert (result.outcome, result.detail) == ("unknown", "timeout")
    assert 0 < result.bytes_sent < len(LONG)
    assert took < 3


@pytest.mark.acceptance("A15")
def test_a_reset_on_the_way_is_unknown() -> None:
    with SimulatedPrinter("hangs_up") as printer:
        result = send(parse(target(printer, status="no")), LONG, deadline_s=5)
    assert (result.outcome, result.detail) == ("unknown", "reset")
    assert 0 < result.bytes_sent < len(LONG)


@pytest.mark.acceptance("A14")
def test_a_closed_port_takes_nothing_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    start = time.monotonic()
    result = send(parse(f"socket://127.0.0.1:{port}"), RECEIPT)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, "refused")
    assert time.monotonic() - start < 1


def test_a_name_nobody_has_takes_nothing() -> None:
    result = send(parse("socket://printer.invalid"), RECEIPT, deadline_s=1)
    assert (result.outcome, result.detail) == ("nothing_accepted", "unreachable")


@pytest.mark.acceptance("A14")
def test_a_line_that_nobody_takes_up_is_given_up() -> None:
    """A full queue of a listener swallows the call, as a switched-off printer behind a router does."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for caller in waiting:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        start = time.monotonic()
        result = send(parse(f"socket://127.0.0.1:{port}"), RECEIPT, deadline_s=0.5)
        took = time.monotonic() - start
        for caller in waiting:
            caller.close()
    assert result.outcome == "nothing_accepted" and took < 1.5


def test_jobs_one_after_the_other_each_with_its_own_line() -> None:
    with SimulatedPrinter() as printer:
        results = [send(parse(target(printer)), RECEIPT) for _ in range(3)]
        assert printer.idle.wait(5)
    assert [result.confirmed for result in results] == [True] * 3
    assert printer.printed == RECEIPT * 3


@pytest.mark.parametrize(("mood", "answered"), [("healthy", True), ("silent", False)])
def test_a_printer_can_be_asked_alone(mood: Mood, answered: bool) -> None:
    with SimulatedPrinter(mood) as printer:
        state = query_state(parse(target(printer)))
    assert state == PrinterState(answered=answered)
    assert query_state(parse(f"socket://127.0.0.1:{printer.port}")) is None
