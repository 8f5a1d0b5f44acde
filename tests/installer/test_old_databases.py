"""The store of every released version, opened by this program: all facts are there, whenever the lights go out."""

import gzip
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from pos_app.bootstrap import open_house
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.storage.engine import open_database
from pos_app.storage.versions import FOLD_VERSION, LOCAL_VERSION
from tests.installer.keep_store import FOLDER, told

STORES = sorted(FOLDER.glob("*.gz"))
POINTS = 120  # at most so many cuts of each update; each statement of a short one


@pytest.fixture(params=STORES, ids=[path.stem for path in STORES])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """An old home, and what its own program said of it."""
    home = tmp_path / "old"
    home.mkdir()
    with gzip.open(request.param) as source, open(Home(home).database, "wb") as target:
        shutil.copyfileobj(source, target)
    yield home, json.loads(request.param.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.acceptance("A46")
def test_an_update_loses_no_unsynced_sale(kept: tuple[Path, dict[str, object]]) -> None:
    home, before = kept
    house = open_house(home)
    try:
        assert told(house) == before
        assert not house.integrity.verify().findings
    finally:
        house.close()
    assert sqlite3.connect(Home(home).database).execute("PRAGMA user_version").fetchone() == (LOCAL_VERSION,)


def _shape(database: Path) -> tuple[object, ...]:
    """Everything that tells the old store from the new one, and whether the file is whole."""
    connection = sqlite3.connect(database)
    try:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        fold = connection.execute("SELECT value FROM meta WHERE name = 'fold_version'").fetchone()
        tables = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _told_tables(connection)]
        return connection.execute("PRAGMA user_version").fetchone(), fold, tuple(tables), tuple(counts)
    finally:
        connection.close()


def _told_tables(connection: sqlite3.Connection) -> list[str]:
    """Tables whose rows an update may drop and tell again."""
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return sorted(names & {"event", "sale", "sale_line", "tender", "product", "vendor", "meta", "setting"})


class Cuts:
    """Copies of a store's files as the disk holds them just before each statement."""

    def __init__(self, home: Path, folder: Path, wanted: set[int]) -> None:
        self.home, self.folder, self.wanted = home, folder, wanted
        self.statements = 0
        self.made: list[Path] = []

    def connect(self, connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(self.statement)

    def statement(self, _: str) -> None:
        self.statements += 1
        if self.statements not in self.wanted:
            return
        place = self.folder / str(self.statements)
        place.mkdir(parents=True)
        for name in ("jangteo.db", "jangteo.db-wal"):
            if (self.home / name).exists():
                shutil.copyfile(self.home / name, place / name)
        self.made.append(place / "jangteo.db")


def _updated(home: Path, cuts: Cuts) -> None:
    event.listen(Pool, "connect", cuts.connect)
    try:
        open_house(home).close()
    finally:
        event.remove(Pool, "connect", cuts.connect)


@pytest.mark.acceptance("A46")
def test_cut_at_any_statement_the_store_is_the_old_or_the_new_one(
    kept: tuple[Path, dict[str, object]], tmp_path: Path
) -> None:
    home, before = kept
    counted = Cuts(Path(shutil.copytree(home, tmp_path / "count")), tmp_path / "none", set())
    old = _shape(Home(home).database)
    _updated(counted.home, counted)
    new = _shape(Home(counted.home).database)
    assert new[0] == (LOCAL_VERSION,) and new[1] == (str(FOLD_VERSION),)

    # Every statement near the ends, where shapes change, and a walk through the long middle.
    last = counted.statements
    wanted = {*range(1, POINTS // 2), *range(last - POINTS // 4, last + 1), *range(1, last, max(1, last // POINTS * 4))}
    cuts = Cuts(home, tmp_path / "cuts", wanted)
    _updated(home, cuts)
    assert len(cuts.made) > min(last, POINTS) // 2
    seen = {}
    for database in cuts.made:
        shape = _shape(database)
        seen.setdefault(shape, database.parent)
    assert old in seen, "the first cuts are before anything changed"
    for shape, place in seen.items():
        # Between the two, the shape of the local tables is new while the told tables are still the old ones.
        assert shape[0] in {old[0], new[0]} and shape[1] in {old[1], new[1]}, shape[:2]
        assert shape[3] in {old[3], new[3]}, f"cut {place.name}: {shape[3]}"
        house = open_house(place)
        try:
            assert told(house) == before, f"cut {place.name}"
        finally:
            house.close()


@pytest.mark.acceptance("A46")
def test_a_store_of_a_newer_program_is_refused_clearly_and_untouched(home: Path) -> None:
    open_house(home).close()
    connection = sqlite3.connect(Home(home).database)
    connection.execute(f"PRAGMA user_version = {LOCAL_VERSION + 1}")
    connection.close()
    before = Home(home).database.read_bytes()
    with pytest.raises(EnvironmentFault) as fault:
        open_database(Home(home).database)
    assert fault.value.title and fault.value.advice
    assert Home(home).database.read_bytes() == before
