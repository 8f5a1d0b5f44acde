"""How the screens say money, weights, ages and times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.hangul import read_won, with_josa
from pos_app.domain.market_day import KOREA
from pos_app.i18n.texts import language, tr

if TYPE_CHECKING:
    from pos_app.ui.screens.views import Moment, SoldLineView, TileItem, Unsynced

MEASURES = ("g", "kg", "ml", "l", "cm", "m")
GIGA = 1_000_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def amount(won: int) -> str:
    """Won for a column: `61,400`, `-2,800`, `0`."""
    return f"{won:,}"


def won(value: int) -> str:
    """Won in a sentence or on a key: `61,400원`."""
    return tr("{amount}원", amount=amount(value))


def signed(value: int) -> str:
    """Won with its sign always: `+932,190`, `-17,000`."""
    return f"{value:+,}" if value else "0"


def weight(milli: int) -> str:
    """A weight in grams of a kilogram: `1.240kg`."""
    return f"{milli // 1000}.{milli % 1000:03d}kg"


def counted(milli: int, unit: str, sold_by: SoldBy) -> str:
    """A quantity with its counter word: `2단`, `1.240kg`."""
    if sold_by is SoldBy.WEIGHT:
        return weight(milli)
    return f"{pieces(milli)}{counter(unit)}"


def pieces(milli: int) -> str:
    """Thousandths as a plain number: `2`, `0.5`."""
    whole, rest = divmod(abs(milli), 1000)
    sign = "-" if milli < 0 else ""
    return f"{sign}{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")


def counter(unit: str) -> str:
    """The counter word of a unit such as `5kg 상자` or `병`."""
    word = unit.strip().split(" ")[-1] if unit.strip() else ""
    plain = word.lstrip("0123456789.,~ ")
    if plain != word and plain.casefold() in MEASURES:
        return tr("개")  # `500g` is what a piece holds, not how pieces are counted
    return plain or tr("개")


def sold_quantity(line: SoldLineView, milli: int) -> str:
    """A quantity of a sold line."""
    return counted(milli, line.unit, line.sold_by)


def price_of(item: TileItem) -> str:
    """A tile's price in words."""
    text = won(item.price_shown_won)
    return f"{text}/kg" if item.sold_by is SoldBy.WEIGHT else text


def moment(value: Moment | None) -> datetime | None:
    """A time given as text or as a datetime, made aware."""
    if value is None or value == "":
        return None
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def clock(value: Moment | None) -> str:
    """The hour on the wall of this till: `14:05`."""
    at = moment(value)
    return at.astimezone(KOREA).strftime("%H:%M") if at else ""


def ago(value: Moment | None, now: datetime | None = None) -> str:
    """An age: `방금`, `8분`, `2시간 10분`, `3일`."""
    at = moment(value)
    if at is None:
        return ""
    minutes = max(0, int(((now or datetime.now(UTC)) - at).total_seconds()) // 60)
    if minutes < 1:
        return tr("방금")
    if minutes < 60:
        return tr("{minutes}분", minutes=minutes)
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        if not rest:
            return tr("{hours}시간", hours=hours)
        return tr("{hours}시간 {minutes}분", hours=hours, minutes=rest)
    return tr("{days}일", days=minutes // (24 * 60))


def day(business_date: str) -> str:
    """A business date with its weekday: `2026-11-20 (금)`."""
    on = datetime.fromisoformat(business_date)
    return f"{on:%Y-%m-%d} ({weekday(on)})"


def short_day(business_date: str) -> str:
    """A business date for the strip: `11-20 (금)`."""
    on = datetime.fromisoformat(business_date)
    return f"{on:%m-%d} ({weekday(on)})"


def weekday(on: datetime) -> str:
    """The weekday in one letter of the language."""
    names = (tr("월"), tr("화"), tr("수"), tr("목"), tr("금"), tr("토"), tr("일"))
    return names[on.weekday()]


def first_and_others(first: str, others: int) -> str:
    """`참기름 외 3`."""
    return tr("{first} 외 {others}", first=first, others=others) if others > 0 else first


def tender_word(kind: str) -> str:
    """A tender's name."""
    words = {
        "cash": tr("현금"),
        "card": tr("카드"),
        "voucher": tr("상품권"),
        "transfer": tr("계좌이체"),
        "credit": tr("외상"),
    }
    return words.get(str(kind), str(kind))


def role_word(role: str) -> str:
    """A role's name."""
    words = {
        "cashier": tr("계산 도우미"),
        "vendor": tr("판매자"),
        "coordinator": tr("장터 담당자"),
        "office": tr("사무국"),
    }
    return words.get(str(role), str(role))


def register_word(register: str) -> str:
    """A register as people call it: R2 is `계산대 2`."""
    number = register[1:] if register[:1] in ("R", "r") and register[1:].isdigit() else register
    return tr("계산대 {number}", number=number)


def note_word(won_value: int) -> str:
    """A note's or coin's everyday name."""
    words = {50000: tr("5만원권"), 10000: tr("만원권"), 5000: tr("5천원권"), 1000: tr("천원권")}
    return words.get(won_value, tr("동전"))


def note_count(won_value: int, count: int) -> str:
    """Notes are counted in 장, coins in 개."""
    return tr("{count}장", count=count) if won_value >= 1000 else tr("{count}개", count=count)


def reading(value: int) -> str:
    """An amount as it is read in Korean (`10만 원`); other languages need no such help."""
    return read_won(value) if language() == "ko" else ""


def with_particle(word: str, pair: str) -> str:
    """A word with its Korean particle by sound (`사과를`); in English the word alone."""
    if language() != "ko":
        return word
    return with_josa(word, pair)


def free_words(free_bytes: int) -> str:
    """`38GB 남음`, `1.2GB 남음`."""
    whole, rest = divmod(free_bytes, GIGA)
    room = str(whole) if whole >= 10 else f"{whole}.{rest * 10 // GIGA}"
    return tr("{room}GB 남음", room=room)


def oldest(unsynced: Unsynced) -> str:
    """How long the oldest record has been waiting to be sent."""
    if not unsynced.count:
        return tr("모두 보냈어요")
    age = ago(unsynced.oldest_at)
    return tr("가장 오래된 것 {age}", age=age) if age == tr("방금") else tr("가장 오래된 것 {age} 전", age=age)
