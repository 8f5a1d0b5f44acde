"""Orders from before the day (공동구매): found, packed, changed, listed, on paper."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain import preorder as rules
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text, search_key
from pos_app.domain.operators import Action
from pos_app.domain.preorder import Order, OrderLine, OrderState
from pos_app.facts import market
from pos_app.printing.document import Document
from pos_app.printing.layouts.order_label import OrderLabel, order_label_document
from pos_app.printing.layouts.pick_list import PickListLine, pick_list_document
from pos_app.services.desk import Desk
from pos_app.services.goods import Goods
from pos_app.services.preorder_book import Book, Known, told
from pos_app.storage.queries import bundles, catalogue, preorders
from pos_app.storage.queries.days import StoredDay
from pos_app.storage.unit_of_work import OFFICE
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.services.order_import import OrdersTaken
    from pos_app.services.print_jobs import Papers

_DONE = (OrderState.PICKED_UP, OrderState.CANCELLED)
_OF_ONE_JOB = 50  # labels; a jam costs no more than these


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """One product of an order."""

    no: int
    product_id: str
    name: str
    unit: str
    vendor: str
    quantity_milli: int
    unit_price_won: int
    amount_won: int
    instead_of: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as it may be shown: the person masked, of the phone its last two digits."""

    id: str
    person: str
    digits: str
    department: str
    agency: str
    state: OrderState
    lines: tuple[OrderLineView, ...]
    total_won: int
    paid_won: int
    due_won: int
    give_back_won: int
    handed_out: tuple[tuple[str, str], ...]  # (register, at) of each hand-over

    @property
    def open(self) -> bool:
        """Whether it is still to go out."""
        return self.state in (*rules.OPEN, OrderState.UNCLAIMED)

    @property
    def doubled(self) -> bool:
        """Whether two tills handed it out, each unseen by the other."""
        return len(self.handed_out) > 1


@dataclass(frozen=True, slots=True)
class PickLine:
    """What a vendor makes ready, for how many orders."""

    vendor_id: str
    vendor: str
    product_id: str
    name: str
    unit: str
    quantity_milli: int
    people: int


class Preorders:
    """The orders of the market day that this till works on."""

    def __init__(self, desk: Desk, goods: Goods, papers: "Papers") -> None:
        self._desk = desk
        self._goods = goods
        self._papers = papers
        self._book = Book()

    # --- looking ---------------------------------------------------------------------------
    def take(
        self,
        path: Path,
        *,
        on: str = "",
        dry_run: bool = False,
        strict: bool = False,
        paid: bool = False,
        anyway: bool = False,
    ) -> "OrdersTaken":
        """Read an agency's order sheet (slow); told again it changes orders and never doubles one."""
        # lazy: sheets are read before the market, not at the till
        from pos_app.services.order_import import OrderImport

        done = OrderImport(self._desk, self._book).take(
            path, on=on, dry_run=dry_run, strict=strict, paid=paid, anyway=anyway
        )
        return done

    def all(self, query: str = "") -> list[OrderView]:
        """Orders of the day by department and name, the open ones first; those meant by a query."""
        with self._desk.work.read() as rows:
            known = self._book.all(rows, self._desk.day(rows).day_id)
            vendors = {v.id: v.name for v in catalogue.vendors(rows)}
            orders = [each.order for each in known]
            found = rules.find(orders, query) if query.strip() else sorted(orders, key=_place)
            by_id = {each.fact.order_id: each for each in known}
            handed = _handed(rows, self._desk.day(rows).day_id)
            return [_view(by_id[order.id], vendors, handed.get(order.id, ())) for order in found]

    def order(self, order_id: str) -> OrderView:
        """One order. Raises preorder.unknown."""
        with self._desk.work.read() as rows:
            known = self._known(rows, order_id)
            vendors = {v.id: v.name for v in catalogue.vendors(rows)}
            handed = _handed(rows, known.fact.day_id)
            return _view(known, vendors, handed.get(order_id, ()))

    def scanned(self, text: str) -> OrderView:
        """The order of a label's QR code. Raises preorder.unknown_token, preorder.other_day."""
        token = rules.token_in(text)
        with self._desk.work.read() as rows:
            fact = preorders.by_token(rows, token) if token else None
            if fact is None:
                raise DomainError("preorder.unknown_token")
            self._check_day(rows, fact)
        return self.order(fact.order_id)

    def meant(self, text: str) -> OrderView:
        """The one order that a token, an id, a name or four digits mean. Raises preorder.several, preorder.unknown."""
        if text.upper().startswith(rules.QR_PREFIX):
            return self.scanned(text)
        found = [each for each in self.all() if len(text) > 7 and each.id.startswith(text.lower())]
        found = found or self.all(text if text.strip() else "?")
        if len(found) > 1:
            found = [each for each in found if each.open] or found
        if len(found) != 1:
            code = "preorder.several" if found else "preorder.unknown"
            raise DomainError(code, query=clean_text(text, 40), count=len(found))
        return found[0]

    def unclaimed(self) -> list[OrderView]:
        """Orders that nobody picked up."""
        return [each for each in self.all() if each.open]

    def doubled(self) -> list[OrderView]:
        """Orders that two tills handed out, to be explained."""
        return [each for each in self.all() if each.doubled]

    def count(self) -> int:
        """How many orders the day has; 0 without a day."""
        with self._desk.work.read() as rows:
            try:
                return preorders.count(rows, self._desk.day(rows).day_id)
            except DomainError:
                return 0

    # --- changing --------------------------------------------------------------------------
    def pack(self, order_ids: Iterable[str], packed: bool = True) -> int:
        """Packed, or not after all; how many changed."""
        self._desk.require(Action.SELL)
        wanted = OrderState.PACKED if packed else OrderState.ORDERED
        before = OrderState.ORDERED if packed else OrderState.PACKED
        return self._step(order_ids, wanted, only=before)

    def cancel(self, order_id: str) -> None:
        """Nobody wants it any more. Raises preorder.picked_up_already, preorder.cancelled."""
        self._desk.require(Action.IMPORT)
        self._step([order_id], OrderState.CANCELLED)

    def close_unclaimed(self) -> int:
        """All that is still here at the end of the day is unclaimed; how many."""
        self._desk.require(Action.IMPORT)
        return self._step(
            [each.id for each in self.unclaimed()], OrderState.UNCLAIMED, skip=OrderState.UNCLAIMED
        )

    def mark_paid(self, order_id: str, paid_won: int | None = None) -> None:
        """So much was paid before the day (all of it without an amount)."""
        self._desk.require(Action.IMPORT)

        def paid(order: Order) -> Order:
            if order.state in (OrderState.PICKED_UP, OrderState.CANCELLED):
                rules.step(order, order.state)  # says why not
            won = order.total_won if paid_won is None else paid_won
            return replace(order, paid_won=max(0, won), version=order.version + 1)

        self._change(order_id, paid)

    def substitute(self, order_id: str, line_no: int, product_id: str, quantity_milli: int) -> OrderView:
        """Another product in place of a line, at today's price; the difference stands in the view."""
        self._desk.require(Action.STOCK)
        line = self._goods.line(product_id, quantity_milli)
        vendor_id = line.parts[0].vendor_id if line.parts else line.vendor_id
        other = OrderLine(
            line_no, product_id, vendor_id, line.name, line.unit, quantity_milli, line.unit_price_won
        )
        self._change(order_id, lambda order: rules.substitute(order, line_no, other))
        return self.order(order_id)

    def take_out(self, order_id: str, line_no: int) -> OrderView:
        """An order without one of its lines. Raises preorder.last_line."""
        self._desk.require(Action.STOCK)
        self._change(order_id, lambda order: rules.take_out(order, line_no))
        return self.order(order_id)

    def _step(
        self,
        order_ids: Iterable[str],
        new: OrderState,
        only: OrderState | None = None,
        skip: OrderState | None = None,
    ) -> int:
        desk, changed = self._desk, 0
        with desk.work.begin(desk.session.operator_id) as work:
            for order_id in order_ids:
                known = self._known(work.rows, order_id)
                if (only is not None and known.masked.state is not only) or known.masked.state is skip:
                    continue
                stepped = rules.step(known.masked, new)
                work.record(OFFICE, told(known.fact, stepped, desk.clock.stamp(), desk.session.name))
                changed += 1
        return changed

    def _change(self, order_id: str, change: Callable[[Order], Order]) -> None:
        desk = self._desk
        with desk.work.begin(desk.session.operator_id) as work:
            known = self._known(work.rows, order_id)
            changed = change(known.masked)
            work.record(OFFICE, told(known.fact, changed, desk.clock.stamp(), desk.session.name))

    def _known(self, rows: Rows, order_id: str) -> Known:
        fact = preorders.by_id(rows, order_id)
        if fact is None:
            raise DomainError("preorder.unknown", query=clean_text(order_id, 40))
        return self._book.one(rows, fact)

    def _check_day(self, rows: Rows, fact: market.Order) -> StoredDay:
        day = self._desk.day(rows)
        if fact.day_id != day.day_id:
            row = rows.one('SELECT "business_date" FROM "market_day" WHERE "day_id" = ?', fact.day_id)
            raise DomainError("preorder.other_day", date=row[0] if row else "?")
        return day

    # --- papers ----------------------------------------------------------------------------
    def pick_list(self) -> list[PickLine]:
        """What each vendor makes ready for the orders not cancelled; of a bundle its parts."""
        with self._desk.work.read() as rows:
            known = self._book.all(rows, self._desk.day(rows).day_id)
            vendors = {v.id: v.name for v in catalogue.vendors(rows)}
            whole = {each.id: each for each in bundles.bundles(rows)}
            orders = [_opened(rows, each.order, whole) for each in known]
        return [
            PickLine(
                line.vendor_id,
                vendors.get(line.vendor_id, ""),
                line.product_id,
                line.name,
                line.unit,
                line.quantity_milli,
                line.orders,
            )
            for line in rules.pick_list(sorted(orders, key=lambda order: order.id))
        ]

    def pick_list_paper(self) -> Document:
        """The pick list as a paper. Raises preorder.nothing_to_pick."""
        lines = self.pick_list()
        if not lines:
            raise DomainError("preorder.nothing_to_pick")
        with self._desk.work.read() as rows:
            day = self._desk.day(rows)
        made = [PickListLine(x.vendor, x.name, x.unit, x.quantity_milli, x.people) for x in lines]
        made.sort(key=lambda line: line.vendor)
        heading = [f"{day.market} {day.business_date}", f"공동구매 {len(self.unclaimed()):,}명"]
        return pick_list_document(made, heading, self._desk.clock.stamp(), self._desk.practice)

    def labels(self, order_ids: Sequence[str] = ()) -> list[OrderLabel]:
        """Packing labels, one per order that is to go out (or of these). Raises labels.none."""
        with self._desk.work.read() as rows:
            day = self._desk.day(rows)
            known = {each.fact.order_id: each for each in self._book.all(rows, day.day_id)}
        made = [
            OrderLabel(
                label.number,
                label.count,
                day.market,
                day.business_date,
                known[label.order.id].fact.agency,
                label.order.department,
                known[label.order.id].masked.person,
                tuple((line.name, line.unit, line.quantity_milli) for line in label.order.lines),
                label.due_won,
                rules.qr_text(label.order.token),
            )
            for label in rules.labels(each.order for each in known.values())
            if not order_ids or label.order.id in order_ids
        ]
        if not made:
            raise DomainError("labels.none")
        return made

    def print_labels(self, order_ids: Sequence[str] = (), printer: str = "") -> int:
        """Queue the labels on the till's or a label printer; how many. Raises printer.none."""
        if not printer and not self._desk.settings.get("printer_uri"):
            raise DomainError("printer.none")
        made = self.labels(order_ids)
        for at in range(0, len(made), _OF_ONE_JOB):
            paper = order_label_document(made[at : at + _OF_ONE_JOB], self._desk.practice)
            self._papers.print_document(paper, "labels", printer)
        return len(made)

    def labels_pdf(self, order_ids: Sequence[str] = ()) -> bytes:
        """The labels on A4 (slow)."""
        # lazy: reportlab
        from pos_app.printing.order_labels_pdf import render

        return render(self.labels(order_ids))


def _place(order: Order) -> tuple[bool, str, str, str]:
    return order.state not in rules.OPEN, search_key(order.department), search_key(order.person), order.id


def _handed(rows: Rows, day_id: str) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for each in preorders.handed_out(rows, day_id):
        if not each.voided:
            found[each.order_id] = (*found.get(each.order_id, ()), (each.register, each.at))
    return found


def _opened(rows: Rows, order: Order, whole: dict[str, bundles.StoredBundle]) -> Order:
    """The order with each bundle as its parts: a pick list names products."""
    lines: list[OrderLine] = []
    for line in order.lines:
        bundle = whole.get(line.product_id)
        if bundle is None:
            lines.append(line)
            continue
        for part in bundle.parts:
            product = catalogue.product(rows, part.product_id)
            if product is not None:
                milli = part.quantity_milli * line.quantity_milli // 1000
                owner = product.vendor_id
                lines.append(OrderLine(0, product.id, owner, product.name, product.unit, milli, 0))
    return replace(order, lines=tuple(lines))


def _view(known: Known, vendors: dict[str, str], handed: tuple[tuple[str, str], ...]) -> OrderView:
    order = known.masked
    digits = known.order.phone_last4
    return OrderView(
        order.id,
        order.person,
        f"**{digits[-2:]}" if digits else "",
        order.department,
        known.fact.agency,
        order.state,
        tuple(
            OrderLineView(
                line.no,
                line.product_id,
                line.name,
                line.unit,
                vendors.get(line.vendor_id, ""),
                line.quantity_milli,
                line.unit_price_won,
                line.amount_won,
                line.instead_of,
            )
            for line in order.lines
        ),
        order.total_won,
        order.paid_won,
        0 if order.state in _DONE else order.due_won,
        0 if order.state in _DONE else order.give_back_won,
        handed,
    )
