"""Orders from before the day, opened: names unsealed here and masked for whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from pos_app.domain.masking import mask_name
from pos_app.domain.preorder import Order, OrderLine, OrderState
from pos_app.facts import market
from pos_app.services.people import subject_key
from pos_app.storage.queries import preorders
from pos_app.storage.queries.preorders import HandedOut
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class Known:
    """An order as it stands: `order` bears the name for finding only, `masked` is what is shown and refused."""

    fact: market.Order
    order: Order
    masked: Order


class Book:
    """Reads the orders of a day; what was unsealed once is kept for this run only."""

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, str]] = {}

    def all(self, rows: Rows, day_id: str) -> list[Known]:
        """Every order of a day."""
        handed: dict[str, list[HandedOut]] = {}
        for each in preorders.handed_out(rows, day_id):
            handed.setdefault(each.order_id, []).append(each)
        keys = preorders.subject_keys(rows, day_id)
        return [
            self._known(fact, keys.get(fact.order_id), handed.get(fact.order_id, ()))
            for fact in preorders.of_day(rows, day_id)
        ]

    def one(self, rows: Rows, fact: market.Order) -> Known:
        """One order."""
        row = rows.one('SELECT "key" FROM "subject_key" WHERE "subject" = ?', fact.order_id)
        handed = preorders.handed_out_of(rows, fact.order_id)
        return self._known(fact, bytes(row[0]) if row else None, handed)

    def _known(self, fact: market.Order, key: bytes | None, handed: Sequence[HandedOut]) -> Known:
        state = state_of(fact, handed)
        order = Order(
            fact.order_id,
            self._open(key, fact.order_id, fact.person),
            fact.department,
            tuple(
                OrderLine(
                    line.no,
                    line.product_id,
                    line.vendor_id,
                    line.name,
                    line.unit,
                    line.quantity_milli,
                    line.unit_price_won,
                    line.instead_of,
                )
                for line in fact.lines
            ),
            self._open(key, fact.order_id, fact.digits),
            fact.token,
            fact.paid_won,
            state,
            fact.version,
        )
        return Known(fact, order, replace(order, person=mask_name(order.person), phone_last4=""))

    def _open(self, key: bytes | None, order_id: str, sealed: str) -> str:
        if key is None or not sealed:
            return ""
        if sealed not in self._names:
            # lazy: ciphers are wanted for names and PINs only
            from sync.identity import unseal

            self._names[sealed] = (order_id, unseal(key, order_id, sealed) or "")
        return self._names[sealed][1]


def state_of(fact: market.Order, handed: Sequence[HandedOut]) -> OrderState:
    """How far an order is: handed out once is handed out; a sale taken back whole brings it back."""
    if any(not each.voided for each in handed):
        return OrderState.PICKED_UP
    state = OrderState(fact.state)
    return OrderState.PACKED if state is OrderState.PICKED_UP and handed else state


def sealed(rows: Rows, order_id: str, text: str) -> str:
    """A name or digits as an event keeps them."""
    if not text:
        return ""
    # lazy: ciphers are wanted for names and PINs only
    from sync.identity import seal

    return seal(subject_key(rows, order_id), order_id, text)


def told(fact: market.Order, order: Order, at: str, by: str) -> market.Order:
    """The fact that says what became of an order; name, digits and token stay as they were sealed."""
    return msgspec.structs.replace(
        fact,
        at=at,
        lines=tuple(
            market.OrderedLine(
                line.no,
                line.product_id,
                line.vendor_id,
                line.name,
                line.unit,
                line.quantity_milli,
                line.unit_price_won,
                line.instead_of,
            )
            for line in order.lines
        ),
        state=order.state.value,
        version=order.version,
        paid_won=order.paid_won,
        operator_name=by,
    )
