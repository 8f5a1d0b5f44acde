"""What a paper says, as typed blocks without any layout: frozen, bounded, and kept as JSON."""

import re
import unicodedata
from typing import Annotated, Literal

import msgspec

from pos_app.domain.errors import DomainError

MAX_TEXT = 400  # characters of one text
MAX_BLOCKS = 6_000  # 500 lines of a sale with all that may stand under each
MAX_BYTES = 2_000_000  # of an encoded document

Words = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Align = Literal["left", "center", "right"]
Size = Literal[1, 2]


class Text(msgspec.Struct, frozen=True, gc=False, tag="text", omit_defaults=True):
    """A paragraph; wraps at the paper's width."""

    text: Words
    align: Align = "left"
    bold: bool = False
    size: Size = 1


class Columns(msgspec.Struct, frozen=True, gc=False, tag="columns", omit_defaults=True):
    """A label at the left and a figure at the right; the figure is never broken."""

    left: Words
    right: Words
    bold: bool = False
    indent: Annotated[int, msgspec.Meta(ge=0, le=8)] = 0
    size: Size = 1


class Item(msgspec.Struct, frozen=True, gc=False, tag="item", omit_defaults=True):
    """Something sold: name, `price x quantity`, amount; `mark` stands before the name (`*` = 면세)."""

    name: Words
    detail: Words
    amount: Words
    mark: Annotated[str, msgspec.Meta(max_length=4)] = ""
    bold: bool = False


class Rule(msgspec.Struct, frozen=True, gc=False, tag="rule", omit_defaults=True):
    """A line across the paper; kind `0` counts the columns (1234567890…) for the test page."""

    kind: Literal["-", "=", "0"] = "-"


class Barcode(msgspec.Struct, frozen=True, gc=False, tag="barcode", omit_defaults=True):
    """An EAN-13 of thirteen digits, readable line below."""

    data: Annotated[str, msgspec.Meta(pattern="^[0-9]{13}$")]
    kind: Literal["ean13"] = "ean13"


class QrCode(msgspec.Struct, frozen=True, gc=False, tag="qr", omit_defaults=True):
    """A QR code of a short ASCII or Korean text."""

    data: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TEXT)]


class Feed(msgspec.Struct, frozen=True, gc=False, tag="feed", omit_defaults=True):
    """Empty lines."""

    lines: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1


class Cut(msgspec.Struct, frozen=True, gc=False, tag="cut"):
    """The end of a paper."""


Block = Text | Columns | Item | Rule | Barcode | QrCode | Feed | Cut


class Document(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A paper ready to be printed anywhere; with `practice` every renderer heads it 연습."""

    title: Words
    blocks: Annotated[tuple[Block, ...], msgspec.Meta(max_length=MAX_BLOCKS)]
    practice: bool = False


class ShopHeader(msgspec.Struct, frozen=True, gc=False):
    """The cooperative that runs the till; `business_no` ten digits or empty, `footer` may have lines."""

    name: str
    business_no: str = ""
    representative: str = ""
    address: str = ""
    phone: str = ""
    footer: str = ""


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Document)

# What nearly every name is made of: each of these is one character, takes room, and is as NFC wants it.
_USUAL = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u203b\u20a9\u2460-\u24ff\u2500-\u25ff"
    "\u3001-\u3029\u3131-\u3163\u3165-\u318e\u3200-\u33ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]*"
)
# Letters to Unicode that take no room: Hangul fillers.
_NO_ROOM = "\u115f\u1160\u3164\uffa0"


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """The text in NFC, in one line, without control and zero-width characters, at most `limit` long."""
    if len(text) <= limit and _USUAL.fullmatch(text):
        return text
    return _scrubbed(text, limit)


def _scrubbed(text: str, limit: int) -> str:
    kept = []
    for char in unicodedata.normalize("NFC", text[: limit * 4]):
        category = unicodedata.category(char)
        if category in ("Zs", "Zl", "Zp") or char in "\t\n\r\v\f":
            kept.append(" ")
        elif category not in ("Cc", "Cf", "Cs", "Mn", "Me") and char not in _NO_ROOM:
            kept.append(char)
    return "".join(kept)[:limit]


def encode(document: Document) -> bytes:
    """JSON of the document; DomainError `document.too_long` beyond the bounds."""
    data = _ENCODER.encode(document)
    if len(document.blocks) > MAX_BLOCKS or len(data) > MAX_BYTES:
        raise DomainError("document.too_long", blocks=len(document.blocks), size=len(data))
    return data


def decode(data: bytes) -> Document:
    """The document of a JSON; DomainError `document.unreadable` for anything else."""
    if len(data) > MAX_BYTES:
        raise DomainError("document.too_long", blocks=0, size=len(data))
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise DomainError("document.unreadable", reason=str(error)) from error
