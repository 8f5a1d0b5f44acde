"""The grid of a sheet: cells to type in, Enter goes down, Tab to the right, `+ -` step."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.domain.goods_sheet import Column
from pos_app.i18n.texts import tr
from pos_app.ui.screens.goods.cells import TABS, Shown
from pos_app.ui.screens.goods.words import column_word
from pos_app.ui.screens.parts import RIGHT, Scroller
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.words import Words

AT_ONCE = 8  # rows: about as many as are seen; a vendor may have hundreds
MORE = 6  # in each pass after the first


class Cell(Field):
    """A number in the grid; what is wrong with it is told in the notice, here only marked."""

    def _error_height(self, width: int) -> int:
        return 0


class GoodsGrid(QWidget):
    """`typed(product, column, text)`, `entered(product, column)`, `stepped(by)` by `+` and `-`."""

    typed = Signal(str, str, str)
    focused = Signal(str, str)
    stepped = Signal(int)
    done = Signal()

    def __init__(self, theme: Theme, scroller: Scroller) -> None:
        super().__init__()
        self.setObjectName("goods_grid")
        self.theme = theme
        self._scroller = scroller
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.cells: dict[tuple[str, str], Cell] = {}
        self._figures: dict[tuple[str, str], Words] = {}
        self._holder: QWidget | None = None
        self._built: tuple[object, ...] = ()
        self._rows: dict[str, Shown] = {}
        self._left: list[str] = []  # products whose rows are still to be made
        self._shape = ("", False)  # tab, narrow
        self._line = 0

    def show_rows(self, rows: Sequence[Shown], tab: str, narrow: bool) -> None:
        """These rows; the widgets stay while the goods are the same."""
        key = (tuple(row.product_id for row in rows), tab, narrow, self.theme.metrics.scale)
        self._rows = {row.product_id: row for row in rows}
        if key != self._built:
            self._shape = (tab, narrow)
            self._left = list(self._rows)
            self._begin()
            self._built = key
        for row in rows:
            self._show(row)

    def _show(self, row: Shown) -> None:
        """What this row says now, if it is made."""
        tab, narrow = self._shape
        for column in TABS[tab]:
            cell = self.cells.get((row.product_id, column))
            if cell is None:
                return
            if cell.text() != row.cells[column]:
                cell.set_text(row.cells[column])
            cell.set_error(" " if row.bad == column else None)
            what = tr("{name} {what} {count}", name=row.name, what=column_word(column), count=row.cells[column])
            cell.edit.setAccessibleName(what)
        if not narrow:
            self._figure(row, "about", row.price, ink="ink2")
        self._figure(row, "sold", row.sold)
        self._figure(row, "should", row.should)
        self._figure(row, "gap", row.gap, row.short)
        self._figure(row, "gap_won", row.gap_won, row.short)

    def _figure(self, row: Shown, name: str, text: str, marked: bool = False, ink: str = "ink") -> None:
        words = self._figures.get((row.product_id, name))
        if words is not None:
            words.setText(text)
            words.set_ink("danger" if marked else ink)

    def _begin(self) -> None:
        """The heads and the first rows; the others in passes of their own."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        while self.column.takeAt(0) is not None:
            pass
        self.cells, self._figures = {}, {}
        self._holder = QWidget()
        grid = self._grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        tab, narrow = self._shape
        lead = 0 if narrow else 1
        for at, (_name, head) in enumerate(_columns(tab, narrow)):
            grid.addWidget(Words(head, "caption", True, align=RIGHT, wrap=False), 0, lead + at)
            grid.setColumnStretch(lead + at, 2)
        if not narrow:
            grid.setColumnStretch(0, 4)
            grid.addWidget(Words(tr("품목"), "caption", True, wrap=False), 0, 0)
        self._line = 1
        self._add(AT_ONCE)
        self.column.addWidget(self._holder)

    def _add(self, count: int) -> None:
        """So many rows more."""
        some, self._left = self._left[:count], self._left[count:]
        tab, narrow = self._shape
        shown, lead = _columns(tab, narrow), 0 if narrow else 1
        for product_id in some:
            row = self._rows[product_id]
            self._grid.addWidget(self._name(row, narrow), self._line, 0, 1, len(shown) if narrow else 1)
            self._line += 1 if narrow else 0
            for at, (name, _head) in enumerate(shown):
                self._grid.addWidget(self._part(row, tab, name), self._line, lead + at)
            self._line += 1
            self._show(row)
        if self._left and self._holder is not None:
            QTimer.singleShot(0, self._holder, lambda: self._add(MORE))

    def _name(self, row: Shown, narrow: bool) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 6 if narrow else 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Words(row.name, "body", True))
        more = tr("{price} · 반입 {brought} · 판매 {sold}", price=row.price, brought=row.brought, sold=row.sold)
        about = Words(more if narrow else row.price, "caption", ink="ink2")
        self._figures[row.product_id, "about"] = about
        column.addWidget(about)
        return holder

    def _part(self, row: Shown, tab: str, name: str) -> QWidget:
        if name not in TABS[tab]:
            words = Words("", "body", name in ("gap", "gap_won"), align=RIGHT, wrap=False)
            self._figures[row.product_id, name] = words
            return words
        column: Column = next(each for each in TABS[tab] if each == name)
        cell = Cell(f"goods_{column}_{row.product_id[:8]}", column_word(column), number=True)
        cell.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        cell.setMinimumWidth(self.theme.metrics.px(76))
        cell.set_text(row.cells[column])
        cell.changed.connect(lambda text, p=row.product_id, c=column: self.typed.emit(p, c, text))
        cell.entered.connect(lambda p=row.product_id, c=column: self._down(p, c))
        cell.edit.installEventFilter(self)
        cell.edit.setProperty("place", f"{row.product_id} {column}")
        self.cells[row.product_id, column] = cell
        return cell

    def _down(self, product_id: str, column: str) -> None:
        """Enter: the same column, one row down; from the last one on to the corner key."""
        self._add(len(self._left))
        same = [product for product, of in self.cells if of == column]
        at = same.index(product_id) + 1
        if at == len(same):
            self.done.emit()
            return
        self.focus_cell(same[at], column)

    def focus_cell(self, product_id: str, column: str) -> None:
        """Go into a cell."""
        if (product_id, column) not in self.cells:
            self._add(len(self._left))
        cell = self.cells.get((product_id, column))
        if cell is not None:
            cell.edit.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroller.ensureWidgetVisible(cell)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """`+ -` step; a cell that gets the focus is typed over."""
        place = watched.property("place")
        if event.type() == QEvent.Type.FocusIn and place:
            product_id, column = str(place).split(" ")
            self.focused.emit(product_id, column)
            cell = self.cells.get((product_id, column))
            if cell is not None:
                cell.edit.selectAll()
                self._scroller.ensureWidgetVisible(cell)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text() in ("+", "-"):
            self.stepped.emit(1 if event.text() == "+" else -1)
            return True
        return super().eventFilter(watched, event)


def _columns(tab: str, narrow: bool) -> list[tuple[str, str]]:
    """(name, head) of what stands beside the product's name."""
    gap, won = ("gap", tr("차이")), ("gap_won", tr("차이 금액"))
    if tab == "in":
        return [("brought", tr("반입")), ("sold", tr("판매")), ("should", tr("남은 것"))]
    if tab == "count":
        return [("should", tr("있어야 할 것")), ("counted", tr("센 것")), gap]
    out = [("taken_home", tr("반출")), ("donated", tr("기부")), ("waste", tr("폐기"))]
    if narrow:
        return [*out, gap]
    return [("brought", tr("반입")), ("sold", tr("판매")), *out, gap, won]
