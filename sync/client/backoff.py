"""How long to wait after failures."""

from random import Random

FIRST_SECONDS = 2.0
MOST_SECONDS = 300.0


def next_wait(failures: int, rng: Random, first: float = FIRST_SECONDS, most: float = MOST_SECONDS) -> float:
    """Seconds until the next try: anywhere up to a bound that doubles with each failure (full jitter).

    Never quite zero, so that a failing line is not asked in a tight circle.
    """
    bound = most if failures > 30 else min(most, first * 2 ** max(0, failures - 1))
    return max(0.1, rng.uniform(0, bound))
