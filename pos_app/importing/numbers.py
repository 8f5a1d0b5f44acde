"""Numbers that are names: barcodes, business numbers, phones, accounts, codes."""

import re
import unicodedata
from decimal import Decimal

from pos_app.domain import barcodes as gtin
from pos_app.domain import business_number
from pos_app.i18n.texts import tr
from pos_app.importing.cells import NOTHING, Unreadable, folded, shown, text_of
from pos_app.importing.grid import Broken, Value

_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]{1,2}")
_WHOLE_FLOAT = re.compile(r"([0-9]+)\.0+")
_BETWEEN = re.compile(r"[,;/|\n·]+")
_CODE = re.compile(r"[!-~]{3,48}")
_RESIDENT = re.compile(r"[0-9]{6}[1-8*][0-9*]{6}")
GTIN_LENGTHS = (8, 12, 13, 14)


def barcodes_of(value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The barcodes in a cell and the sentences of what is doubtful about them; raises nothing."""
    if value is None:
        return (), ()
    if isinstance(value, int) and not isinstance(value, bool):
        return _one(_padded(str(value)), value)
    if isinstance(value, (Broken, Decimal)) or not isinstance(value, str):
        return (), (tr("바코드를 읽을 수 없어 빼고 가져왔어요 ({text}).", text=shown(value)),)
    codes: list[str] = []
    doubts: list[str] = []
    for piece in _pieces(value):
        found, doubt = _one(piece, value)
        codes.extend(found)
        doubts.extend(doubt)
    return tuple(dict.fromkeys(codes)), tuple(doubts)


def _pieces(value: str) -> list[str]:
    text = unicodedata.normalize("NFKC", value).replace("‐", "-").replace("−", "-").strip().strip("'\"*")
    whole = re.sub(r"[ \t\u200b-]", "", text)
    if whole.isascii() and whole.isdigit() and len(whole) in GTIN_LENGTHS:
        return [whole]
    pieces: list[str] = []
    for part in _BETWEEN.split(text):
        words = part.split()
        joined = "".join(words)
        apart = len(words) > 1 and all(len(word) in GTIN_LENGTHS and word.isdigit() for word in words)
        pieces.extend(words if apart else [joined])
    return [piece for piece in pieces if piece and piece.casefold() not in NOTHING]


def _one(text: str, value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A single barcode: kept, kept with a doubt, or dropped with a doubt."""
    whole = _WHOLE_FLOAT.fullmatch(text)
    code = whole[1] if whole else text
    digits = code.replace("-", "")
    if digits.isdigit() and digits.isascii() and len(digits) in GTIN_LENGTHS:
        if gtin.is_valid_gtin(digits):
            return (digits,), ()
        return (digits,), (tr("바코드의 마지막 숫자가 맞지 않아요 ({text}).", text=digits),)
    if _SCIENTIFIC.fullmatch(code.casefold()):
        return (), (
            tr(
                "바코드가 {text}로 줄어 들어 빼고 가져왔어요. 셀 서식을 텍스트로 바꿔 다시 적어 주세요.",
                text=code,
            ),
        )
    if not _CODE.fullmatch(code):
        return (), (tr("바코드를 읽을 수 없어 빼고 가져왔어요 ({text}).", text=shown(value)),)
    if digits.isdigit():
        return (digits,), (tr("바코드의 자릿수가 보통과 달라요 ({text}).", text=digits),)
    return (code,), ()


def _padded(digits: str) -> str:
    """Zeros that a number cell lost, put back where the check digit then fits."""
    for length in GTIN_LENGTHS:
        if len(digits) <= length and length - len(digits) <= 3 and gtin.is_valid_gtin(digits.zfill(length)):
            return digits.zfill(length)
    return digits


def looks_like_barcode(value: Value) -> bool:
    """Digits of a barcode's length."""
    text = str(value).removesuffix(".0") if isinstance(value, (str, int)) else ""
    digits = re.sub(r"[\s-]", "", text)
    return digits.isdigit() and len(digits) in GTIN_LENGTHS


def code_of(value: Value) -> str:
    """A code as a label: "P001", 7 -> "7"; raises Unreadable."""
    text = unicodedata.normalize("NFKC", text_of(value)).strip().lstrip("'")
    return re.sub(r"^([0-9]+)\.0+$", r"\1", text)


def business_no_of(value: Value) -> tuple[str, str]:
    """Ten digits or "", and a sentence where the check digit is wrong; raises Unreadable."""
    text = unicodedata.normalize("NFKC", text_of(value))
    key = folded(text)
    digits = re.sub(r"[^0-9]", "", re.sub(r"\.0+$", "", text))
    if not key or key in NOTHING or (not digits and re.search(r"농업인|없|미등록|해당|개인|면제", key)):
        return "", ""
    if _RESIDENT.fullmatch(re.sub(r"[\s-]", "", text)):
        return "", tr("주민등록번호로 보여 넣지 않았어요. 사업자등록번호만 적어 주세요.")
    if len(digits) != 10 or re.search(r"[^0-9\s.\-()]", text):
        raise Unreadable(tr("사업자등록번호는 숫자 10자리예요 ({text}).", text=shown(value)))
    if not business_number.is_valid(digits):
        return digits, tr("사업자등록번호의 숫자가 맞지 않아요 ({text}).", text=shown(value))
    return digits, ""


def phone_of(value: Value) -> str:
    """A phone number with hyphens where its length is known; other text stays."""
    text = unicodedata.normalize("NFKC", text_of(value))
    digits = re.sub(r"[^0-9]", "", text)
    if folded(text) in NOTHING or re.search(r"[^0-9\s.\-()+]", text):
        return "" if folded(text) in NOTHING else text
    if digits.startswith("82") and text.startswith("+"):
        digits = "0" + digits[2:].removeprefix("0")
    elif not digits.startswith(("0", "1")) or (digits.startswith("10") and len(digits) == 10):
        digits = "0" + digits if digits else ""
    head = 2 if digits.startswith("02") else 4 if digits.startswith("050") and len(digits) == 12 else 3
    if digits.startswith("1") and len(digits) == 8:
        return f"{digits[:4]}-{digits[4:]}"
    if not head + 7 <= len(digits) <= head + 8:
        return text
    return f"{digits[:head]}-{digits[head:-4]}-{digits[-4:]}"


def booth_of(value: Value) -> int:
    """A booth number, 0 where none is said."""
    found = re.search(r"[0-9]{1,3}", unicodedata.normalize("NFKC", text_of(value)))
    return int(found[0]) if found else 0
