"""The cart while it is being filled: immutable, each change gives a new one."""

from dataclasses import dataclass, replace
from typing import Literal

from pos_app.domain.bundle import MAX_BUNDLES, Bundle, Part, check_bundle, check_count
from pos_app.domain.catalogue import Seller, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.money import MAX_PRICE_WON, MAX_TENDER_WON, whole
from pos_app.domain.quantity import MAX_MILLI, check_quantity

MAX_LINES = 500
MAX_TEXT = 200

DiscountKind = Literal["won", "permille", "markdown_permille"]
_KINDS = ("won", "permille", "markdown_permille")


@dataclass(frozen=True, slots=True)
class Discount:
    """A reduction: `value` is won, or thousandths; a markdown is the closing-hour 떨이."""

    kind: DiscountKind
    value: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CartPart:
    """What one bundle (꾸러미) holds of a product; `weight` is its agreed share of the price."""

    product_id: str
    vendor_id: str
    seller: Seller
    name: str
    unit: str
    sold_by: SoldBy
    tax_class: TaxClass
    list_price_won: int
    quantity_milli: int
    weight: int


@dataclass(frozen=True, slots=True)
class PartOf:
    """Which bundle a line of a priced cart is a part of; `no` counts the cart's bundles from 1."""

    id: str
    name: str
    no: int
    count: int
    amount_won: int


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line. `list_price_won` is the catalogue's, `unit_price_won` what is asked now.

    `fixed_amount_won` is the won printed on a scale label: it stands instead of
    price x quantity until quantity or price are changed by hand. A bundle is one line with its
    `parts` (owner, seller and tax are then those of the parts); it becomes a line per part, each
    with `part_of`, when it is paid.
    """

    key: str
    product_id: str
    vendor_id: str
    seller: Seller
    name: str
    unit: str
    sold_by: SoldBy
    tax_class: TaxClass
    list_price_won: int
    unit_price_won: int
    quantity_milli: int
    discount: Discount | None = None
    note: str = ""
    fixed_amount_won: int | None = None
    parts: tuple[CartPart, ...] = ()
    part_of: PartOf | None = None
    planned_permille: int = 0  # what a 떨이 that the vendor agreed to takes off, whoever stands at the till

    def marked_down(self, discount: Discount) -> "CartLine":
        """Return the line with the discount of a mark-down plan."""
        return replace(self, discount=discount, planned_permille=discount.value)


def bundle_of(line: CartLine) -> Bundle:
    """Return the bundle that a line is, at the price asked now."""
    parts = tuple(
        Part(part.product_id, part.vendor_id, part.quantity_milli, part.weight, part.name, part.unit)
        for part in line.parts
    )
    return Bundle(line.product_id, line.name, line.unit_price_won, parts)


def bundle_count(line: CartLine, quantity_milli: int) -> int:
    """Return how many whole bundles a quantity is; raises bundle.count and quantity.* for a part."""
    count, rest = divmod(quantity_milli, 1000)
    if rest:
        raise DomainError("bundle.count", max_count=MAX_BUNDLES)
    check_count(count)
    for part in line.parts:
        check_quantity(part.quantity_milli * count)
    return count


def check_price(price_won: int) -> int:
    """Return a price if it is one; raises price.not_whole, price.negative, price.too_large."""
    whole(price_won, "price.not_whole")
    if price_won < 0:
        raise DomainError("price.negative")
    if price_won > MAX_PRICE_WON:
        raise DomainError("price.too_large", max_won=MAX_PRICE_WON)
    return price_won


def check_discount(discount: Discount | None) -> Discount | None:
    """Return a discount if it is one, None for none or zero.

    Raises discount.unknown_kind, discount.not_whole, discount.negative, discount.over_full
    (above 1000 thousandths) or discount.too_large.
    """
    if discount is None:
        return None
    if discount.kind not in _KINDS:
        raise DomainError("discount.unknown_kind", kind=str(discount.kind))
    whole(discount.value, "discount.not_whole")
    if discount.value < 0:
        raise DomainError("discount.negative")
    if discount.kind != "won" and discount.value > 1000:
        raise DomainError("discount.over_full")
    if discount.value > MAX_TENDER_WON:
        raise DomainError("discount.too_large", max_won=MAX_TENDER_WON)
    if not discount.value:
        return None
    reason = check_text(discount.reason)
    return discount if reason == discount.reason else replace(discount, reason=reason)


def check_text(text: str) -> str:
    """Return a note or a customer's name, cleaned; raises text.too_long."""
    return clean_text(text, MAX_TEXT)


def _check_owner(line: CartLine) -> None:
    """Every won needs somebody whom it belongs to: the line's owner, or each part's."""
    if line.parts:
        check_bundle(bundle_of(replace(line, unit_price_won=line.list_price_won)))
        bundle_count(line, line.quantity_milli)
    for owner in line.parts or (line,):
        if not owner.vendor_id or not owner.seller.id:
            raise DomainError("line.no_owner", name=owner.name)


def _merges(old: CartLine, new: CartLine) -> bool:
    """Say whether a further piece may simply raise the quantity of a line that is there."""
    return (
        old.product_id == new.product_id
        and old.sold_by == new.sold_by == SoldBy.EACH
        and old.unit_price_won == new.unit_price_won
        and old.list_price_won == new.list_price_won
        and old.tax_class == new.tax_class
        and old.seller == new.seller
        and old.vendor_id == new.vendor_id
        and old.discount == new.discount
        and (new.discount is None or old.planned_permille == new.planned_permille == new.discount.value)
        and old.note == new.note
        and old.fixed_amount_won is None
        and new.fixed_amount_won is None
        and old.parts == new.parts
        and old.quantity_milli + new.quantity_milli <= MAX_MILLI
    )


@dataclass(frozen=True, slots=True)
class Cart:
    """Lines in the order they came; `customer` empty means a person, else a department.

    `order_id` is the order from before the day (공동구매) that is picked up with it, of which
    `prepaid_won` was paid then.
    """

    lines: tuple[CartLine, ...] = ()
    discount: Discount | None = None
    customer: str = ""
    note: str = ""
    order_id: str = ""
    prepaid_won: int = 0

    def line(self, key: str) -> CartLine:
        """Return the line with this key; raises line.unknown."""
        for line in self.lines:
            if line.key == key:
                return line
        raise DomainError("line.unknown", key=key)

    def add(self, line: CartLine) -> "Cart":
        """Return the cart with one line more, or with the newest alike line's quantity raised.

        Weighed goods, discounted lines and lines with their own amount never merge.
        Raises quantity.*, price.*, discount.*, text.too_long, line.doubled, cart.too_many_lines.
        """
        check_quantity(line.quantity_milli)
        check_price(line.list_price_won)
        check_price(line.unit_price_won)
        if line.fixed_amount_won is not None:
            check_price(line.fixed_amount_won)
        checked = check_discount(line.discount)
        if checked is not line.discount:
            line = replace(line, discount=checked)
        check_text(line.note)
        _check_owner(line)
        for index in range(len(self.lines) - 1, -1, -1):
            old = self.lines[index]
            if _merges(old, line):
                return self.set_quantity(old.key, old.quantity_milli + line.quantity_milli)
        if any(old.key == line.key for old in self.lines):
            raise DomainError("line.doubled", key=line.key)
        if sum(len(each.parts) or 1 for each in (*self.lines, line)) > MAX_LINES:
            raise DomainError("cart.too_many_lines", max_lines=MAX_LINES)
        return replace(self, lines=(*self.lines, line))

    def set_quantity(self, key: str, quantity_milli: int) -> "Cart":
        """Return the cart with another quantity on a line; a scale label's own amount falls away."""
        check_quantity(quantity_milli)
        line = self.line(key)
        if line.parts:
            bundle_count(line, quantity_milli)
        return self._change(key, quantity_milli=quantity_milli, fixed_amount_won=None)

    def set_price(self, key: str, price_won: int) -> "Cart":
        """Return the cart with another unit price on a line; the list price stays as it was."""
        check_price(price_won)
        return self._change(key, unit_price_won=price_won, fixed_amount_won=None)

    def set_discount(self, key: str, discount: Discount | None) -> "Cart":
        """Return the cart with a line discount set, or with None or zero taken off."""
        return self._change(key, discount=check_discount(discount))

    def set_note(self, key: str, note: str) -> "Cart":
        """Return the cart with a note on a line."""
        return self._change(key, note=check_text(note))

    def remove(self, key: str) -> "Cart":
        """Return the cart without a line; without its last line it has no discount and no order either."""
        gone = self.line(key)
        lines = tuple(line for line in self.lines if line is not gone)
        if not lines:
            return replace(self, lines=(), discount=None, order_id="", prepaid_won=0)
        return replace(self, lines=lines)

    def with_cart_discount(self, discount: Discount | None) -> "Cart":
        """Return the cart with a discount on the whole; whether it fits is said when it is priced."""
        return replace(self, discount=check_discount(discount))

    def with_customer(self, customer: str) -> "Cart":
        """Return the cart for an agency's department; empty means a person."""
        return replace(self, customer=check_text(customer))

    def with_note(self, note: str) -> "Cart":
        """Return the cart with a note on the whole."""
        return replace(self, note=check_text(note))

    def _change(self, key: str, **fields: object) -> "Cart":
        for index, line in enumerate(self.lines):
            if line.key == key:
                return self._put(index, replace(line, **fields))  # type: ignore[arg-type]
        raise DomainError("line.unknown", key=key)

    def _put(self, index: int, line: CartLine) -> "Cart":
        return replace(self, lines=(*self.lines[:index], line, *self.lines[index + 1 :]))
