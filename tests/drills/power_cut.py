"""The power goes in the middle of sales, refunds, voids and parked carts, again and again."""

import random
import tempfile
from pathlib import Path

from tests.drills.figures import Figures
from tests.scenarios.test_kill import Told, check, live_and_die
from tests.services.houses import open_market


def run(figures: Figures, cuts: int = 25, seed: int = 41) -> Told:
    """So many power cuts on one home, each followed by a look at every table."""
    told, chosen = Told(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="jangteo-drill-") as name, figures.timed("all cuts and checks"):
        home = Path(name)
        open_market(home).close()
        for _ in range(cuts):
            live_and_die(home, chosen, told)
            check(home, told)
    figures.say("power cuts", cuts)
    figures.say("sales acknowledged before a cut", len(told.sold))
    figures.say("of them lost or torn", 0)  # `check` raises otherwise
    figures.say("refunds, voids, parked carts kept", len(told.refunded) + len(told.voided) + len(told.parked))
    return told
