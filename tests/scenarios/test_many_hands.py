"""Several processes' worth of houses on one home at once: every rule still holds afterwards."""

import random
import threading
from pathlib import Path

import msgspec
import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.errors import DomainError
from pos_app.domain.tender import TenderType
from pos_app.services.house import House
from pos_app.storage.queries import sales, totals
from tests.scenarios.without_flush import skip_flushes
from tests.services.houses import GOODS, card, cash, good_id, open_market

FREE = [good.code for good in GOODS if good.oversell != "block"]


class Hand(threading.Thread):
    """Somebody at a house of their own who does whatever comes to mind; rules may say no."""

    def __init__(self, house: House, seed: int, steps: int) -> None:
        super().__init__()
        self.house, self.chosen, self.steps = house, random.Random(seed), steps
        self.bug: BaseException | None = None

    def run(self) -> None:
        for _ in range(self.steps):
            try:
                self.act()
            except DomainError:
                self.house.till.clear()
            except BaseException as bug:
                self.bug = bug
                return

    def act(self) -> None:
        """One thing."""
        house, chosen = self.house, self.chosen
        kind = chosen.random()
        known = [row.sale_id for row in house.returns.recent(20)]
        if kind < 0.6 or not known:
            for code in chosen.sample(FREE, 2):
                house.till.add(good_id(code), 1000)
            house.till.complete([chosen.choice([cash(10_000_000), card(house.till.priced.total_won)])])
        elif kind < 0.72:
            house.returns.refund(chosen.choice(known), [(1, 500, True)], "까닭", TenderType.CASH)
        elif kind < 0.8:
            house.returns.void(chosen.choice(known), "까닭")
        elif kind < 0.85:
            house.shifts.move_cash("pay_in", 1000, "까닭")
        elif kind < 0.9:
            house.papers.reprint(chosen.choice(known))
        elif kind < 0.95:
            house.shifts.count_total(house.shifts.count_total(0).expected_won)
            house.shifts.close("까닭")
        else:
            house.shifts.open(1000)


def check(house: House) -> None:
    """Chains, tables, numbers, and each Z against what its shift came to."""
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()
    with house.database.read() as rows:
        given = 'SELECT "receipt_no" FROM "sale" UNION ALL SELECT "receipt_no" FROM "refund"'
        numbers = sorted(int(number.rsplit("-", 1)[1]) for (number,) in rows.all(given))
        assert numbers == list(range(1, len(numbers) + 1))
        closed = [shift for (shift,) in rows.all('SELECT "shift_id" FROM "shift_close"')]
        for shift in closed:
            z = sales.shift_close(rows, shift)
            assert z is not None
            later = totals.of_shift(rows, shift)
            assert {name: msgspec.structs.asdict(z.totals)[name] for name in later} == later
        zs = sorted(z for (z,) in rows.all('SELECT "z_no" FROM "shift_close"'))
        assert zs == list(range(1, len(zs) + 1))
        sold = rows.all(
            'SELECT l."quantity_milli", coalesce((SELECT sum(r."quantity_milli") FROM "refund_line" r '
            'WHERE r."sale_id" = l."sale_id" AND r."line" = l."no"), 0) FROM "sale_line" l'
        )
        assert all(back <= milli for milli, back in sold)
        both = 'SELECT 1 FROM "void_sale" v JOIN "refund" r ON r."sale_id" = v."sale_id"'
        assert rows.one(both) is None


@pytest.mark.acceptance("A12", "A17", "A26")
@pytest.mark.parametrize("seed", range(3))
def test_three_houses_on_one_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    skip_flushes(monkeypatch)
    houses = [open_market(tmp_path), open_house(tmp_path), open_house(tmp_path)]
    hands = [Hand(house, 10 * seed + number, 60) for number, house in enumerate(houses)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert [hand.bug for hand in hands] == [None, None, None]
    for house in houses[1:]:
        house.close()
    check(houses[0])
    houses[0].close()
