"""Runs over sealed days through the services: the cut, late sales, steps by role, carried balances, books apart."""

from pathlib import Path

import msgspec
import pytest

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderType
from pos_app.facts.market import DayAddendum
from pos_app.facts.settlements import SettlementStep
from pos_app.facts.shifts import CutHead, DaySeal
from pos_app.services.house import House
from pos_app.storage.queries import days
from pos_app.storage.unit_of_work import OFFICE, register_scope
from tests.services.houses import card, cash, event_bytes, refused, sell, session, stored, vendor_id
from tests.services.settlement_homes import (
    DAY,
    FARM,
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


def late_sale(house: House, sale_id: str, milli: int = 1000) -> None:
    """A sale like `sale_id` that reaches this home after the seal, as another register's journal would."""
    told = stored(house, sale_id)
    with house.desk.work.begin() as work:
        work.record(register_scope(told.day_id, "R9"), told)


def addendum(house: House, day_id: str, number: int = 1) -> None:
    """추가 n호 over everything that is here now."""
    with house.desk.work.begin() as work:
        row = work.rows.one('SELECT "key" FROM "day_seal" WHERE "day_id" = ?', day_id)
        assert row is not None
        cut = tuple(CutHead(log.hex(), seq, key.hex()) for log, seq, key in days.day_heads(work.rows, day_id))
        work.record(
            OFFICE,
            DayAddendum(day_id, number, bytes(row[0]).hex(), house.desk.clock.stamp(), cut, {}, "늦음"),
        )


def test_nothing_is_settled_before_the_seal(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    with refused("day.none"):
        house.settlements.run()
    open_day(house)
    before = event_bytes(house)
    with refused("settlement.not_sealed") as said:
        house.settlements.run()
    assert said.value.params["date"] == DAY
    with refused("day.unknown"):
        house.settlements.run("2020-01-01")
    assert event_bytes(house) == before


def test_payout_commission_and_fees_by_hand(tmp_path: Path) -> None:
    """Oil 210,000 by card at 10 % and 1.5 %, tea 123,450 cash at 16 %; refund of one oil, 21,000, in cash."""
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100, "가공"))
    house.commissions.enter(rule(160, "기업"))
    house.commissions.enter(rule(50, "농가"))
    house.commissions.set_fee("card", 15)
    open_day(house)
    oil = sell(house, TEN_OIL, card(210_000))
    sell(house, TEN_TEA, cash(123_450))
    house.returns.refund(oil, [(1, 1000, True)], "까닭", TenderType.CASH)
    seal_day(house)
    (made,) = house.settlements.run()
    found = of(made.view, MAKER)
    assert (found["gross_won"], found["refunds_won"], found["net_won"]) == (210_000, 21_000, 189_000)
    assert (found["commission_won"], found["fees_won"]) == (18_900, 3_150)
    assert found["payout_won"] == found["to_transfer_won"] == 189_000 - 18_900 - 3_150
    tea = of(made.view, FIRM)
    assert (tea["commission_won"], tea["payout_won"]) == (19_752, 123_450 - 19_752)
    assert of(made.view, FARM)["net_won"] == 0  # takes part, sold nothing
    told = made.view.of(vendor_id(MAKER))
    assert told is not None
    assert [(each.quantity_milli, each.net_won, each.commission_won) for each in told.goods] == [
        (9_000, 189_000, 18_900)
    ]
    assert told.sales_count == 1


def test_a_late_sale_is_a_statement_of_its_own(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    day_id = open_day(house)
    tea = sell(house, TEN_TEA, cash(123_450))
    seal_day(house)
    (first,) = house.settlements.run()
    hashes = first.view.run.statements
    late_sale(house, tea)  # the same id told twice: counts once, whoever is later is flagged
    with house.desk.work.begin() as work:
        told = stored(house, tea)
        other = told.__class__(
            **{name: getattr(told, name) for name in told.__struct_fields__} | {"receipt_no": "R9-1"}
        )
        work.record(register_scope(day_id, "R9"), other)
    assert house.settlements.run()[0].again  # not sealed yet: nothing to settle
    addendum(house, day_id)
    (late,) = house.settlements.run()
    assert not late.again
    assert late.view.run.days[0].after == (first.view.run.days[0].seal,)
    assert [told.vendor_id for told in late.view.statements] == [vendor_id(FIRM)]
    assert of(late.view, FIRM)["net_won"] == 2 * 123_450
    (kept, _) = house.settlements.views()
    assert kept.run.statements == hashes
    assert all(made.again for made in house.settlements.run())
    assert house.settlements.report()["vendors"][3]["net_won"] == 3 * 123_450


def test_a_reopened_day_is_settled_again_only_once_it_is_sealed(tmp_path: Path) -> None:
    """What was settled stays; the second seal brings only what was sold since, and it is paid on its own."""
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    open_day(house)
    sell(house, TEN_TEA, cash(123_450))
    seal_day(house)
    (first,) = house.settlements.run()
    pay_all(house, [first.view])
    house.day_close.reopen("빠진 판매")
    with refused("settlement.not_sealed"):
        house.settlements.run(DAY)
    house.shifts.open(0)
    sell(house, [("P006", 1000)], cash(12_350))
    seal_day(house)
    (second,) = house.settlements.run()
    assert of(second.view, FIRM)["net_won"] == 12_340  # truncated to ten
    assert second.view.run.days[0].after == (first.view.run.days[0].seal,)
    pay_all(house, [second.view])
    assert all(made.again for made in house.settlements.run(DAY))
    assert (
        sum(row["net_won"] for row in house.settlements.report(DAY)["vendors"])
        == house.reports.day(DAY)["net_won"]
    )
    assert house.integrity.rebuild().different == ()


def test_two_cooperatives_keep_separate_books(tmp_path: Path) -> None:
    house = settle_market(tmp_path, ("가", "나", "나", "가", "가"))
    house.commissions.enter(rule(100, cooperative="가"))
    house.commissions.enter(rule(200, cooperative="나"))
    a_day(house, DAY, (TEN_OIL + TEN_TEA, cash(333_450)))
    made = house.settlements.run()
    assert [each.view.run.cooperative for each in made] == ["가", "나"]
    assert {told.vendor_id for told in made[0].view.statements} == {vendor_id(n) for n in (0, 3, 4)}
    assert {told.vendor_id for told in made[1].view.statements} == {vendor_id(n) for n in (1, 2)}
    assert of(made[0].view, FIRM)["commission_won"] == 12_345
    assert of(made[1].view, MAKER)["commission_won"] == 42_000
    nets = [house.settlements.totals(each.view).net_won for each in made]
    assert sum(nets) == house.reports.day()["net_won"]
    pay_all(house, [made[0].view])
    assert [view.state for view in house.settlements.views()] == ["paid", "draft"]


def test_an_untouched_draft_gives_way_to_new_rules(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    a_day(house, DAY, (TEN_TEA, cash(123_450)))
    (bare,) = house.settlements.run()
    assert of(bare.view, FIRM)["commission_won"] == 0
    told = bare.view.of(vendor_id(FIRM))
    assert told is not None
    assert told.statement.warnings == ("commission.no_rule",)
    before = event_bytes(house)
    with refused("settlement.no_rule_for") as said:
        house.payouts.approve([bare.view.run.run_id])
    assert said.value.params["vendors"] == "두레 자활센터"
    assert event_bytes(house) == before
    house.commissions.enter(rule(100))
    (fresh,) = house.settlements.run()
    assert not fresh.again
    assert of(fresh.view, FIRM)["commission_won"] == 12_345
    assert [view.state for view in house.settlements.views()] == ["withdrawn", "draft"]
    house.payouts.approve([fresh.view.run.run_id])
    house.payouts.withdraw(fresh.view.run.run_id)
    assert [view.state for view in house.settlements.views()] == ["withdrawn", "withdrawn"]
    (third,) = house.settlements.run()
    assert third.view.run.hash == fresh.view.run.hash
    assert third.view.run.run_id != fresh.view.run.run_id


def test_a_void_counts_nowhere(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    open_day(house)
    tea = sell(house, TEN_TEA, cash(123_450))
    sell(house, TEN_OIL, cash(210_000))
    house.returns.void(tea, "까닭")
    seal_day(house)
    (made,) = house.settlements.run()
    assert of(made.view, FIRM)["gross_won"] == 0
    assert house.settlements.totals(made.view).net_won == 210_000


def test_notes_stay_and_figures_lead_to_their_sales(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    open_day(house)
    oil = sell(house, [("P002", 2000), ("P003", 1000)], card(45_333))
    house.returns.refund(oil, [(1, 1000, True)], "까닭", TenderType.CASH)
    seal_day(house)
    run_id = house.settlements.run()[0].view.run.run_id
    maker = vendor_id(MAKER)
    house.use(session(Role.CASHIER))
    with refused("right.missing"):
        house.statements.write_note(run_id, maker, "환불이 이상해요")
    house.use(session(Role.VENDOR, "이새벽"))
    with refused("report.own_vendor"):  # nobody knows whose till this is
        house.statements.write_note(run_id, maker, "환불이 이상해요")
    house.desk.settings.set("vendor_id", maker)
    with refused("settlement.no_note"):
        house.statements.write_note(run_id, maker, " ")
    house.statements.write_note(run_id, maker, "환불이 이상해요")
    house.use(session(Role.COORDINATOR))
    pay_all(house, [house.settlements.find(run_id)])
    view = house.statements.one(run_id, maker)
    assert [(note.author, note.text) for note in view.notes] == [("이새벽", "환불이 이상해요")]
    assert any("환불이 이상해요" in str(block) for block in house.statements.slip(run_id, maker).blocks)
    links = house.statements.sales(run_id, maker)
    assert sum(link.won for link in links) == view.told.statement.net_won
    assert {link.sale_id for link in links} == {oil}
    for line in view.told.statement.tenders:
        assert (
            sum(link.won for link in house.statements.sales(run_id, maker, tender=line.tender))
            == line.net_won
        )
    for goods in view.told.goods:
        found = house.statements.sales(run_id, maker, goods.product_id)
        assert sum(link.won for link in found) == goods.net_won
    with refused("settlement.not_in_run"):
        house.statements.one(run_id, "nobody")


@pytest.mark.acceptance("A39")
def test_a_vendor_is_shown_the_own_statement_and_refused_every_other(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    a_day(house, DAY, ([("P002", 10_000), ("P006", 10_000)], cash(333_450)))
    run_id = house.settlements.run()[0].view.run.run_id
    other = vendor_id(FIRM)
    house.use(session(Role.VENDOR, "새벽 공방"))
    (view,) = house.settlements.views()
    for seen in (view, house.settlements.find(run_id), *house.settlements.current()):
        assert [told.vendor for told in seen.statements] == ["새벽 공방"]
        assert house.settlements.totals(seen).net_won == 210_000
        assert [each.told.vendor for each in house.statements.of_run(seen)] == ["새벽 공방"]
    assert [row["vendor"] for row in house.settlements.report()["vendors"]] == ["새벽 공방"]
    assert [row["vendor"] for row in house.statements.book([view])["vendors"]] == ["새벽 공방"]
    assert house.statements.one(run_id, vendor_id(MAKER)).told.vendor == "새벽 공방"
    assert [link.won for link in house.statements.sales(run_id, vendor_id(MAKER))] == [210_000]
    before = event_bytes(house)
    for attempt in (
        lambda: house.statements.one(run_id, other),
        lambda: house.statements.sales(run_id, other),
        lambda: house.statements.slip(run_id, other),
        lambda: house.statements.print_slip(run_id, other),
        lambda: house.statements.write_note(run_id, other, "남의 것"),
    ):
        with refused("settlement.not_yours"):
            attempt()
    house.use(session(Role.CASHIER))
    for attempt in (
        house.settlements.views,
        house.settlements.current,
        house.settlements.report,
        lambda: house.statements.one(run_id, other),
    ):
        with refused("right.missing"):
            attempt()
    assert event_bytes(house) == before


def test_two_seals_made_apart_are_decided_before_settling(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    day_id = open_day(house)
    sell(house, TEN_TEA, cash(123_450))
    seal_day(house)
    with house.desk.work.begin() as work:
        (body,) = days.seals(work.rows, day_id)
        other = msgspec.structs.replace(msgspec.json.decode(body, type=DaySeal), cut=())
        second = work.record(OFFICE, other)
    with refused("day.seals_undecided"):
        house.settlements.run()
    house.day_close.choose(second.key.hex(), "시험")
    (made,) = house.settlements.run()
    assert house.settlements.totals(made.view).net_won == 0


def test_runs_made_apart_on_two_machines(tmp_path: Path) -> None:
    """The same run told twice counts once; two different ones over the same sales are never both approved."""
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    a_day(house, DAY, (TEN_TEA, cash(123_450)))
    (made,) = house.settlements.run()
    run = made.view.run
    with house.desk.work.begin() as work:
        for fact in (run, *made.view.statements):
            work.record(
                OFFICE,
                msgspec.structs.replace(fact, **({"at": "2026-11-20T20:00:00+09:00"} if fact is run else {})),
            )
    (view,) = house.settlements.views()
    assert len(view.statements) == len(made.view.statements)
    with house.desk.work.begin() as work:
        for fact in (run, *made.view.statements):
            work.record(OFFICE, msgspec.structs.replace(fact, run_id="00000000-0000-5000-8000-000000000001"))
    with refused("settlement.twice"):
        house.payouts.approve([run.run_id])
    house.payouts.withdraw("00000000-0000-5000-8000-000000000001")
    with house.desk.work.begin() as work:  # a run whose statements are still on their way
        work.record(OFFICE, msgspec.structs.replace(run, run_id="00000000-0000-5000-8000-000000000002"))
    with refused("settlement.incomplete"):
        house.payouts.approve(["00000000-0000-5000-8000-000000000002"])
    with house.desk.work.begin() as work:
        at = "2026-11-20T20:00:00+09:00"
        work.record(OFFICE, SettlementStep("00000000-0000-5000-8000-000000000002", "withdrawn", at))
    pay_all(house, [made.view])
    assert house.integrity.rebuild().different == ()


def test_a_run_whose_slips_are_no_longer_there_is_noticed(tmp_path: Path) -> None:
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    open_day(house)
    tea = sell(house, TEN_TEA, cash(123_450))
    seal_day(house)
    (made,) = house.settlements.run()
    house.payouts.approve([made.view.run.run_id])
    with house.database.write() as rows:
        rows.run('DELETE FROM "event" WHERE "key" = (SELECT "key" FROM "sale" WHERE "id" = ?)', tea)
    with refused("settlement.changed") as said:
        house.settlements.run()
    assert said.value.params["vendor"] == "두레 자활센터"


def test_the_cut_ends_within_a_register_s_log(tmp_path: Path) -> None:
    """What the same till wrote after the seal stays out, until an addendum tells of it."""
    house = settle_market(tmp_path)
    house.commissions.enter(rule(100))
    day_id = open_day(house)
    told = stored(house, sell(house, TEN_TEA, cash(123_450)))
    seal_day(house)
    with house.desk.work.begin() as work:
        work.record(register_scope(day_id, "R1"), msgspec.structs.replace(told, receipt_no="R1-X-9999"))
    (made,) = house.settlements.run()
    assert of(made.view, FIRM)["net_won"] == 123_450
    assert house.settlements.run()[0].again
    a_day(house, "2026-11-27", (TEN_OIL, cash(210_000)))
    house.settlements.run()
    account = next(
        t.account for t in house.settlements.current()[0].statements if t.vendor_id == vendor_id(FIRM)
    )
    assert account is not None
    assert account.history == ((DAY, 123_450),)  # the late one does not count there either
