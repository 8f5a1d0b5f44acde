"""The totals kept beside sales: per log and shift, tender, product; added with a sign."""

from pos_app.domain.shift import drawer_won
from pos_app.domain.tender import TenderType
from pos_app.facts.sales import Sale, SellerFigures
from pos_app.storage import tables
from sync.rows import Rows


def _tax(sellers: tuple[SellerFigures, ...], sign: int) -> tuple[int, int, int, int]:
    supply = vat = exempt = unsplit = 0
    for seller in sellers:
        supply += seller.taxable_supply_won
        vat += seller.vat_won
        exempt += seller.exempt_won
        unsplit += seller.unsplit_won
    return sign * supply, sign * vat, sign * exempt, sign * unsplit


def count_sale(rows: Rows, log: bytes, sale: Sale, sign: int) -> None:
    """Add a sale to the kept totals (sign 1) or take it out again (sign -1)."""
    shift, day = sale.shift_id, sale.day_id
    sums = (sign * sale.gross_won, sign * sale.discount_won, sign * sale.truncation_won, 0)
    head = (log, shift, day, sale.register, sign, 0, 0)
    rows.add(tables.log_total, [(*head, *sums, *_tax(sale.sellers, sign))])
    tenders = []
    for t in sale.tenders:
        drawer = sign * drawer_won(TenderType(t.type), t.amount_won, t.change_won)
        tenders.append((log, shift, t.type, t.kind, t.held_by, day, sign, sign * t.amount_won, 0, drawer))
    rows.add(tables.tender_total, tenders)
    products = []
    for line in sale.lines:
        figures = [column.name for column in tables.log_total.columns if column.info.get("sum")]
    nothing = " AND ".join(f'"{name}" = 0' for name in figures)
    rows.run(f'DELETE FROM "log_total" WHERE "log" = ? AND {nothing}', log)
    rows.run(
        'DELETE FROM "product_total" WHERE "day_id" = ? AND "log" = ? AND "quantity_milli" = 0 '
        'AND "gross_won" = 0 AND "net_won" = 0',
        day_id,
        log,
    )
