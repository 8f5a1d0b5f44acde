"""The one big number of a screen, with its 원 at 0.42 of the digits where it is very big."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.texts import figure
from pos_app.ui.theme import lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.base import Painted, named

_LEAST_PX = 20


class BigNumber(Painted):
    """An amount written large. `size` is a type name; it shrinks only when the width is too small.

    `caption` is spoken before the amount: "합계 61,400원".
    """

    def __init__(
        self,
        amount: int = 0,
        size: str = "total",
        caption: str = "",
        name: str = "big_number",
        parent: QWidget | None = None,
        *,
        unit: str | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
        ink: str = "ink",
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent, theme)
        self._amount, self._size, self._caption = amount, size, caption
        self._unit = unit
        self._side, self._ink = align, ink
        named(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_amount(amount)

    def set_amount(self, amount: int, spoken: str = "") -> None:
        """Show another amount; `spoken` replaces what a screen reader says."""
        wider = len(figure(amount)) != len(figure(self._amount))
        self._amount = amount
        self.setAccessibleName(spoken or f"{self._caption} {figure(amount)}{self.unit()}".strip())
        if wider:
            self.updateGeometry()
        self.update()

    def set_caption(self, caption: str) -> None:
        """What is said before the amount."""
        self._caption = caption
        self.set_amount(self._amount)

    def set_size(self, size: str) -> None:
        """Another type size."""
        self._size = size
        self.restyle()

    def set_ink(self, ink: str) -> None:
        self._ink = ink
        self.update()

    def amount(self) -> int:
        return self._amount

    def text(self) -> str:
        """The amount as it is read: 61,400원."""
        return f"{figure(self._amount)}{self.unit()}"

    def unit(self) -> str:
        return tr("원") if self._unit is None else self._unit

    def type_px(self) -> int:
        """The pixel size it is drawn in now: the named one, or smaller if the room is."""
        px = self.theme.type_px(self._size)
        width = self.width() if self.width() > 0 else 1 << 20
        while px > _LEAST_PX and self._width_at(px) > width:
            px -= 1
        return px

    def _unit_px(self, px: int) -> int:
        return max(15, round(px * (0.42 if px >= 100 else 0.6 if px >= 34 else 0.75)))

    def _width_at(self, px: int) -> int:
        return lettering.width_of(figure(self._amount), px, True) + self._unit_width(px)

    def _unit_width(self, px: int) -> int:
        return lettering.width_of(self.unit(), self._unit_px(px), True) if self.unit() else 0

    def sizeHint(self) -> QSize:
        px = self.theme.type_px(self._size)
        return QSize(self._width_at(px) + 2, round(px * 1.15))

    def minimumSizeHint(self) -> QSize:
        px = self.theme.type_px(self._size)
        return QSize(self._width_at(min(px, 28)), round(px * 1.15))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self.type_px()
        wide = self._width_at(px)
        spare = self.width() - wide
        left = 0
        if self._side & Qt.AlignmentFlag.AlignRight:
            left = spare
        elif self._side & Qt.AlignmentFlag.AlignHCenter:
            left = spare // 2
        base = (self.height() - round(px * 1.15)) // 2 + lettering.first_base(px, True)
        painter = QPainter(self)
        colour = self.theme.colour(self._ink)
        digits = figure(self._amount)
        lettering.write(painter, digits, left, base, px, True, colour)
        if self.unit():
            x = left + lettering.width_of(digits, px, True)
            lettering.write(painter, self.unit(), x, base, self._unit_px(px), True, colour)
        painter.end()
