"""Where the window listens: its keys as they come from the system, and what input methods compose.

A filter on the application would be asked about every event of every widget, some hundred for each key.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pos_app.ui.scanner import ScannerFilter

_INPUT, _PRESS, _RELEASE = QEvent.Type.InputMethod, QEvent.Type.KeyPress, QEvent.Type.KeyRelease
_HEARD = frozenset({_INPUT, _PRESS, _RELEASE})


class AtFocus(QObject):
    """Follows the focus for what an input method sends there: composed text, and keys it gives back.

    Keys that come by the window are spontaneous and were heard there.
    """

    def __init__(self, app: QApplication, router: QObject, scanner: ScannerFilter) -> None:
        super().__init__(scanner)
        self._router, self._scanner = router, scanner
        self._at: QObject | None = None
        app.focusObjectChanged.connect(self._follow)
        self._follow(app.focusObject())

    def _follow(self, target: QObject | None) -> None:
        if self._at is not None and isValid(self._at):
            self._at.removeEventFilter(self)
        self._at = target
        if target is not None:
            target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in _HEARD or self._scanner.handing_on:
            return False
        if isinstance(event, QInputMethodEvent):
            return self._scanner.composed(watched, event)
        if event.spontaneous():
            return False
        return self._scanner.eventFilter(watched, event) or self._router.eventFilter(watched, event)


def hear(app: QApplication, window: QWidget, router: QObject, scanner: ScannerFilter) -> None:
    """The scanner first, then the keys of every screen, then whatever has the focus in `window`."""
    native = window.windowHandle()
    if native is None:
        return
    native.installEventFilter(router)
    native.installEventFilter(scanner)
    AtFocus(app, router, scanner)
