"""The demo market settled end to end: every figure equals a reckoning from tape and workbook alone."""

from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.commission import Band, Rule
from pos_app.services.house import House
from tests.scenarios.without_flush import skip_flushes
from tests.services.settlement_reckoning import Owed, cut, day, tape, workbook

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
RATES = {"농가": 100, "가공": 130, "기업": 160}
FEE = 15


def sealed_market(home: Path, which: str) -> House:
    """Import, open, ring, close every shift, seal."""
    house = open_house(home)
    assert house.imports.workbook(DEMO / "catalogue.xlsx").vendors == 26
    house.days.open("한전 완판장터", "2026-11-20")
    house.shifts.open(0)
    assert house.ringing.tape((DEMO / which).read_bytes().splitlines()).refused == []
    for line in house.day_close.board():
        house.desk.register = line.register
        if line.state == "open":
            house.shifts.count_total(house.shifts.count_total(0).expected_won)
            house.shifts.close("시험")
    assert house.day_close.seal().complete
    return house


@pytest.fixture(params=["tape-mixed.jsonl", "tape.jsonl"])
def market(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[House, str]:
    skip_flushes(monkeypatch)
    return sealed_market(tmp_path / "home", request.param), request.param


def check(figures: list[dict[str, Any]], which: str) -> None:
    """A report against the paper reckoning, vendor by vendor."""
    wares, people = workbook(DEMO / "catalogue.xlsx")
    slips = tape(DEMO / which)
    owed = day(wares, slips)
    assert len(figures) == len({ware.vendor for ware in wares.values()})
    split = any(len(slip.get("tenders") or [1]) > 1 for slip in slips)
    refunds = any("refund_of" in slip for slip in slips)
    for row in figures:
        mine = owed.get(row["vendor"], Owed())
        assert row["gross_won"] == mine.gross
        assert row["discount_won"] == mine.discount
        assert row["truncation_won"] == mine.truncation
        assert row["refunds_won"] == mine.refunds
        assert row["net_won"] == mine.net
        assert row["commission_won"] == cut(mine.net, RATES[people[row["vendor"]][0]])
        assert row["payout_won"] + row["commission_won"] + row["fees_won"] == row["net_won"]
        if not split and not refunds:
            assert row["fees_won"] == cut(mine.tenders["card"], FEE)
        assert sum(line["net_won"] for line in row["lines"]) == row["net_won"]
        assert sum(line["commission_won"] for line in row["lines"]) == row["commission_won"]
        assert row["to_transfer_won"] == row["payout_won"]


def test_the_demo_market_end_to_end(market: tuple[House, str]) -> None:
    house, which = market
    for class_, rate in RATES.items():
        house.commissions.enter(Rule("", "2026-01-01", (Band(0, rate),), vendor_class=class_))
    house.commissions.set_fee("card", FEE)
    check(house.settlements.report()["vendors"], which)  # before any run: reckoned, not recorded
    made = house.settlements.run()
    assert [each.view.run.cooperative for each in made] == ["가치키움", "전남상사"]
    report = house.settlements.report()
    check(report["vendors"], which)
    people = workbook(DEMO / "catalogue.xlsx")[1]
    for each in made:
        for told in each.view.statements:
            assert people[told.vendor][1] == each.view.run.cooperative
    totals = house.reports.day()
    by_vendor = {row["vendor"]: row["net_won"] for row in totals["by_vendor"]}
    assert {row["vendor"]: row["net_won"] for row in report["vendors"]} == {
        name: net
        for name, net in by_vendor.items()
        if net or name in {r["vendor"] for r in report["vendors"]}
    }
    tenders: dict[str, int] = {}
    for each in made:
        for line in house.settlements.totals(each.view).by_tender:
            type_ = line.tender.partition(":")[0]
            tenders[type_] = tenders.get(type_, 0) + line.net_won
            assert line.payout_won + line.commission_won + line.fee_won == line.net_won
    assert {name: won for name, won in totals["tenders"].items() if won} == tenders


@pytest.mark.acceptance("A21")
def test_a_changed_rule_changes_nothing_that_was_settled(market: tuple[House, str]) -> None:
    house, _ = market
    for class_, rate in RATES.items():
        house.commissions.enter(Rule("", "2026-01-01", (Band(0, rate),), vendor_class=class_))
    made = house.settlements.run()
    ids = [each.view.run.run_id for each in made]
    house.payouts.approve(ids)
    kept = [(told.hash, told.statement) for each in made for told in each.view.statements]
    farm = next(rule for rule in house.commissions.rules() if rule.vendor_class == "농가")
    house.commissions.change(Rule(farm.id, farm.from_on, (Band(0, 900),), vendor_class="농가"))
    house.commissions.set_fee("card", 30)
    again = house.settlements.run()
    assert all(each.again for each in again)
    assert [each.view.run.run_id for each in again] == ids
    assert [(told.hash, told.statement) for each in again for told in each.view.statements] == kept
    house.payouts.pay(ids, "이체 7")
    assert all(each.again for each in house.settlements.run("2026-11-20"))
    assert house.integrity.rebuild().different == ()
    assert [(told.hash, told.statement) for v in house.settlements.views() for told in v.statements] == kept
