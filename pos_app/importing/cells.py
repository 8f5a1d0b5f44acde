"""One cell at a time: what people write into prices, quantities, barcodes and tax columns."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from pos_app.domain.hangul import clean_name
from pos_app.i18n.texts import tr
from pos_app.importing.grid import Broken, Value

MAX_TEXT = 200
MAX_PRICE_WON = 99_999_999
MAX_QUANTITY_MILLI = 1_000_000_000
NOTHING = frozenset(
    (
        "-",
        "--",
        "—",
        "–",
        "x",
        "없음",
        "무",
        "해당없음",
        "해당사항없음",
        "미정",
        "추후",
        "n/a",
        "na",
        "none",
        "null",
    )
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+")
_AMOUNT = re.compile(r"(?P<whole>[0-9][0-9, ]*)(?:\.(?P<part>[0-9]+))?")
_WON = re.compile(r"^(?:₩|\\|krw|won)\s*|\s*(?:원정?|won|krw)$")
_QUANTITY = re.compile(r"(?P<number>[0-9][0-9, ]*(?:\.[0-9]+)?)\s*(?P<unit>[^0-9\s.,]{0,6})")
_UNITS = {
    "킬로": "kg", "키로": "kg", "킬로그램": "kg", "키로그램": "kg", "그램": "g", "그람": "g",
    "1근": "근", "100그램": "100g", "100 g": "100g", "ea": "개", "pcs": "개",
}  # fmt: skip
_WEIGHED_UNITS = frozenset(("kg", "g", "10g", "100g", "근"))
_WEIGHED_NOTE = re.compile(
    r"(?:무게|중량|저울|계량|달아)\s*(?:로|단위)?\s*(?:판매|팔|재|달)|저울\s*사용|[kg]당"
)
_NOT = re.compile(r"아님|안\s*함|않|불가|x$")


class Unreadable(Exception):
    """A cell's content makes no sense; `reason` is the sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def folded(text: str) -> str:
    """For comparing: full-width forms and case folded, all spaces gone."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def text_of(value: Value) -> str:
    """The cell as clean text, "" for a blank one; raises Unreadable."""
    if value is None:
        return ""
    if isinstance(value, Broken):
        raise Unreadable(_why_broken(value))
    if isinstance(value, bool):
        return "O" if value else "X"
    if isinstance(value, (date, datetime, time, timedelta)):
        raise Unreadable(tr("날짜로 들어가 있어요. 셀 서식을 텍스트로 바꿔 다시 적어 주세요."))
    if isinstance(value, (int, Decimal)):
        return str(value) if isinstance(value, int) else format(value, "f")
    text = clean_name(value)
    if len(text) > MAX_TEXT:
        raise Unreadable(tr("{limit}자보다 길어요. 줄여서 적어 주세요.", limit=MAX_TEXT))
    return text


def shown(value: Value) -> str:
    """A short form of the cell for a sentence; never raises."""
    if isinstance(value, Broken):
        return value.text or "="
    text = " ".join(str(value).split())
    return text if len(text) <= 30 else text[:30] + "…"


def _why_broken(value: Broken) -> str:
    if value.kind == "formula":
        return tr("수식의 결과가 파일에 없어요. 엑셀에서 열어 저장하거나 값을 직접 적어 주세요.")
    return tr("수식이 틀렸어요 ({text}). 값을 직접 적어 주세요.", text=value.text)


def price_won(value: Value, unit: str = "", scale: int = 1) -> int:
    """A price in won: 12000, "12,000원", " 8,500 ", "₩１２，０００"; raises Unreadable.

    `scale` is 1000 in a column of thousands of won.
    """
    if isinstance(value, Broken):
        raise Unreadable(_why_broken(value))
    if isinstance(value, (date, datetime, time, timedelta)):
        raise Unreadable(tr("값이 날짜로 들어가 있어요. 숫자로 적어 주세요."))
    if value is None:
        raise Unreadable(tr("값이 비어 있어요."))
    won = _scaled(value, scale) if scale > 1 else _whole_won(value, unit)
    if won <= 0:
        raise Unreadable(tr("값은 0원보다 커야 해요 ({text}).", text=shown(value)))
    if won > MAX_PRICE_WON:
        raise Unreadable(tr("값이 너무 커요 ({text}).", text=shown(value)))
    return won


def _scaled(value: Value, scale: int) -> int:
    """Thousands of won as won; "12,000원" spelt out in such a column stays twelve thousand."""
    if isinstance(value, str) and value.strip().endswith("원") and not value.strip().endswith("천원"):
        return _whole_won(value, "")
    text = value.strip().removesuffix("천원") if isinstance(value, str) else value
    milli = quantity_milli(text, weighed=True)
    if milli is None or milli * scale % 1000:
        raise Unreadable(tr("값을 숫자로 적어 주세요 ({text}).", text=shown(value)))
    return milli * scale // 1000


def _whole_won(value: str | int | Decimal | bool, unit: str) -> int:
    if isinstance(value, bool):
        raise Unreadable(tr("값을 숫자로 적어 주세요 ({text}).", text=shown(value)))
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        raise Unreadable(tr("값에 소수점이 있어요 ({text}). 원 단위로 적어 주세요.", text=shown(value)))
    text = " ".join(unicodedata.normalize("NFKC", value).casefold().split()).lstrip("'")
    text = re.sub(r"\s*(?:\.-|,-|-)$", "", text)
    text, _, per = text.partition("/")
    if per and plain_unit(per) not in (plain_unit(unit), "1" + plain_unit(unit)):
        raise Unreadable(tr("값을 숫자로 적어 주세요 ({text}).", text=shown(value)))
    sign = 1
    if (text[:1] in "-△▲" and text[:1]) or (text.startswith("(") and text.endswith(")")):
        sign, text = -1, text.strip("-△▲() ")
    bare = _WON.sub("", _WON.sub("", text.strip())).strip()
    if bare[:1] == "-":
        sign, bare = -1, bare[1:]
    found = _AMOUNT.fullmatch(bare)
    if not found or not _GROUPED.fullmatch(found["whole"].strip()) or len(bare) > 20:
        raise Unreadable(tr("값을 숫자로 적어 주세요 ({text}).", text=shown(value)))
    part = found["part"] or ""
    if part.strip("0") or len(part) > 2:  # "12.000" may mean twelve thousand elsewhere: never guess
        raise Unreadable(tr("값에 소수점이 있어요 ({text}). 원 단위로 적어 주세요.", text=shown(value)))
    return sign * int(re.sub("[, ]", "", found["whole"]))


def quantity_milli(value: Value, unit: str = "", weighed: bool = False) -> int | None:
    """A quantity in thousandths of `unit`, None where nothing is said; raises Unreadable."""
    if isinstance(value, Broken):
        raise Unreadable(_why_broken(value))
    if isinstance(value, (date, datetime, time, timedelta, bool)):
        raise Unreadable(tr("수량을 숫자로 적어 주세요 ({text}).", text=shown(value)))
    if value is None or (isinstance(value, str) and folded(value) in NOTHING):
        return None
    number, said = (value, "") if not isinstance(value, str) else _number_and_unit(value)
    milli = Decimal(number) * _scale(said, unit)
    if milli < 0:
        raise Unreadable(tr("수량은 0보다 작을 수 없어요 ({text}).", text=shown(value)))
    if milli != int(milli):
        raise Unreadable(tr("수량은 소수점 셋째 자리까지예요 ({text}).", text=shown(value)))
    if milli > MAX_QUANTITY_MILLI:
        raise Unreadable(tr("수량이 너무 커요 ({text}).", text=shown(value)))
    if not weighed and milli % 1000:
        raise Unreadable(tr("낱개로 파는 물건의 수량에 소수점이 있어요 ({text}).", text=shown(value)))
    return int(milli)


def _number_and_unit(value: str) -> tuple[Decimal, str]:
    text = " ".join(unicodedata.normalize("NFKC", value).casefold().split()).lstrip("'")
    negative = text.startswith(("-", "△", "▲"))
    found = _QUANTITY.fullmatch(text.lstrip("-△▲ "))
    if not found:
        raise Unreadable(tr("수량을 숫자로 적어 주세요 ({text}).", text=shown(value)))
    whole, _, part = found["number"].partition(".")
    if not _GROUPED.fullmatch(whole.strip()) or len(text) > 20:
        raise Unreadable(tr("수량을 숫자로 적어 주세요 ({text}).", text=shown(value)))
    try:
        number = Decimal(re.sub("[, ]", "", whole) + ("." + part if part else ""))
    except InvalidOperation:
        raise Unreadable(tr("수량을 숫자로 적어 주세요 ({text}).", text=shown(value))) from None
    return -number if negative else number, plain_unit(found["unit"])


def _scale(said: str, unit: str) -> int | Decimal:
    if said == "g" and unit == "kg":
        return 1
    if said == "kg" and unit == "g":
        return 1_000_000
    if said == "kg" and unit == "100g":
        return 10_000
    return 1000


def plain_unit(text: str) -> str:
    """Units in one spelling: ㎏, KG, 키로 -> kg; "kg당" -> kg; others stay as written."""
    clean = clean_name(text)
    key = folded(clean).removeprefix("/").removesuffix("당")
    if key in ("1kg", "1g") and folded(clean).endswith("당"):
        key = key[1:]
    if key in _UNITS:
        return _UNITS[key]
    return key if key in _WEIGHED_UNITS else clean


def is_weighed(unit: str, note: str, way: str = "") -> bool:
    """Whether a product goes over the scales: by its unit, or because the sheet says so."""
    said = folded(way)
    if said:
        if re.search(r"무게|중량|저울|계량|weight|kg|^o$|^y", said):
            return not _NOT.search(said)
        if re.search(r"낱개|개수|수량|개당|piece|each|^x$|^n", said):
            return False
    if unit in _WEIGHED_UNITS:
        return True
    return bool(_WEIGHED_NOTE.search(folded(note)) or _WEIGHED_NOTE.search(note)) and not _NOT.search(note)
