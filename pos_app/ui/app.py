"""Opens the register's window: painted first, filled when the house is open."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.ui.shell import Shell
from pos_app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from pos_app.ui.opening import Meanwhile
    from pos_app.ui.screens.house import House

UNSEEN_MS = 500
log = logging.getLogger(__name__)


def run(
    open_house: Callable[[], House],
    *,
    early_title: str = "",
    open_practice: Callable[[], House] | None = None,
) -> int:
    """Show the window, then open the house and fill it; the exit code.

    `open_practice` opens the practice house; without it the practice keys are off.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("jangteo")
    app.setDesktopFileName("jangteo")  # so that the desktop shows the menu's icon
    app.setApplicationDisplayName(tr("장터포스"))
    theme = Theme(app, dressed=False)
    shell = Shell(theme, early_title)
    _hook(shell)
    _place(app, shell)
    _fill_once_painted(shell, lambda: _fill(shell, open_house, open_practice))
    return app.exec()


def _fill_once_painted(shell: Shell, fill: Callable[[], None]) -> None:
    """The first picture comes before anything is read; a window that is never exposed is filled too."""
    late = QTimer(shell)
    late.setSingleShot(True)
    late.timeout.connect(fill)
    shell.painted.connect(lambda: late.start(0) if late.isActive() else None)
    late.start(UNSEEN_MS)


def _place(app: QApplication, shell: Shell) -> None:
    """As large as the screen allows, never larger."""
    screen = app.primaryScreen()
    room = screen.availableGeometry() if screen is not None else None
    if room is not None and room.width() > 1500 and room.height() > 850:
        shell.resize(1366, 768)
        shell.show()
    elif room is not None:
        shell.setMinimumSize(min(1024, room.width()), min(700, room.height()))
        shell.showMaximized()
        if shell.width() < room.width() or shell.height() < room.height():
            shell.setGeometry(room)  # without a window manager nothing maximises
    else:
        shell.show()


def _fill(shell: Shell, open_house: Callable[[], House], open_practice: Callable[[], House] | None) -> None:
    """Open the house beside the window, and fill the window in steps; from now on every key is heard."""
    # lazy: the first picture does without
    from pos_app.ui.opening import Opening

    meanwhile = _listen(shell)

    def failed(error: Exception) -> None:
        if isinstance(error, DamagedStore):
            shell.theme.dress()
            # lazy: only when the store is damaged
            from pos_app.ui.rescue import offer_restore

            offer_restore(shell, error, lambda: _fill(shell, open_house, open_practice))
        elif isinstance(error, EnvironmentFault):
            _cannot_open(shell, error.title, error.advice)
        else:  # the window says so instead of vanishing
            log.error("opening the house", exc_info=error)
            _cannot_open(shell, tr("장터포스를 열 수 없어요"), f"{type(error).__name__}: {error}")

    Opening(shell, open_house, meanwhile).start(open_practice, failed)


def _listen(shell: Shell) -> Meanwhile:
    """Keys and scanners are heard from now on; earlier, every event of the start would pass through here."""
    if shell.meanwhile is not None:
        return shell.meanwhile  # they were before the rescue of a damaged store
    # lazy: naming Qt's keys takes longer than the first picture
    from pos_app.ui.hearing import hear
    from pos_app.ui.opening import Meanwhile
    from pos_app.ui.scanner import ScannerFilter

    meanwhile = shell.meanwhile = Meanwhile(shell)
    app, native = QApplication.instance(), shell.windowHandle()
    if isinstance(app, QApplication) and native is not None:
        scanner = ScannerFilter(app)
        scanner.scanned.connect(meanwhile.scanned)
        native.installEventFilter(meanwhile)  # asked last
        hear(app, shell, shell.router, scanner)
    return meanwhile


def _cannot_open(shell: Shell, title: str, advice: str) -> None:
    # lazy: only when something went wrong
    from pos_app.ui.widgets.dialog import Dialog
    from pos_app.ui.widgets.keys import Key

    shell.theme.dress()
    dialog = Dialog(shell, title, advice, "cannot_open")
    shut = dialog.add_key(Key(tr("닫기"), None, "primary", "cannot_open_close"))
    shut.clicked.connect(shell.close)
    dialog.open_over(shut)


def _hook(shell: Shell) -> None:
    """One place for what nobody foresaw."""

    def hooked(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if shell.ready and isinstance(error, Exception):
            shell.desk.trouble(error)
        else:
            shell.bug(error)

    def hooked_thread(args: threading.ExceptHookArgs) -> None:
        log.error("in thread %s", args.thread, exc_info=args.exc_value)

    sys.excepthook = hooked
    threading.excepthook = hooked_thread
