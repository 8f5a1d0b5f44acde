"""Keys: every way to press them, and the ways they refuse."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.theme import lettering
from pos_app.ui.theme.metrics import SCALES
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.keys import Key

LEFT = Qt.MouseButton.LeftButton


class Count:
    """How often a signal came."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *_: object) -> None:
        self.times += 1


def shown(key: Key, qtbot: QtBot) -> Count:
    qtbot.addWidget(key)
    key.show()
    count = Count()
    key.clicked.connect(count)
    return count


def press_in_every_way(key: Key, qtbot: QtBot) -> None:
    qtbot.mouseClick(key, LEFT)
    QCoreApplication.processEvents()
    for code in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(key, code)
        QCoreApplication.processEvents()
    key.click()
    QCoreApplication.processEvents()


def test_touch_space_enter_and_the_screen_reader_press_it(theme: Theme, qtbot: QtBot) -> None:
    key = Key("결제", None, "corner", "pay")
    count = shown(key, qtbot)
    press_in_every_way(key, qtbot)
    assert count.times == 5


def test_an_off_key_says_why_and_keeps_the_focus(theme: Theme, qtbot: QtBot) -> None:
    key = Key("결제", None, "corner", "pay")
    count = shown(key, qtbot)
    reasons: list[str] = []
    key.refused.connect(reasons.append)
    key.set_off("아직 담은 것이 없어요")
    press_in_every_way(key, qtbot)
    assert count.times == 0
    assert reasons == ["아직 담은 것이 없어요"] * 5
    assert key.accessibleDescription() == "아직 담은 것이 없어요"
    key.setFocus()
    assert key.isEnabled()
    key.set_off(None)
    key.click()
    assert count.times == 1
    assert key.accessibleDescription() == ""


def test_a_busy_key_takes_no_second_press(theme: Theme, qtbot: QtBot) -> None:
    key = Key("결제")
    count = shown(key, qtbot)
    key.set_busy(True)
    press_in_every_way(key, qtbot)
    assert count.times == 0
    key.set_busy(False)
    QCoreApplication.processEvents()
    key.click()
    assert count.times == 1


def test_only_choices_are_check_boxes_to_a_screen_reader(theme: Theme, qtbot: QtBot) -> None:
    plain, chosen = Key("결제"), Key("현금")
    qtbot.addWidget(plain)
    qtbot.addWidget(chosen)
    chosen.set_chosen(True)
    assert QAccessible.queryAccessibleInterface(plain).role() == QAccessible.Role.Button
    assert QAccessible.queryAccessibleInterface(plain).text(QAccessible.Text.Name) == "결제"
    assert QAccessible.queryAccessibleInterface(chosen).state().checked
    chosen.click()
    assert chosen.is_chosen(), "pressing alone does not change what is chosen"


def test_an_ampersand_is_an_ampersand(theme: Theme, qtbot: QtBot) -> None:
    key = Key("콩 & 팥")
    qtbot.addWidget(key)
    assert QAccessible.queryAccessibleInterface(key).text(QAccessible.Text.Name) == "콩 & 팥"
    assert key.shortcut().isEmpty()


def test_enter_is_not_a_shortcut_of_another_key(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    first, second = Key("하나"), Key("둘")
    row.addWidget(first)
    row.addWidget(second)
    holder.addAction(QAction(holder))
    holder.show()
    count = Count()
    second.clicked.connect(count)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert count.times == 0


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("role", ["plain", "chip", "danger", "primary", "corner", "tender", "digit", "toast"])
def test_every_key_is_big_enough(theme: Theme, qtbot: QtBot, role: str, scale: float) -> None:
    theme.set(scale=scale)
    for word in ("", "빼", "고치기"):
        key = Key(word, "plus" if not word else None, role)
        qtbot.addWidget(key)
        for size in (key.sizeHint(), key.minimumSizeHint()):
            assert size.width() >= 56
            assert size.height() >= 56


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("scale", SCALES)
def test_words_that_have_no_room_wrap_and_the_key_grows(theme: Theme, qtbot: QtBot, scale: float) -> None:
    theme.set(scale=scale)
    key = Key("담당자 PIN으로 10% 할인하고 저장하기", "lock", "primary")
    qtbot.addWidget(key)
    narrow = key.minimumSizeHint().width()
    assert key.heightForWidth(narrow) > key.heightForWidth(key.sizeHint().width())
    px = theme.type_px("key")
    lines = lettering.lines_of("담당자 PIN으로 10% 할인하고 저장하기", px, True, narrow - 66)
    assert key.heightForWidth(narrow) >= len(lines) * px


def test_the_money_pad(theme: Theme, qtbot: QtBot) -> None:
    pad = Keypad("money")
    qtbot.addWidget(pad)
    pad.resize(456, 400)
    pad.show()
    typed: list[str] = []
    pad.digit.connect(typed.append)
    pad.backspace.connect(lambda: typed.append("<"))
    pad.clear.connect(lambda: typed.append("C"))
    for entry in ("7", "만", "00", "천", "000", "backspace", "clear"):
        qtbot.mouseClick(pad.key(entry), LEFT)
    assert typed == ["7", "만", "00", "천", "000", "<", "C"]


def test_one_two_three_stand_on_top(theme: Theme, qtbot: QtBot) -> None:
    pad = Keypad("pin")
    qtbot.addWidget(pad)
    pad.resize(415, 400)
    pad.show()
    tops = [pad.key(digit).y() for digit in "1470"]
    assert tops == sorted(tops)
    assert pad.key("1").x() < pad.key("2").x() < pad.key("3").x()
    assert {pad.key(digit).height() for digit in "1470"} != {0}
    assert min(pad.key(digit).height() for digit in "1470") >= 72


def test_every_key_of_a_pad_has_a_name(theme: Theme, qtbot: QtBot) -> None:
    for mode in ("money", "number", "pin", "weight"):
        pad = Keypad(mode, f"pad_{mode}")
        qtbot.addWidget(pad)
        names = [key.objectName() for key in pad.findChildren(Key)]
        assert len(set(names)) == len(names)
        assert all(key.accessibleName() for key in pad.findChildren(Key))


def test_a_row_of_chips_has_one_choice(theme: Theme, qtbot: QtBot) -> None:
    row = ChipRow("sort", "순서", [("best", "많이 팔린 순"), ("vendor", "업체별")], "best")
    qtbot.addWidget(row)
    row.show()
    picked: list[str] = []
    row.picked.connect(picked.append)
    qtbot.mouseClick(row.key("vendor"), LEFT)
    assert (row.chosen(), picked) == ("vendor", ["vendor"])
    assert [key.is_chosen() for key in row.keys().values()] == [False, True]
    row.choose("best")
    assert picked == ["vendor"]
