"""Dates as people write them, and names of registers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import parse_business_date, register_name, register_order


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026.11.20",
        "2026. 11. 20.",
        "2026/11/20",
        "20261120",
        "2026년 11월 20일",
        " ２０２６-11-20 ",
    ],
)
def test_dates(text: str) -> None:
    assert parse_business_date(text) == "2026-11-20"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "내일",
        "2026-13-01",
        "2026-02-30",
        "26-11-20",
        "2026-11",
        "1999-12-31",
        "2100-01-01",
        "202611201",
        "2026-11-20x",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_business_date(text)
    assert (refused.value.code, refused.value.params) == ("day.date", {"text": text})


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_business_date(day.isoformat()) == day.isoformat()
    assert parse_business_date(f"{day.year}년 {day.month}월 {day.day}일") == day.isoformat()


@pytest.mark.parametrize(
    ("text", "name"), [("R1", "R1"), (" r12 ", "R12"), ("계산대 2", "계산대2"), ("Ｒ３", "R3"), ("a", "A")]
)
def test_registers(text: str, name: str) -> None:
    assert register_name(text) == name
    assert register_name(name) == name


@pytest.mark.parametrize("text", ["", " ", "R-1", "R1/2", "123456789", "R\u0001", "ㄱ", "é"])
def test_odd_registers_are_refused(text: str) -> None:
    with pytest.raises(DomainError) as refused:
        register_name(text)
    assert refused.value.code == "register.name"


def test_registers_sort_by_their_numbers() -> None:
    names = ["R10", "R2", "R1", "계산대2", "A", "R2B"]
    assert register_order("A") == ("A", -1, "")
    assert sorted(names, key=register_order) == ["A", "R1", "R2", "R2B", "R10", "계산대2"]


@given(st.text())
def test_any_text_is_a_register_or_refused(text: str) -> None:
    try:
        name = register_name(text)
    except DomainError:
        return
    assert 1 <= len(name) <= 8
    assert name.isalnum()
