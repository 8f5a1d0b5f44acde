"""On every screen, at every size and type: nothing is cut off, nothing lies outside its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from pos_app.services.house import House
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words
from tests.ui.window.driver import Window, opened, rest
from tests.ui.window.test_names import PLACES

SHAPES = {
    "1366 100%": ((1366, 768), "100", "light"),
    "1024 100% daylight": ((1024, 768), "100", "daylight"),
    "1280 125%": ((1280, 800), "125", "light"),
    "1366 150%": ((1366, 768), "150", "light"),
    "1024 200%": ((1024, 768), "200", "light"),
}


def cut(window: Window) -> Iterator[str]:
    """What is seen of the window, or of the dialog over it, and has too little room."""
    root: QWidget = window.shell.dialog or window.shell
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        said = widget.objectName() or widget.accessibleName() or type(widget).__name__
        if isinstance(widget, Words) and widget.text() and _words_are_cut(widget):
            yield f"{said} {widget.text()!r} in {widget.width()}x{widget.height()}"
        elif isinstance(widget, BigNumber) and widget.sizeHint().height() > widget.height() + 4:
            yield f"{said} {widget.text()} in {widget.width()}x{widget.height()}"
        elif (
            isinstance(widget, Key)
            and not widget._on_pad()
            and widget.minimumSizeHint().width() > widget.width() + 2
        ):
            yield f"key {said} {widget.text()!r} in {widget.width()}x{widget.height()}"
        parent = widget.parentWidget()
        if isinstance(widget, Words | Key | BigNumber) and parent is not None and _outside(widget, parent):
            yield f"{said} lies outside {parent.objectName() or type(parent).__name__}"


def _words_are_cut(words: Words) -> bool:
    if words.hasHeightForWidth():
        return words.heightForWidth(words.width()) > words.height() + 2
    return words.sizeHint().width() > words.width() + 2 or words.sizeHint().height() > words.height() + 2


def _outside(widget: QWidget, parent: QWidget) -> bool:
    """Beyond its parent's edges, unless the parent scrolls."""
    if isinstance(parent, QAbstractScrollArea):
        return False
    return not parent.rect().adjusted(-2, -2, 2, 2).contains(widget.geometry())


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_cut_off(qapp: QApplication, demo: Path, shape: str) -> None:
    size, scale, theme = SHAPES[shape]

    def dress(house: House) -> None:
        house.settings.set("type_scale", scale)
        house.settings.set("theme", theme)

    found: list[str] = []
    with opened(demo, size, dress) as window:
        for place, go in PLACES.items():
            window.shell.go("selling")
            window.house.till.clear()
            for parked in window.house.till.parked():
                window.house.till.discard_parked(parked.id)
            window.selling.refresh()
            go(window)
            rest()
            found += [f"{place}: {words}" for words in cut(window)]
    assert not found, "\n".join(found)
