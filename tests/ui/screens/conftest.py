"""A window over a house in memory; slow work runs at once."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.i18n.texts import set_language
from pos_app.ui import background
from pos_app.ui.shell import Shell
from pos_app.ui.theme.theme import Theme
from tests.ui.fakes import FakeHouse

Open = Callable[..., Shell]


class WindowWatch(QObject):
    """Notes every window that is shown beside the register's: a part shown before it has a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and not isinstance(watched, Shell):
            self.strays.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def open_shell(qapp: QApplication) -> Iterator[Open]:
    """Open a window: `open_shell(width, height, scale, theme, **house)`."""
    pool = background._Current.pool
    background.use_pool(background.SynchronousPool())
    shells: list[Shell] = []
    watch = WindowWatch()
    qapp.installEventFilter(watch)

    def make(
        width: int = 1366, height: int = 768, scale: int = 100, look: str = "light", **parts: object
    ) -> Shell:
        house = FakeHouse(**parts)
        house.settings.set("type_scale", str(scale))
        house.settings.set("theme", look)
        theme = Theme(qapp, look, scale / 100, width, height)
        theme.reduced_motion = True
        shell = Shell(theme)
        shell.resize(width, height)
        shell.show()
        shell.activateWindow()
        qapp.installEventFilter(shell.router)
        shells.append(shell)
        shell.open(house, lambda: FakeHouse(practice=True))
        qapp.processEvents()
        return shell

    yield make
    qapp.removeEventFilter(watch)
    for shell in shells:
        qapp.removeEventFilter(shell.router)
        shell.close()
        shell.deleteLater()
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # or the next theme would dress them too
    set_language("ko")
    background._Current.pool = pool
    assert not watch.strays


@pytest.fixture
def shell(open_shell: Open) -> Shell:
    """The window at 1366 x 768, ready to sell."""
    return open_shell()
