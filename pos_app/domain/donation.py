"""Donations (사회공헌): leftovers or bought bundles for institutions, with quantities, value and totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.quantity import check_quantity, line_amount_won

MAX_LINES = 500


class Source(StrEnum):
    """Where donated goods come from."""

    LEFTOVER = "leftover"  # a vendor's goods that were not sold: they leave the stock here
    BOUGHT = "bought"  # goods or bundles that someone paid for: they left the stock with the sale


@dataclass(frozen=True, slots=True)
class DonationLine:
    """What is given; valued at its price, half-up to `rounding_won`. `given_by`: vendor or buyer."""

    product_id: str
    vendor_id: str
    name: str
    unit: str
    quantity_milli: int
    unit_price_won: int
    source: Source = Source.LEFTOVER
    given_by: str = ""
    rounding_won: int = 1

    @property
    def value_won(self) -> int:
        """Return what the goods would have cost."""
        return line_amount_won(self.unit_price_won, self.quantity_milli, self.rounding_won)


@dataclass(frozen=True, slots=True)
class Donation:
    """One delivery to one institution on a business date (ISO)."""

    id: str
    institution: str
    on: str
    lines: tuple[DonationLine, ...]
    receiver: str = ""
    note: str = ""

    @property
    def value_won(self) -> int:
        """Return the value of all lines."""
        return sum(line.value_won for line in self.lines)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums for the agency report; each grouping sums to `value_won`."""

    deliveries: int
    institutions: int
    value_won: int
    by_institution: tuple[tuple[str, int], ...]
    by_vendor: tuple[tuple[str, int], ...]
    by_source: tuple[tuple[Source, int], ...]


def check_donation(donation: Donation, on_hand: Mapping[str, int]) -> Donation:
    """Return a donation that can be handed over; `on_hand` is the stock in thousandths by product id.

    Raises donation.no_institution, donation.empty, donation.too_many(max_lines), what check_quantity
    raises, line.no_owner(name) and donation.more_than_left(name, left_milli) for leftovers.
    """
    if not clean_name(donation.institution):
        raise DomainError("donation.no_institution")
    if not donation.lines:
        raise DomainError("donation.empty")
    if len(donation.lines) > MAX_LINES:
        raise DomainError("donation.too_many", max_lines=MAX_LINES)
    names = {line.product_id: line.name for line in donation.lines}
    for line in donation.lines:
        check_quantity(line.quantity_milli)
        if not line.vendor_id:
            raise DomainError("line.no_owner", name=line.name)
    for product_id, quantity_milli in stock_moves(donation):
        left = max(0, on_hand.get(product_id, 0))
        if quantity_milli > left:
            raise DomainError("donation.more_than_left", name=names[product_id], left_milli=left)
    return donation


def stock_moves(donation: Donation) -> tuple[tuple[str, int], ...]:
    """Return (product id, thousandths) that leave the stock: leftovers only, one entry per product."""
    moves: dict[str, int] = {}
    for line in donation.lines:
        if line.source == Source.LEFTOVER:
            moves[line.product_id] = moves.get(line.product_id, 0) + line.quantity_milli
    return tuple(moves.items())


def total(donations: Iterable[Donation]) -> Totals:
    """Return the sums over donations, the largest first; one institution is one name, however spaced."""
    found = list(donations)
    institutions: dict[str, int] = {}
    vendors: dict[str, int] = {}
    sources: dict[Source, int] = {}
    for donation in found:
        name = clean_name(donation.institution)
        institutions[name] = institutions.get(name, 0) + donation.value_won
        for line in donation.lines:
            vendors[line.vendor_id] = vendors.get(line.vendor_id, 0) + line.value_won
            sources[line.source] = sources.get(line.source, 0) + line.value_won
    return Totals(
        len(found),
        len(institutions),
        sum(institutions.values()),
        tuple(sorted(institutions.items(), key=lambda each: (-each[1], each[0]))),
        tuple(sorted(vendors.items(), key=lambda each: (-each[1], each[0]))),
        tuple(sorted(sources.items(), key=lambda each: (-each[1], each[0]))),
    )
