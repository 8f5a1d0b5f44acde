"""A whole market day in the unmodified program, by keyboard alone: what was keyed is what the books say."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.outside.stage import PROGRAM, driven
from tests.ui.window.homes import BREAD_CODE, KIM_CODE, OIL_CODE, RICE_CODE

CODES = {"oil": OIL_CODE, "rice": RICE_CODE, "kim": KIM_CODE, "bread": BREAD_CODE}
CASH = 42_000 + 20_000 + 1_000 + 5_500 + 5_000 - 5_000
CARD = 5_000 + 15_100
VOUCHER = 20_000
FLOAT, OUT = 100_000, 30_000

pytestmark = [
    pytest.mark.outside,
    pytest.mark.timeout(420),  # two tries of a session
    pytest.mark.skipif(sys.platform != "linux", reason="drives an X server"),
]


def report(home: Path) -> dict[str, Any]:
    """The day, as the command line tells it."""
    done = subprocess.run(
        [str(PROGRAM), "--home", str(home), "--json", "report", "day"],
        env={**os.environ, "JANGTEO_PIN": "482915"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.acceptance("A3", "A5", "A10", "A27", "A31", "A47")
def test_a_day_by_keyboard_alone_is_in_the_books_as_it_was_keyed(display: str, tmp_path: Path) -> None:
    home = tmp_path / "till"
    seen = driven(display, tmp_path, "day", json.dumps(CODES), command=f"--home={home}")
    assert seen["taps"] == 0
    assert len(seen["two bottles"]) == 1
    assert "김부각" in seen["recalled"][0]
    assert seen["counted"] == "센 금액 138,500원"
    assert seen["expected"] == f"예상 금액 {FLOAT + CASH - OUT:,}원" == "예상 금액 138,500원"
    assert seen["before"] == [], "nothing is told before the count is handed in"
    assert seen["z"]
    day = report(home)
    assert day["tenders"] == {"cash": CASH, "card": CARD, "transfer": 0, "voucher": VOUCHER, "credit": 0}
    assert (day["sales_count"], day["refunds_count"], day["discount_won"]) == (6, 1, 3_900)
    assert day["net_won"] == CASH + CARD + VOUCHER
