"""Orders, donations, mark-downs and settlements: whatever the order of arrival, the tables agree."""

from pathlib import Path

import msgspec

from pos_app.domain.commission import Band, Rule, Scope
from pos_app.domain.settlement import Account, Terms, reckon
from pos_app.facts import catalogue, market, settlements
from tests.storage.histories import AT, DATE, DAY, say
from tests.storage.test_folding import same_in_every_order, two

GIVEN = market.DonationLine("p1", "v1", "사과", "개", 3000, 1000, 3000, "leftover")


def gift(**changes: object) -> market.Donation:
    plain = market.Donation("d1", DAY, DATE, AT, "한마음복지관", (GIVEN,), 3000)
    return msgspec.structs.replace(plain, **changes)


def order(version: int, state: str = "ordered") -> market.Order:
    line = market.OrderedLine(1, "p1", "v1", "사과", "개", 1000, 1000)
    return market.Order(
        "o1", "b1", DAY, AT, "한전", "총무부", "sealed", "sealed", "AB12CD34", (line,), state, version
    )


def test_the_last_saying_of_a_donation_moves_the_stock_once(tmp_path: Path) -> None:
    one, other = two()
    more = msgspec.structs.replace(GIVEN, quantity_milli=5000, value_won=5000)
    bought = msgspec.structs.replace(GIVEN, source="bought", sale_id="s")
    events = [
        say(one, gift(), hlc=1),
        say(one, gift(lines=(more, bought), value_won=8000), hlc=2),
        say(other, gift(lines=(GIVEN,)), hlc=2),
    ]
    same_in_every_order(tmp_path, [one, other], events)


def test_a_withdrawn_donation_leaves_nothing(tmp_path: Path) -> None:
    one, other = two()
    events = [say(one, gift(), hlc=1), say(other, gift(withdrawn=True), hlc=5)]
    made = same_in_every_order(tmp_path, [one, other], events)
    one, other = two()
    alone = same_in_every_order(tmp_path / "alone", [one, other], [say(other, gift(withdrawn=True), hlc=5)])
    assert made["stock"] == alone["stock"]
    assert made["stock_movement"] == alone["stock_movement"]


def test_orders_pick_ups_and_mark_downs(tmp_path: Path) -> None:
    one, other = two()
    plan = market.Markdown("m1", DAY, "v1", AT, (market.MarkdownStep(200, "15:00"),), (), "김판매")
    events = [
        say(one, order(1), hlc=9),
        say(other, order(2, "packed"), hlc=2),
        say(one, order(2, "cancelled"), hlc=3),
    ]
    same_in_every_order(tmp_path, [one, other], events)
    one, other = two()
    plans = [say(other, plan, hlc=1), say(one, msgspec.structs.replace(plan, ended=True), hlc=4)]
    same_in_every_order(tmp_path / "plans", [one, other], plans)
    one, other = two()
    twice = [
        say(one, market.PickUp("o1", DAY, "R1", AT, "s1", 1)),
        say(other, market.PickUp("o1", DAY, "R2", AT, "s2", 1)),
        say(other, market.Reconciled(DAY, "R2", "s2", AT, "card", 1000, 900), hlc=1),
    ]
    same_in_every_order(tmp_path / "twice", [one, other], twice)


def test_bundles_rules_and_settlements_are_read_back(tmp_path: Path) -> None:
    one, other = two()
    rule = Rule("r1", "2026-01-01", (Band(0, 100),))
    parts = catalogue.FieldEdit(["p1 1000 2", "p2 2000 3"], 1)
    name = catalogue.FieldEdit("꾸러미", 1)
    body = catalogue.FieldEdit(msgspec.json.encode(rule).decode(), 1)
    statement = reckon(Account("v1", Scope(), (), ()), Terms((rule,), {}), DATE, DATE)
    run = settlements.SettlementRun(
        "r", "m", "장터", "", DATE, DATE, (settlements.SettledDay(DAY, DATE, "ab"),), (rule,), {}, (),
        (("v1", "h"),), "h", AT,
    )  # fmt: skip
    events = [
        say(one, catalogue.Edit("bundle", "b1", {"parts": parts, "name": name})),
        say(one, catalogue.Edit("commission", "r1", {"rule": body})),
        say(other, settlements.SettledStatement("r", "v1", "농장", "h", statement)),
        say(other, run),
    ]
    made = same_in_every_order(tmp_path, [one, other], events)
    assert made["bundle_part"] != made["commission_rule"]
