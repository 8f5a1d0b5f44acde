"""What the pictures of copies, take-over, doctor and rescue show."""

import tempfile
from pathlib import Path

from pos_app.services.opening import damaged
from pos_app.ui.apology import show_report
from pos_app.ui.rescue import offer_restore
from tests.screens.scenes import Scene
from tests.ui.window.driver import Window, rest, settle


def _at(name: str, window: Window) -> None:
    window.shell.go(name)
    rest()
    settle()


def backup_none(window: Window) -> None:
    _at("backup", window)


def backup_two(window: Window) -> None:
    """Copies in two places."""
    place = Path(tempfile.mkdtemp(prefix="jangteo-stick-"))
    window.house.backups.choose(str(place))
    window.house.backups.run()
    _at("backup", window)


def take_over_none(window: Window) -> None:
    _at("take_over", window)


def _copy_of_another(window: Window) -> Path:
    """A copy that another machine made of the same market."""
    folder = Path(tempfile.mkdtemp(prefix="jangteo-stick-"))
    path = folder / "R1.backup"
    window.house.backups.to_file(path)
    return path


def take_over(window: Window) -> None:
    _at("take_over", window)
    screen = window.shell.current
    screen.add(_copy_of_another(window))  # type: ignore[attr-defined]
    rest()
    settle()


def take_over_done(window: Window) -> None:
    take_over(window)
    window.touch_corner()
    window.touch_named("ask_act")
    rest()
    settle()


def doctor(window: Window) -> None:
    _at("doctor", window)


def rescue(window: Window) -> None:
    """A store that was found damaged, with a copy beside it."""
    window.house.backups.run()
    fault = damaged()
    fault.home = window.house.desk.home.root
    offer_restore(window.shell, fault, lambda: None)
    rest()
    settle()


def crash(window: Window) -> None:
    show_report(window.shell.desk, "ValueError", 2)
    settle()


CARE: dict[str, Scene] = {
    "care-backup-none": backup_none,
    "care-backup": backup_two,
    "care-take-over-none": take_over_none,
    "care-take-over": take_over,
    "care-take-over-done": take_over_done,
    "care-doctor": doctor,
    "care-rescue": rescue,
    "care-crash": crash,
}
