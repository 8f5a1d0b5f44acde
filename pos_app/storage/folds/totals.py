"""The totals kept beside sales: per log and shift, tender, product; added with a sign."""

from pos_app.domain.shift import drawer_won
from pos_app.domain.tender import TenderType
from pos_app.facts.sales import Refund, Sale, SellerFigures
from pos_app.storage import tables
from pos_app.storage.folds.stock import REVERSAL, move
from pos_app.storage.folds.vendors import count_vendors, given_back_rows, sold_rows, voided_rows
from sync.rows import Row, Rows


def _tax(sellers: tuple[SellerFigures, ...], sign: int) -> tuple[int, int, int, int]:
    supply = vat = exempt = unsplit = 0
    for seller in sellers:
        supply += seller.taxable_supply_won
        vat += seller.vat_won
        exempt += seller.exempt_won
        unsplit += seller.unsplit_won
    return sign * supply, sign * vat, sign * exempt, sign * unsplit


def sale_totals(log: bytes, sale: Sale, sign: int) -> tuple[Row, list[Row], list[Row]]:
    """What a sale adds to the kept totals: of its log and shift, by tender, by product."""
    shift, day = sale.shift_id, sale.day_id
    sums = (sign * sale.gross_won, sign * sale.discount_won, sign * sale.truncation_won, 0)
    head = (log, shift, day, sale.register, sign, 0, 0)
    tenders: list[Row] = []
    for t in sale.tenders:
        drawer = sign * drawer_won(TenderType(t.type), t.amount_won, t.change_won)
        tenders.append((log, shift, t.type, t.kind, t.held_by, day, sign, sign * t.amount_won, 0, drawer))
    products: list[Row] = []
    for line in sale.lines:
        figures = (sign * line.quantity_milli, sign * line.amount_won, sign * line.net_won)
        products.append((day, line.product_id, log, line.vendor_id, *figures))
    return (*head, *sums, *_tax(sale.sellers, sign)), tenders, products


def count_sale(rows: Rows, log: bytes, sale: Sale, sign: int) -> None:
    """Add a sale to the kept totals (sign 1) or take it out again (sign -1)."""
    whole, tenders, products = sale_totals(log, sale, sign)
    rows.add(tables.log_total, [whole])
    rows.add(tables.tender_total, tenders)
    rows.add(tables.product_total, products)
    count_vendors(rows, sale.day_id, sold_rows(sale, sign), sign < 0)
    if sign < 0 or any(line.amount_won == 0 for line in sale.lines):
        drop_empty_totals(rows, log, sale.day_id)


def count_void(rows: Rows, sale_key: bytes, log: bytes, sale: Sale) -> None:
    """Count the void where the sale stood, and put the goods back."""
    head = (log, sale.shift_id, sale.day_id, sale.register, 0, 0, 1)
    rows.add(tables.log_total, [(*head, 0, 0, 0, 0, 0, 0, 0, 0)])
    back = [(REVERSAL + line.no, line.product_id, line.vendor_id, line.quantity_milli) for line in sale.lines]
    move(rows, sale_key, sale.day_id, "void", back)
    count_vendors(rows, sale.day_id, voided_rows(sale, 1), False)


def count_refund(rows: Rows, log: bytes, refund: Refund, sign: int) -> None:
    """Add a refund to the kept totals of where it happened (sign 1), or take it out again (-1)."""
    shift, day = refund.shift_id, refund.day_id
    head = (log, shift, day, refund.register, 0, sign, 0)
    sums = (0, 0, 0, sign * refund.refund_won)
    rows.add(tables.log_total, [(*head, *sums, *_tax(refund.sellers, -sign))])
    tenders = []
    for t in refund.tenders:
        drawer = -sign * t.amount_won if t.type == TenderType.CASH else 0
        tenders.append((log, shift, t.type, t.kind, t.held_by, day, 0, 0, sign * t.amount_won, drawer))
    rows.add(tables.tender_total, tenders)
    products = []
    for line in refund.lines:
        figures = (-sign * line.quantity_milli, 0, -sign * line.refund_won)
        products.append((day, line.product_id, log, line.vendor_id, *figures))
    rows.add(tables.product_total, products)
    count_vendors(rows, day, given_back_rows(refund, sign), sign < 0)
    drop_empty_totals(rows, log, day)


def drop_empty_totals(rows: Rows, log: bytes, day_id: str) -> None:
    """Totals that came back to nothing leave no row, so that the order of arrival leaves no trace."""
    figures = [column.name for column in tables.log_total.columns if column.info.get("sum")]
    nothing = " AND ".join(f'"{name}" = 0' for name in figures)
    rows.run(f'DELETE FROM "log_total" WHERE "log" = ? AND {nothing}', log)
    rows.run(
        'DELETE FROM "tender_total" WHERE "log" = ? AND "count" = 0 AND "received_won" = 0 '
        'AND "refunded_won" = 0 AND "drawer_won" = 0',
        log,
    )
    rows.run(
        'DELETE FROM "product_total" WHERE "day_id" = ? AND "log" = ? AND "quantity_milli" = 0 '
        'AND "gross_won" = 0 AND "net_won" = 0',
        day_id,
        log,
    )
