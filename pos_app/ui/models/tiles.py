"""The model behind the tiles: all products in memory, one page of them as rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos_app.ui.models.items import TileLike
from pos_app.ui.models.texts import tile_spoken, tile_state

TILE = int(Qt.ItemDataRole.UserRole) + 1
COUNT = TILE + 1
_Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    """Rows are the tiles of the current page only, so 20,000 products cost as much as twenty."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[TileLike] = []
        self._places: dict[str, int] = {}  # product id: place in _items; made when first asked for
        self._shown: list[TileLike] = []
        self._counts: dict[str, int] = {}
        self._page = 0
        self._size = 16

    # -- what is there ----------------------------------------------------------------------

    def set_items(self, items: Sequence[TileLike], keep_page: bool = False) -> None:
        """Show these products, from the first page (or the same one)."""
        self._items = list(items)
        self._places = {}
        self._turn(min(self._page, self.pages() - 1) if keep_page else 0)

    def set_page_size(self, size: int) -> None:
        """How many tiles fit; the first tile shown stays on the page."""
        if size == self._size:
            return
        first = self._page * self._size
        self._size = max(1, size)
        self._turn(min(first // self._size, self.pages() - 1))

    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-len(self._items) // self._size))

    def page(self) -> int:
        """The current page, from 0."""
        return self._page

    def turn_to(self, page: int) -> bool:
        """Show another page; False if there is none such or it is shown already."""
        if page == self._page or not 0 <= page < self.pages():
            return False
        self._turn(page)
        return True

    def _turn(self, page: int) -> None:
        self.beginResetModel()
        self._page = max(0, page)
        start = self._page * self._size
        self._shown = list(self._items[start : start + self._size])
        self.endResetModel()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Thousandths of each product in the cart; only tiles whose number differs are redrawn."""
        before = self._counts
        self._counts = dict(counts)
        for row, tile in enumerate(self._shown):
            if before.get(tile.product_id, 0) != self._counts.get(tile.product_id, 0):
                index = self.index(row)
                self.dataChanged.emit(index, index, [COUNT])

    def replace(self, tile: TileLike) -> None:
        """One product has changed (its stock, its price): redraw its tile if it is shown."""
        for row, shown in enumerate(self._shown):
            if shown.product_id == tile.product_id:
                self._shown[row] = tile
                index = self.index(row)
                self.dataChanged.emit(index, index)
        if not self._places:
            self._places = {item.product_id: place for place, item in enumerate(self._items)}
        place = self._places.get(tile.product_id)
        if place is not None:
            self._items[place] = tile

    def tile(self, row: int) -> TileLike | None:
        """The tile of a row of this page."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def count(self, product_id: str) -> int:
        """Thousandths of a product in the cart."""
        return self._counts.get(product_id, 0)

    # -- as Qt asks -------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        tile = self.tile(index.row())
        if tile is None:
            return None
        if role == TILE:
            return tile
        if role == COUNT:
            return self._counts.get(tile.product_id, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return tile.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tile_spoken(tile, self._counts.get(tile.product_id, 0))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return tile_state(tile)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{tile.name}\n{tile.vendor or tile.vendor_short}"
        return None
