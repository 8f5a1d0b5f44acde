"""`python -m tests.ui.watchdog [PRODUCTS]`: how long each act of a day holds the window's event loop, and where.

Each key, touch and pass of the loop is timed; a second thread looks at the main thread's stack meanwhile.
`ms` is by the clock, `own` what the main thread itself worked: on a busy machine they differ.
"""

import argparse
import gc
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtWidgets import QApplication

from tests.bench import market
from tests.ui.watched_day import ACTS
from tests.ui.window import driver
from tests.ui.window.driver import Window, opened, rest, settle

PRODUCTS = 20_000
LOOK_S = 0.002
LONG_MS = 50.0
DELIVERS = frozenset({"keyClick", "mouseClick", "processEvents", "sendEvent", "sendPostedEvents"})
ROOT = str(Path(__file__).resolve().parents[2]) + os.sep


@dataclass(slots=True)
class Hold:
    """One key, touch or pass that kept the loop."""

    act: str
    kind: str
    ms: float
    own_ms: float
    collected_ms: float
    where: str


@dataclass(slots=True)
class Watchdog:
    """Times events on the main thread; samples its stack from a thread of its own."""

    act: str = ""
    holds: list[Hold] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    begun: float = 0.0  # of the outermost delivery that runs now; 0 when none does
    collected: float = 0.0
    _collecting: float = 0.0
    _end: threading.Event = field(default_factory=threading.Event)
    _main: int = field(default_factory=threading.get_ident)

    def start(self) -> None:
        """Look from now on."""
        gc.callbacks.append(self._gc)
        threading.Thread(target=self._look, daemon=True, name="watchdog").start()

    def stop(self) -> None:
        """Look no more."""
        self._end.set()
        gc.callbacks.remove(self._gc)

    def _gc(self, phase: str, _info: dict[str, int]) -> None:
        now = time.perf_counter()
        if phase == "start":
            self._collecting = now
        elif threading.get_ident() == self._main:
            self.collected += (now - self._collecting) * 1000

    def _look(self) -> None:
        while not self._end.wait(LOOK_S):
            if self.begun and time.perf_counter() - self.begun > 2 * LOOK_S:
                frame = sys._current_frames().get(self._main)
                if frame is not None and self.begun:
                    self.samples.append(place(frame))

    @contextmanager
    def event(self, kind: str) -> Iterator[None]:
        """Around a delivery; one inside another belongs to the outer one."""
        if self.begun or threading.get_ident() != self._main:
            yield
            return
        self.samples.clear()
        self.collected = 0.0
        own = time.thread_time()
        self.begun = time.perf_counter()
        try:
            yield
        finally:
            ms = (time.perf_counter() - self.begun) * 1000
            self.begun = 0.0
            if ms > 1:
                seen = Counter(self.samples).most_common(1)
                own_ms = (time.thread_time() - own) * 1000
                self.holds.append(
                    Hold(self.act, kind, ms, own_ms, self.collected, seen[0][0] if seen else "")
                )

    def worst(self) -> list[Hold]:
        """The longest hold of each act, longest first."""
        found: dict[str, Hold] = {}
        for hold in self.holds:
            if hold.act not in found or found[hold.act].own_ms < hold.own_ms:
                found[hold.act] = hold
        return sorted(found.values(), key=lambda hold: -hold.own_ms)


def place(frame: FrameType | None) -> str:
    """The innermost lines of the program in a stack: `file:line function < file:line function < …`."""
    lines: list[str] = []
    while frame is not None and len(lines) < 4:
        name = frame.f_code.co_filename
        if name.startswith((ROOT + "pos_app", ROOT + "sync")):
            lines.append(f"{name.removeprefix(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(lines)


class Timed:
    """Stands before a class whose functions deliver events: each delivery is timed, none waits for events."""

    def __init__(self, real: type, dog: Watchdog) -> None:
        self._real, self._dog = real, dog

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name not in DELIVERS:
            return found

        def timed(*args: Any, **named: Any) -> Any:
            with self._dog.event(name):
                if name != "processEvents":
                    return found(*args, **named)
                found()
            time.sleep(0.001 if args else 0)
            return None

        return timed


def watched(home: Path, dog: Watchdog, rounds: int = 2) -> list[str]:
    """The acts of a day, each `rounds` times: what is built the first time is there the second; what went wrong."""
    dog.act = "opening"
    wrong: list[str] = []
    with opened(home) as window:
        settle()
        rest()
        for turn in range(rounds):
            for name, act in ACTS.items():
                dog.act = name if turn else f"{name} (first)"
                wrong += _act(window, act, dog.act)
        dog.act = "closing"
    return wrong


def _act(window: Window, act: Callable[[Window], object], name: str) -> list[str]:
    wrong = []
    try:
        act(window)
    except AssertionError as error:
        wrong.append(f"{name}: {error}")
        window.shell.go("selling")
    settle()
    rest()
    settle()
    return wrong


def table(holds: Sequence[Hold]) -> str:
    """Act, ms, own ms, garbage, event, where."""
    rows = [f"{'act':<28}{'ms':>8}{'own':>8}{'gc':>7}  event: where"]
    rows += [
        f"{h.act:<28}{h.ms:8.1f}{h.own_ms:8.1f}{h.collected_ms:7.1f}  {h.kind}: {h.where or '-'}"
        for h in holds
    ]
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Run the day and print the table; 0 whatever it says, for machines are noisy."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.watchdog")
    parser.add_argument("products", nargs="?", type=int, default=PRODUCTS)
    parser.add_argument(
        "--all", action="store_true", help="every hold over 50 ms, not only the worst of each act"
    )
    args = parser.parse_args(arguments)
    sys.setswitchinterval(0.001)
    app = QApplication([])
    dog = Watchdog()
    for name in ("QTest", "QCoreApplication"):
        setattr(driver, name, Timed(getattr(driver, name), dog))
    with tempfile.TemporaryDirectory(prefix="jangteo-watch-") as folder:
        home = Path(folder) / "home"
        market.fill(home, args.products)
        dog.start()
        wrong = watched(home, dog)
        dog.stop()
    print(table([h for h in dog.holds if h.own_ms > LONG_MS] if args.all else dog.worst()))
    print("\n".join(wrong), file=sys.stderr)
    long = [hold for hold in dog.holds if hold.own_ms > LONG_MS and hold.act not in ("opening", "closing")]
    print(
        f"{args.products} products; {len(dog.holds)} holds over 1 ms, {len(long)} over {LONG_MS:.0f} ms of own work"
    )
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
