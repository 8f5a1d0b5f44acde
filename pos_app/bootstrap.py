"""Puts a house together: database, settings, services. One of the two files that see everything."""

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.i18n.texts import tr
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services.desk import Desk
from pos_app.services.house import House
from pos_app.services.opening import before_opening
from pos_app.storage.engine import NEWER, Database, open_database
from pos_app.storage.queries.catch_up import fold_version, needs_catching_up
from pos_app.storage.settings import Settings
from pos_app.storage.unit_of_work import UnitOfWork
from pos_app.storage.versions import FOLD_VERSION

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from pos_app.services.serving import Serving


def open_house(home: Path, practice: bool = False, clock: Clock | None = None) -> House:
    """Open the home at `home`, made on first use; practice has a database file of its own.

    Raises EnvironmentFault when the store is newer than the program, damaged, or not writable.
    """
    place = Home(home)
    clock = clock or Clock()
    try:
        if not practice:
            before_opening(place)
        database = open_database(place.practice_database if practice else place.database)
    except DamagedStore as fault:
        fault.home = home
        raise
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


def open_server(home: Path, address: str = "", clock: Clock | None = None) -> "Serving":
    """The house of a server or a hub: on the store at `address`, or on the home's own file.

    What waits to be folded is folded while it serves. Raises EnvironmentFault like open_house.
    """
    # lazy: tills serve nobody
    from pos_app.services.serving import Serving
    from pos_app.storage.opening import open_store

    place = Home(home)
    clock = clock or Clock()
    if not address:
        before_opening(place)
    place.root.mkdir(parents=True, exist_ok=True)
    database = open_store(address or place.database)
    _tell_anew(database)
    settings = Settings(database)
    desk = Desk(UnitOfWork(database, clock), clock, place, settings, False, settings.get("register"))
    return Serving(House(desk, database))


def _tell_anew(database: Database) -> None:
    """Rebuild the tables if their shape is another; of several processes the first one does it."""
    with database.read() as rows:
        found = fold_version(rows)
    if found == FOLD_VERSION:
        return
    if found > FOLD_VERSION:  # a newer program serves here too: its tables are left alone
        database.close()
        raise EnvironmentFault(tr(NEWER.title), tr(NEWER.advice))
    # lazy: once per shape
    from pos_app.storage.folds.rebuild import rebuild

    with database.write() as rows:
        if fold_version(rows) != FOLD_VERSION:
            rebuild(rows)


def web_application(serving: "Serving") -> "Starlette":
    """The web application of an open server: sync, and the office's pages. Raises server.no_organisation."""
    # lazy: see open_server
    from pos_app.office.pages import Pages
    from pos_app.services.office import Office
    from sync.server.application import make_application

    desk = serving.house.desk
    pages = Pages(Office(desk, serving.devices), desk.clock.now)
    return make_application(serving.replica, serving.gate, pages=pages.routes())
