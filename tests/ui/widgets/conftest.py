"""A theme for every test of a widget."""

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.ui.theme.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, dressed on the application."""
    made = Theme(qapp)
    made.reduced_motion = True
    return made
