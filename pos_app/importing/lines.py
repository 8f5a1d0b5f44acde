"""Which rows of a table are data: totals, notes, headings and blank rows are told apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.hangul import clean_name
from pos_app.importing.cells import folded
from pos_app.importing.grid import Broken, Value
from pos_app.importing.tables import Table, is_ditto, is_number_like
from pos_app.importing.words import Field

_TOTAL = re.compile(
    r"(?:총|전체)?(?:합계|소계|총계|누계|계|합|총합|총합계|총액|평균)(?:금액|수량|액)?|(?:grand)?total|subtotal|sum|총[0-9,]+(?:건|개|품목|종|곳|업체)"
)
_ENDS_IN_TOTAL = re.compile(r".*(?:소계|합계|총계|누계)")
_NOTE = re.compile(r"[※*★☆◎☞→•]|주[):]|(?:비고|참고|주의|유의|안내|작성|담당|문의)\s*[:：]|p\.?s\.?")
_EXAMPLE = re.compile(r"[(\[]?예시?[)\]:：]|예시$|ex\)")
_SENTENCE = re.compile(r".*(?:[.!]|니다|세요|해요|바람|요망|드림|이하여백|끝)$")
_SIGNED = re.compile(r"\(인\)|\(서명\)|[:：]$|서명란|귀하$|귀중$")
_CLOSING = re.compile(r"(?:니다|세요|바람|요망)[.!]?$")
_MARKS = "■□●○◆◇▶▷▣◈★☆【】[]<>《》〈〉「」『』()· \t"
_LABEL = re.compile(r"^(?:(?:참여)?업체명?|판매자|상호명?|농가명?|기업명?)\s*[:：]\s*")
_NUMBERING = re.compile(r"^(?:[0-9]{1,2}|[가나다라마바사아자차카타파하])[.)]\s*")


class Line(StrEnum):
    """What a row is."""

    BLANK = "blank"
    TOTAL = "total"
    NOTE = "note"
    HEADING = "heading"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A data row of a product table with the vendor that stands in it or above it."""

    row: int
    vendor: Value
    vendor_code: Value
    cell: str
    inherited: bool


def line_of(table: Table, row: int, name: Field) -> Line:
    """What a row is; `name` is the field that every data row must have."""
    serial = table.columns.get(Field.SERIAL, ())
    own = [
        (column, value) for column, value in table.own(row) if column not in serial or isinstance(value, str)
    ]
    if not own:
        return Line.BLANK
    first = own[0][1]
    names = table.columns.get(name, ())
    if _is_total(table, row, own, names):
        return Line.TOTAL
    if isinstance(first, str):
        text = clean_name(first)
        if _EXAMPLE.match(text):
            return Line.NOTE
        if _NOTE.match(text) and (len(own) == 1 or not _holds(table, row, own, name)):
            return Line.NOTE
        if len(own) == 1:
            return _lonely(table, row, own[0][0], text, names)
    return Line.NOTE if _is_closing(table, row, own, name) else Line.DATA


def _is_closing(table: Table, row: int, own: list[tuple[int, Value]], name: Field) -> bool:
    """Dates, signatures and thanks under a table: few texts, one of them no cell of a list."""
    price = table.get(row, Field.PRICE)
    if len(own) > 3 or is_number_like(price):
        return False
    texts = [clean_name(value) for _, value in own if isinstance(value, str)]
    signed = any(_SIGNED.search(text) for text in texts)
    return signed or (name is Field.PRODUCT_NAME and any(_CLOSING.search(text) for text in texts))


def _holds(table: Table, row: int, own: list[tuple[int, Value]], name: Field) -> bool:
    """Whether a row that begins with a mark still is a data row: it has a name and a price."""
    priced = table.get(row, Field.PRICE) is not None or name is Field.VENDOR_NAME
    return table.get(row, name) is not None and priced and len(own) >= 3


def _lonely(table: Table, row: int, column: int, text: str, names: tuple[int, ...]) -> Line:
    """A row with a single text: a name alone, a heading or a note."""
    across = (row, column + 1) in table.grid.bands
    if _NOTE.match(text) or len(text) > 40:
        return Line.NOTE
    if column in names and not across and not _LABEL.match(text) and text[:1] not in _MARKS:
        told = ":" in text or _SENTENCE.fullmatch(text) or _SIGNED.search(text)
        return Line.NOTE if told else Line.DATA
    if column in table.columns.get(Field.VENDOR_NAME, ()) and not across:
        return Line.DATA
    if _filled_columns(table) and any(column in table.columns.get(what, ()) for what in _FILLED_ONLY):
        return Line.BLANK  # only a prepared code or kind
    return Line.HEADING


_FILLED_ONLY = (
    Field.PRODUCT_CODE,
    Field.VENDOR_CODE,
    Field.TAX_CLASS,
    Field.UNIT,
    Field.TAX_KIND,
    Field.NOTE,
)


def _filled_columns(table: Table) -> bool:
    return any(table.has(what) for what in _FILLED_ONLY)


def _is_total(table: Table, row: int, own: list[tuple[int, Value]], names: tuple[int, ...]) -> bool:
    name = next((table.grid.value(row, column) for column in names), None)
    for position, (column, value) in enumerate(own):
        if not isinstance(value, str):
            continue
        text = re.sub(r"[:：()\[\]<>【】*=\-]", "", folded(value))
        if _TOTAL.fullmatch(text):
            return position == 0 or name is None or column in names
        ends = _ENDS_IN_TOTAL.fullmatch(text) or re.match(r"(?:소계|합계|총계)[^가-힣]", folded(value))
        if ends and position == 0 and (name is None or column in names):
            return True
    return False


def heading_text(value: str) -> str:
    """The name in a heading such as "■ 업체명: 해남땅끝 공방"."""
    text = _NUMBERING.sub("", clean_name(value).strip(_MARKS))
    return clean_name(_LABEL.sub("", text).strip(_MARKS))


def labelled_name(value: Value) -> str:
    """The vendor named by a text like "업체명: 해남땅끝 공방", "" where there is none."""
    if not isinstance(value, str):
        return ""
    text = clean_name(value).strip(_MARKS)
    return clean_name(_LABEL.sub("", text)) if _LABEL.match(text) else ""


def product_lines(table: Table, sections: dict[int, str], before: str) -> Iterator[ProductLine]:
    """Data rows with their vendors: written in the row, inherited from above, or from a heading.

    `sections` gives the vendor that a heading row names, `before` the one that holds from the start.
    """
    column = table.columns.get(Field.VENDOR_NAME, table.columns.get(Field.VENDOR_CODE, (table.left,)))[0]
    vendor: Value = before or None
    code: Value = None
    for row in range(table.first, table.end):
        if row in sections:
            vendor, code = sections[row], None
            continue
        if line_of(table, row, Field.PRODUCT_NAME) is not Line.DATA:
            continue
        said, said_code = table.get(row, Field.VENDOR_NAME), table.get(row, Field.VENDOR_CODE)
        said = None if is_ditto(said) else said
        said_code = None if is_ditto(said_code) else said_code
        fresh = said is not None or said_code is not None
        if said is not None:
            vendor, code = said, said_code
        elif said_code is not None and said_code != code:
            vendor, code = None, said_code
        if is_empty(table, row):
            continue
        merged = (row, column) in table.grid.filled
        yield ProductLine(row, vendor, code, table.grid.name(row, column), inherited=not fresh and not merged)


def is_empty(table: Table, row: int) -> bool:
    """A row that says nothing about a product: a vendor alone, or a prepared code."""
    if table.get(row, Field.PRODUCT_NAME) is not None or table.get(row, Field.BARCODE) is not None:
        return False
    return all(_says_nothing(table.get(row, what)) for what in (Field.PRICE, Field.QUANTITY))


def _says_nothing(value: Value) -> bool:
    """Blank, zero, or a formula that waits for its row to be filled in."""
    return value is None or (type(value) is int and value == 0) or isinstance(value, Broken)
