"""Handing orders out: the sale, the hand-over and the order's new state are one transaction.

An order paid before the day is recorded as a sale when it is handed out, as a transfer of kind "preorder"
that the cooperative holds: the goods change hands now, so stock, tax and settlement are of this day.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain import preorder as rules
from pos_app.domain.cart import Cart, CartLine
from pos_app.domain.catalogue import SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.domain.preorder import OrderLine
from pos_app.domain.tender import DEFAULT_RULES, TenderInput, TenderType
from pos_app.facts.market import PickUp
from pos_app.facts.shifts import CashMovement
from pos_app.i18n.texts import tr
from pos_app.services.preorder_book import Book, Known, told
from pos_app.services.recording import Done, Wish, notes, record_sale
from pos_app.storage.queries import preorders
from pos_app.storage.queries.days import StoredDay, StoredShift
from pos_app.storage.unit_of_work import register_scope
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.services.desk import Desk
    from pos_app.services.goods import Goods
    from pos_app.services.selling import Till
    from pos_app.storage.work import Work

PREORDER = "preorder"


def prepaid(won: int) -> tuple[TenderInput, ...]:
    """What was paid before the day, as a tender; nothing for nothing."""
    if won <= 0:
        return ()
    return (TenderInput(TenderType.TRANSFER, won, PREORDER, payer=tr("공동구매 미리 낸 돈")),)


def recorder(
    desk: "Desk", day: StoredDay, shift: StoredShift, order_id: str
) -> "Callable[[Work, str], None]":
    """What to record with the sale that an order becomes; refuses an order that went out meanwhile."""

    def record(work: "Work", sale_id: str) -> None:
        known = _known(work.rows, Book(), order_id)
        order = known.masked
        _check_day(work.rows, day, known)
        done = rules.hand_over(order, order.due_won)
        at, by = desk.clock.stamp(), desk.session.name
        scope = register_scope(day.day_id, desk.register)
        if order.give_back_won:
            reason = tr("공동구매 차액 {person}", person=order.person)
            back = order.give_back_won
            moved = CashMovement(shift.id, day.day_id, desk.register, at, "pay_out", back, reason, by)
            work.record(scope, moved)
        # Of what was paid now the sale tells; should it be taken back whole, that is to be paid again.
        done = replace(done, paid_won=min(order.paid_won, order.total_won))
        work.record(scope, told(known.fact, done, at, by))
        work.record(scope, PickUp(order_id, day.day_id, desk.register, at, sale_id, done.version, by))

    return record


class PickUps:
    """Orders handed out at this till, with no network."""

    def __init__(self, desk: "Desk", goods: "Goods", till: "Till") -> None:
        self._desk = desk
        self._goods = goods
        self._till = till
        self._book = Book()

    def take(self, order_id: str) -> None:
        """Put an order into the empty cart at its agreed prices, to be paid like any other.

        Raises preorder.in_cart, preorder.picked_up_already, preorder.cancelled, preorder.other_day, product.unknown.
        """
        self._desk.require(Action.SELL)
        if self._till.cart.lines:
            raise DomainError("preorder.in_cart")
        known = self._open(order_id)
        self._till.put(self._cart(known))

    def hand_out(self, order_id: str) -> Done:
        """Hand out an order that was paid before; what is to give back leaves the drawer.

        Raises what take raises, and preorder.not_paid(missing_won).
        """
        desk = self._desk
        desk.require(Action.SELL)
        known = self._open(order_id)
        order = known.masked
        if order.due_won:
            raise DomainError("preorder.not_paid", missing_won=order.due_won)
        with desk.work.read() as rows:
            day, shift, terms = desk.day(rows), desk.shift(rows), desk.terms(rows)
        if all(rule.type is not TenderType.TRANSFER for rule in terms.tenders):
            more = tuple(rule for rule in DEFAULT_RULES if rule.type is TenderType.TRANSFER)
            terms = replace(terms, tenders=(*terms.tenders, *more))
        cart = self._cart(known)
        wish = Wish(
            prepaid(order.total_won),
            desk.clock.stamp(),
            paper=desk.settings.get("print_receipts") == "1",
            drawer=bool(order.give_back_won),
            also=recorder(desk, day, shift, order_id),
        )
        done = record_sale(desk, day, shift, cart, terms, wish)
        self._goods.sold(cart.lines)
        back = order.give_back_won
        return replace(done, change_won=back, notes=notes(back)) if back else done

    def prepaid(self) -> tuple[TenderInput, ...]:
        """What was paid before the day of the order that is in the cart."""
        return prepaid(min(self._till.cart.prepaid_won, self._till.priced.total_won))

    def _open(self, order_id: str) -> Known:
        with self._desk.work.read() as rows:
            known = _known(rows, self._book, order_id)
            _check_day(rows, self._desk.day(rows), known)
        rules.step(known.masked, rules.OrderState.PICKED_UP)  # says why not
        return known

    def _cart(self, known: Known) -> Cart:
        order = known.masked
        cart = Cart(
            note=tr("공동구매 {person}", person=order.person) if order.person else "",
            order_id=order.id,
            prepaid_won=min(order.paid_won, order.total_won),
        )
        for line in order.lines:
            cart = cart.add(self._line(line))
        return cart

    def _line(self, line: OrderLine) -> CartLine:
        """A cart line at the price agreed, whatever the catalogue says today."""
        made = self._goods.line(line.product_id, line.quantity_milli)
        note = tr("{name} 대신", name=line.instead_of) if line.instead_of else ""
        return replace(
            made,
            list_price_won=line.unit_price_won or made.list_price_won,
            unit_price_won=line.unit_price_won,
            discount=None,
            note=note,
            fixed_amount_won=line.amount_won if made.sold_by is SoldBy.WEIGHT else None,
        )


def _known(rows: Rows, book: Book, order_id: str) -> Known:
    fact = preorders.by_id(rows, order_id)
    if fact is None:
        raise DomainError("preorder.unknown", query=order_id[:40])
    return book.one(rows, fact)


def _check_day(rows: Rows, day: StoredDay, known: Known) -> None:
    if known.fact.day_id != day.day_id:
        row = rows.one('SELECT "business_date" FROM "market_day" WHERE "day_id" = ?', known.fact.day_id)
        raise DomainError("preorder.other_day", date=row[0] if row else "?")
