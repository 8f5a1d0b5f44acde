"""Amounts, quantities, dates and ages; whole numbers in, text out."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.i18n import formats


def test_amounts() -> None:
    assert [formats.won(n) for n in (61_400, 0, -2_800)] == ["61,400원", "0원", "-2,800원"]
    assert formats.won_plain(61_400) == "61,400"
    assert [formats.signed(n) for n in (2_800, 0, -2_800)] == ["+2,800원", "0원", "-2,800원"]


def test_quantities() -> None:
    assert formats.quantity(1240, "kg", weighed=True) == "1.240kg"
    assert formats.quantity(2000, "kg", weighed=True) == "2.000kg"
    assert formats.quantity(2000, "개") == "2개"
    assert formats.quantity(-1500, "kg") == "-1.500kg"


def test_dates_and_ages() -> None:
    moment = datetime(2026, 11, 20, 14, 5)  # noqa: DTZ001 - already local
    assert formats.date_time(moment) == "2026-11-20 (금) 14:05"
    assert formats.time(moment) == "14:05"
    assert [formats.age(s) for s in (0, 59, 480, 3600, 7800, 200_000, -5)] == [
        "방금", "방금", "8분", "1시간", "2시간 10분", "2일", "방금",
    ]  # fmt: skip


@given(st.integers(-formats.MAX_WON, formats.MAX_WON))
def test_what_is_shown_can_be_typed(amount_won: int) -> None:
    assert formats.parse_won(formats.won(amount_won)) == amount_won
    assert formats.parse_won(f" {formats.won_plain(amount_won)} ") == amount_won


@pytest.mark.parametrize("text", ["", "원", "12.5", "열 원", "1e3", "--1", "٣"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(DomainError) as caught:
        formats.parse_won(text)
    assert caught.value.code == "amount.not_a_number"


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        assert abs(formats.parse_won(text)) <= formats.MAX_WON
    except DomainError as error:
        assert error.code.startswith("amount.")
