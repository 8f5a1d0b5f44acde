"""The demo market's home, made once and copied for each test, and the window on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.window.driver import Window, opened
from tests.ui.window.homes import copy_of, make_demo

SLIPS = 30


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo market after thirty slips. Not to be written to."""
    return make_demo(tmp_path_factory.mktemp("made") / "demo", SLIPS)


@pytest.fixture(scope="session")
def made_fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo market before the first sale. Not to be written to."""
    return make_demo(tmp_path_factory.mktemp("made") / "fresh")


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    """A home in the middle of the market day."""
    return copy_of(made, tmp_path / "demo")


@pytest.fixture
def fresh(made_fresh: Path, tmp_path: Path) -> Path:
    """A home whose market day has just begun."""
    return copy_of(made_fresh, tmp_path / "fresh")


@pytest.fixture
def window(qapp: QApplication, demo: Path) -> Iterator[Window]:
    """The register's window in the middle of the market day."""
    with opened(demo) as window:
        yield window


@pytest.fixture
def morning(qapp: QApplication, fresh: Path) -> Iterator[Window]:
    """The register's window before the first sale of the day."""
    with opened(fresh) as window:
        yield window
