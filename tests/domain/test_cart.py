"""A cart is filled, changed and emptied without ever changing the one before."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cart import MAX_LINES, MAX_TEXT, Cart, CartLine, Discount, check_discount
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.money import MAX_PRICE_WON
from pos_app.domain.quantity import MAX_MILLI

SELLER = Seller("v1", "신안섬 농장", "1234567891", SellerTaxKind.GENERAL)
APPLE = CartLine("a", "p1", "v1", SELLER, "사과", "개", SoldBy.EACH, TaxClass.EXEMPT, 28_000, 28_000, 1000)
ONION = replace(APPLE, key="b", product_id="p2", name="양파", sold_by=SoldBy.WEIGHT, quantity_milli=1240)
TEN = Discount("permille", 100)


def refusal(work: Any, *args: object) -> DomainError:
    with pytest.raises(DomainError) as refused:
        work(*args)
    return refused.value


def test_alike_pieces_grow_the_line_that_is_there() -> None:
    cart = Cart().add(APPLE).add(ONION).add(replace(APPLE, key="c", quantity_milli=2000))
    assert [line.key for line in cart.lines] == ["a", "b"]
    assert cart.line("a").quantity_milli == 3000


@pytest.mark.parametrize(
    "other",
    [
        replace(ONION, key="z", product_id="p1"),
        replace(APPLE, key="z", unit_price_won=27_000),
        replace(APPLE, key="z", list_price_won=27_000),
        replace(APPLE, key="z", tax_class=TaxClass.TAXABLE),
        replace(APPLE, key="z", seller=replace(SELLER, tax_kind=SellerTaxKind.EXEMPT)),
        replace(APPLE, key="z", vendor_id="v2"),
        replace(APPLE, key="z", discount=TEN),
        replace(APPLE, key="z", note="덜 익은 것"),
        replace(APPLE, key="z", fixed_amount_won=27_500),
        replace(APPLE, key="z", quantity_milli=MAX_MILLI),
    ],
)
def test_what_differs_in_any_way_is_a_line_of_its_own(other: CartLine) -> None:
    assert len(Cart().add(APPLE).add(other).lines) == 2
    assert len(Cart().add(other).add(APPLE).lines) == 2


def test_weighed_goods_never_merge() -> None:
    assert len(Cart().add(ONION).add(replace(ONION, key="c")).lines) == 2


def test_a_discount_of_nothing_is_no_discount() -> None:
    cart = Cart().add(replace(APPLE, discount=Discount("won", 0)))
    assert cart.line("a").discount is None
    assert len(cart.add(replace(APPLE, key="c")).lines) == 1
    assert check_discount(TEN) is TEN


def test_discounts_and_texts_up_to_their_bounds() -> None:
    for discount in (
        Discount("permille", 1000),
        Discount("markdown_permille", 1000),
        Discount("won", 10**12 - 1),
    ):
        assert check_discount(discount) is discount
    cart = Cart().add(replace(APPLE, unit_price_won=MAX_PRICE_WON, list_price_won=0, note="가" * MAX_TEXT))
    assert cart.set_quantity("a", MAX_MILLI).line("a").quantity_milli == 9_999_999
    assert cart.set_price("a", 0).line("a").unit_price_won == 0


def test_lines_change_one_by_one_and_the_old_cart_stays() -> None:
    before = Cart().add(APPLE).add(ONION)
    after = before.set_quantity("a", 5000).set_price("a", 25_000).set_discount("a", TEN).set_note("a", " 덤 ")
    line = after.line("a")
    assert (line.quantity_milli, line.unit_price_won, line.list_price_won) == (5000, 25_000, 28_000)
    assert (line.discount, line.note) == (TEN, "덤")
    assert before.line("a") == APPLE
    assert after.line("b") is before.line("b")
    assert after.set_discount("a", None).line("a").discount is None


def test_a_label_s_own_amount_falls_with_quantity_or_price() -> None:
    cart = Cart().add(replace(ONION, fixed_amount_won=15_800))
    assert cart.set_note("b", "x").line("b").fixed_amount_won == 15_800
    assert cart.set_quantity("b", 1).line("b").fixed_amount_won is None
    assert cart.set_price("b", 1).line("b").fixed_amount_won is None


def test_removing_the_last_line_removes_the_cart_s_discount() -> None:
    cart = Cart().add(APPLE).add(ONION).with_cart_discount(Discount("won", 500))
    assert cart.remove("a").discount == Discount("won", 500)
    empty = cart.remove("a").remove("b")
    assert empty.lines == ()
    assert empty.discount is None


def test_customer_note_and_discount_of_the_whole() -> None:
    cart = Cart().with_customer(" 총무부 ").with_note(" 오후에 찾으러 옴 ").with_cart_discount(TEN)
    assert (cart.customer, cart.note, cart.discount) == ("총무부", "오후에 찾으러 옴", TEN)
    assert cart.with_cart_discount(None).discount is None


@pytest.mark.parametrize("change", ["set_quantity", "set_price", "set_discount", "set_note"])
def test_an_unknown_line_can_not_be_changed(change: str) -> None:
    value = {"set_discount": None, "set_note": ""}.get(change, 1)
    assert refusal(getattr(Cart().add(APPLE), change), "nobody", value).code == "line.unknown"


def test_an_unknown_line_can_not_be_removed() -> None:
    assert refusal(Cart().add(APPLE).remove, "nobody").code == "line.unknown"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"quantity_milli": 0}, "quantity.not_positive"),
        ({"quantity_milli": -1000}, "quantity.not_positive"),
        ({"quantity_milli": MAX_MILLI + 1}, "quantity.too_large"),
        ({"quantity_milli": 1000.0}, "quantity.not_whole"),
        ({"unit_price_won": -1}, "price.negative"),
        ({"unit_price_won": MAX_PRICE_WON + 1}, "price.too_large"),
        ({"unit_price_won": 28_000.5}, "price.not_whole"),
        ({"list_price_won": -1}, "price.negative"),
        ({"fixed_amount_won": -1}, "price.negative"),
        ({"discount": Discount("won", -1)}, "discount.negative"),
        ({"discount": Discount("won", 10**13)}, "discount.too_large"),
        ({"discount": Discount("permille", 1001)}, "discount.over_full"),
        ({"discount": Discount("markdown_permille", 2000)}, "discount.over_full"),
        ({"discount": Discount("permille", 0.5)}, "discount.not_whole"),  # type: ignore[arg-type]
        ({"discount": Discount("gift", 1)}, "discount.unknown_kind"),  # type: ignore[arg-type]
        ({"note": "가" * (MAX_TEXT + 1)}, "text.too_long"),
        ({"vendor_id": ""}, "line.no_owner"),
        ({"seller": replace(SELLER, id="")}, "line.no_owner"),
    ],
)
@pytest.mark.acceptance("A20")
def test_lines_that_can_not_be_sold_are_refused(fields: dict[str, Any], code: str) -> None:
    assert refusal(Cart().add, replace(APPLE, **fields)).code == code


def test_the_same_key_twice_is_refused() -> None:
    assert refusal(Cart().add(APPLE).add, replace(ONION, key="a")).code == "line.doubled"


def test_a_cart_has_an_end() -> None:
    lines = tuple(replace(ONION, key=str(number)) for number in range(MAX_LINES))
    full = Cart(lines)
    error = refusal(full.add, ONION)
    assert (error.code, error.params) == ("cart.too_many_lines", {"max_lines": MAX_LINES})
    assert len(full.remove("7").add(ONION).lines) == MAX_LINES


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("add"), st.integers(0, 3), st.integers(-1, 3000)),
            st.tuples(st.just("set_quantity"), st.integers(0, 9), st.integers(-10, 10**7)),
            st.tuples(st.just("set_price"), st.integers(0, 9), st.integers(-10, 10**8)),
            st.tuples(st.just("remove"), st.integers(0, 9), st.just(0)),
        ),
        max_size=30,
    )
)
def test_whatever_is_done_a_cart_stays_a_cart(steps: list[tuple[str, int, int]]) -> None:
    cart = Cart()
    for number, (what, which, value) in enumerate(steps):
        try:
            if what == "add":
                sold_by = SoldBy.WEIGHT if which % 2 else SoldBy.EACH
                product = f"p{which}"
                line = replace(
                    APPLE, key=str(number), product_id=product, sold_by=sold_by, quantity_milli=value
                )
                cart = cart.add(line)
            elif what == "remove":
                cart = cart.remove(str(which))
            else:
                cart = getattr(cart, what)(str(which), value)
        except DomainError as refused:
            assert refused.code.partition(".")[0] in ("quantity", "price", "line")
    keys = [line.key for line in cart.lines]
    assert len(set(keys)) == len(keys)
    assert all(0 < line.quantity_milli <= MAX_MILLI for line in cart.lines)
    assert all(0 <= line.unit_price_won <= MAX_PRICE_WON for line in cart.lines)
