"""Breaking words into lines the Korean way, and writing them with a painter."""

from functools import lru_cache

from PySide6 import QtCore
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextOption

from pos_app.ui.theme import fonts

ELLIPSIS = "…"
# The values of Qt.AlignmentFlag: naming that enumeration makes all of Qt's, which the first picture would wait for.
AT_LEFT, AT_RIGHT, AT_CENTRE = 1, 2, 4


@lru_cache(maxsize=4096)
def width_of(text: str, px: int, bold: bool = False) -> int:
    """Width of the text; of several lines, of the widest."""
    return max(fonts.measures(px, bold).horizontalAdvance(part) for part in text.split("\n"))


@lru_cache(maxsize=4096)
def lines_of(text: str, px: int, bold: bool, width: int) -> tuple[str, ...]:
    """The text broken to `width` px: at word boundaries, inside a word only if it is too long.

    Qt's plain word wrap lets a long Korean word run out of its box; this does not.
    """
    if "\n" in text:
        return tuple(line for part in text.split("\n") for line in lines_of(part, px, bold, width))
    if width_of(text, px, bold) <= width:
        return (text,)
    layout = QTextLayout(text, fonts.font(px, bold))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    found: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        start = line.textStart()
        found.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return tuple(found) or ("",)


def line_height(px: int, leading: float = 1.15) -> int:
    """The distance between two base lines."""
    return round(px * leading)


def block_height(text: str, px: int, bold: bool, width: int, leading: float = 1.15) -> int:
    """Height of the text when broken to `width`."""
    return len(lines_of(text, px, bold, width)) * line_height(px, leading)


def shortened(text: str, px: int, bold: bool, width: int) -> str:
    """The text, cut with an ellipsis if it must be: only for short names of vendors."""
    return fonts.measures(px, bold).elidedText(text, QtCore.Qt.TextElideMode.ElideRight, width)


def write(
    painter: QPainter,
    text: str,
    x: int,
    base: int,
    px: int,
    bold: bool,
    colour: QColor,
) -> None:
    """One line of text with its base line at `base`."""
    painter.setFont(fonts.font(px, bold))
    painter.setPen(colour)
    painter.drawText(x, base, text)


def write_lines(
    painter: QPainter,
    lines: tuple[str, ...],
    box: QRect,
    px: int,
    bold: bool,
    colour: QColor,
    align: int = AT_LEFT,
    leading: float = 1.15,
) -> None:
    """Lines from the top of `box`, each placed left, centred or right in it."""
    painter.setFont(fonts.font(px, bold))
    painter.setPen(colour)
    step = line_height(px, leading)
    base = box.top() + (step - line_height(px)) // 2 + first_base(px, bold)
    for line in lines:
        painter.drawText(left_of(line, box, px, bold, align), base, line)
        base += step


@lru_cache(maxsize=256)
def first_base(px: int, bold: bool) -> int:
    """From the top of a line of 1.15 px to its base line."""
    measures = fonts.measures(px, bold)
    spare = line_height(px) - measures.ascent() - measures.descent()
    return measures.ascent() + spare // 2


def left_of(line: str, box: QRect, px: int, bold: bool, align: int) -> int:
    if align & AT_LEFT:
        return box.left()
    spare = box.width() - width_of(line, px, bold)
    return box.left() + (spare if align & AT_RIGHT else spare // 2)
