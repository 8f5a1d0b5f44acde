"""The watchdog sees what holds the event loop, and where."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench import market
from tests.ui.watchdog import Timed, Watchdog, place, table, watched

PRODUCTS = 300


def spin(dog: Watchdog) -> None:
    """Busy until the other thread has looked."""
    while not dog.samples:
        sum(range(1000))


def test_a_hold_is_found_with_its_act_and_its_own_time(qapp: QApplication) -> None:
    dog = Watchdog(act="spinning")
    dog.start()
    try:
        QTimer.singleShot(0, lambda: spin(dog))
        while not dog.holds:
            Timed(QCoreApplication, dog).processEvents()
    finally:
        dog.stop()
    hold = dog.worst()[0]
    assert hold.act == "spinning"
    assert hold.ms > 1
    assert "spinning" in table([hold])


def test_a_place_names_lines_of_the_program_only() -> None:
    assert place(None) == ""


def test_every_act_of_the_day_can_be_done(qapp: QApplication, tmp_path: Path) -> None:
    """No time is asserted: machines are noisy. `python -m tests.ui.watchdog` prints the figures."""
    market.fill(tmp_path / "home", PRODUCTS)
    assert watched(tmp_path / "home", Watchdog(), rounds=1) == []
