"""What the cells of a goods sheet show, and what is typed into them."""

import re
import unicodedata
from dataclasses import dataclass

from pos_app.domain.goods_sheet import Column

TABS: dict[str, tuple[Column, ...]] = {
    "in": ("brought",),
    "out": ("brought", "taken_home", "donated", "waste"),
    "count": ("counted",),
}
_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the grid: texts by column, and which column is wrong."""

    product_id: str
    name: str
    price: str
    cells: dict[Column, str]
    brought: str
    sold: str
    should: str
    gap: str
    gap_won: str
    bad: Column | None
    short: bool


def parsed(text: str) -> int | None:
    """Thousandths of what was typed, None for what is no quantity."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not plain:
        return 0
    if not _NUMBER.fullmatch(plain):
        return None
    whole, _, rest = plain.partition(".")
    return int(whole) * 1000 + int(rest.ljust(3, "0") or "0")
