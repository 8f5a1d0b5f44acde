"""판매자 인계증: what a vendor brought, or takes home, as a slip that both sign."""

from dataclasses import dataclass
from typing import Literal

from pos_app.domain.errors import DomainError
from pos_app.domain.goods_sheet import SheetRow
from pos_app.domain.operators import Action
from pos_app.domain.quantity import line_amount_won
from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.printing.layouts.slip_figures import GoodsLine, HandoffSlip
from pos_app.services.desk import Desk
from pos_app.services.goods_sheets import GoodsSheets
from pos_app.services.recording import shop_header
from pos_app.storage.queries import catalogue, days, goods_notes

Direction = Literal["brought", "taken_home"]


@dataclass(frozen=True, slots=True)
class Wasted:
    """Goods thrown away, and why."""

    product_id: str
    quantity_milli: int
    why: str


class GoodsSlips:
    """Slips of the goods sheet; what stands in the movements, nothing that is only typed."""

    def __init__(self, desk: Desk, sheets: GoodsSheets) -> None:
        self._desk = desk
        self._sheets = sheets

    def wasted(self, vendor_id: str = "") -> list[Wasted]:
        """What was thrown away today, by product and reason; raises day.none."""
        with self._desk.work.read() as rows:
            told = goods_notes.wasted(rows, self._desk.day(rows).day_id)
        sums: dict[str, dict[str, int]] = {}
        for product_id, owner, milli, why in told:
            if vendor_id in ("", owner):
                own = sums.setdefault(product_id, {})
                own[why] = own.get(why, 0) + milli if milli > 0 else own.get(why, 0)
                _take_back(own, -milli)
        return [
            Wasted(product_id, milli, why)
            for product_id, own in sums.items()
            for why, milli in own.items()
            if milli
        ]

    def document(self, vendor_id: str, direction: Direction) -> Document:
        """The slip. Raises right.missing, day.none, vendor.unknown, goods.nothing_to_sign."""
        # lazy: only who prints needs the layout
        from pos_app.printing.layouts.slips import handoff_document

        desk = self._desk
        desk.require(Action.STOCK)
        sheet = self._sheets.sheet(vendor_id)
        why = {each.product_id: each for each in self.wasted(vendor_id)}
        lines = tuple(
            line for row in sheet.rows if (line := _line(row, direction, why.get(row.goods.product_id)))
        )
        if not lines:
            raise DomainError("goods.nothing_to_sign", vendor=sheet.vendor.name)
        with desk.work.read() as rows:
            day = days.day(rows, sheet.day_id)
            vendor = catalogue.vendor(rows, vendor_id)
        slip = HandoffSlip(
            direction,
            desk.clock.stamp(),
            day.business_date if day else "",
            day.market if day else "",
            sheet.vendor.name,
            lines,
            slip_no=f"{sheet.vendor.code or vendor_id[:4].upper()}-{'IN' if direction == 'brought' else 'OUT'}",
            booth=str(sheet.vendor.booth) if sheet.vendor.booth else "",
            business_no=vendor.business_no if vendor else "",
            total_won=sum(line.amount_won or 0 for line in lines),
            operator_name=desk.session.name,
        )
        return handoff_document(slip, shop_header(desk), practice=desk.practice)

    def pdf(self, vendor_id: str, direction: Direction) -> bytes:
        """The same as PDF (slow)."""
        # lazy: ReportLab
        from pos_app.printing import pdf

        return pdf.render(self.document(vendor_id, direction), 48)


def _take_back(own: dict[str, int], milli: int) -> None:
    """What was whole after all comes off the reasons told last."""
    for why in reversed(list(own)):
        less = min(max(0, milli), own[why])
        own[why] -= less
        milli -= less


def _line(row: SheetRow, direction: Direction, wasted: Wasted | None) -> GoodsLine | None:
    goods = row.goods
    milli = goods.brought_milli if direction == "brought" else goods.taken_home_milli
    gone = (goods.donated_milli, goods.waste_milli)
    if milli <= 0 and (direction == "brought" or not any(gone)):
        return None
    worth = line_amount_won(goods.unit_price_won, max(0, milli), goods.rounding_won)
    note = "" if direction == "brought" else _note(row, wasted)
    return GoodsLine(goods.name, goods.unit, max(0, milli), worth, note=note)


def _note(row: SheetRow, wasted: Wasted | None) -> str:
    """How the rest went: 반입 60 판매 29 기부 3 폐기 2 (물러짐)."""
    goods = row.goods
    parts = [
        (tr("반입"), goods.brought_milli),
        (tr("판매"), goods.rung_milli),
        (tr("기부"), goods.donated_milli),
    ]
    words = [f"{name} {_count(milli)}" for name, milli in parts if milli]
    if goods.waste_milli:
        why = f" ({wasted.why})" if wasted and wasted.why else ""
        words.append(f"{tr('폐기')} {_count(goods.waste_milli)}{why}")
    return " · ".join(words)


def _count(milli: int) -> str:
    whole, rest = divmod(milli, 1000)
    return f"{whole:,}.{rest:03d}".rstrip("0") if rest else f"{whole:,}"
