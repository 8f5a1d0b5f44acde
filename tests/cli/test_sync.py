"""enrol, sync and bundle from the command line."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.program import ROOT, command, opened


def test_a_till_that_knows_nobody_is_told_what_to_do(home: Path) -> None:
    said = command(home, "sync")
    assert said.code == 1
    assert said.is_one_plain_sentence()
    assert "등록" in said.err


def test_an_address_that_is_none_is_refused_in_words(home: Path) -> None:
    for address in ("", "ftp://x", "http://", "a b", "http" + "://a@b", "x" * 300):
        said = command(home, "enrol", address, "code")
        assert said.code == 1, address
        assert said.is_one_plain_sentence()


def test_a_server_that_is_not_there_is_the_worlds_fault(home: Path) -> None:
    said = command(home, "enrol", "http://127.0.0.1:9", "ABCD")
    assert said.code == 3
    assert said.is_one_plain_sentence()


def test_a_hub_that_is_not_there_is_said_and_kept(home: Path) -> None:
    opened(home)
    said = command(home, "sync", "--hub", "127.0.0.1:9", "--json")
    assert said.code == 3
    told = said.json
    assert [peer["url"] for peer in told["peers"]] == ["http://127.0.0.1:9"]
    assert told["unsynced"] > 0
    assert (
        json.loads(command(home, "report", "day", "--format", "json").out)["unsynced_entries"]
        == told["unsynced"]
    )


def test_a_stick_carries_a_day_to_another_home(home: Path, tmp_path: Path) -> None:
    opened(home)
    stick, other = tmp_path / "stick.jangteo", tmp_path / "other"
    written = command(home, "bundle", "write", stick, "--json").json
    assert written["events"] > 0
    torn = tmp_path / "torn.jangteo"
    torn.write_bytes(stick.read_bytes()[:700])
    said = command(other, "bundle", "read", torn, stick, tmp_path / "none.jangteo", "--json")
    assert said.code == 1
    assert [file["received"] for file in said.json["files"]] == [0, written["events"], 0]
    assert [bool(file["error"]) for file in said.json["files"]] == [True, False, True]
    again = command(other, "bundle", "read", stick)
    assert (again.code, "새 기록 0개" in again.out.decode()) == (0, True)
    assert command(home, "digest").out == command(other, "digest").out


def test_watching_ends_with_a_signal_and_says_each_change_once(home: Path) -> None:
    opened(home)
    command(home, "sync", "--hub", "127.0.0.1:9")
    words = [sys.executable, "-m", "pos_app", "sync", "--watch", "--json", "--home", str(home)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.terminate()
        assert process.wait(30) == 0
    assert [peer["url"] for peer in first["peers"]] == ["http://127.0.0.1:9"]
    assert first["unsynced"] > 0
