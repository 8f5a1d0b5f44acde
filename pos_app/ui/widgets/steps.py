"""The steps of something longer, with where one is: done, now, to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.theme import drawing, icons, lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named


class Steps(Painted):
    """Numbered words in a row; at large type only the current one keeps its word."""

    def __init__(
        self,
        words: Sequence[str],
        now: int = 0,
        name: str = "steps",
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._words, self._now = list(words), now
        named(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_now(now)

    def set_now(self, now: int) -> None:
        """Which step it is, from 0."""
        self._now = now
        word = self._words[now] if now < len(self._words) else ""
        said = tr("단계 {now}/{all}, {word}", now=now + 1, all=len(self._words), word=word)
        self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self.theme.metrics.key_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.theme.metrics.key_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = self.theme.type_px("body")
        widest = max(lettering.width_of(word, px, True) for word in self._words)
        mark = self.theme.metrics.px(30) + 30  # a step without its word
        all_words = (widest + mark + 4) * len(self._words) <= self.width()
        rest = self.width() - mark * (len(self._words) - 1)
        x = 0
        for number, word in enumerate(self._words):
            now = number == self._now
            alone = rest if now else mark
            wide = self.width() // len(self._words) if all_words else alone
            shown = word if all_words or now else ""
            self._paint_step(painter, QRect(x, 0, wide, self.height()), number, shown)
            x += wide
        painter.end()

    def _paint_step(self, painter: QPainter, box: QRect, number: int, word: str) -> None:
        theme, now, done = self.theme, number == self._now, number < self._now
        ink = "white" if now else "ink2"
        if now:
            drawing.fill_round(painter, QRectF(box.adjusted(0, 0, -8, 0)), 8, theme.colour("primary"))
        radius = theme.metrics.px(15)
        middle = QPointF(box.left() + 12 + radius, box.center().y() + 0.5)
        painter.setPen(QPen(theme.colour(ink), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)
        if done:
            px = round(radius * 1.2)
            picture = icons.pixmap("check", theme.hex(ink), px, self.devicePixelRatioF())
            painter.drawPixmap(round(middle.x() - px / 2), round(middle.y() - px / 2), picture)
        else:
            small = theme.type_px("body")
            step = lettering.line_height(small)
            room = QRect(round(middle.x() - radius), round(middle.y() - step / 2), 2 * radius, step)
            centre = Qt.AlignmentFlag.AlignHCenter
            lettering.write_lines(painter, (str(number + 1),), room, small, True, theme.colour(ink), centre)
        px = theme.type_px("body")
        base = box.center().y() - lettering.line_height(px) // 2 + lettering.first_base(px, now)
        left = round(middle.x() + radius + 8)
        lettering.write(painter, word, left, base, px, theme.bold(now), theme.colour(ink))
