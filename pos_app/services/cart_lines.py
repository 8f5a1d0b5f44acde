"""The lines of a cart: what they take from the stock, which one grew, the same once more."""

from collections.abc import Iterator

from pos_app.domain.cart import Cart, CartLine
from pos_app.domain.stock import check_oversell
from pos_app.facts.sales import Sale
from pos_app.i18n.texts import tr
from pos_app.services.desk import Desk
from pos_app.services.goods import Goods
from pos_app.storage.queries import catalogue


def moves(line: CartLine, quantity_milli: int) -> Iterator[tuple[str, int]]:
    """What such a line takes from the stock: (product id, thousandths); of a bundle each part."""
    if not line.parts:
        yield line.product_id, quantity_milli
    for part in line.parts:
        yield part.product_id, part.quantity_milli * quantity_milli // 1000


def check(desk: Desk, goods: Goods, cart: Cart, line: CartLine, milli: int, key: str) -> str:
    """A sentence when more is in the cart than is known to be there, else empty; `key` is not counted.

    Raises stock.blocked by the product's own policy.
    """
    said = ""
    for product_id, needed in moves(line, milli):
        with desk.work.read() as rows:
            on_hand = catalogue.on_hand_of(rows, product_id)
        others = sum(
            taken
            for other in cart.lines
            if other.key != key
            for of, taken in moves(other, other.quantity_milli)
            if of == product_id
        )
        if on_hand is None or others + needed <= on_hand:
            continue  # the commonest: nothing more needs to be read
        product = goods.product(product_id)
        if check_oversell(product.oversell, on_hand, others + needed) != "ok" and not said:
            said = tr("{name}: 남은 것보다 많이 담았어요. 그대로 팔 수 있어요.", name=product.name)
    return said


def grown(before: Cart, after: Cart) -> str:
    """The key of the line that was added or grew."""
    if len(after.lines) > len(before.lines):
        return after.lines[-1].key
    return next(new.key for old, new in zip(before.lines, after.lines, strict=True) if old is not new)


def same_again(goods: Goods, sale: Sale) -> Cart:
    """A cart of what a sale held, at today's prices; the parts of a bundle are one bundle again."""
    cart, bundles = Cart(), set()
    for line in sale.lines:
        if line.bundle_no not in bundles:
            count = line.bundle_count * 1000 or line.quantity_milli
            cart = cart.add(goods.asked(line.bundle_id or line.product_id, count))
        if line.bundle_no:
            bundles.add(line.bundle_no)
    return cart
