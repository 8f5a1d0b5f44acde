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
from tests.scenarios.without_flush import skip_flushes
from tests.upgrade.released import VERSIONS, lay

STORES = sorted(FOLDER.glob("*.gz"))


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)  # what a cut leaves is read back at once, by the same machine


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
    """Copies of a store's files as the disk holds them just before each statement that finds them changed."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        self.statements = 0
        self.last: object = None
        self.made: list[Path] = []

    def connect(self, connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(self.statement)

    def statement(self, _: str) -> None:
        self.statements += 1
        found = self._committed()
        if found == self.last:
            return  # whoever dies here leaves what was left a statement ago
        self.last = found
        place = self.folder / str(self.statements)
        place.mkdir(parents=True)
        for name in ("jangteo.db", "jangteo.db-wal"):
            if (self.home / name).exists():
                shutil.copyfile(self.home / name, place / name)
        self.made.append(place / "jangteo.db")

    def _committed(self) -> tuple[bytes, ...]:
        """What differs after every commit: the file's head, and that of the log's index with its counter."""
        found = []
        for name, length in (("jangteo.db", 100), ("jangteo.db-shm", 136)):
            path = self.home / name
            found.append(path.read_bytes()[:length] if path.exists() else b"")
        return *found, str((self.home / "jangteo.db").stat().st_size).encode()


def _updated(home: Path, cuts: Cuts) -> dict[str, object]:
    event.listen(Pool, "connect", cuts.connect)
    try:
        house = open_house(home)
    finally:
        event.remove(Pool, "connect", cuts.connect)
    cuts.statement("")  # what the last one left
    try:
        return told(house)
    finally:
        house.close()


def _cut_everywhere(home: Path, folder: Path, before: dict[str, object] | None) -> None:
    """Every state of the disk in the course of an update is the old store or the new one, and opens with all facts."""
    old = _shape(Home(home).database)
    cuts = Cuts(home, folder)
    after = _updated(home, cuts)
    new = _shape(Home(home).database)
    assert new[0] == (LOCAL_VERSION,) and new[1] == (str(FOLD_VERSION),)
    assert before in (None, after)
    assert cuts.statements > len(cuts.made) > 1
    seen = {}
    for database in cuts.made:
        seen.setdefault(_shape(database), database.parent)
    assert old in seen, "the first cuts are before anything changed"
    assert len({shape[2] for shape in seen}) <= 3, "old, moved to the new local tables, told anew"
    for shape, place in seen.items():
        # Between the two, the shape of the local tables is new while the told tables are still the old ones.
        assert shape[0] in {old[0], new[0]} and shape[1] in {old[1], new[1]}, shape[:2]
        assert shape[3] in {old[3], new[3]}, f"cut {place.name}: {shape[3]}"
        house = open_house(place)
        try:
            assert told(house) == after, f"cut {place.name}"
        finally:
            house.close()


@pytest.mark.acceptance("A46")
def test_cut_at_any_statement_the_store_is_the_old_or_the_new_one(
    kept: tuple[Path, dict[str, object]], tmp_path: Path
) -> None:
    home, before = kept
    _cut_everywhere(home, tmp_path / "cuts", before)


@pytest.mark.acceptance("A46")
@pytest.mark.parametrize("version", VERSIONS)
def test_the_homes_of_released_programs_cut_at_any_statement_too(tmp_path: Path, version: int) -> None:
    lay(version, tmp_path / "old")
    _cut_everywhere(tmp_path / "old", tmp_path / "cuts", None)


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
