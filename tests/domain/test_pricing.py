"""What a cart costs, in the order of the rules."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos_app.domain.cart import Cart, CartLine, Discount
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.pricing import PricedCart, PricingPolicy, amount_of, discount_won, price, truncate_cash

SELLER = Seller("v1", "신안섬 농장", "1234567891", SellerTaxKind.GENERAL)
POLICY = PricingPolicy()


def line(
    key: str = "a",
    won: int = 1000,
    milli: int = 1000,
    off: Discount | None = None,
    weighed: bool = False,
    fixed: int | None = None,
) -> CartLine:
    sold_by = SoldBy.WEIGHT if weighed else SoldBy.EACH
    return CartLine(
        key, key, "v1", SELLER, "사과", "개", sold_by, TaxClass.EXEMPT, won, won, milli, off, "", fixed
    )


DISCOUNTS = st.one_of(
    st.none(),
    st.builds(Discount, st.sampled_from(["permille", "markdown_permille"]), st.integers(1, 1000)),
    st.builds(Discount, st.just("won"), st.integers(1, 3000)),
)
LINES = st.lists(
    st.builds(
        line,
        key=st.uuids().map(str),
        won=st.integers(0, 100_000),
        milli=st.integers(1, 20_000),
        off=DISCOUNTS,
        weighed=st.booleans(),
        fixed=st.none() | st.integers(0, 100_000),
    ),
    min_size=1,
    max_size=12,
)


def priced_or_none(cart: Cart) -> PricedCart | None:
    try:
        return price(cart)
    except DomainError as refused:
        assert refused.code == "discount.over_amount"
        return None


def check_sums(priced: PricedCart) -> None:
    for each in priced.lines:
        assert each.net_won == (
            each.amount_won - each.discount_won - each.cart_discount_won - each.truncation_won
        )
        assert each.net_won >= 0
        assert each.discount_won >= 0
        assert each.cart_discount_won >= 0
        assert each.truncation_won >= 0
    assert priced.gross_won == sum(each.amount_won for each in priced.lines)
    assert priced.discount_won == sum(each.discount_won + each.cart_discount_won for each in priced.lines)
    assert priced.truncation_won == sum(each.truncation_won for each in priced.lines)
    assert priced.total_won == sum(each.net_won for each in priced.lines)
    assert priced.total_won == priced.gross_won - priced.discount_won - priced.truncation_won


@pytest.mark.acceptance("A7")
@given(LINES, DISCOUNTS)
def test_a_cart_discount_spreads_over_the_lines_exactly(lines: list[CartLine], off: Discount | None) -> None:
    plain = priced_or_none(Cart(tuple(lines)))
    assume(plain is not None)
    assert plain is not None
    check_sums(plain)
    priced = priced_or_none(Cart(tuple(lines), off))
    if priced is None:
        assert off is not None
        assert off.value > plain.total_won
        return
    check_sums(priced)
    expected = 0 if off is None else off.value
    if off is not None and off.kind != "won":
        expected = (2 * plain.total_won * off.value + 1000) // 2000
    assert plain.total_won - priced.total_won == expected
    assert sum(each.cart_discount_won for each in priced.lines) == expected
    for each in priced.lines:
        left = each.amount_won - each.discount_won
        if plain.total_won:
            assert abs(each.cart_discount_won - Fraction(expected * left, plain.total_won)) < 1


@given(LINES, st.integers(0, 2_000_000))
def test_truncation_comes_off_the_cash_part_only(lines: list[CartLine], other: int) -> None:
    priced = priced_or_none(Cart(tuple(lines)))
    assume(priced is not None)
    assert priced is not None
    cut = truncate_cash(priced, other, POLICY)
    check_sums(cut)
    assert cut.truncation_won == max(0, priced.total_won - other) % 10
    assert cut.gross_won == priced.gross_won
    assert cut.discount_won == priced.discount_won


def test_each_step_by_hand() -> None:
    cart = Cart(
        (
            line("a", 2_900, 381, weighed=True),  # 1,104.9 -> 1,100
            line("b", 11_000, 2000, Discount("won", 77)),  # 22,000 - 77
            line("c", 4_444, 1500, Discount("permille", 50)),  # 6,666 - 333.3
        ),
        Discount("won", 555),
    )
    priced = price(cart)
    assert [each.amount_won for each in priced.lines] == [1_100, 22_000, 6_666]
    assert [each.discount_won for each in priced.lines] == [0, 77, 333]
    # 555 over 1,100 / 21,923 / 6,333 of 29,356: 20.79 / 414.47 / 119.73
    assert [each.cart_discount_won for each in priced.lines] == [21, 414, 120]
    assert (priced.gross_won, priced.discount_won, priced.total_won) == (29_766, 965, 28_801)
    cut = truncate_cash(priced, 0, POLICY)
    assert [each.truncation_won for each in cut.lines] == [0, 1, 0]
    assert (cut.truncation_won, cut.total_won) == (1, 28_800)


def test_an_empty_cart_costs_nothing() -> None:
    assert price(Cart()) == PricedCart((), 0, 0, 0, 0)
    assert price(Cart(discount=Discount("permille", 100))).total_won == 0


def test_everything_may_be_given_away() -> None:
    cart = Cart((line(off=Discount("won", 1000)), line("b")), Discount("permille", 1000))
    assert price(cart).total_won == 0


def test_a_label_s_own_amount_stands() -> None:
    assert amount_of(line(won=3_333, milli=4_741, weighed=True, fixed=15_803), POLICY) == 15_803


def test_policy_decides_how_weighed_lines_round() -> None:
    weighed = line(won=999, milli=999, weighed=True)  # 998.001
    assert amount_of(weighed, POLICY) == 1000
    assert amount_of(weighed, PricingPolicy(weighed_rounding_won=1)) == 998
    assert amount_of(replace(weighed, sold_by=SoldBy.EACH), POLICY) == 998


def test_truncation_can_be_switched_off() -> None:
    priced = price(Cart((line(won=1_009),)))
    assert truncate_cash(priced, 0, PricingPolicy(cash_truncation_won=1)) is priced
    assert truncate_cash(priced, 0, PricingPolicy(cash_truncation_won=100)).total_won == 1_000


@pytest.mark.parametrize("step", [1, 5, 10, 50, 100, 500, 1000])
def test_steps_are_those_of_coins(step: int) -> None:
    assert PricingPolicy(step, step).cash_truncation_won == step


@pytest.mark.parametrize("step", [0, -10, 3, 10.0, True, 10**9])
def test_odd_rounding_steps_are_refused(step: int) -> None:
    for field in ("weighed_rounding_won", "cash_truncation_won"):
        with pytest.raises(DomainError) as refused:
            PricingPolicy(**{field: step})
        assert refused.value.code == "policy.rounding_step"


def test_more_than_there_is_can_not_be_taken_off() -> None:
    with pytest.raises(DomainError) as refused:
        discount_won(Discount("won", 1001), 1000)
    assert refused.value.code == "discount.over_amount"
    assert refused.value.params == {"of_won": 1000, "discount_won": 1001}
    assert discount_won(Discount("won", 1000), 1000) == 1000
    assert discount_won(Discount("markdown_permille", 333), 1000) == 333
    assert discount_won(Discount("permille", 25), 100) == 3
    assert discount_won(None, 1000) == 0


def test_the_largest_cart_still_adds_up() -> None:
    lines = tuple(line(str(number), 99_999_999, 9_999_999) for number in range(500))
    priced = price(Cart(lines, Discount("permille", 333)))
    check_sums(priced)
    assert priced.gross_won < 2**63
