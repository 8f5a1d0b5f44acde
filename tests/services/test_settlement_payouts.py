"""Approving, paying, taking back: by role, by account, with what carries over to the next market."""

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.domain.commission import Band
from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.editing import edit_of
from pos_app.services.house import House
from pos_app.storage.unit_of_work import CATALOGUE
from tests.services.houses import cash, event_bytes, good_id, refused, session, vendor_id
from tests.services.settlement_homes import (
    DAY,
    FIRM,
    MAKER,
    a_day,
    of,
    open_day,
    pay_all,
    rule,
    seal_day,
    settle_market,
)

TEN_OIL = [("P002", 10_000)]  # 새벽 공방: 210,000
TEN_TEA = [("P006", 10_000)]  # 두레 자활센터: 123,450


def refused_to_tills(house: House, run_id: str) -> None:
    """No step is for those who stand at a till."""
    for role in (Role.CASHIER, Role.VENDOR):
        house.use(session(role))
        for attempt in (
            lambda: house.payouts.approve([run_id]),
            lambda: house.payouts.pay([run_id], "1"),
            lambda: house.payouts.reverse(run_id, "까닭"),
            lambda: house.payouts.withdraw(run_id),
            lambda: house.payouts.transfers([run_id]),
            lambda: house.commissions.enter(rule(10)),
            lambda: house.commissions.set_fee("card", 1),
            lambda: house.payouts.set_account(vendor_id(0), "농협", "302-1234-5678"),
        ):
            with refused("right.missing"):
                attempt()


@pytest.mark.acceptance("A24")
def test_draft_approved_paid_by_role_and_paid_stays(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    a_day(house, DAY, (TEN_OIL, cash(210_000)), (TEN_TEA, cash(123_450)))
    for role in (Role.CASHIER, Role.VENDOR):
        house.use(session(role))
        with refused("right.missing"):
            house.settlements.run()
    house.use(session(Role.OFFICE))
    run_id = house.settlements.run()[0].view.run.run_id
    refused_to_tills(house, run_id)
    house.use(session(Role.COORDINATOR))
    with refused("settlement.not_approved"):
        house.payouts.pay([run_id], "이체 1")
    house.payouts.approve([run_id], vendor_id(MAKER))
    view = house.settlements.find(run_id)
    assert (view.state, view.states[vendor_id(MAKER)], view.states[vendor_id(FIRM)]) == (
        "draft",
        "approved",
        "draft",
    )
    with refused("settlement.step"):
        house.payouts.approve([run_id], vendor_id(MAKER))
    house.payouts.take_back_approval([run_id], vendor_id(MAKER))
    house.payouts.approve([run_id])
    with refused("settlement.no_reference"):
        house.payouts.pay([run_id], "  ")
    assert house.payouts.pay([run_id], "이체 1") == 300_105
    before = event_bytes(house)
    for attempt in (
        lambda: house.payouts.approve([run_id]),
        lambda: house.payouts.take_back_approval([run_id]),
        lambda: house.payouts.withdraw(run_id),
        lambda: house.payouts.pay([run_id], "이체 2"),
    ):
        with refused("settlement.step"):
            attempt()
    assert event_bytes(house) == before
    paid = house.settlements.find(run_id)
    assert (paid.state, paid.reference) == ("paid", "이체 1")


@pytest.mark.acceptance("A24")
def test_a_correction_takes_the_paid_run_back_and_the_difference_carries(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    first_rule = house.commissions.enter(rule(100))
    a_day(house, DAY, (TEN_TEA, cash(123_450)))
    first = house.settlements.run()
    pay_all(house, [each.view for each in first])
    with refused("settlement.no_reason"):
        house.payouts.reverse(first[0].view.run.run_id, " ")
    back = house.payouts.reverse(first[0].view.run.run_id, "율이 틀림")
    assert back.state == "paid"
    assert of(back, FIRM)["net_won"] == -123_450
    assert of(back, FIRM)["carried_out_won"] == -111_105
    with refused("settlement.reversed_already"):
        house.payouts.reverse(first[0].view.run.run_id, "또")
    with refused("settlement.reversal"):
        house.payouts.reverse(back.run.run_id, "또")
    house.commissions.change(replace(first_rule, bands=(Band(0, 200),), name=""))
    (fresh,) = house.settlements.run()
    found = of(fresh.view, FIRM)
    assert (found["payout_won"], found["carried_in_won"]) == (98_760, -111_105)
    assert (found["to_transfer_won"], found["carried_out_won"]) == (0, -12_345)
    pay_all(house, [fresh.view])
    a_day(house, "2026-11-27", (TEN_TEA, cash(123_450)))
    (later,) = house.settlements.run()
    assert of(later.view, FIRM)["carried_in_won"] == -12_345
    assert of(later.view, FIRM)["to_transfer_won"] == 98_760 - 12_345
    nets = [of(view, FIRM)["net_won"] for view in house.settlements.views()]
    assert sum(nets) == 2 * 123_450


def test_a_payout_needs_every_account(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    with house.desk.work.begin() as work:
        edit = edit_of(work.rows, "vendor", vendor_id(FIRM), {"contact": ""})
        assert edit is not None
        work.record(CATALOGUE, edit)
    a_day(house, DAY, (TEN_OIL + TEN_TEA, cash(333_450)))
    run_id = house.settlements.run()[0].view.run.run_id
    house.payouts.approve([run_id])
    before = event_bytes(house)
    for attempt in (lambda: house.payouts.pay([run_id], "이체"), lambda: house.payouts.transfers([run_id])):
        with refused("settlement.no_account") as said:
            attempt()
        assert said.value.params["vendors"] == "두레 자활센터"
    assert event_bytes(house) == before
    house.payouts.set_account(vendor_id(FIRM), "우체국", "700-1234-5678", "김두레")
    lines = house.payouts.transfers([run_id])
    assert [(line.to.bank, line.to.account, line.to.holder, line.amount_won) for line in lines] == [
        ("농협", "302-0000-1111-01", "새벽 공방", 189_000),
        ("우체국", "700-1234-5678", "김두레", 111_105),
    ]
    assert house.payouts.pay([run_id], "이체") == sum(line.amount_won for line in lines)
    assert house.payouts.account(vendor_id(FIRM)) == "우체국 ***-****-5678"
    assert not any(b"700-1234-5678" in data for data in event_bytes(house).values())
    for bank, account, code in (("", "1234567890", "payout.no_bank"), ("농협", "12", "payout.account")):
        with refused(code):
            house.payouts.set_account(vendor_id(FIRM), bank, account)


def test_vouchers_held_until_redeemed_come_with_the_next_run(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    house.commissions.decide([], ["voucher:onnuri"], [])
    onnuri = TenderInput(TenderType.VOUCHER, 30_000, "onnuri")
    open_day(house)
    house.till.add(good_id("P002"), 2000)
    house.till.complete([onnuri, cash(12_000)])
    seal_day(house)
    (made,) = house.settlements.run()
    found = of(made.view, MAKER)
    assert (found["payout_won"], found["held_back_won"], found["to_transfer_won"]) == (37_800, 27_000, 10_800)
    with refused("settlement.step"):
        house.payouts.redeem(made.view.run.run_id)
    pay_all(house, [made.view])
    house.payouts.redeem(made.view.run.run_id)
    with refused("settlement.nothing_held"):
        house.payouts.redeem(made.view.run.run_id)
    a_day(house, "2026-11-27", (TEN_TEA, cash(123_450)))
    (later,) = house.settlements.run()
    assert (of(later.view, MAKER)["released_won"], of(later.view, MAKER)["to_transfer_won"]) == (
        27_000,
        27_000,
    )
    pay_all(house, [later.view])
    a_day(house, "2026-12-04", (TEN_TEA, cash(123_450)))
    (last,) = house.settlements.run()
    assert of(last.view, MAKER)["released_won"] == 0


def test_money_that_the_vendor_holds_already_is_not_sent(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    own = TenderInput(TenderType.CARD, 210_000, held_by="vendor", approval_no="1")
    a_day(house, DAY, (TEN_OIL, own))
    (made,) = house.settlements.run()
    found = of(made.view, MAKER)
    assert (found["held_by_vendor_won"], found["to_transfer_won"], found["carried_out_won"]) == (
        210_000,
        0,
        -21_000,
    )
    pay_all(house, [made.view])
    a_day(house, "2026-11-27", (TEN_OIL, cash(210_000)))
    (later,) = house.settlements.run()
    assert of(later.view, MAKER)["to_transfer_won"] == 189_000 - 21_000


def test_a_draft_made_before_another_was_paid_is_stale(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    own = TenderInput(TenderType.CARD, 210_000, held_by="vendor", approval_no="1")
    a_day(house, DAY, (TEN_OIL, own))
    (first,) = house.settlements.run()
    a_day(house, "2026-11-27", (TEN_OIL, cash(210_000)))
    (second,) = house.settlements.run()
    house.payouts.approve([second.view.run.run_id])
    pay_all(house, [first.view])
    with refused("settlement.stale") as said:
        house.payouts.pay([second.view.run.run_id], "이체")
    assert said.value.params["vendor"] == "새벽 공방"
    house.payouts.take_back_approval([second.view.run.run_id])
    (fresh,) = house.settlements.run()
    pay_all(house, [fresh.view])
    assert of(fresh.view, MAKER)["to_transfer_won"] == 168_000
