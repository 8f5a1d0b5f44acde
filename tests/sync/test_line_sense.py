"""What a client learns of a line: it always sends something, and soon little in vain."""

from hypothesis import given
from hypothesis import strategies as st

from sync.client.line_sense import FIRST_PART, LEAST_PART, Sense

HEADS = 600


def carried(sense: Sense, budget: int, size: int, first: bool = True) -> tuple[int, int]:
    """Bytes put on connections that carry so much, before a proxy that keeps nothing of a broken one; and calls."""
    have = spent = calls = left = connection = 0
    while have < size:
        calls += 1
        assert calls < 4_000, "no end of it"
        sense.on(connection)
        part = sense.part(size - have)
        assert 0 <= part <= size - have
        if not part:
            left, sense.used = 0, 0
            continue
        if left <= 0:
            left, connection = budget, connection + 1
            sense.on(connection)
        spent += min(left, part + HEADS)
        left -= part + HEADS
        if left < 0:
            sense.broke(part)
            left = 0
            sense.smaller()
        else:
            sense.passed(part)
            have += part
            sense.larger()
    return spent, calls


@given(st.integers(LEAST_PART + HEADS + 1, 300_000), st.integers(4_097, 1_500_000))
def test_whatever_a_connection_carries_all_comes_over(budget: int, size: int) -> None:
    carried(Sense(), budget, size)


@given(st.integers(8 * 1024, 256 * 1024))
def test_what_is_sent_in_vain_is_less_than_what_arrives(budget: int) -> None:
    spent, _ = carried(Sense(), budget, 1_500_000)
    assert spent <= 2 * 1_500_000


def test_a_line_that_holds_for_long_is_like_any_other_again() -> None:
    sense = Sense()
    sense.broke(1_000)
    assert sense.smaller() and not sense.keeps and sense.part(60_000) == FIRST_PART
    for _ in range(40):
        sense.passed(100)
    assert not sense.bad and sense.keeps and sense.part(60_000) == 60_000
