"""Sales, refunds and voids of a report's days piece by piece, and what of them a sieve lets through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pos_app.domain.catalogue import Certificate
from pos_app.domain.certificates import kinds_on
from pos_app.domain.settlement import spread_signed
from pos_app.facts.sales import Refund, RefundLine, Sale, SaleLine, SellerFigures
from pos_app.reports import sieve as s
from pos_app.reports.sieve import Sieve
from pos_app.services.report_scope import Scope
from pos_app.storage.queries import report_events, reports
from sync.rows import Rows

SALE, REFUND, VOID = "sale", "refund", "void"
_TAXES = (s.SUPPLY, s.VAT, s.EXEMPT, s.UNSPLIT)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line's figures; those of a refund are negative, but for `refund_won`."""

    vendor_id: str
    product_id: str
    name: str
    quantity_milli: int
    gross_won: int
    discount_won: int
    truncation_won: int
    refund_won: int
    net_won: int
    seller: int
    taxable: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A receipt as reports see it. `shares` spread each tender over the lines; `sign` is -1 for a refund."""

    kind: str
    id: str
    sale_id: str
    day_id: str
    shift_id: str
    business_date: str
    at: str
    register: str
    receipt_no: str
    department: str
    reason: str
    ordered: bool
    sign: int
    pieces: tuple[Piece, ...]
    sellers: tuple[SellerFigures, ...]
    tenders: tuple[tuple[str, str, str, tuple[int, ...]], ...]

    def taxes(self) -> list[tuple[int, int, int, int]]:
        """Return supply, VAT, exempt and unsplit of each piece; each seller's frozen figures, spread over its lines."""
        found = [(0, 0, 0, 0)] * len(self.pieces)
        for number, seller in enumerate(self.sellers):
            own = [place for place, piece in enumerate(self.pieces) if piece.seller == number]
            taxed = [place for place in own if self.pieces[place].taxable]
            nets = [self.pieces[place].net_won for place in taxed]
            split = not seller.unsplit_won
            supplies = (
                spread_signed(self.sign * seller.taxable_supply_won, nets)
                if nets and split
                else (0,) * len(nets)
            )
            for place, net, supply in zip(taxed, nets, supplies, strict=True):
                found[place] = (supply, net - supply, 0, 0) if split else (0, 0, 0, net)
            for place in own:
                if place not in taxed:
                    found[place] = (0, 0, self.pieces[place].net_won, 0)
        return found


def read(rows: Rows, scope: Scope, *, departments: bool = False) -> Iterator[Entry]:
    """Sales, then refunds, of the scope's days; only those with goods of its vendors."""
    vendors = sorted(scope.vendor_ids or ())
    days = scope.day_ids
    ordered = {sale_id for _, sale_id in reports.picked_up(rows, days)}
    reasons = report_events.void_reasons(rows, days)
    for sale_id, voided, sale in report_events.sold(rows, days, vendors, departments):
        yield of_sale(
            sale_id, voided, sale, sale_id in ordered or bool(sale.order_id), reasons.get(sale_id, "")
        )
    for refund_id, department, refund in report_events.given_back(rows, days, vendors):
        if department or not departments:
            yield of_refund(refund_id, department, refund, refund.sale_id in ordered)


def read_refunds(rows: Rows, scope: Scope) -> Iterator[Entry]:
    """Refunds of the scope's days that have goods of its vendors; which came of an order stays untold."""
    vendors = sorted(scope.vendor_ids or ())
    for refund_id, department, refund in report_events.given_back(rows, scope.day_ids, vendors):
        yield of_refund(refund_id, department, refund, False)


def of_sale(sale_id: str, voided: bool, sale: Sale, ordered: bool, reason: str) -> Entry:
    """Return a sale as reports see it."""
    return Entry(
        VOID if voided else SALE, sale_id, sale_id, sale.day_id, sale.shift_id, sale.business_date, sale.at,
        sale.register, sale.receipt_no, sale.customer, reason, ordered, 1,
        tuple(_sold(line) for line in sale.lines), sale.sellers,
        tuple((t.type, t.kind, t.held_by, t.shares) for t in sale.tenders),
    )  # fmt: skip


def of_refund(refund_id: str, department: str, refund: Refund, ordered: bool) -> Entry:
    """Return a refund as reports see it."""
    return Entry(
        REFUND, refund_id, refund.sale_id, refund.day_id, refund.shift_id, refund.business_date, refund.at,
        refund.register, refund.receipt_no, department, refund.reason, ordered, -1,
        tuple(_given_back(line) for line in refund.lines), refund.sellers,
        tuple((t.type, t.kind, t.held_by, t.shares) for t in refund.tenders),
    )  # fmt: skip


def _sold(line: SaleLine) -> Piece:
    off = line.discount_won + line.cart_discount_won
    figures = (line.quantity_milli, line.amount_won, off, line.truncation_won, 0, line.net_won)
    return Piece(
        line.vendor_id, line.product_id, line.name, *figures, line.seller, line.tax_class == "taxable"
    )


def _given_back(line: RefundLine) -> Piece:
    figures = (-line.quantity_milli, 0, 0, 0, line.refund_won, -line.refund_won)
    return Piece(
        line.vendor_id, line.product_id, line.name, *figures, line.seller, line.tax_class == "taxable"
    )


class Weigher:
    """Says what of a receipt a sieve lets through, in won; None when nothing of it has to do with the figure."""

    def __init__(self, scope: Scope, sieve: Sieve, categories: dict[str, str]) -> None:
        self._scope, self._sieve, self._categories = scope, sieve, categories
        self._kinds: dict[tuple[str, str], tuple[str, ...]] = {}

    def weigh(self, entry: Entry) -> int | None:
        """Return the won of it, with the sieve's sign."""
        if not self._lets(entry):
            return None
        wanted = [place for place, piece in enumerate(entry.pieces) if self._lets_piece(entry, piece)]
        if not wanted:
            return None
        return self._sieve.sign * self._measures(entry, wanted)

    def _lets(self, entry: Entry) -> bool:
        sieve = self._sieve
        kinds = {s.REFUNDS: (REFUND,), s.VOIDS: (VOID,), s.SOLD: (SALE,)}
        if entry.kind not in kinds.get(sieve.measure, (SALE, REFUND)):
            return False
        if sieve.tender and not any(self._is_tender(each) for each in entry.tenders):
            return False
        return (
            sieve.receipt_id in ("", entry.id)
            and sieve.register in ("", entry.register)
            and sieve.shift_id in ("", entry.shift_id)
            and sieve.hour in ("", entry.at[11:13])
            and sieve.department in (None, entry.department)
            and (not sieve.any_department or bool(entry.department))
            and (not sieve.ordered or entry.ordered)
            and sieve.reason in (None, entry.reason)
        )

    def _lets_piece(self, entry: Entry, piece: Piece) -> bool:
        sieve = self._sieve
        if not self._scope.holds(piece.vendor_id) or sieve.vendor_id not in ("", piece.vendor_id):
            return False
        if sieve.product_id not in ("", piece.product_id):
            return False
        if sieve.category is not None and self._categories.get(piece.product_id, "") != sieve.category:
            return False
        if sieve.certificate is None and not sieve.certified:
            return True
        kinds = self.kinds(piece.vendor_id, entry.business_date)
        if sieve.certified:
            return bool(kinds)
        return sieve.certificate in kinds if sieve.certificate else not kinds

    def kinds(self, vendor_id: str, on: str) -> tuple[str, ...]:
        """Return the kinds of certificate that a vendor held on a date."""
        key = (vendor_id, on)
        if key not in self._kinds:
            self._kinds[key] = kinds_on(certificates(self._scope, vendor_id), on)
        return self._kinds[key]

    def _is_tender(self, tender: tuple[str, str, str, tuple[int, ...]]) -> bool:
        sieve = self._sieve
        return (
            tender[0] == sieve.tender
            and sieve.kind in (None, tender[1])
            and sieve.held_by in (None, tender[2])
        )

    def _measures(self, entry: Entry, wanted: list[int]) -> int:
        measure = self._sieve.measure
        if measure == s.TENDER:
            shares = [tender[3] for tender in entry.tenders if self._is_tender(tender)]
            return entry.sign * sum(share[place] for share in shares for place in wanted)
        if measure in _TAXES:
            taxes = entry.taxes()
            return sum(taxes[place][_TAXES.index(measure)] for place in wanted)
        of_piece = _MEASURES.get(measure, _net)
        return sum(of_piece(entry.pieces[place]) for place in wanted)


def certificates(scope: Scope, vendor_id: str) -> tuple[Certificate, ...]:
    """Return all certificates that a vendor was ever said to hold."""
    vendor = scope.vendors.get(vendor_id)
    return vendor.certificates if vendor else ()


def _net(piece: Piece) -> int:
    return piece.net_won


_MEASURES: dict[str, Callable[[Piece], int]] = {
    s.GROSS: lambda piece: piece.gross_won,
    s.DISCOUNT: lambda piece: piece.discount_won,
    s.TRUNCATION: lambda piece: piece.truncation_won,
    s.REFUNDS: lambda piece: piece.refund_won,
}
