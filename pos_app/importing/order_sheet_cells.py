"""One cell of an order sheet at a time: how many were ordered, and whose phone it is."""

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal

from pos_app.domain.quantity import MAX_MILLI
from pos_app.i18n.texts import tr
from pos_app.importing.cells import NOTHING, Unreadable, folded, shown, text_of
from pos_app.importing.grid import Broken, Value

_NUMBER = re.compile(
    r"(?P<sign>[-−–△▲]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.(?P<part>[0-9]{1,9}))?"
)
_LAST = re.compile(r"뒤|뒷|끝|4자리|네자리")


def ordered_milli(value: Value, *, weighed: bool) -> int:
    """An ordered quantity in thousandths, 0 where nothing is said; raises Unreadable.

    Only a plain number counts: "2개" may be meant, but the sheet's own sums left it out.
    """
    if value is None or (isinstance(value, str) and folded(value) in NOTHING):
        return 0
    if isinstance(value, Broken):
        text_of(value)  # raises with the reason
    number = _number(value)
    milli = number * 1000
    if milli < 0:
        raise Unreadable(tr("주문 수량은 0보다 작을 수 없어요 ({text}).", text=shown(value)))
    if milli > MAX_MILLI:
        raise Unreadable(tr("주문 수량이 너무 커요 ({text}).", text=shown(value)))
    if not weighed and milli % 1000:
        raise Unreadable(tr("낱개로 파는 물건의 주문 수량에 소수점이 있어요 ({text}).", text=shown(value)))
    if milli % 1:
        raise Unreadable(tr("수량은 소수점 셋째 자리까지예요 ({text}).", text=shown(value)))
    return int(milli)


def _number(value: Value) -> Decimal:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, (date, time, timedelta)):
        raise Unreadable(
            tr("날짜로 들어가 있어요. 주문 수량을 숫자로 적어 주세요 ({text}).", text=shown(value))
        )
    text = "".join(unicodedata.normalize("NFKC", str(value)).split()).lstrip("'")
    found = _NUMBER.fullmatch(text) if isinstance(value, str) else None
    if found is None:
        raise Unreadable(tr("주문 수량은 숫자만 적어 주세요 ({text}).", text=shown(value)))
    number = Decimal(found["whole"].replace(",", "") + ("." + found["part"] if found["part"] else ""))
    return -number if found["sign"] else number


def last_four(value: Value, label: str = "") -> str:
    """The last four digits of the first phone number in a cell, "" where there is none; raises Unreadable.

    `label` is the column's head: under "끝 4자리" a number cell has lost its leading zeros.
    """
    text = unicodedata.normalize("NFKC", text_of(value))
    first = re.split(r"[/,;\n]", text)[0]
    digits = re.sub(r"[^0-9]", "", first)
    if digits and len(digits) < 4 and _LAST.search(label):
        return digits.zfill(4)
    return digits[-4:] if len(digits) >= 4 else ""
