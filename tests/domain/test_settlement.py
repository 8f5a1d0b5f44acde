"""What the market owes a vendor: by hand, and on random markets to the won."""

from dataclasses import replace
from random import Random
from typing import TypeVar

import pytest

from pos_app.domain.commission import Applies, Band, Piece, Rule, Scope
from pos_app.domain.errors import DomainError
from pos_app.domain.settlement import (
    COOPERATIVE,
    NO_RULE,
    VENDOR,
    Account,
    FeeLine,
    Goods,
    RuleLine,
    Statement,
    Taken,
    TenderLine,
    Terms,
    reckon,
    spread_signed,
    total,
)
from tests.domain.random_markets import FROM_ON, UNTIL_ON, random_market

T = TypeVar("T")
ON = "2026-11-20"
FARM = Rule("farm", "2026-01-01", (Band(0, 100),), vendor_class="농가", name="농가 10%")
TERMS = Terms((FARM,), {"card": 15, "voucher": 20}, frozenset({"voucher"}))
SCOPE = Scope("m1", "가치키움", "농가")


def account(goods: list[Goods], taken: list[tuple[str, str, int]], **more: object) -> Account:
    tenders = tuple(Taken(ON, tender, holder, won) for tender, holder, won in taken)
    return Account("v1", SCOPE, tuple(goods), tenders, **more)  # type: ignore[arg-type]


def on_the_day(found: Account, terms: Terms = TERMS) -> Statement:
    return reckon(found, terms, ON, ON)


def check_identities(found: Statement) -> None:
    assert found.payout_won + found.commission_won + found.fees_won == found.net_won
    for line in found.tenders:
        assert line.payout_won + line.commission_won + line.fee_won == line.net_won
    assert sum(line.net_won for line in found.tenders) == found.net_won
    assert sum(line.commission_won for line in found.tenders) == found.commission_won
    assert sum(line.fee_won for line in found.tenders) == found.fees_won
    assert sum(line.net_won for line in found.lines) == found.net_won
    assert sum(line.commission_won for line in found.lines) == found.commission_won
    assert found.net_won == (found.gross_won - found.discount_won - found.truncation_won - found.refunds_won)
    paid_out = found.to_transfer_won + found.carried_out_won + found.held_by_vendor_won + found.held_back_won
    assert paid_out == found.payout_won + found.released_won + found.carried_in_won
    assert found.to_transfer_won >= 0 >= found.carried_out_won
    assert found.to_transfer_won == 0 or found.carried_out_won == 0


def test_a_statement_by_hand() -> None:
    # net 200,000 - 10,000 - 5 - 20,000 = 169,995; 10 % = 16,999.5 -> 16,999
    # card 100,000 x 15 permille = 1,500; payout 169,995 - 16,999 - 1,500 = 151,496
    # commission by tender: 16,999 x 100,000 / 169,995 = 9,999.7 -> 10,000; cash 6,999
    found = on_the_day(
        account(
            [Goods(ON, "농산물", 200_000, 10_000, 5, 20_000)],
            [("cash", COOPERATIVE, 69_995), ("card", COOPERATIVE, 100_000)],
        )
    )
    assert found.lines == (
        RuleLine(ON, "farm", "농가 10%", ("농산물",), 169_995, 16_999, (Piece(100, 169_995),)),
    )
    assert found.fees == (FeeLine(ON, "card", 100_000, 15, 1_500),)
    assert found.tenders == (
        TenderLine("card", COOPERATIVE, 100_000, 10_000, 1_500, 88_500),
        TenderLine("cash", COOPERATIVE, 69_995, 6_999, 0, 62_996),
    )
    assert (found.payout_won, found.to_transfer_won, found.carried_out_won) == (151_496, 151_496, 0)
    assert (found.vendor_id, found.market_id, found.from_on, found.until_on) == ("v1", "m1", ON, ON)
    check_identities(found)


def test_what_the_vendor_holds_is_set_against_the_payout() -> None:
    # own terminal 80,000, no fee; cash 20,000: payout 90,000, of which 80,000 is there already
    found = on_the_day(
        account([Goods(ON, "", 100_000)], [("card", VENDOR, 80_000), ("cash", COOPERATIVE, 20_000)])
    )
    assert (found.fees_won, found.payout_won, found.held_by_vendor_won) == (0, 90_000, 80_000)
    assert (found.to_transfer_won, found.carried_out_won) == (10_000, 0)


@pytest.mark.acceptance("A24")
def test_a_negative_balance_carries_over_and_is_taken_from_the_next_payout() -> None:
    # all on the own terminal: the commission of 10,000 is owed
    first = on_the_day(account([Goods(ON, "", 100_000)], [("card", VENDOR, 100_000)]))
    assert (first.to_transfer_won, first.carried_out_won) == (0, -10_000)
    later = on_the_day(
        account([Goods(ON, "", 50_000)], [("cash", COOPERATIVE, 50_000)], carried_won=first.carried_out_won)
    )
    assert (later.payout_won, later.carried_in_won, later.to_transfer_won) == (45_000, -10_000, 35_000)
    assert later.carried_out_won == 0


def test_vouchers_wait_until_they_are_redeemed() -> None:
    # voucher 30,000: commission 3,000, fee 2 % of 30,000 = 600, so 26,400 wait
    first = on_the_day(
        account(
            [Goods(ON, "", 50_000)], [("voucher:onnuri", COOPERATIVE, 30_000), ("cash", COOPERATIVE, 20_000)]
        )
    )
    assert (first.held_back_won, first.to_transfer_won) == (26_400, 18_000)
    later = on_the_day(account([], [], released_won=first.held_back_won))
    assert (later.net_won, later.payout_won, later.to_transfer_won) == (0, 0, 26_400)
    check_identities(later)
    own = on_the_day(account([Goods(ON, "", 50_000)], [("voucher", VENDOR, 50_000)]))
    assert (own.held_back_won, own.fees_won) == (0, 0)
    back = on_the_day(account([Goods(ON, "", 0, 0, 0, 1_000)], [("voucher", COOPERATIVE, -1_000)]))
    assert (back.held_back_won, back.carried_out_won) == (0, -1_000 + 100 + 20)


def test_a_kind_of_voucher_may_have_a_rate_and_a_wait_of_its_own() -> None:
    terms = replace(
        TERMS,
        fees_permille={"voucher": 20, "voucher:onnuri": 0},
        held_until_redeemed=frozenset({"voucher:onnuri"}),
    )
    found = on_the_day(
        account(
            [Goods(ON, "", 50_000)],
            [("voucher:onnuri", COOPERATIVE, 30_000), ("voucher", COOPERATIVE, 20_000)],
        ),
        terms,
    )
    assert found.fees == (FeeLine(ON, "voucher", 20_000, 20, 400),)
    assert found.held_back_won == 27_000


def test_goods_without_a_rule_take_nothing_and_warn() -> None:
    found = on_the_day(
        replace(
            account([Goods(ON, "", 10_000)], [("cash", COOPERATIVE, 10_000)]), scope=Scope("m1", "", "단체")
        )
    )
    assert found.warnings == (NO_RULE,)
    assert found.lines == (RuleLine(ON, "", "", ("",), 10_000, 0, (Piece(0, 10_000),)),)
    assert found.to_transfer_won == 10_000


def test_classes_under_one_rule_are_added_up_before_cutting() -> None:
    # 1,005 + 1,005 = 2,010 x 10 % = 201, not 100 + 100
    found = on_the_day(
        account(
            [Goods(ON, "나", 500), Goods(ON, "나", 505), Goods(ON, "가", 1_005)],
            [("cash", COOPERATIVE, 2_010)],
        )
    )
    assert found.lines[0].product_classes == ("가", "나")
    assert found.commission_won == 201


def test_days_of_one_statement_count_towards_the_bands() -> None:
    rule = Rule("r", "2026-01-01", (Band(0, 0), Band(100_000, 100)), applies=Applies.AT_ONCE)
    days = ("2026-11-06", "2026-11-13")
    found = reckon(
        Account(
            "v1",
            SCOPE,
            tuple(Goods(on, "", 80_000) for on in days),
            tuple(Taken(on, "cash", COOPERATIVE, 80_000) for on in days),
        ),
        Terms((rule,), {}),
        *days,
    )
    # 80,000 free; of the second 80,000 the part above 100,000 is 60,000
    assert [line.commission_won for line in found.lines] == [0, 6_000]


def test_an_exchange_without_money_still_balances() -> None:
    rules = (FARM, Rule("jam", "2026-01-01", (Band(0, 200),), vendor_class="농가", product_class="가공품"))
    terms = replace(TERMS, rules=rules)
    goods = [Goods(ON, "농산물", 10_000), Goods(ON, "가공품", 0, 0, 0, 10_000)]
    bare = on_the_day(account(goods, []), terms)
    assert bare.tenders == (TenderLine("", COOPERATIVE, 0, -1_000, 0, 1_000),)
    check_identities(bare)
    zero = on_the_day(account(goods, [("cash", COOPERATIVE, 0), ("card", COOPERATIVE, 0)]), terms)
    assert [line.commission_won for line in zero.tenders] == [-1_000, 0]
    swapped = on_the_day(account([], [("cash", COOPERATIVE, -500), ("card", COOPERATIVE, 500)]))
    assert (swapped.net_won, swapped.fees_won, swapped.carried_out_won) == (0, 7, -7)
    for found in (zero, swapped):
        check_identities(found)


def test_spreading_either_sign() -> None:
    assert spread_signed(10, [30, -5, 20]) == (6, 0, 4)
    assert spread_signed(-10, [30, -5, 20]) == (0, -10, 0)
    assert spread_signed(10, [-30, -20]) == (6, 4)
    assert spread_signed(-7, [0, 0]) == (-7, 0)
    assert spread_signed(0, [0]) == (0,)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (account([Goods(ON, "", 1_000)], [("cash", COOPERATIVE, 999)]), "settlement.tenders_differ"),
        (account([Goods("2026-11-19", "", 0)], []), "settlement.outside"),
        (account([Goods(ON, "", 1_000)], [("cash", "nobody", 1_000)]), "settlement.holder"),
        (account([], [], carried_won=1), "settlement.carried"),
    ],
)
def test_what_does_not_hold_together_is_refused(found: Account, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        on_the_day(found)
    assert refused.value.code == code


def _shuffled(random: Random, parts: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(random.sample(parts, len(parts)))


def check_market(seed: int) -> tuple[int, int]:
    """Every identity of a random market; (its net, what payout, commission and fees miss of it, by tender too)."""
    terms, accounts = random_market(seed)
    statements = [reckon(each, terms, FROM_ON, UNTIL_ON) for each in accounts]
    net = sum(goods.net_won for each in accounts for goods in each.goods)
    for found in statements:
        check_identities(found)
    sums = total(statements)
    misses = [sums.payout_won + sums.commission_won + sums.fees_won - net, sums.net_won - net]
    misses += [x.payout_won + x.commission_won + x.fee_won - x.net_won for x in sums.by_tender]
    residual = sum(abs(won) for won in misses)
    assert residual == 0
    by_tender: dict[tuple[str, str], int] = {}
    for each in accounts:
        for taken in each.taken:
            key = (taken.tender, taken.held_by)
            by_tender[key] = by_tender.get(key, 0) + taken.net_won
    for line in sums.by_tender:
        assert line.net_won == by_tender.get((line.tender, line.held_by), 0)
    assert sums.to_transfer_won == sum(found.to_transfer_won for found in statements)
    # Once more, with everything told in another order: the same figures.
    other = Random(seed)
    for each, found in zip(accounts, statements, strict=True):
        again = replace(each, goods=_shuffled(other, each.goods), taken=_shuffled(other, each.taken))
        rules = _shuffled(other, terms.rules)
        assert reckon(again, replace(terms, rules=rules), FROM_ON, UNTIL_ON) == found
    return net, residual


@pytest.mark.acceptance("A22")
def test_payout_commission_and_fees_make_the_net_on_random_markets() -> None:
    for seed in range(400):
        check_market(seed)


@pytest.mark.soak
@pytest.mark.acceptance("A22")
def test_payout_commission_and_fees_make_the_net_on_ten_thousand_markets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [check_market(seed) for seed in range(10_000)]
    net, residual = sum(each[0] for each in found), sum(each[1] for each in found)
    with capsys.disabled():
        print(f"\nA22: {len(found):,} markets, net {net:,} won, residual {residual} won")
    assert residual == 0
