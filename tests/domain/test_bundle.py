"""Bundles: the parts make the price to the won, and the stock of every part moves."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.bundle import (
    Bundle,
    Part,
    PickLine,
    can_make,
    check_bundle,
    pick_list,
    shares,
    stock_moves,
)
from pos_app.domain.errors import DomainError

RICE = Part("p-rice", "v1", 1_000, 39_000, "쌀", "포")
JAM = Part("p-jam", "v2", 2_000, 15_000, "딸기잼", "병")
SALT = Part("p-salt", "v1", 500, 0, "소금", "kg")
BOX = Bundle("b1", "추석 꾸러미", 50_000, (RICE, JAM, SALT))


def code_of(bundle: Bundle) -> str:
    with pytest.raises(DomainError) as refused:
        check_bundle(bundle)
    return refused.value.code


def test_shares_by_hand() -> None:
    # 50,000 x 39/54 = 36,111.1; x 15/54 = 13,888.9; the salt is a gift
    rice, jam, salt = shares(BOX, 1)
    assert [rice.amount_won, jam.amount_won, salt.amount_won] == [36_111, 13_889, 0]
    # three at 5,000 off: 150,000 = 108,333 + 41,667; 5,000 = 3,611 + 1,389
    rice, jam, salt = shares(BOX, 3, 5_000)
    assert [each.amount_won for each in (rice, jam, salt)] == [108_333, 41_667, 0]
    assert [each.discount_won for each in (rice, jam, salt)] == [3_611, 1_389, 0]
    assert (jam.net_won, jam.quantity_milli) == (40_278, 6_000)


@pytest.mark.acceptance("A6")
@pytest.mark.parametrize("discounted", [False, True])
def test_the_parts_make_the_price_for_a_thousand_random_bundles(discounted: bool) -> None:
    random = Random(6)
    for number in range(1_000):
        parts = tuple(
            Part(
                f"p{n}",
                f"v{random.randint(1, 5)}",
                random.randint(1, 9_000),
                random.randint(0, 60_000),
                "물건",
            )
            for n in range(random.randint(1, 12))
        )
        bundle = Bundle(
            str(number), "꾸러미", random.randint(1, 500_000), (*parts, Part("last", "v9", 1_000, 1))
        )
        check_bundle(bundle)
        count = random.randint(1, 99)
        off = random.randint(0, bundle.price_won * count) if discounted else 0
        found = shares(bundle, count, off)
        assert sum(each.amount_won for each in found) == bundle.price_won * count
        assert sum(each.discount_won for each in found) == off
        assert sum(each.net_won for each in found) == bundle.price_won * count - off
        assert all(each.net_won >= 0 for each in found)
        assert dict(stock_moves(bundle, count)) == {
            part.product_id: part.quantity_milli * count for part in bundle.parts
        }


@given(st.integers(1, 10**6), st.lists(st.integers(0, 10**5), min_size=1, max_size=8), st.integers(1, 100))
def test_a_part_is_never_more_than_a_won_from_its_share(price: int, weights: list[int], count: int) -> None:
    weights = [*weights, 1]
    bundle = Bundle("b", "꾸러미", price, tuple(Part(str(n), "v", 1, w) for n, w in enumerate(weights)))
    for each in shares(bundle, count):
        assert abs(each.amount_won * sum(weights) - price * count * each.part.weight) < sum(weights)


@pytest.mark.parametrize(
    ("bundle", "code"),
    [
        (replace(BOX, parts=()), "bundle.empty"),
        (
            replace(BOX, parts=tuple(replace(RICE, product_id=str(n)) for n in range(51))),
            "bundle.too_many_parts",
        ),
        (replace(BOX, price_won=0), "bundle.price"),
        (replace(BOX, price_won=1.5), "price.not_whole"),  # type: ignore[arg-type]
        (replace(BOX, parts=(RICE, RICE)), "bundle.part_doubled"),
        (replace(BOX, parts=(SALT,)), "bundle.no_weight"),
        (replace(BOX, parts=(replace(RICE, weight=-1),)), "bundle.weight"),
        (replace(BOX, parts=(replace(RICE, quantity_milli=0),)), "bundle.quantity"),
        (replace(BOX, parts=(replace(RICE, vendor_id=""),)), "line.no_owner"),
    ],
)
def test_bundles_that_make_no_sense_are_refused(bundle: Bundle, code: str) -> None:
    assert code_of(bundle) == code


@pytest.mark.parametrize("count", [0, 10_000])
def test_odd_counts_are_refused(count: int) -> None:
    for call in (
        lambda: shares(BOX, count),
        lambda: stock_moves(BOX, count),
        lambda: pick_list([(BOX, count)]),
    ):
        with pytest.raises(DomainError) as refused:
            call()
        assert refused.value.code == "bundle.count"


@pytest.mark.parametrize("off", [-1, 50_001])
def test_no_more_is_taken_off_than_there_is(off: int) -> None:
    with pytest.raises(DomainError) as refused:
        shares(BOX, 1, off)
    assert refused.value.code == "discount.over_amount"


def test_how_many_the_stock_suffices_for() -> None:
    assert can_make(BOX, {"p-rice": 5_000, "p-jam": 7_000, "p-salt": 9_000}) == 3
    assert can_make(BOX, {"p-rice": 5_000, "p-jam": 7_000}) == 0
    assert can_make(BOX, {"p-rice": -1, "p-jam": 7_000, "p-salt": 9_000}) == 0


def test_the_pick_list_adds_up_by_vendor() -> None:
    other = Bundle("b2", "작은 꾸러미", 10_000, (replace(JAM, quantity_milli=1_000), SALT))
    assert pick_list([(BOX, 2), (other, 3)]) == (
        PickLine("v1", "p-rice", "쌀", "포", 2_000),
        PickLine("v1", "p-salt", "소금", "kg", 2_500),
        PickLine("v2", "p-jam", "딸기잼", "병", 7_000),
    )
