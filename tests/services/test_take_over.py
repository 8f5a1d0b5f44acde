"""A spare machine carries a register on: name, shift and float; numbers never meet when the old one returns."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.runtime.clock import Clock
from pos_app.services.house import House
from pos_app.services.take_over import TakeOver
from tests.cli.program import command
from tests.services.houses import (
    DATE,
    MARKET,
    event_bytes,
    good_id,
    open_market,
    refused,
    sell,
    session,
    stored,
)


def numbers(house: House) -> set[str]:
    with house.database.read() as rows:
        return {row[0] for row in rows.all('SELECT "receipt_no" FROM "sale"')}


@pytest.fixture
def old(tmp_path: Path) -> House:
    """R1, open with a float, three sales and a parked cart."""
    house = open_market(tmp_path / "old", float_won=50_000)
    for _ in range(3):
        sell(house, [("P002", 1000)])
    house.till.add(good_id("P004"))
    house.till.park("기다리는 손님")
    return house


@pytest.fixture
def copy(old: House, tmp_path: Path) -> Path:
    path = tmp_path / "R1.backup"
    old.backups.to_file(path)
    return path


@pytest.mark.acceptance("A44")
def test_the_register_goes_on_where_it_was(old: House, copy: Path, tmp_path: Path) -> None:
    spare = open_house(tmp_path / "spare")
    done = TakeOver(spare.desk).from_copy(copy)
    assert (done.register, done.market, done.business_date) == ("R1", MARKET, DATE)
    assert (done.shift_open, done.float_won, done.sales) == (True, 50_000, 3)
    spare.close()
    spare = open_house(tmp_path / "spare")  # as the window opens it next
    assert spare.register == "R1"
    assert event_bytes(spare) == event_bytes(old)
    assert spare.integrity.digest() == old.integrity.digest()
    assert [cart.name for cart in spare.till.parked()] == ["기다리는 손님"]
    spare.till.discard_parked(spare.till.parked()[0].id)
    sell(spare, [("P002", 1000)])
    expected = 50_000 + 4 * 21_000
    counted = spare.shifts.count([(10_000, 13), (1_000, 4)])
    assert (counted.expected_won, counted.over_short_won) == (expected, 0)
    assert spare.shifts.close().z_no == 1
    assert spare.integrity.verify().findings == ()
    spare.close()


@pytest.mark.acceptance("A44")
def test_numbers_never_meet_when_the_old_one_returns(old: House, copy: Path, tmp_path: Path) -> None:
    spare = open_house(tmp_path / "spare")
    spare.take_over.from_copy(copy)
    again = open_house(tmp_path / "second-spare")  # and a spare of the spare
    for _ in range(4):
        sell(spare, [("P002", 1000)])
        sell(old, [("P002", 1000)])  # it was only asleep
    copied = tmp_path / "spare.backup"
    spare.backups.to_file(copied)
    again.take_over.from_copy(copied)
    for house in (old, spare, again):
        sell(house, [("P004", 1000)])
    three = [numbers(house) for house in (old, spare, again)]
    new = [found - numbers_of(copy, tmp_path) for found in three]
    assert not new[0] & new[1] and not new[0] & new[2]
    assert three[1] & three[2] == three[1] - {max(three[1] - three[2])}
    for house in (old, spare):  # one replica more: everything comes together
        path = tmp_path / f"{id(house)}.backup"
        house.backups.to_file(path)
        again.take_over.bring_in(path)
    assert len(numbers(again)) == 3 + 4 + 4 + 3
    assert again.integrity.verify().findings == (), "no fork, no gap"
    for house in (old, spare, again):
        house.close()


def numbers_of(copy: Path, tmp_path: Path) -> set[str]:
    house = open_house(tmp_path / "reader")
    house.take_over.bring_in(copy)
    found = numbers(house)
    house.close()
    return found


@pytest.mark.acceptance("A44")
def test_a_machine_that_has_the_days_events_takes_over_without_a_file(old: House, tmp_path: Path) -> None:
    spare = open_house(tmp_path / "spare")
    events = tmp_path / "events.backup"
    old.backups.to_file(events)
    spare.take_over.bring_in(events)  # as a bundle or the network brings them
    spare.days.open(MARKET, DATE, "R9")
    seats = {seat.register: seat for seat in spare.take_over.seats()}
    assert (seats["R1"].sales, seats["R1"].shift_open, seats["R1"].float_won) == (3, True, 50_000)
    with refused("register.unknown"):
        spare.take_over.from_here("R7")
    done = spare.take_over.from_here("R1")
    assert done.shift_open and spare.register == "R1"
    sell(spare, [("P002", 1000)])
    assert len(numbers(spare)) == 4
    spare.close()


def test_a_till_in_its_own_shift_closes_that_first(old: House, copy: Path, tmp_path: Path) -> None:
    spare = open_house(tmp_path / "spare")
    spare.take_over.bring_in(copy)
    spare.days.open(MARKET, DATE, "R2")
    spare.shifts.open(0)
    before = event_bytes(spare)
    with refused("shift.open_here"):
        spare.take_over.from_copy(copy)
    assert event_bytes(spare) == before
    spare.close()


def test_what_is_of_the_machine_stays(old: House, tmp_path: Path) -> None:
    old.settings.set("printer_uri", "socket://192.168.0.87:9100")
    old.settings.set("shop_name", "한빛 장터")
    path = tmp_path / "copy.backup"
    old.backups.to_file(path)
    spare = open_house(tmp_path / "spare")
    spare.settings.set("type_scale", "150")
    spare.take_over.from_copy(path)
    assert spare.settings.get("shop_name") == "한빛 장터"
    assert spare.settings.get("printer_uri") == ""
    assert spare.settings.get("type_scale") == "150"
    with spare.database.read() as rows, old.database.read() as theirs:
        ask = 'SELECT "private_key" FROM "device"'
        assert rows.one(ask) != theirs.one(ask), "another machine, another key"
    spare.close()


def test_rights_and_practice(old: House, copy: Path, tmp_path: Path) -> None:
    spare = open_house(tmp_path / "spare")
    spare.use(session(Role.CASHIER))
    for act in (spare.take_over.from_copy, spare.take_over.bring_in):
        with refused("right.missing"):
            act(copy)
    spare.use(session(Role.COORDINATOR))
    spare.desk.practice = True
    with refused("backup.practice"):
        spare.take_over.from_copy(copy)
    spare.desk.practice = False
    with pytest.raises(DomainError):
        spare.take_over.from_copy(tmp_path / "none")
    assert event_bytes(spare) == {}
    spare.close()


def test_looking_says_what_is_missing_here(old: House, copy: Path, tmp_path: Path) -> None:
    spare = open_house(tmp_path / "spare")
    offer = spare.take_over.look(copy)
    assert offer.other_machine and offer.missing == offer.manifest.events
    own = old.take_over.look(copy)
    assert not own.other_machine and own.missing == 0
    spare.close()


def test_events_of_the_own_log_brought_back_open_a_new_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    house = open_market(home)
    early = tmp_path / "early"
    shutil.copytree(home, early)
    for _ in range(2):
        sell(house, [("P002", 1000)])
    path = tmp_path / "copy.backup"
    house.backups.to_file(path)
    first = numbers(house)
    house.close()
    back = open_house(early, clock=Clock(timedelta(hours=1)))
    assert back.take_over.bring_in(path) == 2
    sell(back, [("P002", 1000)])
    assert numbers(back) > first
    assert back.integrity.verify().findings == ()
    back.close()


@pytest.mark.acceptance("A44")
def test_a_bundle_on_a_stick_is_enough(old: House, tmp_path: Path) -> None:
    bundle = tmp_path / "day.bundle"
    assert command(old.desk.home.root, "bundle", "write", bundle).code == 0
    assert command(tmp_path / "spare", "bundle", "read", bundle).code == 0
    spare = open_house(tmp_path / "spare")
    assert [(seat.register, seat.ours) for seat in spare.take_over.seats()] == [("R1", False)]
    done = spare.take_over.from_here("R1")
    assert (done.sales, done.shift_open, done.float_won) == (3, True, 50_000)
    new = stored(spare, sell(spare, [("P002", 1000)])).receipt_no
    assert new.split("-")[1][1].isdigit() and new not in numbers(old)
    assert spare.take_over.seats()[0].ours
    assert spare.integrity.verify().findings == ()
    spare.close()
