"""Homes with the demo market, made once and copied; what their goods are called."""

import shutil
from pathlib import Path

from pos_app.bootstrap import open_house
from pos_app.cli.demo import _moved, set_up, tape

# Each with barcode and price of the demo's workbook.
OIL, OIL_CODE, OIL_WON = "참기름 320ml", "8807127684265", 21_000
RICE, RICE_CODE, RICE_WON = "친환경 쌀 10kg", "8808245040001", 39_000
KIM, KIM_CODE, KIM_WON = "김부각", "8806764020672", 5_000
BREAD, BREAD_CODE, BREAD_WON = "우리밀 식빵", "8809548620570", 5_500
LEEK, LEEK_CODE, LEEK_WON = "대파", "8803191284523", 2_500
POTATO, POTATO_CODE = "감자", "8807529170342"
APPLE, APPLE_WON = "사과 5kg", 28_000
UNKNOWN_CODE = "8801234567893"


def make_demo(home: Path, slips: int = 0) -> Path:
    """A home with the demo market's day and shift open today, and so many slips of its tape rung."""
    house = open_house(home)
    try:
        now = house.desk.clock.local()
        set_up(house, now.date().isoformat())
        if slips:
            house.ringing.tape(_moved(tape()[:slips], now))
    finally:
        house.close()
    return home


def copy_of(home: Path, to: Path) -> Path:
    """A copy to sell in."""
    shutil.copytree(home, to)
    return to
