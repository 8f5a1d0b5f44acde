"""The digits of a PIN as dots: how many are in, never which."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named


class PinDots(Painted):
    """Rings that fill as digits come in."""

    def __init__(
        self,
        digits: int = 4,
        name: str = "pin_dots",
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._digits, self._filled = digits, 0
        named(self, name)
        self.set(0, digits)

    def set(self, filled: int, digits: int | None = None) -> None:
        """How many are in, of how many."""
        self._filled, self._digits = filled, digits or self._digits
        self.setAccessibleName(tr("PIN, {digits}자리 중 {filled}자리", digits=self._digits, filled=filled))
        self.restyle()

    def sizeHint(self) -> QSize:
        step = self.theme.metrics.px(46)
        return QSize(step * self._digits, self.theme.metrics.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.theme.metrics
        step, radius = metrics.px(46), metrics.px(12)
        left = (self.width() - step * (self._digits - 1)) / 2
        painter.setPen(QPen(self.theme.colour("ink"), 3))
        for place in range(self._digits):
            painter.setBrush(self.theme.colour("ink" if place < self._filled else "surface"))
            painter.drawEllipse(QPointF(left + place * step, self.height() / 2), radius, radius)
        painter.end()
