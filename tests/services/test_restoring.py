"""A broken store comes back: from the copy, from what can still be read, under new logs, nothing thrown away."""

import contextlib
import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services import restoring
from pos_app.services.house import House
from pos_app.services.opening import mark_damaged
from tests.services.houses import cash, event_bytes, good_id, open_market, refused, sell, stored


def numbers(house: House) -> list[str]:
    with house.database.read() as rows:
        return [row[0] for row in rows.all('SELECT "receipt_no" FROM "sale" ORDER BY "at", "receipt_no"')]


def tag(number: str) -> str:
    return number.split("-")[1]


@pytest.fixture
def place(home: Path) -> Home:
    return Home(home)


@pytest.fixture
def copy(place: Home) -> Path:
    """A copy of three sales, after which two more were made."""
    house = open_market(place.root)
    for _ in range(3):
        sell(house, [("P002", 1000)])
    made = house.backups.run().made[0]
    for _ in range(2):
        sell(house, [("P004", 1000)])
    house.close()
    return made


def sound(house: House) -> None:
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()


def scar(path: Path, seed: int, wounds: int) -> None:
    """Bytes flipped at places of no one's choosing, the head left alone."""
    chosen, data = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(wounds):
        at = chosen.randrange(4096, len(data) - 512)
        data[at : at + 512] = bytes(chosen.randrange(256) for _ in range(512))
    path.write_bytes(bytes(data))


@pytest.mark.acceptance("A43", "A44")
def test_a_store_that_is_gone_comes_back_from_its_copy_under_new_logs(place: Home, copy: Path) -> None:
    before = open_house(place.root)
    old = numbers(before)
    before.close()
    for name in ("jangteo.db", "jangteo.db-wal", "jangteo.db-shm"):
        (place.root / name).unlink(missing_ok=True)
    with pytest.raises(DamagedStore) as caught:
        open_house(place.root)
    assert caught.value.home == place.root and "없어졌어요" in caught.value.title
    done = restoring.restore(place, copy, Clock())
    assert done.saved == 0
    house = open_house(place.root)
    sound(house)
    assert numbers(house) == old[:3]
    assert house.shifts.current() is not None, "the open shift goes on"
    new = stored(house, sell(house, [("P002", 1000)])).receipt_no
    assert tag(new) != tag(old[0]) and new.endswith("-0001")
    assert tag(new)[1].isdigit() and tag(old[0])[1].isalpha()
    assert new not in old
    house.close()


@pytest.mark.acceptance("A43")
def test_the_sales_after_the_copy_are_saved_from_the_damaged_store(place: Home, copy: Path) -> None:
    house = open_house(place.root)
    everything = event_bytes(house)
    house.close()
    data = bytearray(place.database.read_bytes())
    data[:16] = b"not a database!!"
    place.database.write_bytes(bytes(data))
    with pytest.raises(DamagedStore):
        open_house(place.root)
    done = restoring.restore(place, copy, Clock())
    assert done.saved == 2 and done.aside is not None
    assert (done.aside / "jangteo.db").read_bytes() == bytes(data), "kept as it was"
    house = open_house(place.root)
    assert event_bytes(house) == everything
    sound(house)
    house.close()


@pytest.mark.acceptance("A43")
@pytest.mark.parametrize("seed", range(12))
def test_a_store_scarred_or_cut_anywhere_comes_back_whole(place: Home, copy: Path, seed: int) -> None:
    house = open_house(place.root)
    everything = event_bytes(house)
    with_copy = {key for key, data in everything.items() if key in _keys(copy)}
    house.close()
    chosen = random.Random(seed)
    if seed % 3 == 2:
        data = place.database.read_bytes()
        place.database.write_bytes(data[: chosen.randrange(512, len(data))])
    else:
        scar(place.database, seed, 1 + seed * 4)
    done = restoring.restore(place, copy, Clock())
    house = open_house(place.root)
    found = event_bytes(house)
    assert with_copy <= set(found) <= set(everything), "all of the copy, and nothing that never was"
    assert all(everything[key] == data for key, data in found.items())
    assert done.events == len(found)
    assert [f for f in house.integrity.verify().findings if f.code not in ("gap", "head", "tail")] == []
    assert house.integrity.rebuild().different == ()
    sell(house, [("P002", 1000)])
    assert len(numbers(house)) == len(set(numbers(house)))
    house.close()


def _keys(copy: Path) -> set[bytes]:
    with sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True) as plain:
        found = {bytes(row[0]) for row in plain.execute('SELECT "key" FROM "event"')}
    plain.close()
    return found


def test_exactly_brings_back_the_copy_alone_and_keeps_the_rest_aside(place: Home, copy: Path) -> None:
    done = restoring.restore(place, copy, Clock(), exactly=True)
    house = open_house(place.root)
    assert len(numbers(house)) == 3
    house.close()
    assert done.aside is not None
    kept = open_house(done.aside)
    assert len(numbers(kept)) == 5
    kept.close()


def test_each_restore_has_a_folder_and_tags_of_its_own(place: Home, copy: Path) -> None:
    tags = set()
    for number in range(1, 4):
        done = restoring.restore(place, copy, Clock())
        assert done.aside == place.aside / str(number)
        house = open_house(place.root)
        tags.add(tag(stored(house, sell(house, [("P004", 1000)])).receipt_no))
        house.close()
    assert len(tags) == 3
    house = open_house(place.root)
    assert len(set(numbers(house))) == 8
    house.close()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-shm", "-wal", ".lock"))
    }


@pytest.mark.acceptance("A43")
def test_a_wrong_file_is_named_and_nothing_changes(place: Home, copy: Path, tmp_path: Path) -> None:
    other = open_market(tmp_path / "other", clock=Clock())
    theirs = tmp_path / "theirs.backup"
    other.backups.to_file(theirs)
    other.close()
    half = tmp_path / "half.backup"
    half.write_bytes(copy.read_bytes()[:300_000])
    newer = tmp_path / "newer.db"
    shutil.copy(place.database, newer)
    with sqlite3.connect(newer) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")
        plain.execute("PRAGMA user_version=99")
    plain.close()
    strange = tmp_path / "strange.db"
    with sqlite3.connect(strange) as plain:
        plain.execute("CREATE TABLE poem (line)")
    plain.close()
    before = tree(place.root)
    for file, code in (
        (theirs, "backup.other_register"), (half, "backup.cut"), (newer, "backup.newer"),
        (strange, "backup.not_one"), (tmp_path / "none", "backup.none"),
    ):  # fmt: skip
        with refused(code):
            restoring.restore(place, file, Clock())
        assert tree(place.root) == before, code


def test_a_store_copied_by_hand_is_taken_too(place: Home, tmp_path: Path) -> None:
    house = open_market(place.root)
    sell(house, [("P002", 1000)])
    house.close()
    by_hand = tmp_path / "usb.db"
    with sqlite3.connect(place.database) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()
    shutil.copy(place.database, by_hand)
    place.database.write_bytes(b"")
    restoring.restore(place, by_hand, Clock())
    house = open_house(place.root)
    assert len(numbers(house)) == 1
    house.close()


def test_a_restore_cut_off_after_the_new_store_was_whole_is_finished_at_the_next_start(
    place: Home, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[str] = []
    real = os.replace

    for stop in range(1, 6):
        moved.clear()

        def cut(source: Path, target: Path, stop: int = stop) -> None:
            moved.append(str(source))
            if len(moved) > stop:
                raise KeyboardInterrupt  # the power goes
            real(source, target)

        monkeypatch.setattr(os, "replace", cut)
        with contextlib.suppress(KeyboardInterrupt):
            restoring.restore(place, copy, Clock())
        monkeypatch.setattr(os, "replace", real)
        house = open_house(place.root)
        assert len(numbers(house)) == 5, stop
        sound(house)
        house.close()
    assert not list(place.root.glob("jangteo.rest*"))


def test_papers_that_waited_are_not_printed_by_themselves(place: Home) -> None:
    house = open_market(place.root)
    house.settings.set("printer_uri", "socket://127.0.0.1:9")
    sale = sell(house, [("P002", 1000)])
    copied = house.backups.run().made[0]
    house.close()
    restoring.restore(place, copied, Clock())
    house = open_house(place.root)
    with house.database.read() as rows:
        states = rows.all('SELECT "state", "maybe_out" FROM "print_job" WHERE "subject_id" = ?', sale)
    assert set(states) == {("expired", 1)}
    assert house.papers.queue() == []
    house.close()


@pytest.mark.acceptance("A5")
@pytest.mark.parametrize("readable", [True, False])
def test_a_sold_cart_is_not_offered_again_after_a_restore(place: Home, copy: Path, readable: bool) -> None:
    house = open_house(place.root)
    house.till.add(good_id("P002"), 1000)
    file = place.carts / "R1.json"
    open_cart = file.read_bytes()
    house.till.complete([cash(21_000)])
    house.close()
    file.write_bytes(open_cart)  # the power went before the file was wiped
    if not readable:
        place.database.write_bytes(bytes(5000))
    restoring.restore(place, copy, Clock())
    house = open_house(place.root)
    assert not house.till.unfinished()
    house.close()


def test_an_open_cart_is_still_offered_after_a_restore(place: Home, copy: Path) -> None:
    house = open_house(place.root)
    house.till.add(good_id("P002"), 1000)
    house.close()
    restoring.restore(place, copy, Clock())
    house = open_house(place.root)
    assert house.till.unfinished()
    house.close()


def test_a_store_found_damaged_while_open_is_restored_at_the_next_start(place: Home, copy: Path) -> None:
    mark_damaged(place)
    with pytest.raises(DamagedStore):
        open_house(place.root)
    restoring.restore(place, copy, Clock())
    open_house(place.root).close()


def test_a_restore_without_room_says_so_and_changes_nothing(place: Home, copy: Path, small: Path) -> None:
    house = Home(small / "home")
    shutil.copytree(place.root, house.root, ignore=shutil.ignore_patterns("copies"))
    (small / "film").write_bytes(bytes(shutil.disk_usage(small).free - 500_000))
    before = tree(house.root)
    with pytest.raises(EnvironmentFault, match="자리가 모자라요"):
        restoring.restore(house, copy, Clock())
    assert tree(house.root) == before


@pytest.fixture
def small(small_disk: Path) -> Path:
    return small_disk


@pytest.mark.acceptance("A43")
def test_the_last_copy_and_the_second_copy_bring_everything_back(
    place: Home, copy: Path, tmp_path: Path
) -> None:
    house = open_house(place.root)
    everything = event_bytes(house)
    stick = tmp_path / "stick"
    stick.mkdir()
    house.sync.copy.use(str(stick))
    assert house.sync.copy.bring_up() == len(everything)
    sell(house, [("P002", 1000)])
    house.sync.copy.bring_up()
    everything = event_bytes(house)
    house.close()
    other = open_market(tmp_path / "other", clock=Clock())
    other.sync.copy.use(str(stick))
    other.sync.copy.bring_up()
    other.close()
    for path in place.root.glob("jangteo.db*"):
        path.unlink()
    second = restoring.second_copies_in(stick)
    assert len(second) == 2
    done = restoring.restore(place, copy, Clock(), second=second)
    assert done.saved == 3, "of this machine alone"
    house = open_house(place.root)
    assert event_bytes(house) == everything
    sound(house)
    house.close()
