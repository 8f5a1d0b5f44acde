"""A vendor's sheet of goods: figures as people write them, and the movements that make them so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pos_app.domain.errors import DomainError
from pos_app.domain.goods_balance import GoodsRow
from pos_app.domain.money import whole
from pos_app.domain.stock import MAX_MOVEMENT_MILLI, MovementReason, count_difference

Column = Literal["brought", "taken_home", "donated", "waste", "counted"]
WRITTEN: tuple[Column, ...] = ("brought", "taken_home", "donated", "waste")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One product as it stands. `given_milli` of the donated stands in deliveries, `spoilt_milli` of the
    waste came back with refunds: those the sheet can't take away."""

    goods: GoodsRow
    weighed: bool = False
    on_hand_milli: int = 0
    given_milli: int = 0
    spoilt_milli: int = 0

    def standing(self, column: Column) -> int:
        """Return what a column says now; a count that nobody made yet says what should be there."""
        row = self.goods
        return {
            "brought": row.brought_milli,
            "taken_home": row.taken_home_milli,
            "donated": row.donated_milli,
            "waste": row.waste_milli,
            "counted": max(0, self.on_hand_milli),
        }[column]

    @property
    def most_counted_milli(self) -> int:
        """Return the most that can be there: all that came less what left unsold, and what lay there before."""
        row = self.goods
        before = self.on_hand_milli + row.gap_milli  # less the day's own movements
        return max(0, row.left_milli + max(0, before))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a sheet is to say of one product, in thousandths; None leaves a column as it stands."""

    product_id: str
    brought: int | None = None
    taken_home: int | None = None
    donated: int | None = None
    waste: int | None = None
    counted: int | None = None
    waste_why: str = ""  # of what is thrown away with this entry

    def said(self, column: Column) -> int | None:
        """Return what is written in a column."""
        value: int | None = getattr(self, column)
        return value


@dataclass(frozen=True, slots=True)
class Move:
    """A movement that makes a sheet true: reason and signed thousandths."""

    product_id: str
    vendor_id: str
    reason: MovementReason
    milli: int
    why: str = ""


def wrong_column(row: SheetRow, entry: Entry) -> tuple[Column, DomainError] | None:
    """Return the first column that can't be so, and why; None when all is well.

    Codes: stock.not_whole, goods.negative(name), stock.too_large, goods.below_recorded(name, least_milli),
    goods.more_than_brought(name, left_milli), goods.count_over_brought(name, most_milli).
    """
    wrong = _not_a_quantity(row, entry)
    if wrong is not None:
        return wrong
    name = row.goods.name
    least: tuple[tuple[Column, int], ...] = (("donated", row.given_milli), ("waste", row.spoilt_milli))
    for column, recorded in least:
        said = entry.said(column)
        if said is not None and said < recorded:
            return column, DomainError("goods.below_recorded", name=name, least_milli=recorded)
    if entry.counted is not None and entry.counted > row.most_counted_milli:
        most = row.most_counted_milli
        return "counted", DomainError("goods.count_over_brought", name=name, most_milli=most)
    return _more_out_than_in(row, entry)


def _not_a_quantity(row: SheetRow, entry: Entry) -> tuple[Column, DomainError] | None:
    columns: tuple[Column, ...] = (*WRITTEN, "counted")
    for column in columns:
        said = entry.said(column)
        if said is None:
            continue
        try:
            whole(said, "stock.not_whole")
        except DomainError as error:
            return column, error
        if said < 0:
            return column, DomainError("goods.negative", name=row.goods.name)
        if said > MAX_MOVEMENT_MILLI:
            return column, DomainError("stock.too_large", max_milli=MAX_MOVEMENT_MILLI)
    return None


def _more_out_than_in(row: SheetRow, entry: Entry) -> tuple[Column, DomainError] | None:
    """Name the column that took more than came: the last one written that differs from what stood there."""
    figures = {column: _new(row, entry, column) for column in WRITTEN}
    out = figures["taken_home"] + figures["donated"] + figures["waste"]
    before = -row.goods.left_milli  # more went than came already: what makes it no worse is welcome
    if out - figures["brought"] <= max(0, before):
        return None
    changed = [column for column in WRITTEN if figures[column] > row.standing(column)]
    column: Column = changed[-1] if changed and changed[-1] != "brought" else "taken_home"
    if figures["brought"] < row.goods.brought_milli:
        column = "brought"
    left = figures["brought"] - out + (figures[column] if column != "brought" else 0)
    return column, DomainError("goods.more_than_brought", name=row.goods.name, left_milli=max(0, left))


def _new(row: SheetRow, entry: Entry, column: Column) -> int:
    said = entry.said(column)
    return row.standing(column) if said is None else said


def moves(row: SheetRow, entry: Entry) -> tuple[Move, ...]:
    """Return the movements that make a sheet's row true, a count also when it agrees.

    Raises what `wrong_column` says.
    """
    wrong = wrong_column(row, entry)
    if wrong is not None:
        raise wrong[1]
    product, vendor = row.goods.product_id, row.goods.vendor_id
    found = []
    for column in WRITTEN:
        more = _new(row, entry, column) - row.standing(column)
        if more:
            reason = MovementReason(column)
            signed = more if reason == MovementReason.BROUGHT else -more
            why = entry.waste_why if reason == MovementReason.WASTE else ""
            found.append(Move(product, vendor, reason, signed, why))
    if entry.counted is not None:
        leaving = sum(move.milli for move in found)  # what is written beside the count happened before it
        difference = count_difference(entry.counted, row.on_hand_milli + leaving)
        found.append(Move(product, vendor, MovementReason.COUNT, difference))
    return tuple(found)


def after(row: SheetRow, entry: Entry) -> GoodsRow:
    """Return the product's day as it will be once the entry is saved."""
    goods = row.goods
    missing = goods.missing_milli
    leaving = 0
    for column in WRITTEN:
        more = _new(row, entry, column) - row.standing(column)
        leaving += more if column == "brought" else -more
    if entry.counted is not None:
        missing -= entry.counted - (row.on_hand_milli + leaving)
    return GoodsRow(
        goods.vendor_id,
        goods.product_id,
        goods.name,
        goods.unit,
        goods.unit_price_won,
        _new(row, entry, "brought"),
        _new(row, entry, "taken_home"),
        _new(row, entry, "donated"),
        _new(row, entry, "waste"),
        missing,
        goods.rung_milli,
        goods.rounding_won,
    )


def rest_milli(row: SheetRow, entry: Entry, column: Column) -> int:
    """Return what a column would say if all that should still be there went into it (남은 것 모두)."""
    goods = after(row, Entry(entry.product_id, entry.brought, entry.taken_home, entry.donated, entry.waste))
    return max(0, _new(row, entry, column) - goods.gap_milli)


def short_and_over(rows: Sequence[GoodsRow]) -> tuple[int, int]:
    """Return (won missing, below 0; won too much, above 0) of some products."""
    gaps = [row.gap_won for row in rows]
    return sum(gap for gap in gaps if gap < 0), sum(gap for gap in gaps if gap > 0)
