"""Bundles in a cart: one line while it is filled, a line per part when it is paid, every won in one place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.bundle import shares
from pos_app.domain.cart import MAX_LINES, Cart, CartLine, CartPart, Discount, bundle_of
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.pricing import PricingPolicy, expand, price
from pos_app.domain.tender import TenderInput, TenderRule, TenderType, due_in_cash, settle

POLICY = PricingPolicy()
SELLERS = [Seller(f"v{n}", f"업체 {n}", "", SellerTaxKind.GENERAL) for n in range(5)]


def part(number: int, milli: int = 1000, weight: int = 1000, **changes: object) -> CartPart:
    plain = CartPart(
        f"p{number}",
        f"v{number % 5}",
        SELLERS[number % 5],
        f"물건 {number}",
        "개",
        SoldBy.EACH,
        TaxClass.TAXABLE if number % 2 else TaxClass.EXEMPT,
        1000,
        milli,
        weight,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def bundle(
    key: str, parts: tuple[CartPart, ...], won: int = 10_000, count: int = 1, **more: object
) -> CartLine:
    first = parts[0]
    line = CartLine(
        key,
        f"bundle {won} {len(parts)}",
        first.vendor_id,
        first.seller,
        "꾸러미",
        "개",
        SoldBy.EACH,
        first.tax_class,
        won,
        won,
        count * 1000,
        parts=parts,
    )
    return replace(line, **more)  # type: ignore[arg-type]


PARTS = st.lists(st.tuples(st.integers(1, 9000), st.integers(1, 10**6)), min_size=1, max_size=12).map(
    lambda found: tuple(part(n, milli, weight) for n, (milli, weight) in enumerate(found))
)
BUNDLES = st.lists(
    st.tuples(PARTS, st.integers(1, 10**6), st.integers(1, 20), st.integers(0, 1000)), min_size=1, max_size=4
)


def refused(code: str) -> "pytest.RaisesExc[DomainError]":
    return pytest.raises(DomainError, check=lambda error: error.code == code)


@pytest.mark.acceptance("A6")
@pytest.mark.acceptance("A7")
@given(BUNDLES, st.integers(0, 10**6), st.booleans())
def test_every_sum_stays_and_tenders_reach_each_part(
    made: list[tuple[tuple[CartPart, ...], int, int, int]], off: int, plain: bool
) -> None:
    cart = Cart()
    for number, (parts, won, count, permille) in enumerate(made):
        line = bundle(f"b{number}", parts, won, count, product_id=f"bundle{number}")
        cart = cart.add(replace(line, discount=Discount("permille", permille)))
    if plain:
        cart = cart.add(replace(bundle("x", (part(0),)), parts=(), product_id="p0"))
    whole = price(cart)
    cart = cart.with_cart_discount(Discount("won", min(off, whole.total_won)))
    whole = price(cart)
    opened = expand(whole)
    assert (opened.gross_won, opened.discount_won, opened.total_won) == (
        whole.gross_won, whole.discount_won, whole.total_won,
    )  # fmt: skip
    for number, item in enumerate(whole.lines, 1):
        if not item.line.parts:
            assert item in opened.lines
            continue
        own = [x for x in opened.lines if x.line.part_of and x.line.part_of.no == number]
        split = shares(bundle_of(item.line), item.line.quantity_milli // 1000, item.discount_won)
        assert [(x.amount_won, x.discount_won, x.line.quantity_milli) for x in own] == [
            (share.amount_won, share.discount_won, share.quantity_milli) for share in split
        ]
        assert sum(x.cart_discount_won for x in own) == item.cart_discount_won
        assert sum(x.net_won for x in own) == item.net_won
        assert all(x.net_won >= 0 and not x.line.parts for x in own)
        assert {x.line.part_of.amount_won for x in own if x.line.part_of} == {item.amount_won}
    due = due_in_cash(whole, 0)
    settled = settle(whole, [TenderInput(TenderType.CASH, due)])
    assert len(settled.priced.lines) == len(opened.lines)
    for line, *taken in zip(settled.priced.lines, *(t.shares for t in settled.tenders), strict=True):
        assert sum(taken) == line.net_won


def test_a_cart_without_bundles_is_as_it_was() -> None:
    priced = price(Cart().add(replace(bundle("a", (part(1),)), parts=())))
    assert expand(priced) is priced


def test_more_of_the_same_is_one_line_and_another_recipe_is_not() -> None:
    parts = (part(1), part(2))
    cart = Cart().add(bundle("a", parts)).add(bundle("b", parts, count=2))
    assert [line.quantity_milli for line in cart.lines] == [3000]
    cart = cart.add(bundle("c", (part(1), part(2, 2000)), product_id=cart.lines[0].product_id))
    assert len(cart.lines) == 2


def test_only_whole_bundles() -> None:
    cart = Cart().add(bundle("a", (part(1), part(2))))
    assert cart.set_quantity("a", 5000).lines[0].quantity_milli == 5000
    with refused("bundle.count"):
        cart.set_quantity("a", 1500)
    with refused("bundle.count"):
        Cart().add(bundle("a", (part(1),), quantity_milli=500))
    with refused("quantity.too_large"):
        Cart().add(bundle("a", (part(1, 9_000_000),), count=9000))


def test_a_label_of_a_scale_means_nothing_to_a_bundle() -> None:
    cart = Cart().add(bundle("a", (part(1), part(2)), fixed_amount_won=7))
    assert price(cart).total_won == 10_000


def test_another_price_is_shared_by_the_same_weights() -> None:
    cart = Cart().add(bundle("a", (part(1, weight=1), part(2, weight=3)))).set_price("a", 8_000)
    assert [line.amount_won for line in expand(price(cart)).lines] == [2_000, 6_000]
    assert [line.net_won for line in expand(price(cart.set_price("a", 0))).lines] == [0, 0]


def test_a_note_is_told_once() -> None:
    cart = Cart().add(bundle("a", (part(1), part(2)), note="선물"))
    assert [line.line.note for line in expand(price(cart)).lines] == ["선물", ""]


def test_every_part_has_an_owner() -> None:
    for broken in (part(1, vendor_id=""), part(1, seller=replace(SELLERS[1], id=""))):
        with refused("line.no_owner"):
            Cart().add(bundle("a", (broken, part(2))))
    with refused("bundle.part_doubled"):
        Cart().add(bundle("a", (part(1), part(1))))


def test_parts_count_as_lines() -> None:
    cart = Cart()
    for number in range(MAX_LINES // 50):
        cart = cart.add(bundle(f"{number}", tuple(part(n) for n in range(50)), product_id=f"b{number}"))
    with refused("cart.too_many_lines"):
        cart.add(bundle("z", (part(1),), product_id="z"))


def test_an_order_goes_with_the_last_line() -> None:
    cart = replace(
        Cart().add(bundle("a", (part(1),))), order_id="o", prepaid_won=5, discount=Discount("won", 1)
    )
    more = cart.add(bundle("b", (part(2),), product_id="other"))
    assert more.remove("b").order_id == "o"
    assert more.remove("b").remove("a") == Cart()


def test_a_voucher_for_exempt_goods_pays_the_exempt_parts_only() -> None:
    rules = (
        TenderRule(TenderType.VOUCHER, "farm", "농산물 쿠폰", payable_classes=("exempt",)),
        TenderRule(TenderType.CASH, change="always"),
    )
    priced = price(Cart().add(bundle("a", (part(1, weight=1), part(2, weight=1)))))
    settled = settle(
        priced, [TenderInput(TenderType.VOUCHER, 5_000, "farm"), TenderInput(TenderType.CASH, 5_000)], rules
    )
    assert [tender.shares for tender in settled.tenders] == [(0, 5_000), (5_000, 0)]
    with refused("tender.voucher_not_for_these_goods"):
        settle(priced, [TenderInput(TenderType.VOUCHER, 6_000, "farm")], rules)
