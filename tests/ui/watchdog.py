"""`python -m tests.ui.watchdog [PRODUCTS]`: how long each act of a day holds the window's event loop, and where.

Each press, release, touch and pass of the loop is timed; a second thread looks at the main thread's stack
meanwhile. `ms` is by the clock; `own` what the main thread itself worked; `held` is `ms` without the time in which it
could have worked and got no processor, so that waiting for a lock, a disk or a socket counts and a busy machine
does not.
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

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.bench import market
from tests.ui.watched_day import ACTS
from tests.ui.window import driver
from tests.ui.window.driver import Window, opened, rest, settle, until

PRODUCTS = 20_000
LOOK_S = 0.002
LONG_MS = 50.0
HEARD = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
    }
)
DELIVERS = frozenset({"keyClick", "mouseClick", "processEvents", "sendEvent", "sendPostedEvents"})
ROOT = str(Path(__file__).resolve().parents[2]) + os.sep


@dataclass(slots=True)
class Hold:
    """One key, touch or pass that kept the loop."""

    act: str
    kind: str
    ms: float
    own_ms: float
    held_ms: float
    collected_ms: float
    where: str


class Queueing:
    """How long this thread has stood in line for a processor, ms; None where the system does not tell."""

    def __init__(self) -> None:
        path = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._file = os.open(path, os.O_RDONLY) if path.exists() else -1

    def ms(self) -> float | None:
        """So far."""
        if self._file < 0:
            return None
        return int(os.pread(self._file, 100, 0).split()[1]) / 1_000_000


@dataclass(slots=True)
class Watchdog:
    """Times events on the main thread; samples its stack from a thread of its own."""

    act: str = ""
    holds: list[Hold] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    begun: float = 0.0  # of the outermost delivery that runs now; 0 when none does
    own: float = 0.0  # what the main thread had worked by then
    queued: float | None = None  # and how long it had stood in line
    kind: str = ""
    collected: float = 0.0
    _collecting: float = 0.0
    _end: threading.Event = field(default_factory=threading.Event)
    _main: int = field(default_factory=threading.get_ident)
    _queueing: Queueing = field(default_factory=Queueing)

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
        self._begin(kind)
        try:
            yield
        finally:
            self._end_hold()

    def cut(self) -> None:
        """The next key or finger is heard from here on: what went before held it up no longer."""
        if self.begun and threading.get_ident() == self._main:
            self._end_hold()
            self._begin(self.kind)

    def _begin(self, kind: str) -> None:
        self.samples.clear()
        self.collected = 0.0
        self.kind = kind
        self.queued = self._queueing.ms()
        self.own = time.thread_time()
        self.begun = time.perf_counter()

    def _end_hold(self) -> None:
        ms = (time.perf_counter() - self.begun) * 1000
        self.begun = 0.0
        if ms > 1:
            own_ms = (time.thread_time() - self.own) * 1000
            now = self._queueing.ms()
            held_ms = own_ms if now is None or self.queued is None else ms - (now - self.queued)
            seen = Counter(self.samples).most_common(1)
            where = seen[0][0] if seen else ""
            self.holds.append(Hold(self.act, self.kind, ms, own_ms, held_ms, self.collected, where))

    def worst(self) -> list[Hold]:
        """The longest hold of each act, longest first."""
        found: dict[str, Hold] = {}
        for hold in self.holds:
            if hold.act not in found or found[hold.act].held_ms < hold.held_ms:
                found[hold.act] = hold
        return sorted(found.values(), key=lambda hold: -hold.held_ms)


def place(frame: FrameType | None) -> str:
    """The innermost lines of the program in a stack: `file:line function < file:line function < …`."""
    lines: list[str] = []
    while frame is not None and len(lines) < 4:
        name = frame.f_code.co_filename
        if name.startswith((ROOT + "pos_app", ROOT + "sync")):
            lines.append(f"{name.removeprefix(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(lines)


class Hearing(QObject):
    """Tells the watchdog of each key and finger that reaches the window."""

    def __init__(self, dog: Watchdog, window: QObject) -> None:
        super().__init__(window)
        self._dog = dog
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in HEARD:
            self._dog.cut()
        return False


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


@contextmanager
def as_the_program_collects() -> Iterator[None]:
    """No garbage is looked for until the window is warm, as the program has it; afterwards as it was."""
    gc.collect()
    gc.disable()
    before = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
        gc.enable()


def watched(home: Path, dog: Watchdog, rounds: int = 2) -> list[str]:
    """The acts of a day, each `rounds` times: what is built the first time is there the second; what went wrong."""
    dog.act = "opening"
    wrong: list[str] = []
    with as_the_program_collects(), opened(home) as window:
        Hearing(dog, window.native)
        settle()
        rest()
        until(gc.isenabled, "the start is over")
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
    """Act, ms, own ms, held ms, garbage, event, where."""
    rows = [f"{'act':<28}{'ms':>8}{'own':>8}{'held':>8}{'gc':>7}  event: where"]
    rows += [
        f"{h.act:<28}{h.ms:8.1f}{h.own_ms:8.1f}{h.held_ms:8.1f}{h.collected_ms:7.1f}  {h.kind}: {h.where or '-'}"
        for h in holds
    ]
    return "\n".join(rows)


def set_up(dog: Watchdog) -> None:
    """What the tests' hands and their waiting deliver is timed from now on."""
    sys.setswitchinterval(0.001)
    for name in ("QTest", "QCoreApplication"):
        setattr(driver, name, Timed(getattr(driver, name), dog))
    dog.start()


def main(arguments: Sequence[str]) -> int:
    """Run the day and print the table; 0 whatever it says, for machines are noisy."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.watchdog")
    parser.add_argument("products", nargs="?", type=int, default=PRODUCTS)
    parser.add_argument(
        "--all", action="store_true", help="every hold over 50 ms, not only the worst of each act"
    )
    args = parser.parse_args(arguments)
    app = QApplication([])
    dog = Watchdog()
    with tempfile.TemporaryDirectory(prefix="jangteo-watch-") as folder:
        home = Path(folder) / "home"
        market.fill(home, args.products)
        set_up(dog)
        wrong = watched(home, dog)
        dog.stop()
    print(table([h for h in dog.holds if h.held_ms > LONG_MS] if args.all else dog.worst()))
    print("\n".join(wrong), file=sys.stderr)
    long = [hold for hold in dog.holds if hold.held_ms > LONG_MS]
    print(f"{args.products} products; {len(dog.holds)} holds over 1 ms, {len(long)} over {LONG_MS:.0f} ms")
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
