"""Boxes without shadows: raised, flat, dashed, hatched; the shapes every widget is made of."""

from PySide6 import QtCore
from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

THICK = 4  # the bottom edge of what can be pressed
EDGE = 2


def fill_round(painter: QPainter, box: QRectF, radius: float, colour: QColor) -> None:
    """A filled rounded box."""
    painter.fillPath(rounded_path(box, radius), colour)


def framed(
    painter: QPainter,
    box: QRectF,
    radius: float,
    ground: QColor,
    edge: QColor,
    width: float = EDGE,
    bottom: float | None = None,
    top: float | None = None,
) -> QRectF:
    """A box with an edge; `bottom`/`top` thicker ones. The inner box."""
    fill_round(painter, box, radius, edge)
    low = width if bottom is None else bottom
    high = width if top is None else top
    inner = box.marginsRemoved(QMarginsF(width, high, width, low))
    fill_round(painter, inner, max(1.0, radius - width), ground)
    return inner


def raised(painter: QPainter, box: QRectF, radius: float, ground: QColor, edge: QColor) -> QRectF:
    """What can be pressed, at rest."""
    return framed(painter, box, radius, ground, edge, EDGE, bottom=THICK)


def pressed(painter: QPainter, box: QRectF, radius: float, ground: QColor, edge: QColor) -> QRectF:
    """The same under the finger: the thick side is on top."""
    return framed(painter, box, radius, ground, edge, EDGE, top=THICK)


def chosen(painter: QPainter, box: QRectF, radius: float, ground: QColor, edge: QColor) -> QRectF:
    """One of several, taken: 3 px all round."""
    return framed(painter, box, radius, ground, edge, 3)


def dashed(painter: QPainter, box: QRectF, radius: float, ground: QColor, edge: QColor) -> QRectF:
    """What cannot be pressed just now."""
    pen = QPen(edge, EDGE)
    pen.setDashPattern([3.0, 2.0])
    pen.setCapStyle(QtCore.Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(ground)
    half = EDGE / 2
    painter.drawRoundedRect(box.marginsRemoved(QMarginsF(half, half, half, half)), radius - 1, radius - 1)
    return box.marginsRemoved(QMarginsF(EDGE, EDGE, EDGE, EDGE))


def rounded_path(box: QRectF, radius: float) -> QPainterPath:
    """The outline to clip with."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path


def hatch(painter: QPainter, box: QRectF, colour: QColor, step: int = 14) -> None:
    """Slanting lines over a box: sold out, said by shape."""
    painter.save()
    painter.setClipRect(box, QtCore.Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 2))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(int(x), int(box.bottom()), int(x + box.height()), int(box.top()))
        x += step
    painter.restore()


def bar(painter: QPainter, box: QRectF, colour: QColor, pattern: tuple[int, int], gap: QColor) -> None:
    """A vendor's bar down the left of a tile: solid, dashes or dots."""
    mark, space = pattern
    if not space:
        painter.fillRect(box, QBrush(colour))
        return
    painter.fillRect(box, QBrush(gap))
    y = box.top()
    while y < box.bottom():
        painter.fillRect(QRectF(box.left(), y, box.width(), min(float(mark), box.bottom() - y)), colour)
        y += mark + space
