"""Tags: two letters before the first restore, a digit of its own after each."""

from hypothesis import given
from hypothesis import strategies as st

from sync.tags import speaks_of, tag_of

logs = st.binary(min_size=32, max_size=32)


@given(logs, st.integers(0, 20), st.integers(0, 20))
def test_a_machine_and_those_that_carry_it_on_never_write_under_one_tag(log: bytes, one: int, other: int) -> None:
    both = speaks_of(tag_of(log), one) and speaks_of(tag_of(log), other)
    assert not both or one == other or (one and other and (one - other) % 8 == 0)


@given(logs)
def test_every_tag_is_somebodys(log: bytes) -> None:
    assert len(tag_of(log)) == 2
    assert sum(speaks_of(tag_of(log), restores) for restores in range(9)) == 1
