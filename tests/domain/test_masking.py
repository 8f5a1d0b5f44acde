"""What is kept of cards and identities is never enough to use them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.masking import mask_account, mask_card, mask_identity, mask_name, mask_phone

DIGITS = st.text("0123456789", max_size=24)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("1234567812347890", "1234-56**-****-7890"),
        ("1234 5678 1234 7890", "1234-56**-****-7890"),
        ("1234-56**-****-7890", "1234-56**-****-7890"),
        ("378282246310005", "3782-82**-***0-005"),
        ("1234567890", "****-**78-90"),
        ("1234567890123", "1234-56**-*012-3"),
        ("123456789012", "****-****-9012"),
        ("123456789", "****-*678-9"),
        ("12345678", "****-****"),
        ("123456", "****-**"),
        ("", ""),
        ("카드", ""),
    ],
)
def test_cards(number: str, masked: str) -> None:
    assert mask_card(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("010-6694-1234", "010-****-1234"),
        ("01066941234", "010-****-1234"),
        ("010 6694 1234", "010-****-1234"),
        ("010-****-1234", "010-****-1234"),
        ("010-000-1234", "010-***-1234"),
        ("02-123-4567", "02-***-4567"),
        ("061-345-6789", "061-***-6789"),
        ("1234567", "*******"),
        ("", ""),
    ],
)
def test_phones(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("91233-45998-78005", "*****-*****-*8005"),
        ("352 0000 1111 22", "*** **** **11 22"),
        ("1234567", "*******"),
        ("예금 12345678", " ****5678"),
    ],
)
def test_accounts(number: str, masked: str) -> None:
    assert mask_account(number) == masked


@pytest.mark.parametrize(
    ("identity", "masked"),
    [
        ("01066941234", "010-****-1234"),
        ("010-000-1234", "010-***-1234"),
        ("123-45-67891", "123-**-**891"),
        ("1234567812347890", "1234-56**-****-7890"),
        ("123456", "****-**"),
    ],
)
def test_identities(identity: str, masked: str) -> None:
    assert mask_identity(identity) == masked


@given(DIGITS)
def test_no_more_than_ten_digits_of_a_card_are_seen_and_masking_again_shows_no_more(number: str) -> None:
    for mask, most in ((mask_card, 10), (mask_phone, 7), (mask_account, 4), (mask_identity, 10)):
        masked = mask(number)
        seen = sum(char.isdecimal() for char in masked)
        assert seen <= most
        assert sum(char in "0123456789*" for char in masked) == len(number)
        assert len(number) < 5 or seen < len(number)
        assert mask(masked) == masked


@given(st.text())
def test_any_text_can_be_masked(text: str) -> None:
    for mask in (mask_card, mask_phone, mask_account, mask_identity):
        assert set(mask(text)) <= set("0123456789*- ")


def test_a_name_keeps_its_first_and_last_letter() -> None:
    names = ["", "김", "김수", "김영수", "남궁 민수", "Kim"]
    assert [mask_name(name) for name in names] == ["", "김", "김*", "김*수", "남***수", "K*m"]
