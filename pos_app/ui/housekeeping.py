"""What the window does beside selling: the strip each second, warming up, tidying the store's log."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.ui.background import run_task

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

    def left_alone(self, seconds: float) -> bool:
        """Whether nobody has touched the till for as long as the setting says: back to the names then."""
        house = self._shell.desk.house
        minutes = house.settings.get("auto_lock_minutes")
        return minutes.isdecimal() and minutes != "0" and not house.practice and seconds >= int(minutes) * 60

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
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
            QTimer.singleShot(SET_ASIDE_MS, self, gc.freeze)  # the rest of the tiles, too
        if self._shell.ready:
            self._shell.current.found_more()

    def _rest(self) -> None:
        """The store tidies its log beside the window, so that no sale has to."""
        desk = self._shell.desk
        run_task(desk.house.rest, lambda _: None, desk.trouble)
