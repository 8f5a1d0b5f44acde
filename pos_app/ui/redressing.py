"""A new dress, put on in steps: each pass of the event loop does a little, and hears keys and scans between."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from pos_app.ui.pages import made

if TYPE_CHECKING:
    from pos_app.ui.screens.frame import Screen
    from pos_app.ui.screens.stand_in import StandIn
    from pos_app.ui.shell import Shell

KEPT = ("selling", "orders", "bundles", "labels")  # what was chosen there is known to the screen alone
LIVE = (*KEPT, "tender", "sign_in")  # and what was typed there
LIGHT = 80  # widgets of another screen that may put on a theme as it stands


class Wear(TypedDict, total=False):
    """What `Theme.set` takes of it."""

    theme: str
    scale: float


class Redressing(QObject):
    """Changes theme, sizes and words of one window; the last picture stands until the new one is whole.

    A stylesheet costs by the widget, so the screens go first, one at a time: all of them where sizes or words
    change, else those that are not kept. A stand-in holds the place of the shown one until it is made anew.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._wear: Wear = {}
        self._anew = self._strip = False
        self._stand_in: StandIn | None = None
        self._made: Screen | None = None
        self._then: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    @property
    def busy(self) -> bool:
        """Whether it is still being put on."""
        return self._timer.isActive()

    def soon(self, wear: Wear, anew: bool) -> None:
        """Wear this from the next moment on; `anew`: sizes or words are other ones."""
        self._wear.update(wear)
        if anew:
            self._anew = self._strip = True
        self._forget_made()
        self._shell.setUpdatesEnabled(False)
        self._timer.start(0)

    def then(self, act: Callable[[], object]) -> None:
        """Do this once it is put on."""
        self._then.append(act)
        self._timer.start(0)

    def _next(self) -> None:
        try:
            if self._shell.ready and self._step():
                self._timer.start(0)
                return
        except BaseException:
            self._end()
            raise
        self._end()

    def _end(self) -> None:
        self._wear, self._anew, self._strip = {}, False, False
        self._forget_made()
        self._shell.setUpdatesEnabled(True)
        acts, self._then = self._then, []
        if not self._shell.ready:
            return
        if self._stand_in is not None:  # somebody has gone elsewhere, or something went wrong
            name, self._stand_in = self._stand_in.name, None
            shown = self._shell.current.name
            self._shell.pages.drop(name)
            if shown == name:  # nobody is left without a screen
                self._shell.replace(made("selling", self._shell.desk), ())
        for act in acts:
            act()

    def _step(self) -> bool:
        """One step; whether there was one."""
        shell = self._shell
        kept = () if self._anew else KEPT
        if (self._wear or self._anew) and shell.drop_one(kept):
            return True
        if self._stand_in is None and self._goes():
            self._stand()
        elif self._wear:
            wear, self._wear = self._wear, {}
            shell.theme.set(**wear)
        elif self._strip:
            self._strip = False
            shell.renew_strip()
        elif self._stand_in is None or shell.current is not self._stand_in:
            return False  # put on, or somebody has gone elsewhere meanwhile
        elif self._made is None:
            self._made = made(self._stand_in.name, shell.desk)
        else:
            fresh, self._made, self._stand_in = self._made, None, None
            shell.replace(fresh, kept)
            if self._anew:
                self._anew = False
                shell.renew_attendants()
        return True

    def _goes(self) -> bool:
        """Whether the shown screen is made anew."""
        if self._anew or not self._wear:
            return self._anew
        shell = self._shell
        if shell.dialog is not None or shell.current.name in LIVE:
            return False
        return len(shell.current.findChildren(QWidget)) > LIGHT

    def _stand(self) -> None:
        # lazy: wanted when the look changes
        from pos_app.ui.screens.stand_in import StandIn

        shell = self._shell
        self._stand_in = StandIn(shell.desk, shell.name_after_change(), self._later)
        shell.replace(self._stand_in, () if self._anew else KEPT, at_once=True)

    def _later(self, text: str) -> None:
        self.then(lambda: self._shell.scanned(text))

    def _forget_made(self) -> None:
        if self._made is not None:
            self._made.deleteLater()
            self._made = None
