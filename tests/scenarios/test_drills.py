"""The drills of a bad day, small; `python -m tests.drills` runs them large and prints their figures."""

import pytest

from tests.drills import broken_file, full_disk, lost_laptop, power_cut
from tests.drills.figures import Figures
from tests.scenarios.without_flush import skip_flushes


@pytest.mark.acceptance("A41")
def test_power_cut() -> None:
    told = power_cut.run(Figures("power_cut"), cuts=3)
    assert len(told.sold) >= 3


@pytest.mark.acceptance("A43")
def test_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)
    came = broken_file.run(Figures("broken_file"), times=8, sales=30)
    assert (came.lost_of_copy, came.false, came.times) == (0, 0, 8)
    assert came.saved > 0


@pytest.mark.acceptance("A43")
def test_full_disk() -> None:
    assert full_disk.run(Figures("full_disk")) > 0


@pytest.mark.acceptance("A44")
def test_lost_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)
    outcome = lost_laptop.run(Figures("lost_laptop"), sales=60)
    assert (outcome.doubled, outcome.missing) == (0, 0)
    assert outcome.seconds < 300
