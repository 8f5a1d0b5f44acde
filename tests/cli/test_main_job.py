"""The main job on real input: import, open, ring, report; equal to the won, and again the same."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import DEMO, command, jangteo, opened
from tests.scenarios.unseen import market


def equals(report: dict[str, Any], expected: dict[str, Any]) -> None:
    """A day report against the figures that were reckoned independently."""
    for name, value in expected.items():
        if name in ("vendors", "products"):
            continue
        if name == "tenders":
            assert {key: won for key, won in report[name].items() if won} == value
        elif name == "by_vendor":
            assert {row["vendor"]: row["net_won"] for row in report[name]} == value
        elif name == "by_product":
            assert {row["product"]: [row["quantity_milli"], row["net_won"]] for row in report[name]} == value
        else:
            assert report[name] == value, name
    parts = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
    assert sum(report[part] for part in parts) == report["net_won"]


@pytest.mark.acceptance("A8", "A31")
@pytest.mark.parametrize("name", ["tape", "tape-mixed"])
def test_a_whole_market_day_to_the_won(tmp_path: Path, name: str) -> None:
    run = jangteo if name == "tape-mixed" else command
    home = tmp_path / "home"
    imported = run(home, "import", DEMO / "catalogue.xlsx", "--json")
    assert (imported.code, imported.json["vendors"], imported.json["products"], imported.json["bad"]) == (
        0,
        26,
        44,
        [],
    )
    day = run(
        home,
        "day",
        "open",
        "--market",
        "한전 완판장터",
        "--date",
        "2026-11-20",
        "--float",
        "100000",
        "--json",
    )
    assert (day.code, day.json["register"], day.json["business_date"]) == (0, "R1", "2026-11-20")
    rung = run(home, "ring", DEMO / f"{name}.jsonl", "--json")
    slips = (DEMO / f"{name}.jsonl").read_text().splitlines()
    assert (rung.code, rung.json["refused"], len(rung.json["sales"])) == (0, [], len(slips))
    assert {"id", "receipt_no", "total_won"} <= set(rung.json["sales"][0])
    report = run(home, "report", "day", "--json")
    equals(report.json, json.loads((DEMO / f"{name}.expected.json").read_text()))
    assert report.json["unsynced_entries"] == report.json["journal_entries"] > len(slips)
    digest = command(home, "digest").out
    if all('"id"' in slip for slip in slips):
        again = command(home, "ring", DEMO / f"{name}.jsonl", "--json")
        assert again.json == rung.json
    again = command(home, "import", DEMO / "catalogue.xlsx", "--json")
    assert (again.code, again.json["vendors"], again.json["products"]) == (0, 26, 44)
    assert command(home, "day", "open", "--market", "한전 완판장터", "--date", "2026-11-20").code == 0
    assert command(home, "digest").out == digest
    assert command(home, "verify").code == 0
    rebuilt = command(home, "rebuild", "--json")
    assert (rebuilt.code, rebuilt.json["different"]) == (0, [])
    assert command(home, "digest").out == digest
    assert command(home, "report", "day", "--json").json == report.json


def test_ids_on_the_tape_make_ringing_it_twice_change_nothing(tmp_path: Path) -> None:
    home = opened(tmp_path / "home")
    slips = [json.loads(line) for line in (DEMO / "tape.jsonl").read_text().splitlines()[:40]]
    for number, slip in enumerate(slips):
        slip["id"] = f"00000000-0000-4000-8000-{number:012d}"
    tape = tmp_path / "tape.jsonl"
    tape.write_text("\n".join(map(json.dumps, slips)))
    first = command(home, "ring", tape, "--json")
    digest, report = command(home, "digest").out, command(home, "report", "day", "--json").json
    assert command(home, "ring", tape, "--json").json == first.json
    tape.write_text("\n".join(map(json.dumps, reversed(slips))))
    assert command(home, "ring", tape).code == 0
    assert (command(home, "digest").out, command(home, "report", "day", "--json").json) == (digest, report)
    assert report["sales_count"] == 40


def test_machines_that_never_met_give_the_same_ids(tmp_path: Path) -> None:
    reports = []
    for number in range(2):
        home = opened(tmp_path / str(number))
        day = command(home, "day", "status", "--json").json["day_id"]
        command(home, "ring", DEMO / "tape.jsonl")
        report = command(home, "report", "day", "--json").json
        reports.append(
            (
                day,
                sorted((row["vendor"], row["vendor_id"]) for row in report["by_vendor"]),
                sorted((row["product"], row["product_id"], row["vendor_id"]) for row in report["by_product"]),
                report["net_won"],
            )
        )
    assert reports[0] == reports[1]
    assert len(reports[0][1]) == 26
    assert len(reports[0][2]) == 44


def test_a_later_market_leaves_the_earlier_one_as_it_was(tmp_path: Path) -> None:
    home = opened(tmp_path / "home")
    command(home, "ring", DEMO / "tape.jsonl")
    before = command(home, "report", "day", "--date", "2026-11-20", "--json").json
    made = market(99, 30)
    workbook, tape = made.save(tmp_path)
    assert command(home, "import", workbook).code == 0
    assert command(home, "day", "open", "--market", "금요장터", "--date", "2027-03-05").code == 0
    rung = command(home, "ring", tape, "--json")
    assert rung.json["refused"] == []
    after = command(home, "report", "day", "--date", "2026-11-20", "--json").json
    for report in (before, after):
        del report["journal_entries"], report["unsynced_entries"]
    assert after == before
    latest = command(home, "report", "day", "--json").json
    assert (latest["market"], latest["business_date"]) == ("금요장터", "2027-03-05")
    assert {row["vendor"] for row in latest["by_vendor"]} == {vendor[1] for vendor in made.vendors}


@pytest.mark.acceptance("A31")
def test_the_first_sale_needs_no_network_at_all(tmp_path: Path) -> None:
    home = opened(tmp_path / "home")
    tape = tmp_path / "tape.jsonl"
    tape.write_text((DEMO / "tape.jsonl").read_text().splitlines()[0])
    wall = tmp_path / "sitecustomize.py"
    wall.write_text(
        "import socket\n"
        "def no(*a, **k): raise OSError(101, 'Network is unreachable')\n"
        "socket.socket.connect = no\nsocket.getaddrinfo = no\nsocket.create_connection = no\n"
    )
    alone = {"PYTHONPATH": str(tmp_path)}
    assert jangteo(home, "ring", tape, env=alone).code == 0
    closed = jangteo(home, "day", "close", "--counted", "0", "--reason", "첫 판매", "--json", env=alone)
    assert closed.code in (0, 1)
    assert jangteo(home, "report", "day", "--json", env=alone).json["sales_count"] == 1


def test_the_demo_plays_its_day_in_the_terminal_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "throw-away"))
    (tmp_path / "throw-away").mkdir()
    said = command(tmp_path / "home", "demo", "--terminal")
    assert said.code == 0, said.err
    expected = json.loads((DEMO / "tape.expected.json").read_text())
    assert f"{expected['net_won']:,}" in said.out.decode()
    assert not (tmp_path / "home").exists()
    assert list((tmp_path / "throw-away").iterdir()) == []
