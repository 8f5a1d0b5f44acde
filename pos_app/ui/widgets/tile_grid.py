"""The product tiles: fixed places, pages instead of scrolling, one press sells."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import TileLike
from pos_app.ui.models.tiles import TileModel
from pos_app.ui.theme.theme import Theme, theme_of
from pos_app.ui.widgets.base import named
from pos_app.ui.widgets.keepsake import Keepsake
from pos_app.ui.widgets.tile_painter import TilePainter

_Index = QModelIndex | QPersistentModelIndex
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}


class TileGrid(QListView):
    """`chosen(product_id)` when a tile is pressed, `paged(page, pages)` when the page turns.

    Columns and rows come from the theme's metrics, unless `set_shape` says otherwise.
    """

    chosen = Signal(str)
    paged = Signal(int, int)

    def __init__(
        self, name: str = "tiles", parent: QWidget | None = None, theme: Theme | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme or theme_of(parent)
        named(self, name, tr("물건 타일"))
        self._columns, self._rows = self.theme.metrics.tile_columns, self.theme.metrics.tile_rows
        self._shape: tuple[int, int] | None = None
        self._down = -1
        self._tiles = TileModel(self)
        self._tiles.set_page_size(self._columns * self._rows)
        self._painter = TilePainter(self.theme)
        self._kept: dict[int, Keepsake] = {}  # by place of the page
        self.setModel(self._tiles)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.theme.changed.connect(self._restyle)

    # -- what it shows ----------------------------------------------------------------------

    def set_items(self, items: Sequence[TileLike], keep_page: bool = False) -> None:
        """Show these products (any number: only one page is laid out)."""
        self._tiles.set_items(items, keep_page)
        self._turned()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Thousandths of each product in the cart; redraws only the tiles that change."""
        self._tiles.set_counts(counts)

    def replace(self, tile: TileLike) -> None:
        """One product's stock or price has changed."""
        self._tiles.replace(tile)

    def set_shape(self, columns: int, rows: int) -> None:
        """Columns and rows other than the metrics' (a list of hits, a narrow place)."""
        self._shape = (columns, rows)
        self._restyle()

    def tile(self, row: int) -> TileLike | None:
        """The tile at a place of the page, counted from the top left."""
        return self._tiles.tile(row)

    def page(self) -> int:
        """The current page, from 0."""
        return self._tiles.page()

    def pages(self) -> int:
        return self._tiles.pages()

    def next_page(self) -> bool:
        """Turn on; False on the last page."""
        return self.turn_to(self.page() + 1)

    def previous_page(self) -> bool:
        """Turn back; False on the first page."""
        return self.turn_to(self.page() - 1)

    def turn_to(self, page: int) -> bool:
        turned = self._tiles.turn_to(page)
        if turned:
            self._turned()
        return turned

    def _turned(self) -> None:
        self._down = -1
        if self._tiles.rowCount():
            self.setCurrentIndex(self._tiles.index(0))
        self.viewport().update()
        self.paged.emit(self.page(), self.pages())

    def _restyle(self) -> None:
        metrics = self.theme.metrics
        self._kept.clear()
        self._columns, self._rows = self._shape or (metrics.tile_columns, metrics.tile_rows)
        before = self.page(), self.pages()
        self._tiles.set_page_size(self._columns * self._rows)
        if before != (self.page(), self.pages()):
            self._turned()
        self.viewport().update()

    # -- places -----------------------------------------------------------------------------

    def place(self, row: int) -> QRect:
        """The rectangle of a place in the viewport; gaps of 12 between."""
        gap = self.theme.metrics.gap
        across, down = row % self._columns, row // self._columns
        width, height = self.viewport().width() + gap, self.viewport().height() + gap
        left, right = across * width // self._columns, (across + 1) * width // self._columns
        top, bottom = down * height // self._rows, (down + 1) * height // self._rows
        return QRect(left, top, right - left - gap, bottom - top - gap)

    def visualRect(self, index: _Index) -> QRect:
        return self.place(index.row()) if index.isValid() else QRect()

    def indexAt(self, p: QPoint) -> QModelIndex:
        for row in range(self._tiles.rowCount()):
            if self.place(row).contains(p):
                return self._tiles.index(row)
        return QModelIndex()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Nothing scrolls."""

    def doItemsLayout(self) -> None:
        """Places are computed, not laid out."""

    def updateGeometries(self) -> None:
        """There are no scroll bars to update."""

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion(self.viewport().rect())

    def dataChanged(self, topLeft: _Index, bottomRight: _Index, roles: Sequence[int] = ()) -> None:
        """Redraw the changed tile only (QListView would lay out all of them again)."""
        QAbstractItemView.dataChanged(self, topLeft, bottomRight, list(roles))

    def focus_rect(self) -> QRect:
        """The current tile, for the focus ring."""
        return self.visualRect(self.currentIndex()).translated(self.viewport().pos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.viewport().update()

    # -- drawing ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        dirty = event.region()
        for row in range(self._tiles.rowCount()):
            box = self.place(row)
            if not dirty.intersects(box):
                continue
            tile = self._tiles.tile(row)
            if tile is not None:
                self._paint_tile(painter, box, row, tile)
        painter.end()

    def _paint_tile(self, painter: QPainter, box: QRect, row: int, tile: TileLike) -> None:
        count, down = self._tiles.count(tile.product_id), row == self._down
        look = (tile, count, down, box.width(), box.height(), self.theme.generation)
        inside = QRect(0, 0, box.width(), box.height())
        kept = self._kept.setdefault(row, Keepsake())
        kept.paint(
            painter,
            box.left(),
            box.top(),
            box.size(),
            look,
            lambda onto: self._painter.paint_tile(onto, inside, tile, count, down),
        )

    # -- pressing ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        row = self.indexAt(event.position().toPoint()).row()
        self._press(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down >= 0 and not self.place(self._down).contains(event.position().toPoint()):
            self._press(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._down
        self._press(-1)
        if row >= 0 and self.place(row).contains(event.position().toPoint()):
            self._choose(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses are two presses."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        row = self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and row >= 0:
            if not event.isAutoRepeat():
                self._choose(row)
            return
        step = {Qt.Key.Key_Up: -self._columns, Qt.Key.Key_Down: self._columns, **_ARROWS}.get(key)
        if step is not None:
            self._move(row, step)
            return
        event.ignore()  # letters and digits go to the search field, pages to the screen

    def _move(self, row: int, step: int) -> None:
        target = row + step
        if target < 0 and self.previous_page():
            target = self._tiles.rowCount() - 1
        elif target >= self._tiles.rowCount() and self.page() + 1 < self.pages():
            self.next_page()
            target = 0
        if 0 <= target < self._tiles.rowCount():
            self.setCurrentIndex(self._tiles.index(target))
            self.viewport().update()

    def _press(self, row: int) -> None:
        before, self._down = self._down, row
        for place in (before, row):
            if place >= 0:
                self.viewport().update(self.place(place))

    def press_for_picture(self, row: int) -> None:
        """The pressed look of a tile, without a finger."""
        self._press(row)

    def _choose(self, row: int) -> None:
        tile = self._tiles.tile(row)
        if tile is not None:
            self.setCurrentIndex(self._tiles.index(row))
            self.chosen.emit(tile.product_id)

    def model_of_tiles(self) -> TileModel:
        """The model, for screens that ask for more than the page."""
        return self._tiles

    def model(self) -> QAbstractItemModel:
        return self._tiles
