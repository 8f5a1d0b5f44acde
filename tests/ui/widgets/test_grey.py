"""With every colour mapped to grey each state can still be told, by its word or by its shape."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.models.items import RowView
from pos_app.ui.theme.colour_math import contrast, grey
from pos_app.ui.theme.theme import Theme
from pos_app.ui.theme.tokens import VENDOR_COLOURS
from pos_app.ui.widgets.badge import KINDS, BoothChip
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.strip import StripPart, _Cell
from tests.ui.widgets.test_gallery import shapes

LOOKS = pytest.mark.parametrize("look", ["light", "daylight"])
ROLES = ("plain", "chip", "tender", "primary", "danger", "corner", "digit", "name", "amount")


def in_grey(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def ground(picture: QImage) -> int:
    """How light most of it is."""
    wide, high = picture.width(), picture.height()
    seen = sorted(
        picture.pixelColor(x, y).value() for x in range(2, wide - 2, 5) for y in range(4, high - 6, 5)
    )
    return seen[len(seen) // 2]


def all_differ(pictures: dict[str, QImage], least: int) -> None:
    """By their edges, or as white on black does from black on white."""
    edges = {name: shapes(picture) for name, picture in pictures.items()}
    for name, picture in pictures.items():
        for other, another in pictures.items():
            inverted = abs(ground(picture) - ground(another)) > 90
            assert name == other or inverted or len(edges[name] ^ edges[other]) > least, (name, other)


@pytest.mark.acceptance("A47")
@LOOKS
@pytest.mark.parametrize("role", ROLES)
def test_keys_of_every_role_show_their_states(theme: Theme, qtbot: QtBot, look: str, role: str) -> None:
    theme.set(theme=look)

    def key(change: Callable[[Key], object]) -> QImage:
        made = Key("할인", None, role)
        qtbot.addWidget(made)
        made.resize(QSize(160, 100))
        change(made)
        return in_grey(made)

    states: dict[str, Callable[[Key], object]] = {
        "rest": lambda made: None,
        "pressed": lambda made: made.setDown(True),
        "off": lambda made: made.set_off("까닭"),
    }
    if role in ("plain", "chip", "tender", "name", "amount"):
        states["chosen"] = lambda made: made.set_chosen(True)
    all_differ({name: key(change) for name, change in states.items()}, 10)


@pytest.mark.acceptance("A47")
@LOOKS
def test_cells_of_the_strip_show_how_bad_it_is(theme: Theme, qtbot: QtBot, look: str) -> None:
    theme.set(theme=look)

    def cell(level: str) -> tuple[StripPart, QImage]:
        part = StripPart("strip_printer", theme)
        qtbot.addWidget(part)
        part.set(_Cell("인쇄기", "종이 없음", "printer", level))
        part.resize(part.sizeHint())
        return part, in_grey(part)

    made = {level: cell(level) for level in ("fine", "amber", "red")}
    all_differ({level: picture for level, (_, picture) in made.items()}, 20)
    said = {part.accessibleDescription() for part, _ in made.values()}
    assert said == {"", "살펴봐 주세요", "지금 고쳐 주세요"}


@pytest.mark.acceptance("A47")
@LOOKS
def test_notices_differ_by_their_sign(theme: Theme, qtbot: QtBot, look: str) -> None:
    theme.set(theme=look)

    def notice(kind: str) -> QImage:
        made = Notice("종이를 넣어 주세요.", kind)
        qtbot.addWidget(made)
        made.resize(320, 72)
        return in_grey(made)

    all_differ({kind: notice(kind) for kind in ("info", "ok", "warn", "bad")}, 15)


@pytest.mark.acceptance("A47")
@LOOKS
def test_the_chosen_row_of_a_list_has_a_bar(theme: Theme, qtbot: QtBot, look: str) -> None:
    theme.set(theme=look)

    def rows(chosen: str) -> QImage:
        made = PickList("list", "영수증")
        qtbot.addWidget(made)
        made.resize(320, 160)
        made.set_rows([RowView("1", "참기름", "14:03", "21,000"), RowView("2", "배", "", "9,000")], chosen)
        return in_grey(made.viewport())

    all_differ({chosen: rows(chosen) for chosen in ("", "1", "2")}, 20)


@pytest.mark.acceptance("A47")
@LOOKS
@pytest.mark.parametrize("kind", KINDS)
def test_the_word_of_a_badge_is_read_without_colour(theme: Theme, look: str, kind: str) -> None:
    """A badge is a word: what it says tells the state, its ground does not."""
    theme.set(theme=look)
    below, ink, _ = KINDS[kind]
    assert contrast(grey(theme.hex(ink)), grey(theme.hex(below))) >= 4.4


@pytest.mark.acceptance("A47")
def test_the_number_of_a_booth_is_read_without_colour(theme: Theme, qtbot: QtBot) -> None:
    chips = {}
    for booth in range(1, 9):
        chip = BoothChip(booth)
        qtbot.addWidget(chip)
        chip.resize(chip.sizeHint())
        chips[str(booth)] = in_grey(chip)
    all_differ(chips, 4)
    assert all(contrast("#FFFFFF", grey(colour)) >= 4.4 for colour in VENDOR_COLOURS)
