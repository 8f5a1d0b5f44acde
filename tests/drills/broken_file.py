"""The store's file is damaged: bytes overwritten, cut off, gone; the last copy and what can be read bring it back."""

import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import DamagedStore
from pos_app.runtime.paths import Home
from pos_app.services import restoring
from tests.drills.figures import Figures
from tests.services.houses import event_bytes, open_market, sell


@dataclass(slots=True)
class Came:
    """What came back, over all times."""

    times: int = 0
    refused_to_open: int = 0
    after_copy: int = 0
    saved: int = 0
    lost_of_copy: int = 0
    false: int = 0


def damage(path: Path, chosen: random.Random) -> str:
    """One of four ways to ruin a file."""
    data = bytearray(path.read_bytes())
    way = chosen.choice(("flip", "overwrite", "cut", "head"))
    if way == "flip":
        for _ in range(chosen.randrange(1, 60)):
            data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
    elif way == "overwrite":
        at = chosen.randrange(len(data))
        data[at : at + 20_000] = bytes(len(data[at : at + 20_000]))
    elif way == "cut":
        del data[chosen.randrange(len(data)) :]
    else:
        data[:100] = bytes(100)
    path.write_bytes(bytes(data))
    return way


def run(figures: Figures, times: int = 40, sales: int = 60, seed: int = 43) -> Came:
    """Make a market with a copy in its middle, ruin its file in so many ways, bring it back each time."""
    came, chosen = Came(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="jangteo-drill-") as name:
        made = Path(name) / "made"
        house = open_market(made)
        for _ in range(sales):
            sell(house, [("P002", 1000)])
        copied = set(event_bytes(house))
        house.backups.run()
        for _ in range(sales // 3):
            sell(house, [("P004", 1000)])
        everything = event_bytes(house)
        house.close()
        with figures.timed("all damages and restores"):
            for number in range(times):
                home = Home(Path(name) / str(number))
                shutil.copytree(made, home.root)
                _once(home, chosen, came, copied, everything)
                shutil.rmtree(home.root)
    figures.say("damaged files", came.times)
    figures.say("of them noticed as the window opens or at its first look", came.refused_to_open)
    figures.say("events of the copy lost", came.lost_of_copy)
    figures.say("events after the copy (could all be lost)", came.after_copy)
    figures.say("of them saved from the damaged file", came.saved)
    figures.say("events that never were", came.false)
    return came


def _once(
    home: Home, chosen: random.Random, came: Came, copied: set[bytes], everything: dict[bytes, bytes]
) -> None:
    damage(home.database, chosen)
    came.refused_to_open += not _sound(home)
    newest = restoring.copies_in(home.copies)[0]
    restoring.restore(home, newest.path, Clock())
    house = open_house(home.root)
    found = event_bytes(house)
    came.times += 1
    came.after_copy += len(everything) - len(copied)
    came.saved += len(found.keys() - copied)
    came.lost_of_copy += len(copied - found.keys())
    came.false += sum(1 for key, data in found.items() if everything.get(key) != data)
    sell(house, [("P002", 1000)])
    assert house.integrity.rebuild().different == ()
    house.close()


def _sound(home: Home) -> bool:
    """Whether the program opens this store and finds nothing at its first look."""
    try:
        house = open_house(home.root)
    except DamagedStore:
        return False
    try:
        return house.backups.sound()
    except DamagedStore:
        return False
    finally:
        house.close()
