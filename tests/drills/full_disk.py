"""The disk fills up in the middle of the day: selling stops in time, the day is closed, then it goes on."""

import shutil
import tempfile
from pathlib import Path

from pos_app.domain.tender import notes_for
from pos_app.runtime import ballast
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services import disk_guard
from tests.drills.figures import Figures
from tests.scenarios.small_disk import laid
from tests.services.houses import open_market, sell

MEGABYTES = 96


def run(figures: Figures) -> int:
    """On a real file system of its own; how many sales were stored before the stop. Skipped without one."""
    with tempfile.TemporaryDirectory(prefix="jangteo-drill-") as name:
        disks = laid(Path(name) / "disk", MEGABYTES)
        disk = next(disks)
        try:
            return _on(disk, figures)
        finally:
            next(disks, None)


def _on(disk: Path, figures: Figures) -> int:
    house = open_market(disk / "home", float_won=10_000)
    house.backups.keep_reserve()
    film = disk / "film"
    film.write_bytes(bytes(shutil.disk_usage(disk).free - disk_guard.SELL_BYTES - 3_000_000))
    figures.say("free as the rush begins", f"{shutil.disk_usage(disk).free // 1000} kB")
    sold, said = 0, ""
    while not said:
        try:
            sell(house, [("P004", 1000)])
            sold += 1
        except EnvironmentFault as fault:
            said = fault.title
    house.till.clear()
    figures.say("sales until the stop", sold)
    figures.say("commits that failed", 0)
    figures.say("what the till says", said)
    with film.open("ab") as file:
        file.write(bytes(max(0, shutil.disk_usage(disk).free - 50_000)))
    figures.say("free as the day is closed", f"{shutil.disk_usage(disk).free // 1000} kB")
    with figures.timed("count and close"):
        count = house.shifts.count(notes_for(10_000 + sold * 8_500))
        assert count.over_short_won == 0
        z_no = house.shifts.close().z_no
    figures.say("Z", z_no)
    figures.say("reserve given up", not ballast.there(house.desk.home.ballast))
    assert house.integrity.verify().findings == ()
    film.unlink()
    house.shifts.open(0)
    sell(house, [("P004", 1000)])
    figures.say("selling again once there is room", True)
    house.close()
    return sold
