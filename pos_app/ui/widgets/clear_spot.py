"""Where something passing may lie: over nothing that can be pressed, and over as few words as can be."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QWidget

from pos_app.ui.widgets.base import Painted

GAP = 8
MOST_CELLS = 400  # beyond it a table is taken as a whole
Seen = tuple[QWidget, QRect]


def clear_spot(over: QWidget, skip: QWidget, sizes: Sequence[QSize], home: QPoint) -> QRect | None:
    """A rectangle of one of the sizes in `over`, over no key; None when keys are everywhere.

    `home` is where its bottom left corner lies best, `skip` is what is to lie there.
    """
    seen = list(_seen(over, skip, over, over.rect()))
    keys = list(_pressable(over, seen))
    words = list(_told(over, seen))
    for size in sizes:
        free = [
            box for box in _boxes(size, home, over.width() - home.x(), keys) if not _meets(box, keys + words)
        ]
        if free:
            return max(free, key=lambda box: (box.bottom(), -box.left()))
    for size in sizes:
        free = [box for box in _boxes(size, home, over.width() - home.x(), keys) if not _meets(box, keys)]
        if free:
            return min(free, key=lambda box: (_covered(box, words), -box.bottom(), box.left()))
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


def _boxes(size: QSize, home: QPoint, right: int, keys: Sequence[QRect]) -> Iterator[QRect]:
    """The places worth trying: at home, beside a key, above one, below one."""
    lefts = {home.x(), right - size.width()} | {key.right() + 1 + GAP for key in keys}
    tops = {home.y() - size.height()} | {key.top() - GAP - size.height() for key in keys}
    tops |= {key.bottom() + 1 + GAP for key in keys}
    for left in lefts:
        for top in tops:
            inside = home.x() <= left <= right - size.width() and GAP <= top <= home.y() - size.height()
            if inside:
                yield QRect(QPoint(left, top), size)


def _meets(box: QRect, others: Sequence[QRect]) -> bool:
    return any(box.intersects(other) for other in others)


def _covered(box: QRect, words: Sequence[QRect]) -> int:
    """How much is hidden, px."""
    return sum((box & other).width() * (box & other).height() for other in words if box.intersects(other))
