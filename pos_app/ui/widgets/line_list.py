"""The cart's lines: the newest is selected and carries its keys; adding one repaints one row."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import LineView
from pos_app.ui.models.rows import LineModel
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.line_layout import LineLayout
from pos_app.ui.widgets.line_painter import LinePainter
from pos_app.ui.widgets.line_tools import LineTools, MoreBar

FLASH_MS = 200
_Index = QModelIndex | QPersistentModelIndex
_Look = tuple[LineView, QRect, bool, bool]  # what a row showed when it was last drawn


class LineList(QTableView):
    """A table named 장바구니 with one column. Signals carry the line's key.

    It is a QTableView for screen readers and tests; where rows lie is computed here, so that a
    new line draws that line and not the whole table.
    """

    plus = Signal(str)
    minus = Signal(str)
    remove = Signal(str)
    edit = Signal(str)  # type: ignore[assignment]  # nothing here is edited in place
    picked = Signal(str)

    def __init__(
        self,
        name: str = "cart",
        parent: QWidget | None = None,
        theme: Theme | None = None,
        read_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self.theme = theme or theme_of(parent)
        named(self, name, tr("장바구니"))
        self._read_only = read_only
        self._key = ""
        self._flashed = ""
        self._lines = LineModel(self)
        self._painter = LinePainter(self.theme)
        self._layout_of_rows = LineLayout()
        self._looks: dict[int, _Look] = {}
        self._set_up_table()
        self._tools = LineTools(self.viewport(), self.theme)
        self._tools.hide()
        self._tools.plus.clicked.connect(lambda: self.plus.emit(self._key))
        self._tools.minus.clicked.connect(lambda: self.minus.emit(self._key))
        self._tools.remove.clicked.connect(lambda: self.remove.emit(self._key))
        self._tools.edit.clicked.connect(lambda: self.edit.emit(self._key))
        self._bars = (MoreBar(True, self, self.theme), MoreBar(False, self, self.theme))
        self._bars[0].clicked.connect(lambda: self._page(-1))
        self._bars[1].clicked.connect(lambda: self._page(1))
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._flash_over)
        self.theme.changed.connect(self._restyle)

    def _set_up_table(self) -> None:
        self.setModel(self._lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for corner in self.findChildren(QAbstractButton):
            corner.hide()  # Qt's button for "select all"
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # -- what it shows ----------------------------------------------------------------------

    def set_lines(self, lines: Sequence[LineView], selected: str | None = None) -> None:
        """Show the cart. A line that is new is selected, unless `selected` names another."""
        before = self._lines.keys()
        fresh = [line.key for line in lines if line.key not in before]
        self._lines.set_lines(lines)
        keys = [line.key for line in lines]
        if selected is not None:
            wanted = selected
        elif fresh and before:
            wanted = fresh[-1]
        elif self._key in keys:
            wanted = self._key
        else:
            wanted = keys[-1] if keys else ""
        if fresh and before and not self.theme.reduced_motion and not self._read_only:
            self._flashed = fresh[-1]
            self._flash.start()
        self.select(wanted)

    def selected_key(self) -> str:
        """The key of the selected line, "" when there is none."""
        return self._key

    def selected_line(self) -> LineView | None:
        """The line that is selected."""
        return self._lines.line(self._lines.row_of(self._key))

    def select(self, key: str) -> None:
        """Select a line: it grows and carries the keys."""
        row = self._lines.row_of(key)
        self._key = key if row >= 0 else ""
        self._arrange(row)
        if row >= 0 and self.currentIndex().row() != row:
            self.setCurrentIndex(self._lines.index(row, 0))

    def step(self, by: int) -> None:
        """Select the line above (-1) or below (+1)."""
        line = self._lines.line(self._lines.row_of(self._key) + by)
        if line is not None:
            self.select(line.key)
            self.picked.emit(line.key)

    def out_of_sight(self) -> tuple[int, int]:
        """How many lines are hidden above and below."""
        return self._layout_of_rows.above, self._layout_of_rows.below

    def _flash_over(self) -> None:
        self._flashed = ""
        self._refresh()

    # -- places -----------------------------------------------------------------------------

    def _arrange(self, shown: int) -> None:
        """Give every row its height and place, with the row `shown` in sight."""
        width, carries = self.viewport().width(), not self._read_only
        heights = [
            self._painter.height(line, width, carries and line.key == self._key)
            for line in self._lines.all_lines()
        ]
        bar = self.theme.metrics.key_height
        self._layout_of_rows.arrange(heights, self.viewport().height(), bar, shown)
        self._refresh()

    def _refresh(self) -> None:
        """Draw again what looks different from what was drawn last."""
        rows, width = self._layout_of_rows, self.viewport().width()
        looks: dict[int, _Look] = {}
        for row, top in rows.tops.items():
            line = self._lines.line(row)
            if line is not None:
                box = QRect(0, top, width, rows.height(row))
                selected = not self._read_only and line.key == self._key
                looks[row] = (line, box, selected, line.key == self._flashed)
        before, self._looks = self._looks, looks
        for row in before.keys() | looks.keys():
            if before.get(row) != looks.get(row):
                for look in (before.get(row), looks.get(row)):
                    if look is not None:
                        self.viewport().update(look[1])
        self._place_tools()
        self._place_bars()

    def _place_tools(self) -> None:
        line, box = self.selected_line(), self._box_of(self._key)
        if line is None or box.isEmpty() or self._read_only:
            self._tools.hide()
            return
        tall = self._painter.tools_height
        self._tools.show_line(line)
        self._tools.setGeometry(QRect(box.left(), box.bottom() + 1 - tall, box.width(), tall))
        self._tools.show()

    def _place_bars(self) -> None:
        rows, tall, (upper, lower) = self._layout_of_rows, self.theme.metrics.key_height, self._bars
        upper.set_count(rows.above)
        lower.set_count(rows.below)
        upper.setGeometry(0, 0, self.width(), tall)
        top = min(rows.bottom(), self.height() - tall)
        lower.setGeometry(0, top, self.width(), self.height() - top)

    def _page(self, by: int) -> None:
        self._layout_of_rows.page(by)
        self._refresh()

    def _box_of(self, key: str) -> QRect:
        return self.visualRect(self._lines.index(self._lines.row_of(key), 0))

    def visualRect(self, index: _Index) -> QRect:
        look = self._looks.get(index.row()) if index.isValid() else None
        return QRect(look[1]) if look is not None else QRect()

    def indexAt(self, pos: QPoint) -> QModelIndex:
        for row, look in self._looks.items():
            if look[1].contains(pos):
                return self._lines.index(row, 0)
        return QModelIndex()

    def focus_rect(self) -> QRect:
        """The selected line, for the focus ring."""
        box = self._box_of(self._key) if self._key else self.viewport().rect()
        return box.translated(self.viewport().pos()).adjusted(6, 6, -6, -6)

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into sight."""
        if index.row() not in self._looks:
            self._arrange(index.row())

    def doItemsLayout(self) -> None:
        """Places are computed, not laid out by Qt."""

    def updateGeometries(self) -> None:
        """There are no headers and scroll bars to update."""

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion()

    def dataChanged(self, topLeft: _Index, bottomRight: _Index, roles: Sequence[int] = ()) -> None:
        """`set_lines` draws what differs."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(self._lines.row_of(self._key))

    def _restyle(self) -> None:
        self._arrange(self._lines.row_of(self._key))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        dirty = event.region()
        for line, box, selected, flashed in self._looks.values():
            if dirty.intersects(box):
                self._painter.paint(painter, box, line, selected, flashed)
        painter.end()

    # -- pressing ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._lines.line(self.indexAt(event.position().toPoint()).row())
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self.select(line.key)
            self.picked.emit(line.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done it."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._layout_of_rows.scroll(-1 if event.angleDelta().y() > 0 else 1)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = event.key(), event.text()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if key == Qt.Key.Key_Up else 1)
        elif self._read_only or not self._key:
            event.ignore()
        elif typed in ("+", "="):
            self.plus.emit(self._key)
        elif typed == "-":
            self.minus.emit(self._key)
        elif key == Qt.Key.Key_Delete:
            self.remove.emit(self._key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit.emit(self._key)
        else:
            event.ignore()
