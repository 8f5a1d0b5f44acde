"""Tiles: pages, places, presses, and how little is drawn."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from pos_app.ui.models import texts
from pos_app.ui.models.items import TileView
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.tile_grid import TileGrid

LEFT = Qt.MouseButton.LeftButton
APPLE = TileView("apple", "사과 5kg", "상자", 28_000, 28_000, "each", "신안섬 농장", "신안섬", 10, 3_000)


def tiles(count: int) -> list[TileView]:
    return [
        TileView(f"p{number}", f"물건 {number}", "개", 1_000, 1_000, booth=number % 26 + 1)
        for number in range(count)
    ]


class Painted(QObject):
    """Which parts of the viewport were drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


@pytest.fixture
def grid(theme: Theme, qtbot: QtBot) -> TileGrid:
    made = TileGrid()
    qtbot.addWidget(made)
    made.resize(894, 552)
    made.show()
    return made


def test_only_one_page_is_laid_out_of_twenty_thousand(grid: TileGrid) -> None:
    grid.set_items(tiles(20_000))
    assert grid.model().rowCount() == 16
    assert grid.pages() == 1_250
    assert grid.next_page()
    assert grid.tile(0) is not None
    assert grid.tile(0).product_id == "p16"  # type: ignore[union-attr]
    assert not TileGrid.turn_to(grid, 1_250)


def test_pages_end_at_both_ends(grid: TileGrid) -> None:
    turned: list[tuple[int, int]] = []
    grid.paged.connect(lambda page, pages: turned.append((page, pages)))
    grid.set_items(tiles(40))
    assert not grid.previous_page()
    assert grid.next_page()
    assert grid.next_page()
    assert not grid.next_page()
    assert turned == [(0, 3), (1, 3), (2, 3)]
    assert grid.model().rowCount() == 8


def test_no_products_are_one_empty_page(grid: TileGrid) -> None:
    grid.set_items([])
    assert (grid.page(), grid.pages(), grid.model().rowCount()) == (0, 1, 0)


def test_places_fill_the_area_with_gaps_of_twelve(grid: TileGrid) -> None:
    grid.set_items(tiles(16))
    boxes = [grid.place(row) for row in range(16)]
    assert boxes[0].topLeft().isNull()
    assert boxes[15].right() + 1 == grid.viewport().width()
    assert boxes[15].bottom() + 1 == grid.viewport().height()
    assert boxes[1].left() - boxes[0].right() - 1 == 12
    assert boxes[4].top() - boxes[0].bottom() - 1 == 12
    assert all(not one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert min(box.height() for box in boxes) >= 122


def test_a_touch_chooses_once_where_it_was_let_go(grid: TileGrid, qtbot: QtBot) -> None:
    grid.set_items(tiles(16))
    chosen: list[str] = []
    grid.chosen.connect(chosen.append)
    view = grid.viewport()
    qtbot.mouseClick(view, LEFT, pos=grid.place(5).center())
    qtbot.mousePress(view, LEFT, pos=grid.place(6).center())
    qtbot.mouseRelease(view, LEFT, pos=grid.place(7).center())
    assert chosen == ["p5"]
    qtbot.mouseDClick(view, LEFT, pos=grid.place(5).center())
    qtbot.mouseRelease(view, LEFT, pos=grid.place(5).center())
    assert len(chosen) >= 2, "quick presses each count"


def test_arrows_enter_and_space(grid: TileGrid, qtbot: QtBot) -> None:
    grid.set_items(tiles(40))
    chosen: list[str] = []
    grid.chosen.connect(chosen.append)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Enter)
    assert chosen == ["p0", "p1", "p5"]
    for _ in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.page() == 1, "down from the last row turns the page"


def test_putting_one_into_the_cart_redraws_one_tile(grid: TileGrid, qtbot: QtBot) -> None:
    grid.set_items(tiles(16))
    QCoreApplication.processEvents()
    seen = Painted()
    grid.viewport().installEventFilter(seen)
    grid.set_counts({"p5": 1_000})
    QCoreApplication.processEvents()
    assert seen.region.boundingRect() == grid.place(5)


def test_a_stock_that_changes_redraws_one_tile(grid: TileGrid) -> None:
    grid.set_items([*tiles(8), APPLE])
    QCoreApplication.processEvents()
    seen = Painted()
    grid.viewport().installEventFilter(seen)
    grid.replace(APPLE._replace(on_hand_milli=0))
    QCoreApplication.processEvents()
    assert seen.region.boundingRect() == grid.place(8)
    shown = grid.tile(8)
    assert shown is not None
    assert texts.sold_out(shown)
    grid.next_page()
    grid.previous_page()
    assert grid.tile(8) == APPLE._replace(on_hand_milli=0)


def test_the_page_keeps_its_first_tile_when_the_type_grows(grid: TileGrid, theme: Theme) -> None:
    grid.set_items(tiles(100))
    grid.turn_to(2)
    first = grid.tile(0)
    theme.set(scale=1.5)
    ids = {tile.product_id for tile in map(grid.tile, range(grid.model().rowCount())) if tile}
    assert first is not None
    assert first.product_id in ids


@pytest.mark.acceptance("A47")
def test_a_tile_says_all_of_itself(grid: TileGrid) -> None:
    grid.set_items([APPLE])
    grid.set_counts({"apple": 1_000})
    index = grid.model().index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "타일 사과 5kg, 28,000원, 신안섬 농장, 3상자 남음, 1개 담음"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "얼마 안 남음"
    table = QAccessible.queryAccessibleInterface(grid)
    assert table.text(QAccessible.Text.Name) == "물건 타일"
    names = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    assert said in names
    places = [table.child(number).rect() for number in range(table.childCount())]
    here = grid.place(0)
    assert QRect(grid.viewport().mapToGlobal(here.topLeft()), here.size()) in places


@pytest.mark.parametrize(
    ("tile", "words"),
    [
        (APPLE._replace(on_hand_milli=0), "완판"),
        (APPLE._replace(markdown_permille=200), "얼마 안 남음, 떨이 20%"),
        (APPLE._replace(markdown_permille=125, on_hand_milli=None), "떨이 12.5%"),
        (APPLE._replace(on_hand_milli=6_000), ""),
    ],
)
def test_states_are_words_too(tile: TileView, words: str) -> None:
    assert texts.tile_state(tile) == words


def test_what_is_weighed() -> None:
    leek = TileView("leek", "돌산갓", "kg", 4_200, 4_200, "weight", "송정", "송정", 2, 12_450)
    assert texts.stock_long(leek) == "12.4kg"
    assert texts.price_suffix(leek) == "원/kg"
    assert not texts.low_stock(leek._replace(on_hand_milli=300))
    assert "1.240kg 담음" in texts.tile_spoken(leek, 1_240)
