"""The proof page: numbered lines in every mode of printing; the person says which numbers look right."""

from collections.abc import Collection, Iterator
from typing import Literal

import msgspec

from pos_app.i18n.texts import mark, tr
from pos_app.printing.document import (
    Barcode,
    Block,
    Columns,
    Cut,
    Document,
    Feed,
    QrCode,
    Rule,
    ShopHeader,
    Text,
    clean,
)
from pos_app.printing.layouts.parts import shown_at

TITLE = "인쇄 점검표"
EAN13 = "2112345012506"
QR = "JANGTEO PROOF"
# Syllables of KS X 1001 alone; syllables that only CP949 has; signs that need one or the other.
OLD_SET, NEW_SET, SIGNS = "가나다 한글 값", "뷁 똠 펲 햏", "金 大 ① ㎏ ―"

Kind = Literal["korean", "picture"]
Charset = Literal["cp949", "ksx1001"]
PartName = Literal[
    "hangul",
    "late_hangul",
    "picture",
    "ruler",
    "picture_ruler",
    "sizes",
    "barcode",
    "qr",
    "picture_qr",
    "cut",
]


class ProofPart(msgspec.Struct, frozen=True):
    """One numbered piece of the page, what it is printed with, and what to ask about it."""

    number: int
    name: PartName
    kind: Kind
    charset: Charset
    columns: int
    question: str
    document: Document


class ProofAnswer(msgspec.Struct, frozen=True):
    """What the right numbers say about a printer; `columns` 0: no ruler fitted."""

    kind: Kind
    charset: Charset
    columns: int
    native_qr: bool
    cutter: bool


_PLAN: tuple[tuple[PartName, Kind, int, str], ...] = (
    ("hangul", "korean", 32, mark("{number}번 줄의 한글이 바르게 보이나요?")),
    ("late_hangul", "korean", 32, mark("{number}번 줄에 뷁과 똠이 바르게 보이나요?")),
    ("picture", "picture", 32, mark("{number}번 줄의 그림 글자가 깨끗한가요?")),
    ("ruler", "korean", 32, mark("{number}번 숫자가 한 줄에 다 들어갔나요?")),
    ("ruler", "korean", 42, mark("{number}번 숫자가 한 줄에 다 들어갔나요?")),
    ("ruler", "korean", 48, mark("{number}번 숫자가 한 줄에 다 들어갔나요?")),
    ("picture_ruler", "picture", 32, mark("{number}번 그림의 오른쪽 끝 ◀ 표시가 보이나요?")),
    ("picture_ruler", "picture", 42, mark("{number}번 그림의 오른쪽 끝 ◀ 표시가 보이나요?")),
    ("picture_ruler", "picture", 48, mark("{number}번 그림의 오른쪽 끝 ◀ 표시가 보이나요?")),
    ("sizes", "korean", 32, mark("{number}번의 큰 글자가 두 배로 커졌나요?")),
    ("barcode", "korean", 32, mark("{number}번 바코드가 스캐너에 찍히나요?")),
    ("qr", "korean", 32, mark("{number}번 QR이 네모로 나왔나요?")),
    ("picture_qr", "picture", 32, mark("{number}번 QR이 네모로 나왔나요?")),
    ("cut", "korean", 32, mark("{number}번 줄 아래에서 종이가 잘렸나요?")),
)


def proof_documents(header: ShopHeader, at: str = "") -> tuple[ProofPart, ...]:
    """The parts in the order they come out; every number can be read whatever the mode."""
    parts = []
    for number, (name, kind, columns, question) in enumerate(_PLAN, 1):
        blocks: list[Block] = []
        if number == 1:
            blocks += (Text(TITLE, "center", True), Text(clean(header.name), "center"))
            blocks += (Text(shown_at(at)[-5:] if at else "", "center"), Rule("-"))
        blocks += _part(name, number, columns)
        document = Document(TITLE, tuple(block for block in blocks if block != Text("", "center")))
        parts.append(ProofPart(number, name, kind, "cp949", columns, tr(question, number=number), document))
    return tuple(parts)


def proof_bytes(
    header: ShopHeader | None = None, at: str = "", numbers: Collection[int] = (), *, strip_rows: int = 0
) -> bytes:
    """The whole page as one stream, each part in its own mode; with `numbers` only those parts."""
    # lazy: the screens that only ask the questions do without the renderers
    from pos_app.printing import escpos_codes, escpos_picture, escpos_text

    rows = strip_rows or escpos_codes.STRIP_ROWS
    out = []
    for part in proof_documents(header or ShopHeader(""), at):
        if numbers and part.number not in numbers:
            continue
        if part.kind == "picture":
            out.append(escpos_picture.render(part.document, part.columns, strip_rows=rows))
        else:
            out.append(escpos_text.render(part.document, part.columns, part.charset))
    return b"".join(out)


def proof_answer(right: Collection[int]) -> ProofAnswer:
    """The switches that fit the numbers that look right."""
    names = {(name, columns) for number, (name, _, columns, _) in enumerate(_PLAN, 1) if number in right}
    korean = ("hangul", 32) in names
    ruler: PartName = "ruler" if korean else "picture_ruler"
    widths = (columns for name, columns in names if name == ruler)
    return ProofAnswer(
        "korean" if korean else "picture",
        "cp949" if ("late_hangul", 32) in names or not korean else "ksx1001",
        max(widths, default=0),
        ("qr", 32) in names,
        ("cut", 32) in names,
    )


def _part(name: PartName, number: int, columns: int) -> Iterator[Block]:
    tag = f"{number:>2})"
    if name == "hangul":
        yield Text(f"{tag} {OLD_SET}")
    elif name == "late_hangul":
        yield Text(f"{tag} {NEW_SET}")
    elif name == "picture":
        yield Text(f"{tag} {OLD_SET} {NEW_SET}")
        yield Text(f"    {SIGNS} 12,300원")
    elif name == "ruler":
        yield Text(f"{tag} {columns}")
        yield Rule("0")
    elif name == "picture_ruler":
        yield Columns(f"{tag} {columns} {'-' * (columns - 12)}", "◀")
    elif name == "sizes":
        yield Text(f"{tag} 보통 글자")
        yield Text("큰 글자 12,300", size=2)
    elif name == "barcode":
        yield Text(tag)
        yield Barcode(EAN13)
    elif name in ("qr", "picture_qr"):
        yield Text(tag)
        yield QrCode(QR)
    else:
        yield Text(f"{tag} - - - - - - - -")
        yield Feed(1)
        yield Cut()
