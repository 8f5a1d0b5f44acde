"""A season of market days on a machine that never saw a network."""

import socket
from pathlib import Path
from typing import NoReturn

import pytest

from pos_app.bootstrap import open_house
from tests.scenarios.without_flush import skip_flushes
from tests.services.houses import card, cash, fill, good_id


@pytest.mark.acceptance("A31")
def test_30_market_days_without_any_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> NoReturn:
        raise OSError(101, "Network is unreachable")

    skip_flushes(monkeypatch)
    monkeypatch.setattr(socket.socket, "connect", unreachable)
    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    house = open_house(tmp_path)
    assert house.operators.names() == []
    fill(house)
    total = 0
    for day in range(1, 31):
        date = f"2027-04-{day:02d}"
        house.days.open("금요장터" if day % 2 else "완판장터", date)
        house.shifts.open(50_000)
        for number in range(8):
            house.till.add(good_id("P002"), 1000)
            house.till.add(good_id("P001"), 250 * (number + 1))
            due = house.till.priced.total_won
            total += house.till.complete([cash(due) if number % 2 else card(due)]).total_won
        shown = house.shifts.count_total(0)
        house.shifts.count_total(shown.expected_won)
        assert house.shifts.close().z_no == day
        assert house.day_close.seal().complete
        assert house.health.unsynced().count > day
        if day % 10 == 0:
            house.close()
            house = open_house(tmp_path)
    assert sum(house.reports.day(f"2027-04-{day:02d}")["net_won"] for day in range(1, 31)) == total
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()
    house.close()
