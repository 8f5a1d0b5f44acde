"""An update from a stick: only signed, newer, whole and fitting ones; whatever is refused changes nothing."""

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from installer.release import describe, signed
from pos_app.domain.errors import DomainError
from pos_app.i18n.sentences import sentence
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.version import parts
from pos_app.services import updates, updates_install
from pos_app.services.updates import MANIFEST, SOURCE, Installation, find
from sync.identity import new_device_key, public_key
from tests.installer.releases import (
    MAKER,
    NAME,
    NEW,
    NOW,
    archive,
    everything,
    manifest,
    portable,
    stick,
    trusting,
)


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    return portable(tmp_path / "jangteo-pos")


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    return stick(tmp_path / "usb", archive())


def _refused(path: Path, here: Installation) -> str:
    before = everything(here.top)
    with pytest.raises(DomainError) as refusal:
        updates_install.install(find(path, here), here)
    assert everything(here.top) == before, "nothing changed"
    assert "{" not in sentence(refusal.value)
    return refusal.value.code


@pytest.mark.acceptance("A46")
def test_a_signed_newer_update_takes_the_old_ones_place(here: Installation, usb: Path) -> None:
    updates_install.install(find(usb, here), here)
    assert (here.top / "program/_internal/part").read_text() == f"of {NEW}"
    assert NOW in (here.top / "program.old/jangteo").read_text(), "the old one is kept aside"
    assert (here.top / "home/jangteo.db").read_bytes() == b"sales"
    assert not (here.top / "program.new").exists() and not (here.top / "update").exists()


def test_the_manifest_itself_may_be_named(here: Installation, usb: Path) -> None:
    assert find(usb / MANIFEST, here).version == NEW


def test_a_second_update_lets_the_kept_one_go(here: Installation, usb: Path) -> None:
    (here.top / "program.old").mkdir()
    (here.top / "program.old" / "left").touch()
    updates_install.install(find(usb, here), here)
    assert not (here.top / "program.old" / "left").exists()


# whose signature


def test_another_makers_signature_is_refused(here: Installation, tmp_path: Path) -> None:
    assert _refused(stick(tmp_path / "other", archive(), key=new_device_key()), here) == "update.signature"


def test_a_word_changed_after_signing_is_refused(here: Installation, usb: Path) -> None:
    path = usb / MANIFEST
    whole = path.read_bytes()
    changed = json.loads(whole)
    changed["manifest"]["version"] = "0.4.0"
    path.write_text(json.dumps(changed))
    assert _refused(usb, here) == "update.signature"
    path.write_bytes(whole.replace(b'"key":"' + public_key(MAKER).encode(), b'"key":"' + b"00" * 32))
    assert _refused(usb, here) == "update.signature"


def test_a_signature_under_something_else_is_no_signature_under_an_update(
    here: Installation, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("installer.release.signed_bytes", lambda told: updates.encode(told))
    (usb / MANIFEST).write_bytes(signed(manifest(archive()), MAKER))
    assert _refused(usb, here) == "update.signature"


def test_a_program_without_keys_trusts_nobody(here: Installation, usb: Path) -> None:
    assert _refused(usb, trusting(here)) == "update.no_keys"


def test_one_of_several_keys_is_enough(here: Installation, usb: Path, tmp_path: Path) -> None:
    keys = tmp_path / "update_keys.txt"
    keys.write_text(f"# two makers\n{public_key(new_device_key())}\n{public_key(MAKER)}\n")
    assert find(usb, trusting(here, *updates.trusted_keys(keys))).version == NEW
    assert updates.trusted_keys(tmp_path / "none.txt") == ()


# which version


@pytest.mark.acceptance("A46")
def test_an_older_version_is_refused_clearly(here: Installation, tmp_path: Path) -> None:
    package = archive("0.1.9")
    usb = stick(tmp_path / "older", package, manifest(package, "0.1.9"))
    assert _refused(usb, here) == "update.older"
    with pytest.raises(DomainError) as refusal:
        find(usb, here)
    assert "0.1.9" in sentence(refusal.value) and NOW in sentence(refusal.value)


@pytest.mark.parametrize("version, code", [(NOW, "update.same"), ("newest", "update.version"), ("0.3", "update.version")])
def test_what_is_no_newer_version_is_refused(here: Installation, tmp_path: Path, version: str, code: str) -> None:
    package = archive(version)
    assert _refused(stick(tmp_path / "usb", package, manifest(package, version)), here) == code


def test_versions_are_compared_as_numbers() -> None:
    assert parts("0.10.0") > parts("0.9.9")
    for bad in ("", "1", "1.2", "1.2.3.4", "1.2.x", "1.-2.3", "1.2.²"):
        with pytest.raises(ValueError):
            parts(bad)


def test_a_program_from_source_is_told_what_to_do(here: Installation, usb: Path) -> None:
    source = Installation(SOURCE, here.top, NOW, here.platform, here.keys)
    assert _refused(usb, source) == "update.source"
    assert updates.installation().kind == SOURCE


# which file


def test_an_update_for_other_machines_is_refused(here: Installation, tmp_path: Path) -> None:
    package = archive()
    for changed in ({"platform": "windows-amd64"}, {"kind": "deb"}):
        usb = stick(tmp_path / "usb", package, manifest(package, **changed))
        assert _refused(usb, here) == "update.not_for_this"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"{}", b"[" * 200_000, b'{"manifest": {}}'])
def test_what_is_no_manifest_is_named(here: Installation, usb: Path, data: bytes) -> None:
    (usb / MANIFEST).write_bytes(data)
    assert _refused(usb, here) == "update.not_one"


@pytest.mark.parametrize("name", ["../jangteo", "/etc/passwd", "a\\b", "", ".."])
def test_a_name_that_leads_elsewhere_is_no_update(here: Installation, tmp_path: Path, name: str) -> None:
    package = archive()
    assert _refused(stick(tmp_path / "usb", package, manifest(package, name=name)), here) == "update.not_one"


def test_an_empty_stick_and_a_missing_package_are_named(here: Installation, usb: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert _refused(tmp_path / "empty", here) == "update.none"
    (usb / NAME).unlink()
    assert _refused(usb, here) == "update.none"


def test_a_half_copied_and_a_changed_package_are_named(here: Installation, usb: Path) -> None:
    package = (usb / NAME).read_bytes()
    (usb / NAME).write_bytes(package[:-1])
    assert _refused(usb, here) == "update.cut"
    (usb / NAME).write_bytes(package + b"more")
    assert _refused(usb, here) == "update.cut"
    (usb / NAME).write_bytes(package[:4] + bytes([package[4] ^ 1]) + package[5:])  # still an archive: only its date
    assert _refused(usb, here) == "update.damaged"


def test_a_signed_file_that_is_no_archive_is_named(here: Installation, tmp_path: Path) -> None:
    assert _refused(stick(tmp_path / "usb", b"no archive at all"), here) == "update.damaged"
    cut = archive()[:-30]
    assert _refused(stick(tmp_path / "cut", cut), here) == "update.damaged"


def test_an_archive_writes_nothing_outside_its_place(here: Installation, tmp_path: Path) -> None:
    package = archive(**{"jangteo-pos/program/../../../out": b"x", "jangteo-pos/home/jangteo.db": b"y"})
    updates_install.install(find(stick(tmp_path / "usb", package), here), here)
    assert (here.top / "home/jangteo.db").read_bytes() == b"sales"
    assert not list(tmp_path.rglob("out"))


# the world fails


def _failed(here: Installation, usb: Path) -> EnvironmentFault:
    before = everything(here.top)
    with pytest.raises(EnvironmentFault) as fault:
        updates_install.install(find(usb, here), here)
    assert everything(here.top) == before, "nothing changed"
    assert not (here.top / "program.new").exists()
    return fault.value


def test_too_little_room_is_said_before_anything_is_written(here: Installation, tmp_path: Path) -> None:
    package = archive()
    usb = stick(tmp_path / "usb", package, manifest(package, room_bytes=1 << 60))
    assert "MB" in _failed(here, usb).title


def test_a_place_that_cannot_be_written_is_named(
    here: Installation, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != here.top)
    assert str(here.top) in _failed(here, usb).title


def test_a_program_that_does_not_start_here_stays_outside(here: Installation, tmp_path: Path) -> None:
    for program in ("#!/bin/sh\nexit 1\n", "#!/bin/sh\necho jangteo-pos 0.9.9\n", "not a program"):
        _failed(here, stick(tmp_path / "usb", archive(program=program)))


@pytest.mark.parametrize("fails_at", ["write", "first rename", "second rename"])
def test_a_disk_that_fails_midway_leaves_the_old_program(
    here: Installation, usb: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == ("program" if fails_at == "first rename" else "program.new"):
            raise OSError(errno.EIO, "gone")
        return rename(path, target)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    if fails_at == "write":
        monkeypatch.setattr(updates_install.shutil, "copyfileobj", full)
    else:
        monkeypatch.setattr(Path, "rename", failing)
    _failed(here, usb)


def test_a_stick_pulled_out_while_reading_is_named(
    here: Installation, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(*_: Any) -> None:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(updates, "_carry", pulled)
    assert _failed(here, usb).retryable


# making one


def test_the_packages_of_one_version_become_an_update(tmp_path: Path) -> None:
    for name in ("jangteo-pos-0.3.0-linux-x86_64.tar.gz", "jangteo-pos-0.2.0-linux-x86_64.tar.gz"):
        (tmp_path / name).write_bytes(archive())
    (tmp_path / "jangteo-pos-0.3.0-setup.exe").write_bytes(b"MZ")
    (tmp_path / "SHA256SUMS").touch()
    found = {file.platform: file for file in describe(tmp_path, "0.3.0").files}
    assert set(found) == {"linux-x86_64", "windows-amd64"}
    assert found["linux-x86_64"].kind == "stick" and found["linux-x86_64"].room_bytes > 20
    assert found["windows-amd64"].kind == "setup"
