"""Reports over one day with very many sales, and over a year of fifty days, beside hand-written SQL."""

import sqlite3
import uuid
from pathlib import Path

import msgspec

from pos_app.bootstrap import open_house
from pos_app.reports.asked import Asked
from pos_app.services.house import House
from tests.bench.figures import Check, Step
from tests.bench.homes import DATABASE, copied, kept
from tests.bench.timing import Turns

NAME = "reports"
DAYS = 50
YEAR = Asked("2026-01-01", "2026-12-31")
BY_VENDOR = (
    "SELECT l.vendor_id, sum(l.net_won) FROM sale s JOIN sale_line l ON l.sale_id = s.id "
    "WHERE s.business_date BETWEEN '2026-01-01' AND '2026-12-31' GROUP BY 1"
)
BY_PRODUCT = BY_VENDOR.replace("l.vendor_id", "l.product_id")


def measure(quick: bool) -> list[Step]:
    """A day of two hundred thousand sales, and a year of fifty days of fifteen hundred."""
    one_day = (20_000, 10_000) if quick else (100_000, 200_000)
    return [*_one_day(*one_day), *_year(20_000, 10_000 if quick else DAYS * 1_500)]


def _hand(raw: sqlite3.Connection) -> object:
    return [raw.execute(question).fetchall() for question in (BY_VENDOR, BY_PRODUCT)]


def _judged(step: Step, most_ms: float, aim_ms: float) -> Step:
    return msgspec.structs.replace(step, checks=(Check("worst", step.ours.p99, most_ms, aim_ms, "ms"),))


def _one_day(products: int, sales: int) -> list[Step]:
    with copied(kept(products, sales), "home") as (home,):
        house = open_house(home)
        raw = sqlite3.connect(home / DATABASE)
        turns = Turns(
            hand=lambda _: _hand(raw),
            day=lambda _: house.reports.make("day"),
            agency=lambda _: house.reports.make("agency"),
            sell_through=lambda _: house.reports.make("sellthrough"),
            hours=lambda _: house.reports.make("hours"),
        ).run(4, block=1, warm=1)
        raw.close()
        house.close()
    words = f"{sales:,} sales in one day"
    return [
        _judged(
            turns.step(NAME, f"day report as tables, {words}, to hand-written SQL", "day", "hand"), 200, 50
        ),
        _judged(
            turns.step(NAME, f"agency report, {words}, to hand-written SQL", "agency", "hand"), 1000, 200
        ),
        turns.step(NAME, f"sell-through, {words}, to hand-written SQL", "sell_through", "hand"),
        turns.step(NAME, f"hours, {words}, to hand-written SQL", "hours", "hand"),
    ]


def _year(products: int, sales: int) -> list[Step]:
    with copied(kept(products, sales), "home") as (home,):
        spread_over_days(home / DATABASE)
        house = open_house(home)
        raw = sqlite3.connect(home / DATABASE)
        vendor = _first_vendor(house)
        turns = Turns(
            hand=lambda _: _hand(raw),
            day=lambda _: house.reports.make("day", YEAR),
            agency=lambda _: house.reports.make("agency", YEAR),
            preferential=lambda _: house.reports.make("preferential", YEAR),
            vendor=lambda _: house.reports.make("day", YEAR._replace(vendor=vendor)),
        ).run(3, block=1, warm=1)
        raw.close()
        house.close()
    words = f"{DAYS} days, {sales:,} sales"
    names = {
        "day": ("figures of a year", 500, 200),
        "agency": ("agency report of a year", 1000, 400),
        "preferential": ("preferential purchase of a year", 1000, 400),
        "vendor": ("one vendor's year", 500, 200),
    }
    return [
        _judged(turns.step(NAME, f"{said}, {words}, to hand-written SQL", way, "hand"), most, aim)
        for way, (said, most, aim) in names.items()
    ]


def _first_vendor(house: House) -> str:
    return str(house.reports.make("vendors").figures["vendors"][0]["vendor_id"])


def spread_over_days(path: Path) -> None:
    """Deal the one day's sales out to fifty days, with the kept totals that they make."""
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN")
    old = db.execute("SELECT day_id, market_id, market, agency, hlc FROM market_day").fetchone()
    days = [old[0]] + [str(uuid.UUID(int=number + 1)) for number in range(DAYS - 1)]
    for number, day in enumerate(days[1:], 1):
        on = f"2026-{1 + number // 5:02d}-{1 + number % 5 * 5:02d}"
        db.execute(
            "INSERT INTO market_day VALUES (?, ?, ?, ?, ?, ?)", (day, old[1], old[2], on, old[3], old[4])
        )
    db.execute("CREATE TEMP TABLE dealt (number INTEGER PRIMARY KEY, day_id TEXT)")
    db.executemany("INSERT INTO dealt VALUES (?, ?)", enumerate(days))
    date = "(SELECT business_date FROM market_day m WHERE m.day_id = sale.day_id)"
    own = f"(SELECT day_id FROM dealt WHERE number = sale.rowid % {DAYS})"
    db.execute(f"UPDATE sale SET day_id = {own}")
    db.execute(f"UPDATE sale SET shift_id = day_id, business_date = {date}")
    db.execute("DELETE FROM product_total")
    db.execute(
        "INSERT INTO product_total SELECT s.day_id, l.product_id, s.log, l.vendor_id, sum(l.quantity_milli), "
        "sum(l.amount_won), sum(l.net_won) FROM sale s JOIN sale_line l ON l.sale_id = s.id GROUP BY 1, 2, 3, 4"
    )
    db.execute("DELETE FROM vendor_total")
    db.execute(
        "INSERT INTO vendor_total SELECT l.vendor_id, s.day_id, s.register, substr(s.at, 12, 2), t.type, t.kind, "
        "t.held_by, count(DISTINCT s.id), 0, 0, sum(l.amount_won), sum(l.discount_won), 0, 0, 0, 0, sum(l.net_won), "
        "0, sum(l.net_won), count(DISTINCT s.id), 0, sum(l.net_won), 0 FROM sale s JOIN sale_line l "
        "ON l.sale_id = s.id JOIN sale_tender t ON t.sale_id = s.id GROUP BY 1, 2, 3, 4, 5, 6, 7"
    )
    db.execute("DELETE FROM log_total")
    db.execute(
        "INSERT INTO log_total SELECT log, shift_id, day_id, register, count(*), 0, 0, sum(gross_won), "
        "sum(discount_won), sum(truncation_won), 0, 0, 0, sum(total_won), 0 FROM sale GROUP BY 1, 2, 3, 4"
    )
    db.execute("COMMIT")
    db.close()
