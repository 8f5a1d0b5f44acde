"""Text on a screen: wraps the Korean way, never cut."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos_app.ui.theme import lettering
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import named


class Words(QLabel):
    """A label. `size` is a name of `metrics.TYPE_PX` (or px), `ink` a colour token.

    Wraps to as many lines as it needs (`wrap=False`: one line, as wide as it is).
    """

    def __init__(
        self,
        text: str = "",
        size: str | int = "body",
        bold: bool = False,
        ink: str = "ink",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        wrap: bool = True,
        name: str = "",
        parent: QWidget | None = None,
        leading: float = 1.3,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme or theme_of(parent)
        self._size, self._bold, self._ink = size, bold, ink
        self._side, self._wrap, self._leading = align, wrap, leading
        self.setTextFormat(Qt.TextFormat.PlainText)
        across = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Minimum
        self.setSizePolicy(across, QSizePolicy.Policy.Minimum)
        self.setWordWrap(wrap)  # or QLabel would take the policy back with each text
        self.setText(text)
        named(self, name)
        self.theme.changed.connect(self._restyle)

    def setSizePolicy(self, *policy: Any) -> None:
        """Words that wrap always want height for their width."""
        wanted = QSizePolicy(*policy)
        wanted.setHeightForWidth(self._wrap)
        super().setSizePolicy(wanted)

    def set_ink(self, ink: str) -> None:
        """Write in another colour token."""
        self._ink = ink
        self.update()

    def set_size(self, size: str | int, bold: bool | None = None) -> None:
        """Write in another type size."""
        self._size, self._bold = size, self._bold if bold is None else bold
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _type(self) -> tuple[int, bool, float]:
        one_line = self._leading if self._wrap else 1.15
        return self.theme.type_px(self._size), self.theme.bold(self._bold), one_line

    def heightForWidth(self, width: int) -> int:
        px, bold, leading = self._type()
        side = self.contentsMargins()
        room = width - side.left() - side.right()
        tall = lettering.block_height(self.text(), px, bold, room, leading)
        return tall + side.top() + side.bottom()

    def sizeHint(self) -> QSize:
        px, bold, leading = self._type()
        side = self.contentsMargins()
        wide = lettering.width_of(self.text(), px, bold) + 1 + side.left() + side.right()
        if self._wrap:
            wide = min(wide, px * 40)
        return QSize(wide, self.heightForWidth(wide) if self._wrap else self._one_line(px, leading))

    def minimumSizeHint(self) -> QSize:
        px, _, leading = self._type()
        if not self._wrap:
            return self.sizeHint()
        return QSize(min(self.sizeHint().width(), px * 4), self._one_line(px, leading))

    def _one_line(self, px: int, leading: float) -> int:
        side = self.contentsMargins()
        lines = self.text().count("\n") + 1
        return lettering.line_height(px, leading) * lines + side.top() + side.bottom()

    def paintEvent(self, event: QPaintEvent) -> None:
        text = self.text()
        if not text:
            return
        px, bold, leading = self._type()
        room = self.contentsRect()
        lines = lettering.lines_of(text, px, bold, room.width() if self._wrap else 1 << 20)
        tall = len(lines) * lettering.line_height(px, leading)
        box = QRect(room.left(), room.top() + max(0, (room.height() - tall) // 2), room.width(), tall)
        painter = QPainter(self)
        ink = self.theme.colour(self._ink)
        lettering.write_lines(painter, lines, box, px, bold, ink, self._side, leading)
        painter.end()
