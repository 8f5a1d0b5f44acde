"""A kept paper that is printed once more: the same paper, headed 재발행 n."""

import msgspec

from pos_app.printing.document import Block, Document, Text
from pos_app.printing.layouts.parts import shown_at

_WORD = "재발행 "


def repeated_document(document: Document, copy_no: int, printed_at: str) -> Document:
    """The paper with its copy's number and the time above it; an earlier copy's head is replaced."""
    blocks: tuple[Block, ...] = document.blocks
    if blocks and isinstance(blocks[0], Text) and blocks[0].text.startswith(_WORD):
        blocks = blocks[1:]
        if blocks and isinstance(blocks[0], Text) and blocks[0].text.startswith("인쇄 2"):
            blocks = blocks[1:]
    head = (Text(f"{_WORD}{copy_no}", "center", True, 2), Text(f"인쇄 {shown_at(printed_at)}", "center"))
    return msgspec.structs.replace(document, blocks=(*head, *blocks))
