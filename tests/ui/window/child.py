"""A process of its own with the window on a home: `python -m tests.ui.window.child HOME cart|memory`."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_app.domain.tender import TenderInput, TenderType
from tests.ui.window.driver import Window, opened, settle
from tests.ui.window.homes import BREAD_CODE, KIM_CODE, LEEK_CODE, OIL_CODE, RICE_CODE

SALES = 1_500


def cart(window: Window) -> None:
    """One cart put aside, another open; then wait to be killed."""
    window.scan(BREAD_CODE)
    window.press(Qt.Key.Key_F4)
    for code in (OIL_CODE, KIM_CODE, KIM_CODE, RICE_CODE):
        window.scan(code)
    print("ready", flush=True)
    sys.stdin.read()


def memory(window: Window) -> None:
    """A day's sales through the services of the open window, some by its keys; then say how much is held."""
    till = window.house.till
    for number in range(SALES - 5):
        till.scan((OIL_CODE, RICE_CODE, LEEK_CODE)[number % 3])
        till.scan(KIM_CODE)
        till.complete([TenderInput(TenderType.CASH, 100_000)])
        if number % 100 == 0:
            window.selling.refresh()
            settle()
    for _ in range(5):
        window.sell(KIM_CODE)
    for screen in ("receipts", "day_report", "menu", "selling"):
        window.shell.go(screen)
        settle()
    print("sold", len(window.house.returns.recent(SALES * 2)), resident_kib(), flush=True)


def resident_kib() -> int:
    """What this process holds in memory now."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def main() -> None:
    app = QApplication([])
    with opened(Path(sys.argv[1])) as window:
        {"cart": cart, "memory": memory}[sys.argv[2]](window)
    del app


if __name__ == "__main__":
    main()
