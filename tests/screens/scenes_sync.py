"""What the pictures of 주고받기 show."""

from tests.screens.scenes import Scene, aside
from tests.services.syncing_homes import join_nobody
from tests.ui.window.driver import Window, rest, settle


def _to_sync(window: Window, tab: str = "send") -> None:
    window.shell.go("sync")
    rest()
    settle()
    if tab != "send":
        window.touch_named(f"sync_tabs_{1 if tab == 'look' else 2}")
        rest()
        settle()


def fresh(window: Window) -> None:
    """Never enrolled."""
    _to_sync(window)


def away(window: Window) -> None:
    """A server that is away, a laptop that answers, a second copy whose medium is gone."""
    join_nobody(window.house)
    window.shell.refresh_strip()
    _to_sync(window)


def panel(window: Window) -> None:
    """The panel, where it takes turns with the work."""
    away(window)
    aside(window)


def look(window: Window) -> None:
    """A notice, a field that two changed, a record set aside."""
    join_nobody(window.house, trouble=True)
    _to_sync(window, "look")


def joining(window: Window) -> None:
    """The form."""
    _to_sync(window, "join")


SYNC: dict[str, Scene] = {
    "sync": fresh,
    "sync-away": away,
    "sync-panel": panel,
    "sync-look": look,
    "sync-join": joining,
}
