"""Amounts, quantities, dates and ages as people write them; integers only."""

from datetime import datetime

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr

_WEEKDAYS = "월화수목금토일"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MAX_WON = 9_999_999_999


def won(amount_won: int) -> str:
    """61,400원; negative -2,800원."""
    return tr("{amount}원", amount=f"{amount_won:,}")


def won_plain(amount_won: int) -> str:
    """61,400, for columns whose head says 원."""
    return f"{amount_won:,}"


def signed(amount_won: int) -> str:
    """+2,800원, -2,800원, 0원."""
    return tr("{amount}원", amount=f"{amount_won:+,}" if amount_won else "0")


def quantity_plain(quantity_milli: int) -> str:
    """2 for 2000, 1.240 for 1240."""
    sign = "-" if quantity_milli < 0 else ""
    whole, rest = divmod(abs(quantity_milli), 1000)
    return f"{sign}{whole:,}.{rest:03d}" if rest else f"{sign}{whole:,}"


def quantity(quantity_milli: int, unit: str, weighed: bool = False) -> str:
    """2개; weighed always with three places: 1.240kg, 2.000kg."""
    if weighed:
        sign = "-" if quantity_milli < 0 else ""
        whole, rest = divmod(abs(quantity_milli), 1000)
        return f"{sign}{whole:,}.{rest:03d}{unit}"
    return f"{quantity_plain(quantity_milli)}{unit}"


def date(moment: datetime) -> str:
    """2026-11-20 (금)."""
    english = tr("원") != "원"
    day = _WEEKDAYS_EN[moment.weekday()] if english else _WEEKDAYS[moment.weekday()]
    return f"{moment:%Y-%m-%d} ({day})"


def date_time(moment: datetime) -> str:
    """2026-11-20 (금) 14:05."""
    return f"{date(moment)} {moment:%H:%M}"


def time(moment: datetime) -> str:
    """14:05."""
    return f"{moment:%H:%M}"


def age(seconds: int) -> str:
    """8분, 2시간 10분, 3일; under a minute 방금."""
    minutes = max(0, seconds) // 60
    if minutes < 1:
        return tr("방금")
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{minutes}분", minutes=minutes)
    if hours < 24:
        return (
            tr("{hours}시간 {minutes}분", hours=hours, minutes=rest)
            if rest
            else tr("{hours}시간", hours=hours)
        )
    return tr("{days}일", days=hours // 24)


def parse_won(text: str) -> int:
    """12,000원 as 12000. Raises amount.not_a_number, amount.too_large."""
    digits = text.strip().removesuffix("원").replace(",", "").strip()
    negative = digits.startswith("-")
    digits = digits.removeprefix("-")
    if not digits.isascii() or not digits.isdecimal():
        raise DomainError("amount.not_a_number", text=text[:40])
    amount = int(digits[:12])
    if amount > MAX_WON:
        raise DomainError("amount.too_large", max_won=MAX_WON)
    return -amount if negative else amount
