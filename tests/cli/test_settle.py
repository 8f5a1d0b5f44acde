"""`jangteo settle` and `report settlement`: the outside's figures, the files, what is refused."""

import csv
import io
import json
import stat
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from tests.cli.program import DEMO, Said, command, opened

RULES = (("농가", 100), ("가공", 130), ("기업", 160))


def sealed(home: Path) -> Path:
    """The demo market rung, closed and sealed, with its rules."""
    opened(home)
    assert command(home, "ring", DEMO / "tape-mixed.jsonl").code == 0
    for line in command(home, "day", "status", "--json").json["registers"]:
        if line["state"] == "open":
            assert (
                command(
                    home, "day", "close", "--register", line["register"], "--counted", "0", "--reason", "x"
                ).code
                == 0
            )
    assert command(home, "day", "seal").code == 0
    for class_, rate in RULES:
        said = command(
            home, "settle", "rule", "--vendor-class", class_, "--rate", str(rate), "--from", "2026-01-01"
        )
        assert said.code == 0, said.err
    assert command(home, "settle", "fees", "--fee", "card=15").code == 0
    return home


def no(said: Said) -> None:
    """Refused in plain words, nothing else."""
    assert said.code == 1
    assert said.is_one_plain_sentence(), said.err


def test_the_report_before_and_after(home: Path) -> None:
    opened(home)
    command(home, "ring", DEMO / "tape-mixed.jsonl")
    early = command(home, "report", "settlement", "--json").json
    assert (early["state"], early["sealed"]) == ("preview", False)
    assert {row["commission_won"] for row in early["vendors"]} == {0}
    no(command(home, "settle", "run"))
    no(command(home, "settle", "status"))
    no(command(home, "settle", "pay", "--reference", "1"))


@pytest.mark.acceptance("A25")
def test_run_approve_pay_and_files_that_agree(home: Path, tmp_path: Path) -> None:
    sealed(home)
    runs = command(home, "settle", "run", "--json").json["runs"]
    assert [run["state"] for run in runs] == ["draft", "draft"]
    report = command(home, "report", "settlement", "--json").json
    keys = {
        "vendor",
        "gross_won",
        "refunds_won",
        "net_won",
        "commission_won",
        "fees_won",
        "payout_won",
        "lines",
    }
    assert len(report["vendors"]) == 22
    for row in report["vendors"]:
        assert keys <= set(row)
        assert row["payout_won"] + row["commission_won"] + row["fees_won"] == row["net_won"]
        assert {"rule", "net_won", "commission_won"} <= set(row["lines"][0])
    no(command(home, "settle", "csv", "-o", tmp_path / "bank.csv"))
    assert not (tmp_path / "bank.csv").exists()
    no(command(home, "settle", "pay", "--reference", "1"))
    no(command(home, "settle", "approve", "--vendor", "없는 업체"))
    assert (
        command(
            home, "settle", "note", "--vendor", "신안섬 농장", "환불을 다시 봐 주세요", "--author", "박영지"
        ).code
        == 0
    )
    assert command(home, "settle", "approve", "--vendor", "신안섬 농장").code == 0
    assert command(home, "settle", "approve", "--all").code == 0
    csv_said = command(home, "settle", "csv", "-o", tmp_path / "bank.csv", "--json")
    assert command(home, "settle", "pay", "--reference", "이체 1120").code == 0
    no(command(home, "settle", "pay", "--reference", "또"))
    _bank_file(tmp_path / "bank.csv", csv_said, report)
    assert command(home, "settle", "xlsx", "-o", tmp_path / "run.xlsx").code == 0
    _book(tmp_path / "run.xlsx", report)
    assert command(home, "settle", "pdf", "-o", tmp_path / "all.pdf").code == 0
    _pages(tmp_path / "all.pdf", report)
    slip = command(home, "settle", "slip", "--vendor", "신안섬 농장")
    assert "환불을 다시 봐 주세요" in slip.out.decode()
    assert "지급 완료" in slip.out.decode()
    whole = csv_said.out + slip.out + json.dumps(report).encode()
    assert not any(account.encode() in whole for account in _accounts(tmp_path / "bank.csv"))


def _accounts(path: Path) -> list[str]:
    return [row["계좌번호"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))]


def _bank_file(path: Path, said: Said, report: dict[str, list[dict[str, int]]]) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert list(rows[0]) == ["은행", "계좌번호", "예금주", "금액", "적요"]
    wanted = {
        str(row["vendor"]): row["to_transfer_won"] for row in report["vendors"] if row["to_transfer_won"]
    }
    assert {row["예금주"]: int(row["금액"]) for row in rows} == wanted
    assert said.json == {"transfers": len(wanted), "total_won": sum(wanted.values())}


def _book(path: Path, report: dict[str, list[dict[str, int]]]) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["업체별 정산", "보낼 돈", "적용한 규칙", "품목별 정산"]
    found = {
        row[0]: row[1:]
        for row in book["업체별 정산"].iter_rows(values_only=True)
        if isinstance(row[1], int | float)
    }
    for told in report["vendors"]:
        assert found[str(told["vendor"])] == (
            told["gross_won"], -told["discount_won"] - told["truncation_won"], -told["refunds_won"], told["net_won"], -told["commission_won"],
            -told["fees_won"], told["payout_won"],
        )  # fmt: skip
    assert found["합계"][-1] == sum(row["payout_won"] for row in report["vendors"])
    sent = {
        row[0]: row[6]
        for row in book["보낼 돈"].iter_rows(values_only=True)
        if isinstance(row[6], int | float)
    }
    assert sent["합계"] == sum(row["to_transfer_won"] for row in report["vendors"])


def _pages(path: Path, report: dict[str, list[dict[str, int]]]) -> None:
    with pdfplumber.open(path) as pdf:
        fonts = {letter["fontname"] for page in pdf.pages for letter in page.chars}
        text = "\n".join(page.extract_text() for page in pdf.pages)
    assert fonts
    assert all("+NanumGothic" in font for font in fonts)  # a subset, embedded
    for row in report["vendors"]:
        assert str(row["vendor"]) in text
        assert f"{row['to_transfer_won']:,}" in text
        assert f"{row['commission_won']:,}" in text


def test_running_again_and_correcting(home: Path) -> None:
    sealed(home)
    first = command(home, "settle", "run", "--json").json["runs"]
    again = command(home, "settle", "run", "--json").json["runs"]
    assert all(run["again"] for run in again)
    assert [run["hash"] for run in again] == [run["hash"] for run in first]
    command(home, "settle", "approve", "--all")
    command(home, "settle", "pay", "--reference", "이체 1")
    no(command(home, "settle", "reverse", first[0]["run"], "--reason", " "))
    no(command(home, "settle", "withdraw", first[0]["run"]))
    back = command(home, "settle", "reverse", first[0]["run"], "--reason", "율이 틀림", "--json").json[
        "runs"
    ][0]
    assert (back["state"], back["net_won"]) == ("paid", -first[0]["net_won"])
    fresh = command(home, "settle", "run", "--json").json["runs"]
    assert sorted(run["again"] for run in fresh) == [False, True]
    new = next(run for run in fresh if not run["again"])
    assert new["net_won"] == first[0]["net_won"]
    assert new["to_transfer_won"] == 0  # it was sent already
    no(command(home, "settle", "reverse", "zzzz", "--reason", "없음"))


def test_rules_fees_and_trials(home: Path) -> None:
    sealed(home)
    no(command(home, "settle", "rule", "--vendor-class", "농가", "--rate", "50", "--from", "2025-01-01"))
    no(command(home, "settle", "rule", "--rate", "50", "--band", "많이"))
    no(command(home, "settle", "fees", "--fee", "금=3"))
    no(command(home, "settle", "end-rule", "없는 규칙", "--until", "2026-12-31"))
    told = command(home, "settle", "rules", "--json").json
    assert [rule["name"] for rule in told["rules"]] and len(told["history"]) == 3
    assert told["fees_permille"] == {"card": 15}
    trial = command(home, "settle", "simulate", "--vendor-class", "농가", "--rate", "200", "--json").json
    farms = [row for row in trial["vendors"] if row["difference_won"]]
    assert all(abs(row["after_won"] - 2 * row["before_won"]) <= 1 for row in farms)
    assert len(farms) == 5
    said = command(
        home, "settle", "account", "--vendor", "신안섬 농장", "--bank", "농협", "--account", "302-12-345678"
    )
    assert said.code == 0
    assert "302-12-345678" not in said.err
    no(command(home, "settle", "account", "--vendor", "신안섬 농장", "--bank", "농협", "--account", "12"))
