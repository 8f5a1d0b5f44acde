"""What each vendor makes ready: for bundles ordered, or for orders from before the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_app.printing.document import Block, Columns, Document, Text, clean
from pos_app.printing.layouts.parts import THICK, THIN, end, pairs, paper, quantity, shown_at

TITLE = "준비 목록"


@dataclass(frozen=True, slots=True)
class PickListLine:
    """So much of one product; `people` is for how many orders, 0 where nobody is counted."""

    vendor: str
    name: str
    unit: str
    quantity_milli: int
    people: int = 0


def pick_list_document(
    lines: Iterable[PickListLine], heading: Sequence[str], at: str, practice: bool = False
) -> Document:
    """One list, vendor by vendor, to be ticked off with a pen."""
    blocks: list[Block] = [Text(TITLE, "center", True, 2)]
    blocks += [Text(clean(line), "center") for line in heading]
    blocks += pairs(("만든 일시", shown_at(at)))
    blocks.append(THICK)
    vendor = None
    for line in lines:
        if line.vendor != vendor:
            if vendor is not None:
                blocks.append(THIN)
            vendor = line.vendor
            blocks.append(Text(f"[{clean(vendor)}]", bold=True))
        amount = f"{quantity(line.quantity_milli)}{clean(line.unit, 20)}"
        blocks.append(Columns(f"□ {clean(line.name)}", amount, True))
        if line.people:
            blocks.append(Columns(f"{line.people:,}명", "", indent=3))
    end(blocks)
    return paper(TITLE, blocks, practice)
