"""The unmodified program in a real window on a virtual screen, used from outside."""

import json
import sys
from pathlib import Path

import pytest

from tests.outside.stage import driven
from tests.ui.window.homes import KIM, KIM_CODE, KIM_WON, OIL, OIL_CODE, OIL_WON, RICE, RICE_CODE, RICE_WON

TOTAL = OIL_WON + RICE_WON + KIM_WON

pytestmark = [
    pytest.mark.outside,
    pytest.mark.timeout(420),  # two tries of a session
    pytest.mark.skipif(sys.platform != "linux", reason="drives an X server"),
]


@pytest.mark.acceptance("A3", "A47")
def test_the_demo_sells_by_touch_and_by_keyboard(display: str, tmp_path: Path) -> None:
    tiles, codes = json.dumps([OIL, RICE, KIM]), json.dumps([OIL_CODE, RICE_CODE, KIM_CODE])
    seen = driven(display, tmp_path, "drive", tiles, codes)
    by_touch, by_keyboard = seen["touch"], seen["keyboard"]
    assert by_touch["taps"] == 7
    assert by_touch["total"] == f"합계 {TOTAL:,}원"
    assert by_touch["received"] == "받은 금액 100,000원, 10만 원"
    assert by_touch["corner"] == "현금 100,000원 받음"
    assert by_touch["change"] == "거스름돈 삼만 오천 원"
    assert by_touch["empty"] == "합계 0원"
    assert all(width >= 56 and height >= 56 for width, height in by_touch["sizes"]), by_touch["sizes"]

    assert by_keyboard["presses"] == 6
    assert by_keyboard["rows"] == 3
    assert OIL in by_keyboard["first"]
    assert by_keyboard["received"] == "받은 금액 100,000원, 10만 원"
    assert by_keyboard["change"] == "거스름돈 삼만 오천 원"
    assert by_keyboard["number"] != by_touch["number"]

    for sale, said in zip((by_touch, by_keyboard), seen["receipts"], strict=True):
        assert said.startswith(f"{sale['number']}, ")
        assert said.endswith(f", {TOTAL:,}원")
