"""Network printers: what is reported is what provably happened, and no wait is without end."""

import socket
import struct
import threading
import time

import pytest

from pos_app.hardware.printer_uri import parse, with_options
from pos_app.hardware.send_result import PrinterState
from pos_app.hardware.transports import query_state, send
from tests.hardware.printer_model import Roll
from tests.hardware.simulated_printer import Mood, SimulatedPrinter

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
    with SimulatedPrinter(roll="near_end") as printer:
        result = send(parse(target(printer)), RECEIPT)
    assert result.confirmed and result.state is not None and result.state.paper == "near_end"


@pytest.mark.parametrize(
    ("roll", "cover_open", "detail"), [("out", False, "paper_out"), ("enough", True, "cover_open")]
)
@pytest.mark.acceptance("A14")
def test_nothing_goes_to_a_printer_in_trouble(roll: Roll, cover_open: bool, detail: str) -> None:
    with SimulatedPrinter(roll=roll, cover_open=cover_open) as printer:
        result = send(parse(target(printer)), RECEIPT)
        assert printer.idle.wait(5)
    assert (result.outcome, result.bytes_sent, result.detail) == ("nothing_accepted", 0, detail)
    assert printer.received == b"\x10\x04\x01\x10\x04\x02\x10\x04\x04"


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


@pytest.mark.acceptance("A14")
def test_the_same_printer_prints_after_paper_is_loaded() -> None:
    with SimulatedPrinter(roll="out") as printer:
        assert send(parse(printer.uri), RECEIPT).detail == "paper_out"
        printer.load_paper()
        assert send(parse(printer.uri), RECEIPT).confirmed
        assert printer.paper.lines == ["사과 3,000원"] * 40 and printer.paper.cuts == 1


@pytest.mark.acceptance("A15")
def test_paper_that_ends_in_the_middle_is_told_and_the_rest_comes_out_later_once() -> None:
    with SimulatedPrinter(lines_left=10) as printer:
        result = send(parse(printer.uri), RECEIPT)
        assert (result.outcome, result.detail) == ("unknown", "paper_out")
        assert len(printer.paper.lines) == 10
        printer.load_paper()
        assert len(printer.paper.lines) == 40 and printer.paper.cuts == 1


def test_a_slow_printer_gets_the_time_it_needs() -> None:
    with SimulatedPrinter(speed=2000) as printer:
        result = send(parse(printer.uri), RECEIPT)
        assert result.outcome == "sent" and result.bytes_sent == len(RECEIPT)
        assert printer.wait_for(lambda it: it.paper.cuts == 1)
    assert printer.printed == RECEIPT


def test_a_long_picture_may_take_longer_than_a_wait() -> None:
    strip = b"\x1dv0\x00\x48\x00\x78\x00" + b"\x55" * 72 * 120
    picture = b"\x1b@" + strip * 8 + b"\x1dVB\x00"
    with SimulatedPrinter(speed=40_000) as printer:
        start = time.monotonic()
        result = send(parse(printer.uri), picture, deadline_s=0.8)
        assert time.monotonic() - start > 0.8
        assert (result.outcome, result.bytes_sent) == ("sent", len(picture))
        assert printer.wait_for(lambda it: it.paper.cuts == 1)
    assert len(printer.paper.pictures) == 8


@pytest.mark.parametrize(
    ("mood", "outcome", "detail"),
    [
        ("echo", "nothing_accepted", "not_a_printer"),
        ("speech", "nothing_accepted", "not_a_printer"),
        ("flood", "nothing_accepted", "not_a_printer"),
        ("nonsense", "sent", ""),
    ],
)
def test_answers_of_others_are_not_taken_for_a_printers(mood: Mood, outcome: str, detail: str) -> None:
    with SimulatedPrinter(mood) as printer:
        assert query_state(parse(printer.uri)) == PrinterState(answered=False)
        result = send(parse(printer.uri), RECEIPT)
    assert (result.outcome, result.detail, result.confirmed) == (outcome, detail, False)


def test_a_web_server_that_speaks_only_at_the_end_is_unmasked() -> None:
    """It waits for a whole request, and gives it up as a bad one."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            link, _ = listener.accept()
            with link:
                while not link.recv(4096).endswith(b"VB\x00"):
                    pass
                link.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        result = send(parse(f"socket://127.0.0.1:{listener.getsockname()[1]}"), RECEIPT)
        thread.join(5)
    assert (result.outcome, result.detail) == ("unknown", "not_a_printer")


def test_strips_of_a_picture_go_with_a_rest_between_them() -> None:
    strip = b"\x1dv0\x00\x02\x00\x03\x00" + b"\x1dv0\x00\xff\x81"
    with SimulatedPrinter() as printer:
        uri = with_options(printer.uri, delay=20)
        start = time.monotonic()
        result = send(parse(uri), b"\x1b@" + strip * 10 + b"\x1dVB\x00")
        assert time.monotonic() - start >= 10 * 0.02
        assert result.confirmed
    assert len(printer.paper.pictures) == 10 and printer.strange == b""


def test_a_silent_printer_that_breaks_off_after_the_last_byte_is_not_believed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            link, _ = listener.accept()
            with link:
                while link.recv(1 << 16):
                    pass
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        other = threading.Thread(target=serve)
        other.start()
        result = send(parse(f"socket://127.0.0.1:{listener.getsockname()[1]}"), RECEIPT)
        other.join(10)
    assert (result.outcome, result.bytes_sent, result.detail) == ("unknown", len(RECEIPT), "reset")
