"""Goods in and out per vendor: sheets, counts, what they should come to, proposals from a file or a past day."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain import goods_balance, sell_through
from pos_app.domain.errors import DomainError
from pos_app.domain.goods_balance import GoodsRow, Suggestion, VendorBalance
from pos_app.domain.goods_sheet import Entry, Move, SheetRow, moves
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action
from pos_app.domain.quantity import PIECE
from pos_app.domain.sell_through import SellThrough
from pos_app.domain.stock import MovementReason
from pos_app.facts.catalogue import GoodsMovement
from pos_app.facts.shifts import CutHead
from pos_app.services.desk import Desk
from pos_app.storage.queries import catalogue, days
from pos_app.storage.queries import goods_sheets as asked
from pos_app.storage.unit_of_work import CATALOGUE
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

_PART = 500
MAX_NOTE = 200


@dataclass(frozen=True, slots=True)
class SheetVendor:
    """A vendor in the list: state gap, open (nobody counted what is left), even, or none (no goods)."""

    id: str
    name: str
    representative: str
    booth: int
    code: str
    state: str
    short_won: int
    over_won: int
    missing_won: int
    sold_permille: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One vendor's goods of the day."""

    day_id: str
    vendor: SheetVendor
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All vendors, those with the dearest gaps first, and the market's sell-through."""

    vendors: tuple[SheetVendor, ...]
    sold: SellThrough
    short_won: int
    over_won: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """How much of a product to bring next time, and why."""

    vendor_id: str
    product_id: str
    name: str
    unit: str
    weighed: bool
    why: Suggestion


class GoodsSheets:
    """Goods in, out and counted. Nothing is ever overwritten: every save is movements."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # --- reading -----------------------------------------------------------------------------
    def overview(self) -> Overview:
        """Who takes part, ordered by what is missing. Raises day.none."""
        with self._desk.work.read() as rows:
            return self._overview(rows)

    def sheet(self, vendor_id: str) -> Sheet:
        """One vendor's goods. Raises day.none, vendor.unknown."""
        with self._desk.work.read() as rows:
            day_id = self._desk.day(rows).day_id
            vendor = next((v for v in self._overview(rows).vendors if v.id == vendor_id), None)
            if vendor is None:
                raise DomainError("vendor.unknown")
            return Sheet(day_id, vendor, tuple(self._rows(rows, day_id, vendor_id).values()))

    def balance(self, business_date: str | None = None) -> tuple[str, tuple[VendorBalance, ...]]:
        """(day id, mass balance of every vendor), the dearest gaps first. Raises day.none, day.unknown."""
        with self._desk.work.read() as rows:
            day_id = self._day_of(rows, business_date)
            found = [row.goods for row in self._rows(rows, day_id).values() if _moved(row.goods)]
        return day_id, goods_balance.balance(found)

    def sell_through(
        self, business_date: str | None = None
    ) -> tuple[SellThrough, tuple[tuple[str, SellThrough], ...]]:
        """완판율 of the market and of each vendor, the best first. Raises day.none, day.unknown."""
        with self._desk.work.read() as rows:
            day_id = self._day_of(rows, business_date)
            found = asked.offered(rows, day_id, self._rounding(rows))
        return sell_through.of_all(found), sell_through.by_vendor(found)

    def suggest(self, vendor_id: str = "") -> list[Suggested]:
        """What to bring to this market next time, by what was sold before; today counts once it is sealed."""
        with self._desk.work.read() as rows:
            day = self._desk.day(rows)
            before = day.business_date + "~" if days.seals(rows, day.day_id) else day.business_date
            past = asked.past(rows, asked.market_of(rows, day.day_id), before)
            goods = asked.goods(rows, self._rounding(rows))
        found = []
        for product_id, own in past.items():
            good = goods.get(product_id)
            why = goods_balance.suggest(own, step_milli=PIECE)
            if good is not None and why is not None and vendor_id in ("", good.vendor_id):
                found.append(Suggested(good.vendor_id, good.id, good.name, good.unit, good.weighed, why))
        return sorted(found, key=lambda each: (each.vendor_id, each.name, each.product_id))

    def find_product(self, label: str, vendor_id: str = "") -> str:
        """A product by code, barcode, id or name. Raises product.unknown_code, goods.other_vendor."""
        with self._desk.work.read() as rows:
            found = asked.product_labelled(rows, self._desk.day(rows).day_id, label.strip())
            known = catalogue.product(rows, found) if found else None
        if known is None:
            raise DomainError("product.unknown_code", label=label[:40])
        if vendor_id and known.vendor_id != vendor_id:
            raise DomainError("goods.other_vendor", name=known.name)
        return known.id

    def find_vendor(self, label: str) -> str:
        """A vendor by code, id or name. Raises vendor.unknown."""
        with self._desk.work.read() as rows:
            found = asked.vendor_labelled(rows, self._desk.day(rows).day_id, label.strip())
        if found is None:
            raise DomainError("vendor.unknown")
        return found

    # --- writing -----------------------------------------------------------------------------
    def save(
        self, batch_id: str, day_id: str, entries: Sequence[Entry], note: str = "", *, seen: bool = False
    ) -> int:
        """Make the sheet say this: one batch, one transaction; how many movements that took.

        `day_id` is the day that the sheet was opened for. `seen`: what is left was looked at, which is told
        also where it takes no movement. The same batch again changes nothing. Raises right.missing,
        goods.other_day, product.unknown and what a column that can't be so says.
        """
        return self._save(batch_id, day_id, lambda _: entries, note, seen)

    def move(
        self, batch_id: str, reason: MovementReason, lines: Sequence[tuple[str, int]], note: str = ""
    ) -> int:
        """Add to what was brought, taken home, donated or thrown away: (product id, thousandths).

        A COUNT says what is there instead. Raises as `save` does, goods.doubled for a product counted
        twice, and quantity.not_positive for nothing.
        """

        def entries(standing: dict[str, SheetRow]) -> list[Entry]:
            wanted: dict[str, int] = {}
            for product_id, milli in lines:
                if product_id not in standing:
                    raise DomainError("product.unknown", product=product_id)
                if reason is not MovementReason.COUNT and milli < 1:
                    raise DomainError("quantity.not_positive")
                if reason is MovementReason.COUNT and product_id in wanted:
                    raise DomainError("goods.doubled", name=standing[product_id].goods.name)
                wanted[product_id] = wanted.get(product_id, 0) + milli
            return [_added(standing[product_id], reason, milli) for product_id, milli in wanted.items()]

        with self._desk.work.read() as rows:
            day_id = self._desk.day(rows).day_id
        return self._save(batch_id, day_id, entries, note, False)

    def _save(
        self,
        batch_id: str,
        day_id: str,
        entries: Callable[[dict[str, SheetRow]], Sequence[Entry]],
        note: str,
        seen: bool,
    ) -> int:
        desk = self._desk
        desk.require(Action.STOCK)
        words = clean_text(note, MAX_NOTE)
        with desk.work.begin(desk.session.operator_id) as work:
            if desk.day(work.rows).day_id != day_id:
                raise DomainError("goods.other_day")
            if asked.batch_known(work.rows, batch_id):
                return 0
            standing = self._rows(work.rows, day_id)
            found: list[Move] = []
            for entry in entries(standing):
                row = standing.get(entry.product_id)
                if row is None:
                    raise DomainError("product.unknown", product=entry.product_id)
                made = moves(row, entry)
                found += made or (_nothing(row) if seen else ())
            return self._record(work, batch_id, day_id, found, words)

    def new_batch(self) -> str:
        """A name for one save: a press that comes twice saves once."""
        return str(uuid.uuid4())

    # --- the rest ----------------------------------------------------------------------------
    def _record(self, work: "Work", batch_id: str, day_id: str, found: Sequence[Move], note: str) -> int:
        """One fact per reason (and why), its lines in bounded parts, all under the batch's name."""
        desk = self._desk
        by_reason: dict[tuple[MovementReason, str], list[tuple[str, str, int]]] = {}
        for move in found:
            why = clean_text(move.why, MAX_NOTE) or note
            by_reason.setdefault((move.reason, why), []).append((move.product_id, move.vendor_id, move.milli))
        first = True
        heads = [
            CutHead(log.hex(), seq, key.hex()) for log, seq, key in days.day_heads(work.rows, day_id)
        ]
        for place, ((reason, why), lines) in enumerate(by_reason.items()):
            for start in range(0, len(lines), _PART):
                part = batch_id if first else f"{batch_id}/{place}/{reason.value}/{start}"
                first = False
                fact = GoodsMovement(
                    part,
                    day_id,
                    desk.clock.stamp(),
                    reason.value,
                    tuple(lines[start : start + _PART]),
                    why,
                    desk.session.name,
                    tuple(heads) if reason is MovementReason.COUNT else (),
                )
                work.record(CATALOGUE, fact)
        return len(found)

    def _rounding(self, rows: Rows) -> int:
        return self._desk.terms(rows).pricing.weighed_rounding_won

    def _day_of(self, rows: Rows, business_date: str | None) -> str:
        if business_date is None:
            return self._desk.day(rows).day_id
        found = days.latest_day(rows, business_date)
        if found is None:
            raise DomainError("day.unknown", date=business_date)
        return found.day_id

    def _rows(self, rows: Rows, day_id: str, vendor_id: str = "") -> dict[str, SheetRow]:
        """The goods of the day's vendors, and whatever was moved, by product and in order of name."""
        moved = asked.of_day(rows, day_id)
        booths = catalogue.booths(rows, catalogue.day_rosters(rows, day_id))
        found = {}
        for good in asked.goods(rows, self._rounding(rows)).values():
            own = moved.get(good.id)
            if own is None and booths and good.vendor_id not in booths:
                continue
            own = own or asked.Moved(good.vendor_id)
            if vendor_id and own.vendor_id != vendor_id:
                continue
            goods = GoodsRow(
                own.vendor_id, good.id, good.name, good.unit, good.unit_price_won, own.brought,
                own.taken_home, own.donated, own.waste, own.missing, own.rung, good.rounding_won,
            )  # fmt: skip
            found[good.id] = SheetRow(goods, good.weighed, good.on_hand_milli, own.given, own.spoilt)
        return found

    def _overview(self, rows: Rows) -> Overview:
        day_id = self._desk.day(rows).day_id
        booths = catalogue.booths(rows, catalogue.day_rosters(rows, day_id))
        moved = asked.of_day(rows, day_id)
        counted = {own.vendor_id for own in moved.values() if own.sheets}
        standing = self._rows(rows, day_id).values()
        balances = {each.vendor_id: each for each in goods_balance.balance(row.goods for row in standing)}
        offered = asked.offered(rows, day_id, self._rounding(rows))
        sold = dict(sell_through.by_vendor(offered))
        found = []
        for vendor in catalogue.vendors(rows):
            own = balances.get(vendor.id)
            if own is None and vendor.id not in booths:
                continue
            booth = booths.get(vendor.id)
            through = sold.get(vendor.id)
            found.append(
                SheetVendor(
                    vendor.id,
                    vendor.name,
                    vendor.representative,
                    booth.number if booth else 0,
                    booth.code if booth else "",
                    _state(own, vendor.id in counted),
                    own.short_won if own else 0,
                    own.over_won if own else 0,
                    own.missing_won if own else 0,
                    through.permille if through else None,
                )
            )
        gaps = [vendor for vendor in found if vendor.state == "gap"]
        return Overview(
            tuple(sorted(found, key=_by_gap)),
            sell_through.of_all(offered),
            sum(vendor.short_won for vendor in gaps),
            sum(vendor.over_won for vendor in gaps),
        )


def _nothing(row: SheetRow) -> tuple[Move, ...]:
    """A movement of nothing: somebody looked, and nothing was left to take home."""
    return (Move(row.goods.product_id, row.goods.vendor_id, MovementReason.TAKEN_HOME, 0),)


def _moved(row: GoodsRow) -> bool:
    return any((row.brought_milli, row.taken_home_milli, row.donated_milli, row.waste_milli, row.rung_milli,
                row.missing_milli))  # fmt: skip


def _state(own: VendorBalance | None, counted: bool) -> str:
    if own is None or not any(_moved(row) for row in own.rows):
        return "none"
    if own.balances:
        return "even"
    return "gap" if counted else "open"


_ORDER = {"gap": 0, "open": 1, "even": 2, "none": 3}


def _by_gap(vendor: SheetVendor) -> tuple[int, int, int, str]:
    size = vendor.over_won - vendor.short_won if vendor.state == "gap" else 0
    return _ORDER[vendor.state], -size, vendor.booth, vendor.name


def _added(row: SheetRow, reason: MovementReason, milli: int) -> Entry:
    product = row.goods.product_id
    if reason is MovementReason.COUNT:
        return Entry(product, counted=milli)
    if reason is MovementReason.BROUGHT:
        return Entry(product, brought=row.goods.brought_milli + milli)
    if reason is MovementReason.TAKEN_HOME:
        return Entry(product, taken_home=row.goods.taken_home_milli + milli)
    if reason is MovementReason.DONATED:
        return Entry(product, donated=row.goods.donated_milli + milli)
    if reason is MovementReason.WASTE:
        return Entry(product, waste=row.goods.waste_milli + milli)
    raise DomainError("goods.not_out", reason=str(reason))
