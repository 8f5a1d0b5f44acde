"""Every command's answer: the shape that scripts hold on to, and the exit code."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import DEMO, Said, command, jangteo, opened


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the mixed tape rung; its tests only look."""
    made = opened(tmp_path_factory.mktemp("shared") / "home")
    assert command(made, "ring", DEMO / "tape-mixed.jsonl").code == 0
    return made


def floats_in(value: Any) -> list[float]:
    """Every float in a document."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for item in value for found in floats_in(item)]
    return [value] if isinstance(value, float) else []


@pytest.mark.acceptance("A9")
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (
            "report day",
            "sales_count refunds_count voids_count gross_won discount_won refunds_won net_won taxable_supply_won "
            "vat_won exempt_won unsplit_won truncation_won tenders by_vendor by_product journal_entries "
            "unsynced_entries",
        ),
        ("report vendors", "vendors"),
        ("report products", "products"),
        ("report tenders", "tenders"),
        ("report hours", "hours"),
        ("report tax", "tax"),
        ("day status", "day_id market business_date registers net_won sealed"),
        ("verify", "ok events logs findings"),
        ("digest", "digest"),
        ("doctor", "home checks"),
        ("printer list", "printers"),
        ("printer queue", "jobs"),
    ],
)
def test_json_is_one_document_of_the_promised_shape(home: Path, words: str, keys: str) -> None:
    said = command(home, *words.split(), "--json")
    assert said.code == 0
    assert set(keys.split()) <= set(said.json)
    assert floats_in(said.json) == []
    assert command(home, "--json", *words.split()).json == said.json or words.startswith("doctor")


def test_the_day_report_names_every_tender_and_every_vendor(home: Path) -> None:
    report = command(home, "report", "day", "--json").json
    assert set(report["tenders"]) == {"cash", "card", "transfer", "voucher", "credit"}
    assert all({"vendor", "net_won"} <= set(row) for row in report["by_vendor"])
    assert sum(1 for row in report["by_vendor"] if row["net_won"] == 0) == 4
    assert all({"product", "quantity_milli", "net_won"} <= set(row) for row in report["by_product"])
    sums = [
        sum(report["tenders"].values()),
        sum(row["net_won"] for row in report["by_vendor"]),
        sum(row["net_won"] for row in report["by_product"]),
        sum(row["total_won"] for row in command(home, "report", "hours", "--json").json["hours"])
        - report["refunds_won"],
        sum(row["net_won"] for row in command(home, "report", "tenders", "--json").json["tenders"]),
        sum(
            row[part]
            for row in command(home, "report", "tax", "--json").json["tax"]
            for part in ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
        ),
    ]
    assert set(sums) == {report["net_won"]}


@pytest.mark.parametrize("what", ["day", "vendors", "products", "tenders", "hours", "tax"])
def test_a_report_in_every_format(home: Path, tmp_path: Path, what: str) -> None:
    files = {name: tmp_path / f"report.{name}" for name in ("csv", "xlsx", "pdf", "json")}
    for name, file in files.items():
        said = command(home, "report", what, "--format", name, "-o", file)
        assert (said.code, said.out) == (0, b""), said.err
    assert files["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(files["csv"].read_text("utf-8-sig"))))
    assert len(rows) > 1
    assert zipfile.ZipFile(files["xlsx"]).testzip() is None
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert b"NanumGothic" in files["pdf"].read_bytes()
    assert json.loads(files["json"].read_text())
    text = command(home, "report", what)
    assert text.code == 0
    assert text.out.decode().strip()


def first_sale(home: Path) -> str:
    """The id of a sale that is there."""
    return str(json.loads((DEMO / "tape-mixed.jsonl").read_text().splitlines()[0])["id"])


@pytest.mark.acceptance("A16")
@pytest.mark.parametrize("width", ["58", "80"])
def test_a_receipt_in_every_format(home: Path, tmp_path: Path, width: str) -> None:
    sale = first_sale(home)
    text = command(home, "receipt", sale, "--width", width)
    assert text.code == 0
    assert "2,500" in text.out.decode()
    for name, magic in (("escpos", b"\x1b@"), ("pdf", b"%PDF"), ("png", b"\x89PNG")):
        piped = command(home, "receipt", sale, "--format", name, "--width", width)
        file = tmp_path / name
        assert command(home, "receipt", sale, "--format", name, "--width", width, "-o", file).code == 0
        for data in (piped.out, file.read_bytes()):
            assert magic in data[:16], name
    number = next(line for line in text.out.decode().split() if line.startswith("R1-"))
    assert command(home, "receipt", number).out == command(home, "receipt", sale).out
    assert command(home, "receipt", sale).out == command(home, "receipt", sale).out


def test_reports_and_receipts_write_nothing(home: Path) -> None:
    before = command(home, "digest").out
    for words in (
        ["report", "day"],
        ["receipt", first_sale(home)],
        ["day", "status"],
        ["doctor"],
        ["verify"],
    ):
        command(home, *words)
    assert command(home, "digest").out == before


@pytest.mark.parametrize(
    "words",
    [
        ["bogus"],
        ["report"],
        ["report", "week"],
        ["receipt"],
        ["receipt", "x", "--width", "70"],
        ["ring"],
        ["day"],
        ["day", "open"],
        ["day", "open", "--market", "x"],
        ["day", "open", "--market", "x", "--date", "2026-11-20", "--float", "1.5"],
        ["day", "close", "--counted", "삼천원"],
        ["import"],
        ["report", "day", "--format", "docx"],
        ["--bogus"],
        ["--homee=/nowhere"],
        ["printer"],
    ],
)
def test_wrong_usage_is_2_and_touches_nothing(tmp_path: Path, words: list[str]) -> None:
    said = (jangteo if words[0].startswith("--") else command)(tmp_path / "home", *words)
    assert said.code == 2
    assert said.out == b""
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["receipt", "no-such-sale"], 1),
        (["receipt", "%%%%"], 1),
        (["report", "day", "--date", "1999-01-01"], 1),
        (["report", "day", "--date", "내일"], 1),
        (["report", "day", "--format", "xlsx", "-o", "/no/such/folder/x.xlsx"], 3),
        (["printer", "use", "bogus://x"], 1),
        (["printer", "retry", "nope"], 1),
        (["printer", "cancel", "nope"], 1),
        (["day", "close", "--register", "R9", "--counted", "0"], 1),
        (["day", "seal"], 1),
        (["ring", "/no/such/tape"], 3),
        (["ring", "/"], 3),
        (["import", "/no/such/file.xlsx"], 3),
        (["day", "open", "--market", " ", "--date", "2026-11-20"], 1),
        (["day", "open", "--market", "x", "--date", "2026-02-30"], 1),
        (["day", "open", "--market", "x", "--date", "2026-11-20", "--register", "../x"], 1),
        (["day", "open", "--market", "x", "--date", "2026-11-20", "--float", "-5"], 1),
    ],
)
def test_a_refusal_is_one_plain_sentence_and_changes_nothing(home: Path, words: list[str], code: int) -> None:
    before = command(home, "digest").out
    said = command(home, *words)
    assert said.code == code
    assert said.is_one_plain_sentence(), said.err
    assert said.out == b""
    spoken = command(home, *words, "--json")
    assert (spoken.code, bool(spoken.json["sentence"])) == (code, True)
    assert command(home, "digest").out == before


def said_ok(said: Said) -> Said:
    """A command that worked."""
    assert said.code == 0, said.err
    return said


@pytest.mark.acceptance("A28")
def test_the_steps_of_a_day_to_the_seal(tmp_path: Path) -> None:
    home = opened(tmp_path / "home")
    tape = tmp_path / "tape.jsonl"
    tape.write_text(
        '{"at":"2026-11-20T10:00:00+09:00","lines":[{"product":"P005","quantity_milli":1000}],"tender":"cash"}'
    )
    said_ok(command(home, "ring", tape))
    assert command(home, "day", "close", "--counted", "0").code == 1
    closed = said_ok(command(home, "day", "close", "--counted", "24000", "--json")).json
    assert (closed["z_no"], closed["over_short_won"], closed["expected_won"]) == (1, 0, 24_000)
    sealed = said_ok(command(home, "day", "seal", "--json")).json
    assert (sealed["complete"], sealed["totals"]["net_won"]) == (True, 24_000)
    assert command(home, "day", "seal").code == 1
    rung = command(home, "ring", tape, "--json")
    assert (rung.code, rung.json["sales"], len(rung.json["refused"])) == (1, [], 1)
    assert command(home, "day", "status", "--json").json["sealed"]
