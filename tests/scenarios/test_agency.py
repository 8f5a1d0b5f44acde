"""The agency's report in one command, reckoned again from the tape and the workbook by other hands."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pos_app.bootstrap import open_house
from pos_app.reports.asked import Asked
from tests.cli.program import DEMO, command, opened
from tests.scenarios.without_flush import skip_flushes

WEIGHED = "무게 판매"


@dataclass
class Reckoned:
    """Sums by hand: by firm, by item (thousandths), by kind of certificate."""

    firms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    items: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    buyers: int = 0


def cells(title: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet of the demo workbook that begin with a number."""
    sheet = openpyxl.load_workbook(DEMO / "catalogue.xlsx", data_only=True)[title]
    for row in sheet.iter_rows(values_only=True):
        if isinstance(row[0], int):
            yield row


def name_of(cell: object) -> str:
    """A name as people read it: one of the workbook's is decomposed, some end in a blank."""
    return unicodedata.normalize("NFC", str(cell)).strip()


def price_of(cell: object) -> int:
    return int("".join(letter for letter in str(cell) if letter.isdigit()))


def by_hand() -> Reckoned:
    """Price times quantity of every line of the plain tape, as a person with a calculator would."""
    kind_of = {name_of(row[2]): name_of(row[3]) for row in cells("참여업체")}
    goods: dict[str, tuple[str, int, bool]] = {}
    owner = ""
    for row in cells("판매품목"):
        owner = name_of(row[2]) if row[2] else owner
        goods[str(row[1])] = (owner, price_of(row[5]), row[9] == WEIGHED)
    found = Reckoned()
    for line in (DEMO / "tape.jsonl").read_text(encoding="utf-8").splitlines():
        found.buyers += 1
        for each in json.loads(line)["lines"]:
            firm, price, weighed = goods[each["product"]]
            step = 10 if weighed else 1
            thousandths = price * each["quantity_milli"]
            won = (thousandths * 2 + 1000 * step) // (2000 * step) * step
            found.firms[firm] += won
            found.items[each["product"]] += each["quantity_milli"]
            found.kinds[kind_of[firm]] += won
            found.holders[kind_of[firm]].add(firm)
    return found


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo market after each of its tapes."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        skip_flushes(patch)
        for tape in ("tape", "tape-mixed"):
            home = opened(tmp_path_factory.mktemp(tape) / "home")
            assert command(home, "ring", DEMO / f"{tape}.jsonl").code == 0
            found[tape] = home
    return found


@pytest.mark.acceptance("A48")
def test_the_agency_report_is_what_a_person_reckons_from_the_slips(homes: dict[str, Path]) -> None:
    told = command(homes["tape"], "report", "agency", "--json").json
    hand = by_hand()
    assert told["sales_won"] == sum(hand.firms.values()) == told["total_won"]
    assert told["sales_count"] == hand.buyers
    assert told["firms"] == len(hand.firms) and told["items"] == len(hand.items)
    assert {row["vendor"]: row["net_won"] for row in told["by_firm"] if row["net_won"]} == dict(hand.firms)
    assert {row["product"]: row["quantity_milli"] for row in told["by_product"]} == dict(hand.items)
    assert {row["kind"]: row["net_won"] for row in told["by_certificate"]} == dict(hand.kinds)
    assert {row["kind"]: row["firms"] for row in told["by_certificate"]} == {
        kind: len(firms) for kind, firms in hand.holders.items()
    }


@pytest.mark.acceptance("A48")
@pytest.mark.parametrize("tape", ["tape", "tape-mixed"])
def test_every_figure_of_the_agency_report_opens_to_its_sales(homes: dict[str, Path], tape: str) -> None:
    house = open_house(homes[tape])
    report = house.reports.make("agency")
    for table in report.tables[:-1]:
        for row, sieve in zip(table.rows, table.behind, strict=True):
            assert sieve is not None, row
            assert house.reports.behind(Asked(), sieve).total_won == row[-1], (table.title, row)
    years = report.tables[-1]
    for row, sieve in zip(years.rows, years.behind, strict=True):
        assert sieve is not None
        found = house.reports.behind(Asked(), sieve)
        assert row[1] in (found.total_won, len(found.lines)), row
    house.close()


@pytest.mark.acceptance("A48")
@pytest.mark.parametrize("tape", ["tape", "tape-mixed"])
def test_every_report_equals_the_expected_figures(homes: dict[str, Path], tape: str) -> None:
    expected = json.loads((DEMO / f"{tape}.expected.json").read_text(encoding="utf-8"))
    home = homes[tape]

    def told(what: str) -> Any:
        return command(home, "report", what, "--json").json

    day = told("day")
    for name in set(expected) - {"tenders", "by_vendor", "by_product", "sealed"}:
        if name in day:
            assert day[name] == expected[name], name
    assert {name: won for name, won in day["tenders"].items() if won} == expected["tenders"]
    assert {row["vendor"]: row["net_won"] for row in told("vendors")["vendors"]} == expected["by_vendor"]
    products = {
        row["product"]: [row["quantity_milli"], row["net_won"]] for row in told("products")["products"]
    }
    assert products == {code: list(figures) for code, figures in expected["by_product"].items()}
    agency = told("agency")
    assert {row["vendor"]: row["net_won"] for row in agency["by_firm"]} == expected["by_vendor"]
    assert agency["sales_won"] == told("preferential")["total_won"] == expected["net_won"]
    tax = told("tax")["tax"]
    for part in ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won"):
        assert sum(row[part] for row in tax) == expected[part]
    assert sum(row["net_won"] for row in told("hours")["hours"]) == expected["net_won"]
    assert sum(row["net_won"] for row in told("categories")["by_category"]) == expected["net_won"]
    assert told("refunds")["refunds_won"] == expected["refunds_won"]
    assert told("refunds")["voids_count"] == expected["voids_count"]


@pytest.mark.acceptance("A48")
@pytest.mark.parametrize("form", ["text", "csv", "xlsx", "pdf"])
def test_one_command_makes_the_whole_report(homes: dict[str, Path], form: str, tmp_path: Path) -> None:
    out = tmp_path / f"agency.{form}"
    assert command(homes["tape"], "report", "agency", "--date", "2026", "--format", form, "-o", out).code == 0
    assert out.stat().st_size > 1000
