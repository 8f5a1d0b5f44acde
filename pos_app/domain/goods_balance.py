"""Mass balance: what a vendor brought against what was rung, given away, thrown away and taken home.

should have sold = brought - taken home - donated - waste - what a count found missing. The gap is what was
rung less that. A count that found goods missing explains the gap without making it good: it is shown, and
valued, beside it. Below 0 goods are missing (모자라요), above 0 more was rung than can have been there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_app.domain.errors import DomainError
from pos_app.domain.quantity import PIECE, check_quantity, line_amount_won
from pos_app.domain.stock import MovementReason

DAYS_LOOKED_AT = 5
SOLD_OUT_EXTRA_PERCENT = 20


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """One product's day in thousandths of its unit.

    `missing_milli` is what counts found missing (the COUNT movements with the other sign, so below 0 when
    more was found); `rung_milli` is sales less refunds. A gap is valued as a line of that size would cost.
    """

    vendor_id: str
    product_id: str
    name: str
    unit: str
    unit_price_won: int
    brought_milli: int = 0
    taken_home_milli: int = 0
    donated_milli: int = 0
    waste_milli: int = 0
    missing_milli: int = 0
    rung_milli: int = 0
    rounding_won: int = 1

    @property
    def should_have_sold_milli(self) -> int:
        """Return what must have been sold if nothing was lost."""
        out = self.taken_home_milli + self.donated_milli + self.waste_milli
        return self.brought_milli - out - self.missing_milli

    @property
    def gap_milli(self) -> int:
        """Return what was rung less what should have been."""
        return self.rung_milli - self.should_have_sold_milli

    @property
    def gap_won(self) -> int:
        """Return the gap in won, with its sign."""
        return self._worth(self.gap_milli)

    @property
    def missing_won(self) -> int:
        """Return what counts found missing, in won."""
        return self._worth(self.missing_milli)

    @property
    def left_milli(self) -> int:
        """Return what may still leave as taken home, donated or waste: never more than was ever brought."""
        return self.brought_milli - self.taken_home_milli - self.donated_milli - self.waste_milli

    def _worth(self, quantity_milli: int) -> int:
        won = line_amount_won(self.unit_price_won, abs(quantity_milli), self.rounding_won)
        return won if quantity_milli >= 0 else -won


@dataclass(frozen=True, slots=True)
class VendorBalance:
    """A vendor's goods, the dearest gap first; sums in won, `gap_size_won` without signs."""

    vendor_id: str
    rows: tuple[GoodsRow, ...]
    short_won: int
    over_won: int
    missing_won: int

    @property
    def gap_size_won(self) -> int:
        """Return both directions together: gaps of two products must not hide each other."""
        return self.over_won - self.short_won

    @property
    def balances(self) -> bool:
        """Say whether there is no gap in any product, also none of goods that cost nothing."""
        return all(row.gap_milli == 0 for row in self.rows)


def balance(rows: Iterable[GoodsRow]) -> tuple[VendorBalance, ...]:
    """Return the balance of each vendor, the dearest gaps first, among equals by what counts found."""
    own: dict[str, list[GoodsRow]] = {}
    for row in rows:
        own.setdefault(row.vendor_id, []).append(row)
    found = [
        VendorBalance(
            vendor_id,
            tuple(sorted(goods, key=_by_worth)),
            sum(min(0, row.gap_won) for row in goods),
            sum(max(0, row.gap_won) for row in goods),
            sum(row.missing_won for row in goods),
        )
        for vendor_id, goods in own.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.gap_size_won, -abs(each.missing_won), each.vendor_id)))


def ranked(rows: Iterable[GoodsRow]) -> tuple[GoodsRow, ...]:
    """Return the products with a gap or a missing count over all vendors, the dearest first."""
    return tuple(sorted((row for row in rows if row.gap_milli or row.missing_milli), key=_by_worth))


def _by_worth(row: GoodsRow) -> tuple[int, int, int, str]:
    # Goods at 0 won still have a gap: then its size decides.
    return -abs(row.gap_won), -abs(row.missing_won), -abs(row.gap_milli), row.product_id


def check_goods_out(row: GoodsRow, reason: MovementReason, quantity_milli: int) -> None:
    """Refuse to carry out, donate or throw away more than was ever brought.

    Raises what check_quantity raises, goods.not_out(reason) or goods.more_than_brought(name, left_milli).
    """
    check_quantity(quantity_milli)
    if reason not in (MovementReason.TAKEN_HOME, MovementReason.DONATED, MovementReason.WASTE):
        raise DomainError("goods.not_out", reason=str(reason))
    if quantity_milli > row.left_milli:
        raise DomainError("goods.more_than_brought", name=row.name, left_milli=max(0, row.left_milli))


@dataclass(frozen=True, slots=True)
class PastDay:
    """How a product did on one earlier day (ISO date, thousandths)."""

    on: str
    brought_milli: int
    sold_milli: int

    @property
    def sold_out(self) -> bool:
        """Say whether nothing was left."""
        return 0 < self.brought_milli <= self.sold_milli


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How much to bring, and why: the average sold on the days looked at, more if it often sold out."""

    quantity_milli: int
    days: int
    average_milli: int
    sold_out_days: int
    extra_percent: int


def suggest(past: Sequence[PastDay], *, step_milli: int = PIECE) -> Suggestion | None:
    """Return how much to bring next time, None without a day on which the product was brought.

    The average sold on the last DAYS_LOOKED_AT days it was brought; when it sold out on at least half of
    them, SOLD_OUT_EXTRA_PERCENT more. Rounded up to `step_milli`.
    """
    days = sorted((day for day in past if day.brought_milli > 0), key=lambda day: day.on)[-DAYS_LOOKED_AT:]
    if not days:
        return None
    sold = sum(max(0, day.sold_milli) for day in days)
    gone = sum(1 for day in days if day.sold_out)
    extra = SOLD_OUT_EXTRA_PERCENT if gone * 2 >= len(days) else 0
    steps = -(-sold * (100 + extra) // (len(days) * 100 * step_milli))
    return Suggestion(steps * step_milli, len(days), sold // len(days), gone, extra)
