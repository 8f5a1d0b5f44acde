"""Nothing here yet: what is missing, the next step, and one key for it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.ui.theme import icons
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words


class Picture(Painted):
    """An icon standing alone (its word is beside it)."""

    def __init__(
        self,
        icon: str,
        px: int = 40,
        ink: str = "ink",
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._icon, self._px, self._ink = icon, px, ink
        self._size()

    def set_icon(self, icon: str, ink: str | None = None) -> None:
        """Another icon."""
        self._icon, self._ink = icon, ink or self._ink
        self.update()

    def restyle(self) -> None:
        self._size()
        super().restyle()

    def _size(self) -> None:
        px = round(self._px * min(self.theme.metrics.scale, 1.5))
        self.setFixedSize(QSize(px, px))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, icons.pixmap(self._icon, self.theme.hex(self._ink), self.width(), ratio))
        painter.end()


class Empty(Card):
    """`pressed` when its key is."""

    pressed = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str = "",
        key_text: str = "",
        key_icon: str | None = None,
        name: str = "empty",
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__("card", name, parent, theme)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.picture = Picture(icon, 40, parent=self, theme=theme)
        self._title = Words(title, "name", True, align=middle, parent=self, theme=theme)
        self._sentence = Words(sentence, "body", ink="ink2", align=middle, parent=self, theme=theme)
        self.key = Key(key_text, key_icon, "plain", f"{name}_key", self, theme=theme)
        self.key.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        rim = 24 if self.theme.metrics.scale < 1.5 else 8  # large letters take the room of the rim
        column.setContentsMargins(24, rim, 24, rim)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self.picture, 0, middle)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(8)
        column.addWidget(self.key, 0, middle)
        column.addStretch(1)
        self.set(title, sentence, key_text, key_icon, icon)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        words = (part for part in (self._title, self._sentence, self.key) if not part.isHidden())
        side = self.contentsMargins()
        wide = max(1, self.width() - 48 - side.left() - side.right())
        need = sum(max(part.heightForWidth(wide), part.minimumSizeHint().height()) + 8 for part in words)
        self.picture.setVisible(self.height() >= need + self.picture.height() + 64)

    def set(
        self,
        title: str,
        sentence: str = "",
        key_text: str = "",
        key_icon: str | None = None,
        icon: str | None = None,
    ) -> None:
        """Miss something else."""
        if icon:
            self.picture.set_icon(icon)
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.key.setText(key_text)
        self.key.set_icon(key_icon)
        self.key.setVisible(bool(key_text))
        named(self, "", f"{title} {sentence}".strip())
