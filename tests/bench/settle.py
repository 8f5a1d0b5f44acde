"""Settling a day of 1,500 sales with fifty vendors: the run beside hand-written SQL, statements, slips and files."""

import sqlite3

import msgspec

from pos_app.bootstrap import open_house
from pos_app.domain.commission import Applies, Band, Rule
from pos_app.printing import escpos_text
from pos_app.reports import statement_pdf, xlsx_export
from pos_app.reports.settlements import goods_table, rules_table, settlements_table, transfers_table
from pos_app.services.house import House
from pos_app.services.settlements_state import RunView
from tests.bench import market
from tests.bench.close import _taken_back
from tests.bench.figures import Check, Step, spread
from tests.bench.homes import DATABASE, copied, kept
from tests.bench.timing import Turns, timed

NAME = "settle"
PRODUCTS = 2_000  # of fifty vendors
BY_HAND = (
    'SELECT l."vendor_id", sum(l."amount_won"), sum(l."discount_won"), sum(l."net_won") FROM "sale" s '
    'JOIN "sale_line" l ON l."sale_id" = s."id" LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
    'WHERE s."day_id" = ? AND v."sale_id" IS NULL GROUP BY 1',
    'SELECT "vendor_id", sum("refund_won") FROM "refund_line" GROUP BY 1',
)


def measure(quick: bool) -> list[Step]:
    """A sealed day: preview, run, run again, and all its papers."""
    sales = 300 if quick else 1_500
    with copied(kept(PRODUCTS), "home") as (home,):
        house = open_house(home)
        day_id = _day(house, sales)
        raw = sqlite3.connect(home / DATABASE)
        words = f"{sales:,} sales, 50 vendors"
        rounds = 3 if quick else 10
        runs = _taken_back(house, house.settlements.run, rounds)
        made = [each.view for each in house.settlements.run()]
        turns = Turns(
            hand=lambda _: [raw.execute(sql, (day_id,) if "?" in sql else ()).fetchall() for sql in BY_HAND],
            preview=lambda _: house.settlements.report(),
            again=lambda _: house.settlements.run(),
        ).run(rounds, block=1, warm=1)
        floor, halves = turns.spread("hand"), turns.halves("hand")
        run = Step(NAME, f"run over {words}, to summing in SQL", spread(runs), floor, halves)
        again = turns.step(NAME, f"the same run again, checked byte for byte, {words}", "again", "hand")
        report = turns.step(NAME, f"report settlement, {words}", "preview", "hand")
        steps = [
            _judged(run, Check("worst", run.ours.p99, 2_000, 500, "ms")),
            _judged(again, Check("worst", again.ours.p99, 2_000, 500, "ms")),
            report,
            *_papers(house, made, rounds),
        ]
        raw.close()
        house.close()
    return steps


def _day(house: House, sales: int) -> str:
    """So many sales of fifty vendors, sealed, with rules and fees."""
    rung = 0
    while rung < sales:
        for cart in market.every_product_once(PRODUCTS):
            market.ring(house, cart)
            rung += 1
            if rung == sales:
                break
    house.shifts.count_total(0)  # more cash than a drawer holds
    house.shifts.close("bench")
    house.day_close.seal()
    bands = (Band(0, 0), Band(500_000, 100))
    house.commissions.enter(Rule("", "2020-01-01", bands, applies=Applies.AT_ONCE))
    house.commissions.decide(["card=15"], [], [])
    with house.desk.work.read() as rows:
        return house.desk.day(rows).day_id


def _papers(house: House, made: list[RunView], rounds: int) -> list[Step]:
    shown = [each for view in made for each in house.statements.of_run(view)][:50]

    def pages(_: int) -> None:
        statement_pdf.render([house.statements.paper(each) for each in shown])

    def files(_: int) -> None:
        for each in shown:
            statement_pdf.render([house.statements.paper(each)])

    def slips(_: int) -> None:
        for each in shown:
            escpos_text.render(house.statements.slip(each.run.run_id, each.told.vendor_id), 48)

    def book(_: int) -> None:
        figures = house.statements.book(made)
        xlsx_export.render(
            *(table(figures) for table in (settlements_table, transfers_table, rules_table, goods_table))
        )

    found = []
    for words, act, most in (
        ("50 statements as one PDF", pages, 10_000),
        ("50 statements as 50 PDFs", files, 30_000),
        ("50 slips for the roll", slips, 10_000),
        ("the run as a workbook", book, 10_000),
    ):
        step = Step(NAME, words, spread([timed(act, at) for at in range(max(2, rounds // 3))]))
        found.append(_judged(step, Check("worst", step.ours.p99, most, most * 0.2, "ms")))
    return found


def _judged(step: Step, *checks: Check) -> Step:
    return msgspec.structs.replace(step, checks=checks)
