"""Price labels on a receipt printer: name, price and barcode, cut one by one."""

from collections.abc import Iterable

from pos_app.printing.document import Barcode, Block, Cut, Document, Text, clean
from pos_app.printing.layouts.parts import paper, won
from pos_app.printing.layouts.slip_figures import PriceLabel

TITLE = "가격표"


def price_label_document(labels: Iterable[PriceLabel], practice: bool = False) -> Document:
    """One label after another, a cut after each."""
    blocks: list[Block] = []
    for label in labels:
        blocks.append(Text(clean(label.name, 80), "center", True, 2))
        if label.vendor:
            blocks.append(Text(clean(label.vendor, 80), "center"))
        blocks.append(Text(won(label.price_won), "center", True, 2))
        blocks.append(Text(f"{unit_words(label)} · {tax_words(label)}", "center"))
        if label.barcode:
            blocks.append(Barcode(label.barcode))
        blocks.append(Cut())
    return paper(TITLE, blocks, practice)


def unit_words(label: PriceLabel) -> str:
    """What one price is for: 1병, 1kg당."""
    unit = clean(label.unit, 20) or "개"
    return f"1{unit}당" if label.per_weight else f"1{unit}"


def tax_words(label: PriceLabel) -> str:
    """Whether VAT is inside the price."""
    return "면세" if label.exempt else "부가세 포함"
