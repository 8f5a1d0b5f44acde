"""Opens the register's window: painted first, filled when the house is open."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.ui.shell import Shell
from pos_app.ui.theme.theme import Theme

if TYPE_CHECKING:
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
    shell.painted.connect(lambda: late.start(0))
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
    try:
        house = open_house()
    except DamagedStore as fault:
        shell.theme.dress()
        _listen(shell)
        # lazy: only when the store is damaged
        from pos_app.ui.rescue import offer_restore

        offer_restore(shell, fault, lambda: _fill(shell, open_house, open_practice))
        return
    except EnvironmentFault as fault:
        _cannot_open(shell, fault.title, fault.advice)
        return
    except Exception as error:  # the window says so instead of vanishing
        log.exception("opening the house")
        _cannot_open(shell, tr("장터포스를 열 수 없어요"), f"{type(error).__name__}: {error}")
        return
    _one_by_one(shell, (lambda: shell.dress_for(house, open_practice), lambda: _begin(shell)))


def _begin(shell: Shell) -> None:
    shell.begin_work()
    _listen(shell)


def _one_by_one(shell: Shell, steps: Sequence[Callable[[], object]]) -> None:
    """Each in a pass of its own: the window answers between."""

    def next_one() -> None:
        steps[0]()
        if steps[1:]:
            _one_by_one(shell, steps[1:])

    QTimer.singleShot(0, shell, next_one)


def _listen(shell: Shell) -> None:
    """Keys and scanners are heard from now on; earlier, every event of the start would pass through here."""
    if shell.property("hears"):
        return  # heard already, by the rescue of a damaged store
    shell.setProperty("hears", True)
    # lazy: naming Qt's keys takes longer than the first picture
    from pos_app.ui.hearing import hear
    from pos_app.ui.scanner import ScannerFilter

    app = QApplication.instance()
    if isinstance(app, QApplication):
        scanner = ScannerFilter(app)
        scanner.scanned.connect(shell.scanned)
        hear(app, shell, shell.router, scanner)


def _cannot_open(shell: Shell, title: str, advice: str) -> None:
    # lazy: only when something went wrong
    from pos_app.ui.widgets.dialog import Dialog
    from pos_app.ui.widgets.keys import Key

    shell.theme.dress()
    _listen(shell)
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
