"""Papers to bytes: text beside encoding the same letters, pictures beside drawing the same lines bare."""

from io import BytesIO

import msgspec
from PIL import Image, ImageDraw, ImageFont

from pos_app.printing import escpos_picture, escpos_text, labels_pdf, pdf, plain, preview
from pos_app.printing.document import Document, Item
from pos_app.printing.fonts import font_path
from pos_app.printing.label_sheets import DEFAULT_SHEET
from pos_app.printing.layouts.receipt import receipt_document
from pos_app.printing.layouts.settlement_slip import settlement_document
from pos_app.printing.layouts.shift_report import z_document
from tests.bench.figures import Check, Step, spread
from tests.bench.timing import Turns, timed
from tests.printing.samples import CLOSE, OWN_SALE, SALE, SHOP, sale_line
from tests.printing.slip_samples import LABELS, SETTLEMENT

NAME = "paper"
_NAMES = ("햇고구마", "참기름 320ml", "굴비 10미", "연잎차 티백 20입", "수제 매실청 500ml")


def receipt_of(items: int, other: int = 0) -> Document:
    """A cash receipt of one seller with so many Korean lines; `other` makes all of them different."""
    lines = tuple(
        sale_line(n, 0, f"{_NAMES[(n + other) % 5]} {n + other}", "봉", 4_500 + n + 7 * other)
        for n in range(1, items + 1)
    )
    sale = msgspec.structs.replace(
        OWN_SALE, lines=lines, tenders=SALE.tenders[:1], receipt_no=f"R1-K7-{other:04d}", customer="", note=""
    )
    return receipt_document(sale, SHOP)


def measure(quick: bool) -> list[Step]:
    """Receipts, a Z, labels and settlements."""
    rounds = 40 if quick else 300
    few = 5 if quick else 20
    return [
        _cold(),
        *_receipts(rounds),
        _forty(rounds),
        _zed(few),
        *_files(few),
    ]


def _cold() -> Step:
    """The first picture of a process: font opened, every glyph drawn for the first time."""
    document = receipt_of(10)
    took = timed(lambda _: escpos_picture.render(document, 48), 0)
    return Step(NAME, "10 items as a picture, the first one of the process", spread([took]))


def _receipts(rounds: int) -> list[Step]:
    document = receipt_of(10)
    others = [receipt_of(10, at) for at in range(1, 51)]  # no receipt is printed twice in a row
    words = plain.render(document, 48)
    text, picture = escpos_text.render(document, 48), escpos_picture.render(document, 48)
    turns = Turns(
        encode=lambda _: words.encode("cp949", "replace"),
        layout=lambda _: receipt_of(10),
        text=lambda at: escpos_text.render(others[at % 50], 48),
    ).run(rounds, warm=3)
    drawn = Turns(
        bare=lambda _: _bare(words), picture=lambda at: escpos_picture.render(others[at % 50], 48),
        png=lambda at: preview.render_png(others[at % 50], 48),
    ).run(max(5, rounds // 8), block=5, warm=2)  # fmt: skip
    written = turns.step(NAME, "10 items as Korean text, to encoding the same lines", "text", "encode")
    as_picture = drawn.step(NAME, "10 items as a picture, to drawing the same lines bare", "picture", "bare")
    return [
        _judged(
            written,
            Check("p50", written.ours.p50, 3, 1, "ms"),
            Check("size", float(len(text)), 2_500, 2_500, "B"),
        ),
        turns.step(NAME, "the document of 10 items, to encoding its lines", "layout", "encode"),
        _judged(
            as_picture,
            Check("p50", as_picture.ours.p50, 15, 10, "ms"),
            Check("size", float(len(picture)), 95_000, 95_000, "B"),
        ),
        drawn.step(NAME, "10 items as preview PNG, to drawing the same lines bare", "png", "bare"),
    ]


def _forty(rounds: int) -> Step:
    items = tuple(Item(f"{_NAMES[n % 5]} {n}", "4,500×1봉", "4,500") for n in range(40))
    document = Document("t", items)
    words = plain.render(document, 48)
    turns = Turns(
        encode=lambda _: words.encode("cp949"), text=lambda _: escpos_text.render(document, 48)
    ).run(rounds, warm=3)
    step = turns.step(NAME, "40 Korean lines to bytes, to encoding them", "text", "encode")
    return _judged(step, Check("p50", step.ours.p50, 1, 0.5, "ms"))


def _zed(rounds: int) -> Step:
    """The Z of 1,500 sales with the longest list of what is left to do."""
    totals = msgspec.structs.replace(CLOSE.totals, sales_count=1_500)
    items = tuple(f"카드 승인번호 없는 결제 R1-K7-{n:04d}" for n in range(1_500))
    close = msgspec.structs.replace(CLOSE, totals=totals, open_items=items)
    words = plain.render(z_document(close, SHOP), 48)
    turns = Turns(
        encode=lambda _: words.encode("cp949"),
        zed=lambda _: escpos_text.render(z_document(close, SHOP), 48),
    ).run(rounds, block=5, warm=1)
    step = turns.step(
        NAME, "Z of 1,500 sales, each on the to-do list, to encoding its lines", "zed", "encode"
    )
    return _judged(step, Check("p50", step.ours.p50, 100, 20, "ms"))


def _files(rounds: int) -> list[Step]:
    document = settlement_document(SETTLEMENT, SHOP)
    labels = [LABELS[0]] * DEFAULT_SHEET.count
    turns = Turns(
        settlement=lambda _: pdf.render(document, 48),
        labels=lambda _: labels_pdf.render(labels, DEFAULT_SHEET),
    ).run(rounds, block=2, warm=1)
    one = turns.spread("settlement")
    fifty = Step(NAME, "a vendor's settlement as PDF", one, note=f"50 of them {one.p50 * 0.05:.1f} s")
    sheet = Step(NAME, "a sheet of 24 labels as PDF", turns.spread("labels"))
    return [_judged(fifty, Check("p50", one.p50, 600, 60, "ms")), sheet]


def _bare(words: str) -> bytes:
    """The same lines by Pillow alone, each drawn in one go, off any grid."""
    font = ImageFont.truetype(str(font_path()), 24)
    lines = words.splitlines()
    image = Image.new("L", (576, 30 * len(lines)), 0)
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        draw.text((0, 30 * at), line, fill=255, font=font)
    out = BytesIO()
    out.write(image.point([0] * 110 + [255] * 146, mode="1").tobytes())
    return out.getvalue()


def _judged(step: Step, *checks: Check) -> Step:
    return msgspec.structs.replace(step, checks=checks)
