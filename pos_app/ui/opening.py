"""Opens a till: the house beside the window, the window in steps, and what is scanned or typed meanwhile waits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from pos_app.ui.background import run_task
from pos_app.ui.pages import first_of, made
from pos_app.ui.screens.look import NAMES
from pos_app.ui.screens.registry import read_screen

if TYPE_CHECKING:
    from pos_app.ui.screens.frame import Screen
    from pos_app.ui.screens.house import House
    from pos_app.ui.shell import Shell

KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
log = logging.getLogger(__name__)


class Meanwhile(QObject):
    """Keys and scans that come while the till opens, in their order; a filter behind the scanner's and the router's."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._waiting = False
        self._kept: list[Callable[[], object]] = []

    def wait(self) -> None:
        """Keep what comes."""
        self._waiting = True

    def forget(self) -> None:
        """The till did not open: a dialog wants the keys."""
        self._waiting = False
        self._kept.clear()

    def scanned(self, text: str) -> None:
        """A scanned code: for the screen, as soon as there is one."""
        if self._waiting:
            self._kept.append(lambda: self._shell.scanned(text))
        else:
            self._shell.scanned(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._waiting or event.type() not in KEYS or not isinstance(event, QKeyEvent):
            return False
        copy = event.clone()
        self._kept.append(lambda: self._press(copy))
        return True

    def play(self) -> None:
        """The screen is there: everything in its order."""
        native = self._shell.windowHandle()
        if native is not None:
            native.removeEventFilter(self)
        self._waiting = False
        kept, self._kept = self._kept, []
        for act in kept:
            act()

    def _press(self, event: QKeyEvent) -> None:
        """What the scanner's filter has judged already goes past it: to the router, then to the focus."""
        focus = QApplication.focusWidget()
        if not self._shell.router.eventFilter(self, event) and focus is not None:
            focus.event(event)


class Opened(NamedTuple):
    """A house, and what its first screen shows first."""

    house: House
    ahead: object


class Filling:
    """From an open house to the first screen, in steps each short enough for a pass of its own."""

    def __init__(
        self,
        shell: Shell,
        house: House,
        open_practice: Callable[[], House] | None = None,
        ahead: object = None,
    ) -> None:
        # lazy: see below
        from pos_app.ui.practice_door import PracticeDoor

        self._shell, self._house, self._ahead = shell, house, ahead
        shell.door = PracticeDoor(shell, house, open_practice)  # shuts the house with the window
        self._first: Screen | None = None

    def steps(self) -> Sequence[Callable[[], object]]:
        """In this order."""
        return self.dress, self.make, self.begin

    def dress(self) -> None:
        """As the settings of this house say; the strip says how things stand."""
        # lazy: the first picture does without
        from pos_app.ui.widgets.focus_ring import FocusRing

        shell = self._shell
        shell.theme.dress()
        shell.ring = FocusRing(shell)
        shell.desk = shell.desk_of(self._house)
        for name in NAMES:
            shell.look.apply(name, self._house.settings.get(name), quiet=True)
        shell.renew_strip()
        shell.strip_state.refresh(self._house, shell.first_screen() != "sign_in")

    def make(self) -> None:
        """The first screen; nobody sees it yet."""
        self._first = made(self._shell.first_screen(), self._shell.desk)
        self._first.take_ahead(self._ahead)

    def begin(self) -> None:
        """It is shown, and papers may come out."""
        shell, first = self._shell, self._first
        if first is None:
            return
        shell.ready = True
        shell.pages.put(first)
        shell.go(first.name)
        shell.early.hide()
        shell.preparing.soon()
        self._house.papers.start()
        shell.keeping.start()
        if shell.meanwhile is not None:
            shell.meanwhile.play()


class Opening:
    """One attempt to open the till of a window."""

    def __init__(self, shell: Shell, open_house: Callable[[], House], meanwhile: Meanwhile) -> None:
        self._shell, self._open, self._meanwhile = shell, open_house, meanwhile
        self._house: House | None = None  # while it is not yet the window's
        self._stopped = False

    def start(self, open_practice: Callable[[], House] | None, failed: Callable[[Exception], object]) -> None:
        """Open the house on another thread, then fill the window; `failed` when the house does not open."""
        shell = self._shell
        shell.opening = self
        self._meanwhile.wait()

        def opened(found: Opened) -> None:
            filling = Filling(shell, found.house, open_practice, found.ahead)
            self._house = None  # the window's from now on
            self._one_by_one(filling.steps())

        def not_opened(error: Exception) -> None:
            self._meanwhile.forget()
            failed(error)

        run_task(self._read, opened, not_opened)

    def stop(self) -> None:
        """The window is shut before the till was open."""
        self._stopped = True
        if self._house is not None:
            self._house.close()

    def _read(self) -> Opened:
        """Beside the window: the house, the code that comes next, and what is read first."""
        house = self._house = self._open()
        try:
            # lazy: see above
            import pos_app.ui.practice_door
            import pos_app.ui.screens.strip_state
            import pos_app.ui.screens.till_desk
            import pos_app.ui.widgets.focus_ring  # noqa: F401

            return Opened(house, read_screen(first_of(house)).read_ahead(house))
        except Exception as error:  # the window will meet it again, and say so
            log.warning("looking ahead: %s", error)
            return Opened(house, None)

    def _one_by_one(self, steps: Sequence[Callable[[], object]]) -> None:
        """Each in a pass of its own: the window answers between."""

        def next_one() -> None:
            if self._stopped:
                return
            steps[0]()
            if steps[1:]:
                self._one_by_one(steps[1:])

        QTimer.singleShot(0, self._shell, next_one)
