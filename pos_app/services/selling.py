"""The open cart of a till: scan, change, undo, park, recall, complete."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.barcodes import ScalePattern, normalise_scan, parse_scale_label
from pos_app.domain.cart import Cart, Discount
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action, require_discounts
from pos_app.domain.pricing import PricedCart, PricingPolicy, price
from pos_app.domain.tender import TenderInput, TenderRule
from pos_app.facts.sales import CashReceiptRequest, Override
from pos_app.services import cart_file, cart_lines
from pos_app.services.card_intent import Payment
from pos_app.services.desk import Desk
from pos_app.services.goods import Goods
from pos_app.services.recording import Done, Wish, record_sale
from pos_app.storage.queries import catalogue, sales

if TYPE_CHECKING:
    from pos_app.storage.queries.days import StoredDay, StoredShift
    from pos_app.storage.work import Work

_UNDO_STEPS = 50


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scanned code came to: kind added, unknown (quick-add) or weigh (ask the weight)."""

    kind: str
    line_key: str = ""
    product_id: str = ""
    code: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ParkedCart:
    """A cart put aside."""

    id: str
    name: str
    first_item: str
    others: int
    at: str
    by: str
    total_won: int


class Till:
    """One register's open cart."""

    def __init__(self, desk: Desk, goods: Goods) -> None:
        self._desk = desk
        self._goods = goods
        self._cart = Cart()
        self._undo: list[Cart] = []
        self._overrides: list[Override] = []
        self._warned: dict[str, str] = {}
        with desk.work.read() as rows:
            self._terms = desk.terms(rows)
        self._priced = price(self._cart, self._terms.pricing)
        self._file = cart_file.CartFile(desk.home.carts, desk.till_name)
        self._token = str(uuid.uuid4())
        self.payment = Payment(desk, self._terms.pricing, self._kept)
        self._unfinished = self._left_open()

    @property
    def cart(self) -> Cart:
        return self._cart

    @property
    def priced(self) -> PricedCart:
        return self._priced

    @property
    def policy(self) -> PricingPolicy:
        return self._terms.pricing

    @property
    def rules(self) -> Sequence[TenderRule]:
        return self._terms.tenders

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about lines that sell more than is known to be there."""
        return tuple(self._warned[line.key] for line in self._cart.lines if line.key in self._warned)

    def add(self, product_id: str, quantity_milli: int = 1000, fixed_amount_won: int | None = None) -> str:
        """Put a product into the cart; the key of its line. Raises stock.blocked, quantity.*, price.*"""
        line = self._goods.asked(product_id, quantity_milli, fixed_amount_won)
        warning = cart_lines.check(self._desk, self._goods, self._cart, line, quantity_milli, "")
        changed = self._cart.add(line)
        key = cart_lines.grown(self._cart, changed)
        self._change(changed)
        self._warn(key, warning)
        return key

    def scan(self, text: str) -> Scan:
        """Act on a scanned code. Raises barcode.check_digit for a scale label that does not add up."""
        code = normalise_scan(text)
        if not code:
            return Scan("unknown", code=code)
        product_id = self._goods.find_barcode(code)
        if product_id is not None:
            if self._goods.weighed(product_id):
                return Scan("weigh", product_id=product_id, code=code)
            key = self.add(product_id)
            return Scan("added", key, product_id, code, self._warned.get(key, ""))
        patterns = [ScalePattern.parse(each) for each in self._desk.settings.get("scale_patterns").split()]
        label = parse_scale_label(code, patterns)
        if label is not None:
            product_id = self._goods.find_barcode(label.item_code) or self._by_code(label.item_code)
            if product_id is not None:
                return self._add_label(product_id, label.quantity_milli, label.price_won, code)
        return Scan("unknown", code=code)

    def set_quantity(self, key: str, milli: int) -> None:
        """Another quantity on a line."""
        changed = self._cart.set_quantity(key, milli)
        warning = cart_lines.check(self._desk, self._goods, self._cart, changed.line(key), milli, key)
        self._change(changed)
        self._warn(key, warning)

    def set_price(self, key: str, won: int, override: Override | None = None) -> None:
        """Another price on a line; the role or the override must allow it."""
        lent = self._desk.require(Action.PRICE_OVERRIDE, override)
        changed = self._cart.set_price(key, won)
        self._overrides.extend(lent)
        self._change(changed)

    def set_discount(self, key: str, discount: Discount | None, override: Override | None = None) -> None:
        """A discount on a line; over the role's limit only with an override."""
        self._discounted(self._cart.set_discount(key, discount), override)

    def set_cart_discount(self, discount: Discount | None, override: Override | None = None) -> None:
        """A discount on the whole."""
        self._discounted(self._cart.with_cart_discount(discount), override)

    def set_note(self, key: str, text: str) -> None:
        """A note on a line."""
        self._change(self._cart.set_note(key, text))

    def remove(self, key: str) -> None:
        """Take a line out."""
        self._change(self._cart.remove(key))

    def set_customer(self, text: str) -> None:
        """Empty for a person, else the agency's department."""
        self._change(self._cart.with_customer(text))

    def clear(self) -> None:
        """Empty the cart (can be undone)."""
        self._change(Cart())

    def undo(self) -> bool:
        """Take back the last change of the cart."""
        if not self._undo:
            return False
        self._show(self._undo.pop())
        return True

    def unfinished(self) -> bool:
        """Whether a cart was open when the program ended."""
        return self._unfinished is not None and bool(self._unfinished.cart.lines)

    def resume(self) -> None:
        """Go on with that cart."""
        if self._unfinished is not None:
            kept, self._unfinished = self._unfinished, None
            self._take(kept)

    def drop_unfinished(self) -> None:
        """Let that cart go."""
        self._unfinished = None
        self._file.save(self._kept())

    def close(self) -> None:
        """Let go of the cart's files; the cart stays in them."""
        self._file.close()
        self.payment.close()

    def park(self, name: str = "") -> str:
        """Put the cart aside durably and begin a new one; its id. Raises sale.empty."""
        if not self._cart.lines:
            raise DomainError("sale.empty")
        desk = self._desk
        parked = str(uuid.uuid4())
        row = (
            parked,
            desk.register,
            clean_text(name, 80),
            desk.session.name,
            desk.clock.stamp(),
            cart_file.encode(self._kept()),
        )
        with desk.work.begin(desk.session.operator_id) as work:
            work.rows.run('INSERT INTO "parked_cart" VALUES (?, ?, ?, ?, ?, ?)', *row)
        self._begin_next()
        return parked

    def parked(self) -> list[ParkedCart]:
        """What was put aside here, the latest first."""
        with self._desk.work.read() as rows:
            found = rows.all(
                'SELECT "id", "name", "at", "by", "cart" FROM "parked_cart" WHERE "register" = ? ORDER BY "at" DESC',
                self._desk.register,
            )
        kept = [(row, cart_file.decode(row[4])) for row in found]
        carts = [(row, each.cart if each else Cart()) for row, each in kept]
        return [
            ParkedCart(
                row[0],
                row[1],
                cart.lines[0].name if cart.lines else "",
                max(0, len(cart.lines) - 1),
                row[2],
                row[3],
                price(cart, self._terms.pricing).total_won,
            )
            for row, cart in carts
        ]

    def recall(self, parked_id: str) -> None:
        """Go on with a parked cart. Raises cart.not_empty while another one is open."""
        if self._cart.lines:
            raise DomainError("cart.not_empty")
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            row = work.rows.one('SELECT "cart" FROM "parked_cart" WHERE "id" = ?', parked_id)
            kept = cart_file.decode(row[0]) if row else None
            if kept is None:
                raise DomainError("cart.unknown")
            # The file is written before the row goes, so a power cut keeps one of the two.
            self._file.save(kept)
            work.rows.run('DELETE FROM "parked_cart" WHERE "id" = ?', parked_id)
        self._take(kept)

    def rename_parked(self, parked_id: str, name: str) -> None:
        """Give a parked cart a name."""
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            work.rows.run(
                'UPDATE "parked_cart" SET "name" = ? WHERE "id" = ?', clean_text(name, 80), parked_id
            )

    def discard_parked(self, parked_id: str) -> None:
        """Let a parked cart go."""
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            work.rows.run('DELETE FROM "parked_cart" WHERE "id" = ?', parked_id)

    def repeat_last(self) -> bool:
        """Put what the customer before bought into the empty cart, at today's prices."""
        if self._cart.lines:
            raise DomainError("cart.not_empty")
        with self._desk.work.read() as rows:
            shift = self._desk.shift(rows)
            last = sales.last_sale(rows, shift.id)
            stored = sales.sale(rows, last) if last else None
        if stored is None:
            return False
        self._change(cart_lines.same_again(self._goods, stored.sale))
        return True

    def complete(self, inputs: Sequence[TenderInput], cash_receipt: CashReceiptRequest | None = None) -> Done:
        """Store the sale, its receipt number and its paper in one durable transaction."""
        desk = self._desk
        with desk.work.read() as rows:
            day, shift = desk.day(rows), desk.shift(rows)
        wish = Wish(
            inputs,
            desk.clock.stamp(),
            cash_receipt=cash_receipt,
            overrides=tuple(self._overrides),
            paper=desk.settings.get("print_receipts") == "1",
            drawer=True,
            cart_token=self._token,
            also=self._hand_over(day, shift),
        )
        done = record_sale(desk, day, shift, self._cart, self._terms, wish)
        self._goods.sold(self._cart.lines)
        self._begin_next()
        return done

    def put(self, cart: Cart) -> None:
        """Fill the empty cart with an order from before the day (can be undone). Raises cart.not_empty."""
        if self._cart.lines:
            raise DomainError("cart.not_empty")
        used = max((int(line.key[1:]) for line in cart.lines), default=0)
        self._goods.skip_keys(used)
        self._change(cart)

    def _hand_over(self, day: "StoredDay", shift: "StoredShift") -> "Callable[[Work, str], None] | None":
        if not self._cart.order_id:
            return None
        # lazy: most sales are of no order
        from pos_app.services.pick_ups import recorder

        return recorder(self._desk, day, shift, self._cart.order_id)

    def _begin_next(self) -> None:
        self._undo.clear()
        self._overrides.clear()
        self._warned.clear()
        self._token = str(uuid.uuid4())
        self._show(Cart())

    def _left_open(self) -> cart_file.Kept | None:
        """The cart that was open when the program ended; one that became a sale is let go.

        One whose payment was cut off is open again at once: that payment is asked about, not the cart.
        """
        kept, cut_off = self._file.load(), self.payment.left
        if cut_off is not None:
            # Written with a flush when the card was begun, the cart file was not.
            self._put(kept if kept is not None and kept.token == cut_off.kept.token else cut_off.kept)
            return None
        if kept is None:
            return None
        with self._desk.work.read() as rows:
            sold = rows.one('SELECT 1 FROM "own_log" WHERE "done_cart" = ?', kept.token)
        if sold is not None:
            self._file.save(cart_file.Kept("", Cart()))
            return None
        return kept

    def _kept(self) -> cart_file.Kept:
        return cart_file.Kept(self._token, self._cart, tuple(self._overrides))

    def _put(self, kept: cart_file.Kept) -> None:
        """Make this the open cart, without writing it."""
        self._cart, self._priced = kept.cart, price(kept.cart, self._terms.pricing)
        self._token = kept.token
        self._overrides = list(kept.overrides)
        used = max((int(line.key[1:]) for line in kept.cart.lines if line.key[1:].isdigit()), default=0)
        self._goods.skip_keys(used)
        self._undo.clear()

    def _take(self, kept: cart_file.Kept) -> None:
        self._put(kept)
        self._file.save(kept)

    def _change(self, cart: Cart) -> None:
        before = self._cart
        if not before.lines:  # terms hold from the first line to the payment
            with self._desk.work.read() as rows:
                self._terms = self._desk.terms(rows)
        self._show(cart)
        self._undo.append(before)
        del self._undo[:-_UNDO_STEPS]

    def _show(self, cart: Cart) -> None:
        priced = price(cart, self._terms.pricing)  # may refuse: then nothing changed
        self._cart, self._priced = cart, priced
        if not cart.lines:
            self._overrides.clear()  # rights were lent for this cart, not for the next
            self.payment.drop()
        self._file.save(self._kept())

    def _discounted(self, cart: Cart, override: Override | None) -> None:
        if override is None or override.action != Action.DISCOUNT.value:
            terms = self._terms
            require_discounts(self._desk.session.role, price(cart, terms.pricing), terms.limits)
            self._change(cart)
            return
        price(cart, self._terms.pricing)  # may refuse: then nothing is lent
        self._overrides.append(override)
        self._change(cart)

    def _warn(self, key: str, warning: str) -> None:
        if warning:
            self._warned[key] = warning
        else:
            self._warned.pop(key, None)

    def _add_label(self, product_id: str, milli: int | None, won: int | None, code: str) -> Scan:
        product = self._goods.product(product_id)
        if milli is None and won is not None:
            unit = max(1, product.unit_price_won)
            milli = max(1, (2 * won * 1000 + unit) // (2 * unit))
        key = self.add(product_id, milli or 1000, won)
        return Scan("added", key, product_id, code, self._warned.get(key, ""))

    def _by_code(self, item: str) -> str | None:
        """A scale's item number is the number in the day's product code (P012 or 12 for 00012)."""
        with self._desk.work.read() as rows:
            codes = catalogue.codes(rows, catalogue.day_rosters(rows, self._desk.day(rows).day_id))
        wanted = item.lstrip("0")
        for code, product_id in codes.items():
            digits = "".join(char for char in code if char.isdigit()).lstrip("0")
            if digits and digits == wanted:
                return product_id
        return None
