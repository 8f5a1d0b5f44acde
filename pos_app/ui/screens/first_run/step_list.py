"""The four steps at the left: done, now, to come."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.first_run.presenter import FirstRunPresenter
from pos_app.ui.theme import drawing, icons, lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted


class StepList(Painted):
    """Drawn; the words are said by the screen's name."""

    def __init__(self, theme: Theme, presenter: FirstRunPresenter, parent: QWidget) -> None:
        super().__init__(parent, theme)
        self.presenter = presenter
        self.setObjectName("first_run_steps")

    def refresh(self) -> None:
        """Another step."""
        self.setAccessibleName(self.presenter.accessible_step())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = self.theme, self.theme.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        title, body = theme.type_px("title"), theme.type_px("body")
        room = self.width() - 48
        lines = lettering.lines_of(tr("장터포스 시작하기"), title, True, room)
        lettering.write_lines(painter, lines, QRect(24, 24, room, 200), title, True, theme.colour("ink"))
        top = 24 + len(lines) * lettering.line_height(title) + 20
        tall = metrics.px(64)
        for at, words in enumerate(self.presenter.step_words()):
            self._paint_step(painter, QRect(16, top + at * (tall + 8), self.width() - 32, tall), at, words)
        foot = tr("4단계 가운데 {step}단계예요.\n2분이면 끝나요.", step=self.presenter.step + 1)
        lines = lettering.lines_of(foot, body, theme.bold(), room)
        high = len(lines) * lettering.line_height(body, 1.3)
        box = QRect(24, self.height() - 32 - high, room, high)
        lettering.write_lines(painter, lines, box, body, theme.bold(), theme.colour("ink2"), leading=1.3)
        painter.end()

    def _paint_step(self, painter: QPainter, box: QRect, at: int, words: str) -> None:
        theme = self.theme
        now = at == self.presenter.step
        if now:
            drawing.fill_round(painter, QRectF(box), 8, theme.colour("primary_soft"))
        radius = theme.metrics.px(16)
        middle = box.center().y()
        ring = QRectF(box.left() + 20, middle - radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(theme.colour("primary" if now else "edge"), 2))
        painter.setBrush(theme.colour("primary") if now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        px = theme.type_px("body")
        ink = "white" if now else "ink"
        if at < self.presenter.step:
            size = round(radius * 1.2)
            picture = icons.pixmap("check", theme.hex(ink), size, self.devicePixelRatioF())
            painter.drawPixmap(round(ring.center().x() - size / 2), round(middle - size / 2), picture)
        else:
            high = lettering.line_height(px)
            number = QRect(round(ring.left()), middle - high // 2, 2 * radius, high)
            centre = Qt.AlignmentFlag.AlignHCenter
            lettering.write_lines(painter, (str(at + 1),), number, px, True, theme.colour(ink), centre)
        left = round(ring.right()) + 14
        lines = lettering.lines_of(words, px, theme.bold(now), box.right() - left)
        high = len(lines) * lettering.line_height(px)
        room = QRect(left, middle - high // 2, box.right() - left, high)
        lettering.write_lines(painter, lines, room, px, theme.bold(now), theme.colour("ink"))
