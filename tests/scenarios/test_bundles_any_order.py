"""The bundles of a market day, read in any order and any number of times: the same books everywhere."""

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.services.house import House
from pos_app.storage.folds.rebuild import catch_up
from sync.client.bundle_channel import read_bundle, write_bundle
from sync.exchange import Outcome, Replica
from tests.scenarios.without_flush import skip_flushes

DEMO = Path(__file__).parents[2] / "resources" / "demo"
SLIPS = 60
ORDERS = 100


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)


def replica(house: House) -> Replica:
    """A real home as the exchange sees it."""
    database = house.database
    return Replica(database.read, database.write, house.desk.clock.now_us, str(house.desk.home.root))


def write(house: House, path: Path) -> Path:
    with house.database.read() as rows:
        private = rows.one('SELECT "private_key" FROM "device"')
    write_bundle(replica(house), path, bytes(private[0]) if private else None)
    return path


def read(house: House, path: Path) -> Outcome:
    outcome = read_bundle(replica(house), path)
    catch_up(house.database.write)
    return outcome


def slips(register: str) -> Iterator[bytes]:
    """The first slips of the mixed tape that this register rings."""
    with (DEMO / "tape-mixed.jsonl").open("rb") as tape:
        for _, line in zip(range(SLIPS), tape, strict=False):
            if json.loads(line).get("register") == register:
                yield line


@pytest.fixture
def sticks(tmp_path: Path) -> list[Path]:
    """What the coordinator and three registers put on sticks in the course of a day, early and late."""
    written = []
    with closing(open_house(tmp_path / "office")) as office:
        office.imports.workbook(DEMO / "catalogue.xlsx")
        office.days.open("한전 완판장터", "2026-11-20")
        written.append(write(office, tmp_path / "office.jangteo"))
    for name in ("R1", "R2", "R3"):
        with closing(open_house(tmp_path / name)) as till:
            read(till, written[0])
            lines = list(slips(name))
            assert till.ringing.tape(lines[: len(lines) // 2]).sales
            written.append(write(till, tmp_path / f"{name}-noon.jangteo"))
            assert till.ringing.tape(lines[len(lines) // 2 :]).sales  # refunds of other tills' sales wait
            written.append(write(till, tmp_path / f"{name}-evening.jangteo"))
    return written


@pytest.mark.acceptance("A35")
def test_bundles_in_a_hundred_random_orders_give_one_digest(tmp_path: Path, sticks: list[Path]) -> None:
    digests, received = set(), set()
    fresh = tmp_path / "fresh"
    open_house(fresh).close()
    rng = random.Random(35)
    for number in range(ORDERS):
        order = [*sticks, *rng.choices(sticks, k=2)]
        rng.shuffle(order)
        home = shutil.copytree(fresh, tmp_path / f"reader-{number}")
        with closing(open_house(home)) as house:
            received.add(sum(read(house, stick).received for stick in order))
            digests.add(house.integrity.digest())
    assert len(digests) == len(received) == 1
    with closing(open_house(tmp_path / "reader-0")) as house:
        assert house.integrity.verify().findings == ()
        assert house.integrity.rebuild().different == ()
        assert house.integrity.digest() in digests
        entries = {event for (event,) in _keys(house)}
    with closing(open_house(tmp_path / "R1")) as till:
        assert {event for (event,) in _keys(till)} < entries


def _keys(house: House) -> list[tuple[bytes]]:
    with house.database.read() as rows:
        return rows.all('SELECT "key" FROM "event"')
