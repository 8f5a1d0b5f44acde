"""Mass balance: in equals out, or the gap stands there in units and won."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.goods_balance import (
    GoodsRow,
    PastDay,
    Suggestion,
    balance,
    check_goods_out,
    ranked,
    suggest,
)
from pos_app.domain.stock import MovementReason, mass_balance

JAM = GoodsRow(
    "v1", "p1", "딸기잼", "병", 7_500, brought_milli=40_000, taken_home_milli=10_000, rung_milli=30_000
)
POTATO = GoodsRow("v1", "p2", "감자", "kg", 2_900, brought_milli=20_000, rung_milli=18_750, rounding_won=10)
BREAD = GoodsRow("v2", "p3", "식빵", "개", 5_500, brought_milli=10_000, rung_milli=12_000)


@pytest.mark.acceptance("A19")
def test_a_vendor_balances_or_shows_the_gap_in_units_and_won() -> None:
    assert (JAM.gap_milli, JAM.gap_won) == (0, 0)
    # 1.25 kg missing x 2,900 = 3,625 -> 3,630
    assert (POTATO.gap_milli, POTATO.gap_won) == (-1_250, -3_630)
    assert (BREAD.gap_milli, BREAD.gap_won) == (2_000, 11_000)
    first, second = balance([JAM, POTATO, BREAD])
    assert (first.vendor_id, first.short_won, first.over_won, first.balances) == ("v2", 0, 11_000, False)
    assert (second.vendor_id, second.short_won, second.gap_size_won) == ("v1", -3_630, 3_630)
    assert second.rows == (POTATO, JAM)
    assert balance([JAM])[0].balances


@pytest.mark.acceptance("A19")
def test_every_way_out_counts() -> None:
    # 40 - 5 - 3 - 2 = 30 should have been sold; a count found one missing: 29
    row = replace(
        JAM,
        taken_home_milli=5_000,
        donated_milli=3_000,
        waste_milli=2_000,
        missing_milli=1_000,
        rung_milli=28_000,
    )
    assert row.should_have_sold_milli == 29_000
    assert (row.gap_milli, row.gap_won, row.missing_won) == (-1_000, -7_500, 7_500)
    assert replace(row, missing_milli=-1_000).missing_won == -7_500


def test_gaps_of_two_products_do_not_hide_each_other() -> None:
    found = balance([replace(JAM, rung_milli=29_000), replace(JAM, product_id="p9", rung_milli=31_000)])[0]
    assert (found.short_won, found.over_won, found.gap_size_won) == (-7_500, 7_500, 15_000)


def test_ranked_by_won() -> None:
    gift = GoodsRow("v3", "p4", "견본", "개", 0, brought_milli=5_000)
    counted = replace(JAM, product_id="p5", taken_home_milli=9_000, missing_milli=1_000)
    assert ranked([JAM, gift, POTATO, counted, BREAD]) == (BREAD, POTATO, counted, gift)


@given(*[st.integers(0, 10**6)] * 6)
def test_the_gap_is_the_one_of_the_stock_rules(
    brought: int, home: int, donated: int, waste: int, missing: int, rung: int
) -> None:
    row = GoodsRow("v", "p", "물건", "개", 1_000, brought, home, donated, waste, missing, rung)
    assert row.gap_milli == mass_balance(brought, home, donated, waste, rung) + missing
    assert row.gap_milli * row.gap_won >= 0


def test_no_more_goes_out_than_was_ever_brought() -> None:
    check_goods_out(JAM, MovementReason.TAKEN_HOME, 30_000)
    check_goods_out(JAM, MovementReason.WASTE, 1)
    with pytest.raises(DomainError) as refused:
        check_goods_out(JAM, MovementReason.DONATED, 30_001)
    assert refused.value.code == "goods.more_than_brought"
    assert refused.value.params == {"name": "딸기잼", "left_milli": 30_000}
    with pytest.raises(DomainError) as refused:
        check_goods_out(replace(JAM, brought_milli=0), MovementReason.DONATED, 1)
    assert refused.value.params["left_milli"] == 0
    with pytest.raises(DomainError) as refused:
        check_goods_out(JAM, MovementReason.SALE, 1)
    assert refused.value.code == "goods.not_out"
    with pytest.raises(DomainError) as refused:
        check_goods_out(JAM, MovementReason.WASTE, 0)
    assert refused.value.code == "quantity.not_positive"


def test_how_much_to_bring() -> None:
    assert suggest([PastDay("2026-11-06", 0, 0)]) is None
    # 12 + 15 + 9 = 36 over three days: 12; sold out once of three: no more
    past = [
        PastDay("2026-10-09", 15_000, 12_000),
        PastDay("2026-10-16", 15_000, 15_000),
        PastDay("2026-10-23", 15_000, 9_000),
    ]
    assert suggest(past) == Suggestion(12_000, 3, 12_000, 1, 0)
    # sold out on two of two: 12.5 x 1.2 = 15
    assert suggest(
        [PastDay("2026-10-09", 10_000, 10_000), PastDay("2026-10-16", 15_000, 15_000)]
    ) == Suggestion(15_000, 2, 12_500, 2, 20)
    # sold out on one of two is half: 9 x 1.2 = 10.8
    assert suggest(
        [PastDay("2026-10-09", 10_000, 10_000), PastDay("2026-10-16", 10_000, 8_000)]
    ) == Suggestion(11_000, 2, 9_000, 1, 20)
    # only the last five days count, and a part of a piece is a piece
    many = [PastDay(f"2026-09-{day:02}", 10_000, day * 100) for day in range(1, 9)]
    assert suggest(many) == Suggestion(1_000, 5, 600, 0, 0)
    assert suggest(many, step_milli=100) == Suggestion(600, 5, 600, 0, 0)
    assert suggest([PastDay("2026-09-01", 1_000, -1_000)]) == Suggestion(0, 1, 0, 0, 0)
