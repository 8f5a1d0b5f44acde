"""Finding things in the window: by scanner at 20,000 products, by name, 초성, vendor."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.runtime.paths import Home
from tests.bench import market
from tests.ui.window.driver import Window, opened, rest
from tests.ui.window.homes import KIM_CODE, OIL, RICE_CODE, UNKNOWN_CODE, copy_of

ENTER = Qt.Key.Key_Return
PRODUCTS = 20_000


class Paints(QObject):
    """Where a widget was painted, in order."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.boxes: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.boxes.append(event.region().boundingRect())
        return False


class Questions:
    """Every statement that a database is asked, on connections made from now on."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        connect = sqlite3.connect

        def listening(*args: Any, **named: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*args, **named)
            connection.set_trace_callback(self.asked.append)
            return connection

        for module in (sqlite3, sqlite3.dbapi2):
            patch.setattr(module, "connect", listening)

    def rows(self) -> list[str]:
        """Without the frame of transactions."""
        return [
            words for words in self.asked if words.split()[0] not in ("BEGIN", "ROLLBACK", "COMMIT", "PRAGMA")
        ]


@pytest.fixture(scope="module")
def large_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty thousand products of fifty vendors and more. Not to be written to."""
    home = tmp_path_factory.mktemp("large") / "home"
    market.fill(home, PRODUCTS)
    return home


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> Questions:
    return Questions(monkeypatch)


@pytest.fixture
def large(qapp: QApplication, large_made: Path, tmp_path: Path, questions: Questions) -> Iterator[Window]:
    """The window on the large market."""
    with opened(copy_of(large_made, tmp_path / "large")) as window:
        yield window


def _statements_of_a_scan(window: Window, questions: Questions, code: str) -> list[str]:
    questions.asked.clear()
    window.scan(code)
    QCoreApplication.processEvents()
    assert window.cart()
    return questions.rows()


def _read_whole(home: Path, statements: list[str]) -> list[str]:
    """The tables that these statements would read from one end to the other."""
    connection = sqlite3.connect(Home(home).database)
    try:
        plans = [row[3] for sql in statements for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    finally:
        connection.close()
    return [plan for plan in plans if plan.startswith("SCAN") and not plan.startswith("SCAN (subquery")]


@pytest.mark.acceptance("A1")
def test_a_scan_is_painted_in_one_pass_of_the_event_loop(large: Window) -> None:
    large.scan(market.barcode_of(0))
    QCoreApplication.processEvents()
    selling = large.selling
    lines, grid = Paints(selling.cart.lines.viewport()), Paints(selling.left.grid.viewport())
    large.scan(market.barcode_of(12_344))
    assert len(large.cart()) == 2
    QCoreApplication.processEvents()
    assert len(lines.boxes) == 1, "once, not line by line"
    assert len(grid.boxes) <= 1
    tile = selling.left.grid.place(0)
    assert all(box.height() <= tile.height() and box.width() <= tile.width() for box in grid.boxes)
    assert selling.cart.lines.model().rowCount() == 2
    assert selling.cart.lines.out_of_sight() == (0, 0)


@pytest.mark.acceptance("A1")
def test_a_scan_asks_as_little_of_20000_products_as_of_44(
    qapp: QApplication, large: Window, questions: Questions, demo: Path
) -> None:
    _statements_of_a_scan(large, questions, market.barcode_of(7))
    many = _statements_of_a_scan(large, questions, market.barcode_of(15_003))
    rest()
    large.shell.close()
    with opened(demo) as window:
        _statements_of_a_scan(window, questions, KIM_CODE)
        few = _statements_of_a_scan(window, questions, RICE_CODE)
    assert len(many) == len(few), "\n".join([*many, "--", *few])
    assert 1 <= len(many) <= 8, "\n".join(many)
    assert not _read_whole(demo, many)


@pytest.mark.acceptance("A1")
def test_an_unknown_code_opens_quick_add_and_is_sold(window: Window) -> None:
    window.scan(UNKNOWN_CODE)
    assert window.shell.dialog is not None
    assert window.shell.dialog.objectName() == "quick_add"
    assert window.has_focus("quick_add_name")
    window.say("곶감")
    window.press(ENTER)
    window.type("12000")
    window.press(ENTER)
    assert window.shell.dialog is None
    assert window.cart() == [("곶감", 1000)]
    assert window.said("total") == "합계 12,000원"
    window.scan(UNKNOWN_CODE)
    assert window.cart() == [("곶감", 2000)], "the next scan knows it"


def test_a_price_with_letters_is_refused_in_a_sentence(window: Window) -> None:
    window.scan(UNKNOWN_CODE)
    window.say("곶감")
    window.press(ENTER)
    window.type("x")
    window.press(ENTER)
    assert window.shell.dialog is not None
    assert window.find("quick_add_price").accessibleDescription() == "가격을 숫자로 넣어요."
    window.press(Qt.Key.Key_Escape)
    assert window.shell.dialog is None
    assert window.cart() == []


def shown(window: Window) -> list[str]:
    """Names on the tiles of the page, in order."""
    grid = window.selling.left.grid
    tiles = [grid.tile(row) for row in range(grid.model().rowCount())]
    return [tile.name for tile in tiles if tile is not None]


@pytest.mark.acceptance("A2")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("기름", {"참기름 320ml", "들기름 180ml"}),
        ("ㅅㄱ", {"사과 5kg", "돌산갓", "우리밀 식빵"}),
        ("신안섬", {"굴비 10미", "사과 5kg", "양파 3kg"}),
        ("살균소독제", set()),
    ],
)
def test_any_part_of_a_name_finds_it(window: Window, query: str, found: set[str]) -> None:
    window.say(query)
    assert set(shown(window)) == found
    assert window.there("no_hit") is not bool(found)
    window.press(Qt.Key.Key_Escape)
    assert window.selling.left.search.text() == ""
    assert len(shown(window)) == 16


@pytest.mark.acceptance("A2")
def test_the_best_seller_of_today_comes_first(morning: Window) -> None:
    morning.say("기름")
    assert len(shown(morning)) == 2
    second = shown(morning)[1]
    morning.press(Qt.Key.Key_Escape)
    for _ in range(2):
        morning.say(second)
        morning.press(ENTER)
        morning.sell()
    morning.say("기름")
    assert shown(morning)[0] == second
    morning.press(ENTER)
    assert morning.cart() == [(second, 1000)]


@pytest.mark.acceptance("A2")
def test_20000_products_are_searched_without_reading_them(large: Window, questions: Questions) -> None:
    large.say("참")
    assert shown(large)
    questions.asked.clear()
    large.say("기")
    assert all("참기" in name for name in shown(large)) and shown(large)
    tiles = len(large.selling.presenter.shown())
    assert tiles <= 60
    assert len(questions.rows()) <= 8 * tiles, "only what is shown is read"


def test_letters_typed_anywhere_go_to_the_search(window: Window) -> None:
    window.scan(KIM_CODE)
    window.selling.cart.lines.setFocus()
    window.type("k")
    assert window.selling.left.search.text() == "k"
    assert OIL not in shown(window)
