"""The open cart of the till in memory, over the real rules of the trade."""

from dataclasses import replace

from pos_app.domain.cart import Cart, CartLine, Discount
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, discount_limit_permille, require
from pos_app.domain.pricing import DEFAULT_POLICY, price
from pos_app.domain.stock import check_oversell
from pos_app.domain.tender import DEFAULT_RULES, notes_for, settle
from tests.ui.screens.fake_market import NOW, view


class FakePayment:
    """Remembers a payment as long as the process lives."""

    def __init__(self):
        self.rows, self.card, self.left = (), None, None

    def begun(self):
        return bool(self.rows) or self.card is not None

    def keep(self, rows, card):
        self.rows, self.card = tuple(rows), card
        return False

    def flush(self):
        pass

    def answered(self):
        self.left = None

    def drop(self):
        self.rows, self.card, self.left = (), None, None


class FakeTill:
    def __init__(self, house):
        self.house = house
        self.payment = FakePayment()
        self.cart = Cart()
        self.rules = DEFAULT_RULES
        self.policy = DEFAULT_POLICY
        self.history = []
        self.warnings = ()
        self.last = None
        self.was_unfinished = False
        self.parked_carts = {}
        self.counter = 0
        self.fail = None

    @property
    def priced(self):
        return price(self.cart, self.policy)

    def _keep(self, new):
        price(new, self.policy)
        self.history.append(self.cart)
        self.cart = new

    def _line(self, product_id, milli):
        item = self.house.goods.items[product_id]
        self.counter += 1
        markdown = item.markdown_permille
        return CartLine(
            key=f"k{self.counter}",
            product_id=product_id,
            vendor_id=item.vendor_id,
            seller=Seller(item.vendor_id, item.vendor, "", SellerTaxKind.EXEMPT),
            name=item.name,
            unit=item.unit,
            sold_by=item.sold_by,
            tax_class=item.tax_class,
            list_price_won=item.unit_price_won,
            unit_price_won=item.unit_price_won,
            quantity_milli=milli,
            discount=Discount("markdown_permille", markdown, "떨이") if markdown else None,
        )

    def add(self, product_id, quantity_milli=1000):
        item = self.house.goods.items[product_id]
        line = self._line(product_id, quantity_milli)
        had = sum(other.quantity_milli for other in self.cart.lines if other.product_id == product_id)
        state = check_oversell(item.oversell, item.on_hand_milli, had + quantity_milli)
        same = [
            x for x in self.cart.lines if x.product_id == product_id and x.sold_by is SoldBy.EACH and x.discount
        ]
        if same and same[-1].discount == line.discount:
            key = same[-1].key
            self._keep(self.cart.set_quantity(key, same[-1].quantity_milli + quantity_milli))
        else:
            self._keep(self.cart.add(line))
            key = next(x.key for x in reversed(self.cart.lines) if x.product_id == product_id)
        self.warnings = (f"{item.name}: 남은 것보다 많이 담았어요.",) if state == "warn" else ()
        return key

    def scan(self, text):
        code = text.strip()
        product_id = self.house.goods.find_barcode(code)
        if product_id is None:
            return view(kind="unknown", line_key="", product_id="", code=code, warning="")
        if self.house.goods.items[product_id].sold_by is SoldBy.WEIGHT:
            return view(kind="weigh", line_key="", product_id=product_id, code=code, warning="")
        key = self.add(product_id)
        return view(kind="added", line_key=key, product_id=product_id, code=code, warning="")

    def set_quantity(self, key, milli):
        self._keep(self.cart.set_quantity(key, milli))

    def set_price(self, key, won, override=None):
        if override is None:
            require(self.house.session.role, Action.PRICE_OVERRIDE)
        self._keep(self.cart.set_price(key, won))

    def _check_discount(self, discount, override):
        limit = discount_limit_permille(self.house.session.role)
        if discount and override is None and discount.kind != "won" and discount.value > limit:
            raise DomainError("discount.over_limit", limit_permille=limit)

    def set_discount(self, key, discount, override=None):
        self._check_discount(discount, override)
        self._keep(self.cart.set_discount(key, discount))

    def set_cart_discount(self, discount, override=None):
        self._check_discount(discount, override)
        self._keep(self.cart.with_cart_discount(discount))

    def set_note(self, key, text):
        self._keep(self.cart.set_note(key, text))

    def remove(self, key):
        self._keep(self.cart.remove(key))

    def set_customer(self, text):
        self._keep(self.cart.with_customer(text))

    def clear(self):
        self._keep(Cart())

    def undo(self):
        if not self.history:
            return False
        self.cart = self.history.pop()
        return True

    def unfinished(self):
        return self.was_unfinished

    def resume(self):
        self.was_unfinished = False

    def drop_unfinished(self):
        self.was_unfinished = False
        self.cart = Cart()

    def park(self, name=""):
        number = f"h{len(self.parked_carts)}"
        self.parked_carts[number] = (name, self.cart, NOW)
        self.cart, self.history = Cart(), []
        return number

    def parked(self):
        return [
            view(
                id=number,
                name=name,
                first_item=cart.lines[0].name,
                others=len(cart.lines) - 1,
                at=at,
                by="박영지",
                total_won=price(cart, self.policy).total_won,
            )
            for number, (name, cart, at) in self.parked_carts.items()
        ]

    def recall(self, number):
        self.cart = self.parked_carts.pop(number)[1]

    def rename_parked(self, number, name):
        _, cart, at = self.parked_carts[number]
        self.parked_carts[number] = (name, cart, at)

    def discard_parked(self, number):
        self.parked_carts.pop(number)

    def repeat_last(self):
        if self.last is None:
            return False
        self._keep(replace(self.last, customer=""))
        return True

    def complete(self, inputs, cash_receipt=None):
        if self.fail is not None:
            raise self.fail
        settled = settle(self.priced, list(inputs), self.rules, self.policy)
        house = self.house
        number = f"R2-K7-{137 + len(house.sales):04d}"
        sale = {"no": number, "settled": settled, "at": NOW, "back": {}, "voided": False}
        house.sales[number] = sale
        self.last, self.cart, self.history = self.cart, Cart(), []
        self.payment.drop()
        return view(
            sale_id=number,
            receipt_no=number,
            total_won=settled.priced.total_won,
            received_won=settled.received_won,
            change_won=settled.change_won,
            notes=notes_for(settled.change_won),
            print_job_id=f"job{len(house.sales)}",
        )
