"""Reads the plain figures that a report is made of."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pos_app.i18n.texts import language, tr

Figures = Mapping[str, Any]
_WEEKDAYS = "월화수목금토일"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def number(figures: Figures, name: str) -> int:
    """An integer figure; 0 where it is missing. Raises TypeError for anything but an integer."""
    value = figures.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name}: {value!r}")
    return value


def text(figures: Figures, name: str) -> str:
    """A text figure, "" where it is missing."""
    value = figures.get(name)
    return "" if value is None else str(value)


def rows(figures: Figures, name: str) -> Iterator[Figures]:
    """The records of a list figure."""
    for record in figures.get(name) or ():
        if isinstance(record, Mapping):
            yield record


def heading(figures: Figures) -> str:
    """Market and day of a report, and whose goods: "한전 완판장터 · 2026-11-20 (금)"."""
    day = text(figures, "business_date")
    parts = (text(figures, "market"), weekday_shown(day), text(figures, "who"))
    return " · ".join(part for part in parts if part)


def weekday_shown(day: str) -> str:
    """An ISO date with its weekday; other text stays."""
    try:
        weekday = date.fromisoformat(day).weekday()
    except ValueError:
        return day
    return f"{day} ({_WEEKDAYS_EN[weekday] if language() == 'en' else _WEEKDAYS[weekday]})"


def tender_word(tender: str, kind: str = "") -> str:
    """The name of a tender, with the kind of voucher behind it."""
    words = {
        "cash": tr("현금"),
        "card": tr("카드"),
        "transfer": tr("계좌이체"),
        "voucher": tr("상품권"),
        "credit": tr("외상"),
    }
    kinds = {
        "onnuri": tr("온누리상품권"),
        "local": tr("지역화폐"),
        "agency": tr("기관 쿠폰"),
    }
    return kinds.get(kind, kind) if kind else words.get(tender, tender)


def holder_word(held_by: str) -> str:
    """Who holds the money of a tender."""
    return {"cooperative": tr("조합"), "vendor": tr("업체"), "": ""}.get(held_by, held_by)
