"""Commission rules as they are entered and tried: succession, overlaps, gaps, bands by hand, past markets."""

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.domain.commission import Applies, Band, Rule
from pos_app.domain.operators import Role
from tests.services.houses import cash, event_bytes, refused, session, vendor_id
from tests.services.settlement_homes import DAY, FIRM, MAKER, a_day, of, pay_all, rule, settle_market, waived

TEA = ("P006", 12_345)  # won for one


def test_a_new_rule_ends_the_one_before(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    old = house.commissions.enter(rule(100, "농가"))
    house.commissions.enter(rule(120, "농가", "2026-12-01"))
    kept = {each.from_on: each.until_on for each in house.commissions.rules()}
    assert kept == {"2026-01-01": "2026-11-30", "2026-12-01": None}
    assert house.commissions.find(old.id).bands == (Band(0, 100),)
    assert house.commissions.find("농가 12%").from_on == "2026-12-01"
    changes = house.commissions.history()
    assert [(each.rule_id == old.id, each.rule is not None) for each in changes][-1] == (True, True)
    assert len(changes) == 3


def test_overlaps_gaps_and_nonsense_are_refused_by_name(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    kept = house.commissions.enter(rule(100, "농가"))
    before = event_bytes(house)
    with refused("commission.overlap") as said:
        house.commissions.enter(rule(120, "농가", "2025-06-01"))
    assert {said.value.params["first"], said.value.params["second"]} == {"농가 10%", "농가 12%"}
    with refused("commission.first_band"):
        house.commissions.enter(Rule("", "2026-01-01", (Band(10, 100),), vendor_class="가공"))
    with refused("commission.rate"):
        house.commissions.enter(rule(1001, "가공"))
    with refused("commission.date"):
        house.commissions.enter(rule(100, "가공", "2026-1-1"))
    with refused("commission.unknown"):
        house.commissions.end("no such rule", "2026-12-31")
    with refused("commission.tender"):
        house.commissions.decide(["card=15", "gold=3"], [], [])
    assert event_bytes(house) == before
    house.commissions.end(kept.id, "2026-10-31")
    with refused("commission.gap") as gap:
        house.commissions.enter(rule(130, "농가", "2026-11-20"))
    assert (gap.value.params["from_on"], gap.value.params["until_on"]) == ("2026-11-01", "2026-11-19")
    assert gap.value.params["first"] == "농가 10%"
    house.commissions.enter(rule(130, "농가", "2026-11-20"), gap_ok=True)
    house.commissions.enter(rule(50, "농가", "2026-11-01", until_on="2026-11-19"))
    house.commissions.take_out(house.commissions.find("농가 5%").id)
    assert len(house.commissions.rules()) == 2


def test_fees_are_decided_whole_or_not_at_all(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.decide(["card=15", "voucher=20", "voucher:onnuri=0"], ["voucher:onnuri"], [])
    terms = house.commissions.terms()
    assert dict(terms.fees_permille) == {"card": 15, "voucher": 20, "voucher:onnuri": 0}
    assert terms.held_until_redeemed == frozenset({"voucher:onnuri"})
    before = event_bytes(house)
    with refused("settings.value"):
        house.commissions.decide(["cash=5", "card=1001"], [], [])
    house.commissions.decide(["card=15"], [], [])  # said already
    assert event_bytes(house) == before
    house.use(session(Role.VENDOR))
    with refused("right.missing"):
        house.commissions.decide(["card=1"], [], [])


@pytest.mark.acceptance("A23")
def test_waived_until_five_million_and_due_from_the_month_after(tmp_path: Path) -> None:
    """Tea, 12,345 each: 300 in October (3,703,500), 150 on 6 November (5,555,250 reached), then more.

    20 November is still free; 4 December bears 10 % of 100 x 12,345 = 123,450.
    """
    house = settle_market(tmp_path)
    house.commissions.enter(waived(5_000_000, 100))
    commissions = []
    for on, count in (("2026-10-09", 300), ("2026-11-06", 150), (DAY, 100), ("2026-12-04", 100)):
        a_day(house, on, ([("P006", count * 1000)], cash(count * 12_345)))
        (made,) = house.settlements.run(on)
        commissions.append(of(made.view, FIRM)["commission_won"])
        pay_all(house, [made.view])
    assert commissions == [0, 0, 0, 123_450]


@pytest.mark.acceptance("A23")
def test_at_once_only_the_part_above_bears_the_rate(tmp_path: Path) -> None:
    """1,000,000 free, then 10 %: 60 x 12,345 = 740,700, then 493,800 more: 234,500 above -> 23,450."""
    house = settle_market(tmp_path)
    house.commissions.enter(Rule("", "2026-01-01", (Band(0, 0), Band(1_000_000, 100))))
    a_day(house, "2026-11-13", ([("P006", 60_000)], cash(740_700)))
    a_day(house, DAY, ([("P006", 40_000)], cash(493_800)))
    first, second = house.settlements.run("2026-11-13")[0], house.settlements.run(DAY)[0]
    assert of(first.view, FIRM)["commission_won"] == 0
    assert of(second.view, FIRM)["commission_won"] == 23_450
    told = second.view.of(vendor_id(FIRM))
    assert told is not None
    assert [(p.rate_permille, p.net_won) for p in told.statement.lines[0].pieces] == [
        (0, 259_300),
        (100, 234_500),
    ]


def test_two_days_in_one_run_count_on(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(Rule("", "2026-01-01", (Band(0, 0), Band(1_000_000, 100))))
    a_day(house, "2026-11-13", ([("P006", 60_000)], cash(740_700)))
    a_day(house, DAY, ([("P006", 40_000)], cash(493_800)))
    (made,) = house.settlements.run(from_on="2026-11-01")
    assert (made.view.run.from_on, made.view.run.until_on) == ("2026-11-13", DAY)
    assert of(made.view, FIRM)["commission_won"] == 23_450
    assert house.settlements.run("2026-11-13")[0].again


def test_a_rule_tried_on_past_markets_changes_nothing(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(130, "가공"))
    house.commissions.enter(rule(160, "기업"))
    house.commissions.enter(rule(100, "농가"))
    a_day(house, "2026-11-13", ([("P002", 10_000)], cash(210_000)), ([("P006", 10_000)], cash(123_450)))
    a_day(house, DAY, ([("P002", 10_000)], cash(210_000)))
    before = event_bytes(house)
    found = house.commissions.simulate(rule(200, "가공", "2027-01-01"))
    assert found.dates == ("2026-11-13", DAY)
    by_id = {each.vendor_id: each for each in found.vendors}
    maker, firm = by_id[vendor_id(MAKER)], by_id[vendor_id(FIRM)]
    assert (maker.net_won, maker.before_won, maker.after_won, maker.more_won) == (
        420_000,
        54_600,
        84_000,
        29_400,
    )
    assert firm.more_won == 0
    banded = Rule(
        "", "2027-01-01", (Band(0, 0), Band(300_000, 500)), vendor_class="가공", applies=Applies.AT_ONCE
    )
    again = {each.vendor_id: each for each in house.commissions.simulate(banded).vendors}
    assert again[vendor_id(MAKER)].after_won == 60_000
    one = house.commissions.simulate(rule(200, "가공", "2027-01-01"), from_on=DAY)
    assert one.dates == (DAY,)
    assert event_bytes(house) == before
    with refused("settlement.none"):
        house.commissions.simulate(rule(200), from_on="2027-01-01")
    with refused("commission.rate"):
        house.commissions.simulate(rule(2000))


def test_a_change_to_a_rule_keeps_its_history(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.operators.add("김담당", Role.COORDINATOR, "274913")
    house.operators.sign_in(house.operators.find("김담당"), "274913")
    made = house.commissions.enter(rule(100, "농가"))
    house.commissions.change(replace(made, bands=(Band(0, 90),), name=""))
    rates = [each.rule.bands[0].rate_permille for each in house.commissions.history() if each.rule]
    assert rates == [90, 100]
    assert {each.who for each in house.commissions.history()} == {"김담당"}
    assert house.integrity.rebuild().different == ()
