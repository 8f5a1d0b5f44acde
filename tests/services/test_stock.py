"""On hand is the sum of movements, whatever happens; and what is sold beyond it is a policy."""

import random
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.tender import TenderType
from pos_app.services.house import House
from tests.services.houses import GOODS, cash, good_id, open_market, refused, sell, take_goods

FREE = [good for good in GOODS if good.oversell != "block"]


def on_hand(house: House) -> dict[str, int]:
    """On hand by code as the till shows it."""
    tiles = {tile.product_id: tile.on_hand_milli for tile in house.goods.tiles()}
    return {good.code: tiles[good_id(good.code)] or 0 for good in GOODS}


class Model:
    """The stock as a person with a notebook would keep it."""

    def __init__(self) -> None:
        self.left: Counter[str] = Counter({good.code: good.brought for good in GOODS})
        self.sales: dict[str, dict[int, tuple[str, int]]] = {}  # sale -> line -> (code, milli not given back)
        self.touched: set[str] = set()

    def step(self, house: House, chosen: random.Random, number: int) -> None:
        """One random thing, done and noted."""
        kind = chosen.random()
        recent = list(islice(reversed(self.sales.items()), 40))
        open_sales = [sale for sale, lines in recent if any(milli for _, milli in lines.values())]
        if kind < 0.55 or not open_sales:
            goods = [
                (g.code, chosen.randrange(1, 4) * 1000) for g in chosen.sample(FREE, chosen.randrange(1, 4))
            ]
            sale = sell(house, goods)
            self.sales[sale] = dict(enumerate(goods, 1))
            self.left.subtract(dict(goods))
        elif kind < 0.75:
            self._refund(house, chosen, chosen.choice(open_sales))
        elif kind < 0.85:
            sale = chosen.choice(open_sales)
            if sale not in self.touched:
                house.returns.void(sale, "까닭")
                self.left.update(dict(self.sales.pop(sale).values()))
        else:
            good = chosen.choice(GOODS)
            reason = chosen.choice(["brought", "taken_home", "donated", "waste", "count"])
            milli = chosen.randrange(1, 9000) * (1 if reason in ("brought", "count") else -1)
            take_goods(house, reason, good.code, milli, f"batch-{number}")
            self.left[good.code] += milli

    def _refund(self, house: House, chosen: random.Random, sale: str) -> None:
        line = chosen.choice([no for no, (_, milli) in self.sales[sale].items() if milli])
        code, milli = self.sales[sale][line]
        back = chosen.randrange(1, milli + 1)
        again = chosen.random() < 0.7
        house.returns.refund(sale, [(line, back, again)], "까닭", TenderType.CASH)
        self.sales[sale][line] = (code, milli - back)
        self.touched.add(sale)
        self.left[code] += back if again else 0


@pytest.mark.acceptance("A17")
def test_5000_random_steps_agree_with_a_notebook(tmp_path: Path) -> None:
    house, model, chosen = open_market(tmp_path), Model(), random.Random(17)
    house.desk.settings.set("print_receipts", "0")
    for number in range(5000):
        model.step(house, chosen, number)
        if number % 500 == 499:
            assert on_hand(house) == dict(model.left), number
    with house.database.read() as rows:
        moved: dict[str, int] = dict(
            rows.all('SELECT "product_id", sum("quantity_milli") FROM "stock_movement" GROUP BY 1')
        )
        kept: dict[str, int] = dict(rows.all('SELECT "product_id", "on_hand_milli" FROM "stock"'))
    assert kept == moved
    assert {good_id(code): milli for code, milli in model.left.items() if milli} == {
        k: v for k, v in kept.items() if v
    }
    assert house.integrity.rebuild().different == ()
    house.close()


@pytest.mark.acceptance("A18")
def test_each_item_follows_its_own_policy(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    key = house.till.add(good_id("P003"), 5000)
    with refused("stock.blocked"):
        house.till.add(good_id("P003"))
    with refused("stock.blocked"):
        house.till.set_quantity(key, 5001)
    assert house.till.warnings == ()
    house.till.complete([cash(100_000)])
    with refused("stock.blocked"):
        house.till.add(good_id("P003"), 1)
    allow = house.till.add(good_id("P004"), 9000)
    assert house.till.warnings == ()
    warn = house.till.add(good_id("P002"), 60_000)
    assert house.till.warnings == ()
    house.till.set_quantity(warn, 60_001)
    assert len(house.till.warnings) == 1
    assert "참기름" in house.till.warnings[0]
    house.till.set_quantity(warn, 1000)
    assert house.till.warnings == ()
    house.till.set_quantity(warn, 70_000)
    assert {line.key for line in house.till.cart.lines} == {allow, warn}
    house.till.complete([cash(10_000_000)])
    assert on_hand(house)["P002"] == -10_000
    house.close()


@pytest.mark.acceptance("A18")
def test_what_nobody_counted_is_sold_without_a_word(tmp_path: Path) -> None:
    house = open_market(tmp_path, brought=False)
    for code in ("P002", "P003", "P004"):
        house.till.add(good_id(code), 99_000)
    assert house.till.warnings == ()
    house.till.complete([cash(100_000_000)])
    house.close()


def test_goods_are_brought_once_however_often_the_day_is_opened(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    before = on_hand(house)
    for register in ("R1", "R2", "R1"):
        house.days.open("시험 장터", "2026-11-20", register)
    assert on_hand(house) == before == {good.code: good.brought for good in GOODS}
    house.close()


def test_a_refund_that_cannot_be_sold_again_is_waste(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sale = sell(house, [("P002", 3000)])
    house.returns.refund(sale, [(1, 1000, False)], "깨졌어요", TenderType.CASH)
    house.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CASH)
    with house.database.read() as rows:
        found = rows.all(
            'SELECT "reason", sum("quantity_milli") FROM "stock_movement" WHERE "product_id" = ? GROUP BY 1 ORDER BY 1',
            good_id("P002"),
        )
    assert found == [("brought", 60_000), ("refund", 2000), ("sale", -3000), ("waste", -1000)]
    house.close()
    open_house(tmp_path).close()
