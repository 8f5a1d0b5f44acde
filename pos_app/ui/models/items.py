"""What lists of the interface show: plain values, ready to be painted and read aloud.

Named tuples, because a cold start pays for every dataclass.
"""

from typing import NamedTuple, Protocol

LOW_STOCK = 5  # at and below this many pieces a tile warns
PIECE = 1000


class TileLike(Protocol):
    """What a tile needs to know; the goods service's tile items fit as they are."""

    @property
    def product_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def unit_price_won(self) -> int: ...
    @property
    def price_shown_won(self) -> int: ...
    @property
    def sold_by(self) -> str: ...
    @property
    def vendor(self) -> str: ...
    @property
    def vendor_short(self) -> str: ...
    @property
    def booth(self) -> int: ...
    @property
    def on_hand_milli(self) -> int | None: ...
    @property
    def markdown_permille(self) -> int: ...


class TileView(NamedTuple):
    """A product as a tile. Prices in won, quantities in thousandths; None on hand: not counted."""

    product_id: str
    name: str
    unit: str
    unit_price_won: int
    price_shown_won: int
    sold_by: str = "each"  # "each" | "weight"
    vendor: str = ""
    vendor_short: str = ""
    booth: int = 0
    on_hand_milli: int | None = None
    markdown_permille: int = 0


class BadgeView(NamedTuple):
    """A word on a coloured ground; `kind` is one of `widgets.badge.KINDS`."""

    text: str
    kind: str = "gray"


class LineView(NamedTuple):
    """A line of the cart. `detail` is written by `models.texts.line_detail` when left empty."""

    key: str
    name: str
    unit: str
    quantity_milli: int
    unit_price_won: int
    amount_won: int
    sold_by: str = "each"
    detail: str = ""
    badges: tuple[BadgeView, ...] = ()
    parts: tuple[str, ...] = ()  # what a bundle holds, one line each
    note: str = ""
    product_id: str = ""


class RowView(NamedTuple):
    """A row of a list to pick from: receipts, vendors, parked carts."""

    key: str
    title: str
    caption: str = ""
    amount: str = ""
    badge: BadgeView | None = None
    booth: int = 0
    badge_below: bool = False  # under the title instead of beside it
    spoken: str = ""  # what a screen reader says; made of the other fields when empty
