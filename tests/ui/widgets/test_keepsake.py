"""What is drawn from a kept picture is what would be drawn anew, and is never out of date."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.keepsake import Keepsake
from pos_app.ui.widgets.keys import Key


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of each key that was drawn and not taken from a picture."""
    seen: list[str] = []
    draw = Key._draw

    def counted(key: Key, painter: object) -> None:
        seen.append(key.text())
        draw(key, painter)  # type: ignore[arg-type]

    monkeypatch.setattr(Key, "_draw", counted)
    return seen


def shown(qtbot: QtBot, role: str = "plain", icon: str | None = None, detail: str = "") -> Key:
    key = Key("결제", icon, role, detail=detail, theme=Theme())
    qtbot.addWidget(key)
    key.resize(220, 88)
    return key


@pytest.mark.parametrize("role", ["plain", "corner", "danger_filled", "digit", "toast"])
def test_the_second_picture_is_the_first(qtbot: QtBot, drawn: list[str], role: str) -> None:
    key = shown(qtbot, role=role, icon="card", detail="5,000원")
    pictures = [picture(key) for _ in range(4)]
    assert all(one == pictures[0] for one in pictures)
    assert len(drawn) == 2, "once for the window, once for the picture that is kept"


def test_whatever_changes_its_look_draws_it_anew(qtbot: QtBot, drawn: list[str]) -> None:
    key = shown(qtbot)
    theme = key.theme
    changes = (
        lambda: key.setText("받음"),
        lambda: key.set_chosen(True),
        lambda: key.set_off("담은 것이 없어요."),
        lambda: key.set_icon("card"),
        lambda: key.set_detail("5,000원"),
        lambda: key.set_role("danger"),
        lambda: key.setDown(True),
        lambda: key.resize(260, 100),
        lambda: theme.set(theme="daylight"),
    )
    for change in changes:
        for _ in range(3):
            before = picture(key)
        count = len(drawn)
        change()
        assert picture(key) != before
        assert len(drawn) > count


def test_what_is_drawn_once_keeps_no_picture(qtbot: QtBot) -> None:
    key = shown(qtbot)
    for words in ("하나", "둘", "셋"):
        key.setText(words)
        picture(key)
    kept: Keepsake = key._kept
    assert kept._picture is None
