"""The cart's lines: the newest is selected and carries its keys; adding one repaints one row."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import LineView
from pos_app.ui.models.rows import LineModel
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.line_delegate import LineDelegate
from pos_app.ui.widgets.line_tools import LineTools, MoreBar

FLASH_MS = 200


class LineList(QTableView):
    """A table named 장바구니 with one column. Signals carry the line's key."""

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
        self._lines = LineModel(self)
        self._painter = LineDelegate(self.theme, self)
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
        self._measure()

    def _set_up_table(self) -> None:
        self.setModel(self._lines)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)

    # -- what it shows ----------------------------------------------------------------------

    def set_lines(self, lines: Sequence[LineView], selected: str | None = None) -> None:
        """Show the cart. A line that is new is selected, unless `selected` names another."""
        before = self._lines.keys()
        fresh = [line.key for line in lines if line.key not in before]
        changed = self._lines.set_lines(lines)
        keys = [line.key for line in lines]
        if selected is not None:
            wanted = selected
        elif fresh and before:
            wanted = fresh[-1]
        elif self._key in keys:
            wanted = self._key
        else:
            wanted = keys[-1] if keys else ""
        for row in changed:
            self._fit(row)
        self.select(wanted)
        if fresh and before and not self.theme.reduced_motion and not self._read_only:
            self._start_flash(self._lines.row_of(fresh[-1]))

    def selected_key(self) -> str:
        """The key of the selected line, "" when there is none."""
        return self._key

    def select(self, key: str) -> None:
        """Select a line: it grows and carries the keys."""
        old_row, row = self._painter.selected_row, self._lines.row_of(key)
        self._key = key if row >= 0 else ""
        self._painter.selected_row = -1 if self._read_only else row
        for changed in {old_row, row}:
            self._fit(changed)
        if row >= 0:
            index = self._lines.index(row, 0)
            if self.currentIndex() != index:
                self.setCurrentIndex(index)
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """Scroll until the selected line is whole and under no bar."""
        self.updateGeometries()
        row, bar = self._lines.row_of(self._key), self.verticalScrollBar()
        if row >= 0:
            self.scrollTo(self._lines.index(row, 0))
            for _ in range(4):
                above, below = self._covered()
                step = -1 if row < above else 1 if row >= self._lines.rowCount() - below else 0
                if not step:
                    break
                bar.setValue(bar.value() + step)
        self._show_bars()
        self._place_tools()

    def _covered(self) -> tuple[int, int]:
        """How many lines are out of sight, or under a bar, above and below."""
        total, room, tall = self._lines.rowCount(), self.viewport().height(), self.theme.metrics.key_height
        above = below = 0
        if total and self.rowViewportPosition(0) < 0:
            while above < total and self.rowViewportPosition(above) < tall:
                above += 1
        if total and self._bottom_of(total - 1) > room:
            while below < total and self._bottom_of(total - 1 - below) > room - tall:
                below += 1
        return above, below

    def _bottom_of(self, row: int) -> int:
        return self.rowViewportPosition(row) + self.rowHeight(row)

    def _show_bars(self) -> None:
        """Bars end where a line begins, so no line is seen by halves."""
        total, tall, (above, below) = self._lines.rowCount(), self.theme.metrics.key_height, self._covered()
        upper, lower = self._bars
        upper.set_count(above)
        lower.set_count(below)
        if above:
            edge = self.rowViewportPosition(above) if above < total else tall
            upper.setGeometry(0, 0, self.width(), max(tall, edge))
        if below:
            edge = self._bottom_of(total - 1 - below) if below < total else self.height() - tall
            lower.setGeometry(0, min(edge, self.height() - tall), self.width(), self.height())

    def _page(self, by: int) -> None:
        """Bring the lines out of sight above (-1) or below (+1)."""
        above, below = self._covered()
        seen = max(1, self._lines.rowCount() - above - below)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + by * seen)
        self._show_bars()
        self._place_tools()

    def out_of_sight(self) -> tuple[int, int]:
        """How many lines are hidden above and below."""
        return self._covered()

    def selected_line(self) -> LineView | None:
        """The line that is selected."""
        return self._lines.line(self._lines.row_of(self._key))

    def step(self, by: int) -> None:
        """Select the line above (-1) or below (+1)."""
        row = self._lines.row_of(self._key) + by
        line = self._lines.line(row)
        if line is not None:
            self.select(line.key)
            self.picked.emit(line.key)

    # -- sizes ------------------------------------------------------------------------------

    def _fit(self, row: int) -> None:
        line = self._lines.line(row)
        if line is None:
            return
        tall = self._painter.row_height(line, self.viewport().width(), row)
        if self.rowHeight(row) != tall:
            self.setRowHeight(row, tall)

    def _fit_all(self) -> None:
        for row in range(self._lines.rowCount()):
            self._fit(row)

    def _measure(self) -> None:
        metrics = self.theme.metrics
        self._painter.tools_height = metrics.key_height + 12
        self.verticalHeader().setDefaultSectionSize(metrics.row_height)

    def _restyle(self) -> None:
        self._measure()
        self._fit_all()
        self._bring_into_sight()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_all()
        self._bring_into_sight()

    def verticalScrollbarValueChanged(self, value: int) -> None:
        super().verticalScrollbarValueChanged(value)
        self._show_bars()
        self._place_tools()

    def _place_tools(self) -> None:
        line = self.selected_line()
        if line is None or self._read_only:
            self._tools.hide()
            return
        box = self.visualRect(self.currentIndex())
        tall = self._painter.tools_height
        self._tools.show_line(line)
        self._tools.setGeometry(QRect(box.left(), box.bottom() + 1 - tall, box.width(), tall))
        self._tools.show()

    def focus_rect(self) -> QRect:
        """The selected line, for the focus ring."""
        return self.visualRect(self.currentIndex()).translated(self.viewport().pos()).adjusted(6, 6, -6, -6)

    # -- the flash of a new line ------------------------------------------------------------

    def _start_flash(self, row: int) -> None:
        self._painter.flashed_row = row
        self._flash.start()

    def _flash_over(self) -> None:
        row, self._painter.flashed_row = self._painter.flashed_row, -1
        self.update(self._lines.index(row, 0))

    # -- pressing ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self._lines.line(self.indexAt(event.position().toPoint()).row())
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self.select(line.key)
            self.picked.emit(line.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

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
