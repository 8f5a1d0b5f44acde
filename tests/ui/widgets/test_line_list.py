"""The cart's lines: selection, keys, and how little is drawn when one is added."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QPaintEvent
from pytestqt.qtbot import QtBot

from pos_app.ui.models.items import BadgeView, LineView
from pos_app.ui.models.rows import LineModel
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.keys import Key
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
    assert (cart.rowHeight(0), cart.rowHeight(1)) == (68, 136)
    cart.select("k1")
    assert (cart.rowHeight(0), cart.rowHeight(1)) == (136, 68)


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
    assert {cart.rowHeight(0), cart.rowHeight(1)} == {68}
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


class Height(QObject):
    """The tallest part of the viewport that was drawn at once."""

    def __init__(self) -> None:
        super().__init__()
        self.top = 10_000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.top = min(self.top, event.rect().top())
        return False


def test_a_changed_quantity_redraws_its_row(cart: LineList) -> None:
    cart.set_lines([line(number) for number in range(5)], selected="k4")
    QCoreApplication.processEvents()
    seen = Height()
    cart.viewport().installEventFilter(seen)
    cart.set_lines([*(line(number) for number in range(4)), line(4, 2)])
    QCoreApplication.processEvents()
    assert seen.top >= cart.visualRect(cart.model().index(4, 0)).top()


@pytest.mark.parametrize("count", [3, 7, 12, 40])
def test_the_selected_line_is_whole_and_under_no_bar(cart: LineList, count: int) -> None:
    cart.set_lines([line(number) for number in range(count)], selected=f"k{count - 1}")
    for key in (f"k{count - 1}", "k0", f"k{count // 2}"):
        cart.select(key)
        above, below = cart.out_of_sight()
        row = int(key[1:])
        assert above <= row < count - below
        box = cart.visualRect(cart.currentIndex())
        assert box.top() >= 0
        assert box.bottom() <= cart.viewport().height()


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


@pytest.mark.acceptance("A47")
def test_a_row_is_read_aloud_as_a_sentence(cart: LineList) -> None:
    cart.set_lines([LineView("a", "우리밀 식빵", "개", 2_000, 4_400, 8_800, badges=(BadgeView("떨이 20%", "markdown"),))])
    table = QAccessible.queryAccessibleInterface(cart)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == "장바구니"
    names = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount())]
    assert "우리밀 식빵, 2개 × 4,400원, 8,800원, 떨이 20%" in names
