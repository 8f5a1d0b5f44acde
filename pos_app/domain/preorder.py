"""Pre-orders (공동구매): what each person ordered, packing, pick-up, and that nothing goes out twice."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import choseong, is_choseong_query, search_key
from pos_app.domain.quantity import check_quantity, line_amount_won

QR_PREFIX = "JTORDER"
_TOKEN = re.compile(r"[0-9A-Z]{8,40}")
_DIGITS = re.compile(r"[0-9 -]*[0-9]{4}")  # a whole phone number, or its last four digits


class OrderState(StrEnum):
    """How far an order is."""

    ORDERED = "ordered"
    PACKED = "packed"
    PICKED_UP = "picked_up"
    UNCLAIMED = "unclaimed"
    CANCELLED = "cancelled"


_S = OrderState
_STEPS = frozenset(
    {
        (_S.ORDERED, _S.PACKED),
        (_S.PACKED, _S.ORDERED),
        (_S.ORDERED, _S.PICKED_UP),
        (_S.PACKED, _S.PICKED_UP),
        (_S.ORDERED, _S.UNCLAIMED),
        (_S.PACKED, _S.UNCLAIMED),
        (_S.UNCLAIMED, _S.PICKED_UP),  # came after all
        (_S.ORDERED, _S.CANCELLED),
        (_S.PACKED, _S.CANCELLED),
        (_S.UNCLAIMED, _S.CANCELLED),
    }
)
OPEN = frozenset({_S.ORDERED, _S.PACKED})


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of an order; `instead_of` names what it replaces."""

    no: int
    product_id: str
    vendor_id: str
    name: str
    unit: str
    quantity_milli: int
    unit_price_won: int
    instead_of: str = ""

    @property
    def amount_won(self) -> int:
        """Return price x quantity, half-up to the won."""
        return line_amount_won(self.unit_price_won, self.quantity_milli)


@dataclass(frozen=True, slots=True)
class Order:
    """One person's order. `paid_won` was paid before; `token` is what the label's QR code carries."""

    id: str
    person: str
    department: str
    lines: tuple[OrderLine, ...]
    phone_last4: str = ""
    token: str = ""
    paid_won: int = 0
    state: OrderState = OrderState.ORDERED
    version: int = 0

    @property
    def total_won(self) -> int:
        """Return what the order costs."""
        return sum(line.amount_won for line in self.lines)

    @property
    def due_won(self) -> int:
        """Return what is to pay at pick-up, 0 when all was paid before."""
        return max(0, self.total_won - self.paid_won)

    @property
    def give_back_won(self) -> int:
        """Return what was paid too much, after a cheaper replacement or a line taken out."""
        return max(0, self.paid_won - self.total_won)


@dataclass(frozen=True, slots=True)
class PickLine:
    """How much of a product a vendor makes ready, and for how many orders."""

    vendor_id: str
    product_id: str
    name: str
    unit: str
    quantity_milli: int
    orders: int


@dataclass(frozen=True, slots=True)
class Label:
    """A packing label: `number` of `count`, whose it is, what is in it, what is still to pay."""

    number: int
    count: int
    order: Order
    due_won: int


@dataclass(frozen=True, slots=True)
class PickUp:
    """A hand-over as a register recorded it; `key` is its event's key, `at` ISO with offset in UTC."""

    order_id: str
    register: str
    at: str
    key: str


def step(order: Order, new: OrderState) -> Order:
    """Return the order one step further.

    Raises preorder.picked_up_already(person), preorder.cancelled(person) or preorder.step(old, new).
    """
    if order.state == OrderState.PICKED_UP:
        raise DomainError("preorder.picked_up_already", person=order.person)
    if order.state == OrderState.CANCELLED:
        raise DomainError("preorder.cancelled", person=order.person)
    if (order.state, new) not in _STEPS:
        raise DomainError("preorder.step", old=str(order.state), new=str(new))
    return replace(order, state=new, version=order.version + 1)


def hand_over(order: Order, received_won: int = 0) -> Order:
    """Return the order as picked up, `received_won` paid now.

    Raises what step raises, preorder.not_paid(missing_won) or preorder.overpaid(over_won).
    """
    done = step(order, OrderState.PICKED_UP)
    if received_won < order.due_won:
        raise DomainError("preorder.not_paid", missing_won=order.due_won - received_won)
    if received_won > order.due_won:
        raise DomainError("preorder.overpaid", over_won=received_won - order.due_won)
    return replace(done, paid_won=order.paid_won + received_won)


def substitute(order: Order, line_no: int, other: OrderLine) -> Order:
    """Return the order with another product in place of a line; the price is what was agreed for it.

    Raises preorder.picked_up_already, preorder.cancelled, preorder.unknown_line(line),
    preorder.same_product(name) and what check_quantity raises.
    """
    old = _line(order, line_no)
    if other.product_id == old.product_id:
        raise DomainError("preorder.same_product", name=old.name)
    check_quantity(other.quantity_milli)
    new = replace(other, no=line_no, instead_of=old.instead_of or old.name)
    lines = tuple(new if line.no == line_no else line for line in order.lines)
    return replace(order, lines=lines, version=order.version + 1)


def take_out(order: Order, line_no: int) -> Order:
    """Return the order without a line; raises what substitute raises, and preorder.last_line."""
    _line(order, line_no)
    if len(order.lines) == 1:
        raise DomainError("preorder.last_line")
    lines = tuple(line for line in order.lines if line.no != line_no)
    return replace(order, lines=lines, version=order.version + 1)


def _line(order: Order, line_no: int) -> OrderLine:
    if order.state == OrderState.PICKED_UP:
        raise DomainError("preorder.picked_up_already", person=order.person)
    if order.state == OrderState.CANCELLED:
        raise DomainError("preorder.cancelled", person=order.person)
    for line in order.lines:
        if line.no == line_no:
            return line
    raise DomainError("preorder.unknown_line", line=line_no)


def qr_text(token: str) -> str:
    """Return what a label's QR code says: letters and digits only, so any scanner types it."""
    return QR_PREFIX + token


def token_in(text: str) -> str:
    """Return the token of a scanned or typed text, empty where it is none."""
    plain = "".join(text.split()).upper()
    token = plain.removeprefix(QR_PREFIX)
    return token if _TOKEN.fullmatch(token) and (token != plain or not token.isdecimal()) else ""


def find(orders: Iterable[Order], query: str) -> tuple[Order, ...]:
    """Return the orders meant by a QR text, the last four digits of a phone, or part of a name.

    Initial consonants find names too. Open ones come first, then by department and name.
    """
    found = list(orders)
    token = token_in(query)
    exact = [order for order in found if token and order.token.upper() == token]
    key = search_key(query)
    if not exact and _DIGITS.fullmatch(key):
        exact = [order for order in found if order.phone_last4 == key[-4:]]
    elif not exact and key:
        exact = [order for order in found if _named(order, key)]
    return tuple(sorted(exact, key=lambda order: (order.state not in OPEN, *_place(order))))


def _named(order: Order, key: str) -> bool:
    name = search_key(order.person)
    return key in name or (is_choseong_query(key) and choseong(key) in choseong(name))


def _place(order: Order) -> tuple[str, str, str]:
    return search_key(order.department), search_key(order.person), order.id


def pick_list(orders: Iterable[Order]) -> tuple[PickLine, ...]:
    """Return what each vendor makes ready for the orders not cancelled, vendors in order of appearance."""
    lines: dict[tuple[str, str], PickLine] = {}
    seen: dict[tuple[str, str], set[str]] = {}
    for order in orders:
        if order.state == OrderState.CANCELLED:
            continue
        for line in order.lines:
            key = (line.vendor_id, line.product_id)
            people = seen.setdefault(key, set())
            people.add(order.id)
            before = lines[key].quantity_milli if key in lines else 0
            needed = before + line.quantity_milli
            lines[key] = PickLine(*key, line.name, line.unit, needed, len(people))
    order_of = {vendor: place for place, vendor in enumerate(dict.fromkeys(vendor for vendor, _ in lines))}
    return tuple(sorted(lines.values(), key=lambda line: order_of[line.vendor_id]))


def labels(orders: Iterable[Order]) -> tuple[Label, ...]:
    """Return one label per order that is still to go out, by department and name, numbered."""
    chosen = sorted((order for order in orders if order.state in OPEN), key=_place)
    return tuple(
        Label(number, len(chosen), order, order.due_won) for number, order in enumerate(chosen, start=1)
    )


def unclaimed(orders: Iterable[Order]) -> tuple[Order, ...]:
    """Return the orders that nobody has picked up, by department and name."""
    left = [order for order in orders if order.state in OPEN or order.state == OrderState.UNCLAIMED]
    return tuple(sorted(left, key=_place))


def doubled(pick_ups: Sequence[PickUp]) -> tuple[PickUp, ...]:
    """Return the hand-overs to flag: of each order all but the earliest by (time, key)."""
    first: set[str] = set()
    flagged = []
    for each in sorted(dict.fromkeys(pick_ups), key=lambda one: (one.at, one.key)):
        if each.order_id in first:
            flagged.append(each)
        first.add(each.order_id)
    return tuple(flagged)
