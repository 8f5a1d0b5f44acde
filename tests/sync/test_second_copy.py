"""The second copy: the same bytes in a plain file; torn ends and damaged places lose only themselves."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.second_copy import SecondCopy, read_items, restore
from tests.sync.worlds import Place, Told, history, scatter, sign, tell


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "till.db")
    yield place
    place.close()


@pytest.fixture
def log(till: Place) -> Told:
    told = tell(random.Random(1), "register/d/R1", 20)
    till.bare.take([told.writer.genesis], [event.data for event in told.events[:10]])
    return told


def restored(tmp_path: Path, path: Path) -> set[tuple[bytes, ...]]:
    spare = Place(tmp_path / f"spare-{len(list(tmp_path.iterdir()))}.db")
    restore(spare.replica, path)
    found = spare.everything()
    spare.close()
    return found


def test_each_commit_is_appended_and_all_of_it_comes_back(tmp_path: Path, till: Place, log: Told) -> None:
    path = tmp_path / "copy.log"
    copy = SecondCopy(path)
    assert copy.catch_up(till.replica) == 10
    for event in log.events[10:]:
        before = path.stat().st_size
        till.bare.take([], [event.data])
        assert copy.catch_up(till.replica) == 1
        assert path.stat().st_size == before + len(event.data) + 13
    sign(till, log)
    assert copy.catch_up(till.replica) == 0
    assert copy.catch_up(till.replica) == 0
    assert restored(tmp_path, path) == till.everything()
    assert SecondCopy(path).catch_up(till.replica) == 0


def test_forks_gaps_and_logs_without_a_first_word_are_copied_too(tmp_path: Path, till: Place) -> None:
    rng = random.Random(5)
    scatter(rng, history(rng, 6, 25, 0.3), [till])
    till.bare.take([], [event.data for event in tell(rng, "unknown", 6).events[2:]])
    path = tmp_path / "copy.log"
    SecondCopy(path).catch_up(till.replica)
    assert restored(tmp_path, path) == till.everything()


def test_a_torn_end_loses_only_itself_and_is_written_again(tmp_path: Path, till: Place, log: Told) -> None:
    path = tmp_path / "copy.log"
    SecondCopy(path).catch_up(till.replica)
    whole = path.read_bytes()
    last = len(log.events[9].data) + 13
    for cut in (1, 5, last - 1):
        path.write_bytes(whole[:-cut])
        assert len(list(read_items(path))) == 10  # the genesis and nine events
        copy = SecondCopy(path)
        assert copy.catch_up(till.replica) == 1
        assert path.read_bytes() == whole


def test_a_damaged_place_loses_only_its_own_record(tmp_path: Path, till: Place, log: Told) -> None:
    path, rng = tmp_path / "copy.log", random.Random(2)
    SecondCopy(path).catch_up(till.replica)
    whole = path.read_bytes()
    for _ in range(40):
        changed = bytearray(whole)
        changed[rng.randrange(len(whole))] ^= 1 + rng.randrange(255)
        path.write_bytes(changed)
        assert len(list(read_items(path))) == 10


def test_a_medium_that_fails_counts_nothing_as_written(
    tmp_path: Path, till: Place, log: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "copy.log"
    copy = SecondCopy(path)
    with monkeypatch.context() as patch:

        def fail(_: int) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space"):
            copy.catch_up(till.replica)
    assert path.read_bytes() == b""
    assert copy.catch_up(till.replica) == 10
    assert restored(tmp_path, path) == till.everything()
