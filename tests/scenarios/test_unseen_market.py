"""Markets never seen before, rung by the program and reckoned by paper rules: equal to the won."""

from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import open_house
from tests.scenarios.reckoning import TAXES, Day, reckon
from tests.scenarios.unseen import market
from tests.scenarios.without_flush import skip_flushes

COUNTS = (
    "sales_count",
    "refunds_count",
    "voids_count",
    "gross_won",
    "discount_won",
    "refunds_won",
    "net_won",
)


def check(report: dict[str, Any], day: Day, vendors: list[str]) -> None:
    """A day report against the paper."""
    for name in (*COUNTS, "truncation_won", *TAXES):
        assert report[name] == day.figures[name], name
    assert report["tenders"] == {
        name: day.tenders[name] for name in ("cash", "card", "transfer", "voucher", "credit")
    }
    assert {row["vendor"]: row["net_won"] for row in report["by_vendor"]} == {
        name: day.by_vendor[name] for name in vendors
    }
    kept = {row["product"]: [row["quantity_milli"], row["net_won"]] for row in report["by_product"]}
    nothing = [0, 0]
    assert {code: row for code, row in kept.items() if row != nothing} == {
        code: row for code, row in day.by_product.items() if row != nothing
    }


@pytest.mark.acceptance("A8", "A10")
@pytest.mark.parametrize("seed", range(12))
def test_a_market_from_a_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    skip_flushes(monkeypatch)
    made = market(seed)
    workbook, tape = made.save(tmp_path)
    house = open_house(tmp_path / "home")
    imported = house.imports.workbook(workbook)
    assert (imported.bad, imported.vendors, imported.products) == ((), len(made.vendors), len(made.goods))
    house.days.open(f"장터 {seed}", "2027-03-05")
    house.shifts.open(0)
    rung = house.ringing.tape(tape.read_bytes().splitlines())
    assert rung.refused == []
    assert len(rung.sales) == len(made.tape)
    day = reckon(made.wares, made.tape)
    check(house.reports.day(), day, [vendor[1] for vendor in made.vendors])
    before = house.integrity.digest()
    assert (
        house.ringing.tape([line for line in tape.read_bytes().splitlines() if b'"id"' in line]).refused == []
    )
    assert house.integrity.digest() == before
    assert house.integrity.verify().findings == ()
    assert house.integrity.rebuild().different == ()
    for register in ("R1", "R2", "R3"):
        house.desk.register = register
        if house.shifts.current():
            house.shifts.count_total(max(0, house.shifts.count_total(0).expected_won))
            house.shifts.close("까닭")
    assert house.day_close.seal().totals["net_won"] == day.figures["net_won"]
    house.close()
