"""A payout run goes from draft to paid, never back, and a correction is a reversal."""

from dataclasses import replace

import pytest

from pos_app.domain.commission import Band, Rule, Scope
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.domain.settlement import (
    COOPERATIVE,
    VENDOR,
    Account,
    Goods,
    Statement,
    Taken,
    Terms,
    reckon,
    total,
)
from pos_app.domain.settlement_run import RunState, canonical, check_step, content_hash, reverse, run_hash
from tests.domain.random_markets import FROM_ON, UNTIL_ON, random_market

ON = "2026-11-20"
RULE = Rule("farm", "2026-01-01", (Band(0, 100),), vendor_class="농가", name="농가 10%")
TERMS = Terms((RULE,), {"card": 15})
DRAFT, APPROVED, PAID = RunState


def statement(won: int = 100_000, carried: int = 0, vendor_class: str = "농가") -> Statement:
    account = Account(
        "v1",
        Scope("m1", "", vendor_class),
        (Goods(ON, "", won),),
        (Taken(ON, "card", COOPERATIVE, won - 1_000), Taken(ON, "card", VENDOR, 1_000)),
        carried_won=carried,
    )
    return reckon(account, TERMS, ON, ON)


@pytest.mark.acceptance("A24")
def test_steps_by_role() -> None:
    allowed = {(DRAFT, APPROVED), (APPROVED, DRAFT), (APPROVED, PAID)}
    for role in Role:
        for old in RunState:
            for new in RunState:
                if role in (Role.COORDINATOR, Role.OFFICE) and (old, new) in allowed:
                    check_step(old, new, role, [statement()])
                    continue
                with pytest.raises(DomainError) as refused:
                    check_step(old, new, role, [statement()])
                held = role in (Role.COORDINATOR, Role.OFFICE)
                assert refused.value.code == ("settlement.step" if held else "right.missing")


@pytest.mark.acceptance("A24")
def test_a_paid_run_takes_no_further_step() -> None:
    for new in RunState:
        with pytest.raises(DomainError) as refused:
            check_step(PAID, new, Role.OFFICE, [statement()])
        assert refused.value.code == "settlement.step"


def test_goods_without_a_rule_and_empty_runs_are_not_approved() -> None:
    with pytest.raises(DomainError) as refused:
        check_step(DRAFT, APPROVED, Role.OFFICE, [statement(), statement(vendor_class="단체")])
    assert (refused.value.code, refused.value.params) == ("settlement.no_rule", {"count": 1})
    with pytest.raises(DomainError) as refused:
        check_step(DRAFT, APPROVED, Role.OFFICE)
    assert refused.value.code == "settlement.empty_run"


@pytest.mark.acceptance("A21")
def test_the_same_settlement_again_is_the_same_to_the_byte_whatever_became_of_the_rules() -> None:
    assert canonical(statement()) == canonical(statement())
    assert b"\xeb\x86\x8d\xea\xb0\x80" in canonical(statement())  # readable Korean, not escapes
    later = replace(RULE, id="farm-12", from_on="2026-12-01", bands=(Band(0, 120),))
    account = Account(
        "v1", Scope("m1", "", "농가"), (Goods(ON, "", 7_777),), (Taken(ON, "cash", COOPERATIVE, 7_777),)
    )
    before = reckon(account, TERMS, ON, ON)
    after = reckon(account, Terms((replace(RULE, until_on="2026-11-30"), later), {"card": 15}), ON, ON)
    assert content_hash(before) == content_hash(after)
    assert content_hash(before) != content_hash(replace(before, payout_won=before.payout_won + 1))


def test_a_run_has_one_hash_in_any_order() -> None:
    one, two = statement(), statement(200_000)
    assert run_hash([one, two]) == run_hash([two, one]) != run_hash([one])


@pytest.mark.acceptance("A24")
def test_a_correction_reverses_and_begins_anew() -> None:
    wrong, right = statement(100_000), statement(90_000)
    back = reverse(wrong, wrong.carried_out_won)
    assert back.reverses == content_hash(wrong)
    # what was transferred is owed, and the corrected statement takes it off
    assert (back.to_transfer_won, back.carried_out_won) == (0, -wrong.to_transfer_won)
    anew = statement(90_000, back.carried_out_won)
    assert wrong.to_transfer_won + anew.to_transfer_won + anew.carried_out_won == right.to_transfer_won
    sums = total([wrong, back])
    assert (sums.net_won, sums.commission_won, sums.fees_won, sums.payout_won) == (0, 0, 0, 0)
    assert all((line.net_won, line.payout_won) == (0, 0) for line in sums.by_tender)
    assert sum(line.commission_won for each in (wrong, back) for line in each.lines) == 0
    assert sum(line.fee_won for each in (wrong, back) for line in each.fees) == 0
    assert back.lines[0].pieces[0].net_won == -100_000


def test_on_random_markets_a_reversal_undoes_the_balance_too() -> None:
    for seed in range(50):
        terms, accounts = random_market(seed)
        for account in accounts:
            paid = reckon(account, terms, FROM_ON, UNTIL_ON)
            back = reverse(paid, paid.carried_out_won)
            assert back.to_transfer_won + back.carried_out_won == account.carried_won - paid.to_transfer_won


def test_a_statement_is_reversed_once_and_a_reversal_never() -> None:
    paid = statement()
    back = reverse(paid, 0)
    with pytest.raises(DomainError) as refused:
        reverse(paid, 0, [back.reverses])
    assert refused.value.code == "settlement.reversed_already"
    with pytest.raises(DomainError) as refused:
        reverse(back, 0)
    assert refused.value.code == "settlement.reversal"


@pytest.mark.acceptance("A21")
def test_the_bytes_of_a_statement_never_change_shape() -> None:
    # what was approved under this hash must be found under it for ever
    assert canonical(statement()).startswith(
        b'{"carried_in_won":0,"carried_out_won":0,"commission_won":10000,'
    )
    assert content_hash(statement()) == "c7407da671170307c2c9dcaf340185876efe20608a277013f3d1fe2ddb4a7323"
