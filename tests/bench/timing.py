"""Times ours beside its floor in turns: A B A B, so that a noisy machine is noticed."""

import time
from collections.abc import Callable
from statistics import median

from tests.bench.figures import Spread, Step, spread

Op = Callable[[int], object]


def timed(op: Op, index: int) -> float:
    """Milliseconds that `op(index)` takes, or that it says itself by giving back a float."""
    begin = time.perf_counter_ns()
    said = op(index)
    took = (time.perf_counter_ns() - begin) / 1e6
    return said if isinstance(said, float) else took


class Turns:
    """Series of several ways to do one thing, taken in turns; the first way is the floor."""

    def __init__(self, **ways: Op) -> None:
        self._ways = ways
        self.times: dict[str, list[float]] = {name: [] for name in ways}

    def run(
        self, count: int, block: int = 25, warm: int = 0, between: Callable[[], object] | None = None
    ) -> "Turns":
        """Each way `count` times, `block` at a time; the first `warm` of each are not kept.

        `between` is what a till does while nobody waits: not timed, after each block.
        """
        done = 0
        while done < count + warm:
            size = min(block, count + warm - done)
            for name, op in self._ways.items():
                kept = [timed(op, index) for index in range(done, done + size)]
                self.times[name] += kept[max(0, warm - done) :]
                if between is not None:
                    between()
            done += size
        return self

    def spread(self, name: str) -> Spread:
        return spread(self.times[name])

    def halves(self, floor: str) -> tuple[float, float]:
        """The floor's middle in the first and in the second half."""
        series = self.times[floor]
        middle = max(1, len(series) // 2)
        return median(series[:middle]), median(series[middle:] or series)

    def step(self, bench: str, name: str, way: str, floor: str = "floor", note: str = "") -> Step:
        """One line of the table."""
        return Step(bench, name, self.spread(way), self.spread(floor), self.halves(floor), note=note)
