"""Sell-through (완판율): how much of what was brought has been sold, by product, vendor and market."""

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.quantity import line_amount_won

FULL = 1000


@dataclass(frozen=True, slots=True)
class Offered:
    """A product's day in thousandths: brought, carried out unsold, sold less refunds; price in won."""

    vendor_id: str
    product_id: str
    unit_price_won: int
    brought_milli: int
    sold_milli: int
    gone_milli: int = 0  # taken home, donated or waste
    rounding_won: int = 1

    @property
    def left_milli(self) -> int:
        """Return what is still there, never below 0."""
        return max(0, self.brought_milli - self.sold_milli - self.gone_milli)

    @property
    def sold_out(self) -> bool:
        """Say whether all that was brought was sold: what went home unsold is no 완판."""
        return 0 < self.brought_milli <= self.sold_milli


@dataclass(frozen=True, slots=True)
class SellThrough:
    """A sum over products. `permille` weighs each by its value at the asked price; None: nothing brought.

    It is 1000 only when every product brought has been sold out.
    """

    permille: int | None
    products: int
    sold_out: int
    brought_won: int
    sold_won: int


def permille(sold: int, brought: int) -> int | None:
    """Return the share sold in thousandths, cut, between 0 and 1000; None where nothing was brought."""
    if brought <= 0:
        return None
    return min(FULL, max(0, sold) * FULL // brought)


def of_product(offered: Offered) -> int | None:
    """Return a product's share sold in thousandths."""
    return permille(offered.sold_milli, offered.brought_milli)


def of_all(products: Iterable[Offered]) -> SellThrough:
    """Return the sum over products; those that were never brought don't count.

    More sold than brought (goods that nobody booked in) counts as all of it.
    """
    count = gone = brought = sold = 0
    for each in products:
        if each.brought_milli <= 0:
            continue
        count += 1
        gone += each.sold_out
        of_these = min(max(0, each.sold_milli), each.brought_milli)
        brought += line_amount_won(each.unit_price_won, each.brought_milli, each.rounding_won)
        sold += line_amount_won(each.unit_price_won, of_these, each.rounding_won)
    return _summed(count, gone, brought, sold)


def together(parts: Iterable[SellThrough]) -> SellThrough:
    """Return the sum of sums: what `of_all` says of all their products."""
    known = list(parts)
    return _summed(
        sum(each.products for each in known),
        sum(each.sold_out for each in known),
        sum(each.brought_won for each in known),
        sum(each.sold_won for each in known),
    )


def _summed(count: int, gone: int, brought: int, sold: int) -> SellThrough:
    if count and gone == count:
        share: int | None = FULL
    elif brought:
        share = min(FULL - 1, sold * FULL // brought)
    else:
        share = permille(gone, count)  # gifts have no value to weigh by
    return SellThrough(share, count, gone, brought, sold)


def by_vendor(products: Iterable[Offered]) -> tuple[tuple[str, SellThrough], ...]:
    """Return (vendor id, sum), the best first; vendors without goods last."""
    own: dict[str, list[Offered]] = {}
    for each in products:
        own.setdefault(each.vendor_id, []).append(each)
    sums = [(vendor_id, of_all(goods)) for vendor_id, goods in own.items()]
    return tuple(sorted(sums, key=lambda each: (-_rank(each[1]), each[0])))


def _rank(found: SellThrough) -> int:
    return -1 if found.permille is None else found.permille
