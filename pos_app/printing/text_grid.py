"""A document as lines of cells: one cell is one byte of CP949, a Korean letter takes two."""

import re
import unicodedata
from functools import lru_cache

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.printing import ean13
from pos_app.printing.document import (
    Barcode,
    Columns,
    Cut,
    Document,
    Feed,
    Item,
    QrCode,
    Rule,
    Text,
    clean,
)

WIDTHS = (32, 42, 48)
PRACTICE_HEADING = "*** 연습 ***"
PRACTICE_NOTE = "연습: 판매가 아닙니다."

# Signs that no Korean printer has, and what says the same.
_ALIKE: dict[int, str] = str.maketrans(
    {
        "₩": "원",
        "—": "―",
        "–": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "−": "-",
        "•": "·",
        "‧": "·",
        "∙": "·",
        "⁄": "/",
        "～": "~",
        "〜": "~",
        "©": "(C)",
        "™": "(TM)",
    }
)


def _in_cp949(char: str) -> bool:
    try:
        return bool(char.encode("cp949"))
    except UnicodeEncodeError:
        return False


# Korean sets hold some hanja only under their compatibility code, which NFC replaces: put it back.
_ALIKE |= {
    ord(plain): chr(code)
    for code in range(0xF900, 0xFA0C)
    if not _in_cp949(plain := unicodedata.normalize("NFC", chr(code)))
}
# Money and numbers: what must stand on paper whole and true, or not at all.
_FIGURE = re.compile(r"[+-]?\d\S*원|[+-]?\d[\d,.]*")
_ITEM_AMOUNT = 11  # cells kept for the amount of an item: -99,999,999


class Line(msgspec.Struct, frozen=True, gc=False):
    """One printed line; `text` holds the spaces that align it, its width is at most columns // size."""

    text: str
    bold: bool = False
    size: int = 1


Row = Line | Barcode | QrCode | Feed | Cut


@lru_cache(maxsize=8192)
def cells(text: str) -> int:
    """How many columns the text takes."""
    if text.isascii():
        return len(text)
    try:
        return len(text.encode("cp949"))
    except UnicodeEncodeError:
        return sum(map(_char_cells, text))


def _char_cells(char: str) -> int:
    try:
        return len(char.encode("cp949"))
    except UnicodeEncodeError:
        # Latin, Greek and Cyrillic letters outside CP949 are narrow; all else gets a full square.
        return 1 if ord(char) < 0x0590 else 2


def char_cells(char: str) -> int:
    """Columns of one character: 1 or 2."""
    return 1 if char.isascii() else _char_cells(char)


def printable(text: str) -> str:
    """The text cleaned, with signs that printers lack replaced by their likes."""
    text = clean(text)
    return text if text.isascii() else text.translate(_ALIKE)


def lay_out(document: Document, columns: int, big: bool = True) -> list[Row]:
    """The document's rows for paper of 32, 42 or 48 columns; DomainError `paper.bad_width` else.

    Without `big` every line has size 1, for places that know only one.
    """
    if columns not in WIDTHS:
        raise DomainError("paper.bad_width", columns=columns)
    rows: list[Row] = []
    if document.practice:
        rows.extend(_paragraph(Text(PRACTICE_HEADING, "center", True, 2 if big else 1), columns))
    for block in document.blocks:
        kind = type(block)
        if not big and getattr(block, "size", 1) != 1:
            block = msgspec.structs.replace(block, size=1)
        if kind is Columns:
            rows.extend(_columns(block, columns))  # type: ignore[arg-type]
        elif kind is Item:
            rows.extend(_item(block, columns))  # type: ignore[arg-type]
        elif kind is Text:
            rows.extend(_paragraph(block, columns))  # type: ignore[arg-type]
        elif kind is Rule:
            rows.append(_rule(block, columns))  # type: ignore[arg-type]
        elif kind is Cut and document.practice:
            rows.extend(_paragraph(Text(PRACTICE_NOTE, "center"), columns))
            rows.append(block)  # type: ignore[arg-type]
        elif kind is Barcode and not ean13.is_valid(block.data):  # type: ignore[union-attr]
            # Printers draw a code that no scanner takes; the digits alone can still be typed.
            rows.extend(_paragraph(Text(block.data, "center"), columns))  # type: ignore[union-attr]
        elif kind is QrCode and not block.data.isprintable():  # type: ignore[union-attr]
            # A printer obeys some control characters even inside a code's data.
            rows.extend([QrCode(data)] if (data := clean(block.data)) else [])  # type: ignore[union-attr]
        else:
            rows.append(block)  # type: ignore[arg-type]
    return rows


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken at spaces where there are any, never inside a letter."""
    if cells(text) <= width:
        return [text]
    lines: list[str] = []
    current, used = "", 0
    for word in text.split(" "):
        taken = cells(word)
        if current and used + 1 + taken <= width:
            current, used = f"{current} {word}", used + 1 + taken
            continue
        if current:
            lines.append(current)
        *full, current = _chopped(word, width)
        lines.extend(full)
        used = cells(current)
    lines.append(current)
    return [line for line in lines if line] or [""]


def _chopped(word: str, width: int) -> list[str]:
    if cells(word) <= width:
        return [word]
    pieces: list[str] = []
    piece, used = [""], 0
    for char in word:
        taken = char_cells(char)
        if used + taken > width:
            pieces.append("".join(piece))
            piece, used = [], 0
        piece.append(char)
        used += taken
    pieces.append("".join(piece))
    return pieces


def _paragraph(block: Text, columns: int) -> list[Row]:
    width = columns // block.size
    rows: list[Row] = []
    for line in wrap(printable(block.text), width):
        if block.align == "center":
            line = " " * ((width - cells(line)) // 2) + line
        elif block.align == "right":
            line = " " * (width - cells(line)) + line
        rows.append(Line(line, block.bold, block.size))
    return rows


def figure(text: str, columns: int, money: bool = False) -> str:
    """The text as it is printed; if it is a figure that paper would maim, a DomainError.

    With `money` it is one whatever it looks like.
    `paper.figure_lost`: a sign that Korean sets lack; `paper.figure_wide`: wider than the paper.
    """
    shown = printable(text)
    if not (money or _FIGURE.fullmatch(shown)):
        return shown
    if not shown.isascii() and not all(map(_in_cp949, shown)):
        raise DomainError("paper.figure_lost", figure=shown)
    if cells(shown) > columns:
        raise DomainError("paper.figure_wide", figure=shown, columns=columns)
    return shown


def _columns(block: Columns, columns: int) -> list[Row]:
    left, right = printable(block.left), figure(block.right, columns)
    if block.size == 2 and cells(right) * 2 > columns:
        block = msgspec.structs.replace(block, size=1)  # whole and small rather than big and broken
    width = columns // block.size
    if block.indent:
        left = " " * block.indent + left
    gap = width - cells(left) - cells(right)
    if gap >= 1:
        return [Line(left + " " * gap + right, block.bold, block.size)]
    margin = " " * block.indent
    lefts = [margin + line for line in wrap(left.strip(), width - block.indent)]
    return _joined(lefts, wrap(right, width), width, block.bold, block.size)


def _joined(lefts: list[str], rights: list[str], width: int, bold: bool, size: int) -> list[Row]:
    """Left lines, then the right ones against the margin, sharing a line where both fit."""
    gap = width - cells(lefts[-1]) - cells(rights[0])
    if gap >= 1:
        shared = lefts[-1] + " " * gap + rights[0]
        texts = [*lefts[:-1], shared, *(_pushed(line, width) for line in rights[1:])]
    else:
        texts = [*lefts, *(_pushed(line, width) for line in rights)]
    return [Line(text, bold, size) for text in texts]


def _pushed(text: str, width: int) -> str:
    return " " * (width - cells(text)) + text


def _item(block: Item, columns: int) -> list[Row]:
    name, amount = printable(block.name), figure(block.amount, columns, money=True)
    detail = printable(block.detail)
    mark = printable(block.mark) or " "
    head = mark + name
    room = max(_ITEM_AMOUNT, cells(amount) + 1)
    gap = columns - room - cells(head) - cells(detail)
    if gap >= 1:
        text = head + " " * gap + detail + _pushed(amount, room)
        return [Line(text, block.bold)]
    hang = " " * cells(mark)
    lines = wrap(name, columns - len(hang))
    names: list[Row] = [Line((hang if at else mark) + line, block.bold) for at, line in enumerate(lines)]
    gap = columns - room - cells(detail)
    if gap >= 0:
        return [*names, Line(" " * gap + detail + _pushed(amount, room), block.bold)]
    details = ["  " + line for line in wrap(detail, columns - 2)]
    return names + _joined(details, [amount], columns, block.bold, 1)


def _rule(block: Rule, columns: int) -> Line:
    if block.kind == "0":
        return Line(("1234567890" * 5)[:columns])
    return Line(block.kind * columns)
