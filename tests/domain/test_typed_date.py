"""Dates as people type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.typed_date import typed_date

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    "text", ["2026-11-20", "2026.11.20", "2026. 11. 20.", "20261120", "11-20", "11/20", "11월 20일"]
)
def test_the_usual_ways(text: str) -> None:
    assert typed_date(text, TODAY) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text", ["", "사과", "14:05", "1120", "13-40", "2026-02-30", "75,500", "R1-AB-0001", "02-30"]
)
def test_what_is_no_date(text: str) -> None:
    assert typed_date(text, TODAY) is None


def test_a_leap_day_is_looked_for_further_back() -> None:
    assert typed_date("2-29", TODAY) == date(2024, 2, 29)


@given(DAYS, st.integers(0, 360))
def test_without_its_year_the_last_such_day_is_meant(today: date, back: int) -> None:
    meant = today - timedelta(days=back)
    assert typed_date(f"{meant.month}-{meant.day}", today) == meant
    assert typed_date(meant.isoformat(), today) == meant
