"""The database of a home: opened safely, one writer at a time, the world's failures in plain words."""

import sqlite3
import threading
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.runtime.single import OnlyOne
from pos_app.storage import engine, local, migrate, versions, writing
from pos_app.storage.engine import fault_of, open_database
from tests.services.houses import DATE, MARKET, cash, event_bytes, good_id, open_market, sell


def raw(home: Path, sql: str) -> None:
    """Say something to the file behind the program's back."""
    connection = sqlite3.connect(home / "jangteo.db")
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_new_home_is_made_from_nothing_and_opened_again(tmp_path: Path) -> None:
    home = tmp_path / "a" / "b"
    open_house(home).close()
    database = open_database(home / "jangteo.db")
    with database.read() as rows:
        assert rows.one("PRAGMA user_version") == (versions.LOCAL_VERSION,)
        names = {name for (name,) in rows.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert set(writing.folded.tables) | set(local.metadata.tables) | {"event", "log", "head"} <= names


def test_migrations_make_the_tables_that_the_program_declares(tmp_path: Path) -> None:
    database = open_database(tmp_path / "jangteo.db")
    with database.read() as rows:
        for table in local.metadata.sorted_tables:
            made = rows.all(f'PRAGMA table_info("{table.name}")')
            wanted = [
                (column.name, not column.nullable or column.primary_key, column.primary_key)
                for column in table.columns
            ]
            assert [
                (name, bool(notnull) or bool(pk), bool(pk)) for _, name, _, notnull, _, pk in made
            ] == wanted
        indexes = {name for (name,) in rows.all("SELECT name FROM sqlite_master WHERE type = 'index'")}
    database.close()
    assert {index.name for table in local.metadata.sorted_tables for index in table.indexes} <= indexes


def test_a_first_start_that_is_cut_off_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(migrate, "upgrade", cut)
        open_database(tmp_path / "jangteo.db")
    connection = sqlite3.connect(tmp_path / "jangteo.db")
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    connection.close()
    open_house(tmp_path).close()


@pytest.mark.acceptance("A46")
def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P002", 1000)])
    house.close()
    raw(tmp_path, f"PRAGMA user_version = {versions.LOCAL_VERSION + 1}")
    before = (tmp_path / "jangteo.db").read_bytes()
    with pytest.raises(EnvironmentFault) as fault:
        open_house(tmp_path)
    assert "새 판" in fault.value.advice
    assert not fault.value.retryable
    assert (tmp_path / "jangteo.db").read_bytes() == before
    raw(tmp_path, f"PRAGMA user_version = {versions.LOCAL_VERSION}")
    house = open_house(tmp_path)
    assert house.reports.day()["sales_count"] == 1
    house.close()


def test_folded_tables_of_another_shape_are_told_again_from_the_events(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sell(house, [("P001", 1500), ("P002", 1000)])
    before = house.integrity.digest()
    house.close()
    raw(tmp_path, "UPDATE meta SET value = '0' WHERE name = 'fold_version'")
    raw(tmp_path, "DROP TABLE sale_line")
    house = open_house(tmp_path)
    assert house.integrity.digest() == before
    house.close()


@pytest.mark.parametrize("what", ["junk", "half", "folder"])
def test_a_damaged_file_is_a_plain_sentence_and_is_not_touched(tmp_path: Path, what: str) -> None:
    file = tmp_path / "jangteo.db"
    if what == "folder":
        file.mkdir()
    elif what == "junk":
        file.write_bytes(b"this never was a database" * 1000)
    else:
        house = open_market(tmp_path)
        for _ in range(20):
            sell(house, [("P002", 1000)])
        house.close()
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    before = file.read_bytes() if file.is_file() else b""
    with pytest.raises(EnvironmentFault):
        open_house(tmp_path).integrity.verify()
    assert (file.read_bytes() if file.is_file() else b"")[:4096] == before[:4096]


@pytest.mark.parametrize("home", ["file", "file/below"])
def test_a_home_that_cannot_be_is_a_plain_sentence(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EnvironmentFault):
        open_house(tmp_path / home)


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        OSError(122, "Disk quota exceeded"),
        sqlite3.OperationalError("database or disk is full"),
    ],
)
def test_a_full_disk_is_named_as_such_whoever_says_it(error: Exception) -> None:
    fault = fault_of(error)
    assert fault is not None
    assert "가득" in fault.title
    assert fault.retryable


def test_a_bug_of_ours_is_no_fault_of_the_world() -> None:
    assert fault_of(sqlite3.OperationalError("no such column: x")) is None


@pytest.mark.acceptance("A41")
def test_a_full_disk_loses_nothing_and_selling_goes_on_once_there_is_room(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    first = sell(house, [("P002", 1000)])
    writer = house.database._writer
    assert writer is not None
    pages = writer.exec_driver_sql("PRAGMA page_count").scalar_one()
    writer.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    sold = [first]
    with pytest.raises(EnvironmentFault) as fault:
        for _ in range(100):
            sold.append(sell(house, [("P002", 1000), ("P006", 2000)]))
    assert "가득" in fault.value.title
    assert len(house.till.cart.lines) == 2
    assert house.reports.day()["sales_count"] == len(sold)
    assert house.integrity.verify().findings == ()
    writer.exec_driver_sql("PRAGMA max_page_count = 1000000")
    done = house.till.complete([cash(1_000_000)])
    assert int(done.receipt_no.rsplit("-", 1)[1]) == len(sold) + 1
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()
    house.close()


def test_a_database_that_others_hold_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = tuple("busy_timeout=30" if "busy" in pragma else pragma for pragma in engine.PRAGMAS)
    monkeypatch.setattr(engine, "PRAGMAS", soon)
    house = open_market(tmp_path)
    other = sqlite3.connect(tmp_path / "jangteo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentFault) as fault:
        sell(house, [("P002", 1000)])
    assert fault.value.retryable
    other.execute("ROLLBACK")
    other.close()
    assert len(house.till.cart.lines) == 1
    assert house.till.complete([cash(1_000_000)]).receipt_no.endswith("-0001")
    house.close()


def test_what_fails_in_the_middle_leaves_no_trace(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    before = event_bytes(house), house.integrity.digest()
    with pytest.raises(ZeroDivisionError), house.database.write() as rows:
        rows.run('DELETE FROM "event"')
        rows.run('UPDATE "own_log" SET "counter" = 99')
        raise ZeroDivisionError
    assert (event_bytes(house), house.integrity.digest()) == before
    assert sell(house, [("P002", 1000)])
    house.close()


def test_many_threads_write_one_after_another_and_no_number_is_given_twice(tmp_path: Path) -> None:
    houses = [open_market(tmp_path)] + [open_house(tmp_path) for _ in range(3)]
    numbers: list[str] = []

    def ring(number: int) -> None:
        for _ in range(6):
            houses[number].till.add(good_id("P002"))
            numbers.append(houses[number].till.complete([cash(1_000_000)]).receipt_no)

    threads = [threading.Thread(target=ring, args=(n,)) for n in range(len(houses))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(n.rsplit("-", 1)[1]) for n in numbers) == list(range(1, 25))
    assert houses[0].integrity.verify().findings == ()
    assert houses[0].integrity.rebuild().different == ()
    for house in houses:
        house.close()


def test_a_reader_sees_one_moment_while_others_write(tmp_path: Path) -> None:
    house, other = open_market(tmp_path), open_house(tmp_path)
    with house.database.read() as rows:
        before = rows.one('SELECT count(*) FROM "event"')
        sell(other, [("P002", 1000)])
        assert rows.one('SELECT count(*) FROM "event"') == before
    with house.database.read() as rows:
        assert rows.one('SELECT count(*) FROM "event"') != before
    house.close()
    other.close()


def test_only_one_window_on_one_home(tmp_path: Path) -> None:
    first = OnlyOne(tmp_path / "window.lock")
    with pytest.raises(EnvironmentFault) as fault:
        OnlyOne(tmp_path / "window.lock")
    assert "이미" in fault.value.title
    first.release()
    OnlyOne(tmp_path / "window.lock").release()


def test_commands_may_work_beside_a_window(tmp_path: Path) -> None:
    lock = OnlyOne(tmp_path / "window.lock")
    house = open_house(tmp_path)
    assert house.days.open(MARKET, DATE).market == MARKET
    house.close()
    lock.release()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="tells which files are open")
def test_a_damaged_store_is_let_go_of_so_that_another_can_take_its_place(tmp_path: Path) -> None:
    path = tmp_path / "jangteo.db"
    path.write_bytes(b"not a database!!" * 512)
    with pytest.raises(DamagedStore) as caught:
        open_database(path)
    held = [each.resolve() for each in Path("/proc/self/fd").iterdir()]
    assert path not in held and caught.value is not None
