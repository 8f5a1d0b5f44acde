"""Where the window listens: its keys as they come from the system, and what input methods compose.

A filter on the application would be asked about every event of every widget, some hundred for each key.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pos_app.ui.scanner import ScannerFilter

_INPUT = QEvent.Type.InputMethod


class Composed(QObject):
    """Follows the focus and lets the scanner judge what an input method sends there."""

    def __init__(self, app: QApplication, scanner: ScannerFilter) -> None:
        super().__init__(scanner)
        self._scanner = scanner
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
        if event.type() != _INPUT or not isinstance(event, QInputMethodEvent):
            return False
        return self._scanner.composed(watched, event)


def hear(app: QApplication, window: QWidget, router: QObject, scanner: ScannerFilter) -> None:
    """The scanner first, then the keys of every screen, then whatever has the focus in `window`."""
    native = window.windowHandle()
    if native is None:
        return
    native.installEventFilter(router)
    native.installEventFilter(scanner)
    Composed(app, scanner)
