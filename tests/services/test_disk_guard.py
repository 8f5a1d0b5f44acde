"""A disk that fills up: selling stops in time, the day is still closed, nothing is torn."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.runtime import ballast
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services import disk_guard
from tests.scenarios.small_disk import laid
from tests.services.houses import good_id, open_market, sell


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 96 MB."""
    yield from laid(tmp_path / "disk", 96)


def fill(disk: Path, leave: int) -> None:
    """Another program takes all but so many bytes."""
    film = disk / "film"
    held = film.stat().st_size if film.exists() else 0
    with film.open("ab") as file:
        left = shutil.disk_usage(disk).free - leave
        while left > 0:
            file.write(bytes(min(left, 1 << 20)))
            left -= 1 << 20
    assert film.stat().st_size >= held


@pytest.mark.acceptance("A43")
def test_a_full_disk_stops_the_selling_in_one_sentence_and_the_day_is_closed(disk: Path) -> None:
    home = disk / "home"
    house = open_market(home, float_won=10_000)
    assert house.backups.keep_reserve() and ballast.there(Home(home).ballast)
    sold = sell(house, [("P002", 1000)])
    fill(disk, disk_guard.SELL_BYTES + 400_000)
    stopped = 0
    for _ in range(200):
        house.till.add(good_id("P004"), 1000)
        try:
            sell(house, [])
        except EnvironmentFault as fault:
            assert "판매를 잠깐 멈췄어요" in fault.title, "never a commit that failed"
            stopped += 1
            break
    assert stopped == 1
    assert [line.quantity_milli for line in house.till.cart.lines], "the cart stays"
    house.till.clear()
    fill(disk, 0)  # the other program goes on
    assert shutil.disk_usage(disk).free < 100_000
    house.returns.void(sold, "까닭")
    house.shifts.move_cash("pay_out", 1_000, "봉투")
    counted = house.shifts.count([(1_000, 9)])
    house.shifts.close("디스크가 찼어요") if counted.over_short_won else house.shifts.close()
    assert not ballast.there(Home(home).ballast), "given up for the close"
    assert house.shifts.current() is None
    assert house.integrity.verify().findings == ()
    house.close()
    again = open_house(home)
    assert again.integrity.verify().findings == ()
    assert not disk_guard.room(again.desk.home).selling, "its room is no room for sales"
    (disk / "film").unlink()
    assert disk_guard.room(again.desk.home).selling
    assert again.backups.keep_reserve()
    again.close()


def test_a_disk_full_to_the_brim_still_opens(disk: Path) -> None:
    home = disk / "home"
    house = open_market(home)
    assert house.backups.keep_reserve()
    sell(house, [("P002", 1000)])
    house.close()
    fill(disk, 0)
    house = open_house(home)
    with pytest.raises(EnvironmentFault, match="판매를 잠깐 멈췄어요"):
        sell(house, [("P002", 1000)])
    house.close()


def test_the_reserve_is_laid_only_where_there_is_plenty(disk: Path) -> None:
    home = Home(disk / "home")
    home.root.mkdir()
    fill(disk, disk_guard.PLENTY_BYTES - 1_000_000)
    assert not disk_guard.keep_reserve(home)
    (disk / "film").unlink()
    assert disk_guard.keep_reserve(home)
    assert disk_guard.keep_reserve(home), "once is enough"
    fill(disk, 0)
    assert not ballast.lay(home.root / "second.bin")
    assert not (home.root / "second.bin.part").exists()
