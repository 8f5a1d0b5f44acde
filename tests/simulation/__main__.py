"""Many seeds: python -m tests.simulation [FIRST [COUNT [STEPS]]]; prints what was tried and what broke."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.simulation.invariants import Broken
from tests.simulation.world import make_pattern, run


def main() -> int:
    """Run the seeds; 1 where one broke."""
    first, count, steps = (int(word) for word in (*sys.argv[1:], *("1", "100", "60")[len(sys.argv) - 1 :]))
    faults: Counter[str] = Counter()
    done: Counter[str] = Counter()
    broken = 0
    with tempfile.TemporaryDirectory() as place:
        pattern = make_pattern(Path(place) / "pattern")
        for seed in range(first, first + count):
            folder = Path(place) / str(seed)
            folder.mkdir()
            try:
                world = run(folder, pattern, seed, steps)
            except Broken as problem:
                broken += 1
                print(f"seed {seed}: {problem}", flush=True)
            else:
                faults.update(world.faults)
                done.update(world.done)
    print(f"{count} seeds of {steps} steps, {broken} broken; faults {dict(faults)}; done {dict(done)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
