"""The close of a market day: what is missing, who holds it up, whether it may be sealed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.day_close import (
    SILENT_AFTER,
    RegisterStanding,
    RegisterState,
    Seals,
    check_addendum,
    check_close_register,
    check_reopen,
    check_seal,
    gaps_below,
    holding_up,
    is_complete,
    seal_chosen,
    seals_standing,
)
from pos_app.domain.errors import DomainError

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.mark.acceptance("A29")
@pytest.mark.parametrize(
    ("seqs", "highest", "gaps"),
    [
        ([], 0, ()),
        ([], 3, ((1, 3),)),
        ([1, 2, 3], 3, ()),
        ([3, 1, 3], 5, ((2, 2), (4, 5))),
        ([4, 5, 9], 9, ((1, 3), (6, 8))),
        ([-1, 0, 2, 99], 3, ((1, 1), (3, 3))),
    ],
)
def test_gaps(seqs: list[int], highest: int, gaps: tuple[tuple[int, int], ...]) -> None:
    assert gaps_below(seqs, highest) == gaps


@pytest.mark.acceptance("A29")
@given(st.sets(st.integers(1, 60)), st.integers(0, 60))
def test_gaps_list_exactly_what_is_missing(seqs: set[int], highest: int) -> None:
    missing = [seq for first, last in gaps_below(seqs, highest) for seq in range(first, last + 1)]
    assert missing == [seq for seq in range(1, highest + 1) if seq not in seqs]


def test_states_of_a_register() -> None:
    def state(closed: bool, heard: datetime | None) -> RegisterState:
        return RegisterStanding("R1", True, closed, heard).state(NOW)

    assert state(True, None) is RegisterState.CLOSED
    assert state(False, None) is RegisterState.SILENT
    assert state(False, NOW - SILENT_AFTER) is RegisterState.OPEN
    assert state(False, NOW - SILENT_AFTER - timedelta(seconds=1)) is RegisterState.SILENT
    assert state(False, NOW + timedelta(days=3)) is RegisterState.OPEN


@pytest.mark.acceptance("A29")
def test_a_day_is_complete_when_each_planned_and_each_seen_register_is_closed() -> None:
    closed = [RegisterStanding(f"R{number}", True, True) for number in range(1, 17)]
    planned = [standing.register for standing in closed]
    assert is_complete(planned, closed)
    assert is_complete([], [])
    assert not is_complete(planned, closed[1:])
    extra = RegisterStanding("R20", False, False)
    assert not is_complete(planned, [*closed, extra])
    gap = RegisterStanding("R3", True, True, NOW, ((4, 6),))
    assert holding_up([*closed[3:], gap, extra, RegisterStanding("R10", True, False)]) == ("R3", "R10", "R20")


@pytest.mark.acceptance("A28")
def test_parked_carts_come_first() -> None:
    check_close_register(parked=0, open_cart=False)
    with pytest.raises(DomainError) as refused:
        check_close_register(parked=2, open_cart=True)
    assert (refused.value.code, refused.value.params) == ("close.parked", {"count": 2})
    with pytest.raises(DomainError) as refused:
        check_close_register(parked=0, open_cart=True)
    assert refused.value.code == "close.open_cart"


def test_sealing() -> None:
    check_seal(sealed=False, open_shifts=())
    with pytest.raises(DomainError) as refused:
        check_seal(sealed=True, open_shifts=["R1"])
    assert refused.value.code == "day.sealed_already"
    with pytest.raises(DomainError) as refused:
        check_seal(sealed=False, open_shifts=["R10", "R2"])
    assert refused.value.code == "day.shifts_open"
    assert refused.value.params == {"registers": "R2, R10", "count": 2}


def code(act: object, *args: object, **named: object) -> str:
    """The code of the refusal, "" when there is none."""
    try:
        act(*args, **named)  # type: ignore[operator]
    except DomainError as refused:
        return refused.code
    return ""


@pytest.mark.acceptance("A28", "A29")
def test_parked_carts_before_open_shifts_before_missing_registers() -> None:
    everything = {"sealed": False, "open_shifts": ["R1"], "parked": ["R2"], "incomplete": ["R3"]}
    assert code(check_seal, **everything) == "day.parked"
    assert code(check_seal, **{**everything, "parked": ()}) == "day.shifts_open"
    left = {**everything, "parked": (), "open_shifts": ()}
    assert code(check_seal, **left) == "day.incomplete"
    assert code(check_seal, **left, provisional=True, reason=" ") == "day.no_reason"
    assert code(check_seal, **left, provisional=True, reason="까닭") == ""
    assert code(check_seal, **{**left, "incomplete": ()}, provisional=True) == ""


@pytest.mark.acceptance("A30")
@given(
    st.lists(st.sampled_from("abcd"), unique=True),
    st.sets(st.sampled_from("abcd")),
    st.lists(st.sampled_from("abcde")),
)
def test_of_several_seals_the_one_chosen_last_counts(
    seals: list[str], again: set[str], chosen: list[str]
) -> None:
    found = seals_standing(seals, again, chosen)
    assert found.live == tuple(seal for seal in seals if seal not in again)
    assert found.sealed == bool(found.live)
    picked = [seal for seal in chosen if seal in found.live]
    assert found.counts == (picked[-1] if picked else found.live[0] if found.live else "")
    assert found.undecided == (len(found.live) > 1 and not picked)


@pytest.mark.acceptance("A29", "A30")
def test_what_follows_a_seal() -> None:
    none, one, two = (
        Seals((), "", False),
        Seals(("ab12",), "ab12", False),
        Seals(("ab12", "ab99"), "ab12", True),
    )
    assert code(check_addendum, seals=none, late=True, reason="x") == "day.not_sealed"
    assert code(check_addendum, seals=two, late=True, reason="x") == "day.seals_undecided"
    assert code(check_addendum, seals=one, late=False, reason="x") == "day.nothing_late"
    assert code(check_addendum, seals=one, late=True, reason="") == "day.no_reason"
    assert code(check_addendum, seals=one, late=True, reason="x") == ""
    assert code(check_reopen, seals=none, reason="x") == "day.not_sealed"
    assert code(check_reopen, seals=one, reason=" ") == "day.no_reason"
    assert code(check_reopen, seals=one, reason="x") == ""
    assert code(seal_chosen, "ab", none) == "day.not_sealed"
    assert code(seal_chosen, "ab12", one) == "day.seals_agree"
    for wrong in ("", "ab", "zz"):
        assert code(seal_chosen, wrong, two) == "day.unknown_seal"
    assert seal_chosen(" AB9", two) == "ab99"
