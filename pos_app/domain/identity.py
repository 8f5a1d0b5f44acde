"""Ids that agree between machines that never met: each follows from names and numbers alone."""

from uuid import UUID, uuid5

from pos_app.domain.business_number import ten_digits
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name

# The one namespace of all ids; changing it would make every thing a stranger to its own past.
NAMESPACE = UUID("7d1f3c0a-5b0e-5f3e-9a44-6a616e677465")

_SEPARATOR = "\x1f"  # cannot stand in a cleaned name, so ("가", "나다") differs from ("가나", "다")


def _id(kind: str, *parts: str) -> str:
    return str(uuid5(NAMESPACE, _SEPARATOR.join((kind, *parts))))


def vendor_id(business_no: str, name: str, representative: str = "") -> str:
    """Return the UUID of a vendor: by its ten-digit business number, else by name and representative.

    Raises DomainError("vendor.no_identity") when there is neither.
    """
    digits = ten_digits(business_no)
    if digits:
        return _id("vendor-no", digits)
    cleaned = clean_name(name)
    if not cleaned:
        raise DomainError("vendor.no_identity")
    return _id("vendor-name", cleaned, clean_name(representative))


def product_id(vendor_id: str, name: str, unit: str) -> str:
    """Return the UUID of a vendor's product; raises product.no_name."""
    cleaned = clean_name(name)
    if not cleaned:
        raise DomainError("product.no_name")
    return _id("product", vendor_id, cleaned, clean_name(unit))


def market_id(name: str) -> str:
    """Return the UUID of a market; raises market.no_name."""
    cleaned = clean_name(name)
    if not cleaned:
        raise DomainError("market.no_name")
    return _id("market", cleaned)


def day_id(market_id: str, business_date: str) -> str:
    """Return the UUID of a market's day; `business_date` is 2026-11-20."""
    return _id("day", market_id, business_date)
