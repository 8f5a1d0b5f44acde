"""Market days: dates as people write them, and names of registers."""

import re
import unicodedata
from datetime import date, timedelta, timezone

from pos_app.domain.errors import DomainError

KOREA = timezone(timedelta(hours=9), "KST")
_DATE = re.compile(r"([0-9]{4})\s*[-./년\s]\s*([0-9]{1,2})\s*[-./월\s]\s*([0-9]{1,2})\s*[.일]?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_REGISTER = re.compile(r"[0-9A-Z가-힣]{1,8}")


def parse_business_date(text: str) -> str:
    """Return 2026-11-20 for 2026-11-20, 2026.11.20., 2026/11/20, 20261120 or 2026년 11월 20일.

    Raises DomainError("day.date", text) for anything else, and for years before 2000 or after 2099.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _COMPACT.fullmatch(plain) or _DATE.fullmatch(plain)
    if found is None:
        raise DomainError("day.date", text=text[:40])
    year, month, day = (int(part) for part in found.groups())
    try:
        parsed = date(year, month, day)
    except ValueError:
        raise DomainError("day.date", text=text[:40]) from None
    if not 2000 <= parsed.year <= 2099:
        raise DomainError("day.date", text=text[:40])
    return parsed.isoformat()


def register_name(text: str) -> str:
    """Return a register's name as it is kept: R1, 계산대2. One to eight letters or digits.

    Raises DomainError("register.name", text).
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not _REGISTER.fullmatch(folded):
        raise DomainError("register.name", text=text[:40])
    return folded


def register_order(name: str) -> tuple[str, int, str]:
    """Return a key that sorts R2 before R10."""
    found = re.fullmatch(r"(\D*)([0-9]+)(.*)", name)
    return (found[1], int(found[2]), found[3]) if found else (name, -1, "")
