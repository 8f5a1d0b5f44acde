"""The screens of one window, by name: made when they are first gone to, one of them shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

if TYPE_CHECKING:
    from pos_app.ui.screens.desk import Desk
    from pos_app.ui.screens.frame import Screen
    from pos_app.ui.screens.house import House


def let_go(parent: QWidget) -> None:
    """What is about to be deleted must not hold the focus."""
    focus = QApplication.focusWidget()
    if focus is not None and parent.isAncestorOf(focus):
        focus.clearFocus()


def first_of(house: House, signed_in: bool = False) -> str:
    """The screen where work begins: what is missing comes first."""
    if house.days.current() is None:
        return "first_run"
    if not signed_in and not house.practice and house.operators.names():
        return "sign_in"
    if house.shifts.current() is None:
        return "shift_open"
    return "selling"


def made(name: str, desk: Desk) -> Screen:
    """A new screen of this name; nobody sees it yet."""
    # lazy: the first picture waits for no screen
    from pos_app.ui.screens.registry import make_screen

    return make_screen(name, desk)


class Pages(QStackedWidget):
    """Holds the screens."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._screens: dict[str, Screen] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._screens

    def __getitem__(self, name: str) -> Screen:
        return self._screens[name]

    def get(self, name: str) -> Screen | None:
        """The screen, if it was made."""
        return self._screens.get(name)

    def of(self, name: str, desk: Desk) -> Screen:
        """The screen; made now if it is missing."""
        if name not in self._screens:
            self.put(made(name, desk))
        return self._screens[name]

    def put(self, screen: Screen) -> None:
        """Take in a screen that was made."""
        self._screens[screen.name] = screen
        self.addWidget(screen)

    def drop_but(self, kept: Sequence[str], at_once: bool = False) -> None:
        """All but these go; they are made anew when they are gone to. `at_once`: none of them is at work."""
        let_go(self)
        for name in [name for name in self._screens if name not in kept]:
            self.drop(name, at_once)

    def drop(self, name: str, at_once: bool = False) -> None:
        """One screen goes."""
        screen = self._take_out(name)
        if at_once:
            shiboken6.delete(screen)
        else:
            screen.deleteLater()

    def drop_one(self, kept: Sequence[str]) -> bool:
        """Delete one screen that is not kept; whether there was one."""
        name = next((name for name in self._screens if name not in kept), "")
        if name:
            self.drop(name, at_once=True)
        return bool(name)

    def _take_out(self, name: str) -> Screen:
        screen = self._screens.pop(name)
        self.removeWidget(screen)
        return screen
