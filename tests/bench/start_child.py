"""A fresh process that opens a window: bare Qt, or the register. Arguments: bare, or ours HOME PRODUCTS SALES."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

KIND, *REST = sys.argv[1:]
PATIENCE_S = 60
ALL, WAIT = QEventLoop.ProcessEventsFlag.AllEvents, QEventLoop.ProcessEventsFlag.WaitForMoreEvents
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


class FirstPaint(QObject):
    """Stamps the first event after the first paint: then the picture is drawn. Stops looking then."""

    seen = False
    at_ns = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.seen:
            self.at_ns = time.monotonic_ns()
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self)
        elif event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


class StampedApplication(QApplication):
    """Stamps the first picture and the readiness instead of running until the window is shut."""

    def __init__(self) -> None:
        super().__init__([sys.argv[0]])
        self.said: dict[str, Any] = {}
        self.paint = FirstPaint()
        self.installEventFilter(self.paint)

    def exec(self) -> int:  # type: ignore[override]
        wait_until(lambda: bool(self.paint.at_ns))
        self.said["paint_ns"] = self.paint.at_ns
        shells = [widget for widget in self.topLevelWidgets() if hasattr(widget, "ready")]
        if shells:
            wait_until(lambda: bool(shells[0].ready), WAIT)  # as the program's own loop does
            QApplication.processEvents()  # paints what was filled in
        self.said["ready_ns"] = time.monotonic_ns()
        self.said["ready_kib"] = resident_kib()
        if shells:
            use_the_till(shells[0], self.said)
        print("\n" + json.dumps(self.said), flush=True)
        os._exit(0)  # threads that still prepare something are not waited for


def wait_until(done: Callable[[], bool], how: QEventLoop.ProcessEventsFlag = ALL) -> None:
    """Let Qt work until something is so."""
    end = time.monotonic() + PATIENCE_S
    while not done():
        QApplication.processEvents(how)
        if time.monotonic() > end:
            sys.exit("the window did not open")


def resident_kib() -> int:
    """VmRSS of this process."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS"))


def use_the_till(shell: Any, said: dict[str, Any]) -> None:
    """The first scan; then SALES sales through the screens, and the close of the shift."""
    from tests.bench import market  # lazy: nothing of the measuring counts before the till is ready
    from tests.bench.window import Window, settle

    window = Window(shell, shell.desk.house)
    products, sales = int(REST[1]), int(REST[2])
    codes = market.codes_by_id(products)
    said["first_scan_ms"] = window.scan(next(iter(codes.values())))
    window.clear()
    if sales:
        settle(1500)
        said["used_kib"] = resident_kib()
        for cart in market.carts(products, sales, seed=6):
            window.sell([codes[product] for product in cart])
        said["sold_kib"] = resident_kib()
        house = window.house
        house.shifts.count_total(0)
        house.shifts.close("bench")
        house.reports.day()
        settle(50)
        said["closed_kib"] = resident_kib()
    window.house.till.clear()  # or the next start asks about the open cart


def main() -> None:
    """Open the window that KIND says."""
    app = StampedApplication()
    if KIND == "bare":
        window = QMainWindow()
        window.resize(1366, 768)
        window.show()
        app.exec()
    else:
        sys.argv[1:] = [f"--home={REST[0]}"]
        from pos_app.__main__ import main as program  # lazy: the bare window must not pay for it

        sys.exit(program())


if __name__ == "__main__":
    main()
