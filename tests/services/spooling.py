"""A till with printers over real sockets: what waits, what came out, and how often."""

import re
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos_app.domain.tender import TenderInput
from pos_app.services.house import House
from tests.hardware.simulated_printer import Mood, SimulatedPrinter
from tests.services.houses import card, good_id, open_market

NUMBER = re.compile(r"R1-[^-]+-\d{4}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


class PrinterAt(SimulatedPrinter):
    """A simulated printer on a port that is known before it is switched on."""

    def __init__(self, port: int, mood: Mood = "healthy", **options: Any) -> None:
        super().__init__(mood, **options)
        self.port = port

    def _start(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._listener.settimeout(0.05)


def uri(port: int, options: str = "") -> str:
    """The address of a printer on this machine."""
    return f"socket://127.0.0.1:{port}{options}"


def till(home: Path, port: int, options: str = "", drawer: bool = False, **more: Any) -> House:
    """A small market whose receipt printer stands at this port."""
    house = open_market(home, **more)
    house.desk.settings.set("printer_uri", uri(port, options))
    house.desk.settings.set("drawer", "1" if drawer else "0")
    return house


def sale(house: House, *tenders: TenderInput) -> str:
    """One more sale (by card unless told otherwise); its receipt number."""
    house.till.add(good_id("P002"))
    return house.till.complete(tenders or [card(21_000)]).receipt_no


def states(house: House, kind: str = "") -> list[str]:
    """The states of all jobs in order; of drawers too only when asked for."""
    with house.database.read() as rows:
        found = rows.all('SELECT "state", "kind" FROM "print_job" ORDER BY "rowid"')
    return [state for state, each in found if (each == kind if kind else each != "drawer")]


def came_out(printer: SimulatedPrinter) -> list[str]:
    """The receipt numbers on the paper, in order, one for each paper that was cut."""
    numbers: list[str] = []
    for line in printer.paper.lines:
        found = NUMBER.search(line)
        if found and (not numbers or numbers[-1] != found[0]):
            numbers.append(found[0])
    return numbers


def until(condition: Callable[[], object], what: str, within_s: float = 15.0) -> None:
    """Wait for something that another thread brings about."""
    end, tick = time.monotonic() + within_s, threading.Event()
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        tick.wait(0.01)
