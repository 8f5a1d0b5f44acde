"""A date as a person types it: whole, without its year, with any of the usual marks."""

import re
from datetime import date

_MARKED = re.compile(r"(?:(\d{4})\s*[-./년]\s*)?(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
_WHOLE = re.compile(r"(\d{4})(\d{2})(\d{2})")


def typed_date(text: str, today: date) -> date | None:
    """The day meant, the last such day up to `today` where the year is left out; None for anything else."""
    found = _MARKED.fullmatch(text.strip()) or _WHOLE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = found.groups()
    if year:
        return _real(int(year), int(month), int(day))
    this_year = _real(today.year, int(month), int(day))
    if this_year is not None and this_year <= today:
        return this_year
    # the 29th of February may lie further back than a year
    return next((d for back in range(1, 9) if (d := _real(today.year - back, int(month), int(day)))), None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
