"""Packing labels (공동구매): whose bag it is, what lies in it, what is still to pay, and its QR code."""

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.printing.document import Block, Columns, Cut, Document, QrCode, Text, clean
from pos_app.printing.layouts.parts import THIN, paper, quantity, shown_on, won

TITLE = "포장 이름표"


@dataclass(frozen=True, slots=True)
class OrderLabel:
    """One order's label; `person` is masked, `lines` are (name, unit, thousandths)."""

    number: int
    count: int
    market: str
    business_date: str
    agency: str
    department: str
    person: str
    lines: tuple[tuple[str, str, int], ...]
    due_won: int
    code: str


def money_words(label: OrderLabel) -> str:
    """What is to pay when it is picked up."""
    return f"받을 돈 {won(label.due_won)}" if label.due_won else "계산 끝"


def order_label_document(labels: Iterable[OrderLabel], practice: bool = False) -> Document:
    """One label after another, a cut after each."""
    blocks: list[Block] = []
    for label in labels:
        where = " ".join(part for part in (clean(label.agency, 80), clean(label.department, 80)) if part)
        blocks.append(Columns(f"{label.number}/{label.count}", shown_on(label.business_date)))
        if where:
            blocks.append(Text(where, "center", True))
        blocks.append(Text(clean(label.person, 80), "center", True, 2))
        blocks.append(THIN)
        blocks += [
            Columns(clean(name), f"{quantity(milli)}{clean(unit, 20)}") for name, unit, milli in label.lines
        ]
        blocks.append(THIN)
        blocks.append(Text(money_words(label), "center", True))
        if label.code:
            blocks.append(QrCode(clean(label.code)))
        blocks.append(Cut())
    return paper(TITLE, blocks, practice)
