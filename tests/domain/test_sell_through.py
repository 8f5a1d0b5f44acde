"""Sell-through: 100 % means that really everything went."""

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.sell_through import (
    Offered,
    SellThrough,
    by_vendor,
    of_all,
    of_product,
    permille,
    together,
)

JAM = Offered("v1", "p1", 7_500, 10_000, 10_000)
POTATO = Offered("v1", "p2", 2_900, 20_000, 5_000, gone_milli=1_000, rounding_won=10)


def test_a_product() -> None:
    assert (of_product(JAM), JAM.sold_out, JAM.left_milli) == (1000, True, 0)
    assert (of_product(POTATO), POTATO.sold_out, POTATO.left_milli) == (250, False, 14_000)
    assert permille(9_999, 10_000) == 999
    assert permille(5, 0) is None
    assert (permille(-5, 10), permille(15, 10)) == (0, 1000)
    taken_home = Offered("v1", "p3", 1_000, 5_000, 4_000, gone_milli=1_000)
    assert not taken_home.sold_out


def test_a_vendor_is_weighed_by_value() -> None:
    # 75,000 of 75,000 and 14,500 of 58,000: 89,500 of 133,000 = 672.9
    assert of_all([JAM, POTATO, Offered("v1", "p9", 1, 0, 3_000)]) == SellThrough(672, 2, 1, 133_000, 89_500)


def test_more_sold_than_brought_counts_as_all_and_hides_nothing() -> None:
    found = of_all([Offered("v1", "p1", 7_500, 10_000, 30_000), POTATO])
    assert (found.permille, found.sold_won) == (672, 89_500)


def test_nothing_brought_and_goods_without_a_price() -> None:
    assert of_all([]) == SellThrough(None, 0, 0, 0, 0)
    gift = Offered("v1", "p1", 0, 2_000, 1_000)
    assert of_all([gift, Offered("v1", "p2", 0, 2_000, 2_000)]) == SellThrough(500, 2, 1, 0, 0)
    # a free product that is left keeps the sum below 100 %
    assert of_all([JAM, gift]).permille == 999


def test_vendors_the_best_first() -> None:
    other = Offered("v2", "p3", 1_000, 5_000, 5_000)
    empty = Offered("v3", "p4", 1_000, 0, 0)
    assert [vendor for vendor, _ in by_vendor([empty, JAM, POTATO, other])] == ["v2", "v1", "v3"]
    assert [vendor for vendor, _ in by_vendor([JAM, other])] == ["v1", "v2"]


goods = st.builds(
    Offered,
    st.just("v"),
    st.just("p"),
    st.integers(0, 10**5),
    st.integers(0, 10**5),
    st.integers(-1_000, 10**5),
)


@given(st.lists(goods, max_size=6))
def test_full_only_when_all_is_sold_out(offered: list[Offered]) -> None:
    found = of_all(offered)
    brought = [each for each in offered if each.brought_milli > 0]
    assert (found.permille == 1000) == (bool(brought) and all(each.sold_out for each in brought))
    assert found.permille is None or 0 <= found.permille <= 1000
    assert found.sold_won <= found.brought_won


@given(st.lists(st.lists(goods, max_size=4), max_size=4))
def test_sums_together_are_the_sum_of_all(parts: list[list[Offered]]) -> None:
    assert together(of_all(part) for part in parts) == of_all(each for part in parts for each in part)
