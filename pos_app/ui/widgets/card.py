"""Plain grounds: a card with a rounded frame, a panel, a divider."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.theme import drawing
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted


class Card(Painted):
    """A rounded box. Kinds: card (white, thin line), soft (sunken), entry (white, 3 px primary),
    chosen (primary_soft), panel (white, no corners), edge (white, 2 px edge), none."""

    def __init__(
        self, kind: str = "card", name: str = "", parent: QWidget | None = None, theme: Theme | None = None
    ) -> None:
        super().__init__(parent, theme)
        self._kind = kind
        if name:
            self.setObjectName(name)

    def set_kind(self, kind: str) -> None:
        """Another ground."""
        self._kind = kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kind == "none":
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, box = self.theme.colour, QRectF(self.rect())
        thin = self.theme.tokens.divider_px
        if self._kind == "panel":
            painter.fillRect(box, colour("surface"))
        elif self._kind == "soft":
            drawing.fill_round(painter, box, 8, colour("sunken"))
        elif self._kind == "chosen":
            edge = colour("primary") if self.theme.dark else colour("primary_soft")
            drawing.framed(painter, box, 10, colour("primary_soft"), edge, 2)
        elif self._kind == "entry":
            drawing.framed(painter, box, 10, colour("surface"), colour("primary"), 3)
        elif self._kind == "edge":
            drawing.framed(painter, box, 10, colour("surface"), colour("edge"), 2)
        else:
            drawing.framed(painter, box, 12, colour("surface"), colour("line"), thin)
        painter.end()


class Divider(Painted):
    """A line between parts: thin, or 2 px `edge` when `strong`."""

    def __init__(
        self,
        vertical: bool = False,
        strong: bool = False,
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._vertical, self._strong = vertical, strong
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if vertical else wide, wide if vertical else fixed)

    def sizeHint(self) -> QSize:
        px = 2 if self._strong else self.theme.tokens.divider_px
        return QSize(px, px)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("edge" if self._strong else "line"))
        painter.end()
