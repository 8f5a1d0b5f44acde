"""Decides on the screen of orders from before the day: who is found, what is due, what the corner does."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.preorder import OrderState
from pos_app.i18n.formats import quantity_plain
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.views import Done

if TYPE_CHECKING:
    from pos_app.services.order_import import OrdersTaken
    from pos_app.services.preorders import OrderView

FILTERS = ("open", "done", "all")
_BADGES = {
    OrderState.ORDERED: "gray",
    OrderState.PACKED: "info",
    OrderState.PICKED_UP: "ok",
    OrderState.UNCLAIMED: "warn",
    OrderState.CANCELLED: "gray",
}
MOST_BAD = 200  # cells of a sheet that are listed; a worse sheet is no sheet


def state_word(state: OrderState) -> str:
    """How far an order is."""
    return {
        OrderState.ORDERED: tr("주문"),
        OrderState.PACKED: tr("포장함"),
        OrderState.PICKED_UP: tr("내줌"),
        OrderState.UNCLAIMED: tr("미수령"),
        OrderState.CANCELLED: tr("취소"),
    }[state]


@dataclass(frozen=True, slots=True)
class Money:
    """The big number: what it is called, how much."""

    caption: str
    won: int
    words: str


class OrdersPresenter:
    """Holds the list, the search and the chosen order."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.query = ""
        self.filter = "open"
        self.chosen = ""
        self.line = 0
        self._orders: Sequence[OrderView] = ()
        self._found: set[str] | None = None

    def load(self) -> "list[OrderView]":
        """Read the orders (slow: names are opened); raises day.none."""
        return self.house.preorders.all()

    def take(self, read: "Sequence[OrderView]") -> None:
        """What `load` read."""
        self._orders = read
        self._search()
        if self.order() is None:
            self.chosen = ""

    def search(self, text: str) -> None:
        """Someone says a name or four digits."""
        self.query = text.strip()
        self._search()
        shown = self.shown()
        if self.query and len(shown) == 1:
            self.choose(shown[0].id)

    def _search(self) -> None:
        self._found = None
        if self.query:
            self._found = {each.id for each in self.house.preorders.all(self.query)}

    @property
    def empty(self) -> bool:
        """No order at all."""
        return not self._orders

    def shown(self) -> "list[OrderView]":
        """What the list holds: all that a search finds, else those of the filter."""
        if self._found is not None:
            return [each for each in self._orders if each.id in self._found]
        if self.filter == "open":
            return [each for each in self._orders if each.open]
        if self.filter == "done":
            return [each for each in self._orders if not each.open]
        return list(self._orders)

    def filters(self) -> list[tuple[str, str]]:
        """The chips with their counts."""
        left = sum(1 for each in self._orders if each.open)
        words = {
            "open": tr("남은 것 {count}", count=left),
            "done": tr("끝난 것 {count}", count=len(self._orders) - left),
            "all": tr("모두 {count}", count=len(self._orders)),
        }
        return [(key, words[key]) for key in FILTERS]

    def rows(self) -> list[RowView]:
        """The list as it reads."""
        return [
            RowView(
                each.id,
                " ".join(part for part in (each.person or tr("이름 없음"), each.digits) if part),
                " · ".join(part for part in (each.department, _goods(each)) if part),
                wording.amount(each.total_won),
                self._badge(each),
            )
            for each in self.shown()
        ]

    def _badge(self, order: "OrderView") -> BadgeView:
        if order.doubled:
            return BadgeView(tr("두 번 내줌"), "bad")
        if order.open and order.paid_won and not order.due_won:
            return BadgeView(tr("{state} · 계산 끝", state=state_word(order.state)), _BADGES[order.state])
        return BadgeView(state_word(order.state), _BADGES[order.state])

    # the chosen order

    def choose(self, order_id: str) -> None:
        """A row was touched."""
        if order_id != self.chosen:
            self.chosen, self.line = order_id, 0

    def order(self) -> "OrderView | None":
        """The chosen order."""
        return next((each for each in self._orders if each.id == self.chosen), None)

    def open_code(self, text: str) -> None:
        """A label was scanned. Raises preorder.unknown_token, preorder.other_day, day.none."""
        found = self.house.preorders.scanned(text)
        self.query = ""
        self.take(self.load())
        self.choose(found.id)
        if self.chosen not in {each.id for each in self.shown()}:
            self.filter = "all"

    def money(self) -> Money:
        """What is to pay, or to give back."""
        order = self.order()
        if order is None:
            return Money(tr("받을 돈"), 0, "")
        if order.give_back_won and order.open:
            return Money(tr("돌려줄 돈"), order.give_back_won, _paid_words(order))
        if order.state is OrderState.PICKED_UP:
            return Money(tr("합계"), order.total_won, _handed_words(order))
        return Money(tr("받을 돈"), order.due_won, _paid_words(order))

    def lines(self) -> list[RowView]:
        """The goods of the chosen order."""
        order = self.order()
        rows = []
        for line in order.lines if order is not None else ():
            amount = f"{quantity_plain(line.quantity_milli)}{wording.counter(line.unit)}"
            caption = f"{amount} × {wording.amount(line.unit_price_won)}"
            instead = tr("{name} 대신", name=line.instead_of) if line.instead_of else ""
            caption = " · ".join(part for part in (caption, line.vendor, instead) if part)
            rows.append(RowView(str(line.no), line.name, caption, wording.amount(line.amount_won)))
        return rows

    def title(self) -> str:
        """Whose order it is."""
        order = self.order()
        if order is None:
            return tr("고른 주문이 없어요")
        return " ".join(part for part in (order.person or tr("이름 없음"), order.digits) if part)

    def detail(self) -> str:
        """Department and state."""
        order = self.order()
        if order is None:
            return tr("이름이나 끝 네 자리로 찾거나 QR을 찍어요.")
        return " · ".join(part for part in (order.department, state_word(order.state)) if part)

    def warning(self) -> str:
        """What must be explained."""
        order = self.order()
        if order is None or not order.doubled:
            return ""
        tills = ", ".join(wording.register_word(register) for register, _ in order.handed_out)
        return tr("{tills}에서 따로 내줬어요. 두 번 준 것인지 살펴봐요.", tills=tills)

    def off_reason(self) -> str:
        """Why the corner key is off."""
        order = self.order()
        if order is None:
            return tr("주문을 먼저 골라요.")
        if order.state is OrderState.PICKED_UP:
            return tr("이미 내준 주문이에요.")
        if order.state is OrderState.CANCELLED:
            return tr("취소한 주문이에요.")
        return ""

    def corner(self) -> str:
        """What the corner key does."""
        order = self.order()
        if order is not None and order.due_won and order.open:
            return tr("결제하고 내주기")
        return tr("내주기")

    def pays_now(self) -> bool:
        """Whether the corner leads to the payment."""
        order = self.order()
        return order is not None and order.due_won > 0

    def to_payment(self) -> None:
        """The order into the cart. Raises preorder.*"""
        self.house.pick_ups.take(self.chosen)

    def hand_out(self) -> tuple[Done, list[str]]:
        """Hand it out; what was sold. Raises preorder.*"""
        order = self.order()
        done = self.house.pick_ups.hand_out(self.chosen)
        return done, [line.product_id for line in order.lines] if order is not None else []

    # changes

    def packed(self) -> bool:
        """Whether the chosen order is packed."""
        order = self.order()
        return order is not None and order.state is OrderState.PACKED

    def can_pack(self) -> bool:
        """Whether packing means anything for it."""
        order = self.order()
        return order is not None and order.state in (OrderState.ORDERED, OrderState.PACKED)

    def toggle_packed(self) -> None:
        """Packed, or not after all."""
        self.house.preorders.pack([self.chosen], not self.packed())

    def changes(self) -> list[tuple[str, str]]:
        """What may be done with the chosen order and its chosen line."""
        order = self.order()
        if order is None:
            return []
        if not order.open:
            return [("label", tr("이름표 뽑기"))] if order.state is not OrderState.CANCELLED else []
        found = []
        if self.line:
            found.append(("substitute", tr("다른 물건으로 바꾸기")))
            if len(order.lines) > 1:
                found.append(("take_out", tr("고른 물건 빼기")))
        if order.due_won:
            found.append(("paid", tr("미리 받은 돈으로 적기")))
        found += [("label", tr("이름표 뽑기")), ("cancel", tr("주문 취소하기"))]
        return found

    def line_name(self) -> str:
        """The chosen line's goods."""
        order = self.order()
        lines = order.lines if order is not None else ()
        return next((line.name for line in lines if line.no == self.line), "")

    def goods_like(self, text: str) -> list[tuple[str, str]]:
        """Goods that may come instead: (id, words)."""
        goods = self.house.goods
        hits = list(goods.search(text.strip(), 6))
        tiles = {tile.product_id: tile for tile in goods.tiles_of(hits)}
        return [(hit, f"{tiles[hit].name} {wording.price_of(tiles[hit])}") for hit in hits if hit in tiles]

    def substitute(self, product_id: str) -> str:
        """Other goods in place of the chosen line; what the difference is."""
        order = self.order()
        if order is None:
            return ""
        line = next(line for line in order.lines if line.no == self.line)
        after = self.house.preorders.substitute(order.id, line.no, product_id, line.quantity_milli)
        return _difference(order, after)

    def take_out(self) -> str:
        """The order without the chosen line; what the difference is."""
        order = self.order()
        if order is None:
            return ""
        after = self.house.preorders.take_out(order.id, self.line)
        self.line = 0
        return _difference(order, after)

    def paid(self) -> None:
        """All of it was paid before."""
        self.house.preorders.mark_paid(self.chosen)

    def cancel(self) -> None:
        """Nobody wants it."""
        self.house.preorders.cancel(self.chosen)

    # sheets and papers

    def preview(self, path: Path, anyway: bool = False) -> "OrdersTaken":
        """What a sheet would bring (slow)."""
        return self.house.preorders.take(path, dry_run=True, anyway=anyway)

    def import_sheet(self, path: Path, paid: bool, anyway: bool = False) -> "OrdersTaken":
        """Take the sheet in (slow)."""
        return self.house.preorders.take(path, paid=paid, anyway=anyway)

    def pick_list(self) -> Document:
        """The pick list of all vendors. Raises preorder.nothing_to_pick."""
        return self.house.preorders.pick_list_paper()

    def print_document(self, document: Document) -> str:
        """To the receipt printer."""
        self.house.papers.print_document(document, "pick_list")
        return tr("준비 목록을 인쇄기로 보냈어요.")

    def save_labels(self, path: Path, order_ids: Sequence[str] = ()) -> str:
        """Labels on A4 into a file (slow)."""
        data = self.house.preorders.labels_pdf(order_ids)
        try:
            path.write_bytes(data)
        except OSError as error:
            raise EnvironmentFault(
                tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
            ) from error
        return tr("저장했어요. 인쇄할 때 실제 크기(100%)를 골라요.")

    def print_labels(self, order_ids: Sequence[str] = ()) -> str:
        """Labels on the receipt printer (slow)."""
        count = self.house.preorders.print_labels(order_ids)
        return tr("이름표 {count}장을 인쇄기로 보냈어요.", count=count)

    def close_unclaimed(self) -> str:
        """What is left at the end of the day."""
        count = self.house.preorders.close_unclaimed()
        return tr("{count}개를 미수령으로 적었어요. 늦게 와도 내줄 수 있어요.", count=count)

    def footer(self) -> str:
        """The day in one line."""
        total = sum(each.total_won for each in self._orders if each.state is not OrderState.CANCELLED)
        return tr("주문 {count}명 · {amount}", count=len(self._orders), amount=wording.won(total))


def _goods(order: "OrderView") -> str:
    return wording.first_and_others(order.lines[0].name, len(order.lines) - 1) if order.lines else ""


def _paid_words(order: "OrderView") -> str:
    if not order.paid_won:
        return tr("합계 {amount}, 받을 때 계산해요.", amount=wording.won(order.total_won))
    return tr(
        "합계 {amount}, 미리 낸 돈 {paid}.",
        amount=wording.won(order.total_won),
        paid=wording.won(order.paid_won),
    )


def _handed_words(order: "OrderView") -> str:
    if not order.handed_out:
        return ""
    register, at = order.handed_out[0]
    return tr("{till}에서 {time}에 내줬어요.", till=wording.register_word(register), time=wording.clock(at))


def _difference(before: "OrderView", after: "OrderView") -> str:
    less = before.total_won - after.total_won
    if less > 0:
        return tr("바꿨어요. {amount} 싸졌어요.", amount=wording.won(less))
    if less < 0:
        return tr("바꿨어요. {amount} 더 받아요.", amount=wording.won(-less))
    return tr("바꿨어요. 값은 그대로예요.")
