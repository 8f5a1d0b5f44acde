"""The market's whole day, from workbook to agency report: every figure as reckoned apart, to the won."""

from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.market_files import read
from tests.scenarios.reckoning import Day
from tests.scenarios.settling_up import balances, by_certificate, statement
from tests.scenarios.whole_market import AGENCY, SHORT, TERMS, WholeMarket

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
TAPES = ("tape-mixed.jsonl", "tape.jsonl")


@pytest.fixture(scope="module", params=TAPES)
def market(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WholeMarket:
    """The demo market done and settled."""
    made = WholeMarket(
        tmp_path_factory.mktemp("whole") / "home", DEMO, request.param, read(DEMO, request.param)
    )
    made.whole_day()
    return made


@pytest.fixture
def day(market: WholeMarket) -> Day:
    """The same day on paper."""
    return market.reckoned()


def told(market: WholeMarket, what: str) -> dict[str, Any]:
    """A report's figures."""
    return market.house.reports.figures(what)


@pytest.mark.acceptance("A49")
def test_the_order_sheets_bad_cells_are_named_and_all_else_is_taken(market: WholeMarket) -> None:
    taken = market.deeds.taken
    assert taken is not None
    assert tuple(cell for cell, _ in taken.bad) == market.files.bad_cells
    assert [cell.partition("!")[2] for cell, _ in taken.bad] == ["E21", "F37", "G45"]
    assert all(reason for _, reason in taken.bad)
    wares = market.files.wares
    worth = [wares[code].price * n for order in market.files.orders.values() for code, n in order.lines]
    assert (taken.people, taken.lines, taken.total_won) == (len(market.files.orders), len(worth), sum(worth))


def test_day_vendors_products_and_tenders(market: WholeMarket, day: Day) -> None:
    report = told(market, "day")
    for name, value in day.figures.items():
        assert report[name] == value, name
    assert {name: won for name, won in report["tenders"].items() if won} == {
        name: won for name, won in day.tenders.items() if won
    }
    assert {row["vendor"]: row["net_won"] for row in told(market, "vendors")["vendors"]} == {
        vendor: day.by_vendor[vendor] for vendor in market.files.firms
    }
    products = {
        row["product"]: [row["quantity_milli"], row["net_won"]]
        for row in told(market, "products")["products"]
    }
    assert {code: row for code, row in products.items() if any(row)} == {
        code: row for code, row in day.by_product.items() if any(row)
    }
    kinds: dict[tuple[str, str], int] = {}
    for (_, tender, holder), won in day.taken.items():
        kinds[tender, holder] = kinds.get((tender, holder), 0) + won
    assert {
        (f"{row['tender']}:{row['kind']}".rstrip(":"), row["held_by"]): row["net_won"]
        for row in told(market, "tenders")["tenders"]
    } == kinds
    assert sum(row["net_won"] for row in told(market, "hours")["hours"]) == day.figures["net_won"]


def test_tax_refunds_and_cash(market: WholeMarket, day: Day) -> None:
    tax = told(market, "tax")["tax"]
    for name in ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won"):
        assert sum(row[name] for row in tax) == day.figures[name], name
    refunds = told(market, "refunds")
    for name in ("refunds_won", "refunds_count", "voids_count"):
        assert refunds[name] == day.figures[name], name
    for row in told(market, "cash")["shifts"]:
        register = row["register"]
        assert row["cash_won"] == day.cash[register]
        assert row["over_short_won"] == -SHORT.get(register, 0)
        assert row["counted_won"] == market.expected(register) - SHORT.get(register, 0)


@pytest.mark.acceptance("A19")
def test_every_vendors_goods_balance_or_say_by_how_much_not(market: WholeMarket, day: Day) -> None:
    house = market.house
    names = {vendor.id: vendor.name for vendor in house.goods_sheets.overview().vendors}
    found = {names[each.vendor_id]: each for each in house.goods_sheets.balance()[1]}
    expected = balances(market.files, market.deeds.moved, day)
    assert {name: (own.short_won, own.over_won, own.missing_won) for name, own in found.items()} == {
        name: (own.short, own.over, own.missing) for name, own in expected.items()
    }
    gaps = [each.gap_size_won for each in house.goods_sheets.balance()[1]]
    assert gaps == sorted(gaps, reverse=True) and gaps[0] > 0
    for each in house.goods_sheets.balance()[1]:
        for row in each.rows:
            code = next(code for code in market.files.wares if market.product(code) == row.product_id)
            assert row.gap_milli == -market.deeds.moved.left(code, day), code


@pytest.mark.acceptance("A22")
def test_every_statement_to_the_won_and_what_goes_to_the_bank(market: WholeMarket, day: Day) -> None:
    house = market.house
    views = house.settlements.views()
    assert {view.state for view in views} == {"paid"}
    assert {view.run.cooperative for view in views} == {f.cooperative for f in market.files.firms.values()}
    seen, sent = set(), {}
    for view in views:
        for each in view.statements:
            firm, owed = market.files.firms[each.vendor], statement(market.files, day, each.vendor, TERMS)
            assert firm.cooperative == view.run.cooperative
            for name, won in owed.figures.items():
                assert getattr(each.statement, name) == won, (each.vendor, name)
            assert {
                (line.tender, line.held_by): (
                    line.net_won,
                    line.commission_won,
                    line.fee_won,
                    line.payout_won,
                )
                for line in each.statement.tenders
            } == owed.tenders, each.vendor
            assert sum(goods.net_won for goods in each.goods) == owed.figures["net_won"]
            assert sum(goods.commission_won for goods in each.goods) == owed.figures["commission_won"]
            seen.add(each.vendor)
            if owed.figures["to_transfer_won"]:
                sent[each.vendor] = owed.figures["to_transfer_won"]
    assert {vendor for vendor, won in day.by_vendor.items() if won} <= seen
    lines = house.payouts.transfers([view.run.run_id for view in views])
    assert {line.vendor: line.amount_won for line in lines} == sent


@pytest.mark.acceptance("A22")
def test_payouts_commissions_and_fees_come_to_the_net_sales(market: WholeMarket, day: Day) -> None:
    totals = [market.house.settlements.totals(view) for view in market.house.settlements.views()]
    assert sum(t.payout_won + t.commission_won + t.fees_won for t in totals) == day.figures["net_won"]
    tenders: dict[str, int] = {}
    for line in (line for each in totals for line in each.by_tender):
        type_ = line.tender.partition(":")[0]
        tenders[type_] = tenders.get(type_, 0) + line.payout_won + line.commission_won + line.fee_won
    assert tenders == {name: won for name, won in day.tenders.items() if won or name in tenders}


@pytest.mark.acceptance("A48")
def test_the_agencys_report(market: WholeMarket, day: Day) -> None:
    report, deeds = told(market, "agency"), market.deeds
    sold = {code: row for code, row in day.by_product.items() if any(row)}
    firms = {market.files.wares[code].vendor for code in sold}
    wares = market.files.wares
    orders = {row: sum(wares[code].price * n for code, n in lines) for row, lines in deeds.ordered.items()}
    given = {name: sum(won for _, _, won in lines) for name, lines in deeds.given.items()}
    expected = {
        "agency": AGENCY,
        "firms": len(firms),
        "items": len(sold),
        "sales_count": day.figures["sales_count"],
        "sales_won": day.figures["net_won"],
        "total_won": day.figures["net_won"],
        "departments": len(day.departments),
        "departments_won": sum(day.departments.values()),
        "orders": len(orders),
        "orders_won": sum(orders.values()),
        "orders_picked_up": len(deeds.picked_up),
        "order_sales_won": sum(day.ordered.values()),
        "institutions": len(given),
        "donated_won": sum(given.values()),
    }
    assert {name: report[name] for name in expected} == expected
    assert {row["vendor"]: row["net_won"] for row in report["by_firm"] if row["net_won"]} == {
        vendor: won for vendor, won in day.by_vendor.items() if won
    }
    assert {row["product"]: row["net_won"] for row in report["by_product"]} == {
        code: row[1] for code, row in sold.items()
    }
    assert {row["department"]: row["net_won"] for row in report["by_department"]} == day.departments
    assert {row["institution"]: row["value_won"] for row in report["by_institution"]} == given
    assert {row["kind"]: (row["firms"], row["net_won"]) for row in report["by_certificate"]} == (
        by_certificate(market.files, day)
    )
    years = {row["figure"]: (row["this"], row["last"]) for row in report["year_on_year"]["rows"]}
    for name in ("firms", "items", "sales_count", "sales_won", "orders", "donated_won"):
        assert years[name] == (expected[name], 0), name


def test_the_store_holds_what_it_told(market: WholeMarket) -> None:
    assert not market.house.integrity.verify().findings
    assert market.house.integrity.rebuild().different == ()
