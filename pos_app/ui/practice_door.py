"""The door between the real house and the practice house: in, out, and the window's dress for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pos_app.i18n.texts import tr
from pos_app.ui.background import run_task

if TYPE_CHECKING:
    from pos_app.ui.screens.house import House
    from pos_app.ui.shell import Shell

FRAME_PX = 8
SAY_AFTER_MS = 400  # shorter waits are not worth a word


class PracticeDoor:
    """Knows both houses of one window; the shell shows the one that is in use."""

    def __init__(self, shell: Shell, real: House, open_practice: Callable[[], House] | None) -> None:
        self._shell, self._real, self._open = shell, real, open_practice
        self._opening = self.closed = False

    def can_practise(self) -> bool:
        """Whether a practice house can be opened."""
        return self._open is not None

    def enter(self) -> None:
        """Sell in another house whose sales reach nobody; it is filled beside the window, which goes on selling."""
        if self._open is None or self._opening or self._shell.desk.house.practice:
            return
        self._opening = True
        QTimer.singleShot(SAY_AFTER_MS, self._shell, self._say_so)
        run_task(self._make, self._made, self._failed)

    def _say_so(self) -> None:
        if self._opening and self._shell.ready:
            self._shell.desk.say(tr("연습 장터를 준비하는 중이에요."), icon="clock")

    def _make(self) -> House | None:
        house = self._open() if self._open is not None else None
        if house is not None and self.closed:
            house.close()
            return None
        return house

    def _made(self, house: House | None) -> None:
        self._opening = False
        if house is None:
            return
        if self.closed:
            house.close()
        else:
            self._shell.keeping.garbage.set_aside()
            self._change(house, True)

    def _failed(self, error: Exception) -> None:
        self._opening = False
        self._shell.desk.trouble(error)

    def leave(self) -> None:
        """Back to the real house."""
        practice = self._shell.desk.house
        if practice.practice:
            self._change(self._real, False)

    def _change(self, house: House, practice: bool) -> None:
        """Dress first; the screens of the other house are made in a pass of their own."""
        edge = FRAME_PX if practice else 0
        self._shell.theme.set(practice=practice)
        self._shell.column.setContentsMargins(edge, 0, edge, edge)
        QTimer.singleShot(0, self._shell, lambda: self._move(house))

    def _move(self, house: House) -> None:
        before = self._shell.desk.house
        if self.closed or house is before:
            return
        self._shell.move_to(house)
        if before.practice:
            run_task(before.close, lambda _: None, self._shell.desk.trouble)

    def close(self) -> None:
        """Shut both houses: the window is going."""
        self.closed = True
        house = self._shell.desk.house
        if house.practice:
            house.close()
        self._real.close()
