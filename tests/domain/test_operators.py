"""Who may do what, how far discounts go, and which PINs are good enough."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cart import Cart, CartLine, Discount
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import (
    LOCK_AFTER,
    Action,
    Role,
    action_named,
    check_keeps_a_coordinator,
    check_pin,
    discount_limit_permille,
    locked_until,
    may,
    pin_problem,
    require,
    require_discount,
    require_discounts,
    role_named,
)
from pos_app.domain.pricing import price

CASHIER, VENDOR, COORDINATOR, OFFICE = Role
SELLER = Seller("v1", "신안섬 농장", "", SellerTaxKind.UNREGISTERED)
NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

# Written out once more by hand: c cashier, v vendor, k coordinator, o office.
RIGHTS = {
    "sell": "cvko", "discount": "cvko", "price_override": "vko", "void": "cvko", "refund": "vko",
    "reprint": "cvko", "open_shift": "cvko", "cash_movement": "cvko", "close_shift": "cvko",
    "over_short_above_limit": "k", "see_totals": "vko", "open_day": "ko", "seal_day": "ko",
    "reopen_day": "k", "seal_provisional": "k", "import": "ko", "edit_catalogue": "ko", "quick_add": "cvko",
    "edit_operators": "ko", "settings": "ko", "settle": "ko", "practice": "cvko",
    "open_drawer": "vko", "stock": "vko",
}  # fmt: skip
LETTERS = {"c": CASHIER, "v": VENDOR, "k": COORDINATOR, "o": OFFICE}


@pytest.mark.acceptance("A39")
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_action_of_every_role(action: Action, letter: str) -> None:
    role = LETTERS[letter]
    allowed = letter in RIGHTS[action]
    assert may(role, action) is allowed
    if allowed:
        require(role, action)
        return
    with pytest.raises(DomainError) as refused:
        require(role, action)
    assert refused.value.code == "right.missing"
    assert refused.value.params == {"action": action.value, "role": role.value}


def test_roles_and_actions_by_name() -> None:
    assert role_named("vendor") is VENDOR
    assert action_named("seal_day") is Action.SEAL_DAY
    for find, code in ((role_named, "right.unknown_role"), (action_named, "right.unknown_action")):
        with pytest.raises(DomainError) as refused:
            find("king" * 40)
        assert refused.value.code == code
        assert len(str(refused.value.params["text"])) == 40


def cart(*discounts: Discount | None, whole: Discount | None = None, won: int = 10_000) -> Cart:
    lines = tuple(
        CartLine(
            f"{index}", "p", "v1", SELLER, "무", "단", SoldBy.EACH, TaxClass.EXEMPT, won, won, 1000, discount
        )
        for index, discount in enumerate(discounts)
    )
    return Cart(lines, whole)


def allowed(role: Role, what: Cart) -> bool:
    try:
        require_discounts(role, price(what))
    except DomainError as refused:
        assert refused.code == "discount.over_limit"
        assert refused.params == {"limit_permille": discount_limit_permille(role), "role": role.value}
        return False
    return True


@pytest.mark.acceptance("A7")
@pytest.mark.parametrize(
    ("role", "limit"), [(CASHIER, 100), (VENDOR, 300), (COORDINATOR, 1000), (OFFICE, 1000)]
)
@pytest.mark.parametrize("kind", ["permille", "markdown_permille", "won"])
def test_line_and_mark_down_and_cart_discounts_obey_the_role(role: Role, limit: int, kind: str) -> None:
    unit = 10 if kind == "won" else 1
    fits = Discount(kind, limit * unit)  # type: ignore[arg-type]
    assert allowed(role, cart(fits, None))
    both = Discount(kind, limit * unit * (2 if kind == "won" else 1))  # type: ignore[arg-type]
    assert allowed(role, cart(None, None, whole=both))
    if limit < 1000:
        over = Discount(kind, limit * unit + 1)  # type: ignore[arg-type]
        assert not allowed(role, cart(over, None))
        more = Discount(kind, both.value + 1)  # type: ignore[arg-type]
        assert not allowed(role, cart(None, None, whole=more))


@pytest.mark.acceptance("A7")
def test_ten_percent_on_the_line_and_ten_on_the_cart_are_too_much_together() -> None:
    ten = Discount("permille", 100)
    assert allowed(CASHIER, cart(ten, None))
    assert not allowed(CASHIER, cart(ten, ten, whole=ten))
    assert allowed(VENDOR, cart(ten, ten, whole=ten))


def test_a_percent_that_was_rounded_up_is_still_within_the_limit() -> None:
    ten = Discount("permille", 100)
    assert allowed(CASHIER, cart(ten, won=12_345))  # 1,234.5 -> 1,235
    require_discount(CASHIER, 12_345, 1_235)
    with pytest.raises(DomainError):
        require_discount(CASHIER, 12_345, 1_236)


@pytest.mark.parametrize(
    ("pin", "role", "problem"),
    [
        ("4827", CASHIER, None),
        ("4827", VENDOR, None),
        ("482759", COORDINATOR, None),
        ("48275913", OFFICE, None),
        ("0001", CASHIER, None),
        ("48275", OFFICE, "pin.too_short"),
        ("4827", COORDINATOR, "pin.too_short"),
        ("482", CASHIER, "pin.too_short"),
        ("482759136", COORDINATOR, "pin.too_long"),
        ("", CASHIER, "pin.not_digits"),
        ("48a7", CASHIER, "pin.not_digits"),
        ("４８２７", CASHIER, "pin.not_digits"),
        ("²³²⁴", CASHIER, "pin.not_digits"),
        ("0000", CASHIER, "pin.too_easy"),
        ("77777777", OFFICE, "pin.too_easy"),
        ("1234", CASHIER, "pin.too_easy"),
        ("567890", COORDINATOR, "pin.too_easy"),
        ("4321", CASHIER, "pin.too_easy"),
        ("098765", OFFICE, "pin.too_easy"),
        ("4848", CASHIER, "pin.too_easy"),
        ("482482", COORDINATOR, "pin.too_easy"),
    ],
)
def test_pins(pin: str, role: Role, problem: str | None) -> None:
    assert pin_problem(pin, role) == problem
    if problem is None:
        check_pin(pin, role)
        return
    with pytest.raises(DomainError) as refused:
        check_pin(pin, role)
    assert refused.value.code == problem
    assert refused.value.params["max_digits"] == 8


@pytest.mark.acceptance("A39")
def test_waiting_grows_with_wrong_pins() -> None:
    waits = []
    for failures in range(14):
        until = locked_until(failures, NOW, NOW)
        waits.append(None if until is None else (until - NOW).total_seconds())
    assert waits[:LOCK_AFTER] == [None] * LOCK_AFTER
    assert waits[LOCK_AFTER:] == [30, 60, 120, 300, 600, 900, 1800, 1800, 1800]


def test_a_lock_holds_to_its_last_second_and_not_through_a_clock_set_back() -> None:
    second = timedelta(seconds=1)
    assert locked_until(5, NOW, NOW + 29 * second) == NOW + 30 * second
    assert locked_until(5, NOW, NOW + 30 * second) is None
    assert locked_until(5, NOW, NOW - 30 * second) == NOW + 30 * second
    assert locked_until(5, NOW, NOW - 31 * second) is None


@given(st.integers(0, 10**6), st.integers(-(10**6), 10**6))
def test_a_lock_ends_and_never_lasts_longer_because_of_the_clock(failures: int, seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)
    until = locked_until(failures, NOW, now)
    if until is not None:
        assert failures >= LOCK_AFTER
        assert timedelta(0) < until - now <= timedelta(hours=1)
    assert locked_until(failures, NOW, NOW + timedelta(minutes=30)) is None


@given(st.lists(st.sampled_from(Role), max_size=5))
def test_somebody_who_may_enter_people_is_always_left(left: list[Role]) -> None:
    if any(may(role, Action.EDIT_OPERATORS) for role in left):
        check_keeps_a_coordinator(left)
        return
    with pytest.raises(DomainError) as refused:
        check_keeps_a_coordinator(left)
    assert refused.value.code == "operator.last_coordinator"


@pytest.mark.acceptance("A7")
@given(
    role=st.sampled_from(Role),
    limit=st.integers(0, 1000),
    of_won=st.integers(0, 10**7),
    part=st.integers(0, 1000),
)
def test_the_house_s_own_limit_takes_the_place_of_the_usual(
    role: Role, limit: int, of_won: int, part: int
) -> None:
    won = of_won * part // 1000
    limits = {role: limit}
    assert discount_limit_permille(role, limits) == limit
    others = [other for other in Role if other is not role]
    assert [discount_limit_permille(o, limits) for o in others] == [discount_limit_permille(o) for o in others]
    if won <= (of_won * limit * 2 + 1000) // 2000:
        require_discount(role, of_won, won, limits)
    else:
        with pytest.raises(DomainError) as refused:
            require_discount(role, of_won, won, limits)
        assert refused.value.params["limit_permille"] == limit


@pytest.mark.acceptance("A7")
def test_what_a_plan_takes_off_needs_no_right_and_more_does() -> None:
    line = CartLine(
        "L1", "p", "v1", SELLER, "대파", "단", SoldBy.EACH, TaxClass.EXEMPT, 2_500, 2_500, 4_000
    )
    planned = line.marked_down(Discount("markdown_permille", 400))
    require_discounts(CASHIER, price(Cart().add(planned)))
    deeper = replace(planned, discount=Discount("markdown_permille", 500))
    with pytest.raises(DomainError) as refused:
        require_discounts(CASHIER, price(Cart().add(deeper)))
    assert refused.value.code == "discount.over_limit"
    both = Cart().add(planned).with_cart_discount(Discount("permille", 100))
    require_discounts(CASHIER, price(both))
    with pytest.raises(DomainError):
        require_discounts(CASHIER, price(Cart().add(planned).with_cart_discount(Discount("permille", 150))))
