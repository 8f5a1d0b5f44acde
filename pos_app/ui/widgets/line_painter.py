"""How a line of the cart is painted: name, amount, quantity, badges, parts of a bundle."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from pos_app.ui.models import texts
from pos_app.ui.models.items import LineView
from pos_app.ui.theme import lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.badge import badge_size, paint_badge

PAD_X = 18  # left of the texts: clear of the bar
PAD_RIGHT = 16  # amounts stand over the right edge of the corner key
BAR = 6


class LinePainter:
    """Paints `LineView` values. The selected one is taller by `tools_height` for its keys."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def tools_height(self) -> int:
        return self._theme.metrics.key_height + 12

    def height(self, line: LineView, width: int, selected: bool) -> int:
        """Height of a line in a list of `width` px."""
        return self.head_height(line, width) + (self.tools_height if selected else 0)

    def head_height(self, line: LineView, width: int) -> int:
        """Height without the keys of the selected line."""
        metrics = self._theme.metrics
        names = self._name_lines(line, width)
        tall = metrics.row_height + (len(names) - 1) * lettering.line_height(metrics.type_px("name"))
        small = lettering.line_height(metrics.type_px("caption"), 1.3)
        under = len(self._detail_lines(line, width)) + len(self._note_lines(line, width)) + len(line.parts)
        return tall + (under - 1) * small

    def _name_lines(self, line: LineView, width: int) -> tuple[str, ...]:
        px = self._theme.type_px("name")
        amount = lettering.width_of(texts.figure(line.amount_won), px, True)
        return lettering.lines_of(line.name, px, True, max(60, width - PAD_X - PAD_RIGHT - amount - 12))

    def _detail_lines(self, line: LineView, width: int) -> tuple[str, ...]:
        px, bold = self._theme.type_px("caption"), self._theme.bold()
        badges = sum(badge_size(self._theme, badge.text).width() + 6 for badge in line.badges)
        return lettering.lines_of(
            texts.line_detail(line), px, bold, max(60, width - PAD_X - PAD_RIGHT - badges)
        )

    def _note_lines(self, line: LineView, width: int) -> tuple[str, ...]:
        px, bold = self._theme.type_px("caption"), self._theme.bold()
        return lettering.lines_of(line.note, px, bold, width - PAD_X - PAD_RIGHT) if line.note else ()

    def paint(self, painter: QPainter, rect: QRect, line: LineView, selected: bool, flashed: bool) -> None:
        """One line into `rect`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        if selected or flashed:
            painter.fillRect(rect, theme.colour("primary_soft"))
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), theme.colour("primary"))
        thin = theme.tokens.divider_px
        low = QRect(rect.left(), rect.bottom() + 1 - thin, rect.width(), thin)
        painter.fillRect(low, theme.colour("line"))
        self._paint_texts(painter, rect, line)
        painter.restore()

    def _paint_texts(self, painter: QPainter, rect: QRect, line: LineView) -> None:
        theme = self._theme
        px = theme.type_px("name")
        ink = theme.colour("ink")
        box = QRect(
            rect.left() + PAD_X,
            rect.top() + theme.metrics.px(11),
            rect.width() - PAD_X - PAD_RIGHT,
            rect.height(),
        )
        names = self._name_lines(line, rect.width())
        lettering.write_lines(painter, names, box, px, True, ink)
        amount = (texts.figure(line.amount_won),)
        lettering.write_lines(painter, amount, box, px, True, ink, Qt.AlignmentFlag.AlignRight)
        box.setTop(box.top() + len(names) * lettering.line_height(px) + theme.metrics.px(3))
        self._paint_badges(painter, box, line)
        small, bold = theme.type_px("caption"), theme.bold()
        soft: QColor = theme.colour("ink2")
        for text in (*self._detail_lines(line, rect.width()), *self._note_lines(line, rect.width())):
            lettering.write_lines(painter, (text,), box, small, bold, soft, leading=1.3)
            box.setTop(box.top() + lettering.line_height(small, 1.3))
        box.setLeft(box.left() + 16)
        for part in line.parts:
            lettering.write_lines(painter, (part,), box, small, bold, soft, leading=1.3)
            box.setTop(box.top() + lettering.line_height(small, 1.3))

    def _paint_badges(self, painter: QPainter, box: QRect, line: LineView) -> None:
        right = box.right() + 1
        for badge in reversed(line.badges):
            size = badge_size(self._theme, badge.text)
            place = QRectF(right - size.width(), box.top(), size.width(), size.height())
            paint_badge(painter, self._theme, place, badge.text, badge.kind)
            right -= size.width() + 6
