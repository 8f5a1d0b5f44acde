"""Restored tills, copied disks, hubs, vendors' own tills, clocks: what the exchange makes of them."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.runtime.clock import Clock
from pos_app.services.house import House
from pos_app.services.syncing_state import HUB
from sync.certificates import ScopeGrant
from tests.services.houses import GOODS, open_market, sell, table, vendor_id
from tests.services.syncing_homes import Line, join, same, server, trade

Open = Callable[..., House]


@pytest.fixture
def opened() -> Iterator[Callable[[House], House]]:
    houses: list[House] = []

    def keep(house: House) -> House:
        houses.append(house)
        return house

    yield keep
    for house in houses:
        house.close()


def numbers(house: House) -> list[str]:
    with house.database.read() as rows:
        return [row[0] for row in rows.all('SELECT "receipt_no" FROM "sale" ORDER BY "receipt_no"')]


def codes(house: House) -> list[str]:
    return sorted({each.code for each in house.sync.noticed()})


def copied(house: House, to: Path) -> Path:
    """The home as a backup made just now has it."""
    shutil.copytree(house.desk.home.root, to)
    return to


@pytest.mark.acceptance("A43")
def test_a_till_restored_from_a_backup_gets_its_sales_back_and_begins_a_new_log(
    tmp_path: Path, opened: Callable[[House], House]
) -> None:
    far, till = opened(server(tmp_path / "server")), opened(open_market(tmp_path / "till"))
    join(till, Line(far))
    sell(till, [("P002", 1000)])
    trade(till)
    backup = copied(till, tmp_path / "backup")
    for _ in range(3):
        sell(till, [("P006", 1000)])
    trade(till)
    till.close()
    again = opened(open_house(backup))
    join(again, Line(far))
    (done,) = again.sync.exchange_all()
    assert (done.sent, done.received) == (0, 3)
    assert same(again, far)
    assert codes(again) == ["restored"]
    before = numbers(again)
    sell(again, [("P006", 1000)])
    trade(again)
    assert same(again, far)
    (new,) = set(numbers(far)) - set(before)
    assert new.endswith("-0001")
    assert new.split("-")[1] != before[0].split("-")[1]
    assert again.integrity.verify().findings == far.integrity.verify().findings == ()
    for house in (again, far):
        assert house.integrity.rebuild().different == ()


def test_a_restored_till_that_sold_before_it_met_the_server_keeps_both_branches(
    tmp_path: Path, opened: Callable[[House], House]
) -> None:
    far, till = opened(server(tmp_path / "server")), opened(open_market(tmp_path / "till"))
    join(till, Line(far))
    trade(till)
    backup = copied(till, tmp_path / "backup")
    sell(till, [("P006", 1000)])
    trade(till)
    till.close()
    again = opened(open_house(backup))
    sell(again, [("P002", 1000)])  # no network yet: the old log is gone on with
    join(again, Line(far))
    trade(again)
    trade(again)
    assert same(again, far)
    assert "cloned" in codes(again)
    assert far.reports.day()["sales_count"] == 2
    sell(again, [("P002", 1000)])
    trade(again)
    assert far.reports.day()["sales_count"] == 3
    assert [finding.code for finding in again.integrity.verify().findings] == ["fork"]


def test_two_tills_from_one_disk_are_noticed_and_part(
    tmp_path: Path, opened: Callable[[House], House]
) -> None:
    far, one = opened(server(tmp_path / "server")), opened(open_market(tmp_path / "one"))
    other = opened(open_house(copied(one, tmp_path / "other")))
    for house in (one, other):
        join(house, Line(far))
        sell(house, [("P002", 1000)])
    for house in (one, other, one, other):
        trade(house)
    assert same(one, other, far)
    assert "cloned" in codes(one) or "cloned" in codes(other)
    for house in (one, other):
        sell(house, [("P006", 1000)])
        sell(house, [("P006", 1000)])
    for house in (one, other, one):
        trade(house)
    assert same(one, other, far)
    assert far.reports.day()["sales_count"] == 6
    with far.database.read() as rows:
        forks = rows.all('SELECT 1 FROM "event" GROUP BY "log", "seq" HAVING count(*) > 1')
    assert len(forks) == 1  # the first sale of each; nothing forks once it was noticed
    names = set()
    for house in (one, other):
        with house.database.read() as rows:
            names |= {row[0] for row in rows.all('SELECT "value" FROM "meta" WHERE "name" = \'replica\'')}
    assert len(names) == 2


def test_a_hub_carries_a_tills_sales_to_the_server(tmp_path: Path, opened: Callable[[House], House]) -> None:
    far, hub = opened(server(tmp_path / "server")), opened(server(tmp_path / "hub"))
    till = opened(open_market(tmp_path / "till"))
    other = opened(server(tmp_path / "other"))
    lost = join(till, Line(far, fault="offline"))
    join(till, Line(hub), HUB, "http://192.168.0.5:8731")
    sell(till, [("P002", 1000)])
    faults = {done.peer.kind: done.fault for done in till.sync.exchange_all()}
    assert faults == {"server": "offline", "hub": ""}
    assert same(till, hub)
    assert till.health.unsynced().count > 0  # the server has not said that it has them
    join(hub, Line(far))
    join(other, Line(hub), HUB)
    trade(hub)
    trade(other)
    assert same(till, hub, far, other)
    lost.fault = ""
    trade(till)
    assert till.health.unsynced().count == 0
    assert till.health.network() == "online"


def test_a_vendors_own_till_never_gets_anothers_sales(
    tmp_path: Path, opened: Callable[[House], House]
) -> None:
    far, shared = opened(server(tmp_path / "server")), opened(open_market(tmp_path / "shared"))
    sell(shared, [("P002", 1000)])
    join(shared, Line(far))
    trade(shared)
    own = opened(server(tmp_path / "vendor"))
    grant = ScopeGrant("aa", "vendor_register", ("catalogue", "office", "register/*/R9"), vendor_id(1))
    join(own, Line(far, grant))
    trade(own)
    assert {tile.product_id for tile in own.goods.tiles()} == {tile.product_id for tile in far.goods.tiles()}
    with own.database.read() as rows:
        assert rows.all('SELECT "scope" FROM "log" WHERE "scope" LIKE \'register/%/R1\'') == []
        assert rows.one('SELECT count(*) FROM "sale"') == (0,)
    own.days.open("시험 장터", "2026-11-20", "R9")
    own.shifts.open(0)
    sell(own, [("P002", 1000)])
    with own.database.write() as rows:
        (device,) = {row[0] for row in rows.all('SELECT "device" FROM "log" WHERE "scope" LIKE \'%/R9\'')}
    join(own, Line(far, ScopeGrant(device, *(grant.role, grant.scopes))))
    trade(own)
    assert far.reports.day()["sales_count"] == 2
    assert own.reports.day()["sales_count"] == 1
    assert own.health.unsynced().count == 0


@pytest.mark.acceptance("A45")
@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_days_off_changes_no_total_and_is_said(
    tmp_path: Path, opened: Callable[[House], House], days: int
) -> None:
    far, right = opened(server(tmp_path / "server")), opened(open_market(tmp_path / "right"))
    join(right, Line(far))
    trade(right)
    wrong = opened(open_house(tmp_path / "wrong", clock=Clock(timedelta(days=days))))
    join(wrong, Line(far))
    trade(wrong)
    wrong.days.open("시험 장터", "2026-11-20", "R2")
    wrong.shifts.open(0)
    for house in (right, wrong, right):
        sell(house, [("P006", 2000)])
    for house in (wrong, right, wrong):
        trade(house)
    assert same(right, wrong, far)
    assert far.reports.day()["sales_count"] == 3
    assert far.reports.day()["gross_won"] == 3 * 2 * next(g.price for g in GOODS if g.code == "P006")
    with right.database.read() as rows:
        assert {row[0] for row in rows.all('SELECT DISTINCT "business_date" FROM "market_day"')} == {
            "2026-11-20"
        }
    assert "clock" in codes(wrong)
    later = sell(right, [("P006", 1000)])
    with right.database.read() as rows:
        assert rows.one('SELECT "receipt_no" FROM "sale" WHERE "id" = ?', later)[0].startswith("R1-")


def test_somebody_entered_at_one_till_signs_in_at_another(
    tmp_path: Path, opened: Callable[[House], House]
) -> None:
    far, one = opened(server(tmp_path / "server")), opened(open_market(tmp_path / "one"))
    other = opened(server(tmp_path / "other"))
    for house in (one, other):
        join(house, Line(far))
        trade(house)
    person = one.operators.add("박영지", Role.COORDINATOR, "482915")
    for house in (one, other):
        trade(house)
    assert other.operators.sign_in(person, "482915").name == "박영지"
    assert table(one, "subject_key") == table(other, "subject_key") == table(far, "subject_key") != []
    trade(other)  # the sign-in is an event too
    (done,) = other.sync.exchange_all()
    assert done.asks == 1  # the keys are equal too: nothing to do
