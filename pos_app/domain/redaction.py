"""What is blotted out of a text before it leaves the machine: names, phones, accounts, whatever may be one."""

import re
from collections.abc import Iterable

BLOT = "○○"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PHONE = re.compile(r"(?<!\d)0\d{1,2}[-. )]{0,2}\d{3,4}[-. ]?\d{4}(?!\d)")
_DIGITS = re.compile(r"(?<![0-9A-Fa-f])\d[\d-]{5,}\d(?![0-9A-Fa-f])")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎ]+")
_FIGURES = re.compile(r"\d{4,}")


def redact(text: str, names: Iterable[str] = ()) -> str:
    """Blot out these names, and whatever looks like a phone, an account or a card; dates stay."""
    for name in sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True):
        text = text.replace(name, BLOT)
    text = _PHONE.sub(BLOT, text)
    return _DIGITS.sub(lambda found: found[0] if _DATE.match(found[0]) else BLOT, text)


def bare(text: str) -> str:
    """A program's own message without anything that people typed: no quotations, no Korean, no figures."""
    return _FIGURES.sub("#", _HANGUL.sub(BLOT, _QUOTED.sub("'…'", text)))
