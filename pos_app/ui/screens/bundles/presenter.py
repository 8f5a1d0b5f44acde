"""Decides on the screen of bundles (꾸러미): which there are, what one holds, who gets how much of it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.errors import DomainError
from pos_app.domain.money import MAX_PRICE_WON, spread
from pos_app.domain.quantity import line_amount_won
from pos_app.i18n.formats import quantity_plain
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House

if TYPE_CHECKING:
    from pos_app.services.bundles import BundleView

PIECE = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it is being put together; `weight` None: as much as it costs by itself."""

    product_id: str
    name: str
    unit: str
    vendor: str
    price_won: int
    weighed: bool
    milli: int
    weight: int | None = None

    @property
    def worth_won(self) -> int:
        """What it costs by itself."""
        return line_amount_won(self.price_won, self.milli)


@dataclass(frozen=True, slots=True)
class Draft:
    """A bundle under the pen; `id` empty for a new one."""

    id: str = ""
    name: str = ""
    price_won: int = 0
    barcode: str = ""
    active: bool = True
    parts: tuple[Part, ...] = ()


class BundlesPresenter:
    """The list, and one draft that is saved whole or not at all."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.draft: Draft | None = None
        self.part = ""
        self.changed = False
        self._all: list[BundleView] = []

    def load(self) -> "list[BundleView]":
        """Read the bundles (slow)."""
        return self.house.bundles.all()

    def take(self, read: "list[BundleView]") -> None:
        """What `load` read."""
        self._all = read

    @property
    def empty(self) -> bool:
        """No bundle at all, and none being made."""
        return not self._all and self.draft is None

    def rows(self) -> list[RowView]:
        """The list as it reads."""
        return [
            RowView(
                each.id,
                each.name,
                tr("{count}가지 · {words}", count=len(each.parts), words=_made(each)),
                wording.amount(each.price_won),
                None if each.active else BadgeView(tr("그만 팖"), "gray"),
            )
            for each in self._all
        ]

    # the draft

    def open(self, bundle_id: str) -> None:
        """Look at a bundle; what was not saved of another is gone."""
        found = next((each for each in self._all if each.id == bundle_id), None)
        if found is None:
            return
        parts = tuple(
            Part(
                part.product_id,
                part.name,
                part.unit,
                part.vendor,
                part.list_price_won,
                part.unit == "kg",
                part.quantity_milli,
                part.weight,
            )
            for part in found.parts
        )
        self.draft = Draft(found.id, found.name, found.price_won, found.barcode, found.active, parts)
        self.part, self.changed = "", False

    def new(self, name: str) -> None:
        """Begin another."""
        self.draft, self.part, self.changed = Draft(name=name.strip()), "", True

    def close(self) -> None:
        """Let the draft go."""
        self.draft, self.part, self.changed = None, "", False

    def _put(self, draft: Draft) -> None:
        self.draft, self.changed = draft, True

    def rename(self, name: str) -> None:
        """Another name."""
        if self.draft is not None:
            self._put(replace(self.draft, name=name.strip()))

    def set_price(self, text: str) -> None:
        """Another price, as it was typed."""
        digits = "".join(char for char in text if char.isdecimal() and char.isascii())
        if not digits or not 1 <= int(digits) <= MAX_PRICE_WON:
            raise DomainError("bundle.price", max_won=MAX_PRICE_WON)
        if self.draft is not None:
            self._put(replace(self.draft, price_won=int(digits)))

    def goods_like(self, text: str) -> list[tuple[str, str]]:
        """Goods to put in: (id, words)."""
        goods = self.house.goods
        hits = list(goods.search(text.strip(), 8))
        tiles = {tile.product_id: tile for tile in goods.tiles_of(hits)}
        return [
            (hit, f"{tiles[hit].name} {wording.price_of(tiles[hit])}")
            for hit in hits
            if hit in tiles and tiles[hit].vendor_id
        ]

    def add(self, product_id: str) -> None:
        """One more part, or one piece more of a part that is there."""
        draft, tile = self.draft, self.house.goods.tile(product_id)
        if draft is None or tile is None:
            return
        self.part = product_id
        if any(part.product_id == product_id for part in draft.parts):
            self.step(1)
            return
        weighed = tile.sold_by is SoldBy.WEIGHT
        part = Part(tile.product_id, tile.name, tile.unit, tile.vendor, tile.unit_price_won, weighed, PIECE)
        price = draft.price_won
        if not price or price == self.worth_won():
            price = self.worth_won() + part.worth_won
        self._put(replace(draft, parts=(*draft.parts, part), price_won=price))

    def step(self, by: int) -> None:
        """More or less of the chosen part: pieces, or 100 g."""
        part = self.chosen()
        if part is not None:
            step = 100 if part.weighed else PIECE
            self._change(replace(part, milli=max(step, part.milli + by * step)))

    def set_weight(self, text: str) -> None:
        """The agreed share of the chosen part; nothing typed: what it costs by itself."""
        part = self.chosen()
        digits = "".join(char for char in text if char.isdecimal() and char.isascii())
        if part is not None:
            self._change(replace(part, weight=int(digits[:9]) if digits else None))

    def remove_part(self) -> None:
        """Without the chosen part."""
        if self.draft is not None and self.chosen() is not None:
            parts = tuple(part for part in self.draft.parts if part.product_id != self.part)
            self.part = ""
            self._put(replace(self.draft, parts=parts))

    def chosen(self) -> Part | None:
        """The part under the hand."""
        parts = self.draft.parts if self.draft is not None else ()
        return next((part for part in parts if part.product_id == self.part), None)

    def _change(self, changed: Part) -> None:
        if self.draft is not None:
            parts = tuple(
                changed if part.product_id == changed.product_id else part for part in self.draft.parts
            )
            self._put(replace(self.draft, parts=parts))

    # figures

    def worth_won(self) -> int:
        """What the parts cost by themselves."""
        return sum(part.worth_won for part in self.draft.parts) if self.draft is not None else 0

    def shares(self) -> list[int]:
        """What each part brings its vendor."""
        draft = self.draft
        if draft is None:
            return []
        weights = [part.worth_won if part.weight is None else part.weight for part in draft.parts]
        return list(spread(draft.price_won, weights)) if any(weights) else [0] * len(weights)

    def part_rows(self) -> list[RowView]:
        """The parts list."""
        if self.draft is None:
            return []
        return [
            RowView(
                part.product_id,
                part.name,
                f"{quantity_plain(part.milli)}{wording.counter(part.unit)} · {part.vendor}",
                wording.amount(share),
            )
            for part, share in zip(self.draft.parts, self.shares(), strict=True)
        ]

    def words(self) -> str:
        """The price beside what the parts cost, and how many can be made."""
        draft = self.draft
        if draft is None or not draft.parts:
            return tr("여러 업체의 물건을 골라 담아요.")
        less = self.worth_won() - draft.price_won
        said = [tr("따로 사면 {amount}", amount=wording.won(self.worth_won()))]
        if less > 0:
            said.append(tr("{amount} 싸요", amount=wording.won(less)))
        if not self.changed:
            said.append(_made(next(each for each in self._all if each.id == draft.id)))
        return " · ".join(said)

    # the corner

    def off_reason(self) -> str:
        """Why it can't be saved."""
        draft = self.draft
        if draft is None:
            return tr("꾸러미를 먼저 골라요.")
        if not draft.parts:
            return tr("담을 물건을 먼저 골라요.")
        if not draft.price_won:
            return tr("꾸러미 값을 먼저 정해요.")
        return "" if self.changed else tr("바뀐 것이 없어요.")

    def save(self) -> str:
        """Store the draft. Raises DomainError."""
        # lazy: bundles are made before the market, not at the till
        from pos_app.services.bundles import PartWish

        draft = self.draft
        if draft is None:
            return ""
        wishes = [PartWish(part.product_id, part.milli, part.weight) for part in draft.parts]
        saved = self.house.bundles.save(draft.name, draft.price_won, wishes, bundle_id=draft.id)
        self.take(self.load())
        self.open(saved)
        return tr("{name} 저장했어요. 판매 화면에 있어요.", name=wording.with_particle(draft.name, "을/를"))

    def set_active(self, active: bool) -> None:
        """Sell it, or no longer."""
        if self.draft is not None and self.draft.id:
            kept = self.draft.id
            self.house.bundles.set_active(kept, active)
            self.take(self.load())
            self.open(kept)

    def give_barcode(self) -> str:
        """An in-store number for it."""
        if self.draft is None or not self.draft.id:
            return ""
        kept = self.draft.id
        code = self.house.bundles.give_barcode(kept)
        self.take(self.load())
        self.open(kept)
        return tr("바코드 {code}를 만들었어요.", code=code)

    def pick_list(self, count: int) -> Document:
        """What vendors make ready for so many."""
        return self.house.bundles.pick_list_paper([(self.draft.id if self.draft else "", count)])

    def print_document(self, document: Document) -> str:
        """To the receipt printer."""
        self.house.papers.print_document(document, "pick_list")
        return tr("준비 목록을 인쇄기로 보냈어요.")


def _made(each: "BundleView") -> str:
    if each.can_make is None:
        return tr("재고를 세지 않았어요")
    return tr("{count}개 만들 수 있어요", count=each.can_make)
