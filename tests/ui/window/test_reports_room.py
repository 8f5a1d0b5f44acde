"""The reports at every size and type: nothing cut off, nothing covered, every control named and within reach."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.screens.scenes_reports import REPORTS
from tests.ui.clipped import Shape, at_place, look_at_scene, spelled
from tests.ui.window.driver import Window
from tests.ui.window.test_names import controls
from tests.ui.written import listening

SHAPES: tuple[Shape, ...] = (
    ((1366, 768), "light", 100),
    ((1366, 768), "daylight", 125),
    ((1366, 768), "light", 200),
    ((1024, 768), "daylight", 100),
    ((1024, 768), "light", 125),
    ((1024, 768), "daylight", 200),
)


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("shape", SHAPES, ids=spelled)
def test_nothing_is_cut_off_or_covered(qapp: QApplication, demo: Path, shape: Shape) -> None:
    found = [
        f"{name}: {words}" for name, scene in REPORTS.items() for words in look_at_scene(demo, shape, scene)
    ]
    assert not found, "\n".join(found)


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("shape", SHAPES[:1], ids=spelled)
def test_nothing_is_cut_off_in_english(qapp: QApplication, demo: Path, shape: Shape) -> None:
    found = [
        f"{name}: {words}"
        for name, scene in REPORTS.items()
        for words in look_at_scene(demo, shape, scene, "en")
    ]
    assert not found, "\n".join(found)


@pytest.mark.acceptance("A47")
@pytest.mark.parametrize("name", REPORTS)
def test_every_control_is_named_once(window: Window, name: str) -> None:
    with listening() as ink:
        assert at_place(window, ink, REPORTS[name]) == []
    found = controls(window)
    assert found
    assert not [
        w for w in found if not w.objectName() or not (w.accessibleName() or getattr(w, "text", str)())
    ]
    assert not [key for key, count in Counter(w.objectName() for w in found).items() if count > 1]
