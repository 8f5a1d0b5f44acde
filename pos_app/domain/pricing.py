"""What a cart costs: line amounts, line discounts, cart discount, cash truncation, in this order."""

from dataclasses import dataclass, replace

from pos_app.domain.bundle import shares
from pos_app.domain.cart import Cart, CartLine, Discount, PartOf, bundle_count, bundle_of
from pos_app.domain.catalogue import SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.money import round_half_up, spread, truncation
from pos_app.domain.quantity import line_amount_won

_STEPS = (1, 5, 10, 50, 100, 500, 1000)


@dataclass(frozen=True, slots=True)
class PricingPolicy:
    """How finely weighed lines are rounded and cash totals are cut, in won (1: not at all)."""

    weighed_rounding_won: int = 10
    cash_truncation_won: int = 10

    def __post_init__(self) -> None:
        for step in (self.weighed_rounding_won, self.cash_truncation_won):
            if type(step) is not int or step not in _STEPS:
                raise DomainError("policy.rounding_step", value=str(step)[:40])


DEFAULT_POLICY = PricingPolicy()


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line in won: net = amount - discount - share of the cart discount - share of the truncation."""

    line: CartLine
    amount_won: int
    discount_won: int
    cart_discount_won: int
    truncation_won: int
    net_won: int


@dataclass(frozen=True, slots=True)
class PricedCart:
    """A cart in won: total = gross - discount - truncation; discounts of lines and cart together."""

    lines: tuple[PricedLine, ...]
    gross_won: int
    discount_won: int
    truncation_won: int
    total_won: int


def discount_won(discount: Discount | None, of_won: int) -> int:
    """Return what a discount takes off `of_won`; thousandths half-up to the won.

    Raises DomainError("discount.over_amount", of_won, discount_won) for more won than there are.
    """
    if discount is None:
        return 0
    if discount.kind != "won":
        return round_half_up(of_won * discount.value, 1000)
    if discount.value > of_won:
        raise DomainError("discount.over_amount", of_won=of_won, discount_won=discount.value)
    return discount.value


def amount_of(line: CartLine, policy: PricingPolicy) -> int:
    """Return a line's amount before discounts: what its scale label says, else price x quantity."""
    if line.fixed_amount_won is not None and not line.parts:
        return line.fixed_amount_won
    rounding = policy.weighed_rounding_won if line.sold_by == SoldBy.WEIGHT else 1
    return line_amount_won(line.unit_price_won, line.quantity_milli, rounding)


def price(cart: Cart, policy: PricingPolicy = DEFAULT_POLICY) -> PricedCart:
    """Return what the cart costs before anything is known of tenders (so without truncation).

    Raises DomainError("discount.over_amount") when a won discount exceeds what it is taken off.
    """
    amounts = [amount_of(line, policy) for line in cart.lines]
    discounts = [
        discount_won(line.discount, amount) for line, amount in zip(cart.lines, amounts, strict=True)
    ]
    left = [amount - off for amount, off in zip(amounts, discounts, strict=True)]
    subtotal = sum(left)
    shares = spread(discount_won(cart.discount, subtotal), left)
    lines = tuple(
        PricedLine(line, amount, off, share, 0, rest - share)
        for line, amount, off, share, rest in zip(cart.lines, amounts, discounts, shares, left, strict=True)
    )
    gross = sum(amounts)
    total = subtotal - sum(shares)
    return PricedCart(lines, gross, gross - total, 0, total)


def expand(priced: PricedCart) -> PricedCart:
    """Return the cart with one line per part of each bundle (꾸러미); every sum stays as it was.

    Price and reductions are shared by largest remainder; a part's unit price is what its share
    comes to, rounded half-up, and its amount is fixed.
    """
    if not any(item.line.parts for item in priced.lines):
        return priced
    lines: list[PricedLine] = []
    bundles = 0
    for item in priced.lines:
        if item.line.parts:
            bundles += 1
            lines.extend(_parts_of(item, bundles))
        else:
            lines.append(item)
    return replace(priced, lines=tuple(lines))


def _parts_of(item: PricedLine, no: int) -> list[PricedLine]:
    line = item.line
    count = bundle_count(line, line.quantity_milli)
    split = shares(bundle_of(line), count, item.discount_won)
    offs = spread(item.cart_discount_won, [share.net_won for share in split])
    cuts = spread(item.truncation_won, [share.net_won - off for share, off in zip(split, offs, strict=True)])
    whole = PartOf(line.product_id, line.name, no, count, item.amount_won)
    made = []
    for at, (part, share, off, cut) in enumerate(zip(line.parts, split, offs, cuts, strict=True)):
        own = CartLine(
            f"{line.key}.{at + 1}",
            part.product_id,
            part.vendor_id,
            part.seller,
            part.name,
            part.unit,
            part.sold_by,
            part.tax_class,
            part.list_price_won,
            round_half_up(share.amount_won * 1000, share.quantity_milli),
            share.quantity_milli,
            line.discount,
            "" if at else line.note,
            share.amount_won,
            part_of=whole,
        )
        net = share.net_won - off - cut
        made.append(PricedLine(own, share.amount_won, share.discount_won, off, cut, net))
    return made


def truncate_cash(priced: PricedCart, cash_due_other_won: int, policy: PricingPolicy) -> PricedCart:
    """Return the cart with its cash part cut, when `cash_due_other_won` is paid by other tenders."""
    cut = truncation(max(0, priced.total_won - cash_due_other_won), policy.cash_truncation_won)
    return cut_by(priced, cut, [line.net_won for line in priced.lines])


def cut_by(priced: PricedCart, cut_won: int, weights: list[int]) -> PricedCart:
    """Return the cart with `cut_won` less, spread over the lines by `weights` (won, in line order)."""
    if cut_won == 0:
        return priced
    lines = tuple(
        PricedLine(
            old.line,
            old.amount_won,
            old.discount_won,
            old.cart_discount_won,
            old.truncation_won + share,
            old.net_won - share,
        )
        for old, share in zip(priced.lines, spread(cut_won, weights), strict=True)
    )
    return PricedCart(
        lines,
        priced.gross_won,
        priced.discount_won,
        priced.truncation_won + cut_won,
        priced.total_won - cut_won,
    )
