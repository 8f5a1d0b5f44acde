"""The count in narrow windows: pages of whole rows, Enter turns them, nothing is cut."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.ui.screens.shift.count_grid import FACES
from tests.ui.screens.conftest import Open

SHAPES = [
    (1366, 768, 100),
    (1366, 768, 125),
    (1024, 768, 100),
    (1366, 768, 150),
    (1024, 768, 200),
    (1920, 1080, 125),
]


@pytest.mark.acceptance("A27")
@pytest.mark.acceptance("A47")
@pytest.mark.parametrize(("width", "height", "scale"), SHAPES)
@pytest.mark.parametrize("name", ["shift_close", "shift_open"])
def test_every_row_is_seen_whole_and_enter_reaches_all(
    open_shell: Open, name: str, width: int, height: int, scale: int
) -> None:
    shell = open_shell(width, height, scale)
    shell.go(name)
    QApplication.processEvents()
    grid = shell.current.grid
    grid.first_focus().setFocus()
    for face in FACES:
        QApplication.processEvents()
        stepper = grid.rows[face].stepper
        assert QApplication.focusWidget() is stepper.edit, face
        for part in (stepper.minus, stepper.edit, stepper.plus, grid.rows[face].worth):
            assert part.isVisible() and part.visibleRegion().boundingRect() == part.rect(), (
                face,
                part.objectName(),
            )
        QTest.keyClick(stepper.edit, Qt.Key.Key_1)
        QTest.keyClick(stepper.edit, Qt.Key.Key_Return)
    assert all(row.stepper.value() == 1 for row in grid.rows.values())


def test_pages_are_turned_by_keys_too(open_shell: Open) -> None:
    shell = open_shell(1366, 768, 125)
    shell.go("shift_close")
    QApplication.processEvents()
    grid = shell.current.grid
    assert grid.rows[50_000].isVisible() and not grid.rows[10].isVisible()
    grid.after.click()
    assert grid.rows[10].isVisible() and not grid.rows[50_000].isVisible()
    assert grid.after.off_reason() is not None
    grid.before.click()
    assert grid.rows[50_000].isVisible()
