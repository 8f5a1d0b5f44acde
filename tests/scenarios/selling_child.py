"""A till that sells for ever and says each sale's id once it was acknowledged; to be killed.

Run as `python -m tests.scenarios.selling_child HOME SEED`; also parks, refunds and voids now and then.
"""

import random
import sys
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.domain.tender import TenderType
from pos_app.services.house import House
from tests.services.houses import GOODS, card, cash, good_id

FREE = [good.code for good in GOODS if good.oversell != "block"]


def say(word: str, what: str) -> None:
    """One line to the one who kills."""
    sys.stdout.write(f"{word} {what}\n")
    sys.stdout.flush()


def sell_for_ever(house: House, chosen: random.Random) -> None:
    """Never comes back."""
    while True:
        for code in chosen.sample(FREE, chosen.randrange(1, 4)):
            house.till.add(good_id(code), chosen.randrange(1, 4) * 1000)
        total = house.till.priced.total_won
        tenders = chosen.choice([[cash(10_000_000)], [card(total)], [card(total // 2), cash(10_000_000)]])
        done = house.till.complete(tenders)
        say("sold", done.sale_id)
        act = chosen.random()
        if act < 0.1:
            back = house.returns.refund(done.sale_id, [(1, 500, True)], "까닭", TenderType.CASH)
            say("refunded", back.receipt_no)
        elif act < 0.2:
            house.returns.void(done.sale_id, "까닭")
            say("voided", done.sale_id)
        elif act < 0.3:
            house.till.add(good_id("P002"))
            say("parked", house.till.park())


if __name__ == "__main__":
    opened = open_house(Path(sys.argv[1]))
    if opened.till.unfinished():
        opened.till.drop_unfinished()
    say("ready", "")
    sell_for_ever(opened, random.Random(int(sys.argv[2])))
