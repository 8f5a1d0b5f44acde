"""The cart's lines: selection, keys, and how little is drawn when one is added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QAccessible, QPaintEvent, QRegion
from pytestqt.qtbot import QtBot

from pos_app.ui.models.items import BadgeView, LineView
from pos_app.ui.models.rows import LineModel
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.line_layout import LineLayout
from pos_app.ui.widgets.line_list import LineList

LEFT = Qt.MouseButton.LeftButton


def line(number: int, pieces: int = 1) -> LineView:
    return LineView(f"k{number}", f"물건 {number}", "개", pieces * 1_000, 2_000, pieces * 2_000)


@pytest.fixture
def cart(theme: Theme, qtbot: QtBot) -> LineList:
    made = LineList()
    qtbot.addWidget(made)
    made.resize(440, 470)
    made.show()
    return made


def heard(cart: LineList) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    for name in ("plus", "minus", "remove", "edit", "picked"):
        getattr(cart, name).connect(lambda key, name=name: told.append((name, key)))
    return told


def heights(cart: LineList) -> list[int]:
    model = cart.model()
    return [cart.visualRect(model.index(row, 0)).height() for row in range(model.rowCount())]


def test_the_newest_line_is_selected(cart: LineList) -> None:
    cart.set_lines([line(1)])
    assert cart.selected_key() == "k1"
    cart.set_lines([line(1), line(2)])
    assert cart.selected_key() == "k2"
    cart.set_lines([line(1, 2), line(2)], selected="k1")
    assert cart.selected_key() == "k1"
    cart.set_lines([line(1, 3), line(2)])
    assert cart.selected_key() == "k1", "a changed quantity moves nothing"
    cart.set_lines([line(2)])
    assert cart.selected_key() == "k2"
    cart.set_lines([])
    assert cart.selected_key() == ""


def test_the_selected_line_grows_by_its_keys(cart: LineList) -> None:
    cart.set_lines([line(1)])
    cart.set_lines([line(1), line(2)])
    assert heights(cart) == [68, 136]
    cart.select("k1")
    assert heights(cart) == [136, 68]


def test_keys_and_keyboard_speak_of_the_selected_line(cart: LineList, qtbot: QtBot) -> None:
    cart.set_lines([line(1), line(2)], selected="k2")
    told = heard(cart)
    for name in ("line_plus", "line_minus", "line_remove", "line_edit"):
        key = cart.findChild(Key, name)
        assert isinstance(key, Key)
        assert "물건 2" in key.accessibleName()
        qtbot.mouseClick(key, LEFT)
    for typed in "+-":
        qtbot.keyClick(cart, typed)
    qtbot.keyClick(cart, Qt.Key.Key_Delete)
    qtbot.keyClick(cart, Qt.Key.Key_Return)
    named = ["plus", "minus", "remove", "edit", "plus", "minus", "remove", "edit"]
    assert told == [(name, "k2") for name in named]


def test_a_touch_selects_the_whole_row(cart: LineList, qtbot: QtBot) -> None:
    cart.set_lines([line(1), line(2)], selected="k2")
    told = heard(cart)
    qtbot.mouseClick(cart.viewport(), LEFT, pos=cart.visualRect(cart.model().index(0, 0)).center())
    assert told == [("picked", "k1")]
    qtbot.keyClick(cart, Qt.Key.Key_Down)
    assert cart.selected_key() == "k2"


def test_a_weighed_line_has_no_plus_and_minus(cart: LineList) -> None:
    cart.set_lines([LineView("w", "감자", "kg", 1_240, 2_900, 3_600, "weight")])
    plus = cart.findChild(Key, "line_plus")
    edit = cart.findChild(Key, "line_edit")
    assert isinstance(plus, Key)
    assert isinstance(edit, Key)
    assert not plus.isVisible()
    assert edit.isVisible()


def test_read_only_lines_have_no_keys(theme: Theme, qtbot: QtBot) -> None:
    cart = LineList(read_only=True)
    qtbot.addWidget(cart)
    cart.resize(440, 470)
    cart.show()
    cart.set_lines([line(1), line(2)])
    told = heard(cart)
    assert heights(cart) == [68, 68]
    qtbot.keyClick(cart, "+")
    qtbot.keyClick(cart, Qt.Key.Key_Delete)
    assert told == []
    key = cart.findChild(Key, "line_edit")
    assert isinstance(key, Key)
    assert not key.isVisible()


def test_only_rows_that_differ_are_told_of(theme: Theme) -> None:
    model = LineModel()
    lines = [line(number) for number in range(100)]
    model.set_lines(lines)
    told: list[tuple[str, int, int]] = []
    model.dataChanged.connect(lambda a, b: told.append(("changed", a.row(), b.row())))
    model.rowsInserted.connect(lambda _, a, b: told.append(("inserted", a, b)))
    model.rowsRemoved.connect(lambda _, a, b: told.append(("removed", a, b)))
    model.modelReset.connect(lambda: told.append(("reset", 0, 0)))
    lines = [*lines[:50], line(50, 2), *lines[51:], line(100)]
    assert model.set_lines(lines) == [50, 100]
    assert told == [("changed", 50, 50), ("inserted", 100, 100)]


class Drawn(QObject):
    """What of the viewport was drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False


def drawn_by(cart: LineList, lines: list[LineView]) -> QRect:
    QCoreApplication.processEvents()
    seen = Drawn()
    cart.viewport().installEventFilter(seen)
    cart.set_lines(lines)
    QCoreApplication.processEvents()
    cart.viewport().removeEventFilter(seen)
    return seen.region.boundingRect()


def box(cart: LineList, row: int) -> QRect:
    return cart.visualRect(cart.model().index(row, 0))


def test_a_changed_quantity_redraws_its_row(cart: LineList) -> None:
    first = [line(number) for number in range(4)]
    cart.set_lines([*first, line(4)], selected="k4")
    assert drawn_by(cart, [*first, line(4, 2)]) == box(cart, 4)


def test_a_new_line_redraws_itself_and_the_one_that_loses_its_keys(cart: LineList) -> None:
    lines = [line(number) for number in range(3)]
    cart.set_lines(lines, selected="k2")
    before = box(cart, 2)
    assert drawn_by(cart, [*lines, line(3)]) == before.united(box(cart, 3))


def test_nothing_new_draws_no_line(cart: LineList) -> None:
    lines = [line(number) for number in range(3)]
    cart.set_lines(lines)
    assert not drawn_by(cart, lines).intersects(box(cart, 0))


@pytest.mark.parametrize("count", [3, 7, 12, 40])
def test_the_selected_line_is_whole_and_under_no_bar(cart: LineList, count: int) -> None:
    cart.set_lines([line(number) for number in range(count)], selected=f"k{count - 1}")
    for key in (f"k{count - 1}", "k0", f"k{count // 2}"):
        cart.select(key)
        above, below = cart.out_of_sight()
        assert above <= int(key[1:]) < count - below
        place = cart.visualRect(cart.currentIndex())
        assert place.height() == 136
        assert place.top() >= (56 if above else 0)
        assert place.bottom() < cart.viewport().height() - (56 if below else 0)


def test_bars_bring_what_is_out_of_sight(cart: LineList, qtbot: QtBot) -> None:
    cart.set_lines([line(number) for number in range(12)], selected="k11")
    above = cart.findChild(QObject, "lines_above")
    assert above is not None
    assert above.accessibleName() == "위에 7가지 더"  # type: ignore[attr-defined]
    for _ in range(4):
        if above.isVisible():  # type: ignore[attr-defined]
            qtbot.mouseClick(above, LEFT)
    assert cart.out_of_sight()[0] == 0
    assert cart.out_of_sight()[1] > 0


@given(
    st.lists(st.integers(40, 200), max_size=30),
    st.integers(260, 700),
    st.lists(st.tuples(st.sampled_from(["show", "page", "scroll"]), st.integers(-1, 29)), max_size=12),
)
def test_rows_in_sight_are_whole_and_clear_of_the_bars(
    heights: list[int], room: int, steps: list[tuple[str, int]]
) -> None:
    rows = LineLayout()
    rows.arrange(heights, room, 56, -1)
    for step, number in steps:
        if step == "show":
            rows.arrange(heights, room, 56, min(number, len(heights) - 1))
            assert number < 0 or not heights or min(number, len(heights) - 1) in rows.tops
        elif step == "page":
            rows.page(1 if number % 2 else -1)
        else:
            rows.scroll(number - 10)
        assert rows.above + len(rows.tops) + rows.below == len(heights)
        assert rows.above >= 0 and rows.below >= 0
        assert not heights or rows.tops
        y = 56 if rows.above else 0
        for row, top in rows.tops.items():
            assert top == y
            y += heights[row]
        assert y <= room - (56 if rows.below else 0) or len(rows.tops) == 1
        assert rows.below or not rows.above or y + heights[rows.first - 1] > room - 56


@given(st.lists(st.integers(40, 200), min_size=1, max_size=30), st.integers(320, 700))
def test_paging_down_and_up_passes_every_row(heights: list[int], room: int) -> None:
    rows = LineLayout()
    rows.arrange(heights, room, 56, -1)
    seen = set(rows.tops)
    for _ in range(40):
        rows.page(1)
        seen |= set(rows.tops)
    assert seen == set(range(len(heights)))
    for _ in range(40):
        rows.page(-1)
    assert rows.above == 0


@pytest.mark.acceptance("A47")
def test_a_row_is_read_aloud_as_a_sentence(cart: LineList) -> None:
    cart.set_lines(
        [LineView("a", "우리밀 식빵", "개", 2_000, 4_400, 8_800, badges=(BadgeView("떨이 20%", "markdown"),))]
    )
    table = QAccessible.queryAccessibleInterface(cart)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == "장바구니"
    names = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    assert "우리밀 식빵, 2개 × 4,400원, 8,800원, 떨이 20%" in names
