"""Lists to pick from and tables of figures."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.table import Table

LEFT = Qt.MouseButton.LeftButton
ROWS = [
    RowView("a", "참기름 외 3", "14:03   R2-0138   현금", "61,400"),
    RowView("b", "배추김치 2kg", "13:40   R2-0134   이체", "22,000", BadgeView("환불됨")),
    RowView("c", "해남땅끝 공방", "", "1,241,789", BadgeView("확인 필요", "warn"), 1, True),
]


@pytest.fixture
def receipts(theme: Theme, qtbot: QtBot) -> PickList:
    made = PickList("receipts", "영수증")
    qtbot.addWidget(made)
    made.resize(380, 400)
    made.show()
    made.set_rows(ROWS)
    return made


def test_a_touch_anywhere_on_the_row_picks_it(receipts: PickList, qtbot: QtBot) -> None:
    picked: list[str] = []
    receipts.picked.connect(picked.append)
    box = receipts.visualRect(receipts.model().index(1, 0))
    assert box.height() >= 72
    assert box.width() == receipts.viewport().width()
    qtbot.mouseClick(receipts.viewport(), LEFT, pos=box.center())
    assert (picked, receipts.selected_key()) == (["b"], "b")


def test_arrows_pick_and_enter_enters(receipts: PickList, qtbot: QtBot) -> None:
    entered: list[str] = []
    receipts.entered.connect(entered.append)
    for _ in range(5):
        qtbot.keyClick(receipts, Qt.Key.Key_Down)
    assert receipts.selected_key() == "c"
    qtbot.keyClick(receipts, Qt.Key.Key_Up)
    qtbot.keyClick(receipts, Qt.Key.Key_Return)
    assert entered == ["b"]


def test_what_was_picked_stays_picked(receipts: PickList) -> None:
    receipts.select("b")
    receipts.set_rows([ROWS[2], ROWS[1]])
    assert receipts.selected_key() == "b"
    receipts.set_rows([ROWS[0]])
    assert receipts.selected_key() == ""


@pytest.mark.acceptance("A47")
def test_rows_are_read_whole(receipts: PickList) -> None:
    texts = [receipts.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert texts[1] == "배추김치 2kg, 환불됨, 13:40   R2-0134   이체, 22,000"
    assert QAccessible.queryAccessibleInterface(receipts).text(QAccessible.Text.Name) == "영수증"


@pytest.fixture
def statement(theme: Theme, qtbot: QtBot) -> Table:
    made = Table("statement", "정산 내역", ("품목", "매출"), (1,), pickable=True)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.set_rows([("굴비 10미", "2,090,000"), ("사과 5kg", "1,036,000")], ("합계", "3,126,000"))
    return made


def test_a_table_has_its_total_under_the_rows(statement: Table) -> None:
    assert statement.rows.rowCount() == 3
    assert [statement.rows.is_total(row) for row in range(3)] == [False, False, True]
    right = statement.rows.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(right) & Qt.AlignmentFlag.AlignRight


def test_rows_are_picked_but_not_the_total(statement: Table, qtbot: QtBot) -> None:
    picked: list[int] = []
    statement.picked.connect(picked.append)
    for row in range(3):
        box = statement.visualRect(statement.rows.index(row, 0))
        assert box.height() >= 56
        qtbot.mouseClick(statement.viewport(), LEFT, pos=box.center())
    qtbot.keyClick(statement, Qt.Key.Key_Up)
    qtbot.keyClick(statement, Qt.Key.Key_Return)
    assert picked == [0, 1, 1]


@pytest.mark.acceptance("A47")
def test_a_cell_says_its_head(statement: Table) -> None:
    cell = statement.rows.index(0, 1)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "매출 2,090,000"
