"""Where texts are really written: every one that the widgets paint, with its place and whose it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QWidget

from pos_app.ui.theme import lettering

SLACK = 2  # px


@dataclass(slots=True)
class Text:
    """One line, in the coordinates of what it is painted on."""

    words: str
    box: QRect
    owner: QWidget | None
    on: QWidget | None  # None: a picture that is kept
    room: QRect


@dataclass(slots=True)
class Ink:
    """What was written while somebody listened."""

    texts: list[Text] = field(default_factory=list)

    def note(self, painter: QPainter, words: str, left: int, base: int, px: int, bold: bool) -> None:
        """One line of text with its base line."""
        if not words.strip():
            return
        wide = lettering.width_of(words, px, bold)
        box = QRectF(left, base - round(px * 0.8), wide, round(px * 0.95))
        device = painter.device()
        placed = painter.worldTransform().mapRect(box).toAlignedRect()
        owner = owner_of(sys._getframe(2))
        if isinstance(device, QPixmap):
            ratio = device.devicePixelRatio()
            room = QRect(0, 0, round(device.width() / ratio), round(device.height() / ratio))
            self.texts.append(Text(words, placed, owner, None, room))
            return
        on = device if isinstance(device, QWidget) else owner
        if on is not None:
            self.texts.append(Text(words, placed, owner, on, on.rect()))


def owner_of(frame: FrameType | None) -> QWidget | None:
    """The widget whose painting this is: the nearest `self` that is one, or belongs to one."""
    while frame is not None:
        me = frame.f_locals.get("self")
        if isinstance(me, QWidget):
            return me
        if isinstance(me, QObject) and isinstance(me.parent(), QWidget):
            return me.parent()  # type: ignore[return-value]
        frame = frame.f_back
    return None


@contextmanager
def listening() -> Iterator[Ink]:
    """Note every text from now on."""
    ink = Ink()
    write: Callable[..., None] = lettering.write
    write_lines: Callable[..., None] = lettering.write_lines

    def noted(
        painter: QPainter, text: str, x: int, base: int, px: int, bold: bool, *rest: Any, **named: Any
    ) -> None:
        ink.note(painter, text, x, base, px, bold)
        write(painter, text, x, base, px, bold, *rest, **named)

    def noted_lines(
        painter: QPainter, lines: tuple[str, ...], box: QRect, px: int, bold: bool, *rest: Any, **named: Any
    ) -> None:
        align = rest[1] if len(rest) > 1 else named.get("align", Qt.AlignmentFlag.AlignLeft)
        leading = rest[2] if len(rest) > 2 else named.get("leading", 1.15)
        step = lettering.line_height(px, leading)
        base = box.top() + (step - lettering.line_height(px)) // 2 + lettering.first_base(px, bold)
        for at, line in enumerate(lines):
            left = lettering.left_of(line, box, px, bold, align)
            ink.note(painter, line, left, base + at * step, px, bold)
        write_lines(painter, lines, box, px, bold, *rest, **named)

    lettering.write, lettering.write_lines = noted, noted_lines
    try:
        yield ink
    finally:
        lettering.write, lettering.write_lines = write, write_lines


def misplaced(texts: list[Text]) -> Iterator[str]:
    """Texts out of their place, over one another, or cut with an ellipsis."""
    for text in texts:
        said = f"{_name(text.owner)} {text.words!r}"
        if not _inside(text):
            box, room = text.box, text.room
            yield f"{said} at {box.x()},{box.y()} {box.width()}x{box.height()} in {room.width()}x{room.height()}"
        if lettering.ELLIPSIS in text.words and not text.words.endswith(("는 중…", "ing…")):
            yield f"{said} is shortened"
    yield from _over_one_another(texts)


def _inside(text: Text) -> bool:
    room = text.room.adjusted(-SLACK, -SLACK, SLACK, SLACK)
    holder = text.on.parentWidget() if text.on is not None else None
    if isinstance(holder, QAbstractItemView):  # rows may be scrolled out above and below
        return room.left() <= text.box.left() and text.box.right() <= room.right() and _in_cell(holder, text)
    return room.contains(text.box)


def _in_cell(view: QAbstractItemView, text: Text) -> bool:
    index = view.indexAt(text.box.center())
    cell = view.visualRect(index).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    return not index.isValid() or cell.contains(text.box)


def _over_one_another(texts: list[Text]) -> Iterator[str]:
    by_place: dict[tuple[int, int], list[Text]] = {}
    for text in texts:
        if text.on is not None:
            by_place.setdefault((id(text.on), id(text.owner)), []).append(text)
    for together in by_place.values():
        for at, one in enumerate(together):
            for other in together[at + 1 :]:
                cut = one.box.intersected(other.box)
                if cut.width() > SLACK and cut.height() > SLACK + 1:
                    yield f"{_name(one.owner)} {one.words!r} lies over {other.words!r}"


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return "?"
    return widget.objectName() or widget.accessibleName() or type(widget).__name__
