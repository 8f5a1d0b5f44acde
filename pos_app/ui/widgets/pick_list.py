"""A list to pick one row from: receipts, vendors, parked carts."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pos_app.ui.models.items import RowView
from pos_app.ui.models.rows import VIEW, PickModel
from pos_app.ui.theme import lettering
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.theme.tokens import vendor_colour
from pos_app.ui.widgets.badge import badge_size, chip_size, paint_badge, paint_chip
from pos_app.ui.widgets.base import named

PAD_X = 16
BAR = 6
_Index = QModelIndex | QPersistentModelIndex


class PickDelegate(QStyledItemDelegate):
    """Paints `RowView` values: chip, title, badge, caption, amount."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.selected_row = -1

    def _room(self, row: RowView, width: int) -> int:
        """What is left for the title."""
        px = self._theme.type_px("name")
        used = 2 * PAD_X + (lettering.width_of(row.amount, px, True) + 12 if row.amount else 0)
        if row.booth:
            used += chip_size(self._theme, str(row.booth)).width() + 12
        if row.badge is not None and not row.badge_below:
            used += badge_size(self._theme, row.badge.text).width() + 8
        return max(60, width - used)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme, row = self._theme, index.data(VIEW)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 300
        title = lettering.lines_of(row.title, self._title_px(), True, self._room(row, width))
        extra = (len(title) - 1) * lettering.line_height(self._title_px())
        small = theme.type_px("caption")
        caption = lettering.lines_of(row.caption, small, theme.bold(), max(60, width - 2 * PAD_X))
        extra += (len(caption) - 1) * lettering.line_height(small)
        return QSize(width, theme.metrics.px(72) + extra)

    def _title_px(self) -> int:
        return round(self._theme.metrics.px(19))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row = self._theme, index.data(VIEW)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self.selected_row:
            painter.fillRect(rect, theme.colour("primary_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), theme.colour("primary"))
        thin = theme.tokens.divider_px
        low = QRect(rect.left(), rect.bottom() + 1 - thin, rect.width(), thin)
        painter.fillRect(low, theme.colour("line"))
        self._paint_row(painter, rect, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: RowView) -> None:
        theme = self._theme
        left, px, small = rect.left() + PAD_X, self._title_px(), theme.type_px("caption")
        if row.booth:
            size = chip_size(theme, str(row.booth))
            middle = rect.center().y() - size.height() / 2
            chip = QRectF(left, middle, size.width(), size.height())
            paint_chip(painter, theme, chip, str(row.booth), vendor_colour(row.booth))
            left += size.width() + 12
        lines = lettering.lines_of(row.title, px, True, self._room(row, rect.width()))
        bold = theme.bold()
        captions = lettering.lines_of(row.caption, small, bold, max(60, rect.width() - 2 * PAD_X))
        tall = len(lines) * lettering.line_height(px)
        below = badge_size(theme, row.badge.text).height() if row.badge and row.badge_below else 0
        under = below or (len(captions) * lettering.line_height(small) if row.caption else 0)
        top = rect.top() + (rect.height() - tall - under - 3) // 2
        box = QRect(left, top, rect.right() - PAD_X - left + 1, tall)
        lettering.write_lines(painter, lines, box, px, True, theme.colour("ink"))
        self._paint_amount(painter, rect, box, row)
        if row.badge is not None:
            self._paint_badge(painter, QPoint(left, top), row, lines[0], tall)
        if row.caption and not below:
            box.setTop(top + tall + 3)
            lettering.write_lines(painter, captions, box, small, bold, theme.colour("ink2"))

    def _paint_badge(self, painter: QPainter, at: QPoint, row: RowView, title: str, tall: int) -> None:
        """Beside the first line of the title, or under it."""
        if row.badge is None:
            return
        theme, px = self._theme, self._title_px()
        size = badge_size(theme, row.badge.text)
        if row.badge_below:
            x, y = at.x(), at.y() + tall + 3
        else:
            x = at.x() + lettering.width_of(title, px, True) + 8
            y = at.y() + (lettering.line_height(px) - size.height()) // 2
        box = QRectF(x, y, size.width(), size.height())
        paint_badge(painter, theme, box, row.badge.text, row.badge.kind)

    def _paint_amount(self, painter: QPainter, rect: QRect, box: QRect, row: RowView) -> None:
        if not row.amount:
            return
        px = self._theme.type_px("name")
        place = QRect(box)
        if row.badge_below:
            place.setTop(rect.top() + (rect.height() - lettering.line_height(px)) // 2)
        right = Qt.AlignmentFlag.AlignRight
        lettering.write_lines(painter, (row.amount,), place, px, True, self._theme.colour("ink"), right)


class PickList(QListView):
    """`picked(key)` when a person takes a row (press, arrows); `entered(key)` on Enter."""

    picked = Signal(str)
    entered = Signal(str)

    def __init__(
        self, name: str, spoken: str, parent: QWidget | None = None, theme: Theme | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme or theme_of(parent)
        named(self, name, spoken)
        self._rows = PickModel(self)
        self._painter = PickDelegate(self.theme, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.theme.changed.connect(self._restyle)

    def set_rows(self, rows: Sequence[RowView], selected: str | None = None) -> None:
        """Show these rows; the picked one stays picked if it is still there."""
        key = self.selected_key() if selected is None else selected
        self._rows.set_rows(rows)
        self.select(key)

    def selected_key(self) -> str:
        """The key of the picked row, "" when there is none."""
        row = self._rows.row(self._painter.selected_row)
        return row.key if row is not None else ""

    def select(self, key: str) -> None:
        """Mark a row as picked, without `picked`."""
        number = self._rows.row_of(key)
        self._painter.selected_row = number
        if number >= 0:
            index = self._rows.index(number)
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self.viewport().update()

    def focus_rect(self) -> QRect:
        """The current row, for the focus ring."""
        box = (
            self.visualRect(self.currentIndex()) if self.currentIndex().isValid() else self.viewport().rect()
        )
        return box.translated(self.viewport().pos()).adjusted(6, 6, -6, -6)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _pick(self, number: int) -> None:
        row = self._rows.row(number)
        if row is not None:
            self.select(row.key)
            self.picked.emit(row.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(self.indexAt(event.position().toPoint()).row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._pick(max(0, min(self._painter.selected_row + step, self._rows.rowCount() - 1)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.selected_key())
        else:
            event.ignore()
