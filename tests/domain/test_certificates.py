"""Certificates count on the dates they are valid: under each kind, and once in the total."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.catalogue import Certificate
from pos_app.domain.certificates import (
    Counted,
    Expiring,
    KindTotal,
    by_department,
    expiring,
    is_valid_on,
    kinds_on,
    tally,
)

SOCIAL = Certificate("사회적기업", "2024-1", "고용노동부", "2024-01-01", "2026-11-20")
WOMEN = Certificate("여성기업", valid_to="2026-12-31")
VILLAGE = Certificate("마을기업", valid_from="2026-06-01")
ON = "2026-11-20"


@pytest.mark.parametrize(
    ("certificate", "on", "valid"),
    [
        (SOCIAL, "2023-12-31", False),
        (SOCIAL, "2024-01-01", True),
        (SOCIAL, "2026-11-20", True),
        (SOCIAL, "2026-11-21", False),
        (WOMEN, "1999-01-01", True),
        (VILLAGE, "2099-01-01", True),
    ],
)
def test_dates_are_inclusive(certificate: Certificate, on: str, valid: bool) -> None:
    assert is_valid_on(certificate, on) is valid


def test_an_amount_counts_under_each_kind_and_once_in_the_total() -> None:
    found = tally(
        [
            Counted("v1", ON, 100_000, (SOCIAL, WOMEN, WOMEN)),
            Counted("v1", "2026-11-21", 50_000, (SOCIAL, WOMEN)),
            Counted("v2", ON, 30_000, (SOCIAL,)),
            Counted("v3", ON, 7_000, (Certificate(" "),)),
        ]
    )
    assert found.kinds == (KindTotal("여성기업", 150_000, 1), KindTotal("사회적기업", 130_000, 2))
    assert (found.certified_won, found.uncertified_won, found.total_won, found.firms) == (
        180_000,
        7_000,
        187_000,
        3,
    )
    assert kinds_on((WOMEN, SOCIAL, WOMEN), ON) == ("여성기업", "사회적기업")


rows = st.builds(
    Counted,
    st.sampled_from(["v1", "v2"]),
    st.sampled_from([ON, "2026-11-21"]),
    st.integers(-(10**6), 10**6),
    st.lists(st.sampled_from([SOCIAL, WOMEN, VILLAGE]), max_size=3).map(tuple),
    st.sampled_from(["", "총무부", " 총무부"]),
)


@given(st.lists(rows, max_size=8))
def test_departments_sum_to_the_whole(counted: list[Counted]) -> None:
    whole = tally(counted)
    parts = by_department(counted)
    assert sum(part.total_won for _, part in parts) == whole.total_won == sum(row.net_won for row in counted)
    assert [name for name, _ in parts] == sorted({row.department.strip() for row in counted})


def test_what_ends_soon_is_told_unless_it_was_renewed() -> None:
    renewed = Certificate("사회적기업", valid_to="2029-11-20")
    ended = Certificate("장애인기업", valid_to="2026-11-01")
    found = expiring([("v1", [SOCIAL, WOMEN]), ("v2", [renewed, SOCIAL, VILLAGE, ended])], ON, 30)
    assert found == (Expiring("v2", ended, -19), Expiring("v1", SOCIAL, 0))
