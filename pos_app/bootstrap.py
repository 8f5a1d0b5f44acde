"""Puts a house together: database, settings, services. One of the two files that see everything."""

from pathlib import Path

from pos_app.runtime.clock import Clock
from pos_app.runtime.paths import Home
from pos_app.services.desk import Desk
from pos_app.services.house import House
from pos_app.storage.engine import Database, open_database
from pos_app.storage.queries.catch_up import needs_catching_up
from pos_app.storage.settings import Settings
from pos_app.storage.unit_of_work import UnitOfWork


def open_house(home: Path, practice: bool = False, clock: Clock | None = None) -> House:
    """Open the home at `home`, made on first use; practice has a database file of its own.

    Raises EnvironmentFault when the store is newer than the program, damaged, or not writable.
    """
    place = Home(home)
    clock = clock or Clock()
    database = open_database(place.practice_database if practice else place.database)
    _catch_up(database)
    settings = Settings(database)
    desk = Desk(UnitOfWork(database, clock), clock, place, settings, practice, settings.get("register"))
    return House(desk, database)


def _catch_up(database: Database) -> None:
    """Tell the tables anew after a change of shape, and fold what was received meanwhile."""
    with database.read() as rows:
        if not needs_catching_up(rows):
            return
    # lazy: an ordinary start only reads
    from pos_app.storage.folds.rebuild import catch_up

    catch_up(database.write)


def open_practice(home: Path) -> House:
    """The practice house of a home: made anew each time, filled from the real one."""
    # lazy: only for who practises
    from pos_app.services.practice import fill

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
