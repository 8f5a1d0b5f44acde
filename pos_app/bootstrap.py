"""Puts a house together: database, settings, services. One of the two files that see everything."""

from pathlib import Path

from pos_app.runtime.clock import Clock
from pos_app.runtime.paths import Home
from pos_app.services.desk import Desk
from pos_app.services.house import House, furnish
from pos_app.services.practice import fill
from pos_app.storage import tables
from pos_app.storage.engine import open_database
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.folds.rebuild import fold_version, rebuild
from pos_app.storage.settings import Settings
from pos_app.storage.unit_of_work import UnitOfWork


def open_house(home: Path, practice: bool = False, clock: Clock | None = None) -> House:
    """Open the home at `home`, made on first use; practice has a database file of its own.

    Raises EnvironmentFault when the store is newer than the program, damaged, or not writable.
    """
    place = Home(home)
    clock = clock or Clock()
    database = open_database(place.practice_database if practice else place.database)
    with database.read() as rows:
        told = fold_version(rows)
    if told != tables.FOLD_VERSION:
        with database.write() as rows:
            rebuild(rows)
    while True:
        with database.write() as rows:
            if not fold_waiting(rows):
                break
    settings = Settings(database)
    desk = Desk(UnitOfWork(database, clock), clock, place, settings, practice, settings.get("register"))
    return furnish(desk, database)


def open_practice(home: Path) -> House:
    """The practice house of a home: made anew each time, filled from the real one."""
    place = Home(home)
    for leftover in place.root.glob(f"{place.practice_database.name}*"):
        leftover.unlink()
    house = open_house(home, practice=True)
    real = open_database(place.database)
    try:
        fill(house, real)
    finally:
        real.close()
    return house
