"""What is made while nobody waits: the next screens, then those who stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.ui.background import busy, run_task
from pos_app.ui.screens.registry import read_parts, read_screens

if TYPE_CHECKING:
    from pos_app.ui.shell import Shell

NEXT = ("selling", "tender", "change")
BY_KEY = ("receipts", "menu", "parked", "keys")  # a key leads there at once
DIALOGS = ("selling.filters", "selling.quick_add", "line_edit.screen")  # of the sale
PREPARE_MS = 300


class Preparing(QObject):
    """One thing at a time, each in a pass of its own."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._read = self._read_more = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(PREPARE_MS)
        self._wait.timeout.connect(self._next)

    def soon(self) -> None:
        """Something may be missing."""
        self._wait.start()

    def _next(self) -> None:
        shell = self._shell
        if not shell.ready:
            return
        if busy():  # two threads share one interpreter: a screen made now would take several times as long
            self.soon()
            return
        if not self._read:  # reading their code takes longer than a frame
            self._read = True
            run_task(lambda: read_screens(NEXT), lambda _: self.soon(), shell.bug)
            return
        if shell.make_next(NEXT):
            self.soon()
            return
        shell.stand_beside()
        if not self._read_more:
            self._read_more = True
            run_task(_read_more, lambda _: None, shell.bug)


def _read_more() -> None:
    read_screens(BY_KEY)
    read_parts(DIALOGS)
