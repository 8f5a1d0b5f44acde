"""Typing money: digits, 천 and 만, the numpad's / and *."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.ui.widgets.amount_input import AmountInput


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["7", "만"], 70_000),
        (["1", "0", "*"], 100_000),
        (["6", "/"], 6_000),
        (["만"], 10_000),
        (["천"], 1_000),
        (["1", "00"], 100),
        (["6", "1", "4", "00"], 61_400),
        (["5", "000"], 5_000),
        (["0", "0", "7"], 7),
        (["1", "2", "만"], 120_000),
    ],
)
def test_keys_make_an_amount(keys: list[str], value: int) -> None:
    amount = AmountInput()
    for key in keys:
        assert amount.press(key)
    assert amount.value == value


def test_typing_replaces_a_suggestion() -> None:
    amount = AmountInput(61_400)
    assert (amount.value, amount.typed) == (61_400, False)
    amount.press("5")
    assert (amount.value, amount.typed) == (5, True)


def test_backspace_and_clear() -> None:
    amount = AmountInput()
    for key in "123":
        amount.press(key)
    amount.backspace()
    assert amount.value == 12
    amount.clear()
    assert amount.value == 0
    suggested = AmountInput(61_400)
    suggested.backspace()
    assert suggested.value == 0


def test_other_keys_and_too_much_are_refused() -> None:
    amount = AmountInput(limit=99_999)
    assert not amount.press("a")
    assert not amount.press("٣")
    amount.press("9")
    assert amount.press("만") is True
    assert amount.press("천") is False
    assert amount.value == 90_000


def test_the_reading_stands_under_it() -> None:
    amount = AmountInput(11_400)
    assert amount.reading == "1만 1,400원"


def test_steps_stay_in_bounds() -> None:
    amount = AmountInput(limit=3)
    amount.step(5)
    assert amount.value == 3
    amount.step(-9)
    assert amount.value == 0


@given(st.lists(st.sampled_from([*"0123456789", "00", "000", "천", "만", "/", "*", "x", ""]), max_size=30))
def test_it_is_never_negative_nor_above_the_limit(keys: list[str]) -> None:
    amount = AmountInput()
    for key in keys:
        amount.press(key)
        assert 0 <= amount.value <= 99_999_999
