"""`jangteo report`: every report in every format, and what is said when it can't be made."""

import csv
import io
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.reports.names import NAMES
from tests.cli.program import DEMO, command, opened


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the mixed tape rung; its tests only look."""
    made = opened(tmp_path_factory.mktemp("shared") / "home")
    assert command(made, "ring", DEMO / "tape-mixed.jsonl").code == 0
    return made


DAY_KEYS = [
    "market", "business_date", "sales_count", "refunds_count", "voids_count", "gross_won", "discount_won",
    "truncation_won", "refunds_won", "taxable_supply_won", "vat_won", "exempt_won", "unsplit_won", "net_won", "tenders",
    "by_vendor", "by_product", "journal_entries", "unsynced_entries", "sealed",
]  # fmt: skip


@pytest.mark.acceptance("A9")
def test_the_day_keeps_every_key_in_its_order(home: Path) -> None:
    assert list(command(home, "report", "day", "--json").json) == DAY_KEYS


@pytest.mark.parametrize("what", NAMES)
def test_every_format_says_the_same(home: Path, what: str, tmp_path: Path) -> None:
    said = command(home, "report", what)
    assert said.code == 0 and said.out
    document = command(home, "report", what, "--json").json
    assert document["market"] == "한전 완판장터"
    files = {form: tmp_path / f"{what}.{form}" for form in ("csv", "xlsx", "pdf")}
    for form, path in files.items():
        assert command(home, "report", what, "--format", form, "-o", path).code == 0
    data = files["csv"].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\xef\xbb\xbf" not in data[3:]
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    sheets = openpyxl.load_workbook(files["xlsx"])
    written = [[cell for cell in row if cell is not None] for sheet in sheets for row in sheet.iter_rows(values_only=True)]  # fmt: skip
    numbers = [cell for row in written for cell in row if isinstance(cell, int | float)]
    told = [cell for row in rows for cell in row]
    for number in numbers:
        if isinstance(number, int):
            assert str(number) in told
    widths = [d.width for sheet in sheets for d in sheet.column_dimensions.values()]
    assert widths and all(width >= 4 for width in widths)
    with pdfplumber.open(files["pdf"]) as pdf:
        assert {c["fontname"].split("+")[-1] for page in pdf.pages for c in page.chars} <= {
            "NanumGothic",
            "NanumGothicBold",
        }
        for number, page in enumerate(pdf.pages, 1):
            assert f"{number}쪽" in page.extract_text()
            assert all(c["x0"] >= 0 and c["x1"] <= page.width for c in page.chars)


def test_filters_narrow_and_add_up(home: Path) -> None:
    whole = command(home, "report", "day", "--json").json
    month = command(home, "report", "day", "--date", "2026-11", "--json").json
    assert month["net_won"] == whole["net_won"] and month["from_on"] == "2026-11-01"
    two = [
        command(home, "report", "day", "--cooperative", name, "--json").json
        for name in ("가치키움", "전남상사")
    ]
    assert sum(part["net_won"] for part in two) == whole["net_won"]
    by_code = command(home, "report", "vendors", "--vendor", "v10", "--json").json
    assert [row["vendor"] for row in by_code["vendors"]] == ["신안섬 농장"]
    spans = command(home, "report", "day", "--from", "2026-11-20", "--until", "2026-11-30", "--json").json
    assert spans["net_won"] == whole["net_won"]


@pytest.mark.acceptance("A9")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("day --date 2025-01-01", 1),
        ("day --date 2026-13", 1),
        ("agency --market 없는장터", 1),
        ("day --from 2026-12-01 --until 2026-11-01", 1),
        ("tax --vendor 없는업체", 1),
        ("tax --cooperative 없는조합", 1),
        ("day --format xlsx", 1),
        ("agency --format pdf -o /nonexistent/agency.pdf", 3),
        ("agency --format pdf -o /", 3),
    ],
)
def test_what_can_not_be_is_one_sentence(home: Path, words: str, code: int) -> None:
    said = command(home, "report", *words.split())
    assert said.code == code and said.is_one_plain_sentence()


def test_a_report_of_an_operator_needs_their_right(tmp_path: Path) -> None:

    made = opened(tmp_path / "home")
    house = open_house(made)
    house.operators.add("박영지", Role.COORDINATOR, "482915")
    house.operators.add("김서은", Role.CASHIER, "4829")
    house.close()
    assert command(made, "report", "day", "--operator", "김서은", pin="4829").code == 1
    assert command(made, "report", "day", "--operator", "박영지", pin="482915").code == 0
