"""What lies over the cart's lines: the keys of the selected one, and the bars for those out of sight."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models import texts
from pos_app.ui.models.items import LineView
from pos_app.ui.theme import icons, lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.line_painter import PAD_RIGHT, PAD_X
from pos_app.ui.widgets.words import Words


class LineTools(Painted):
    """− n + 빼기 고치기, lying over the selected line."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.setObjectName("line_tools")
        self.minus = Key("", "minus", "plain", "line_minus", self, spoken=tr("하나 줄이기"), theme=theme)
        self.count = Words(
            "", "title", True, align=Qt.AlignmentFlag.AlignHCenter, wrap=False, name="line_count",
            parent=self, theme=theme,
        )  # fmt: skip
        self.plus = Key("", "plus", "plain", "line_plus", self, spoken=tr("하나 늘리기"), theme=theme)
        self.remove = Key(tr("빼기"), None, "tool", "line_remove", self, theme=theme)
        self.edit = Key(tr("고치기"), None, "tool", "line_edit", self, theme=theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAD_X, 0, PAD_RIGHT, 12)
        row.setSpacing(8)
        for part in (self.minus, self.count, self.plus):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.remove)
        row.addWidget(self.edit)
        self.restyle()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        for key in (self.minus, self.plus):
            key.setFixedSize(QSize(metrics.stepper_width, metrics.key_height))
        self.count.setMinimumWidth(metrics.px(40))
        super().restyle()

    def show_line(self, line: LineView) -> None:
        """Name the keys after the line."""
        weighed = line.sold_by == "weight"
        for part in (self.minus, self.plus, self.count):
            part.setVisible(not weighed)
        self.count.setText(texts.pieces(line.quantity_milli))
        self.minus.setAccessibleName(tr("{name} 하나 줄이기", name=line.name))
        self.plus.setAccessibleName(tr("{name} 하나 늘리기", name=line.name))
        self.remove.setAccessibleName(tr("빼기, {name}", name=line.name))
        self.edit.setAccessibleName(tr("고치기, {name}", name=line.name))


class MoreBar(QAbstractButton):
    """위에 2가지 더: how many lines are out of sight on one side; pressed, it brings them."""

    def __init__(self, above: bool, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self._above = above
        self.setObjectName("lines_above" if above else "lines_below")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys of the list do the same
        self.hide()

    def set_count(self, count: int) -> None:
        """How many; nothing to see when none."""
        said = (
            tr("위에 {count}가지 더", count=count)
            if self._above
            else tr("아래에 {count}가지 더", count=count)
        )
        self.setAccessibleName(said)
        self.setVisible(count > 0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, down = self.theme, self.isDown()
        painter.fillRect(self.rect(), theme.colour("primary_press" if down else "surface"))
        thin = theme.tokens.divider_px
        edge = self.height() - thin if self._above else 0
        painter.fillRect(QRect(0, edge, self.width(), thin), theme.colour("line"))
        px, bold, ink = theme.type_px("caption"), theme.bold(), "white" if down else "ink2"
        tall = theme.metrics.key_height
        middle = self.height() - tall // 2 if self._above else tall // 2
        base = middle - lettering.line_height(px) // 2 + lettering.first_base(px, bold)
        lettering.write(painter, self.accessibleName(), PAD_X, base, px, bold, theme.colour(ink))
        size = 24
        painter.translate(self.width() - PAD_RIGHT - size / 2, middle)
        painter.rotate(180 if self._above else 0)
        picture = icons.pixmap("down", theme.hex(ink), size, self.devicePixelRatioF())
        painter.drawPixmap(-size // 2, -size // 2, picture)
        painter.end()
