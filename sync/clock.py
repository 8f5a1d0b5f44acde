"""Hybrid clock: microseconds that never run backwards."""

MAX_AHEAD_US = 5 * 60 * 1_000_000


def next_tick(last: int, wall_us: int) -> int:
    """The stamp of a new event: the wall clock, or just after the last event known here."""
    return max(last + 1, wall_us)


def adoptable(remote: int, wall_us: int) -> bool:
    """Whether a remote stamp may move our clock (a clock over five minutes ahead may not)."""
    return remote <= wall_us + MAX_AHEAD_US
