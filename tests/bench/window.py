"""The program's own window, driven from inside: keys sent, paint events awaited."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem, QWidget

from pos_app.bootstrap import open_house
from pos_app.services.house import House
from pos_app.ui.app import run
from pos_app.ui.scanner import FAST_MS
from pos_app.ui.screens.selling.screen import SellingScreen
from pos_app.ui.shell import Shell

PATIENCE_S = 30
TRIES = 10


class PaintWatch(QObject):
    """Notices that one of some widgets was painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__(widgets[0])
        self.seen = False
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


def until(done: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Let Qt work until something is so. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not done():
        QCoreApplication.processEvents()
        if time.monotonic() > end:
            raise TimeoutError("the window did not get that far")


def settle(milliseconds: int = 5) -> None:
    """Let what is pending happen."""
    end = time.monotonic() + milliseconds / 1000
    while time.monotonic() < end:
        QCoreApplication.processEvents()


def painted(
    watch: PaintWatch,
    act: Callable[[], object],
    processor: list[float] | None = None,
    seconds: float = PATIENCE_S,
) -> float:
    """Milliseconds from the act to the painted picture; this thread's own are added to `processor`."""
    watch.seen = False
    begin, worked = time.perf_counter_ns(), time.thread_time_ns()
    act()
    until(lambda: watch.seen, seconds)
    took = (time.perf_counter_ns() - begin) / 1e6
    if processor is not None:
        processor.append((time.thread_time_ns() - worked) / 1e6)
    return took


class DrivenApplication(QApplication):
    """An application whose event loop is a function of ours."""

    work: Callable[[], object]

    def exec(self) -> int:  # type: ignore[override]
        self.work()
        return 0


class Window:
    """The register's window, at the selling screen of an open house."""

    def __init__(self, shell: Shell, house: House) -> None:
        self.shell, self.house = shell, house
        screen = shell.current
        if not isinstance(screen, SellingScreen):
            raise TypeError(f"the window opened at {screen.name}")
        self.selling: SellingScreen = screen
        self.line_paint: PaintWatch = PaintWatch(screen.cart.lines.viewport())
        self.tile_paint: PaintWatch = PaintWatch(screen.left.grid.viewport())

    def key(self, key: Qt.Key, text: str = "") -> None:
        """One key, as the system brings it: to the native window."""
        target = self.shell.windowHandle()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(
                target, QKeyEvent(kind, int(key), Qt.KeyboardModifier.NoModifier, text)
            )

    def burst(self, code: str) -> None:
        """What a scanner types before its Enter; again when the machine was too slow for a scanner."""
        for _ in range(TRIES):
            if self._typed_fast(code):
                return
            self.forget_typing()
        raise TimeoutError("this machine cannot type as fast as a scanner")

    def _typed_fast(self, code: str) -> bool:
        last = time.monotonic()
        slowest = 0.0
        for char in code:
            self.key(Qt.Key(ord(char)), char)
            now = time.monotonic()
            slowest, last = max(slowest, now - last), now
        return slowest * 1000 < FAST_MS - 5

    def scan(self, code: str, processor: list[float] | None = None) -> float:
        """Milliseconds from the scanner's Enter to the painted line; see `painted`."""
        for _ in range(TRIES):
            self.burst(code)
            with suppress(TimeoutError):  # the Enter came too late to belong to the burst
                return painted(self.line_paint, lambda: self.key(Qt.Key.Key_Return, "\r"), processor, 2)
            self.forget_typing()
        raise TimeoutError("no scan was heard")

    def forget_typing(self) -> None:
        """Put away what a torn burst left behind: letters in the search, a question about an unknown code."""
        settle(200)
        self.shell.shut_dialog()
        self.selling.left.search.clear()
        settle(50)

    def _shows(self, name: str) -> bool:
        return self.shell.current.name == name

    def sell(self, codes: list[str]) -> float:
        """A whole cash sale with the keys a cashier uses; milliseconds by the clock."""
        if not self.shell.isActiveWindow():  # a bare table was shown meanwhile
            self.shell.activateWindow()
            until(self.shell.isActiveWindow)
            self.selling.focus_first()
        begin = time.perf_counter_ns()
        for code in codes:
            self.scan(code)
        for name in ("tender", "change", "selling"):
            self.key(Qt.Key.Key_F12)
            until(partial(self._shows, name))
            QCoreApplication.processEvents()
        return (time.perf_counter_ns() - begin) / 1e6

    def clear(self) -> None:
        """An empty cart again."""
        self.house.till.clear()
        self.selling.refresh()
        settle()


def driven(home: Path, work: Callable[[Window], object]) -> None:
    """Open the register on `home` as the program does, let `work` use it, and end the process."""
    app = QApplication.instance()
    if not isinstance(app, DrivenApplication):
        app = DrivenApplication([])
    houses: list[House] = []

    def opened() -> House:
        houses.append(open_house(home))
        return houses[0]

    def loop() -> None:
        shells: list[Shell] = []

        def ready() -> bool:
            shells[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, Shell) and w.ready]
            return bool(shells)

        until(ready)
        QCoreApplication.processEvents()  # what was filled in is on the screen: that belongs to the start
        work(Window(shells[0], houses[0]))
        houses[0].till.clear()  # or the next start on this home asks about the open cart
        sys.stdout.flush()
        os._exit(0)  # threads that still prepare something are not waited for

    app.work = loop
    run(opened)


class BareTable:
    """The floor of painting: a plain table whose one row changes."""

    def __init__(self, width: int, height: int, rows: int) -> None:
        self.table = QTableWidget(rows, 1)
        self.table.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.table.resize(max(200, width), max(height, 34 * rows))
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.setColumnWidth(0, width)
        self._items = [QTableWidgetItem("친환경 쌀 10kg 39,000") for _ in range(rows)]
        for row, item in enumerate(self._items):
            self.table.setItem(row, 0, item)
        self._said = 0
        self.table.show()
        self.watch = PaintWatch(self.table.viewport())
        settle(50)

    def _text(self) -> str:
        """Another text each time, or nothing would be painted."""
        self._said += 1
        return f"햇사과 {self._said % 90}kg {self._said:,}원"

    def change_row(self, index: int) -> float:
        """Milliseconds until one changed row is painted."""
        item = self._items[index % len(self._items)]
        return painted(self.watch, lambda: item.setText(self._text()))

    def change_all(self) -> float:
        """Milliseconds until all rows, changed, are painted."""

        def act() -> None:
            for item in self._items:
                item.setText(self._text())

        return painted(self.watch, act)
