"""A till and its server in one process: everything arrives, nothing waits, and what is wrong is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.services.house import House
from tests.services.houses import open_market, refused, sell
from tests.services.syncing_homes import URL, Line, join, same, server, trade


@pytest.fixture
def far(tmp_path: Path) -> Iterator[House]:
    house = server(tmp_path / "server")
    yield house
    house.close()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[House]:
    house = open_market(tmp_path / "till")
    yield house
    house.close()


@pytest.mark.acceptance("A34")
def test_every_sale_stands_on_the_server_as_on_the_till(till: House, far: House) -> None:
    for code in ("P001", "P002", "P006"):
        sell(till, [(code, 1000), ("P004", 2000)])
    join(till, Line(far))
    assert till.health.unsynced().count == till.reports.day()["journal_entries"]
    trade(till)
    assert same(till, far)
    assert far.reports.day() | {"unsynced_entries": 0} == till.reports.day()
    assert till.health.unsynced().count == 0
    assert till.health.network() == "online"


@pytest.mark.acceptance("A36")
def test_what_waits_is_counted_at_once_and_never_called_sent_too_soon(till: House, far: House) -> None:
    line = join(till, Line(far))
    trade(till)
    sell(till, [("P002", 1000)])
    waiting = till.health.unsynced()
    assert waiting.count == 1
    line.fault = "offline"
    assert till.sync.exchange_all()[0].fault == "offline"
    assert till.health.unsynced() == waiting
    assert till.health.network() == "offline"
    line.fault = ""
    trade(till)
    assert till.health.unsynced().count == 0
    assert till.health.unsynced().oldest_at is None
    assert [each.unsynced for each in till.day_close.overview().lines] == [0]
    sell(till, [("P002", 1000)])
    assert [each.unsynced for each in till.day_close.overview().lines] == [1]


def test_nothing_to_do_is_one_ask_and_writes_nothing(
    till: House, far: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(till, Line(far))
    trade(till)
    writes = []
    for house in (till, far):
        monkeypatch.setattr(house.database, "write", lambda: writes.append("written"))
    (done,) = till.sync.exchange_all()
    assert (done.asks, done.sent, done.received) == (1, 0, 0)
    assert done.bytes_out + done.bytes_in <= 1024
    assert writes == []
    monkeypatch.undo()


def test_practice_never_syncs(tmp_path: Path) -> None:
    from pos_app.bootstrap import open_practice

    open_market(tmp_path).close()
    house = open_practice(tmp_path)
    house.sync.start()
    assert not house.sync._loop.running
    for act in (
        house.sync.exchange_all,
        lambda: house.sync.enrol(URL, "x"),
        lambda: house.sync.add_hub("hub"),
    ):
        with refused("sync.practice"):
            act()
    assert house.health.network() == "off"
    house.close()


def test_a_till_that_knows_nobody_says_so(till: House) -> None:
    with refused("sync.no_peer"):
        till.sync.exchange_all()
    assert till.sync.status().first is None
    assert till.health.network() == "off"
