"""Split tenders in any mix: what settles, who gives change, how each spreads over the lines."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cart import Cart, CartLine
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.pricing import PricedCart, PricingPolicy, price
from pos_app.domain.tender import (
    DEFAULT_RULES,
    Settled,
    TenderInput,
    TenderRule,
    TenderType,
    due_in_cash,
    notes_for,
    quick_cash,
    rule_for,
    settle,
)

CASH, CARD, TRANSFER, VOUCHER, CREDIT = TenderType
SELLER = Seller("v1", "신안섬 농장", "1234567891", SellerTaxKind.GENERAL)
FARM = TenderRule(VOUCHER, "farm", "농수산 할인권", payable_classes=("exempt",))
FARM_CHANGE = TenderRule(VOUCHER, "farm60", "농수산 상품권", "after_percent", 60, payable_classes=("exempt",))
RULES = (*DEFAULT_RULES, FARM, FARM_CHANGE)


def cart_of(*wons: int, taxable: Sequence[int] = ()) -> PricedCart:
    """Return a priced cart with a line of each amount; those in `taxable` (indexes) bear VAT."""
    lines = tuple(
        CartLine(
            str(index), str(index), "v1", SELLER, "사과", "개", SoldBy.EACH,
            TaxClass.TAXABLE if index in taxable else TaxClass.EXEMPT, won, won, 1000,
        )
        for index, won in enumerate(wons)
    )  # fmt: skip
    return price(Cart(lines))


def given_(kind: TenderType, won: int, voucher: str = "", **more: Any) -> TenderInput:
    payer = "총무부" if kind is CREDIT else ""
    return TenderInput(kind, won, voucher, **{"payer": payer, **more})


def refusal(priced: PricedCart, *inputs: TenderInput, policy: PricingPolicy | None = None) -> DomainError:
    with pytest.raises(DomainError) as refused:
        settle(priced, inputs, RULES, policy or PricingPolicy())
    return refused.value


def check(settled: Settled, before: PricedCart) -> None:
    """Hold a settled sale to everything that must be true of any."""
    priced = settled.priced
    assert priced.total_won == before.total_won - priced.truncation_won
    assert sum(tender.amount_won for tender in settled.tenders) == priced.total_won
    assert sum(tender.change_won for tender in settled.tenders) == settled.change_won
    assert settled.received_won == priced.total_won + settled.change_won
    by_line = [0] * len(priced.lines)
    for tender in settled.tenders:
        rule = rule_for(tender.input.type, tender.input.kind, RULES)
        assert tender.received_won == tender.amount_won + tender.change_won
        assert sum(tender.shares) == tender.amount_won
        assert min(tender.shares) >= 0
        assert tender.change_won == 0 or rule.change != "never"
        if tender.change_won and rule.change == "after_percent":
            used = tender.amount_won + priced.truncation_won
            assert used * 100 >= tender.received_won * rule.change_percent
        for index, share in enumerate(tender.shares):
            by_line[index] += share
            if share and rule.payable_classes:
                assert priced.lines[index].line.tax_class in rule.payable_classes
    assert by_line == [line.net_won for line in priced.lines]
    if priced.truncation_won:
        assert any(tender.input.type is CASH or tender.change_won for tender in settled.tenders)
    assert 0 <= priced.truncation_won <= 9


INPUTS = st.lists(
    st.builds(
        given_,
        st.sampled_from(TenderType),
        st.integers(-1, 60_000) | st.sampled_from([0, 5_000, 10_000, 30_000, 50_000]),
        st.sampled_from(["", "onnuri", "온누리상품권", "local", "farm", "farm60", "unheard"]),
    ),
    max_size=5,
)
WONS = st.lists(st.integers(0, 30_000), min_size=1, max_size=6)


@pytest.mark.acceptance("A10")
@given(WONS, st.sets(st.integers(0, 5)), INPUTS)
def test_any_mix_settles_exactly_or_is_refused_with_a_reason(
    wons: list[int], taxable: set[int], inputs: list[TenderInput]
) -> None:
    priced = cart_of(*wons, taxable=tuple(taxable))
    try:
        settled = settle(priced, inputs, RULES)
    except DomainError as refused:
        assert refused.code.startswith("tender.")
        return
    check(settled, priced)


@pytest.mark.acceptance("A10")
@given(st.data(), WONS, st.sets(st.integers(0, 5)))
def test_any_mix_that_fits_is_accepted(data: st.DataObject, wons: list[int], taxable: set[int]) -> None:
    priced = cart_of(*wons, taxable=tuple(taxable))
    exempt = sum(line.net_won for line in priced.lines if line.line.tax_class == TaxClass.EXEMPT)
    rest = priced.total_won
    inputs = []
    farm = data.draw(st.integers(0, exempt))
    if farm:
        inputs.append(given_(VOUCHER, farm, "farm"))
        rest -= farm
    for kind in data.draw(st.lists(st.sampled_from([CARD, TRANSFER, CREDIT, VOUCHER]), max_size=3)):
        part = data.draw(st.integers(0, rest))
        if part:
            inputs.append(given_(kind, part))
            rest -= part
    handed = data.draw(st.integers(0, 50_000)) // 10 * 10
    due = rest - rest % 10
    if due and data.draw(st.booleans()):
        inputs.append(given_(CASH, due + handed))
    elif rest:
        inputs.append(given_(CARD, rest))
    inputs = data.draw(st.permutations(inputs))
    settled = settle(priced, inputs, RULES)
    check(settled, priced)
    assert [tender.input.type for tender in settled.tenders] == [tender.type for tender in inputs]


def test_cash_with_change() -> None:
    settled = settle(cart_of(28_000, 33_407), [given_(CASH, 100_000)])
    assert (settled.priced.total_won, settled.priced.truncation_won, settled.change_won) == (
        61_400,
        7,
        38_600,
    )
    assert settled.tenders[0].amount_won == 61_400


def test_card_is_exact_and_not_cut() -> None:
    settled = settle(cart_of(61_407), [given_(CARD, 61_407)])
    assert settled.priced.truncation_won == 0
    assert settled.tenders[0].shares == (61_407,)
    assert settled.tenders[0].input.held_by == "cooperative"


def test_the_cash_part_of_a_split_is_cut() -> None:
    settled = settle(cart_of(10_003, 5_000), [given_(CASH, 6_000), given_(CARD, 9_999)])
    assert [tender.amount_won for tender in settled.tenders] == [5_000, 9_999]
    assert settled.priced.truncation_won == 4
    assert settled.change_won == 1_000


def test_tenders_share_what_the_earlier_ones_left() -> None:
    settled = settle(cart_of(10_000, 20_000), [given_(CARD, 10_001), given_(TRANSFER, 19_999)])
    assert [tender.shares for tender in settled.tenders] == [(3_334, 6_667), (6_666, 13_333)]


def test_several_cash_tenders_are_counted_one_after_another() -> None:
    settled = settle(cart_of(8_000), [given_(CASH, 5_000), given_(CASH, 10_000)])
    assert [(each.amount_won, each.change_won) for each in settled.tenders] == [(5_000, 0), (3_000, 7_000)]
    error = refusal(cart_of(8_000), given_(CASH, 10_000), given_(CASH, 1_000))
    assert error.code == "tender.over"


@pytest.mark.parametrize(
    ("inputs", "missing"),
    [
        ([], 61_407),
        ([given_(CASH, 20_000)], 41_400),
        ([given_(CARD, 20_000)], 41_407),
        ([given_(CARD, 20_000), given_(CASH, 41_390)], 10),
        ([given_(CASH, 0)], 61_400),
    ],
)
def test_too_little(inputs: list[TenderInput], missing: int) -> None:
    error = refusal(cart_of(28_000, 33_407), *inputs)
    assert (error.code, error.params) == ("tender.short", {"missing_won": missing})


@pytest.mark.parametrize("kind", [CARD, TRANSFER, CREDIT, VOUCHER])
def test_what_gives_no_change_can_not_be_over(kind: TenderType) -> None:
    error = refusal(cart_of(8_000), given_(kind, 10_000))
    assert error.code == "tender.change_not_allowed"
    assert error.params["over_won"] == 2_000


def test_a_tender_after_all_is_paid_is_refused() -> None:
    error = refusal(cart_of(8_000), given_(CARD, 8_000), given_(TRANSFER, 1))
    assert (error.code, error.params) == ("tender.over", {"type": "transfer"})
    error = refusal(cart_of(8_000), given_(CARD, 8_000), given_(CASH, 1_000))
    assert (error.code, error.params) == ("tender.over", {"type": "cash"})


@pytest.mark.acceptance("A10")
@pytest.mark.parametrize(
    ("total", "received", "change"),
    [(6_000, 10_000, 4_000), (9_990, 10_000, 10), (18_000, 30_000, 12_000), (3_000, 5_000, 2_000)],
)
def test_a_gift_voucher_gives_change_once_sixty_percent_are_used(
    total: int, received: int, change: int
) -> None:
    settled = settle(cart_of(total), [given_(VOUCHER, received, "onnuri")])
    check(settled, cart_of(total))
    assert settled.change_won == change
    error = refusal(cart_of(received * 6 // 10 - 1), given_(VOUCHER, received, "onnuri"))
    assert (error.code, error.params["needed_won"]) == ("tender.voucher_change", received * 6 // 10)


def test_just_below_sixty_percent_says_what_is_needed() -> None:
    error = refusal(cart_of(5_999), given_(VOUCHER, 10_000, "onnuri"))
    assert error.code == "tender.voucher_change"
    assert error.params == {"needed_won": 6_000, "kind": "온누리상품권"}
    # An odd face asks for the next whole won.
    assert refusal(cart_of(1), given_(VOUCHER, 333, "onnuri")).params["needed_won"] == 200


def test_a_voucher_after_a_card_counts_what_is_still_due() -> None:
    settled = settle(cart_of(12_000), [given_(CARD, 4_000), given_(VOUCHER, 10_000, "onnuri")])
    assert [(each.amount_won, each.change_won) for each in settled.tenders] == [(4_000, 0), (8_000, 2_000)]


def test_change_from_a_voucher_is_handed_out_in_cash_and_so_can_be_handed_out() -> None:
    settled = settle(cart_of(8_004), [given_(VOUCHER, 10_000, "onnuri")])
    assert (settled.priced.truncation_won, settled.change_won) == (4, 2_000)
    check(settled, cart_of(8_004))


def test_a_voucher_for_some_goods_pays_only_those() -> None:
    priced = cart_of(6_000, 4_000, 5_000, taxable=(1,))
    settled = settle(priced, [given_(CARD, 5_000), given_(VOUCHER, 10_000, "farm")], RULES)
    # The voucher goes first over its own goods, the card over what is left: 545 + 4,000 + 455.
    assert [each.shares for each in settled.tenders] == [(545, 4_000, 455), (5_455, 0, 4_545)]
    check(settled, priced)
    error = refusal(priced, given_(VOUCHER, 11_001, "farm"))
    assert error.code == "tender.voucher_not_for_these_goods"
    assert error.params == {"payable_won": 11_000, "kind": "농수산 할인권"}


def test_two_such_vouchers_share_the_goods_they_may_pay() -> None:
    priced = cart_of(6_000, 4_000, taxable=(1,))
    error = refusal(priced, given_(VOUCHER, 4_000, "farm"), given_(VOUCHER, 2_001, "farm"))
    assert error.params["payable_won"] == 2_000
    inputs = [given_(CASH, 4_000), given_(VOUCHER, 4_000, "farm"), given_(VOUCHER, 2_000, "farm")]
    check(settle(priced, inputs, RULES), priced)


def test_such_a_voucher_gives_change_when_all_goods_are_its_own() -> None:
    priced = cart_of(8_004, 0)
    settled = settle(priced, [given_(VOUCHER, 10_000, "farm60")], RULES)
    check(settled, priced)
    assert settled.change_won == 2_000


def test_truncation_leaves_alone_what_a_voucher_has_paid() -> None:
    # The exempt line is paid to the last won; all nine won come off the other one.
    priced = cart_of(5_003, 5_009, taxable=(1,))
    settled = settle(priced, [given_(VOUCHER, 5_003, "farm"), given_(CASH, 5_000)], RULES)
    assert [line.truncation_won for line in settled.priced.lines] == [0, 9]
    check(settled, priced)


def test_a_sale_of_nothing_and_a_sale_for_nothing() -> None:
    assert refusal(price(Cart())).code == "sale.empty"
    assert settle(cart_of(0), []).tenders == ()
    for kind in (CASH, CARD):
        settled = settle(cart_of(0), [given_(kind, 0)])
        assert (settled.tenders[0].amount_won, settled.change_won) == (0, 0)
    only_cut = settle(cart_of(7), [given_(CASH, 0)])
    assert (only_cut.priced.total_won, only_cut.priced.truncation_won) == (0, 7)
    rest_cut = settle(cart_of(10_000), [given_(CARD, 9_995), given_(CASH, 0)])
    assert rest_cut.priced.truncation_won == 5


@pytest.mark.parametrize(
    ("tender", "code"),
    [
        (given_(CASH, -1), "tender.not_positive"),
        (given_(CARD, 0), "tender.not_positive"),
        (given_(CARD, 10**12), "tender.too_large"),
        (given_(CARD, 8_000.0), "tender.not_whole"),  # type: ignore[arg-type]
        (given_(CREDIT, 8_000, payer="  "), "tender.credit_needs_department"),
        (given_(CARD, 8_000, instalments=-1), "tender.instalments"),
        (given_(CARD, 8_000, instalments=61), "tender.instalments"),
        (given_(CARD, 8_000, instalments=True), "tender.instalments"),
        (given_(VOUCHER, 8_000, "onnuri", faces=((8_000, 1),)), "tender.unknown_face"),
        (given_(VOUCHER, 5_000, "onnuri", faces=((5_000, -1),)), "tender.unknown_face"),
        (given_(VOUCHER, 5_000, "local", faces=((0, 1),)), "tender.unknown_face"),
        (given_(VOUCHER, 8_000, "onnuri", faces=((5_000, 1),)), "tender.faces_differ"),
    ],
)
def test_tenders_that_make_no_sense_are_refused(tender: TenderInput, code: str) -> None:
    extra = [given_(CARD, 8_000)] if tender.received_won == 0 else []
    assert refusal(cart_of(8_000), *extra, tender).code == code


def test_voucher_faces_are_counted() -> None:
    tender = given_(VOUCHER, 20_000, "onnuri", faces=((5_000, 2), (10_000, 1)), held_by="vendor")
    settled = settle(cart_of(20_000), [tender])
    assert settled.tenders[0].input is tender
    none_of_one = given_(VOUCHER, 30_000, "onnuri", faces=((5_000, 0), (30_000, 1)))
    assert settle(cart_of(30_000), [none_of_one]).change_won == 0


def test_the_largest_tender() -> None:
    huge = given_(CASH, 999_999_999_999)
    assert settle(cart_of(10), [huge]).change_won == 999_999_999_989


@given(st.lists(st.integers(0, 9_999), min_size=1, max_size=6), st.integers(0, 5_000))
def test_change_from_a_voucher_for_some_goods_cuts_each_line_by_what_it_has_left(
    wons: list[int], over: int
) -> None:
    priced = cart_of(*wons)
    received = priced.total_won + min(over, priced.total_won * 2 // 3)
    if received == 0:
        return
    settled = settle(priced, [given_(VOUCHER, received, "farm60")], RULES)
    check(settled, priced)
    assert settled.change_won == received - settled.priced.total_won


def test_too_many_tenders() -> None:
    assert refusal(cart_of(8_000), *[given_(CARD, 1)] * 21).code == "tender.too_many"


def test_rules_are_found_by_code_or_name_and_else_the_plain_one() -> None:
    assert rule_for(VOUCHER, "onnuri").change_percent == 60
    assert rule_for(VOUCHER, "온누리상품권").kind == "onnuri"
    assert rule_for(VOUCHER, "unheard") == TenderRule(VOUCHER, name="상품권")
    assert rule_for(CARD, "신용").change == "never"
    with pytest.raises(DomainError) as refused:
        rule_for(CARD, "", [TenderRule(VOUCHER, "onnuri")])
    assert refused.value.code == "tender.not_accepted"


@pytest.mark.parametrize(
    ("total", "other", "due"), [(61_407, 0, 61_400), (61_407, 1_408, 59_990), (5, 0, 0), (10, 20, 0)]
)
def test_cash_due(total: int, other: int, due: int) -> None:
    assert due_in_cash(cart_of(total), other) == due


@pytest.mark.parametrize(
    ("total", "keys"),
    [
        (61_400, (61_400, 62_000, 65_000, 70_000, 100_000)),
        (38_600, (38_600, 39_000, 40_000, 50_000, 100_000)),
        (12_300, (12_300, 13_000, 15_000, 20_000, 50_000)),
        (4_500, (4_500, 5_000, 10_000, 50_000)),
        (50_000, (50_000, 100_000)),
        (200_010, (200_010, 201_000, 205_000, 210_000, 250_000)),
        (0, ()),
        (-5, ()),
    ],
)
def test_quick_cash(total: int, keys: tuple[int, ...]) -> None:
    assert quick_cash(total) == keys


@given(st.integers(1, 10**9))
def test_quick_cash_always_suffices(total: int) -> None:
    keys = quick_cash(total)
    assert keys[0] == total
    assert list(keys) == sorted(set(keys))
    assert len(keys) <= 6


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        (38_600, ((10_000, 3), (5_000, 1), (1_000, 3), (500, 1), (100, 1))),
        (100_000, ((50_000, 2),)),
        (60, ((50, 1), (10, 1))),
        (9, ()),
        (-10, ()),
    ],
)
def test_notes_and_coins(change: int, notes: tuple[tuple[int, int], ...]) -> None:
    assert notes_for(change) == notes


@given(st.integers(0, 10**7))
def test_notes_make_up_the_change(tens: int) -> None:
    notes = notes_for(tens * 10)
    assert sum(won * pieces for won, pieces in notes) == tens * 10
    assert all(pieces > 0 for _, pieces in notes)
