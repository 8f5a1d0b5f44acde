"""What the printers' threads know of a printer: before its next paper, after a restart, and when it breaks off."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.services import spooler
from pos_app.services.house import House
from tests.services.houses import cash
from tests.services.spooling import PrinterAt, came_out, free_port, sale, states, till, until


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler, "_START_S", 0)
    monkeypatch.setattr(spooler, "_IDLE_S", 600)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def house(tmp_path: Path, port: int) -> Iterator[House]:
    made = till(tmp_path / "home", port, drawer=True)
    yield made
    made.close()


@pytest.mark.acceptance("A14")
def test_the_trouble_of_an_idle_printer_shows_before_its_next_paper(
    house: House, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spooler, "_WATCH_S", 0.05)
    with PrinterAt(port) as printer:
        house.papers.start()
        sale(house)
        until(lambda: states(house) == ["printed"], "the paper comes out")
        printer.set_roll("out")
        until(lambda: house.papers.status().code == "paper_out", "it is seen without a paper")
        assert (house.papers.status().word, house.papers.status().needs_hand) == ("종이 없음", True)
        printer.load_paper()
        until(lambda: house.papers.status().code == "", "and that it is over")
    until(lambda: house.papers.status().code == "unreachable", "it is off")


@pytest.mark.acceptance("A14")
def test_waiting_papers_come_out_a_few_seconds_after_the_printer_is_back(house: House) -> None:
    worker = house.papers._spooler.worker("")
    sale(house)
    for _ in range(20):
        house.papers.step()
    assert worker.pause_s <= 5


@pytest.mark.acceptance("A15")
def test_a_printer_that_answered_before_the_restart_is_not_believed_when_it_is_silent(
    tmp_path: Path, port: int
) -> None:
    house = till(tmp_path, port)
    with PrinterAt(port) as printer:
        first = sale(house)
        assert house.papers.step() == (True, True)
        house.close()
        house = open_house(tmp_path)
        printer.mood = "deaf"
        sale(house)
        house.papers.step()
        assert states(house) == ["printed", "unknown"]
        assert came_out(printer) == [first]
    house.close()


@pytest.mark.acceptance("A15")
def test_its_drawer_does_not_open_late_after_a_restart(tmp_path: Path, port: int) -> None:
    house = till(tmp_path, port, drawer=True)
    with PrinterAt(port) as printer:
        sale(house)
        assert house.papers.step() == (True, True)
        house.close()
        house = open_house(tmp_path)
        printer.mood = "silent"
        printer.set_roll("out")
        sale(house, cash(50_000))
        house.papers.step()
        assert states(house, "drawer") == ["expired"]
        printer.load_paper()
        assert printer.paper.kicks == []
    house.close()


def test_a_printer_known_to_keep_silent_is_believed_after_a_restart(tmp_path: Path, port: int) -> None:
    house = till(tmp_path, port, drawer=True)
    with PrinterAt(port, "silent") as printer:
        sale(house)
        house.papers.step()
        house.close()
        house = open_house(tmp_path)
        sale(house, cash(50_000))
        while house.papers.step() == (True, True):
            pass
        assert states(house) == ["printed"] * 2
        assert printer.wait_for(lambda one: len(one.paper.kicks) == 1)
    house.close()
