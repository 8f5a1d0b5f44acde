"""A whole market day in the unmodified program, by touch alone: what was tapped is what the books say."""

import sys
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from tests.outside.stage import driven
from tests.outside.test_day import FLOAT, OUT, report

TARGET_PX = 56
CASH = 30_000 + 14_600 + 20_000 + 1_000 + 3_500 - 3_500
CARD = 3_500 + 11_500
VOUCHER = 20_000

pytestmark = [
    pytest.mark.outside,
    pytest.mark.timeout(420),  # two tries of a session
    pytest.mark.skipif(sys.platform != "linux", reason="drives an X server"),
]


def a_coordinator(home: Path) -> None:
    """Somebody with a name: letters are the one thing that no finger types."""
    house = open_house(home)
    house.operators.add("박영지", Role.COORDINATOR, "482915")
    house.close()


@pytest.mark.acceptance("A3", "A31", "A47")
def test_a_day_by_touch_alone_is_in_the_books_as_it_was_tapped(display: str, tmp_path: Path) -> None:
    home = tmp_path / "till"
    first = driven(display, tmp_path, "touching", "first_run", command=f"--home={home}")
    assert first["goods"] == "업체 26곳, 물건 44가지를 넣었어요."
    a_coordinator(home)
    seen = driven(display, tmp_path, "touching", "day", command=f"--home={home}")
    assert first["presses"] == seen["presses"] == 0
    assert seen["cash taps"] == 7
    assert seen["weighed"] == ["감자, 1.240kg × 2,900원, 3,600원"]
    assert seen["weight total"] == "합계 14,600원"
    assert "두부과자" in seen["recalled"][0]
    assert seen["voided"].endswith(", 5,500원, 취소됨")
    assert seen["counted"] == "센 금액 135,600원"
    assert seen["expected"] == f"예상 금액 {FLOAT + CASH - OUT:,}원" == "예상 금액 135,600원"
    assert seen["before"] == [], "nothing is told before the count is handed in"
    assert seen["z"]
    sizes = {**first["sizes"], **seen["sizes"]}
    small = {name: size for name, size in sizes.items() if min(size) < TARGET_PX}
    assert len(sizes) > 50
    assert not small
    day = report(home)
    assert day["tenders"] == {"cash": CASH, "card": CARD, "transfer": 0, "voucher": VOUCHER, "credit": 0}
    assert (day["sales_count"], day["refunds_count"], day["discount_won"]) == (6, 1, 3_500)
    assert day["net_won"] == CASH + CARD + VOUCHER
