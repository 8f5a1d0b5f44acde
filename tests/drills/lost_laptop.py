"""A till's laptop is gone; a spare carries the register on from the stick, and one day the old one returns."""

import random
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.services import restoring
from pos_app.services.house import House
from tests.drills.figures import Figures
from tests.services.houses import open_market, sell


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds until the first sale at the spare, numbers given twice, sales missing in the end."""

    seconds: float
    doubled: int
    missing: int


def numbers(house: House) -> list[str]:
    """Every receipt number, refunds too."""
    with house.database.read() as rows:
        return [row[0] for row in rows.all('SELECT "receipt_no" FROM "sale"')]


def run(figures: Figures, sales: int = 300, seed: int = 44) -> Outcome:
    """Sell, copy, sell on, lose it; take over, sell at both; then everything comes together."""
    chosen = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="jangteo-drill-") as name:
        stick = Path(name) / "stick"
        stick.mkdir()
        old = open_market(Path(name) / "old", float_won=50_000)
        old.backups.choose(str(stick))
        made = [_sale(old, chosen) for _ in range(sales)]
        with figures.timed(f"copy of {sales} sales to two places"):
            old.backups.run()
        after = [_sale(old, chosen) for _ in range(sales // 20)]
        begin = time.perf_counter()
        spare = open_house(Path(name) / "spare")
        newest = restoring.copies_in(stick)[0]
        done = spare.take_over.from_copy(newest.path)
        spare.close()
        spare = open_house(Path(name) / "spare")
        made.append(_sale(spare, chosen))
        seconds = time.perf_counter() - begin
        figures.say("from the stick to the first sale at the spare", f"{seconds:.2f} s")
        figures.say(
            "sales carried on, float, open shift", f"{done.sales}, {done.float_won:,} won, {done.shift_open}"
        )
        for _ in range(sales // 10):  # the old one was only asleep
            made.append(_sale(spare, chosen))
            after.append(_sale(old, chosen))
        path = stick / "old.backup"
        old.backups.to_file(path)
        spare.take_over.bring_in(path)
        found = numbers(spare)
        missing = len(set(made + after) - set(_ids(spare)))
        assert spare.integrity.verify().findings == ()
        old.close()
        spare.close()
    doubled = len(found) - len(set(found))
    figures.say("sales of both in the end, missing", f"{len(found)}, {missing}")
    figures.say("receipt numbers given twice", doubled)
    return Outcome(seconds, doubled, missing)


def _sale(house: House, chosen: random.Random) -> str:
    return sell(house, [(chosen.choice(("P002", "P004", "P006")), chosen.randrange(1, 4) * 1000)])


def _ids(house: House) -> list[str]:
    with house.database.read() as rows:
        return [row[0] for row in rows.all('SELECT "id" FROM "sale"')]
