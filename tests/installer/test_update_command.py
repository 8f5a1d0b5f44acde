"""`jangteo update` as people type it: what it says, what it exits with, and that nothing is half done."""

import json
from pathlib import Path

import pytest

from pos_app.__main__ import main
from pos_app.cli.parser import build
from pos_app.runtime.paths import Home
from pos_app.runtime.single import OnlyOne
from pos_app.services import updates
from pos_app.services.updates import Installation
from tests.installer.releases import NEW, NOW, archive, everything, portable, stick
from tests.services.houses import open_market, sell


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    found = portable(tmp_path / "jangteo-pos")
    monkeypatch.setattr(updates, "installation", lambda: found)
    return found


def _jangteo(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr("sys.argv", ["jangteo", *map(str, words)])
    return main()


@pytest.mark.acceptance("A46")
def test_an_update_with_unsent_sales_keeps_them_and_a_copy(
    here: Installation, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_market(home)
    sell(house, [("P002", 1000)])
    waiting, digest = house.health.unsynced().count, house.integrity.digest()
    house.close()
    usb = stick(tmp_path / "usb", archive())
    assert _jangteo(monkeypatch, "update", usb, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "from": NOW, "to": NEW, "file": updates.find(usb, here).file.name, "installed": True,
    }  # fmt: skip
    assert (here.top / "program/_internal/part").read_text() == f"of {NEW}"
    assert list((home / "copies").iterdir()), "a copy of the store came first"
    assert _jangteo(monkeypatch, "digest") == 0
    assert capsys.readouterr().out.strip() == digest
    assert _jangteo(monkeypatch, "update", "--may-remove", "--json") == 1
    assert json.loads(capsys.readouterr().out) == {"unsynced_entries": waiting}


def test_looking_changes_nothing(
    here: Installation, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(here.top)
    assert _jangteo(monkeypatch, "update", stick(tmp_path / "usb", archive()), "--check") == 0
    assert NOW in (said := capsys.readouterr().out) and NEW in said
    assert everything(here.top) == before


def test_an_open_window_stops_the_update(
    here: Installation, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(here.top)
    window = OnlyOne(Home(home).window_lock)
    try:
        assert _jangteo(monkeypatch, "update", stick(tmp_path / "usb", archive())) == 3
    finally:
        window.release()
    assert "열려 있어요" in capsys.readouterr().err
    assert everything(here.top) == before


def test_a_locked_stick_and_a_locked_home_are_named(
    here: Installation, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    usb = stick(tmp_path / "usb", archive())
    before = everything(here.top)
    with monkeypatch.context() as locked:
        locked.setattr("os.access", lambda *_: False)
        assert _jangteo(locked, "update", usb) == 3
    assert str(here.top) in capsys.readouterr().err
    Home(home).window_lock.mkdir()  # nobody, not even root, can open it for writing
    assert _jangteo(monkeypatch, "update", usb) == 3
    assert str(home) in capsys.readouterr().err
    assert everything(here.top) == before


def test_refusals_and_wrong_words_have_their_own_exit_codes(
    here: Installation, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _jangteo(monkeypatch, "update") == 2
    assert _jangteo(monkeypatch, "update", tmp_path / "none", "--json") == 1
    assert json.loads(capsys.readouterr().out)["error"] == "update.none"
    assert _jangteo(monkeypatch, "update", "--may-remove") == 0, "an empty home may go"
    assert not Home(home).database.exists(), "and asking made none"


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build().parse_args(["--version"])
    assert ended.value.code == 0
    name, said = capsys.readouterr().out.split()
    assert name == "jangteo-pos" and said[0].isdigit()
