"""Nothing holds the window for more than 50 ms in a whole day, nor beside a printer in trouble."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.hardware.simulated_printer import SimulatedPrinter
from tests.postgres import folder as roomy

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.timeout(900)  # three days on a busy machine
LIMIT_MS = 50.0
LIMITS = {"pages": 16.0}  # turning tiles
PRODUCTS = "20000"
DAYS = 3  # what holds the window does so every day; what the machine does, once
BUSY = 0.25  # of its time the window stood in line for a processor: who holds a lock may have stood there too
CLOSING = "closing"  # nobody can press anything any more


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place: how long a disk takes is the benchmarks' business."""
    with tempfile.TemporaryDirectory(dir=roomy()) as made:
        yield Path(made)


def recorded(folder: Path, words: Sequence[str]) -> dict[str, Any]:
    """One day in a process of its own."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.ui.recorded_day", str(folder), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert not told["wrong"], told["wrong"]
    return told


def too_long(told: dict[str, Any]) -> dict[str, str]:
    """The acts of a day that held the window for too long, each with its figures."""
    calm = told["in_line"] < BUSY
    found = {}
    for act, (own, waited, ms, where) in told["holds"].items():
        held = own + (waited if calm else 0.0)
        if held > LIMITS.get(act, LIMIT_MS) and not act.startswith(CLOSING):
            found[act] = f"{act}: worked {own} ms, waited {waited} ms, {ms} ms by the clock, at {where}"
    return found


def always_too_long(folder: Path, words: Sequence[str], days: int = DAYS) -> list[str]:
    """What was too long on every day; one day without anything is enough."""
    found: dict[str, str] = {}
    for day in range(days):
        today = too_long(recorded(folder / str(day), words))
        found = {act: line for act, line in today.items() if not day or act in found}
        if not found:
            break
    return list(found.values())


def test_no_work_of_a_day_holds_the_window_for_50_ms(folder: Path) -> None:
    assert always_too_long(folder, ["--products", PRODUCTS]) == []


@pytest.mark.acceptance("A14")
def test_no_printer_in_trouble_holds_the_window_for_50_ms(folder: Path) -> None:
    """Off, out of paper, cover open, stuck, reset in mid-job, silent, 9600 baud; after the first use of anything."""
    moods = {
        "ready": SimulatedPrinter(),
        "off": None,
        "no paper": SimulatedPrinter(roll="out"),
        "cover open": SimulatedPrinter(cover_open=True),
        "stuck": SimulatedPrinter("deaf"),
        "reset": SimulatedPrinter("hangs_up", patience=400),
        "silent": SimulatedPrinter("silent"),
        "9600 baud": SimulatedPrinter(speed=960),
    }
    with ExitStack() as stack:
        for printer in moods.values():
            if printer is not None:
                stack.enter_context(printer)
        named = [
            f"{name}={printer.uri if printer is not None else 'socket://127.0.0.1:9'}"
            for name, printer in moods.items()
        ]
        assert always_too_long(folder, ["--no-day", *named]) == []


def test_each_printer_in_trouble_is_told_in_words(folder: Path) -> None:
    with SimulatedPrinter(roll="out") as out, SimulatedPrinter(cover_open=True) as opened:
        named = ["off=socket://127.0.0.1:9", f"out={out.uri}", f"open={opened.uri}"]
        seen = recorded(folder / "told", ["--no-day", "--products", "500", *named])["seen"]
    assert {name: one["waiting"] > 0 for name, one in seen.items()} == dict.fromkeys(
        ("off", "out", "open"), True
    )
    said = [seen[name]["strip"] for name in ("off", "out", "open")]
    assert ["연결 안 됨" in said[0], "종이 없음" in said[1], "덮개 열림" in said[2]] == [True] * 3, said


@pytest.mark.parametrize("what", ["work", "sleep", "send"])
def test_what_has_no_place_on_the_main_thread_is_found(folder: Path, what: str) -> None:
    """Planted: work, a wait, and sending to a printer that takes nothing."""
    with SimulatedPrinter("deaf") as printer:
        words = ["--no-day", "--products", "500", "--plant", what, f"stuck={printer.uri}"]
        told = recorded(folder / what, words)
    found = too_long({**told, "in_line": 0.0})
    assert any(act.startswith(("sales", "around")) for act in found), told["holds"]


def test_work_in_the_opening_is_found(folder: Path) -> None:
    """Planted: the first screen takes as long as all its steps together once did."""
    told = recorded(
        folder / "opening",
        ["--no-day", "--products", "500", "--plant", "opening", "off=socket://127.0.0.1:9"],
    )
    assert [act for act in too_long({**told, "in_line": 0.0}) if act.startswith("opening")], told["holds"]
