"""What the window shows before the till is open: an empty selling layout."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme import drawing, lettering
from pos_app.ui.theme.theme import Theme


class EarlyFace(QWidget):
    """Painted once; no widgets, so it is there at once."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName("early")
        self.setAccessibleName(tr("여는 중이에요"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = self.theme, self.theme.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("bg"))
        panel = 0 if metrics.one_pane else metrics.panel_width
        left = self.width() - panel
        painter.fillRect(QRect(left, 0, panel, self.height()), theme.colour("surface"))
        painter.fillRect(QRect(left, 0, theme.tokens.divider_px, self.height()), theme.colour("line"))
        pad = metrics.padding
        search = QRectF(pad, metrics.padding_y, left - 2 * pad, metrics.key_height)
        drawing.framed(painter, search, 8, theme.colour("surface"), theme.colour("edge"), 2)
        if panel:
            tall = metrics.corner_height
            corner = QRectF(left + 16, self.height() - 16 - tall, panel - 32, tall)
            drawing.framed(painter, corner, 10, theme.colour("sunken"), theme.colour("edge"))
            px = theme.type_px("corner")
            words = (tr("여는 중이에요"),)
            high = lettering.line_height(px)
            box = QRect(int(corner.left()), int(corner.center().y() - high / 2), int(corner.width()), high)
            lettering.write_lines(painter, words, box, px, True, theme.colour("ink3"), lettering.AT_CENTRE)
        painter.end()
