"""The picture of something that looks as it did last time: kept from the second drawing on."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap


class Keepsake:
    """Draws for a painter; what is drawn again with an equal `look` comes from a picture.

    Most keys of a screen are the same at every sale. What is drawn once only costs no picture.
    """

    __slots__ = ("_look", "_picture")

    def __init__(self) -> None:
        self._look: Hashable = None
        self._picture: QPixmap | None = None

    def paint(
        self,
        painter: QPainter,
        left: int,
        top: int,
        size: QSize,
        look: Hashable,
        draw: Callable[[QPainter], object],
    ) -> None:
        """`draw` draws at 0, 0; `look` holds everything that decides what it draws but the pixel ratio."""
        if look != self._look:
            self._look, self._picture = look, None
            painter.translate(left, top)
            draw(painter)
            painter.translate(-left, -top)
            return
        ratio = painter.device().devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inside = QPainter(self._picture)
            draw(inside)
            inside.end()
        painter.drawPixmap(left, top, self._picture)
