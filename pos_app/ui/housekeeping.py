"""What the window does beside selling: the strip each second, warming up, tidying the store's log."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.ui.background import run_task
from pos_app.ui.garbage import Garbage

if TYPE_CHECKING:
    from pos_app.ui.shell import Shell

STRIP_MS = 1000
WARM_MS = 1000
REST_MS = 60_000
SET_ASIDE_MS = 3000


class Housekeeping(QObject):
    """Timers of one window; nothing that takes long runs on the main thread."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._touched = time.monotonic()
        self.garbage = Garbage()
        self._tick = self._every(STRIP_MS, self._second)
        self._warming = self._warm_already = False
        self._idle = self._every(REST_MS, self._rest)

    def _every(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def start(self) -> None:
        """The house is open."""
        self._tick.start()
        self._idle.start()
        QTimer.singleShot(WARM_MS, self, self._warm)

    def stop(self) -> None:
        """The window is being shut."""
        self._tick.stop()
        self._idle.stop()

    def touched(self) -> None:
        """Somebody is at the till."""
        self._touched = time.monotonic()

    def _alone_s(self) -> float:
        return time.monotonic() - self._touched

    def left_alone(self) -> bool:
        """Whether nobody has touched the till for as long as the setting says: back to the names then."""
        house = self._shell.desk.house
        minutes = house.settings.get("auto_lock_minutes")
        if not minutes.isdecimal() or minutes == "0" or house.practice:
            return False
        return self._alone_s() >= int(minutes) * 60

    def _second(self) -> None:
        """Once a second: the strip, and a better search index where the catalogue has changed."""
        self._shell.refresh_strip()
        if self._warm_already and self._shell.ready and self._shell.desk.house.goods.stale():
            self._warm()

    def _warm(self) -> None:
        """What the first sale and the first search need, once the first scan had its chance."""
        if self._shell.ready and not self._warming:
            desk = self._shell.desk
            self._warming = True
            run_task(desk.house.warm, self._warmed, self._cold)

    def _cold(self, error: BaseException) -> None:
        self._warming = False
        self._shell.desk.trouble(error)

    def _warmed(self, _: None) -> None:
        """The start is over: what it made is set aside, garbage is looked for from now on."""
        self._warming, self._warm_already = False, True
        self.garbage.begin()
        QTimer.singleShot(SET_ASIDE_MS, self, self.garbage.set_aside)  # the rest of the tiles, too
        if self._shell.ready:
            self._shell.current.found_more()

    def _rest(self) -> None:
        """The store tidies its log beside the window, so that no sale has to."""
        self.garbage.rest(self._alone_s())
        desk = self._shell.desk
        run_task(desk.house.rest, lambda _: None, desk.trouble)
