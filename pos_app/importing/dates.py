"""Dates as people write them into titles: 2026-11-20, 2026. 11. 20., 2026년 11월 20일."""

import re
import unicodedata
from datetime import date

_FULL = re.compile(
    r"(?<![0-9])(20[0-9]{2})\s*[-./년]\s*([0-9]{1,2})\s*[-./월]\s*([0-9]{1,2})(?![0-9])\s*[일.]?"
)
_SHORT = re.compile(
    r"(?<![0-9])['’]?([0-9]{2})\s*[-./년]\s*([0-9]{1,2})\s*[-./월]\s*([0-9]{1,2})(?![0-9])\s*[일.]?"
)
_PACKED = re.compile(r"(?<![0-9])(20[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_WEEKDAY = re.compile(r"\(\s*[월화수목금토일]\s*(?:요일)?\s*\)|[월화수목금토일]요일")
_DAY_ONLY = re.compile(r"\(?(?<![0-9])[01]?[0-9]\s*[/월.]\s*[0-3]?[0-9]\s*일?(?![0-9])\)?")
_LIST_WORDS = re.compile(r"현황|명단|목록|리스트|명세서?|단가표|가격표|안내|최종|수정|취합|양식")
_SHEET_WORDS = re.compile(
    r"(?:참여|참가|판매|입점|공급|취급|장터)?\s*(?:업체|기업|농가|판매자|생산자|품목|상품|물품|제품|가격|단가)\s*(?:별)?\s*(?:품목|상품|판매)?\s*"
    r"(?:및\s*(?:판매)?\s*(?:품목|상품|가격|단가)\s*)?(?:현황|명단|목록|리스트|명세서?|표|내역|안내|list)?"
)


def date_in(text: str) -> str:
    """The first date in a text as ISO, "" where there is none."""
    plain = unicodedata.normalize("NFKC", text)
    for pattern in (_FULL, _PACKED, _SHORT):
        for found in pattern.finditer(plain):
            year, month, day = (int(part) for part in found.groups())
            try:
                return date(year if year > 99 else 2000 + year, month, day).isoformat()
            except ValueError:
                continue
    return ""


def market_in(title: str) -> str:
    """What is left of a title without date and words for the sheet: the market's name."""
    text = unicodedata.normalize("NFKC", title)
    for pattern in (_FULL, _PACKED, _SHORT):
        text = pattern.sub(" ", text)
    text = _DAY_ONLY.sub(" ", text)
    text = re.sub(r"\(\s*\)|\[\s*\]|[■●◆★※<>\[\]【】「」]", " ", _WEEKDAY.sub(" ", text))
    kept: list[str] = []
    for word in text.split():
        core = word.strip("()-_:,.")
        if _SHEET_WORDS.fullmatch(core) or _LIST_WORDS.fullmatch(core):
            if kept:
                break
            continue
        kept.append(word)
    return " ".join(kept).strip(" -_:,.()")
