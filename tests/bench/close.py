"""Closing and reporting a day with very many sales, beside hand-written SQL and beside the kept totals."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from pos_app.bootstrap import open_house
from pos_app.services.house import House
from pos_app.storage.unit_of_work import UnitOfWork
from pos_app.storage.work import Work
from tests.bench.figures import Check, Step, spread
from tests.bench.homes import DATABASE, copied, kept
from tests.bench.timing import Turns, timed

NAME = "close"
BY_HAND = (
    "SELECT count(*), sum(gross_won), sum(discount_won), sum(truncation_won), sum(total_won) FROM sale WHERE day_id = ?",
    "SELECT t.type, sum(t.amount_won) FROM sale_tender t JOIN sale s ON s.id = t.sale_id WHERE s.day_id = ? GROUP BY 1",
    "SELECT l.vendor_id, sum(l.net_won) FROM sale_line l JOIN sale s ON s.id = l.sale_id WHERE s.day_id = ? GROUP BY 1",
    "SELECT l.product_id, sum(l.quantity_milli), sum(l.net_won) FROM sale_line l JOIN sale s ON s.id = l.sale_id "
    "WHERE s.day_id = ? GROUP BY 1",
)
SUMS_BY_HAND = BY_HAND[:1]
KEPT = (
    "SELECT sum(sales_count), sum(gross_won), sum(discount_won), sum(truncation_won) FROM log_total WHERE day_id = ?",
    "SELECT type, sum(received_won) FROM tender_total WHERE day_id = ? GROUP BY 1",
    "SELECT vendor_id, sum(net_won) FROM product_total WHERE day_id = ? GROUP BY 1",
    "SELECT product_id, sum(quantity_milli), sum(net_won) FROM product_total WHERE day_id = ? GROUP BY 1",
)


class Undone(Exception):
    """Takes a transaction back."""


class Undoing(UnitOfWork):
    """Does everything but the commit, so that a close can be measured more than once."""

    @contextmanager
    def begin(self, actor: str = "") -> Iterator[Work]:
        with super().begin(actor) as work:
            yield work
            raise Undone


def measure(quick: bool) -> list[Step]:
    """A day of ten thousand sales, and one of two hundred thousand."""
    sizes = [(20_000, 10_000)] if quick else [(20_000, 10_000), (100_000, 200_000)]
    return [step for products, sales in sizes for step in _one(products, sales, quick)]


def _one(products: int, sales: int, quick: bool) -> list[Step]:
    with copied(kept(products, sales), "home") as (home,):
        house = open_house(home)
        raw = sqlite3.connect(home / DATABASE)
        with house.desk.work.read() as rows:
            day = house.desk.day(rows).day_id
        cold = timed(lambda _: house.reports.day(), 0)
        rounds = 4 if quick else 6
        turns = Turns(
            hand=lambda _: _ask(raw, BY_HAND, day),
            kept=lambda _: _ask(raw, KEPT, day),
            sums=lambda _: _ask(raw, SUMS_BY_HAND, day),
            report=lambda _: house.reports.day(),
            hours=lambda _: house.reports.hours(),
            board=lambda _: house.day_close.board(),
            recount=lambda _: _recount(house, day),
            strip=lambda _: (house.health.unsynced(), house.papers.status()),
        ).run(rounds, block=1, warm=1)
        steps = _read_steps(turns, sales, cold)
        steps += _closing(house, turns, sales, rounds)
        raw.close()
        house.close()
    return steps


def _ask(raw: sqlite3.Connection, questions: tuple[str, ...], day: str) -> list[list[tuple[object, ...]]]:
    return [raw.execute(question, (day,)).fetchall() for question in questions]


def _recount(house: House, day: str) -> dict[str, int]:
    with house.desk.work.read() as rows:
        return house.day_close.recount(rows, day)


def _judged(step: Step, *checks: Check) -> Step:
    return msgspec.structs.replace(step, checks=checks)


def _on_screen(step: Step) -> Step:
    return _judged(step, Check("worst", step.ours.p99, 50, 10, "ms"))


def _read_steps(turns: Turns, sales: int, cold: float) -> list[Step]:
    words = f"{sales:,} sales"
    report = turns.step(NAME, f"day report, {words}, to hand-written SQL", "report", "hand")
    first = Step(NAME, f"day report, {words}, the first one", spread([cold]))
    recount = turns.step(NAME, f"recount (background), {words}, to the same sums in SQL", "recount", "sums")
    return [
        _on_screen(report),
        _on_screen(turns.step(NAME, f"day report, {words}, to the kept totals read raw", "report", "kept")),
        _on_screen(first),
        turns.step(NAME, f"sales by hour, {words}, to hand-written SQL", "hours", "hand"),
        _on_screen(turns.step(NAME, f"board of the registers, {words}", "board", "kept")),
        _judged(recount, Check("p50", recount.ratio("p50"), None, 1.2)),
        _judged(strip := _strip(turns, words), Check("worst", strip.ours.p99, 8, 4, "ms")),
    ]


def _strip(turns: Turns, words: str) -> Step:
    return Step(NAME, f"what the strip asks each second, {words}", turns.spread("strip"))


def _closing(house: House, turns: Turns, sales: int, rounds: int) -> list[Step]:
    """Z and seal: taken back several times, then once for good."""
    words = f"{sales:,} sales"
    house.shifts.count_total(0)
    zeds = _often_then_once(house, lambda: house.shifts.close("bench"), rounds)
    seals = _often_then_once(house, house.day_close.seal, rounds)
    floor, halves = turns.spread("kept"), turns.halves("kept")
    zed = Step(
        NAME, f"close the shift (Z), {words}, to the kept totals read raw", spread(zeds), floor, halves
    )
    seal = Step(NAME, f"seal the day with its recount, {words}", spread(seals), floor, halves)
    return [_on_screen(zed), _on_screen(seal)]


def _often_then_once(house: House, act: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each time; only the last one is kept."""
    return [*_taken_back(house, act, rounds), timed(lambda _: act(), 0)]


def _taken_back(house: House, act: Callable[[], object], rounds: int) -> list[float]:
    desk = house.desk
    real, desk.work = desk.work, Undoing(desk.work.database, desk.clock)
    times = []
    try:
        for _ in range(rounds):
            begin = time.perf_counter_ns()
            try:
                act()
            except Undone:
                times.append((time.perf_counter_ns() - begin) / 1e6)
    finally:
        desk.work = real
    return times
