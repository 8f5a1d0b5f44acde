"""Stands where a screen was, for the moments in which the till changes its look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.ui.screens.frame import Screen

if TYPE_CHECKING:
    from pos_app.ui.screens.desk import Desk


class StandIn(Screen):
    """Nobody sees it; what is scanned meanwhile is handed to the screen that comes (`later`)."""

    has_corner = False

    def __init__(self, desk: Desk, name: str, later: Callable[[str], object]) -> None:
        self.name = name
        super().__init__(desk)
        self._later = later

    def scanned(self, text: str) -> None:
        """Not lost."""
        self._later(text)
