"""Decides on the selling screen: which tiles show, what a tap or a scan does, what the cart says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pos_app.domain.catalogue import OversellPolicy, SoldBy
from pos_app.domain.pricing import PricedCart, PricedLine, discount_won
from pos_app.i18n.texts import tr
from pos_app.ui.models.items import BadgeView, LineView
from pos_app.ui.screens import wording

if TYPE_CHECKING:
    from pos_app.domain.cart import CartLine, CartPart, Discount
    from pos_app.ui.screens.house import House
    from pos_app.ui.screens.views import TileItem, VendorChip

PIECE = 1000


@dataclass(frozen=True, slots=True)
class Filter:
    """What the tiles are narrowed to: kind best, vendor or category."""

    kind: str = "best"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a tap or a scan: kind added, weigh, unknown, order (a packing label), receipt or refused."""

    kind: str
    line_key: str = ""
    product_id: str = ""
    code: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class CartTotals:
    """The foot of the cart."""

    total_won: int
    kinds: int
    pieces: int
    discount_won: int

    @property
    def subtitle(self) -> str:
        """`4가지 5개`, or that nothing is there yet."""
        if not self.kinds:
            return tr("아직 없어요")
        return tr("{kinds}가지 {pieces}개", kinds=self.kinds, pieces=self.pieces)


HITS = 60  # of a search
FIRST_TILES = 120  # more than the first pages hold


class FirstTiles(NamedTuple):
    """The tiles of the first pages, in their order."""

    items: tuple[TileItem, ...]


def first_tiles(house: House) -> FirstTiles:
    """Read beside the window where it can be."""
    return FirstTiles(tuple(house.goods.tiles(FIRST_TILES)))


class Rest(NamedTuple):
    """All tiles by product, and their categories, most used first."""

    items: dict[str, TileItem]
    categories: list[str]


def rest_of(items: Sequence[TileItem]) -> Rest:
    """Reckoned beside the window: of 20,000 tiles it takes longer than a frame."""
    return Rest({item.product_id: item for item in items}, _by_size(items))


def _by_size(items: Iterable[TileItem]) -> list[str]:
    counts = Counter(item.category for item in items)
    del counts[""]
    return sorted(counts, key=lambda name: (-counts[name], name))


class SellingPresenter:
    """Keeps the order of the tiles for the shift, and tells the till what was done."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._order: list[str] = []
        self._items: dict[str, TileItem] = {}
        self._categories: list[str] | None = None  # counted when they are wanted
        self.filter = Filter()
        self.query = ""
        self.selected = ""

    # tiles

    def load(self, first: FirstTiles | None = None) -> bool:
        """The first tiles, read now unless given; true when there are more, to be read beside the window."""
        items = (first or first_tiles(self.house)).items
        self._items = {item.product_id: item for item in items}
        self._order = [item.product_id for item in items]
        self._categories = None
        return len(items) >= FIRST_TILES

    def fill(self, rest: Rest) -> None:
        """The other tiles, behind those that stand: what is on the screen stays put."""
        placed = set(self._order)  # a search may have read some tiles before they had a place
        self._order += [product_id for product_id in rest.items if product_id not in placed]
        rest.items.update(self._items)
        self._items, self._categories = rest.items, rest.categories

    def item(self, product_id: str) -> TileItem | None:
        """A product as a tile, also one that is not on the grid."""
        known = self._items.get(product_id)
        if known is None:
            known = self.house.goods.tile(product_id)
            if known is not None:
                self._items[product_id] = known
        return known

    def take_in(self, product_id: str) -> None:
        """Put a new product at the end of the grid."""
        self._categories = None
        fresh = self.house.goods.tile(product_id)
        if fresh is None and product_id in self._items:
            self._order = [each for each in self._order if each != product_id]
            del self._items[product_id]
        if fresh is not None:
            if product_id not in self._order:
                self._order.append(product_id)
            self._items[product_id] = fresh

    def take_in_fresh(self) -> bool:
        """What was made at this till since; whether there was any."""
        fresh = self.house.goods.announced()
        for product_id in fresh:
            self.take_in(product_id)
        return bool(fresh)

    def refresh(self, product_ids: Sequence[str]) -> list[TileItem]:
        """Read these products again (their stock moved); the order stays."""
        changed = list(self.house.goods.tiles_of(product_ids))
        self._items.update({item.product_id: item for item in changed})
        return changed

    def shown(self) -> list[TileItem]:
        """The tiles of the search, else of the chosen filter."""
        if self.query.strip():
            hits = self.house.goods.search(self.query.strip(), HITS)
            unknown = [hit for hit in hits if hit not in self._items]
            self._items.update({item.product_id: item for item in self.house.goods.tiles_of(unknown)})
            return [self._items[hit] for hit in hits if hit in self._items]
        items = [self._items[product_id] for product_id in self._order]
        if self.filter.kind == "vendor":
            return [item for item in items if item.vendor_id == self.filter.value]
        if self.filter.kind == "category":
            return [item for item in items if item.category == self.filter.value]
        return items

    def vendors(self) -> Sequence[VendorChip]:
        """The vendors of the day."""
        return self.house.goods.vendors()

    def categories(self) -> list[str]:
        """Categories by how many tiles they hold, most first."""
        if self._categories is None:
            self._categories = _by_size(self._items[product_id] for product_id in self._order)
        return self._categories

    # adding

    def tap(self, product_id: str) -> Outcome:
        """One tile pressed: added, or its weight is asked. Raises DomainError when it is blocked."""
        item = self.item(product_id)
        if item is None:
            return Outcome("refused", product_id=product_id, message=tr("이 물건을 찾을 수 없어요."))
        if item.sold_by is SoldBy.WEIGHT:
            return Outcome("weigh", product_id=product_id)
        return self.add(product_id, PIECE)

    def add(self, product_id: str, milli: int) -> Outcome:
        """Add a quantity; the newest line is the selected one."""
        key = self.house.till.add(product_id, milli)
        self.selected = key
        return Outcome("added", key, product_id, message=self._warning(product_id))

    def scan(self, text: str) -> Outcome:
        """A scanned code. Raises DomainError for a scale label that does not add up."""
        if not text.isdigit() and _of_an_order(text):
            return Outcome("order", code=text)
        scan = self.house.till.scan(text)
        if scan.kind == "added":
            self.selected = scan.line_key
            return Outcome("added", scan.line_key, scan.product_id, scan.code, scan.warning)
        if scan.kind == "unknown" and self.house.returns.numbered(text):
            return Outcome("receipt", code=text)
        return Outcome(scan.kind, "", scan.product_id, scan.code or text, scan.warning)

    def _warning(self, product_id: str) -> str:
        warnings = self.house.till.warnings
        if warnings:
            return warnings[-1]
        item = self.item(product_id)
        if item is None or item.on_hand_milli is None or item.oversell is OversellPolicy.ALLOW:
            return ""
        if self.counts().get(product_id, 0) <= item.on_hand_milli:
            return ""
        return tr("{name} 남은 것보다 많이 담았어요. 그대로 팔 수 있어요.", name=wording.with_particle(item.name, "은/는"))

    def counts(self) -> dict[str, int]:
        """How much of each product is in the cart, thousandths."""
        counts: dict[str, int] = {}
        for line in self.house.till.cart.lines:
            counts[line.product_id] = counts.get(line.product_id, 0) + line.quantity_milli
        return counts

    # the cart

    @property
    def empty(self) -> bool:
        """Nothing in the cart."""
        return not self.house.till.cart.lines

    def rows(self) -> list[LineView]:
        """The cart's lines, oldest first."""
        rows = [cart_row(priced) for priced in self.house.till.priced.lines]
        if self.selected not in {row.key for row in rows}:
            self.selected = rows[-1].key if rows else ""
        return rows

    def totals(self) -> CartTotals:
        """The figures under the lines; a weighed line counts as one piece."""
        return cart_totals(self.house.till.priced)

    def plus(self, key: str) -> str:
        """One more of a line; returns a warning or an empty text."""
        line = self._line(key)
        self.house.till.set_quantity(key, line.quantity_milli + PIECE)
        self.selected = key
        return self._warning(line.product_id)

    def minus(self, key: str) -> str:
        """One less; the last one takes the line out. Returns what to say, if the line went."""
        line = self._line(key)
        if line.quantity_milli <= PIECE:
            return self.remove(key)
        self.house.till.set_quantity(key, line.quantity_milli - PIECE)
        self.selected = key
        return ""

    def remove(self, key: str) -> str:
        """Take a line out; returns the sentence for the toast with undo."""
        name = self._line(key).name
        self.house.till.remove(key)
        return tr("{name} 뺐어요", name=wording.with_particle(name, "을/를"))

    def move_selection(self, step: int) -> str:
        """Select the line above (-1) or below (+1)."""
        keys = [line.key for line in self.house.till.cart.lines]
        if keys:
            at = keys.index(self.selected) if self.selected in keys else len(keys) - 1
            self.selected = keys[min(len(keys) - 1, max(0, at + step))]
        return self.selected

    def _line(self, key: str) -> CartLine:
        return next(line for line in self.house.till.cart.lines if line.key == key)

    # park, customer

    def parked_count(self) -> int:
        """How many carts are put aside."""
        return len(self.house.till.parked())

    def park(self) -> str:
        """Put the cart aside without asking for a name; returns the sentence for the toast."""
        lines = self.house.till.cart.lines
        first = wording.first_and_others(lines[0].name, len(lines) - 1)
        self.house.till.park("")
        self.selected = ""
        return tr("{first} 보류했어요", first=wording.with_particle(first, "을/를"))

    def recall_last(self) -> bool:
        """Take back the cart that was put aside last."""
        parked = self.house.till.parked()
        if not parked:
            return False
        latest = max(parked, key=lambda cart: wording.moment(cart.at) or wording.EPOCH)
        self.house.till.recall(latest.id)
        return True

    def customer(self) -> str:
        """The customer key's word."""
        return self.house.till.cart.customer or tr("일반 손님")


def cart_totals(priced: PricedCart) -> CartTotals:
    """The figures under the lines; a weighed line counts as one piece."""
    pieces = 0
    for row in priced.lines:
        weighed = row.line.sold_by is SoldBy.WEIGHT
        pieces += 1 if weighed else max(1, row.line.quantity_milli // PIECE)
    return CartTotals(priced.total_won, len(priced.lines), pieces, priced.discount_won)


def cart_row(priced: PricedLine) -> LineView:
    """A line of the cart as it reads."""
    line = priced.line
    badges: list[BadgeView] = []
    if line.discount is not None:
        badges.append(discount_badge(line.discount))
    if line.unit_price_won != line.list_price_won:
        badges.append(BadgeView(tr("값 바꿈"), "info"))
    quantity = wording.counted(line.quantity_milli, line.unit, line.sold_by)
    each = line.unit_price_won
    if line.discount is not None and line.discount.kind == "markdown_permille":
        each -= discount_won(line.discount, each)
    return LineView(
        key=line.key,
        name=line.name,
        unit=wording.counter(line.unit),
        quantity_milli=line.quantity_milli,
        unit_price_won=line.unit_price_won,
        amount_won=priced.amount_won - priced.discount_won,
        sold_by=line.sold_by,
        detail=f"{quantity} × {wording.won(each)}",
        badges=tuple(badges),
        parts=tuple(part_words(part, line.quantity_milli) for part in line.parts),
        note=line.note,
        product_id=line.product_id,
    )


def part_words(part: CartPart, bundles_milli: int) -> str:
    """What of a bundle's part goes with so many bundles."""
    milli = part.quantity_milli * bundles_milli // PIECE
    return f"{part.name} {wording.counted(milli, part.unit, part.sold_by)}"


def discount_badge(discount: Discount) -> BadgeView:
    """A discount as a badge."""
    if discount.kind == "markdown_permille":
        return BadgeView(tr("떨이 {percent}%", percent=percent(discount.value)), "markdown")
    if discount.kind == "permille":
        return BadgeView(tr("할인 {percent}%", percent=percent(discount.value)), "info")
    return BadgeView(tr("할인 {amount}", amount=wording.amount(-discount.value)), "info")


def percent(permille: int) -> str:
    """Thousandths as per cent without a float: 200 is `20`, 125 is `12.5`."""
    whole, rest = divmod(permille, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _of_an_order(text: str) -> bool:
    """Whether it is the code of a pre-order."""
    # lazy: most codes are digits
    from pos_app.domain.preorder import QR_PREFIX, token_in

    return text[: len(QR_PREFIX)].upper() == QR_PREFIX and bool(token_in(text))
