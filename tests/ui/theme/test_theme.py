"""The theme object: changes once, dresses the application, is found by widgets."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.theme import fonts, icons, lettering
from pos_app.ui.theme.theme import Theme, theme_of


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


def test_a_change_is_told_once(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed, timeout=500):
        theme.set(theme="daylight", scale=2.0)
    told: list[int] = []
    theme.changed.connect(lambda: told.append(1))
    theme.set(theme="daylight", scale=2.0)
    assert not told
    theme.set(width=1024)
    assert told == [1]


def test_daylight_writes_everything_bold(theme: Theme) -> None:
    assert not theme.font("body").bold()
    theme.set(theme="daylight")
    assert theme.font("body").bold()
    assert theme.colour("line").name() == "#000000"


def test_widgets_find_the_theme_of_their_parents_first(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    own = Theme()
    assert theme_of(holder) is theme
    holder.theme = own  # type: ignore[attr-defined]
    assert theme_of(QWidget(holder)) is own


def test_the_typeface_is_the_one_that_ships(qapp: QApplication) -> None:
    assert fonts.load() == (fonts.FAMILY, fonts.FAMILY)
    widths = {fonts.measures(20, True).horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1, "digits line up in columns"


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("width", [40, 60, 100, 180])
def test_long_korean_words_stay_in_their_box(theme: Theme, width: int) -> None:
    text = "친환경 장성편백사회적협동조합찹쌀 4kg"
    lines = lettering.lines_of(text, 20, True, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(lettering.width_of(line, 20, True) <= width for line in lines)


def test_words_are_kept_whole_where_they_fit(theme: Theme) -> None:
    room = lettering.width_of("친환경 장성", 20, True)
    assert lettering.lines_of("친환경 장성쌀", 20, True, room) == ("친환경", "장성쌀")


def test_icons_take_the_colour_asked_for(qapp: QApplication) -> None:
    picture = icons.pixmap("menu", "#A61B1B", 24).toImage()
    seen = {picture.pixelColor(x, 12).name() for x in range(24) if picture.pixelColor(x, 12).alpha() == 255}
    assert seen == {"#a61b1b"}
