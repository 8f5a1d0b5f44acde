"""Numbers on the screen: the big one, steppers, amounts, PIN dots, figures in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pos_app.ui.models import texts
from pos_app.ui.models.items import LineView
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.amount_box import AmountBox
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.pin_dots import PinDots
from pos_app.ui.widgets.stepper import Stepper
from pos_app.ui.widgets.steps import Steps

LEFT = Qt.MouseButton.LeftButton


def test_the_big_number_shrinks_only_when_it_must(theme: Theme, qtbot: QtBot) -> None:
    number = BigNumber(38_600, "change", "거스름돈")
    qtbot.addWidget(number)
    number.resize(900, 180)
    assert number.type_px() == 152
    number.resize(300, 180)
    assert number.type_px() < 152
    assert number.text() == "38,600원"
    assert number.accessibleName() == "거스름돈 38,600원"
    number.set_amount(0, "딱 맞게 받았어요")
    assert number.accessibleName() == "딱 맞게 받았어요"


def test_the_total_stops_growing_at_66(theme: Theme, qtbot: QtBot) -> None:
    number = BigNumber(61_400, "total", "합계")
    qtbot.addWidget(number)
    number.resize(900, 100)
    sizes = []
    for scale in (1.0, 1.25, 1.5, 2.0):
        theme.set(scale=scale)
        sizes.append(number.type_px())
    assert sizes == [44, 55, 66, 66]


def test_the_stepper_steps_types_and_stops(theme: Theme, qtbot: QtBot) -> None:
    stepper = Stepper("notes_50000", "50,000원권 장수", 8, most=9)
    qtbot.addWidget(stepper)
    stepper.show()
    values: list[int] = []
    stepper.changed.connect(values.append)
    qtbot.mouseClick(stepper.plus, LEFT)
    qtbot.mouseClick(stepper.plus, LEFT)
    assert values == [9]
    assert stepper.plus.off_reason() is not None
    edit = stepper.findChild(QLineEdit, "notes_50000")
    assert isinstance(edit, QLineEdit)
    edit.selectAll()
    qtbot.keyClicks(edit, "03")
    assert edit.text() == "3"
    assert (stepper.value(), values) == (3, [9, 0, 3])
    assert edit.accessibleName() == "50,000원권 장수 3"
    stepper.set_spoken("50,000원권 장수", "150,000원")
    assert edit.accessibleName() == "50,000원권 장수 3, 150,000원"
    edit.clear()
    stepper.set_value(0)
    assert stepper.minus.off_reason() is not None
    qtbot.keyClick(edit, "+")
    assert stepper.value() == 1
    assert values == [9, 0, 3, 1]
    assert min(stepper.minus.width(), stepper.minus.height()) >= 64


def test_enter_on_a_stepper_goes_on(theme: Theme, qtbot: QtBot) -> None:
    stepper = Stepper("n", "장수")
    qtbot.addWidget(stepper)
    stepper.show()
    with qtbot.waitSignal(stepper.entered, timeout=500):
        qtbot.keyClick(stepper.edit, Qt.Key.Key_Return)


def test_an_amount_says_how_it_reads(theme: Theme, qtbot: QtBot) -> None:
    box = AmountBox("받은 금액", "entry", "counted", "taken")
    qtbot.addWidget(box)
    box.set_amount(100_000, "10만 원")
    assert box.number.accessibleName() == "받은 금액 100,000원, 10만 원"
    assert box.amount() == 100_000


def test_pin_dots_say_how_many_never_which(theme: Theme, qtbot: QtBot) -> None:
    dots = PinDots(4)
    qtbot.addWidget(dots)
    dots.set(2)
    assert dots.accessibleName() == "PIN, 4자리 중 2자리"


def test_steps_say_where_one_is(theme: Theme, qtbot: QtBot) -> None:
    steps = Steps(["나는 누구인가요", "물건 목록", "인쇄 확인", "PIN 정하기"], 2)
    qtbot.addWidget(steps)
    assert steps.accessibleName() == "단계 3/4, 인쇄 확인"


@pytest.mark.parametrize(
    ("amount", "shown"), [(0, "0"), (61_400, "61,400"), (-2_800, "-2,800"), (99_999_999, "99,999,999")]
)
def test_figures(amount: int, shown: str) -> None:
    assert texts.figure(amount) == shown
    assert texts.won(amount) == f"{shown}원"


@pytest.mark.parametrize(
    ("milli", "long", "short"),
    [
        (1_240, "1.240kg", "1.2kg"),
        (0, "0.000kg", "0.0kg"),
        (12_460, "12.460kg", "12.4kg"),
        (-50, "-0.050kg", "-0.0kg"),
    ],
)
def test_weights(milli: int, long: str, short: str) -> None:
    assert texts.kilograms(milli) == long
    assert texts.kilograms_short(milli) == short


def test_pieces_and_lines() -> None:
    assert texts.pieces(2_000) == "2"
    assert texts.pieces(1_500) == "1.5"
    assert texts.pieces(-1_500) == "-1.5"
    assert texts.line_detail(LineView("a", "식빵", "개", 2_000, 4_400, 8_800)) == "2개 × 4,400원"
    weighed = LineView("b", "감자", "kg", 1_240, 2_900, 3_600, "weight")
    assert texts.line_detail(weighed) == "1.240kg × 2,900원"
