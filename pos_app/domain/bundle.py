"""Bundles (꾸러미): parts of several vendors under one price that is shared by agreed weights, to the won."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pos_app.domain.errors import DomainError
from pos_app.domain.money import MAX_PRICE_WON, spread, whole
from pos_app.domain.quantity import MAX_MILLI

MAX_PARTS = 50
MAX_BUNDLES = 9_999
MAX_WEIGHT = 999_999_999


@dataclass(frozen=True, slots=True)
class Part:
    """What lies in one bundle: `quantity_milli` of a product; `weight` is its share, often its price."""

    product_id: str
    vendor_id: str
    quantity_milli: int
    weight: int
    name: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle sold at one price, VAT inside."""

    id: str
    name: str
    price_won: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PartShare:
    """One part of a sale of bundles: net = amount - discount; each part is a line with its owner."""

    part: Part
    quantity_milli: int
    amount_won: int
    discount_won: int
    net_won: int


@dataclass(frozen=True, slots=True)
class PickLine:
    """How much of a product a vendor makes ready for the bundles ordered."""

    vendor_id: str
    product_id: str
    name: str
    unit: str
    quantity_milli: int


def check_bundle(bundle: Bundle) -> Bundle:
    """Return a bundle that makes sense.

    Raises bundle.empty, bundle.too_many_parts(max_parts), bundle.price(max_won), bundle.weight(name),
    bundle.no_weight, bundle.quantity(name), bundle.part_doubled(name), line.no_owner(name).
    """
    if not bundle.parts:
        raise DomainError("bundle.empty")
    if len(bundle.parts) > MAX_PARTS:
        raise DomainError("bundle.too_many_parts", max_parts=MAX_PARTS)
    if not 1 <= whole(bundle.price_won, "price.not_whole") <= MAX_PRICE_WON:
        raise DomainError("bundle.price", max_won=MAX_PRICE_WON)
    seen: set[str] = set()
    for part in bundle.parts:
        _check_part(part)
        if part.product_id in seen:
            raise DomainError("bundle.part_doubled", name=part.name)
        seen.add(part.product_id)
    if not any(part.weight for part in bundle.parts):
        raise DomainError("bundle.no_weight")
    return bundle


def _check_part(part: Part) -> None:
    if not part.vendor_id:
        raise DomainError("line.no_owner", name=part.name)
    if not 1 <= whole(part.quantity_milli, "quantity.not_whole") <= MAX_MILLI:
        raise DomainError("bundle.quantity", name=part.name)
    if not 0 <= whole(part.weight, "bundle.weight_not_whole") <= MAX_WEIGHT:
        raise DomainError("bundle.weight", name=part.name)


def check_count(count: int) -> int:
    """Return a number of bundles if it is one; raises bundle.count(max_count)."""
    if not 1 <= whole(count, "quantity.not_whole") <= MAX_BUNDLES:
        raise DomainError("bundle.count", max_count=MAX_BUNDLES)
    return count


def shares(bundle: Bundle, count: int, discount_won: int = 0) -> tuple[PartShare, ...]:
    """Return the parts of `count` bundles sold together, `discount_won` taken off the whole.

    Amounts sum to price x count, discounts to the discount. The price is spread once over the whole
    count, so that no part gains a won with every bundle. Raises bundle.count or discount.over_amount.
    """
    amount_won = bundle.price_won * check_count(count)
    if not 0 <= discount_won <= amount_won:
        raise DomainError("discount.over_amount", of_won=amount_won, discount_won=discount_won)
    amounts = spread(amount_won, [part.weight for part in bundle.parts])
    discounts = spread(discount_won, amounts)
    return tuple(
        PartShare(part, part.quantity_milli * count, amount, off, amount - off)
        for part, amount, off in zip(bundle.parts, amounts, discounts, strict=True)
    )


def stock_moves(bundle: Bundle, count: int) -> tuple[tuple[str, int], ...]:
    """Return (product id, thousandths) that leave the stock with `count` bundles, both positive."""
    check_count(count)
    return tuple((part.product_id, part.quantity_milli * count) for part in bundle.parts)


def can_make(bundle: Bundle, on_hand: Mapping[str, int]) -> int:
    """Return how many bundles the stock (thousandths by product id) suffices for; unknown counts as none."""
    return min(max(0, on_hand.get(part.product_id, 0)) // part.quantity_milli for part in bundle.parts)


def pick_list(orders: Iterable[tuple[Bundle, int]]) -> tuple[PickLine, ...]:
    """Return what the bundles ordered need, by vendor and product, in order of first appearance."""
    lines: dict[tuple[str, str], PickLine] = {}
    for bundle, count in orders:
        for part in bundle.parts:
            key = (part.vendor_id, part.product_id)
            before = lines[key].quantity_milli if key in lines else 0
            needed = before + part.quantity_milli * check_count(count)
            lines[key] = PickLine(part.vendor_id, part.product_id, part.name, part.unit, needed)
    order = {vendor_id: place for place, vendor_id in enumerate(dict.fromkeys(vendor for vendor, _ in lines))}
    return tuple(sorted(lines.values(), key=lambda line: order[line.vendor_id]))
