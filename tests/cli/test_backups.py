"""Copies, restore and doctor from the command line: sentences, exit codes, one document."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from pos_app.runtime.paths import Home
from pos_app.runtime.single import OnlyOne
from tests.cli.program import command, jangteo, opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The demo market open at R1, two slips rung."""
    made = opened(tmp_path / "home")
    ring(made, tmp_path)
    return made


def ring(home: Path, folder: Path) -> None:
    slip = {"at": "2026-11-20T10:00:00+09:00", "lines": [{"product": "P005", "quantity_milli": 1000}], "tender": "cash"}
    tape = folder / "slips.jsonl"
    tape.write_text("\n".join([json.dumps(slip)] * 2))
    assert command(home, "ring", tape).code == 0


@pytest.mark.acceptance("A43")
def test_a_copy_and_back(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.backup"
    told = command(home, "backup", file, "--json").json
    assert told["made"] == [str(file)] and told["register"] == "R1" and told["fault"] == ""
    digest = command(home, "digest").out
    ring(home, tmp_path)
    Home(home).database.write_bytes(b"")
    back = command(home, "restore", file, "--json")
    assert back.code == 0 and back.json["events"] == told["events"]
    assert command(home, "digest").out == digest
    assert command(home, "verify").code == 0


@pytest.mark.acceptance("A44")
def test_a_copy_into_an_empty_home_carries_the_register_on(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.backup"
    assert command(home, "backup", file).code == 0
    spare = tmp_path / "spare"
    told = command(spare, "restore", file, "--json").json
    assert (told["register"], told["sales"], told["shift_open"]) == ("R1", 2, True)
    assert command(spare, "digest").out == command(home, "digest").out
    ring(spare, tmp_path)
    again = command(spare, "restore", file)
    assert again.code == 1 and "이어받기" in again.err
    taken = command(spare, "restore", file, "--take-over")
    assert taken.code == 0


def test_without_a_file_the_copy_goes_where_it_belongs(home: Path) -> None:
    said = command(home, "backup")
    assert said.code == 0 and "읽어 봐서 맞아요" in said.out.decode()
    listed = command(home, "backup", "--list", "--json").json["copies"]
    assert [copy["place"] for copy in listed] == ["here"]


@pytest.mark.acceptance("A43")
@pytest.mark.parametrize("bad", ["cut", "not_one", "none", "other"])
def test_a_bad_file_is_named_and_nothing_changes(home: Path, tmp_path: Path, bad: str) -> None:
    file = tmp_path / f"{bad}.backup"
    assert command(home, "backup", tmp_path / "good.backup").code == 0
    good = (tmp_path / "good.backup").read_bytes()
    if bad == "cut":
        file.write_bytes(good[: len(good) // 2])
    elif bad == "not_one":
        file.write_bytes(b"hello")
    elif bad == "other":
        assert command(opened(tmp_path / "other"), "backup", file).code == 0
    before = command(home, "digest").out
    said = command(home, "restore", file, "--json")
    assert said.code == 1 and said.json["error"].startswith("backup.")
    assert file.name in said.err and said.is_one_plain_sentence()
    assert command(home, "digest").out == before
    assert not Home(home).aside.exists()


def test_an_open_window_is_not_restored_under(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.backup"
    assert command(home, "backup", file).code == 0
    lock = OnlyOne(Home(home).window_lock)
    try:
        said = jangteo(home, "restore", file)
    finally:
        lock.release()
    assert said.code == 3 and said.is_one_plain_sentence()


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """A server's home: its organisation, and a register that may join."""
    made = tmp_path / "server"
    assert command(made, "server", "enrol-code", "--name", "계산대 1", "--role", "register").code == 0
    return made


def root_of(home: Path) -> bytes:
    with sqlite3.connect(Home(home).database) as plain:
        row = plain.execute("SELECT value FROM server_secret WHERE name = 'organisation_root'").fetchone()
    plain.close()
    return bytes(row[0])


def test_a_server_comes_back_as_itself_on_a_new_machine(server: Path, tmp_path: Path) -> None:
    file = tmp_path / "server.backup"
    assert command(server, "backup", file).code == 0
    new = tmp_path / "new"
    assert command(new, "restore", file).code == 0
    assert root_of(new) == root_of(server), "every device trusts this key alone"
    assert command(new, "server", "devices", "--json").json == command(server, "server", "devices", "--json").json
    assert command(new, "digest").out == command(server, "digest").out


def test_a_servers_copy_over_another_server_is_refused(server: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "server.backup", tmp_path / "other"
    assert command(server, "backup", file).code == 0
    assert command(other, "server", "enrol-code", "--name", "계산대 2", "--role", "register").code == 0
    root = root_of(other)
    said = command(other, "restore", file, "--json")
    assert said.code == 1 and said.json["error"] == "backup.of_server" and "폴더" in said.err
    assert root_of(other) == root


def test_a_running_server_is_not_restored_under(server: Path, tmp_path: Path) -> None:
    file = tmp_path / "server.backup"
    assert command(server, "backup", file).code == 0
    lock = OnlyOne(Home(server).server_lock)
    try:
        said = jangteo(server, "restore", file)
    finally:
        lock.release()
    assert said.code == 3 and said.is_one_plain_sentence() and "서버를 끄고" in said.err


def test_doctor_finds_a_broken_store_and_says_what_to_do(home: Path, tmp_path: Path) -> None:
    healthy = command(home, "doctor", "--json")
    assert healthy.code == 0
    states = {check["code"]: check["state"] for check in healthy.json["checks"]}
    assert states["store"] == states["chains"] == "ok" and states["copies"] == "look"
    packed = command(home, "doctor", "--bundle", tmp_path / "help.zip", "--json")
    assert packed.json["bundle"] == str(tmp_path / "help.zip") and (tmp_path / "help.zip").exists()
    Home(home).database.write_bytes(b"not a database!!" * 1000)
    broken = command(home, "doctor", "--json")
    assert broken.code == 3
    told = broken.json["checks"][-1]
    assert told["state"] == "bad" and "사본" in told["advice"]


def test_an_empty_store_beside_copies_is_not_filled_over(home: Path) -> None:
    assert command(home, "backup").code == 0
    for path in home.glob("jangteo.db*"):
        path.unlink()
    said = command(home, "day", "status")
    assert said.code == 3 and "사본에서 되살리면" in said.err
    assert not Home(home).database.exists()
    shutil.rmtree(Home(home).copies)
    assert command(home, "day", "status").code == 1, "a new home"
