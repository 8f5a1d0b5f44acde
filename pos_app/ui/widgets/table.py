"""A table of figures: heads small and Bold, numbers right, the total over a strong line."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pos_app.ui.models.rows import TableRows
from pos_app.ui.theme import lettering
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import named

PAD_X = 12
_Index = QModelIndex | QPersistentModelIndex


class TableDelegate(QStyledItemDelegate):
    """Cells of a `Table`: wrapped words, a bar and soft ground on the selected row."""

    def __init__(self, theme: Theme, table: "Table") -> None:
        super().__init__(table)
        self._theme, self._table = theme, table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        px, bold = self._type(index)
        text = str(index.data() or "")
        width = self._table.columnWidth(index.column()) - 2 * PAD_X
        lines = lettering.lines_of(text, px, bold, max(40, width))
        room = lettering.width_of(text, px, bold) + 2 * PAD_X + 1
        tall = len(lines) * lettering.line_height(px) + self._least() - lettering.line_height(px)
        return QSize(room, tall)

    def _least(self) -> int:
        metrics = self._theme.metrics
        return max(metrics.key_height, metrics.px(48)) if self._table.pickable else metrics.px(48)

    def _type(self, index: _Index) -> tuple[int, bool]:
        total = self._table.rows.is_total(index.row())
        return self._theme.type_px("body"), self._theme.bold(total or index.column() == 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._theme, option.rect  # type: ignore[attr-defined]
        painter.save()
        if index.row() == self._table.currentIndex().row() and self._table.pickable:
            painter.fillRect(rect, theme.colour("primary_soft"))
            if index.column() == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 6, rect.height()), theme.colour("primary"))
        if self._table.rows.is_total(index.row()):
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), theme.colour("edge"))
        elif not self._table.rows.is_total(index.row() + 1):
            thin = theme.tokens.divider_px
            low = QRect(rect.left(), rect.bottom() + 1 - thin, rect.width(), thin)
            painter.fillRect(low, theme.colour("line"))
        px, bold = self._type(index)
        lines = lettering.lines_of(str(index.data() or ""), px, bold, max(40, rect.width() - 2 * PAD_X))
        tall = len(lines) * lettering.line_height(px)
        box = QRect(
            rect.left() + PAD_X, rect.top() + (rect.height() - tall) // 2, rect.width() - 2 * PAD_X, tall
        )
        side = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        lettering.write_lines(painter, lines, box, px, bold, theme.colour("ink"), side)
        painter.restore()


class Table(QTableView):
    """Texts in rows and columns; `numbers` are the columns set right, `stretch` the one that grows.

    A `pickable` table has rows to touch (56 px) and tells `picked(row)`; the total is none of them.
    """

    picked = Signal(int)

    def __init__(
        self,
        name: str,
        spoken: str,
        heads: Sequence[str],
        numbers: Sequence[int] = (),
        stretch: int = 0,
        pickable: bool = False,
        parent: QWidget | None = None,
        theme: Theme | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme or theme_of(parent)
        named(self, name, spoken)
        self.pickable = pickable
        self.rows = TableRows(heads, (), numbers, (), self)
        self.setModel(self.rows)
        self.setItemDelegate(TableDelegate(self.theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.theme.changed.connect(self._restyle)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """The whole row is marked, not only the cell."""
        super().currentChanged(current, previous)
        if self.pickable and current.row() != previous.row():
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pick(self.indexAt(event.position().toPoint()).row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentIndex().row())

    def _pick(self, row: int) -> None:
        if self.pickable and row >= 0 and not self.rows.is_total(row):
            self.picked.emit(row)

    def focus_rect(self) -> QRect:
        """The current row, for the focus ring."""
        box = self.visualRect(self.currentIndex())
        if box.isEmpty():
            return self.rect()
        return QRect(0, box.top() + self.viewport().y(), self.width(), box.height())

    def set_rows(self, rows: Sequence[Sequence[str]], total: Sequence[str] = ()) -> None:
        """Show these rows and the total."""
        self.rows.set_rows(rows, total)

    def _restyle(self) -> None:
        self.resizeRowsToContents()
        self.viewport().update()
