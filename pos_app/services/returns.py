"""After the sale: receipts of the day, refunds of parts, voids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos_app.domain.barcodes import normalise_scan
from pos_app.domain.catalogue import SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.operators import Action, Role
from pos_app.domain.refund import RefundFigures, SoldLine, check_refundable, reckon_refund
from pos_app.domain.sale import check_void
from pos_app.domain.tender import TenderType
from pos_app.domain.typed_date import typed_date
from pos_app.facts.sales import (
    Override,
    Refund,
    RefundLine,
    Sale,
    SellerFigures,
    Tender,
    VoidSale,
)
from pos_app.printing.layouts.refund import refund_document, void_document
from pos_app.services import drawers
from pos_app.services.desk import Desk
from pos_app.services.policies import number
from pos_app.services.receipt_views import (
    ReceiptRow,
    SoldLineView,
    SoldView,
    TillTotals,
    VoidDone,
    receipt_row,
)
from pos_app.services.recording import Done, notes, shop_header
from pos_app.storage.queries import cash_receipts, catalogue, sales
from pos_app.storage.queries.days import StoredDay, StoredShift
from pos_app.storage.queries.sales import StoredSale
from pos_app.storage.unit_of_work import event_id, register_scope
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class Return:
    """What a refund is made of: lines are (line number, milli, can be sold again)."""

    lines: Sequence[tuple[int, int, bool]]
    reason: str
    tender_type: TenderType
    at: str
    approval_no: str = ""
    given_id: str = ""
    overrides: tuple[Override, ...] = ()
    paper: bool = True
    drawer: bool = False


class Returns:
    """Refunds and voids at one till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def totals(self) -> TillTotals:
        """What this till sold today; for a cashier whom the house lets see it, what that cashier sold here.

        Raises right.missing.
        """
        desk = self._desk
        with desk.work.read() as rows:
            own = desk.session.role is Role.CASHIER and number(catalogue.policies(rows), "cashier_totals")
            if not own:
                desk.require(Action.SEE_TOTALS)
            try:
                day = desk.day(rows)
            except DomainError:
                return TillTotals(0, 0, 0)
            if own:
                made = sales.operator_totals(rows, day.day_id, desk.register, desk.session.name)
                return TillTotals(*made, 0)
            return TillTotals(*sales.till_totals(rows, day.day_id, desk.register))

    def numbered(self, text: str) -> str:
        """The sale whose receipt's QR code was scanned; empty when the code is none of ours."""
        number = normalise_scan(text)
        with self._desk.work.read() as rows:
            return sales.numbered(rows, number) if number else ""

    def recent(self, limit: int = 100, text: str = "", tender: str = "") -> list[ReceiptRow]:
        """The day's sales, the latest first, that hold `text` or were paid (in part) with `tender`.

        A date, or a whole receipt number that today does not have, finds sales of other days.
        """
        text = clean_name(text)[:60]
        local = self._desk.clock.local().date()
        with self._desk.work.read() as rows:
            try:
                day = self._desk.day(rows)
                today, found = day.business_date, sales.recent(rows, day.day_id, limit, text, tender[:20])
            except DomainError:
                today, found = "", []
            meant = typed_date(text, date.fromisoformat(today) if today else local)
            if meant is not None:
                found = sales.sold_on(rows, meant.isoformat(), limit)
            elif text and not found:
                found = sales.of_any_day(rows, text, limit)
            asked = cash_receipts.asked_for(rows, [row.id for row in found])
        return [receipt_row(row, today, row.id in asked) for row in found]

    def sale(self, sale_id: str) -> SoldView:
        """One sale with what is left of each line. Raises sale.unknown."""
        with self._desk.work.read() as rows:
            stored = _stored(rows, sale_id)
            wanted = cash_receipts.latest(rows, stored.id)
            today = shift_id = ""
            try:
                today = self._desk.day(rows).business_date
                shift_id = self._desk.shift(rows).id
            except DomainError:
                pass
        lines = []
        for line in stored.sale.lines:
            milli, won = stored.refunded.get(line.no, (0, 0))
            left = max(0, line.quantity_milli - milli)
            lines.append(
                SoldLineView(
                    line.no,
                    f"{line.name} ({line.bundle_name})" if line.bundle_id else line.name,
                    line.unit,
                    SoldBy(line.sold_by),
                    line.quantity_milli,
                    left,
                    line.net_won,
                    max(0, line.net_won - won),
                )
            )
        return SoldView(
            sale_id,
            stored.sale.receipt_no,
            stored.sale.at,
            stored.sale.total_won,
            tuple(lines),
            tuple((t.type, t.amount_won) for t in stored.sale.tenders),
            stored.voided,
            stored.sale.shift_id == shift_id,
            wanted,
            "" if stored.sale.business_date == today else stored.sale.business_date,
        )

    def worth(self, sale_id: str, lines: Sequence[tuple[int, int]]) -> int:
        """What giving back these (line, milli) would come to (won)."""
        with self._desk.work.read() as rows:
            return reckon_refund(_sold_lines(_stored(rows, sale_id)), lines).refund_won

    def refund(
        self,
        sale_id: str,
        lines: Sequence[tuple[int, int, bool]],
        reason: str,
        tender_type: TenderType,
        approval_no: str = "",
        override: Override | None = None,
    ) -> Done:
        """Give back parts of a sale; works offline, counted where it happens."""
        lent = self._desk.require(Action.REFUND, override)
        if not reason.strip():
            raise DomainError("refund.no_reason")
        with self._desk.work.read() as rows:
            day, shift = self._desk.day(rows), self._desk.shift(rows)
        now = self._desk.clock.stamp()
        wish = Return(
            lines, clean_name(reason)[:200], tender_type, now, approval_no, overrides=lent, drawer=True
        )
        return record_refund(self._desk, day, shift, sale_id, wish)

    def void(
        self, sale_id: str, reason: str, override: Override | None = None, cancelled: Sequence[str] = ()
    ) -> VoidDone:
        """Take a sale of the open shift back whole; `cancelled`: the approvals of cards given back, in order."""
        lent = self._desk.require(Action.VOID, override)
        with self._desk.work.read() as rows:
            day, shift = self._desk.day(rows), self._desk.shift(rows)
        return record_void(
            self._desk,
            day,
            shift,
            sale_id,
            clean_name(reason)[:200],
            self._desk.clock.stamp(),
            overrides=lent,
            cancelled=cancelled,
            drawer=True,
        )


def _stored(rows: Rows, sale_id: str) -> StoredSale:
    stored = sales.sale(rows, clean_name(sale_id)[:64])
    if stored is None:
        raise DomainError("sale.unknown", sale=sale_id)
    return stored


def _sold_lines(stored: StoredSale) -> list[SoldLine]:
    sold = []
    for line in stored.sale.lines:
        milli, won = stored.refunded.get(line.no, (0, 0))
        kind = SellerTaxKind(stored.sale.sellers[line.seller].tax_kind)
        sold.append(
            SoldLine(
                line.no,
                line.quantity_milli,
                line.net_won,
                milli,
                won,
                line.seller,
                kind,
                TaxClass(line.tax_class),
            )
        )
    return sold


def record_refund(desk: Desk, day: StoredDay, shift: StoredShift, sale_id: str, wish: Return) -> Done:
    """Store a refund with its paper in one durable transaction.

    What is left is read inside the transaction: two refunds at once can't give one thing back twice.
    """
    with desk.work.begin(desk.session.operator_id) as work:
        known = sales.refund(work.rows, wish.given_id) if wish.given_id else None
        if known is not None:
            return Done(wish.given_id, known.receipt_no, known.refund_won, 0, known.refund_won, (), None)
        desk.check_open(work.rows, shift)
        stored = _stored(work.rows, sale_id)
        gone = all(
            line.quantity_milli <= stored.refunded.get(line.no, (0, 0))[0] for line in stored.sale.lines
        )
        check_refundable(voided=stored.voided, fully_refunded=gone)
        figures = reckon_refund(_sold_lines(stored), [(no, milli) for no, milli, _ in wish.lines])
        recorded: list[Refund] = []

        def numbered(receipt_no: str) -> Refund:
            recorded.append(_refund_fact(desk, day, shift, stored, figures, wish, receipt_no))
            return recorded[0]

        event = work.record_numbered(register_scope(day.day_id, desk.register), numbered)
        job = None
        if wish.paper:
            paper = refund_document(recorded[0], shop_header(desk), 0, desk.practice)
            job = desk.paper(work, "refund", event_id(event), paper)
        if wish.drawer and wish.tender_type is TenderType.CASH:
            drawers.kick(desk, work, event_id(event))
    back = figures.refund_won
    given = notes(back) if wish.tender_type is TenderType.CASH else ()
    return Done(wish.given_id or event_id(event), recorded[0].receipt_no, back, 0, back, given, job)


def _refund_fact(
    desk: Desk,
    day: StoredDay,
    shift: StoredShift,
    stored: StoredSale,
    figures: RefundFigures,
    wish: Return,
    receipt_no: str,
) -> Refund:
    sale = stored.sale
    return Refund(
        sale_id=stored.id,
        sale_receipt_no=sale.receipt_no,
        sale_business_date=sale.business_date,
        day_id=day.day_id,
        shift_id=shift.id,
        register=desk.register,
        business_date=day.business_date,
        at=wish.at,
        receipt_no=receipt_no,
        lines=_refund_lines(sale, figures, wish),
        sellers=_refund_sellers(sale, figures),
        tenders=(_refund_tender(sale, figures, wish),),
        refund_won=figures.refund_won,
        reason=wish.reason,
        operator_name=desk.session.name,
        given_id=wish.given_id,
        overrides=wish.overrides,
    )


def _refund_lines(sale: Sale, figures: RefundFigures, wish: Return) -> tuple[RefundLine, ...]:
    by_no = {line.no: line for line in sale.lines}
    restock = {no: again for no, _, again in wish.lines}
    position = {seller: index for index, (seller, _) in enumerate(figures.sellers)}
    return tuple(
        RefundLine(
            part.no,
            by_no[part.no].product_id,
            by_no[part.no].vendor_id,
            position[by_no[part.no].seller],
            by_no[part.no].name,
            by_no[part.no].unit,
            by_no[part.no].tax_class,
            by_no[part.no].unit_price_won,
            part.quantity_milli,
            part.refund_won,
            restock[part.no],
        )
        for part in figures.parts
    )


def _refund_sellers(sale: Sale, figures: RefundFigures) -> tuple[SellerFigures, ...]:
    return tuple(
        SellerFigures(
            sale.sellers[index].id,
            sale.sellers[index].name,
            sale.sellers[index].business_no,
            sale.sellers[index].tax_kind,
            tax.net_won,
            tax.taxable_supply_won,
            tax.vat_won,
            tax.exempt_won,
            tax.unsplit_won,
        )
        for index, tax in figures.sellers
    )


def _refund_tender(sale: Sale, figures: RefundFigures, wish: Return) -> Tender:
    taken = next((t for t in sale.tenders if t.type == wish.tender_type.value), None)
    return Tender(
        1,
        wish.tender_type.value,
        figures.refund_won,
        figures.refund_won,
        0,
        tuple(part.refund_won for part in figures.parts),
        taken.kind if taken else "",
        taken.held_by if taken else "cooperative",
        clean_name(wish.approval_no)[:40],
    )


def record_void(
    desk: Desk,
    day: StoredDay,
    shift: StoredShift,
    sale_id: str,
    reason: str,
    at: str,
    *,
    given_id: str = "",
    overrides: tuple[Override, ...] = (),
    paper: bool = True,
    drawer: bool = False,
    cancelled: Sequence[str] = (),
) -> VoidDone:
    """Store a void with its paper in one durable transaction."""
    with desk.work.begin(desk.session.operator_id) as work:
        stored = _stored(work.rows, sale_id)
        if given_id and sales.is_voided_by(work.rows, sale_id) == given_id:
            return VoidDone(stored.sale.receipt_no, stored.sale.total_won)
        desk.check_open(work.rows, shift)
        same = stored.sale.shift_id == shift.id
        check_void(voided=stored.voided, refunded=bool(stored.refunded), same_shift=same)
        fact = VoidSale(
            sale_id=sale_id,
            sale_receipt_no=stored.sale.receipt_no,
            day_id=day.day_id,
            shift_id=shift.id,
            register=desk.register,
            at=at,
            reason=reason,
            operator_name=desk.session.name,
            given_id=given_id,
            cancel_approvals=_cancel_approvals(stored.sale, cancelled),
            overrides=overrides,
        )
        event = work.record(register_scope(day.day_id, desk.register), fact)
        if paper:
            document = void_document(fact, shop_header(desk), stored.sale, 0, desk.practice)
            desk.paper(work, "void", event_id(event), document)
        if drawer and any(tender.type == "cash" for tender in stored.sale.tenders):
            drawers.kick(desk, work, event_id(event))
    return VoidDone(stored.sale.receipt_no, stored.sale.total_won)


def _cancel_approvals(sale: Sale, cancelled: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Each card tender of a sale with the approval of its cancelling, as far as they were told."""
    cards = [tender.no for tender in sale.tenders if tender.type == TenderType.CARD.value]
    return tuple((no, clean_name(number)[:40]) for no, number in zip(cards, cancelled, strict=False))
