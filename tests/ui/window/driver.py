"""The register's window on a real home, opened as the program opens it, used through its native window."""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from pos_app.bootstrap import open_house, open_practice
from pos_app.i18n.texts import set_language
from pos_app.services.house import House
from pos_app.ui import app as register
from pos_app.ui import background
from pos_app.ui.scanner import ScannerFilter
from pos_app.ui.screens.selling.screen import SellingScreen
from pos_app.ui.shell import Shell
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.keys import Key

PATIENCE_S = 10
W = TypeVar("W", bound=QWidget)


def until(done: Callable[[], object], what: str | Callable[[], str] = "") -> None:
    """Let Qt work until something is so. Raises AssertionError when it never is."""
    end = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > end:
            raise AssertionError(f"never came: {what() if callable(what) else what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def settle() -> None:
    """Everything that is due now has happened, deletions too."""
    for _ in range(3):
        _pass()
    while _dressing():
        _pass()


def _pass() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _dressing() -> bool:
    return any(isinstance(top, Shell) and top.redressing.busy for top in QApplication.topLevelWidgets())


def rest() -> None:
    """What runs in the background has ended and its answers have come."""
    pool = background._Current.pool
    if isinstance(pool, background.ThreadedPool):
        pool.wait()
    settle()


class BugWatch(logging.Handler):
    """What the window's one hook for the unforeseen wrote down."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.bugs: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("bug"):
            self.bugs.append(record.getMessage())


class Window:
    """What a person at the till has: a screen to look at, keys, a finger, a scanner.

    `presses` and `touches` count what the hands did. A bug that no test expects (`bugs.clear()`)
    fails the test when the window closes.
    """

    def __init__(self, shell: Shell, houses: list[House], scanner: ScannerFilter, bugs: list[str]) -> None:
        self.shell, self.houses, self.scanner, self.bugs = shell, houses, scanner, bugs
        self.presses = self.touches = 0

    @property
    def house(self) -> House:
        """The real house, also while practising."""
        return self.houses[0]

    @property
    def at(self) -> str:
        """The screen that is shown."""
        return self.shell.current.name

    @property
    def selling(self) -> SellingScreen:
        screen = self.shell.current
        assert isinstance(screen, SellingScreen), self.at
        return screen

    @property
    def native(self) -> QWindow:
        handle = self.shell.windowHandle()
        assert handle is not None
        return handle

    # looking

    def visible(self, kind: type[W]) -> list[W]:
        """What of this kind can be seen."""
        return [widget for widget in self.shell.findChildren(kind) if widget.isVisible()]

    def find(self, name: str) -> QWidget:
        """The one visible widget with this object name, as soon as it is there."""
        return self._one(lambda: [w for w in self.visible(QWidget) if w.objectName() == name], name)

    def there(self, name: str) -> bool:
        """Whether such a widget can be seen now."""
        return any(widget.objectName() == name for widget in self.visible(QWidget))

    def key(self, words: str) -> Key:
        """The one visible key with these words on it, as soon as it is there."""
        return self._one(lambda: [key for key in self.visible(Key) if key.text() == words], words)

    def _one(self, look: Callable[[], list[W]], what: str) -> W:
        QCoreApplication.processEvents()
        until(lambda: len(look()) == 1, lambda: f"one {what}, found {look()}")
        return look()[0]

    def said(self, name: str) -> str:
        """What a screen reader says of the widget with this object name."""
        return self.find(name).accessibleName()

    def texts(self) -> list[str]:
        """Every word that is on the window or is said of it, description and tooltip included."""
        found: list[str] = []
        for widget in [self.shell, *self.visible(QWidget)]:
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            text = getattr(widget, "text", None)
            if callable(text):
                found.append(str(text()))
        return [text for text in found if text]

    def toast(self) -> str:
        return self.shell.current.toast().text()

    def has_focus(self, name: str) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus.objectName() == name

    # hands

    def press(
        self, *keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Keys, one after another, into the window; whoever has the focus gets them."""
        for key in keys:
            self.presses += 1
            QTest.keyClick(self.native, key, modifier)  # type: ignore[arg-type]

    def type(self, text: str) -> None:
        """Characters at the pace of a hand: each has arrived before the next."""
        for char in text:
            self.press(char)
            until(lambda: not self.scanner._held, "typed keys are handed on")

    def say(self, text: str) -> None:
        """Hangul as an input method commits it, to what has the focus."""
        target = QApplication.focusObject()
        assert target is not None
        for syllable in text:
            event = QInputMethodEvent()
            event.setCommitString(syllable)
            QCoreApplication.sendEvent(target, event)
            until(lambda: not self.scanner._held, "composed syllables are handed on")

    def scan(self, code: str) -> None:
        """A scanner: all keys at once and Enter, whatever has the focus.

        How fast is fast is tested with the scanner's filter; here a busy machine must not split a burst.
        """
        before, self.scanner._fast_ms = self.scanner._fast_ms, 60_000
        try:
            self.press(*code, Qt.Key.Key_Return)
        finally:
            self.scanner._fast_ms = before

    def touch(self, target: QWidget | QPoint) -> None:
        """A finger in the middle of a widget, or at a point of the window."""
        if isinstance(target, QWidget):
            assert target.isVisible(), target.objectName()
            target = target.mapTo(self.shell, target.rect().center())
        self.touches += 1
        QTest.mouseClick(self.native, Qt.MouseButton.LeftButton, pos=target)
        QCoreApplication.processEvents()

    def touch_named(self, name: str) -> None:
        self.touch(self.find(name))

    def touch_corner(self) -> None:
        self.touch(self.shell.current.corner)

    def touch_tile(self, words: str) -> None:
        """The tile of this product, turning pages until it is there."""
        self.touch(self.tile_spot(words))

    def tile_spot(self, words: str) -> QPoint:
        grid = self.selling.left.grid
        grid.turn_to(0)
        while True:
            for row in range(grid.model().rowCount()):
                tile = grid.tile(row)
                if tile is not None and tile.name == words:
                    return grid.viewport().mapTo(self.shell, grid.place(row).center())
            assert grid.next_page(), f"no tile {words}"

    def touch_row(self, name: str, words: str) -> None:
        """The row of a list that is read out with these words in it."""
        view = self.find(name)
        assert isinstance(view, QAbstractItemView)
        for row in range(view.model().rowCount()):
            index = view.model().index(row, 0)
            if words in self.row_words(name, row):
                view.scrollTo(index)
                self.touch(view.viewport().mapTo(self.shell, view.visualRect(index).center()))
                return
        raise AssertionError(f"no row with {words} in {name}")

    def row_words(self, name: str, row: int) -> str:
        """What is read out of a row of a list."""
        view = self.find(name)
        assert isinstance(view, QAbstractItemView)
        index = view.model().index(row, 0)
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        return str(said)

    def wait_for(self, screen: str) -> None:
        until(lambda: self.at == screen, f"{screen}, still at {self.at}")
        QCoreApplication.processEvents()

    def cart(self) -> list[tuple[str, int]]:
        """Name and thousandths of each line."""
        return [(line.name, line.quantity_milli) for line in self.shell.desk.house.till.cart.lines]

    def sell(self, *codes: str) -> None:
        """A cash sale, exact, by keyboard."""
        for code in codes:
            self.scan(code)
        for screen in ("tender", "change", "selling"):
            self.press(Qt.Key.Key_F12)
            self.wait_for(screen)


@contextmanager
def opened(
    home: Path,
    size: tuple[int, int] = (1366, 768),
    ready: Callable[[House], object] | None = None,
    practice: bool = True,
) -> Iterator[Window]:
    """The window on `home`, as `jangteo` opens it; closed afterwards as a person closes it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    houses: list[House] = []
    shells: list[Shell] = []

    def opening() -> House:
        house = open_house(home)
        houses.append(house)
        if ready is not None:
            ready(house)
        return house

    def loop(_app: QApplication) -> int:
        shells.extend(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell) and w.isVisible())
        assert len(shells) == 1
        shut = ("cannot_open", "rescue")
        until(lambda: shells[0].ready or any(shells[0].findChildren(QWidget, n) for n in shut), "the house is open")
        return 0

    hooks = sys.excepthook, threading.excepthook
    before = QApplication.__dict__["exec"], register._place
    watch, log = BugWatch(), logging.getLogger("pos_app.ui")
    log.addHandler(watch)
    QApplication.exec = loop  # type: ignore[method-assign,assignment]
    register._place = _placing(size)  # type: ignore[assignment]
    try:
        register.run(opening, open_practice=(lambda: open_practice(home)) if practice else None)
        shell = shells[0]
        scanner = app.findChildren(ScannerFilter)[-1]
        QTest.qWaitForWindowActive(shell, 5000)
        settle()
        rest()
        yield Window(shell, houses, scanner, watch.bugs)
        settle()
        assert not watch.bugs, "\n".join(watch.bugs)
    finally:
        log.removeHandler(watch)
        QApplication.exec, register._place = before  # type: ignore[method-assign]
        sys.excepthook, threading.excepthook = hooks
        _put_away(app, shells)


def _placing(size: tuple[int, int]) -> Callable[[QApplication, Shell], None]:
    """The screen that is not there is smaller than a till's: take the size that is asked for."""

    def place(_app: QApplication, shell: Shell) -> None:
        shell.setMinimumSize(320, 240)
        shell.resize(*size)
        shell.show()

    return place


def _put_away(app: QApplication, shells: list[Shell]) -> None:
    """Close the window and leave the application as it was; answers from the background come before."""
    rest()
    for shell in shells:
        shell.close()
        app.removeEventFilter(shell.router)
        shell.deleteLater()
    for left in (*app.findChildren(ScannerFilter), *app.findChildren(Theme)):
        app.removeEventFilter(left)
        left.deleteLater()
    set_language("ko")
    settle()
