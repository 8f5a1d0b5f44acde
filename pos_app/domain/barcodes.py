"""Barcodes: check digits, labels from a scale, and what a scanner types."""

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import keys_from_jamo

MAX_SCAN = 200
_GTIN_LENGTHS = (8, 12, 13, 14)
_AIM = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
# In-store numbers, the last first: scales mostly take 20 and 21.
_IN_STORE = ("29", "28", "27", "26", "25", "24", "23", "22", "04")
_PATTERN = re.compile(r"([0-9]{1,6})(I{1,8})(W{1,8}|P{1,8})C")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _check_digit(digits: str) -> int:
    """Return the check digit of any GTIN: weights 3 and 1 from the right."""
    total = sum(int(char) * (1 if index % 2 else 3) for index, char in enumerate(reversed(digits)))
    return -total % 10


def ean13_check_digit(first12: str) -> int:
    """Return the thirteenth digit; raises DomainError("barcode.not_digits") if these aren't twelve."""
    if len(first12) != 12 or not _is_digits(first12):
        raise DomainError("barcode.not_digits", scanned=first12[:MAX_SCAN])
    return _check_digit(first12)


def is_valid_gtin(code: str) -> bool:
    """Say whether a code is an EAN-8, UPC-A, EAN-13 or GTIN-14 with the right check digit."""
    if len(code) not in _GTIN_LENGTHS or not _is_digits(code):
        return False
    return _check_digit(code[:-1]) == int(code[-1])


@dataclass(frozen=True, slots=True)
class ScalePattern:
    """How a scale builds its EAN-13: prefix, item digits, then grams or won, then the check digit."""

    text: str
    prefix: str
    item_digits: int
    value_digits: int
    kind: Literal["weight", "price"]

    @classmethod
    def parse(cls, text: str) -> "ScalePattern":
        """Read e.g. 21IIIIIWWWWWC or 20IIIIIPPPPPC; raises DomainError("barcode.pattern")."""
        found = _PATTERN.fullmatch(text)
        if found is None or len(text) != 13:
            raise DomainError("barcode.pattern", pattern=text[:MAX_SCAN])
        prefix, item, value = found.groups()
        return cls(text, prefix, len(item), len(value), "weight" if value[0] == "W" else "price")


DEFAULT_SCALE_PATTERNS = (ScalePattern.parse("21IIIIIWWWWWC"), ScalePattern.parse("20IIIIIPPPPPC"))


@dataclass(frozen=True, slots=True)
class ScaleLabel:
    """What a scale's label says: the item, and grams (= thousandths of a kilogram) or won."""

    item_code: str
    quantity_milli: int | None = None
    price_won: int | None = None


def parse_scale_label(code: str, patterns: Iterable[ScalePattern]) -> ScaleLabel | None:
    """Return what a scale's label says, None if the code fits no pattern.

    Raises DomainError barcode.check_digit(scanned) when its last digit is wrong, barcode.no_value
    when it says zero.
    """
    if len(code) != 13 or not _is_digits(code):
        return None
    for pattern in patterns:
        if not code.startswith(pattern.prefix):
            continue
        if not is_valid_gtin(code):
            raise DomainError("barcode.check_digit", scanned=code)
        start = len(pattern.prefix)
        middle = start + pattern.item_digits
        item, value = code[start:middle], int(code[middle:-1])
        if value == 0:
            raise DomainError("barcode.no_value", scanned=code)
        if pattern.kind == "weight":
            return ScaleLabel(item, quantity_milli=value)
        return ScaleLabel(item, price_won=value)
    return None


def make_scale_label(pattern: ScalePattern, item: str, value: int) -> str:
    """Return the thirteen digits for an item and its grams or won; raises barcode.does_not_fit."""
    digits = item.rjust(pattern.item_digits, "0")
    amount = str(value).rjust(pattern.value_digits, "0")
    fits = len(digits) == pattern.item_digits and len(amount) == pattern.value_digits
    if not fits or value < 1 or not _is_digits(digits):
        raise DomainError("barcode.does_not_fit", item=item[:MAX_SCAN], value=value)
    body = pattern.prefix + digits + amount
    return body + str(_check_digit(body))


def in_store_ean13(thing_id: str, taken: Container[str], patterns: Iterable[ScalePattern]) -> str:
    """Return the house's own EAN-13 for a thing: the same on every machine unless it is taken already.

    No scale pattern reads it as a label. Raises DomainError("barcode.no_prefix") if the patterns leave none.
    """
    used = tuple(pattern.prefix for pattern in patterns)
    prefix = next((p for p in _IN_STORE if not any(p.startswith(u) or u.startswith(p) for u in used)), None)
    if prefix is None:
        raise DomainError("barcode.no_prefix")
    number = int.from_bytes(hashlib.sha256(thing_id.encode()).digest()[:8], "big")
    while True:
        first12 = prefix + f"{number % 10**10:010d}"
        code = first12 + str(_check_digit(first12))
        if code not in taken:
            return code
        number += 1


def normalise_scan(text: str) -> str:
    """Return a scanned text as codes are kept: letters that a Korean keyboard made jamo turned back,
    full-width digits narrowed, controls and the scanner's own prefix taken off.
    """
    folded = unicodedata.normalize("NFKC", keys_from_jamo(text[:MAX_SCAN]))
    plain = "".join(char for char in folded if char.isprintable() and not char.isspace())
    return _AIM.sub("", plain)
