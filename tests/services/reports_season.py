"""A house with market days of two years and two markets, everything in it that a report may have to count."""

import random
from pathlib import Path

from pos_app.domain.catalogue import Certificate
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.facts.market import Donation, DonationLine, Order, OrderedLine, PickUp
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.storage.unit_of_work import CATALOGUE, OFFICE
from tests.services.houses import GOODS, VENDORS, cash, good_id, open_market, vendor_id

DAYS = (
    ("시험 장터", "2026-11-21", "한전"),
    ("시험 장터", "2026-11-27", "한전"),
    ("금요장터", "2026-12-04", "LH"),
    ("시험 장터", "2025-11-21", "한전"),
)
CERTIFICATES = {
    0: (Certificate("사회적기업"), Certificate("마을기업", valid_from="2026-11-25")),
    1: (Certificate("여성기업", valid_to="2026-11-21"),),
    3: (Certificate("자활기업"), Certificate("사회적기업")),
}
COOPERATIVES = {0: "가치키움", 1: "가치키움", 2: "전남상사"}
DEPARTMENTS = ("", "", "", "총무부", "안전부")


def season(home: Path, sales: int = 12, seed: int = 7) -> House:
    """Four market days (a fifth, 2026-11-20, stays without a sale) with sales of every kind, refunds, voids, an order picked up, donations."""
    house = open_market(home, brought=True)
    _label(house)
    chance = random.Random(seed)
    for market, on, agency in DAYS:
        house.days.open(market, on, "R1", agency)
        house.shifts.open(0)
        ids = [_sell(house, chance) for _ in range(sales)]
        house.returns.void(ids[1], "잘못 찍음")
        for sale_id in ids[2:4]:
            _give_back(house, sale_id, chance)
        _market(house, on, ids[4])
    return house


def _label(house: House) -> None:
    with house.desk.work.begin() as work:
        for number in range(len(VENDORS)):
            wanted = {
                "certificates": [
                    {name: getattr(each, name) for name in Certificate.__slots__}
                    for each in CERTIFICATES.get(number, ())
                ],
                "cooperative": COOPERATIVES.get(number, ""),
            }
            edit = edit_of(work.rows, "vendor", vendor_id(number), wanted)
            if edit is not None:
                work.record(CATALOGUE, edit)
        for good in GOODS[:4]:
            edit = edit_of(work.rows, "product", good_id(good.code), {"category": "가공"})
            if edit is not None:
                work.record(CATALOGUE, edit)


def _sell(house: House, chance: random.Random) -> str:
    codes = chance.sample([good.code for good in GOODS if good.code != "P003"], chance.randint(1, 4))
    for code in codes:
        house.till.add(good_id(code), chance.choice((1000, 2000, 1240)) if code in ("P001", "P008") else 1000)
    department = chance.choice(DEPARTMENTS)
    house.till.set_customer(department)
    due = house.till.priced.total_won
    kind = chance.choice(("cash", "card", "split", "credit" if department else "voucher"))
    part = max(1, due - 1000)
    tenders = {
        "cash": [cash(10_000_000)],
        "card": [TenderInput(TenderType.CARD, due, approval_no="12345678")],
        "split": [TenderInput(TenderType.CARD, part, approval_no="12345678"), cash(10_000_000)],
        "credit": [TenderInput(TenderType.CREDIT, due, payer=department)],
        "voucher": [TenderInput(TenderType.VOUCHER, 5000, kind="onnuri"), cash(10_000_000)],
    }[kind if due > 5000 or kind != "voucher" else "cash"]
    return house.till.complete(tenders).sale_id


def _give_back(house: House, sale_id: str, chance: random.Random) -> None:
    sold = house.returns.sale(sale_id)
    line = chance.choice(sold.lines)
    alone = len(sold.tenders) == 1 and sold.tenders[0][0] != "voucher"
    tender = TenderType(sold.tenders[0][0]) if alone else TenderType.CASH
    house.returns.refund(
        sale_id, [(line.no, line.quantity_milli, True)], "상했어요", tender, approval_no="999"
    )


def _market(house: House, on: str, sale_id: str) -> None:
    """An order, its picking up, and a donation."""
    day = house.days.current()
    assert day is not None
    at = f"{on}T10:00:00+09:00"
    lines = (OrderedLine(1, good_id("P006"), vendor_id(3), "꽃차", "통", 2000, 12_345),)
    given = (
        DonationLine(good_id("P002"), vendor_id(1), "참기름", "병", 1000, 21_000, 21_000, "bought"),
        DonationLine(good_id("P001"), vendor_id(0), "감자", "kg", 2000, 2_900, 5_800, "leftover"),
    )
    with house.desk.work.begin() as work:
        order = Order(
            f"o-{on}", "b", day.day_id, at, "한전", "총무부", "", "", f"TOKEN{on}", lines, "ordered", 1
        )
        work.record(OFFICE, order)
        work.record(OFFICE, PickUp(f"o-{on}", day.day_id, "R1", at, sale_id, 1))
        work.record(
            OFFICE, Donation(f"d-{on}", day.day_id, on, at, f"복지관 {on[:4]}", given, 26_800, "이현서")
        )
