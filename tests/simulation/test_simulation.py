"""Markets by chance over the real store, folds and exchange; and planted faults that must not go unseen."""

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import folder as roomy
from tests.simulation.invariants import Broken
from tests.simulation.planted import FAULTS
from tests.simulation.world import make_pattern, run

CHUNKS, SEEDS, STEPS = 15, 20, 30  # 300 seeds in the suite
SOAK_SEEDS, SOAK_STEPS = 3_000, 80
ENOUGH = 60  # seeds within which each planted fault has to be caught


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in memory where there is one: what is under test is what is written, not how fast."""
    folder = Path(tempfile.mkdtemp(prefix="jangteo-simulation-", dir=roomy()))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def pattern(place: Path) -> Path:
    return make_pattern(place / "pattern")


def seeds(place: Path, pattern: Path, first: int, count: int, steps: int) -> Counter[str]:
    """Run them; what went wrong on the way, and was borne."""
    faults: Counter[str] = Counter()
    for seed in range(first, first + count):
        folder = place / str(seed)
        folder.mkdir()
        try:
            faults.update(run(folder, pattern, seed, steps).faults)
        except Broken as problem:
            raise AssertionError(f"seed {seed}, {steps} steps: {problem}") from problem
        finally:
            shutil.rmtree(folder)
    return faults


@pytest.mark.acceptance("A33", "A36", "A37")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_whatever_happens_all_books_say_the_same_in_the_end(place: Path, pattern: Path, chunk: int) -> None:
    faults = seeds(place, pattern, 1 + chunk * SEEDS, SEEDS, STEPS)
    assert faults["twice"]
    assert any(name.startswith("question") for name in faults)
    assert any(name.startswith("dark") for name in faults)


@pytest.mark.soak
def test_thousands_of_markets(place: Path, pattern: Path) -> None:
    began = time.monotonic()
    faults = seeds(place, pattern, 100_000, SOAK_SEEDS, SOAK_STEPS)
    seconds = round(time.monotonic() - began)
    print(f"{SOAK_SEEDS} seeds of {SOAK_STEPS} steps in {seconds} s; borne: {dict(faults)}")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(place: Path, pattern: Path, fault: str) -> None:
    began = time.monotonic()
    for seed in range(1, ENOUGH + 1):
        folder = place / f"{fault}-{seed}"
        folder.mkdir()
        with FAULTS[fault]() as plant:
            try:
                run(folder, pattern, seed, STEPS * 2, plant)
            except Broken as problem:
                print(f"{fault}: seed {seed}, {time.monotonic() - began:.1f} s: {problem.name}")
                return
            finally:
                shutil.rmtree(folder)
    pytest.fail(f"{fault} was not seen in {ENOUGH} markets")
