"""`python -m tests.ui.recorded_day HOME_FOLDER [NAME=URI …]`: a whole day in one till, and what held its window up.

From the float to the Z on a made-up market, by keys and fingers, in a process of its own, so that code is read
and screens are made as on a morning. Then, for each printer that is named, sales beside that printer, in a till
that is opened on it: the real threads send to it. Prints one JSON object.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import open_house
from pos_app.ui.opening import Filling
from pos_app.ui.shell import Shell
from tests.bench import market
from tests.ui.watchdog import Hearing, Watchdog, as_the_program_collects, set_up
from tests.ui.watched_day import ACTS, ENTER, F7, F10, F12, home, larger, scans
from tests.ui.window.driver import Window, opened, rest, settle, until

PRODUCTS = 5_000
FLOAT_WON = 300_000
SALES = 30
BESIDE = 3  # sales beside a printer in trouble
PLANTED_S = 0.08
FACES = (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10)
Act = Callable[[Window], object]


def evening(folder: Path, products: int) -> Path:
    """A market whose shift of yesterday is closed: a till waits for its float."""
    made = folder / "home"
    market.fill(made, products)
    house = open_house(made)
    house.shifts.count(((50_000, FLOAT_WON // 50_000),))
    house.shifts.close("")
    house.close()
    return made


def open_the_till(window: Window) -> None:
    window.find("count_50000").setFocus()
    window.type("6")
    window.press(ENTER)
    window.press(F12)
    window.wait_for("selling")


def a_sale(window: Window) -> None:
    scans(window)
    window.press(F12)
    window.wait_for("tender")
    window.press(F12)
    window.wait_for("change")
    window.press(F12)
    window.wait_for("selling")


def many_sales(window: Window) -> None:
    for _ in range(SALES):
        a_sale(window)


def close_with_z(window: Window) -> None:
    """Parked carts are settled, the drawer is counted blind, the Z is made."""
    window.house.till.clear()
    for parked in window.house.till.parked():
        window.house.till.discard_parked(parked.id)
    won = window.house.shifts.count(((10, 1),)).expected_won  # the hand that counts knows it to the coin
    window.press(F10)
    settle()
    window.touch_named("menu_shift_close")
    window.wait_for("shift_close")
    settle()
    if window.there("expected_amount"):
        window.touch(window.key("한 번 더 세기"))
    window.find("count_50000").setFocus()
    for face in FACES:
        pieces, won = divmod(won, face)
        window.type(str(pieces))
        window.press(ENTER)
        settle()
    window.press(F12)
    until(lambda: window.there("expected_amount"), "counted")
    for _ in range(3):
        window.press(F12)
        settle()
    until(lambda: window.shell.current.corner.text() == "Z 마감하고 인쇄", "the last step")
    window.press(F12)
    until(lambda: window.shell.current.corner.text() == "마치기", "the Z is made")
    rest()


DAY: dict[str, Act] = {
    "the float": open_the_till,
    "the first sale": a_sale,
    f"{SALES} sales": many_sales,
    **ACTS,
    "close with Z": close_with_z,
}


def pace() -> float:
    """What a piece of work that is always the same takes now, ms of this thread's own time."""
    begin = time.thread_time()
    sum(range(60_000))
    return (time.thread_time() - begin) * 1000


class Recorder:
    """Does acts and keeps what they say of themselves."""

    def __init__(self, dog: Watchdog) -> None:
        self.dog = dog
        self.paces: dict[str, list[float]] = {}
        self.wrong: list[str] = []
        self.seen: dict[str, object] = {}

    def act(self, window: Window, name: str, act: Act) -> None:
        """One act; what goes wrong is told, and the day goes on."""
        self.dog.act = name
        self.paces[name] = [pace()]
        try:
            act(window)
            settle()
            rest()
            self.paces[name].append(pace())
        except AssertionError as error:
            self.wrong.append(f"{name}: {error}")
            window.shell.go("selling")
        settle()

    def _opens(self, name: str) -> None:
        self.dog.act = name
        self.paces[name] = [pace()]

    def day(self, made: Path) -> None:
        """From the float to the Z."""
        self._opens("opening")
        with opened(made) as window:
            Hearing(self.dog, window.native)
            _looked_around(window)
            self.paces["opening"].append(pace())
            for name, act in DAY.items():
                self.act(window, name, act)
            self.dog.act = "closing"

    def beside(self, made: Path, name: str, uri: str) -> None:
        """Sales and a look around while the receipts' printer is as it is."""
        _choose(made, uri)
        self._opens(f"opening, {name}")
        with opened(made) as window:
            Hearing(self.dog, window.native)
            _looked_around(window)
            self.act(window, f"sales, {name}", lambda window: self._sales(window, name))
            self.act(window, f"around, {name}", _around)
            self.dog.act = "closing"  # a till waits for what it is sending when it is shut

    def _sales(self, window: Window, name: str) -> None:
        if window.at == "shift_open":
            window.press(F12)
            window.wait_for("selling")
        before = len(window.house.returns.recent(100))
        for _ in range(BESIDE):
            a_sale(window)
        assert len(window.house.returns.recent(100)) == before + BESIDE, "every sale was stored"
        until(lambda: _told(window), "the printer was tried")
        jobs = [job for job in window.house.papers.queue() if job.kind == "receipt"]
        status = window.house.papers.status()
        window.shell.refresh_strip()
        self.seen[name] = {
            "waiting": len(jobs),
            "word": status.word,
            "strip": window.said("strip_printer"),
        }


def _looked_around(window: Window) -> None:
    """Nobody's hand is faster than the second in which the next screens are made."""
    settle()
    rest()
    until(lambda: "change" in window.shell.pages, "the next screens are made")
    rest()


def _told(window: Window) -> bool:
    """The first receipt was tried: it is out, or in the queue with its trouble, or being sent."""
    papers = window.house.papers
    receipts = [job for job in papers.queue() if job.kind == "receipt"]
    return not receipts or papers.status().needs_hand or any(job.state != "queued" for job in receipts)


def _around(window: Window) -> None:
    window.press(F7)
    window.wait_for("receipts")
    settle()
    home(window)
    for name in ("devices", "printers"):
        window.press(F10)
        settle()
        window.touch_named(f"menu_{name}")
        settle()
        rest()
        home(window)
    larger(window)


def _choose(made: Path, uri: str) -> None:
    house = open_house(made)
    house.settings.set("printer_uri", uri)
    for job in house.papers.queue():
        if job.state in ("queued", "unknown"):
            house.papers.cancel(job.id)
    house.close()


def toil() -> None:
    """Work of this thread's own."""
    end = time.thread_time() + PLANTED_S
    while time.thread_time() < end:
        pass


def plant_in_the_opening() -> None:
    """While the first screen is made."""
    real = Filling.make

    def slow(self: Filling) -> None:
        toil()
        real(self)

    Filling.make = slow  # type: ignore[method-assign]


def plant(what: str) -> None:
    """For the watchdog's own proof: something on the main thread that has no place there."""
    if what == "opening":
        plant_in_the_opening()
        return
    real = Shell.go

    def slow(self: Shell, name: str) -> object:
        if what == "sleep":
            time.sleep(PLANTED_S)
        elif what == "work":
            toil()
        elif self.ready:
            getattr(self.desk.house.papers, "step")()  # noqa: B009  # the printer's own thread's work, here and now
        return real(self, name)

    Shell.go = slow  # type: ignore[method-assign,assignment]


def main(arguments: Sequence[str]) -> int:
    """The day, then each printer."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.recorded_day")
    parser.add_argument("folder", type=Path)
    parser.add_argument("printers", nargs="*", help="NAME=URI")
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--no-day", action="store_true", help="only the printers")
    parser.add_argument("--plant", choices=("sleep", "work", "send", "opening"), default="")
    args = parser.parse_intermixed_args(arguments)
    app = QApplication([])
    made = evening(args.folder, args.products)
    if args.plant:
        plant(args.plant)
    dog = Watchdog()
    recorder = Recorder(dog)
    with as_the_program_collects():
        set_up(dog)
        if not args.no_day:
            recorder.day(made)
        for named in args.printers:
            name, _, uri = named.partition("=")
            recorder.beside(made, name, uri)
        dog.stop()
    print(json.dumps(_told_of(recorder, dog), ensure_ascii=False))
    del app
    return 0


def _told_of(recorder: Recorder, dog: Watchdog) -> dict[str, object]:
    """The worst holds of each act. A processor shared with others does the same work in more of its own time:
    own times are those of the fastest moment of the day."""
    paces = {name: sum(found) / len(found) for name, found in recorder.paces.items()}
    best = min(min(found) for found in recorder.paces.values())
    holds: dict[str, list[object]] = {}
    for hold in dog.holds:
        slow = max(1.0, paces.get(hold.act, best) / best)
        own, waited = hold.own_ms / slow, hold.held_ms - hold.own_ms
        before = holds.get(hold.act)
        if before is None or own + max(0.0, waited) > before[0] + before[1]:  # type: ignore[operator]
            holds[hold.act] = [round(own, 1), round(max(0.0, waited), 1), round(hold.ms, 1), hold.where]
    in_line = sum(hold.ms - hold.held_ms for hold in dog.holds) / max(1.0, sum(hold.ms for hold in dog.holds))
    return {"holds": holds, "wrong": recorder.wrong, "seen": recorder.seen, "in_line": round(in_line, 2)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
