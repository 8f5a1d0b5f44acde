"""Waiting: longer with each failure, never longer than a bound, never all at once."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sync.client.backoff import MOST_SECONDS, next_wait


@given(failures=st.integers(-3, 10_000), seed=st.integers(0, 1000))
def test_a_wait_is_bounded(failures: int, seed: int) -> None:
    wait = next_wait(failures, Random(seed))
    assert 0.1 <= wait <= MOST_SECONDS
    assert wait <= max(0.1, 2.0 * 2 ** max(0, min(failures, 30) - 1))


def test_waits_differ_so_that_registers_do_not_all_come_back_at_once() -> None:
    rng = Random(1)
    waits = [next_wait(9, rng) for _ in range(400)]
    assert min(waits) < 30 and max(waits) > 270
    assert 130 < sum(waits) / len(waits) < 170
