"""USB sticks and the second copy: whole or not at all, any order, any number of times."""

import errno
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.health import unsynced_count
from pos_app.services.house import House
from sync.second_copy import SecondCopy, restore
from tests.services.houses import open_market, refused, sell
from tests.services.syncing_homes import Line, join, same, server, trade


@pytest.fixture
def till(tmp_path: Path) -> Iterator[House]:
    house = open_market(tmp_path / "till")
    yield house
    house.close()


@pytest.fixture
def far(tmp_path: Path) -> Iterator[House]:
    house = server(tmp_path / "far")
    yield house
    house.close()


@pytest.mark.acceptance("A35")
def test_sticks_in_random_orders_make_the_same_books(tmp_path: Path, till: House) -> None:
    other = open_market(tmp_path / "other")
    sticks = []
    for n in range(3):
        for house in (till, other):
            sell(house, [("P006", 1000)])
            stick = tmp_path / f"{n}{house.desk.home.root.name}.jangteo"
            assert house.sync.write_bundle(stick).sent > 0
            sticks.append(stick)
    digests = set()
    for seed in range(4):
        place = server(tmp_path / f"reader{seed}")
        order = [*sticks, *sticks]
        random.Random(seed).shuffle(order)
        received = sum(done.received for done in place.sync.read_bundles(order))
        with place.database.read() as rows:
            assert rows.one('SELECT count(*) FROM "event"') == (received,)
            assert rows.one('SELECT count(*) FROM "sale"') == (6,)
        digests.add(place.integrity.digest())
        place.close()
    assert len(digests) == 1
    other.close()


def only_here(till: House) -> int:
    with till.database.read() as rows:
        return unsynced_count(rows)


def test_a_stick_from_the_server_says_what_it_has(tmp_path: Path, till: House, far: House) -> None:
    line = join(till, Line(far))
    trade(till)
    assert only_here(till) == 0
    line.fault = "offline"
    sell(till, [("P006", 1000)])
    early = tmp_path / "early.jangteo"
    far.sync.write_bundle(early)
    out, back = tmp_path / "out.jangteo", tmp_path / "back.jangteo"
    till.sync.write_bundle(out)
    far.sync.read_bundles([out])
    till.sync.read_bundles([out])  # our own words prove nothing
    assert only_here(till) > 0
    far.sync.write_bundle(back)
    till.sync.read_bundles([back])
    assert only_here(till) == 0
    till.sync.read_bundles([early])  # and an older one takes nothing back
    assert only_here(till) == 0


@pytest.mark.parametrize("cut", [0, 1, 512, 1024, -1])
def test_a_stick_pulled_too_early_brings_nothing_and_says_so(
    tmp_path: Path, till: House, far: House, cut: int
) -> None:
    stick = tmp_path / "stick.jangteo"
    till.sync.write_bundle(stick)
    stick.write_bytes(stick.read_bytes()[:cut])
    with refused("sync.bad_bundle"):
        far.sync.read_bundles([stick])
    with far.database.read() as rows:
        assert rows.one('SELECT count(*) FROM "event"') == (0,)


def test_a_stick_that_is_full_or_gone_is_the_worlds_fault(
    tmp_path: Path, till: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EnvironmentFault) as gone:
        till.sync.write_bundle(tmp_path / "no-stick" / "x.jangteo")
    assert "USB" in gone.value.advice
    with pytest.raises(EnvironmentFault):
        till.sync.read_bundles([tmp_path / "no-stick" / "x.jangteo"])
    from sync.client import bundle_channel

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(bundle_channel.os, "fsync", full)
    with pytest.raises(EnvironmentFault) as fault:
        till.sync.write_bundle(tmp_path / "x.jangteo")
    assert "가득" in fault.value.advice


def test_the_second_copy_follows_each_sale_and_brings_everything_back(
    tmp_path: Path, till: House, far: House
) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    till.sync.use_folder(str(medium))
    assert till.sync.copy.bring_up() > 0
    sell(till, [("P006", 1000)])
    assert till.sync.copy.bring_up() == 1
    assert till.sync.copy.bring_up() == 0
    (file,) = medium.iterdir()
    restore(far.sync.store.replica(), file)
    far.sync.store.fold()
    assert same(till, far)


def test_a_medium_that_is_gone_is_said_and_caught_up_with(tmp_path: Path, till: House) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    till.sync.use_folder(str(medium))
    till.sync.copy.bring_up()
    pulled = shutil.move(medium, tmp_path / "pulled")
    for left_behind in (False, True):  # an empty mount point is no medium
        if left_behind:
            medium.mkdir()
        sell(till, [("P006", 1000)])
        assert till.sync.copy.bring_up() == 0
        assert not till.sync.status().copied
    assert list(medium.iterdir()) == []
    medium.rmdir()
    shutil.move(pulled, medium)
    assert till.sync.copy.bring_up() == 2
    assert till.sync.status().copied
    (file,) = medium.iterdir()
    assert SecondCopy(file).catch_up(till.sync.store.replica()) == 0
    till.close()
    again = open_house(tmp_path / "till")
    again.sync.copy.bring_up()
    assert again.sync.status().copied
    again.close()


def test_a_folder_that_cannot_hold_it_is_refused_in_words(tmp_path: Path, till: House) -> None:
    with refused("sync.copy_same_place"):
        till.sync.use_folder(str(till.desk.home.root))
    with pytest.raises(EnvironmentFault):
        till.sync.use_folder(str(tmp_path / "nowhere"))
    assert till.sync.status().folder == ""
