"""The door between the real house and the practice house: in, out, and the window's dress for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.ui.screens.house import House
    from pos_app.ui.shell import Shell

FRAME_PX = 8


class PracticeDoor:
    """Knows both houses of one window; the shell shows the one that is in use."""

    def __init__(self, shell: Shell, real: House, open_practice: Callable[[], House] | None) -> None:
        self._shell, self._real, self._open = shell, real, open_practice

    def can_practise(self) -> bool:
        """Whether a practice house can be opened."""
        return self._open is not None

    def enter(self) -> None:
        """Sell in another house whose sales reach nobody."""
        if self._open is None or self._shell.desk.house.practice:
            return
        try:
            house = self._open()
        except Exception as error:
            self._shell.desk.trouble(error)
            return
        self._change(house, True)

    def leave(self) -> None:
        """Back to the real house."""
        practice = self._shell.desk.house
        if practice.practice:
            self._change(self._real, False)
            practice.close()

    def _change(self, house: House, practice: bool) -> None:
        edge = FRAME_PX if practice else 0
        self._shell.theme.set(practice=practice)
        self._shell.column.setContentsMargins(edge, 0, edge, edge)
        self._shell.move_to(house)

    def close(self) -> None:
        """Shut both houses: the window is going."""
        house = self._shell.desk.house
        if house.practice:
            house.close()
        self._real.close()
