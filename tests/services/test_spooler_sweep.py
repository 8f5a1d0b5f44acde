"""Seeded confusion: sales, a printer's moods and deaths of the program; each receipt comes out once, or asks."""

import random
import re
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.hardware import dialogue, tcp, transports
from pos_app.hardware.send_result import SendResult
from pos_app.printing import plain
from pos_app.services.house import House
from tests.hardware.paper import Cut, Line
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.services.houses import cash
from tests.services.spooling import NUMBER, PrinterAt, free_port, sale, till

_MOODS = ("healthy", "healthy", "silent", "deaf", "hangs_up", "nonsense", "echo", "speech")


class Killed(BaseException):
    """As kill -9: nothing after it is done."""


def papers(printer: SimulatedPrinter) -> list[tuple[str, int]]:
    """(number, 재발행) of every paper that was cut."""
    found, text = [], ""
    for item in printer.paper.items:
        if isinstance(item, Cut):
            found.append(told(text))
            text = ""
        elif isinstance(item, Line):
            text += "".join(letter.char for letter in item.letters) + "\n"
    return found


def told(text: str) -> tuple[str, int]:
    """Which paper this is."""
    number, again = NUMBER.search(text), re.search(r"재발행 (\d+)", text)
    return number[0] if number else "", int(again[1]) if again else 0


def decide(house: House, out: list[tuple[str, int]]) -> None:
    """A cashier who looks at the paper and tells the truth."""
    for job in house.papers.queue():
        if job.state == "unknown":
            known = told(plain.render(house.papers.preview(job.id), 48)) in out
            (house.papers.came_out if known else house.papers.again)(job.id)


def bring_all_out(house: House, printer: PrinterAt) -> None:
    """The printer is well again; everything that waits comes out."""
    printer.mood = "healthy"
    printer.set_cover(False)
    printer.load_paper()
    while house.papers.queue():
        house.papers.step()
        decide(house, papers(printer))


@pytest.mark.acceptance("A15")
@pytest.mark.parametrize("seed", range(8))
def test_no_receipt_is_lost_and_none_comes_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    for name in ("STATUS_S", "_BARRIER_S", "_BARRIER_MOST_S"):
        monkeypatch.setattr(dialogue, name, 0.15)
    monkeypatch.setattr(tcp, "_LINGER_S", 0.06)
    chance, port, real = random.Random(seed), free_port(), transports.send
    fate = ["lives"]

    def send(target: object, data: bytes, deadline_s: float = 1.0) -> SendResult:
        if data and fate[0] == "before":
            raise Killed
        result = real(target, data, 1.0)  # type: ignore[arg-type]
        if data and fate[0] == "after":
            raise Killed
        return result

    monkeypatch.setattr(transports, "send", send)
    house = till(tmp_path, port, drawer=True)
    with PrinterAt(port) as printer:
        sold = [sale(house)]
        house.papers.step()
        for _ in range(14):
            act = chance.choice(["sale", "sale", "mood", "roll", "cover", "kill", "step", "step"])
            kicks = len(printer.paper.kicks)
            if act == "sale":
                sold.append(sale(house, *([cash(50_000)] if chance.random() < 0.5 else [])))
            elif act == "mood":
                printer.mood = chance.choice(_MOODS)
                printer.patience = len(printer.received) + chance.randrange(1, 1500)
            elif act == "roll":
                printer.set_roll(chance.choice(["out", "enough"]))
            elif act == "cover":
                printer.set_cover(chance.random() < 0.5)
            else:
                fate[0] = chance.choice(["before", "after"]) if act == "kill" else "lives"
                try:
                    house.papers.step()
                except Killed:
                    house = open_house(tmp_path)
                    house.papers._queue.recover()
                fate[0] = "lives"
            assert act in ("step", "kill", "sale") or len(printer.paper.kicks) == kicks, "no drawer late"
        bring_all_out(house, printer)
        assert printer.wait_for(lambda one: {number for number, _ in papers(one)} >= set(sold))
        assert len(papers(printer)) == len(set(papers(printer)))
    house.close()
