"""Where something passing may lie: over nothing that can be pressed, and over as few words as can be."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QWidget

from pos_app.ui.widgets.base import Painted

GAP = 8
MOST_CELLS = 400  # beyond it a table is taken as a whole
Seen = tuple[QWidget, QRect]
Sides = tuple[int, int, int, int]  # left, top, and the first px right of and below it


class Ground:
    """What lies in `over`, looked at once; `skip` is what is to lie there."""

    def __init__(self, over: QWidget, skip: QWidget) -> None:
        seen = list(_seen(over, skip, over, over.rect()))
        self._keys = _sides(_pressable(over, seen))
        self._words = _sides(_told(over, seen))
        self._wide = over.width()

    def clear_spot(self, sizes: Sequence[QSize], home: QPoint) -> QRect | None:
        """A rectangle of one of the sizes that lies over no key; None when keys are everywhere.

        `home` is where its bottom left corner lies best.
        """
        right = self._wide - home.x()
        for size in sizes:
            for box in _boxes(size, home, right, self._keys, self._keys + self._words):
                return _rect(box)
        for size in sizes:
            free = list(_boxes(size, home, right, self._keys, self._keys))
            if free:
                return _rect(min(free, key=lambda box: (_covered(box, self._words), -box[3], box[0])))
        return None


def pressable(over: QWidget, skip: QWidget) -> list[QRect]:
    """The visible rectangles in `over` of all that can be pressed or typed in."""
    return list(_pressable(over, _seen(over, skip, over, over.rect())))


def _pressable(over: QWidget, seen: Iterable[Seen]) -> Iterator[QRect]:
    for widget, box in seen:
        if isinstance(widget, QAbstractItemView):
            yield from _cells(over, widget, box)
        elif widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield box


def _told(over: QWidget, seen: Iterable[Seen]) -> Iterator[QRect]:
    """Words and figures; what is larger than half the place is a ground."""
    for widget, box in seen:
        large = 2 * box.width() * box.height() > over.width() * over.height()
        if isinstance(widget, QLabel | Painted) and not large:
            yield box


def _seen(over: QWidget, skip: QWidget, widget: QWidget, room: QRect) -> Iterator[Seen]:
    """Every visible widget under `widget`, with what can be seen of it, in coordinates of `over`."""
    for child in widget.children():
        if not isinstance(child, QWidget) or child is skip or child.isWindow() or not child.isVisible():
            continue
        box = QRect(child.mapTo(over, QPoint(0, 0)), child.size()) & room
        if box.isEmpty():
            continue
        yield child, box
        yield from _seen(over, skip, child, box)


def _cells(over: QWidget, view: QAbstractItemView, box: QRect) -> Iterator[QRect]:
    """The items of a list that can be seen."""
    model, port = view.model(), view.viewport()
    columns = 1 if isinstance(view, QListView) or model is None else model.columnCount(QModelIndex())
    if model is None or model.rowCount() * columns > MOST_CELLS:
        yield box
        return
    corner = port.mapTo(over, QPoint(0, 0))
    for row in range(model.rowCount()):
        for column in range(columns):
            cell = view.visualRect(model.index(row, column)).translated(corner) & box
            if not cell.isEmpty():
                yield cell


def _sides(boxes: Iterable[QRect]) -> list[Sides]:
    return [(box.x(), box.y(), box.x() + box.width(), box.y() + box.height()) for box in boxes]


def _rect(box: Sides) -> QRect:
    return QRect(box[0], box[1], box[2] - box[0], box[3] - box[1])


def _boxes(
    size: QSize, home: QPoint, right: int, keys: Sequence[Sides], taken: Sequence[Sides]
) -> Iterator[Sides]:
    """The free places worth trying, lowest first, then leftmost: at home, beside a key, above one, below one."""
    wide, high, most = size.width(), size.height(), home.y() - size.height()
    lefts = {home.x(), right - wide} | {key[2] + GAP for key in keys}
    tops = {most} | {key[1] - GAP - high for key in keys} | {key[3] + GAP for key in keys}
    beside = sorted(left for left in lefts if home.x() <= left <= right - wide)
    for top in sorted((top for top in tops if GAP <= top <= most), reverse=True):
        here = [(one[0], one[2]) for one in taken if one[1] < top + high and top < one[3]]
        for left in beside:
            if not any(start < left + wide and left < end for start, end in here):
                yield left, top, left + wide, top + high


def _covered(box: Sides, words: Sequence[Sides]) -> int:
    """How much is hidden, px."""
    left, top, right, low = box
    return sum(
        (min(right, word[2]) - max(left, word[0])) * (min(low, word[3]) - max(top, word[1]))
        for word in words
        if word[0] < right and left < word[2] and word[1] < low and top < word[3]
    )
