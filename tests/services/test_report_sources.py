"""One vendor's kept figures are what that vendor's receipts tell, to the won."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pos_app.domain.money import spread
from pos_app.facts import sales as facts
from pos_app.reports.asked import Asked
from pos_app.services.house import House
from pos_app.services.report_scope import Scope, resolve
from pos_app.services.report_sources import KeptOfOne, Source, source
from pos_app.services.report_told import Told
from pos_app.storage.unit_of_work import register_scope
from sync.rows import Rows
from tests.services.houses import VENDORS, open_market, vendor_id
from tests.services.reports_season import season

SPANS = (Asked("2025-01-01", "2026-12-31"), Asked("2026-11-21", "2026-11-27"), Asked("2026-11-20"))
REGISTERS = ("R1", "R2")


def told_of(given: Source) -> dict[str, object]:
    """All that a source can tell."""
    return {
        "days": given.by_day(),
        "tenders": given.tenders(),
        "products": given.products(),
        "hours": given.hours(),
        "tax": given.tax(),
    }


def check_each_vendor(house: House, asked: Asked) -> int:
    """Compare the kept figures of each vendor with their receipts; how many had any."""
    having = 0
    with house.desk.work.read() as rows:
        for number in range(len(VENDORS)):
            scope = resolve(house.desk, rows, asked._replace(vendor=vendor_id(number)))
            kept, told = source(rows, scope), told_of(Told(rows, scope))
            assert isinstance(kept, KeptOfOne)
            assert told_of(kept) == told
            having += bool(told["days"])
    return having


@pytest.mark.parametrize("seed", range(3))
def test_a_season_of_one_vendor(tmp_path: Path, seed: int) -> None:
    house = season(tmp_path, sales=8, seed=seed)
    having = [check_each_vendor(house, asked) for asked in SPANS]
    assert having[0] == len(VENDORS)
    assert house.integrity.rebuild().different == ()
    house.close()


def _seller(chance: random.Random, name: str, net: int, taxed: int) -> facts.SellerFigures:
    """A seller's frozen figures: VAT taken out of what is taxed, or left unsplit."""
    if chance.random() < 0.3:
        return facts.SellerFigures(name, name, "", "simplified", net, 0, 0, net - taxed, taxed)
    supply = max(0, taxed * 10 // 11 + chance.randint(-1, 1))
    return facts.SellerFigures(name, name, "", "general", net, supply, taxed - supply, net - taxed, 0)


def _tenders(chance: random.Random, nets: list[int]) -> tuple[facts.Tender, ...]:
    total, found = sum(nets), []
    first = chance.randint(0, total) if total and chance.random() < 0.5 else total
    left = list(nets)
    for no, won in enumerate([first, total - first] if first < total else [first], 1):
        shares = spread(won, left) if any(left) else (0,) * len(left)
        left = [rest - share for rest, share in zip(left, shares, strict=True)]
        kind, name = chance.choice((("cash", ""), ("card", ""), ("voucher", "onnuri"), ("voucher", "local")))
        found.append(
            facts.Tender(
                no, kind, won, won, 0, shares, kind=name, held_by=chance.choice(("cooperative", "vendor"))
            )
        )
    return tuple(found)


class Market:
    """Random receipts of several vendors under the same sellers, recorded as they are."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.chance = house, random.Random(seed)
        with house.desk.work.read() as rows:
            self.day = house.desk.day(rows)
        self.sold: list[tuple[str, facts.Sale]] = []
        self.number = 0

    def head(self) -> dict[str, Any]:
        """Where and when, anew for each receipt."""
        self.number += 1
        register = self.chance.choice(REGISTERS)
        return {
            "day_id": self.day.day_id,
            "shift_id": f"shift-{register}",
            "register": register,
            "business_date": self.day.business_date,
            "at": f"2026-11-20T{self.chance.randint(9, 12):02d}:30:00+09:00",
            "receipt_no": f"{register}-AA-{self.number:04d}",
        }

    def sell(self) -> None:
        """A sale, of sellers that stand for several vendors, at times under an id that is known already."""
        chance, lines = self.chance, []
        for no in range(1, chance.randint(1, 5) + 1):
            amount = chance.choice((0, chance.randint(1, 50_000)))
            off, cart_off, cut = (chance.randint(0, amount // 4) for _ in range(3))
            lines.append(
                facts.SaleLine(
                    no, f"p{chance.randint(1, 6)}", vendor_id(chance.randrange(len(VENDORS))), chance.randint(0, 1),
                    "것", "개", chance.choice(("taxable", "exempt")), "each", amount, amount, 1000 * chance.randint(1, 3),
                    amount, off, cart_off, cut, amount - off - cart_off - cut,
                )
            )  # fmt: skip
        nets = [line.net_won for line in lines]
        sellers = tuple(
            _seller(
                chance,
                f"s{number}",
                sum(line.net_won for line in lines if line.seller == number),
                sum(line.net_won for line in lines if line.seller == number and line.tax_class == "taxable"),
            )
            for number in range(2)
        )
        given = str(UUID(int=chance.randint(1, 9))) if chance.random() < 0.4 else ""
        gross, total = sum(line.amount_won for line in lines), sum(nets)
        cuts = sum(line.truncation_won for line in lines)
        sale = facts.Sale(
            **self.head(), lines=tuple(lines), sellers=sellers, tenders=_tenders(chance, nets), gross_won=gross,
            discount_won=gross - cuts - total, truncation_won=cuts, total_won=total, received_won=total,
            change_won=0, given_id=given,
        )  # fmt: skip
        self.sold.append((self.record(sale, given), sale))

    def give_back(self) -> None:
        """Part of some lines."""
        sale_id, sale = self.chance.choice(self.sold)
        back = []
        for line in self.chance.sample(sale.lines, self.chance.randint(1, len(sale.lines))):
            won = self.chance.randint(0, line.net_won)
            back.append(
                facts.RefundLine(
                    line.no, line.product_id, line.vendor_id, line.seller, line.name, line.unit, line.tax_class,
                    line.unit_price_won, 1000, won,
                )
            )  # fmt: skip
        wons = [line.refund_won for line in back]
        sellers = tuple(
            _seller(
                self.chance,
                f"s{number}",
                sum(line.refund_won for line in back if line.seller == number),
                sum(
                    line.refund_won for line in back if line.seller == number and line.tax_class == "taxable"
                ),
            )
            for number in range(2)
        )
        given = str(UUID(int=self.chance.randint(20, 23))) if self.chance.random() < 0.4 else ""
        refund = facts.Refund(
            sale_id=sale_id, sale_receipt_no="", sale_business_date=self.day.business_date, **self.head(),
            lines=tuple(back), sellers=sellers, tenders=_tenders(self.chance, wons), refund_won=sum(wons),
            reason="까닭", given_id=given,
        )  # fmt: skip
        self.record(refund)

    def void(self) -> None:
        """All of a sale, which may be void already."""
        sale_id, sale = self.chance.choice(self.sold)
        self.record(
            facts.VoidSale(
                sale_id, sale.receipt_no, sale.day_id, sale.shift_id, sale.register, sale.at, "까닭"
            )
        )

    def record(self, fact: facts.Sale | facts.Refund | facts.VoidSale, given: str = "") -> str:
        """Write it into the log of its register; the id of what it makes."""
        with self.house.desk.work.begin() as work:
            made = work.record(register_scope(self.day.day_id, fact.register), fact)
        return given or str(UUID(bytes=made.key[:16]))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The small market, nothing sold yet."""
    house = open_market(tmp_path)
    yield house
    house.close()


@pytest.mark.parametrize("seed", range(6))
def test_random_receipts_of_one_vendor(house: House, seed: int) -> None:
    market = Market(house, seed)
    for _ in range(5):
        market.sell()
    for _ in range(40):
        market.chance.choice((market.sell, market.sell, market.give_back, market.void))()
    assert check_each_vendor(house, Asked("2026-11-20")) == len(VENDORS)
    assert house.integrity.rebuild().different == ()
    assert check_each_vendor(house, Asked("2026-11-20")) == len(VENDORS)


def _scope(house: House, rows: Rows, vendors: frozenset[str]) -> Scope:
    whole = resolve(house.desk, rows, Asked("2026-11-20"))
    return Scope(whole.days, whole.from_on, whole.until_on, vendors, "", whole.vendors)


def test_a_receipt_of_two_vendors_counts_once_for_both_together(house: House) -> None:
    market = Market(house, 1)
    for _ in range(20):
        market.sell()
    ids = frozenset(vendor_id(number) for number in range(len(VENDORS)))
    with house.desk.work.read() as rows:
        together = source(rows, _scope(house, rows, ids)).by_day()
        alone = [source(rows, _scope(house, rows, frozenset([one]))).by_day() for one in ids]
    figures = together[market.day.day_id]
    assert figures["sales_count"] == len({sale_id for sale_id, _ in market.sold})
    assert sum(days[market.day.day_id]["sales_count"] for days in alone) > figures["sales_count"]
    assert sum(days[market.day.day_id]["gross_won"] for days in alone) == figures["gross_won"]
