"""Copies: whole, read back, rotating, never a worse one over a better one."""

import shutil
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.services import backup_file, restoring, rotation
from pos_app.services.backup_places import check_room
from pos_app.services.house import House
from tests.services.houses import open_market, refused, sell, session


@pytest.fixture
def house(home: Path) -> House:
    return open_market(home)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def events(house: House) -> int:
    with house.database.read() as rows:
        return int((rows.one('SELECT count(*) FROM "event"') or (0,))[0])


@pytest.mark.acceptance("A43")
def test_a_copy_lies_in_two_places_and_reads_back(house: House, stick: Path) -> None:
    sell(house, [("P002", 1000)])
    house.backups.choose(str(stick))
    done = house.backups.run()
    assert len(done.made) == 2 and done.fault == ""
    assert done.made[1].is_relative_to(stick)
    for path in done.made:
        manifest = backup_file.check(path)
        assert manifest.events == events(house)
        assert (manifest.register, manifest.business_date) == ("R1", "2026-11-20")
        with sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True
        ) as plain:  # any tool can read it
            assert plain.execute('SELECT count(*) FROM "event"').fetchone() == (manifest.events,)
        plain.close()
    state = house.backups.state()
    assert (state.second, state.behind) == ("ok", False)
    assert not list(stick.rglob("*.part"))


@pytest.mark.acceptance("A43")
def test_due_each_hour_and_after_a_close_and_only_when_something_was_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("pos_app.services.backups.time.monotonic", lambda: now[0])
    assert house.backups.due()
    house.backups.run()
    now[0] += 10
    assert not house.backups.due()
    sell(house, [("P002", 1000)])
    assert not house.backups.due(), "an hour has not gone"
    now[0] += 3600
    assert house.backups.due()
    house.backups.run()
    now[0] += 7200
    assert not house.backups.due(), "nothing was written"
    house.shifts.count([(10_000, 2), (1_000, 1)])
    house.shifts.close("까닭")
    assert house.backups.due(), "a shift was closed"


def test_a_failed_round_is_tried_again_soon_but_not_at_once(
    house: House, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("pos_app.services.backups.time.monotonic", lambda: now[0])
    house.backups.choose(str(stick))
    stick.rmdir()
    done = house.backups.run()
    assert "폴더가 없어요" in done.fault and len(done.made) == 1
    assert house.backups.state().second == "away"
    now[0] += 60
    assert not house.backups.due()
    now[0] += 300
    assert house.backups.due()
    stick.mkdir()
    assert house.backups.run().fault == ""


def test_practice_is_never_copied(house: House, tmp_path: Path) -> None:
    house.desk.practice = True
    assert not house.backups.due()
    with refused("backup.practice"):
        house.backups.run()
    with refused("backup.practice"):
        house.backups.to_file(tmp_path / "x.backup")


def test_a_start_after_which_nothing_was_written_makes_no_copy(house: House) -> None:
    house.backups.run()
    home = house.desk.home.root
    house.close()
    again = open_house(home)
    assert not again.backups.due()
    sell(again, [("P002", 1000)])
    assert again.backups.due()
    again.close()


def test_as_the_window_is_shut_a_close_is_copied_and_a_short_look_is_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("pos_app.services.backups.time.monotonic", lambda: now[0])
    assert not house.backups.due(closing=True), "open for a moment"
    house.backups.run()
    sell(house, [("P002", 1000)])
    assert not house.backups.due(closing=True)
    now[0] += 700
    assert house.backups.due(closing=True) and not house.backups.due()
    house.backups.run()
    house.shifts.count([(10_000, 4), (1_000, 2)])
    house.shifts.close("까닭")
    assert house.backups.due(closing=True)


def test_where_copies_go_is_checked_and_wants_the_right(house: House, stick: Path) -> None:
    for bad in (stick / "none", house.desk.home.root, house.desk.home.root / "copies"):
        with refused("backup.bad_place"):
            house.backups.choose(str(bad))
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        house.backups.choose(str(stick))


@pytest.mark.acceptance("A43")
def test_a_good_copy_is_not_overwritten_by_a_worse_one(house: House, tmp_path: Path) -> None:
    path = tmp_path / "copy.backup"
    empty = tmp_path / "early"
    shutil.copytree(house.desk.home.root, empty)  # the same machine, as it was before
    sell(house, [("P002", 1000)])
    first = house.backups.to_file(path)
    before = path.read_bytes()
    older = open_house(empty)
    with refused("backup.would_lose"):
        older.backups.to_file(path)
    sell(older, [("P004", 1000)])
    sell(older, [("P004", 1000)])
    assert events(older) > first.events
    with refused("backup.would_lose"):
        older.backups.to_file(path)  # more events, but not those
    older.close()
    assert path.read_bytes() == before
    sell(house, [("P002", 1000)])
    assert house.backups.to_file(path).events == first.events + 1
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.acceptance("A43")
def test_a_store_that_does_not_hold_is_not_copied_over_good_copies(house: House) -> None:
    sell(house, [("P002", 1000)])
    house.backups.run()
    kept = sorted(house.desk.home.copies.glob("*.backup"))
    with house.database.write() as rows:
        rows.run('UPDATE "event" SET "bytes" = ? WHERE rowid = 3', b'{"forged":1}')
    with refused("backup.damaged"):
        house.backups.run()
    assert sorted(house.desk.home.copies.glob("*.backup*")) == kept
    home = house.desk.home
    house.close()
    with pytest.raises(DamagedStore):
        open_house(home.root)
    restoring.restore(home, kept[0], Clock())
    again = open_house(home.root)
    assert again.integrity.verify().findings == (), "the copy has what was damaged"
    again.close()


def test_other_files_and_other_machines_copies_are_left_alone(house: House, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("안녕하세요")
    with refused("backup.not_ours"):
        house.backups.to_file(letter)
    assert letter.read_text() == "안녕하세요"
    other = open_market(tmp_path / "other", clock=Clock())
    theirs = tmp_path / "theirs.backup"
    other.backups.to_file(theirs)
    other.close()
    with refused("backup.would_lose"):
        house.backups.to_file(theirs)


def test_a_store_that_went_back_is_told_and_its_better_copies_are_kept(home: Path, tmp_path: Path) -> None:
    house = open_market(home)
    early = tmp_path / "early"
    shutil.copytree(home, early)
    for _ in range(3):
        sell(house, [("P002", 1000)])
    best = house.backups.run().made[0]
    house.close()
    for name in ("jangteo.db", "jangteo.db-wal", "jangteo.db-shm"):
        (home / name).unlink(missing_ok=True)
        if (early / name).exists():
            shutil.copy(early / name, home / name)
    back = open_house(home)
    assert back.backups.state().behind
    back.desk.clock.offset = timedelta(hours=1)
    for _ in range(9):
        back.desk.clock.offset += timedelta(hours=20)
        back.backups.run()
    assert best.exists(), "the copy that has more is never let go"
    assert back.take_over.bring_in(best) == 3
    assert not back.backups.look_again().behind
    assert back.integrity.verify().findings == ()
    back.close()


def test_a_full_stick_is_told_before_anything_is_written(stick: Path) -> None:
    with pytest.raises(EnvironmentFault, match="자리가 모자라요"):
        check_room(stick, shutil.disk_usage(stick).free, 1_000_000)


def test_a_stick_without_room_keeps_its_old_copies(house: House, small_disk: Path) -> None:
    """`small_disk` has room for one copy and a half."""
    house.backups.choose(str(small_disk))
    assert house.backups.run().fault == ""
    first = sorted(small_disk.rglob("*.backup"))
    (small_disk / "film").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 200_000))
    house.desk.clock.offset = timedelta(hours=1)
    sell(house, [("P002", 1000)])
    done = house.backups.run()
    assert "자리가 모자라요" in done.fault
    assert sorted(path for path in small_disk.rglob("*") if path.is_file() and path.name != "film") == first
    assert backup_file.check(first[0])


def test_sales_go_on_while_a_copy_is_made(house: House) -> None:
    failed: list[BaseException] = []

    def copying() -> None:
        try:
            for _ in range(5):
                house.backups.run()
                house.desk.clock.offset += timedelta(minutes=1)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=copying)
    thread.start()
    sold = 0
    while thread.is_alive():
        sell(house, [("P004", 1000)])
        sold += 1
    thread.join()
    assert not failed and sold > 5
    for copy in house.backups.copies():
        backup_file.check(copy.path)


days = st.lists(st.integers(0, 60 * 24 * 5), max_size=60)


@given(days, st.integers(1, 6), st.integers(0, 6))
def test_the_last_ones_and_one_a_day_are_kept(minutes: list[int], last: int, many: int) -> None:
    made = sorted(
        {f"2026-11-{10 + m // 1440:02d}T{m % 1440 // 60:02d}:{m % 60:02d}" for m in minutes}, reverse=True
    )
    gone = set(rotation.surplus(made, last, many))
    kept = [at for n, at in enumerate(made) if n not in gone]
    assert kept[:last] == made[:last]
    by_day = list(dict.fromkeys(at[:10] for at in made))
    for day in by_day[:many]:
        assert max(at for at in made if at[:10] == day) in kept
    assert len(kept) <= last + many


def test_rotation_lets_old_copies_go(house: House, stick: Path) -> None:
    house.backups.choose(str(stick))
    house.desk.clock.offset = timedelta()
    for _ in range(30):
        house.desk.clock.offset += timedelta(hours=1)
        house.backups.run()
    here = len(list(house.desk.home.copies.glob("*.backup")))
    there = len(list(stick.rglob("*.backup")))
    assert 3 <= here <= 6 and 24 <= there <= 27


def test_errors_name_what_is_wrong_with_a_file(house: House, tmp_path: Path) -> None:
    good = tmp_path / "good.backup"
    house.backups.to_file(good)
    data = good.read_bytes()
    wrong = {
        "backup.cut": [data[:0], data[:7], data[:60], data[: len(data) // 2], data[: -1], data[:-40],
                       data[: len(data) // 2] + bytes(len(data) - len(data) // 2)],
        "backup.not_one": [b"PK\3\4" + bytes(500), b"hello", b"%PDF-1.7" * 100],
        "backup.damaged": [data[:50_000] + bytes([data[50_000] ^ 1]) + data[50_001:]],
    }  # fmt: skip
    for code, cases in wrong.items():
        for number, case in enumerate(cases):
            bad = tmp_path / f"{code}{number}"
            bad.write_bytes(case)
            with pytest.raises(DomainError) as caught:
                backup_file.check(bad)
            assert caught.value.code == code, (code, number)
    with refused("backup.none"):
        backup_file.check(tmp_path / "nothing")


@pytest.mark.acceptance("A43")
@given(st.data())
def test_a_copy_cut_or_changed_anywhere_is_never_taken_for_a_good_one(
    whole_copy: Path, data: st.DataObject
) -> None:
    raw = whole_copy.read_bytes()
    at = data.draw(st.integers(0, len(raw) - 1))
    other = bytes([raw[at] ^ data.draw(st.integers(1, 255))]) + raw[at + 1 :]
    changed = raw[:at] + data.draw(st.sampled_from([b"", other]))
    bad = whole_copy.with_name("changed.backup")
    bad.write_bytes(changed)
    foot = backup_file.foot(whole_copy)
    assert foot is not None
    try:
        manifest = backup_file.check(bad)
    except DomainError as refusal:
        assert refusal.code.startswith("backup.")
    else:  # only the foot was touched: the store before it is whole
        assert changed[: foot.size] == raw[: foot.size]
        assert manifest.size == foot.size


@pytest.fixture(scope="module")
def whole_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    house = open_market(folder / "home")
    path = folder / "whole.backup"
    house.backups.to_file(path)
    house.close()
    return path
