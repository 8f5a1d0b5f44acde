"""The shade over a window while a dialog asks."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted


class Scrim(Painted):
    """Covers its window, takes every press; 45 % ink, in daylight 60 % black."""

    def __init__(self, window: QWidget, theme: Theme | None = None) -> None:
        super().__init__(window, theme)
        self.setObjectName("scrim")
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(self.theme.tokens.scrim)
        shade.setAlphaF(self.theme.tokens.scrim_percent / 100)
        painter = QPainter(self)
        painter.fillRect(event.rect(), shade)
        painter.end()
