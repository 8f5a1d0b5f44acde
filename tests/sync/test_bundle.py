"""A bundle is whole or refused whole; an older one stays until the new one is written and read back."""

import errno
import hashlib
import os
import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sync import subjects
from sync.client import bundle_channel
from sync.client.bundle_channel import END, MAGIC, read_bundle, write_bundle
from sync.events import Malformed
from sync.exchange import ChannelFault
from sync.identity import new_subject_key
from tests.sync.worlds import Place, history, scatter, tell


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Place]:
    """A place with forks, gaps, signed heads and people's keys."""
    place, rng = Place(tmp_path / "full.db"), random.Random(3)
    scatter(rng, history(rng, 5, 30, 0.2), [place])
    with place.bare.rows() as rows:
        subjects.take(rows, subjects.SubjectKey("somebody", new_subject_key()))
        subjects.erase(rows, "gone")
    yield place
    place.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "empty.db")
    yield place
    place.close()


def test_everything_travels_and_a_second_reading_changes_nothing(
    tmp_path: Path, full: Place, empty: Place
) -> None:
    path = tmp_path / "day.jangteo"
    written = write_bundle(full.replica, path)
    first = read_bundle(empty.replica, path)
    assert empty.everything() == full.everything()
    assert (first.received, first.peer) == (len(full.bare.known()), "full")
    assert first.peer_heads == written.peer_heads
    assert {notice.code for notice in first.notices} == {"fork"}
    again = read_bundle(empty.replica, path)
    assert (again.received, empty.everything()) == (0, full.everything())
    assert list(tmp_path.glob("*.part")) == []


def test_own_heads_are_signed_in_each_bundle(tmp_path: Path, empty: Place) -> None:
    till, path = Place(tmp_path / "till.db"), tmp_path / "day.jangteo"
    log, other = tell(random.Random(1), "register/d/R1", 7), tell(random.Random(2), "office", 3)
    till.bare.take([log.writer.genesis, other.writer.genesis], [e.data for e in (*log.events, *other.events)])
    write_bundle(till.replica, path, log.writer.private)
    read_bundle(empty.replica, path)
    with empty.bare.rows() as rows:
        assert rows.all('SELECT "log", "seq", "key" FROM "signed_head"') == [(log.log, 7, log.events[-1].key)]
    assert empty.bare.findings() == []
    till.close()


def test_a_bundle_cut_at_any_sector_is_refused_whole_in_one_sentence(
    tmp_path: Path, full: Place, empty: Place
) -> None:
    path = tmp_path / "day.jangteo"
    write_bundle(full.replica, path)
    whole = path.read_bytes()
    assert len(whole) > 4 * 512
    for size in (*range(0, len(whole), 512), len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(Malformed, match=r"day\.jangteo"):
            read_bundle(empty.replica, path)
    assert empty.everything() == set()
    path.write_bytes(whole)
    assert read_bundle(empty.replica, path).received == len(full.bare.known())


def test_a_bundle_with_any_byte_changed_is_refused_whole(tmp_path: Path, full: Place, empty: Place) -> None:
    path, rng = tmp_path / "day.jangteo", random.Random(1)
    write_bundle(full.replica, path)
    whole = path.read_bytes()
    for _ in range(60):
        changed, at = bytearray(whole), rng.randrange(len(whole))
        changed[at] ^= rng.randrange(1, 256)
        path.write_bytes(changed)
        with pytest.raises(Malformed):
            read_bundle(empty.replica, path)
    for junk in (b"", b"PK\x03\x04", MAGIC, whole + b"x", os.urandom(2000)):
        path.write_bytes(junk)
        with pytest.raises(Malformed):
            read_bundle(empty.replica, path)
    assert empty.everything() == set()


def test_a_newer_programs_frames_are_passed_over(tmp_path: Path, full: Place, empty: Place) -> None:
    path, frame = tmp_path / "day.jangteo", struct.Struct(">cI")
    write_bundle(full.replica, path)
    body = path.read_bytes()[: -(frame.size + 32)] + frame.pack(b"X", 3) + b"new"
    path.write_bytes(body + frame.pack(END, 32) + hashlib.sha256(body).digest())
    assert read_bundle(empty.replica, path).received == len(full.bare.known())


class Broken:
    """A medium that fails at a chosen step."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: str, code: int) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(bundle_channel.os, step, fail)


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(("code", "reason"), [(errno.ENOSPC, "full"), (errno.EIO, "broken")])
def test_a_stick_that_fails_leaves_the_old_bundle_and_says_why(
    tmp_path: Path,
    full: Place,
    empty: Place,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    code: int,
    reason: str,
) -> None:
    path = tmp_path / "day.jangteo"
    write_bundle(full.replica, path)
    old = path.read_bytes()
    full.bare.take([], [tell(random.Random(9), "late", 1).events[0].data])
    with monkeypatch.context() as patch:
        Broken(patch, step, code)
        with pytest.raises(ChannelFault) as told:
            write_bundle(full.replica, path)
    assert (told.value.reason, told.value.retryable) == (reason, False)
    assert path.read_bytes() == old
    assert list(tmp_path.glob("*.part")) == []


def test_a_stick_pulled_in_mid_write_leaves_the_old_bundle(tmp_path: Path, full: Place, empty: Place) -> None:
    path = tmp_path / "day.jangteo"
    write_bundle(full.replica, path)
    (tmp_path / "day.jangteo.part").write_bytes(path.read_bytes()[:700])  # what a kill leaves behind
    assert read_bundle(empty.replica, path).received == len(full.bare.known())
    write_bundle(full.replica, path)
    assert list(tmp_path.glob("*.part")) == []


def test_a_folder_that_is_not_there_is_a_plain_fault(tmp_path: Path, full: Place) -> None:
    with pytest.raises(ChannelFault):
        write_bundle(full.replica, tmp_path / "nowhere" / "day.jangteo")
    with pytest.raises(ChannelFault):
        read_bundle(full.replica, tmp_path / "nothing.jangteo")


def test_a_bundle_made_for_somebody_holds_what_they_may_have(tmp_path: Path, empty: Place) -> None:
    class Only:
        def may_read(self, scope: str) -> bool:
            return scope == "catalogue"

        def may_write(self, scope: str, device: str) -> bool:
            return False

        def may_read_subject(self, subject: str) -> bool:
            return subject == "mine"

    till, path = Place(tmp_path / "till.db"), tmp_path / "day.jangteo"
    logs = [tell(random.Random(1), "catalogue", 5), tell(random.Random(2), "register/d/R1", 5)]
    till.bare.take([log.writer.genesis for log in logs], [e.data for log in logs for e in log.events])
    with till.bare.rows() as rows:
        for who in ("mine", "others"):
            subjects.take(rows, subjects.SubjectKey(who, new_subject_key()))
    write_bundle(till.replica, path, grant=Only())
    read_bundle(empty.replica, path)
    assert empty.bare.known() == {event.key for event in logs[0].events}
    with empty.bare.rows() as rows:
        assert rows.all('SELECT "subject" FROM "subject_key"') == [("mine",)]
    write_bundle(till.replica, path, with_keys=False)
    assert b"mine" not in path.read_bytes()
    till.close()
