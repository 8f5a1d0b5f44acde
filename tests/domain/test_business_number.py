"""Business registration numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.business_number import check, is_valid, kind_warning, normalise, shown, ten_digits
from pos_app.domain.catalogue import SellerTaxKind
from pos_app.domain.errors import DomainError

GENERAL, SIMPLIFIED, EXEMPT, UNREGISTERED = SellerTaxKind


@pytest.mark.parametrize(
    "no", ["123-45-67891", "124-81-00998", "1234567891", " 124 81 00998 ", "124–81–00998"]
)
def test_right_numbers(no: str) -> None:
    assert is_valid(no)
    assert check(no) == ten_digits(no)


@pytest.mark.parametrize("no", ["123-45-67890", "", "123-45-6789", "123-45-678911", "abc", "12345678９x"])
def test_wrong_numbers(no: str) -> None:
    assert not is_valid(no)


@given(st.integers(0, 10**9 - 1), st.integers(0, 8), st.integers(1, 9))
def test_each_nine_digits_have_one_check_digit(first: int, where: int, more: int) -> None:
    right = [f"{first:09d}{last}" for last in range(10) if is_valid(f"{first:09d}{last}")]
    assert len(right) == 1


def test_a_number_is_kept_plain_and_shown_with_dashes() -> None:
    assert normalise("123-45-67891") == "1234567891"
    assert normalise("  ") == ""
    assert check("") == ""
    assert shown("1234567891") == "123-45-67891"
    assert shown("123-45-67891") == "123-45-67891"
    assert shown("없음") == "없음"
    assert ten_digits("１２３４５６７８９１") == "1234567891"


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        normalise("123-45")
    assert (refused.value.code, refused.value.params) == ("business_no.format", {"text": "123-45"})
    with pytest.raises(DomainError) as refused:
        check("1234567890")
    assert refused.value.code == "business_no.check_digit"
    assert refused.value.params == {"text": "123-45-67890"}


@pytest.mark.parametrize(
    ("no", "kind", "warning"),
    [
        ("829-95-28822", GENERAL, "business_no.looks_exempt"),
        ("829-90-28822", SIMPLIFIED, "business_no.looks_exempt"),
        ("829-95-28822", EXEMPT, None),
        ("123-45-67891", GENERAL, None),
        ("123-45-67891", EXEMPT, "business_no.looks_taxable"),
        ("123-79-67891", EXEMPT, "business_no.looks_taxable"),
        ("124-81-00998", EXEMPT, None),
        ("124-80-00998", EXEMPT, None),
        ("124-00-00998", EXEMPT, None),
        ("123-45-67891", UNREGISTERED, "business_no.for_unregistered"),
        ("", UNREGISTERED, None),
        ("123", GENERAL, None),
    ],
)
def test_a_disagreeing_tax_kind_is_a_warning(no: str, kind: SellerTaxKind, warning: str | None) -> None:
    assert kind_warning(no, kind) == warning
