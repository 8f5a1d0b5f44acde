"""kill -9 while selling: what was acknowledged is there whole, what was not is there whole or not at all."""

import random
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.printing import plain
from pos_app.services.house import House
from pos_app.storage.queries import sales
from tests.services.houses import good_id, open_market

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Told:
    """What the child acknowledged, over all its lives."""

    sold: list[str] = field(default_factory=list)
    refunded: list[str] = field(default_factory=list)
    voided: list[str] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        """One line of the child."""
        word, _, what = line.strip().partition(" ")
        if word != "ready":
            getattr(self, word).append(what)


def live_and_die(home: Path, chosen: random.Random, told: Told) -> None:
    """Start the child, let it sell a few, kill it at a moment of no one's choosing."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.scenarios.selling_child", str(home), str(chosen.randrange(10**9))],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "ready \n"
    for _ in range(chosen.randrange(1, 6)):
        told.hear(child.stdout.readline())
    # Anywhere within the next few sales: the timer runs while the child works.
    timer = threading.Timer(chosen.random() * 0.012, child.send_signal, [signal.SIGKILL])
    timer.start()
    for line in child.stdout:
        if line.endswith("\n"):
            told.hear(line)
    child.stdout.close()
    timer.join()
    assert child.wait() == -signal.SIGKILL


def is_whole(house: House, sale_id: str) -> None:
    """Lines, tenders, movements, figures and paper of one sale agree with its event."""
    with house.database.read() as rows:
        found = sales.sale(rows, sale_id)
        assert found is not None, f"the acknowledged sale {sale_id} is lost"
        sale = found.sale
        row = rows.one('SELECT "key", "total_won", "gross_won" FROM "sale" WHERE "id" = ?', sale_id)
        assert row is not None
        lines = rows.all(
            'SELECT "net_won", "quantity_milli" FROM "sale_line" WHERE "sale_id" = ? ORDER BY "no"', sale_id
        )
        tenders = rows.all('SELECT "amount_won" FROM "sale_tender" WHERE "sale_id" = ?', sale_id)
        moved = rows.all(
            'SELECT "quantity_milli" FROM "stock_movement" WHERE "key" = ? AND "reason" = ? ORDER BY "no"',
            row[0],
            "sale",
        )
        papers = rows.all('SELECT "kind" FROM "print_job" WHERE "subject_id" = ? AND "copy_no" = 0', sale_id)
    assert lines == [(line.net_won, line.quantity_milli) for line in sale.lines]
    assert sum(net for net, _ in lines) == sum(won for (won,) in tenders) == row[1] == sale.total_won
    assert moved == [(-line.quantity_milli,) for line in sale.lines]
    assert papers == [("receipt",)]
    assert sale.receipt_no in plain.render(house.papers.receipt(sale_id), 42)


def check(home: Path, told: Told) -> None:
    """Open the home again and hold it against what was acknowledged."""
    house = open_house(home)
    try:
        assert house.integrity.verify().findings == ()
        assert house.integrity.rebuild().different == ()
        with house.database.read() as rows:
            stored = [row[0] for row in rows.all('SELECT "id" FROM "sale"')]
            numbers = [
                row[0]
                for row in rows.all(
                    'SELECT "receipt_no" FROM "sale" UNION ALL SELECT "receipt_no" FROM "refund"'
                )
            ]
            voided = {row[0] for row in rows.all('SELECT "sale_id" FROM "void_sale"')}
            refunds = {row[0] for row in rows.all('SELECT "receipt_no" FROM "refund"')}
            parked = {row[0] for row in rows.all('SELECT "id" FROM "parked_cart"')}
            printed = {
                row[0] for row in rows.all('SELECT "subject_id" FROM "print_job" WHERE "kind" = ?', "receipt")
            }
        assert set(told.sold) <= set(stored)
        assert set(told.voided) <= voided
        assert set(told.refunded) <= refunds
        assert set(told.parked) <= parked
        assert printed == set(stored), "a receipt without its sale, or a sale without its receipt"
        for sale_id in stored:
            is_whole(house, sale_id)
        assert sorted(int(number.rsplit("-", 1)[1]) for number in numbers) == list(range(1, len(numbers) + 1))
        assert len({number.rsplit("-", 1)[0] for number in numbers}) == 1
    finally:
        house.close()


def kill_often(folder: Path, seed: int, times: int, look_every: int) -> None:
    """So many deaths on one home, looked at every few."""
    chosen, told = random.Random(seed), Told()
    open_market(folder).close()
    for number in range(1, times + 1):
        live_and_die(folder, chosen, told)
        if number % look_every == 0 or number == times:
            check(folder, told)
    assert len(told.sold) >= times


@pytest.mark.acceptance("A41")
def test_killed_at_25_random_points(tmp_path: Path) -> None:
    kill_often(tmp_path, 41, 25, 5)


@pytest.mark.soak
@pytest.mark.acceptance("A41")
@pytest.mark.timeout(3600)
def test_killed_at_500_random_points(tmp_path: Path) -> None:
    kill_often(tmp_path, 4100, 500, 25)


_CART = """
import os, signal, sys
from pathlib import Path
from pos_app.bootstrap import open_house
from tests.services.houses import cash, good_id
house = open_house(Path(sys.argv[1]))
house.till.add(good_id("P002"), 2000)
house.till.park("먼저 온 손님")
house.till.add(good_id("P001"), 1500)
house.till.add(good_id("P006"))
if sys.argv[2] == "sold":
    house.till.complete([cash(1_000_000)])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.acceptance("A5")
@pytest.mark.parametrize("when", ["open", "sold"])
def test_carts_survive_the_kill_and_a_sold_one_is_not_offered_again(tmp_path: Path, when: str) -> None:
    open_market(tmp_path).close()
    child = subprocess.run([sys.executable, "-c", _CART, str(tmp_path), when], cwd=ROOT, check=False)
    assert child.returncode == -signal.SIGKILL
    house = open_house(tmp_path)
    assert [cart.name for cart in house.till.parked()] == ["먼저 온 손님"]
    assert house.till.unfinished() == (when == "open")
    if when == "open":
        house.till.resume()
        assert [(line.product_id, line.quantity_milli) for line in house.till.cart.lines] == [
            (good_id("P001"), 1500),
            (good_id("P006"), 1000),
        ]
    house.till.clear()
    house.till.recall(house.till.parked()[0].id)
    assert house.till.priced.total_won == 42_000
    house.close()


_START = """
import sys
from pathlib import Path
from pos_app.bootstrap import open_house
import pos_app.storage.migrate, pos_app.storage.writing
print("go", flush=True)
open_house(Path(sys.argv[1])).close()
"""


@pytest.mark.acceptance("A41")
def test_a_first_start_that_is_killed_leaves_a_home_that_opens(tmp_path: Path) -> None:
    chosen = random.Random(7)
    for number in range(4):
        home = tmp_path / str(number)
        child = subprocess.Popen(
            [sys.executable, "-c", _START, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "go\n"
        timer = threading.Timer(chosen.random() * 0.12, child.send_signal, [signal.SIGKILL])
        timer.start()
        child.wait()
        timer.cancel()
        timer.join()
        child.stdout.close()
        house = open_house(home)
        assert house.integrity.verify().findings == ()
        assert house.integrity.rebuild().different == ()
        house.close()
