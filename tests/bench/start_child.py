"""A fresh process that opens a window: bare Qt, or the register. Arguments: KIND HOME SALES; KIND bare or ours."""

import json
import sys
import time
from pathlib import Path
from typing import Any

START = time.monotonic_ns()  # the parent subtracts its own clock, the same one

from PySide6.QtCore import QEvent, QObject  # noqa: E402 - what is measured begins above
from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


class FirstPaint(QObject):
    """Sees the first paint event of the process, then stops looking."""

    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self)
        return False


class StampedApplication(QApplication):
    """Stamps the first picture and the readiness, then lets `after` work."""

    def __init__(self) -> None:
        super().__init__([sys.argv[0]])
        self.said: dict[str, Any] = {}
        self.paint = FirstPaint()
        self.installEventFilter(self.paint)

    def exec(self) -> int:  # type: ignore[override]
        self._until(lambda: self.paint.seen)
        self.said["paint"] = time.monotonic_ns()
        if sys.argv[1] == "ours":
            self._until(lambda: self.shell().ready)
            QApplication.processEvents()
        self.said["ready"] = time.monotonic_ns()
        self.said["ready_kib"] = resident_kib()
        if sys.argv[1] == "ours":
            use_the_till(self.shell(), self.said)
        print("\n" + json.dumps(self.said), flush=True)
        return 0

    def shell(self) -> Any:
        return next(widget for widget in self.topLevelWidgets() if hasattr(widget, "ready"))

    def _until(self, done: Any) -> None:
        end = time.monotonic() + 60
        while not done():
            QApplication.processEvents()
            if time.monotonic() > end:
                sys.exit("the window did not open")


def resident_kib() -> int:
    """VmRSS of this process."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS"))


def use_the_till(shell: Any, said: dict[str, Any]) -> None:
    """The first scan; then SALES sales through the screens, and the close of the shift."""
    from tests.bench import market  # lazy: nothing of the measuring counts before the till is ready
    from tests.bench.whole_sale import sell_once
    from tests.bench.window import Window, settle

    window = Window(shell, shell.desk.house)
    products, sales = int(sys.argv[3]), int(sys.argv[4])
    codes = {p: market.barcode_of(n) for p, n in market.numbers_by_id(products).items()}
    said["first_scan_ms"] = window.scan(next(iter(codes.values())))
    window.clear()
    if sales:
        said["used_kib"] = resident_kib()
        for cart in market.carts(products, sales, seed=6):
            sell_once(window, [codes[product] for product in cart])
        said["sold_kib"] = resident_kib()
        house = window.house
        house.shifts.count_total(house.shifts.count_total(0).expected_won)
        house.shifts.close()
        house.reports.day()
        settle(50)
        said["closed_kib"] = resident_kib()
    shell.close()


def main() -> None:
    """Open the window that KIND says."""
    app = StampedApplication()
    app.said["begin"] = START
    if sys.argv[1] == "bare":
        window = QMainWindow()
        window.resize(1366, 768)
        window.show()
        app.exec()
        return
    sys.argv[1:] = ["ours", f"--home={sys.argv[2]}", *sys.argv[3:]]
    from pos_app.bootstrap import open_house  # lazy: placed by start_as_the_program below

    start = Path(sys.argv[2].split("=", 1)[1])
    _ = (open_house, start)


if __name__ == "__main__":
    main()
