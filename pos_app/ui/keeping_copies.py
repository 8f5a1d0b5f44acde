"""Beside the window: copies each hour and after a close, the disk's reserve, and one look at the store."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.ui.background import run_task
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.keys import Key

if TYPE_CHECKING:
    from pos_app.ui.screens.house import House
    from pos_app.ui.shell import Shell

LOOK_MS = 30_000
FIRST_MS = 5_000
log = logging.getLogger(__name__)


class KeepingCopies(QObject):
    """Never holds a sale: all of it is on a pool thread, and a fault is told where copies are shown."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._busy = self._looked = False
        self._tick = QTimer(self)
        self._tick.setInterval(LOOK_MS)
        self._tick.timeout.connect(self.look)

    def start(self) -> None:
        """The house is open and the first screen is shown."""
        self._tick.start()
        QTimer.singleShot(FIRST_MS, self, self.look)

    def renew(self) -> None:
        """Practice is never copied: each round asks the house in use."""

    def stop(self) -> None:
        """The window is being shut: what a close wrote is copied first."""
        self._tick.stop()
        if self._shell.ready and not self._busy and not self._shell.desk.house.practice:
            _copy(self._shell.desk.house, closing=True)

    def look(self) -> None:
        """One round, if none is on its way."""
        if self._busy or not self._shell.ready or self._shell.desk.house.practice:
            return
        self._busy = True
        house, first = self._shell.desk.house, not self._looked
        self._looked = True
        run_task(lambda: _round(house, first), self._done, self._failed)

    def _done(self, sound: bool) -> None:
        self._busy = False
        if not sound and self._shell.ready:
            self._tell()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, EnvironmentFault | DomainError):
            log.warning("keeping copies: %s", error)
        else:
            self._shell.bug(error)

    def _tell(self) -> None:
        """The store is damaged while it is open: what is stored stays, the next start restores."""
        desk = self._shell.desk
        words = tr("지금 닫고 다시 열면 사본에서 되살려요. 읽을 수 있는 기록은 모두 함께 건져요.")
        dialog = Dialog(self._shell, tr("장부 파일이 상했어요"), words, "store_damaged")
        later = dialog.add_key(Key(tr("나중에"), None, "plain", "store_damaged_later"))
        later.clicked.connect(dialog.leave)
        shut = dialog.add_key(Key(tr("지금 닫기"), None, "primary", "store_damaged_close"))
        shut.clicked.connect(self._shell.close)
        desk.open_dialog(dialog, shut)


def _round(house: House, first: bool) -> bool:
    """Copy when it is time, keep the reserve; the first round reads the store through. False: it is damaged."""
    sound = house.backups.sound() if first else True
    house.backups.keep_reserve()
    return sound and _copy(house)


def _copy(house: House, closing: bool = False) -> bool:
    """Whether the store could be copied, or might be a little later; False: it is damaged."""
    try:
        if house.backups.due(closing):
            house.backups.run()
    except EnvironmentFault as fault:
        log.warning("no copy was made: %s", fault)
        return not isinstance(fault, DamagedStore)
    except DomainError as problem:
        log.warning("no copy was made: %s", problem)
        return problem.code != "backup.damaged"
    return True
