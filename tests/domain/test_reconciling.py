"""Slips against the till: kinds, bounds, faces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.reconciling import KINDS, MAX_SLIPS_WON, check_counted, check_kind, faces_won


def test_kinds() -> None:
    assert [check_kind(kind) for kind in KINDS] == list(KINDS)
    with pytest.raises(DomainError, match=r"reconcile\.kind"):
        check_kind("cash")


@given(st.integers())
def test_sums(won: int) -> None:
    if 0 <= won <= MAX_SLIPS_WON:
        assert check_counted(won) == won
    else:
        with pytest.raises(DomainError):
            check_counted(won)


@given(st.dictionaries(st.integers(1, 100_000), st.integers(0, 500), max_size=6))
def test_faces(faces: dict[int, int]) -> None:
    assert faces_won(faces.items()) == sum(face * pieces for face, pieces in faces.items())


@pytest.mark.parametrize(
    "faces",
    [
        [(0, 1)],
        [(-5, 1)],
        [(5, -1)],
        [(5, 1), (5, 2)],
        [(5, 100_000)],
        [(5.5, 1)],
        [(5, 1.5)],
        [(10**9, 99_999)],
    ],
)
def test_faces_that_cannot_be(faces: list[tuple[int, int]]) -> None:
    with pytest.raises(DomainError):
        faces_won(faces)
