"""enrol, sync and bundle from the command line."""

import json
from pathlib import Path

from tests.cli.program import command, opened


def test_a_till_that_knows_nobody_is_told_what_to_do(home: Path) -> None:
    said = command(home, "sync")
    assert said.code == 1
    assert said.is_one_plain_sentence()
    assert "등록" in said.err


def test_an_address_that_is_none_is_refused_in_words(home: Path) -> None:
    for address in ("", "ftp://x", "http://", "a b", "http://a@b", "x" * 300):
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
    assert json.loads(command(home, "report", "day", "--format", "json").out)["unsynced_entries"] == told["unsynced"]
