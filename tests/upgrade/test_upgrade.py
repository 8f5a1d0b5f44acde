"""An update keeps every sale; cut off anywhere it leaves the old store or the new one; a downgrade is refused."""

import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services import restoring
from pos_app.storage import engine
from pos_app.storage.versions import LOCAL_VERSION
from tests.cli.program import jangteo
from tests.scenarios.without_flush import skip_flushes
from tests.services.houses import sell, stored
from tests.upgrade.released import VERSIONS, lay, said


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)  # a killed process loses nothing that it wrote; a power cut is minded elsewhere


def schema(path: Path) -> tuple[int, frozenset[str]]:
    """The number of the local tables' shape, and all tables and indexes."""
    with sqlite3.connect(path) as plain:
        version = plain.execute("PRAGMA user_version").fetchone()[0]
        names = plain.execute('SELECT "sql" FROM "sqlite_master" WHERE "sql" IS NOT NULL').fetchall()
    plain.close()
    return version, frozenset(row[0] for row in names)


def event_keys(path: Path) -> list[bytes]:
    with sqlite3.connect(path) as plain:
        found = [bytes(row[0]) for row in plain.execute('SELECT "key" FROM "event" ORDER BY "key"')]
    plain.close()
    return found


@pytest.mark.acceptance("A46")
@pytest.mark.parametrize("version", VERSIONS)
def test_an_update_with_200_unsent_sales_loses_none(tmp_path: Path, version: int) -> None:
    known = lay(version, tmp_path)
    old = (tmp_path / "jangteo.db").read_bytes()
    house = open_house(tmp_path)
    assert said(house) == known and known.sales == 200
    assert house.health.unsynced().count == known.events
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()
    assert [cart.name for cart in house.till.parked()] == ["기다리는 손님"]
    assert [person.name for person in house.operators.names()] == ["박영지"]
    assert house.operators.sign_in(house.operators.find("박영지"), "482915").role is Role.COORDINATOR
    number = stored(house, sell(house, [("P002", 1000)])).receipt_no
    head, count = known.last_number.rsplit("-", 1)
    assert number == f"{head}-{int(count) + 1:04d}", "numbers go on"
    house.close()
    before = tmp_path / f"jangteo.before-{version}.db"
    assert event_keys(before) == event_keys_of(old, tmp_path)


def event_keys_of(data: bytes, folder: Path) -> list[bytes]:
    path = folder / "old.db"
    path.write_bytes(data)
    return event_keys(path)


def killed_at(home: Path, statement: int, whole_start: bool) -> bool:
    """Open the home in a child that dies as it begins this statement; whether it died."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(statement, whole_start, home)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _die_at(statement: int, whole_start: bool, home: Path) -> None:
    seen = 0

    def heard(_sql: str) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    prepare = engine._prepare

    def prepared(connection: sqlite3.Connection) -> None:
        prepare(connection)
        connection.set_trace_callback(heard)

    engine._prepare = prepared
    if whole_start:
        open_house(home).close()
    else:
        engine.open_database(home / "jangteo.db").close()
    os._exit(0)


def cut_often(folder: Path, version: int, every: int) -> None:
    """Cut the migration from this version at each such statement, and look at what is left."""
    lay(version, folder / "old")
    old, keys = schema(folder / "old" / "jangteo.db"), event_keys(folder / "old" / "jangteo.db")
    lay(version, folder / "new")
    engine.open_database(folder / "new" / "jangteo.db").close()
    new = schema(folder / "new" / "jangteo.db")
    assert (old[0], new[0]) == (version, LOCAL_VERSION)
    seen, statement, died = set(), 1, True
    while died:
        home = folder / "cut"
        _clear(home)
        lay(version, home)
        died = killed_at(home, statement, whole_start=False)
        found = schema(home / "jangteo.db")
        assert found in (old, new), f"between the two at statement {statement}"
        assert event_keys(home / "jangteo.db") == keys
        seen.add(found[0])
        statement += every
    assert seen == {version, LOCAL_VERSION} and statement > 20


@pytest.mark.acceptance("A46")
@pytest.mark.skipif(sys.platform == "win32", reason="dies by a signal")
def test_a_migration_cut_at_every_statement_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    cut_often(tmp_path, VERSIONS[-1], 1)


@pytest.mark.soak
@pytest.mark.acceptance("A46")
@pytest.mark.skipif(sys.platform == "win32", reason="dies by a signal")
@pytest.mark.parametrize("version", VERSIONS)
def test_migrations_from_every_version_cut_at_every_statement(tmp_path: Path, version: int) -> None:
    cut_often(tmp_path, version, 1)


@pytest.mark.acceptance("A46")
@pytest.mark.skipif(sys.platform == "win32", reason="dies by a signal")
@pytest.mark.parametrize("version", VERSIONS)
def test_a_first_start_after_the_update_cut_anywhere_is_made_good_by_the_next(
    tmp_path: Path, version: int
) -> None:
    known = lay(version, tmp_path / "once")
    at, died = 40, True
    while died:
        home = tmp_path / "cut"
        _clear(home)
        lay(version, home)
        died = killed_at(home, at, whole_start=True)
        house = open_house(home)
        assert said(house) == known, at
        assert house.integrity.rebuild().different == ()
        assert house.integrity.verify().findings == ()
        house.close()
        at *= 3


def _clear(home: Path) -> None:
    for path in home.glob("*") if home.exists() else ():
        if path.is_file():
            path.unlink()


@pytest.mark.acceptance("A46")
def test_a_downgrade_is_refused_in_one_sentence_and_touches_nothing(tmp_path: Path) -> None:
    lay(2, tmp_path)
    with sqlite3.connect(tmp_path / "jangteo.db") as plain:
        plain.execute("PRAGMA journal_mode=WAL")
        plain.execute(f"PRAGMA user_version={LOCAL_VERSION + 1}")
    plain.close()
    before = (tmp_path / "jangteo.db").read_bytes()
    with pytest.raises(EnvironmentFault, match="더 새로운 장터포스"):
        open_house(tmp_path)
    told = jangteo(tmp_path, "verify")
    assert told.code == 3 and told.is_one_plain_sentence()
    assert "새 판으로 올린 뒤" in told.err
    assert (tmp_path / "jangteo.db").read_bytes() == before


@pytest.mark.parametrize("version", VERSIONS)
def test_a_copy_made_by_an_older_program_is_restored_and_brought_up(tmp_path: Path, version: int) -> None:
    known = lay(version, tmp_path / "old")
    home = Home(tmp_path / "home")
    restoring.restore(home, tmp_path / "old" / "jangteo.db", Clock())
    house = open_house(home.root)
    assert said(house) == known
    house.close()
    assert not list(home.root.glob("*.before-*"))
