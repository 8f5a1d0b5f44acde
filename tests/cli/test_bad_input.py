"""Bad input and a bad world: one clear Korean sentence, the right exit code, nothing lost."""

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from pos_app.bootstrap import open_house
from pos_app.domain.operators import Role
from pos_app.runtime.clock import Clock
from pos_app.runtime.single import OnlyOne
from tests.cli.program import DEMO, command, jangteo, opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with the demo market open and one sale."""
    made = opened(tmp_path / "home")
    assert command(made, "ring", slips(tmp_path, [SLIP])).code == 0
    return made


SLIP = {
    "at": "2026-11-20T10:00:00+09:00",
    "lines": [{"product": "P005", "quantity_milli": 1000}],
    "tender": "cash",
}


def slips(folder: Path, lines: Sequence[object]) -> Path:
    """A tape of these lines; bytes and text are put down as they are."""
    tape = folder / "slips.jsonl"
    tape.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    )
    return tape


def test_odd_lines_of_a_tape_are_named_and_the_good_ones_rung(home: Path, tmp_path: Path) -> None:
    lines = [
        SLIP,
        b"{broken",
        {**SLIP, "lines": [{"product": "P999", "quantity_milli": 1000}]},
        {**SLIP, "lines": [{"product": "P005", "quantity_milli": -1000}]},
        {**SLIP, "lines": [{"product": "P005", "quantity_milli": 1000.5}]},
        {**SLIP, "tender": "bitcoin"},
        {**SLIP, "tenders": [{"type": "cash", "amount_won": 24_000.0}]},
        {**SLIP, "note": "x" * 1_000_000},
        {
            "at": SLIP["at"],
            "refund_of": "00000000-0000-4000-8000-000000000000",
            "lines": [],
            "tender": "cash",
        },
        b"\xff\xfe\x00",
        SLIP,
    ]
    said = command(home, "ring", slips(tmp_path, lines), "--json")
    assert said.code == 1
    assert [refused["line"] for refused in said.json["refused"]] == list(range(2, 11))
    assert all(any("가" <= c <= "힣" for c in refused["reason"]) for refused in said.json["refused"])
    assert len(said.json["sales"]) == 2
    assert len(said.err.splitlines()) == 9
    assert command(home, "report", "day", "--json").json["sales_count"] == 3
    assert command(home, "verify").code == 0


def test_an_empty_tape_is_no_work_and_no_error(home: Path, tmp_path: Path) -> None:
    said = command(home, "ring", slips(tmp_path, [b"", b"  "]), "--json")
    assert (said.code, said.json) == (0, {"sales": [], "refused": []})


def test_a_price_with_letters_is_named_by_its_cell(home: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(DEMO / "catalogue.xlsx")
    row = next(r for r in book["판매품목"].iter_rows(min_row=5) if r[1].value == "P005")
    row[5].value = "만이천원쯤"
    broken = tmp_path / "broken.xlsx"
    book.save(broken)
    before = command(home, "digest").out
    strict = command(home, "import", broken, "--strict", "--json")
    assert (strict.code, strict.json["vendors"], strict.json["products"]) == (1, 0, 0)
    assert [bad["cell"] for bad in strict.json["bad"]] == [f"판매품목!{row[5].coordinate}"]
    dry = command(home, "import", broken, "--dry-run", "--json")
    assert (dry.code, dry.json["products"]) == (1, 43)
    assert command(home, "digest").out == before
    said = command(home, "import", broken)
    assert said.code == 1
    assert f"판매품목!{row[5].coordinate}" in said.err
    assert command(home, "report", "day", "--json").json["sales_count"] == 1


@pytest.mark.parametrize("kind", ["text", "cut", "zip", "empty", "folder"])
def test_a_broken_workbook_is_one_sentence(home: Path, tmp_path: Path, kind: str) -> None:
    broken = tmp_path / "broken.xlsx"
    whole = (DEMO / "catalogue.xlsx").read_bytes()
    if kind == "folder":
        broken.mkdir()
    else:
        broken.write_bytes(
            {"text": b"not a workbook", "cut": whole[:3000], "zip": b"PK\x03\x04" + b"\0" * 99, "empty": b""}[
                kind
            ]
        )
    before = command(home, "digest").out
    said = command(home, "import", broken)
    assert said.code in (1, 3)
    assert said.is_one_plain_sentence(), said.err
    spoken = command(home, "import", broken, "--json")
    assert spoken.json["sentence"]
    assert command(home, "digest").out == before


@pytest.mark.acceptance("A39")
def test_a_wrong_pin_is_refused_and_journalled_and_reports_stay_open(home: Path, tmp_path: Path) -> None:
    house = open_house(home)
    house.operators.add("김담당", Role.COORDINATOR, "274913")
    house.close()
    tape = slips(tmp_path, [SLIP])
    for words in ([], ["--operator", "김담당"], ["--operator", "없는사람"]):
        said = command(home, "ring", tape, *words, pin="111222" if words else "")
        assert said.code == 1
        assert said.is_one_plain_sentence(), said.err
    nobody = jangteo(home, "ring", tape, "--operator", "김담당")
    assert nobody.code == 1, nobody.err
    assert nobody.is_one_plain_sentence(), nobody.err
    assert command(home, "report", "day", "--json").json["sales_count"] == 1
    assert command(home, "ring", tape, "--operator", "김담당", pin="274913").code == 0
    for _ in range(6):
        locked = command(home, "day", "seal", "--operator", "김담당", pin="111222")
        assert locked.code == 1
    assert command(home, "day", "seal", "--operator", "김담당", pin="274913").code == 1
    assert command(home, "verify").code == 0


@pytest.mark.acceptance("A46")
def test_a_newer_database_is_left_alone(home: Path) -> None:
    connection = sqlite3.connect(home / "jangteo.db")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version = {version + 7}")
    connection.close()
    before = (home / "jangteo.db").read_bytes()
    for words in (["report", "day"], ["verify"], ["digest"], ["day", "status"]):
        said = command(home, *words)
        assert said.code == 3
        assert said.is_one_plain_sentence(), said.err
        assert "새" in said.err
    assert command(home, "doctor", "--json").code == 3
    assert (home / "jangteo.db").read_bytes() == before


def test_a_second_window_on_one_home_is_refused_and_commands_still_work(home: Path) -> None:
    lock = OnlyOne(home / "window.lock")
    window = jangteo(home)
    assert window.code == 3
    assert window.is_one_plain_sentence(), window.err
    assert jangteo(home, "report", "day", "--json").json["sales_count"] == 1
    lock.release()


@pytest.mark.parametrize("where", ["file", "below", "damaged"])
def test_a_home_that_cannot_be_opened_is_a_failed_world(tmp_path: Path, where: str) -> None:
    place = tmp_path / "home"
    if where == "damaged":
        place.mkdir()
        (place / "jangteo.db").write_bytes(b"no database at all " * 500)
    else:
        place.write_text("a file")
        place = place / "below" if where == "below" else place
    for words in (["report", "day"], ["day", "open", "--market", "x", "--date", "2026-11-20"]):
        said = jangteo(place, *words)
        assert said.code == 3
        assert said.is_one_plain_sentence(), said.err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes; only where this process may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.acceptance("A41")
def test_a_full_disk_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    home = opened(small_disk / "home")
    tape = slips(tmp_path, [{**SLIP, "id": f"00000000-0000-4000-8000-{n:012d}"} for n in range(1500)])
    said = jangteo(home, "ring", tape)
    assert said.code == 3
    assert said.is_one_plain_sentence(), said.err
    assert "디스크" in said.err
    (small_disk / "film").write_bytes(bytes(shutil.disk_usage(small_disk).free))  # the till left itself some room
    refused = jangteo(small_disk / "new", "day", "open", "--market", "x", "--date", "2026-11-20")
    assert refused.code == 3
    assert refused.is_one_plain_sentence(), refused.err
    shutil.rmtree(small_disk / "new", ignore_errors=True)
    roomy = tmp_path / "roomy"
    shutil.copytree(home, roomy)
    verified = command(roomy, "verify", "--json")
    assert (verified.code, verified.json["findings"]) == (0, [])
    kept = command(roomy, "report", "day", "--json").json["sales_count"]
    assert 0 < kept < 1500
    assert command(roomy, "rebuild").code == 0
    done = command(roomy, "ring", tape, "--json")
    assert (done.code, len(done.json["sales"])) == (0, 1500)
    assert command(roomy, "report", "day", "--json").json["sales_count"] == 1500


@pytest.mark.acceptance("A40")
def test_verify_names_what_was_meddled_with(home: Path) -> None:
    connection = sqlite3.connect(home / "jangteo.db")
    for key, data in connection.execute("SELECT key, bytes FROM event").fetchall():
        changed = bytes(data).replace(b"24000", b"24001")
        connection.execute("UPDATE event SET bytes = ? WHERE key = ?", (changed, key))
    connection.commit()
    connection.close()
    said = command(home, "verify", "--json")
    assert (said.code, said.json["ok"]) == (1, False)
    assert {"code", "log", "seq"} <= set(said.json["findings"][0])
    assert command(home, "doctor").code == 1


@pytest.mark.acceptance("A45")
def test_a_clock_in_2031_is_named_and_sales_keep_their_day(home: Path, tmp_path: Path) -> None:
    later = timedelta(days=365 * 5)
    tape = slips(tmp_path, [{**SLIP, "at": "2031-11-20T10:00:00+09:00"}])
    assert command(home, "ring", tape, clock=Clock(later)).code == 0
    report = command(home, "report", "day", "--json", clock=Clock(later)).json
    assert (report["sales_count"], report["business_date"]) == (2, "2026-11-20")
    checks = command(home, "doctor", "--json", clock=Clock(later)).json["checks"]
    said = [check for check in checks if "시계" in check["name"] and check["state"] != "ok"]
    assert len(said) == 1
    assert "2031" in said[0]["seen"] or "시계" in said[0]["seen"]
    assert command(home, "verify").code == 0
    assert command(home, "rebuild").code == 0
