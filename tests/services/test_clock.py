"""No clock changes a sale, a number, a total or a day; the till only says that it is wrong."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pos_app.domain.tender import TenderType
from pos_app.runtime.clock import Clock
from pos_app.services.house import House
from tests.services.houses import DATE, cash, event_bytes, open_market, sell

NOON = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=9)))


class Hands(Clock):
    """A clock that stands where it is put."""

    def put(self, at: datetime) -> None:
        self.offset += at - self.now()


def clock_at(at: datetime) -> Hands:
    """A clock set to a moment."""
    clock = Hands()
    clock.put(at)
    return clock


def figures(house: House) -> dict[str, object]:
    """What a day's report says of money and numbers."""
    report = house.reports.day(DATE)
    return {key: value for key, value in report.items() if key not in ("journal_entries", "unsynced_entries")}


def work(house: House, clock: Hands, moments: list[datetime]) -> list[str]:
    """The same four things at four moments; the numbers given."""
    clock.put(moments[0])
    first = sell(house, [("P002", 1000), ("P001", 700)])
    clock.put(moments[1])
    second = sell(house, [("P006", 2000)])
    clock.put(moments[2])
    house.returns.refund(first, [(1, 1000, True)], "까닭", TenderType.CASH)
    clock.put(moments[3])
    house.returns.void(second, "까닭")
    third = sell(house, [("P002", 1000)])
    return [house.returns.sale(sale).receipt_no.rsplit("-", 1)[1] for sale in (first, second, third)]


@pytest.mark.acceptance("A45")
@pytest.mark.parametrize("days", [(3, -3, 3, -3), (-3, 3, 0, 0), (0, -1, -2, -3), (1900, 0, -1900, 1)])
def test_a_clock_that_jumps_changes_neither_date_nor_order_nor_numbers_nor_totals(
    tmp_path: Path, days: tuple[int, ...]
) -> None:
    steady, wild = clock_at(NOON), clock_at(NOON)
    one, other = open_market(tmp_path / "a", clock=steady), open_market(tmp_path / "b", clock=wild)
    numbers = work(one, steady, [NOON + timedelta(minutes=n) for n in range(4)])
    assert work(other, wild, [NOON + timedelta(days=n) for n in days]) == numbers == ["0001", "0002", "0004"]
    assert figures(one) == figures(other)
    with other.database.read() as rows:
        dates = 'SELECT "business_date" FROM "sale" UNION SELECT "business_date" FROM "refund"'
        assert rows.all(dates) == [(DATE,)]
    stamps = []
    with other.database.read() as rows:
        for (log,) in rows.all('SELECT "log" FROM "log"'):
            stamps = [
                data
                for (data,) in rows.all('SELECT "bytes" FROM "event" WHERE "log" = ? ORDER BY "seq"', log)
            ]
            ticks = [int(data.split(b'"hlc":')[1].split(b",")[0]) for data in stamps]
            assert ticks == sorted(set(ticks))
    assert stamps
    assert other.integrity.verify().findings == ()
    assert other.integrity.rebuild().different == ()
    for house in (one, other):
        house.shifts.count_total(house.shifts.count_total(0).expected_won)
        assert house.shifts.close("까닭").over_short_won == 0
        house.close()


@pytest.mark.acceptance("A45")
@pytest.mark.parametrize("days", [3, -3, 365 * 5])
def test_a_wrong_clock_is_said_in_a_plain_sentence_and_selling_goes_on(tmp_path: Path, days: int) -> None:
    clock = clock_at(NOON)
    house = open_market(tmp_path, clock=clock)
    assert house.health.clock().ok
    assert house.health.clock().sentence == ""
    sell(house, [("P002", 1000)])
    clock.put(NOON + timedelta(days=days))
    state = house.health.clock()
    assert not state.ok
    assert "시계" in state.sentence
    assert "맞" in state.sentence
    sell(house, [("P002", 1000)])
    assert house.reports.day()["sales_count"] == 2
    clock.put(NOON + timedelta(minutes=5))
    assert house.health.clock().ok
    house.close()


@pytest.mark.acceptance("A45")
def test_a_clock_behind_the_last_event_is_noticed(tmp_path: Path) -> None:
    clock = clock_at(NOON)
    house = open_market(tmp_path, clock=clock)
    sell(house, [("P002", 1000)])
    clock.put(NOON - timedelta(hours=7))
    assert house.health.clock().ok or "시계" in house.health.clock().sentence
    before = event_bytes(house)
    house.till.add(house.goods.search("참기름")[0])
    house.till.complete([cash(50_000)])
    assert len(event_bytes(house)) == len(before) + 1
    house.close()


@pytest.mark.acceptance("A36")
def test_the_oldest_unsynced_entry_is_the_first_one(tmp_path: Path) -> None:
    clock = clock_at(NOON)
    house = open_market(tmp_path, clock=clock)
    for minutes in (10, 20, 30):
        clock.put(NOON + timedelta(minutes=minutes))
        sell(house, [("P002", 1000)])
    waiting = house.health.unsynced()
    assert waiting.count == len(event_bytes(house)) == house.reports.day()["unsynced_entries"]
    assert waiting.oldest_at is not None
    assert abs(waiting.oldest_at - NOON) < timedelta(seconds=30)
    house.close()
