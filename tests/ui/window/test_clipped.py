"""On every screen, at every size and type: nothing is cut off, nothing lies over anything, all can be reached."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.clipped import SHAPES, Shape, faults, look_everywhere, spelled
from tests.ui.window.driver import Window
from tests.ui.written import Text, listening, misplaced

DRAWN: tuple[Shape, ...] = (  # the windows of the design's table
    ((1366, 768), "light", 100),
    ((1024, 768), "daylight", 100),
    ((1280, 800), "light", 125),
    ((1366, 768), "light", 150),
    ((1024, 768), "light", 200),
)
SLICE = random.Random(47).sample([shape for shape in SHAPES if shape not in DRAWN], 4)

NARROW: tuple[Shape, ...] = (((1024, 768), "light", 125), ((1366, 768), "daylight", 100))  # longer words hurt there
ENGLISH = random.Random(48).sample([shape for shape in SHAPES if shape not in NARROW], 4)


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("shape", [*DRAWN, *SLICE], ids=spelled)
def test_nothing_is_cut_off_or_covered_or_out_of_reach(qapp: QApplication, demo: Path, shape: Shape) -> None:
    """All shapes: `python -m tests.ui.clipped`."""
    found = look_everywhere(demo, shape)
    assert not found, "\n".join(found)


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("shape", [*NARROW, *ENGLISH], ids=spelled)
def test_english_words_fit_as_well(qapp: QApplication, demo: Path, shape: Shape) -> None:
    """All shapes: `python -m tests.ui.clipped --english`."""
    found = look_everywhere(demo, shape, "en")
    assert not found, "\n".join(found)


def test_a_key_too_narrow_for_its_word_is_found(window: Window) -> None:
    with listening() as ink:
        assert not list(faults(window, ink))
        key = window.selling.cart.discount_key
        key.setFixedWidth(30)
        found = "\n".join(faults(window, ink))
    assert "key discount '할인' needs more than" in found
    assert "discount is 30x" in found


def test_what_lies_over_something_is_found(window: Window) -> None:
    with listening() as ink:
        window.selling.cart.park_key.move(window.selling.cart.discount_key.pos())
        found = "\n".join(faults(window, ink))
    assert "discount and park lie over one another" in found


def test_text_outside_or_over_other_text_or_shortened_is_found(qapp: QApplication) -> None:
    widget = QWidget()
    widget.setObjectName("it")
    widget.resize(100, 50)
    inside = Text("감자", QRect(10, 10, 40, 20), widget, widget, widget.rect())
    beyond = Text("고구마", QRect(80, 30, 40, 15), widget, widget, widget.rect())
    over = Text("…", QRect(30, 15, 20, 20), widget, widget, widget.rect())
    assert not list(misplaced([inside]))
    assert list(misplaced([inside, beyond])) == ["it '고구마' at 80,30 40x15 in 100x50"]
    assert list(misplaced([inside, over])) == ["it '…' is shortened", "it '감자' lies over '…'"]
