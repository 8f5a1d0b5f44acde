"""Business registration numbers: ten digits with a check digit, shown 3-2-5."""

import unicodedata

from pos_app.domain.catalogue import SellerTaxKind
from pos_app.domain.errors import DomainError

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_SEPARATORS = "-\u2010\u2011\u2012\u2013\u2014\u2212. \t\u00a0"


def ten_digits(no: str) -> str:
    """Return the ten digits of a number written with or without separators, empty if it isn't one."""
    text = unicodedata.normalize("NFKC", no)
    kept = "".join(char for char in text if char not in _SEPARATORS)
    return kept if len(kept) == 10 and kept.isascii() and kept.isdecimal() else ""


def is_valid(no: str) -> bool:
    """Say whether a number, with or without dashes, has ten digits and the right check digit."""
    digits = ten_digits(no)
    if not digits:
        return False
    values = [int(char) for char in digits]
    total = sum(weight * value for weight, value in zip(_WEIGHTS, values[:9], strict=True))
    total += values[8] * 5 // 10
    return -total % 10 == values[9]


def normalise(no: str) -> str:
    """Return the ten digits, empty for an empty text; raises DomainError("business_no.format")."""
    if not no.strip():
        return ""
    digits = ten_digits(no)
    if not digits:
        raise DomainError("business_no.format", text=no[:40])
    return digits


def check(no: str) -> str:
    """Return the ten digits of a valid number; raises business_no.format or business_no.check_digit."""
    digits = normalise(no)
    if digits and not is_valid(digits):
        raise DomainError("business_no.check_digit", text=shown(digits))
    return digits


def shown(no: str) -> str:
    """Return 123-45-67891; what isn't ten digits is returned as it is."""
    digits = ten_digits(no)
    if not digits:
        return no
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def kind_warning(no: str, tax_kind: SellerTaxKind) -> str | None:
    """Return a warning's code where the middle pair disagrees with the stated tax kind, else None.

    90 to 99 are tax-exempt individuals, 01 to 79 taxable ones: business_no.looks_exempt,
    business_no.looks_taxable, business_no.for_unregistered. A warning only: people know better.
    """
    digits = ten_digits(no)
    if not digits:
        return None
    if tax_kind == SellerTaxKind.UNREGISTERED:
        return "business_no.for_unregistered"
    pair = int(digits[3:5])
    if pair >= 90 and tax_kind != SellerTaxKind.EXEMPT:
        return "business_no.looks_exempt"
    if 1 <= pair <= 79 and tax_kind == SellerTaxKind.EXEMPT:
        return "business_no.looks_taxable"
    return None
