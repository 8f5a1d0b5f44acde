"""Models behind the lists: the lines of a cart, rows to pick from, and plain tables."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from pos_app.ui.models.items import LineView, RowView
from pos_app.ui.models.texts import line_spoken, row_spoken

VIEW = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class LineModel(QAbstractTableModel):
    """The cart, one column; setting new lines tells the view only of the rows that differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[LineView] = []

    def set_lines(self, lines: Sequence[LineView]) -> list[int]:
        """Take the new cart. Rows equal to what they were are not touched; the rows that differ."""
        old, new = self._lines, list(lines)
        same = 0
        while same < min(len(old), len(new)) and old[same].key == new[same].key:
            same += 1
        if len(old) > same:
            self.beginRemoveRows(QModelIndex(), same, len(old) - 1)
            del old[same:]
            self.endRemoveRows()
        changed = [row for row in range(same) if old[row] != new[row]]
        for row in changed:
            old[row] = new[row]
            index = self.index(row, 0)
            self.dataChanged.emit(index, index)
        if len(new) > same:
            self.beginInsertRows(QModelIndex(), same, len(new) - 1)
            old.extend(new[same:])
            self.endInsertRows()
        return changed + list(range(same, len(new)))

    def all_lines(self) -> tuple[LineView, ...]:
        """The whole cart."""
        return tuple(self._lines)

    def keys(self) -> set[str]:
        """The keys of all lines."""
        return {line.key for line in self._lines}

    def line(self, row: int) -> LineView | None:
        """The line of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int:
        """The row of a line's key, -1 if there is none."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == VIEW:
            return line
        if role in (_DISPLAY, Qt.ItemDataRole.AccessibleTextRole):
            return line_spoken(line)
        return None


class PickModel(QAbstractListModel):
    """Rows to pick one from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[RowView] = []

    def set_rows(self, rows: Sequence[RowView]) -> None:
        """Show these rows; rows that stay in place are only redrawn where they differ."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            for number, row in enumerate(rows):
                if row != self._rows[number]:
                    self._rows[number] = row
                    index = self.index(number)
                    self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, number: int) -> RowView | None:
        """The row of a number."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def row_of(self, key: str) -> int:
        """The number of the row with a key, -1 if there is none."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        row = self.row(index.row())
        if row is None:
            return None
        if role == VIEW:
            return row
        if role in (_DISPLAY, Qt.ItemDataRole.AccessibleTextRole):
            return row_spoken(row)
        return None


class TableRows(QAbstractTableModel):
    """A plain table of texts: heads, rows, which columns are numbers, an optional total row."""

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]] = (),
        numbers: Sequence[int] = (),
        total: Sequence[str] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._heads = list(heads)
        self._numbers = frozenset(numbers)
        self._rows = [tuple(row) for row in rows]
        self._total = tuple(total)

    def set_rows(self, rows: Sequence[Sequence[str]], total: Sequence[str] = ()) -> None:
        """Show other rows (texts, as they shall be read) and the total under them."""
        self.beginResetModel()
        self._rows, self._total = [tuple(row) for row in rows], tuple(total)
        self.endResetModel()

    def is_total(self, row: int) -> bool:
        """Whether a row is the total."""
        return bool(self._total) and row == len(self._rows)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows) + bool(self._total)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        return self._heads[section] if role == _DISPLAY else None

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(index.column())
        row = self._total if self.is_total(index.row()) else self._rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        if role == _DISPLAY:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]} {text}".strip()
        return None

    def _align(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
