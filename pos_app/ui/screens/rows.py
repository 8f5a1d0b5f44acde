"""A list of rows: title, small print, amount, badge; a real item view, the whole row is the target."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos_app.ui.theme import lettering
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.badge import badge_size, paint_badge

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
PAD = 16


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `badge` is (word, kind) or empty; `spoken` is what a screen reader says."""

    key: str
    title: str
    detail: str = ""
    amount: str = ""
    badge: tuple[str, str] = ("", "")
    spoken: str = ""

    def words(self) -> str:
        """The row for a screen reader."""
        return self.spoken or ", ".join(
            part for part in (self.title, self.badge[0], self.detail, self.amount) if part
        )


class RowModel(QAbstractListModel):
    """Rows for a list view."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.words()
        return None


class RowDelegate(QStyledItemDelegate):
    """Draws a row: title and amount above, small print and badge below."""

    def __init__(self, theme: Theme, model: RowModel, least: int = 72) -> None:
        super().__init__()
        self.theme, self.model, self.least = theme, model, least

    def height(self, row: Row, width: int) -> int:
        """How tall the row is at this width."""
        metrics = self.theme.metrics
        tall = 22 + self._title_height(row, width)
        if row.detail:
            px = self.theme.type_px("caption")
            tall += lettering.block_height(row.detail, px, self.theme.bold(), width - 2 * PAD) + 4
        return max(metrics.key_px(self.least), tall)

    def _title_room(self, row: Row, width: int) -> int:
        amount = lettering.width_of(row.amount, self.theme.type_px("name"), True) + 12 if row.amount else 0
        badge = badge_size(self.theme, row.badge[0]).width() + 8 if row.badge[0] else 0
        return max(60, width - 2 * PAD - amount - badge)

    def _title_height(self, row: Row, width: int) -> int:
        px = self.theme.type_px("body")
        return lettering.block_height(row.title, px, True, self._title_room(row, width))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.rect.width()  # type: ignore[attr-defined]
        view = self.parent()
        if isinstance(view, QListView):
            width = view.viewport().width()
        return QSize(width, self.height(self.model.rows[index.row()], width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self.model.rows[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        theme = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("primary_soft" if chosen else "surface"))
        line = theme.tokens.divider_px
        painter.fillRect(QRect(rect.left(), rect.bottom() - line + 1, rect.width(), line), theme.colour("line"))
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 6, rect.height()), theme.colour("primary"))
        self._paint_words(painter, rect, row)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = self.theme
        body, small, name = theme.type_px("body"), theme.type_px("caption"), theme.type_px("name")
        room = self._title_room(row, rect.width())
        lines = lettering.lines_of(row.title, body, True, room)
        details = lettering.lines_of(row.detail, small, theme.bold(), rect.width() - 2 * PAD) if row.detail else ()
        tall = len(lines) * lettering.line_height(body) + len(details) * lettering.line_height(small)
        top = rect.top() + (rect.height() - tall - (4 if details else 0)) // 2
        title_box = QRect(rect.left() + PAD, top, room, rect.height())
        lettering.write_lines(painter, lines, title_box, body, True, theme.colour("ink"))
        if row.badge[0]:
            size = badge_size(theme, row.badge[0])
            left = title_box.left() + min(room, lettering.width_of(lines[0], body, True)) + 8
            box = QRectF(left, top - 2, size.width(), size.height())
            paint_badge(painter, theme, box, row.badge[0], row.badge[1])
        if row.amount:
            box_right = QRect(rect.left() + PAD, top - 1, rect.width() - 2 * PAD, rect.height())
            right = Qt.AlignmentFlag.AlignRight
            lettering.write_lines(painter, (row.amount,), box_right, name, True, theme.colour("ink"), right)
        if details:
            low = top + len(lines) * lettering.line_height(body) + 4
            box_low = QRect(rect.left() + PAD, low, rect.width() - 2 * PAD, rect.height())
            lettering.write_lines(painter, details, box_low, small, theme.bold(), theme.colour("ink2"))


class RowList(QListView):
    """The list; `picked(key)` when a person takes a row."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.rows = RowModel()
        self.setModel(self.rows)
        self.painter_of_rows = RowDelegate(theme, self.rows)
        self.painter_of_rows.setParent(self)
        self.setItemDelegate(self.painter_of_rows)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._pick)
        theme.changed.connect(self.doItemsLayout)

    def set_rows(self, rows: Sequence[Row], chosen: str = "") -> None:
        """Other rows; `chosen` is marked."""
        self.rows.set_rows(rows)
        self.choose(chosen)

    def choose(self, key: str) -> None:
        """Mark a row without `picked`."""
        for at, row in enumerate(self.rows.rows):
            if row.key == key:
                self.setCurrentIndex(self.rows.index(at, 0))
                return
        self.clearSelection()
        self.setCurrentIndex(NO_INDEX)

    def chosen(self) -> str:
        """The marked row's key."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else ""

    def focus_rect(self) -> QRect:
        """The focus ring goes round the current row."""
        index = self.currentIndex()
        return self.visualRect(index) if index.isValid() else self.rect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and before.isValid():
            self._pick(before)
            return
        super().keyPressEvent(event)
        if self.currentIndex() != before and self.currentIndex().isValid():
            self._pick(self.currentIndex())

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(self.rows.rows[index.row()].key)
