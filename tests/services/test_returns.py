"""Refunds and voids: never more than was sold, to the won, and told apart."""

import random
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.cart import Discount
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderType
from pos_app.services.house import House
from tests.services.houses import card, cash, event_bytes, good_id, open_market, refused, sell, session


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home")


@pytest.mark.acceptance("A38")
def test_parts_given_back_one_by_one_come_to_exactly_what_was_paid(house: House) -> None:
    chosen = random.Random(38)
    for _ in range(25):
        house.till.add(good_id("P001"), chosen.randrange(100, 3000))
        house.till.add(good_id("P006"), chosen.randrange(1, 5) * 1000)
        house.till.set_cart_discount(Discount("won", chosen.randrange(1, 200)))
        done = house.till.complete([cash(1_000_000)])
        back = 0
        while lines := [line for line in house.returns.sale(done.sale_id).lines if line.left_milli]:
            line = chosen.choice(lines)
            milli = min(line.left_milli, chosen.randrange(1, line.quantity_milli + 1))
            worth = house.returns.worth(done.sale_id, [(line.no, milli)])
            got = house.returns.refund(done.sale_id, [(line.no, milli, True)], "까닭", TenderType.CASH)
            assert got.total_won == worth >= 0
            back += worth
        assert back == done.total_won
        with refused("refund.nothing_left"):
            house.returns.refund(done.sale_id, [(1, 1, True)], "까닭", TenderType.CASH)
    day = house.reports.day()
    assert (day["net_won"], day["vat_won"], day["exempt_won"], day["unsplit_won"]) == (0, 0, 0, 0)
    assert day["taxable_supply_won"] == 0
    assert {row["net_won"] for row in day["by_vendor"]} == {0}
    house.close()


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([(1, 3001, True)], "refund.too_many"),
        ([(1, 2000, True), (1, 2000, True)], "refund.too_many"),
        ([(1, 0, True)], "refund.not_positive"),
        ([(1, -1000, True)], "refund.not_positive"),
        ([(2, 1000, True)], "refund.unknown_line"),
        ([(0, 1000, True)], "refund.unknown_line"),
        ([], "refund.empty"),
    ],
)
def test_what_cannot_be_given_back_changes_nothing(
    house: House, lines: list[tuple[int, int, bool]], code: str
) -> None:
    sale = sell(house, [("P002", 3000)])
    before = event_bytes(house)
    with refused(code):
        house.returns.refund(sale, lines, "까닭", TenderType.CASH)
    with refused("refund.no_reason"):
        house.returns.refund(sale, [(1, 1000, True)], "  ", TenderType.CASH)
    with refused("sale.unknown"):
        house.returns.refund("no such sale", [(1, 1000, True)], "까닭", TenderType.CASH)
    assert event_bytes(house) == before
    house.close()


def test_a_void_takes_the_sale_out_of_every_total_and_happens_once(house: House) -> None:
    kept = house.reports.day()
    sale = sell(house, [("P002", 1000), ("P001", 555)], card(5_000), cash(100_000))
    house.returns.void(sale, "잘못 눌렀어요")
    day = house.reports.day()
    assert day["voids_count"] == 1
    for name in (
        "sales_count",
        "gross_won",
        "net_won",
        "vat_won",
        "exempt_won",
        "tenders",
        "by_product",
        "truncation_won",
    ):
        assert day[name] == kept[name], name
    with refused("void.already"):
        house.returns.void(sale, "또")
    with refused("refund.voided"):
        house.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CASH)
    other = sell(house, [("P002", 2000)])
    house.returns.refund(other, [(1, 1000, True)], "까닭", TenderType.CASH)
    with refused("void.refunded_before"):
        house.returns.void(other, "까닭")
    house.close()


def test_a_sale_of_another_shift_is_refunded_not_voided(house: House) -> None:
    sale = sell(house, [("P002", 1000)], card(21_000))
    house.shifts.count_total(0)
    house.shifts.close()
    house.shifts.open(50_000)
    with refused("void.other_shift"):
        house.returns.void(sale, "까닭")
    assert not house.returns.sale(sale).same_shift
    house.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CARD, "777")
    house.close()


@pytest.mark.acceptance("A38")
def test_two_refunds_at_once_cannot_give_one_thing_back_twice(tmp_path: Path) -> None:
    house, other = open_market(tmp_path), open_house(tmp_path)
    sale = sell(house, [("P002", 1000)])
    assert other.returns.worth(sale, [(1, 1000)]) == 21_000
    house.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CASH)
    with pytest.raises(DomainError):
        other.returns.refund(sale, [(1, 1000, True)], "까닭", TenderType.CASH)
    assert house.returns.sale(sale).lines[0].left_milli == 0
    house.close()
    other.close()


def test_the_list_of_receipts_finds_by_number_amount_and_item(house: House) -> None:
    sell(house, [("P002", 1000)])
    wanted = sell(house, [("P006", 1000), ("P001", 500)])
    number = house.returns.sale(wanted).receipt_no
    for text in (number, number[-4:], "꽃차", "13,790", "13790"):
        assert [row.sale_id for row in house.returns.recent(text=text)] == [wanted], text
    for text in ("%", "_", "'", '"'):
        assert house.returns.recent(text=text) == []
    assert len(house.returns.recent()) == 2
    assert len(house.returns.recent(limit=1)) == 1
    house.close()


@pytest.mark.acceptance("A39")
def test_a_cashier_sees_the_own_day_only_where_the_house_says_so(house: House) -> None:
    sell(house, [("P002", 1000)])
    house.use(session(Role.CASHIER, "박계산"))
    sell(house, [("P002", 2000)])
    gone = sell(house, [("P006", 1000)])
    house.returns.void(gone, "까닭")
    with refused("right.missing"):
        house.returns.totals()
    house.use(session(Role.COORDINATOR))
    assert house.settings.get("policy.cashier_totals") == "0"
    house.settings.set("policy.cashier_totals", "1")
    assert house.returns.totals().count == 2
    house.use(session(Role.CASHIER, "박계산"))
    made = house.returns.totals()
    assert (made.count, made.sold_won, made.refunded_won) == (1, 42_000, 0)
    with refused("right.missing"):
        house.reports.day()
    with refused("right.missing"):
        house.settings.set("policy.cashier_totals", "0")
