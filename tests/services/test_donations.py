"""사회공헌: leftovers move once, bought goods moved with their sale, the slip and the sums."""

from pathlib import Path

import pytest

from pos_app.domain.goods_sheet import Entry
from pos_app.domain.operators import Role
from pos_app.services.donations import Gift
from pos_app.services.house import House
from tests.services.houses import cash, good_id, open_market, refused, session
from tests.services.test_goods_sheets import hand, today

OIL, TEA = good_id("P002"), good_id("P006")


def sold(house: House, customer: str = "") -> str:
    """Ten bottles for a department."""
    house.till.add(OIL, 10_000)
    house.till.set_customer(customer)
    return house.till.complete([cash(210_000)]).sale_id


def test_leftovers_leave_the_stock_once(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    gifts = [Gift(OIL, 3000), Gift(TEA, 2000), Gift(OIL, 1000)]
    one = house.donations.give("나눔의 집", gifts, "최복지")
    assert house.donations.give("나눔의 집", gifts, "최복지", donation_id=one) == one
    assert (hand(house, "P002"), hand(house, "P006")) == (56_000, 28_000)
    assert house.donations.totals().value_won == 4 * 21_000 + 2 * 12_345
    house.donations.give("나눔의 집", [Gift(OIL, 60_000)], donation_id=one)  # its own goods count as there
    assert (hand(house, "P002"), hand(house, "P006")) == (0, 30_000)
    house.donations.withdraw(one)
    house.donations.withdraw(one)
    assert hand(house, "P002") == 60_000 and house.donations.totals().deliveries == 0
    assert house.integrity.rebuild().different == ()
    house.close()


def test_what_a_sheet_put_aside_is_given_not_taken_again(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    house.goods_sheets.save("aside", today(house), [Entry(OIL, taken_home=50_000, donated=10_000)])
    assert hand(house, "P002") == 0
    (left,) = [good for good in house.donations.leftovers() if good.product_id == OIL]
    assert left.left_milli == 10_000
    house.donations.give("복지관", [Gift(OIL, 8000)])
    assert hand(house, "P002") == 0
    with refused("donation.more_than_left"):
        house.donations.give("복지관", [Gift(OIL, 3000)])
    house.donations.give("복지관", [Gift(OIL, 2000)])
    with refused("goods.below_recorded"):
        house.goods_sheets.save("less", today(house), [Entry(OIL, donated=9000)])
    _, balances = house.goods_sheets.balance()
    (row,) = (r for b in balances for r in b.rows if r.product_id == OIL)
    assert (row.donated_milli, row.gap_milli) == (10_000, 0)
    house.close()


def test_bought_goods_moved_with_their_sale(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sale = sold(house, "총무처")
    assert hand(house, "P002") == 50_000
    receipt = house.returns.sale(sale).receipt_no
    (good,) = house.donations.bought(receipt)
    assert (good.left_milli, good.vendor) == (10_000, house.goods_sheets.sheet(good.vendor_id).vendor.name)
    house.donations.give("복지관", [Gift(OIL, 6000, sale)])
    assert hand(house, "P002") == 50_000
    assert house.donations.bought(receipt)[0].left_milli == 4000
    with refused("donation.more_than_left"):
        house.donations.give("복지관", [Gift(OIL, 4001, sale)])
    (delivery,) = house.donations.deliveries()
    assert delivery.lines[0].given_by == "총무처" and delivery.lines[0].source == "bought"
    house.close()


@pytest.mark.parametrize(
    ("institution", "gifts", "code"),
    [
        (" ", [Gift(OIL, 1000)], "donation.no_institution"),
        ("집", [], "donation.empty"),
        ("집", [Gift(OIL, 0)], "quantity.not_positive"),
        ("집", [Gift(OIL, 60_001)], "donation.more_than_left"),
        ("집", [Gift("none", 1)], "product.unknown"),
        ("집", [Gift(OIL, 1, "none")], "sale.unknown"),
    ],
)
def test_what_cannot_be_given(tmp_path: Path, institution: str, gifts: list[Gift], code: str) -> None:
    house = open_market(tmp_path)
    with refused(code):
        house.donations.give(institution, gifts)
    assert house.donations.deliveries() == []
    house.close()


def test_a_voided_sale_and_a_cashier(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    sale = sold(house)
    house.returns.void(sale, "까닭")
    with refused("donation.voided"):
        house.donations.bought(sale)
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        house.donations.give("집", [Gift(OIL, 1000)])
    house.close()


def test_the_slip_on_paper(tmp_path: Path) -> None:
    house = open_market(tmp_path)
    one = house.donations.give("나눔의 집", [Gift(OIL, 3000), Gift(TEA, 2000)], "최복지", "오후 5시")
    assert house.donations.slip(one).title == "전달확인서"
    paper = house.donations.pdf(one)
    assert paper.startswith(b"%PDF") and b"595.2756 841.8898" in paper  # A4, upright
    house.donations.withdraw(one)
    with refused("donation.unknown"):
        house.donations.slip(one)
    house.close()
