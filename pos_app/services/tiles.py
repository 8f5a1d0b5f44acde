"""Tiles: a product as the till shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from sys import intern

from pos_app.domain.catalogue import OversellPolicy, SoldBy, TaxClass
from pos_app.domain.money import round_half_up
from sync.rows import Row

_SHORT = 5
# Look-ups instead of calls: twenty thousand tiles are made at a start.
_SOLD_BY = {each.value: each for each in SoldBy}
_TAX = {each.value: each for each in TaxClass}
_OVERSELL = {each.value: each for each in OversellPolicy}

Off = Callable[[str, str, int | None], int]
"""What a 떨이 takes off, in thousandths: of (vendor id, product id, on hand)."""


@dataclass(frozen=True, slots=True)
class TileItem:
    """A product as a tile: won and thousandths; `on_hand_milli` None when nothing was ever counted."""

    product_id: str
    name: str
    unit: str
    unit_price_won: int
    price_shown_won: int
    sold_by: SoldBy
    tax_class: TaxClass
    vendor_id: str
    vendor: str
    vendor_short: str
    booth: int
    category: str
    on_hand_milli: int | None
    markdown_permille: int
    oversell: OversellPolicy
    sold_today_milli: int


def short_name(name: str) -> str:
    """The first word of a vendor's name, at most five letters: enough beside the booth number."""
    first = name.split()[0] if name.split() else name
    return first if len(first) <= _SHORT else first[: _SHORT - 1] + "…"


class TileMaker:
    """Makes tiles of rows; one short name and one text per vendor, however many products."""

    def __init__(self, booths: dict[str, int], sold: dict[str, int], off: Off | None = None) -> None:
        self._booths = booths
        self._sold = sold
        self._off = off
        self._vendors: dict[str, tuple[str, str, str, int]] = {}

    def make(self, row: Row) -> TileItem:
        """The tile of one row of `storage.queries.tiles`."""
        vendor = self._vendors.get(row[6])
        if vendor is None:
            vendor = (row[6], row[7], short_name(row[7]), self._booths.get(row[6], 0))
            self._vendors[row[6]] = vendor
        vendor_id, name, short, booth = vendor
        off = self._off(vendor_id, row[0], row[9]) if self._off else 0
        return TileItem(
            intern(row[0]),
            row[1],
            intern(row[2]),
            row[3],
            row[3] - round_half_up(row[3] * off, 1000) if off else row[3],
            _SOLD_BY[row[4]],
            _TAX[row[5]],
            vendor_id,
            name,
            short,
            booth,
            intern(row[8]),
            row[9],
            off,
            _OVERSELL[row[10]],
            self._sold.get(row[0], 0),
        )


def in_order(items: list[TileItem]) -> list[TileItem]:
    """Today's best sellers first, then by booth and name."""
    return sorted(items, key=lambda item: (-item.sold_today_milli, item.booth, item.name))
