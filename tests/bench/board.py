"""Closing a market of sixteen registers with 1,500 sales on the coordinator's laptop, beside hand-written SQL."""

import random
import shutil
import sqlite3
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.services.day_close_board import look
from pos_app.services.house import House
from pos_app.storage.queries.board_cut import figures_at
from tests.bench.close import BY_HAND, _ask, _often_then_once
from tests.bench.figures import Check, Step, spread
from tests.bench.homes import DATABASE, PLACE
from tests.bench.timing import Turns
from tests.scenarios.sixteen import DAY, Register, plan

NAME = "board"
REGISTERS, SALES = 16, 1_500
TENDERS = ("cash", "card", "card", "transfer", "voucher")
ENDS = ("SELECT log, max(seq), count(*) FROM event GROUP BY log",)


def measure(quick: bool) -> list[Step]:
    """Board, recount at the cut, and seal."""
    home = PLACE / "run" / "board"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    house = _market(home)
    raw = sqlite3.connect(home / DATABASE)
    try:
        return _steps(house, raw, 5 if quick else 15)
    finally:
        raw.close()
        house.close()
        shutil.rmtree(home, ignore_errors=True)


def _market(home: Path) -> House:
    """The registers' logs, brought in as if synced."""
    house, chosen = open_house(home), random.Random(29)
    plan(house, tuple(f"R{number}" for number in range(1, REGISTERS + 1)))
    for number in range(1, REGISTERS + 1):
        till = Register(f"R{number}")
        till.open()
        for sale in range(SALES // REGISTERS + (number <= SALES % REGISTERS)):
            vendor = f"v{chosen.randrange(22)}"
            till.sell(chosen.randrange(20, 900) * 100, tender=TENDERS[sale % len(TENDERS)], vendor=vendor)
        till.close()
        till.bring(house)
    return house


def _steps(house: House, raw: sqlite3.Connection, rounds: int) -> list[Step]:
    words = f"{REGISTERS} registers, {SALES:,} sales"
    turns = Turns(
        hand=lambda _: (_ask(raw, BY_HAND, DAY), raw.execute(ENDS[0]).fetchall()),
        board=lambda _: house.day_close.overview(),
        sheet=lambda _: house.day_close.documents(),
        cut=lambda _: _recount(house),
    ).run(rounds, block=1, warm=1)
    made = [
        turns.step(NAME, f"the whole board, {words}, to hand-written SQL", "board", "hand"),
        turns.step(NAME, f"the day's sheet, {words}, to hand-written SQL", "sheet", "hand"),
        turns.step(NAME, f"recount at the cut from the events (background), {words}", "cut", "hand"),
    ]
    seals = spread(_often_then_once(house, house.day_close.seal, rounds))
    made.append(Step(NAME, f"seal the market, {words}", seals, turns.spread("hand"), turns.halves("hand")))
    return [_held(step) for step in made]


def _recount(house: House) -> dict[str, int]:
    with house.desk.work.read() as rows:
        standing = look(house.desk, rows, house.desk.day(rows))
        return figures_at(rows, DAY, standing.cut()).totals


def _held(step: Step) -> Step:
    return Step(
        step.bench,
        step.name,
        step.ours,
        step.floor,
        step.halves,
        (Check("worst", step.ours.p99, 500, 50, "ms"),),
    )
