"""The cash drawer: opened once, at once, or not at all."""

from pathlib import Path

import pytest

from pos_app.domain.errors import DomainError
from pos_app.hardware.drawer import kick, pulse
from pos_app.hardware.printer_uri import parse, with_options
from tests.hardware.paper import Kick
from tests.hardware.printer_model import Roll
from tests.hardware.simulated_printer import Mood, SerialPrinter, SimulatedPrinter


def test_drawer_bytes() -> None:
    assert pulse().hex() == "1b700019fa" and pulse(5).hex() == "1b700119fa"
    assert pulse(real_time=True).hex() == "1014010001" and pulse(5, True).hex() == "1014010101"
    with pytest.raises(DomainError, match="bad_pin"):
        pulse(3)


@pytest.mark.parametrize(
    ("drawer", "opened"),
    [
        ("pin2", Kick(2)),
        ("pin5", Kick(5)),
        ("realtime2", Kick(2, stream=False)),
        ("realtime5", Kick(5, stream=False)),
    ],
)
def test_each_way_opens_once(drawer: str, opened: Kick) -> None:
    with SimulatedPrinter() as printer:
        result = kick(parse(with_options(printer.uri, drawer=drawer)))
        assert printer.wait_for(lambda it: it.paper.kicks)
        assert printer.idle.wait(5)
    assert result.outcome == "sent" and printer.paper.kicks == [opened]
    assert printer.paper.lines == [] and printer.strange == b"" and printer.lines_taken == 1


def test_without_a_drawer_nobody_is_called() -> None:
    with SimulatedPrinter() as printer:
        result = kick(parse(with_options(printer.uri, drawer="none")))
    assert (result.outcome, result.detail, printer.lines_taken) == ("nothing_accepted", "no_drawer", 0)


@pytest.mark.parametrize(
    ("roll", "cover_open", "detail"), [("out", False, "paper_out"), ("enough", True, "cover_open")]
)
@pytest.mark.acceptance("A15")
def test_a_printer_in_trouble_holds_no_kick_for_later(roll: Roll, cover_open: bool, detail: str) -> None:
    with SimulatedPrinter(roll=roll, cover_open=cover_open) as printer:
        result = kick(parse(printer.uri))
        assert (result.outcome, result.detail) == ("nothing_accepted", detail)
        printer.set_cover(False)
        printer.load_paper()
        assert printer.paper.kicks == []


def test_in_real_time_it_opens_without_paper_and_not_again() -> None:
    with SimulatedPrinter(roll="out") as printer:
        assert kick(parse(with_options(printer.uri, drawer="realtime2"))).outcome == "sent"
        assert printer.wait_for(lambda it: it.paper.kicks)
        printer.load_paper()
        assert printer.paper.kicks == [Kick(2, stream=False)] and printer.asked == []


@pytest.mark.parametrize("mood", ["silent", "no_barrier", "hangs_up", "nonsense"])
@pytest.mark.acceptance("A15")
def test_a_kick_is_never_tried_twice(mood: Mood) -> None:
    with SimulatedPrinter(mood, patience=3) as printer:
        kick(parse(printer.uri))
        assert printer.idle.wait(5)
    assert (
        len(printer.paper.kicks) <= 1 and printer.received.count(b"\x1bp") <= 1 and printer.lines_taken == 1
    )


def test_on_a_serial_line() -> None:
    with SerialPrinter() as printer:
        result = kick(parse(printer.uri))
        assert result.confirmed and printer.paper.kicks == [Kick(2)]


def test_into_a_file(tmp_path: Path) -> None:
    paper = tmp_path / "paper.bin"
    assert kick(parse(paper.as_uri() + "?drawer=pin5")).outcome == "sent"
    assert paper.read_bytes() == pulse(5)
