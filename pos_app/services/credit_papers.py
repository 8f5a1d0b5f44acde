"""외상 sales to the agency's departments: 거래명세서 of each and the list of a month."""

from typing import Any

from pos_app.domain.settlement import spread_signed
from pos_app.domain.tender import TenderType
from pos_app.facts.sales import Refund, Sale, SellerFigures, Tender
from pos_app.services.desk import Desk
from pos_app.services.report_entries import Entry, of_refund, of_sale
from pos_app.services.report_figures import headed, items_of
from pos_app.services.report_scope import Scope
from pos_app.storage.queries import report_events
from sync.rows import Rows

Figures = dict[str, Any]
_PARTS = ("supply_won", "vat_won", "exempt_won", "unsplit_won")


def credit(desk: Desk, rows: Rows, scope: Scope) -> Figures:
    """Everything sold on credit: sums by department, a row for each receipt, and its lines."""
    receipts = [found for found in _receipts(rows, scope) if found is not None]
    receipts.sort(key=lambda receipt: (receipt["department"], receipt["at"], receipt["receipt_no"]))
    sums: dict[str, dict[str, int]] = {}
    for receipt in receipts:
        own = sums.setdefault(receipt["department"], dict.fromkeys(("count", *_PARTS, "total_won"), 0))
        own["count"] += 1
        for name in (*_PARTS, "total_won"):
            own[name] += receipt[name]
    departments = [{"department": name, **sums[name]} for name in sorted(sums)]
    get = desk.settings.get
    shop = {
        "name": get("shop_name"),
        "business_no": get("shop_business_no"),
        "representative": get("shop_representative"),
        "address": get("shop_address"),
        "phone": get("shop_phone"),
    }
    return headed(scope, agency=scope.agency, shop=shop, departments=departments, receipts=receipts)


def _receipts(rows: Rows, scope: Scope) -> list[Figures | None]:
    vendors = sorted(scope.vendor_ids or ())
    days = scope.day_ids
    found: list[Figures | None] = []
    for sale_id, voided, sale in report_events.sold(rows, days, vendors, credit=True):
        if not voided:
            found.append(_receipt(scope, of_sale(sale_id, False, sale, False, ""), sale))
    for refund_id, department, refund in report_events.given_back(rows, days, vendors):
        found.append(_receipt(scope, of_refund(refund_id, department, refund, False), refund))
    return found


def _receipt(scope: Scope, entry: Entry, fact: Sale | Refund) -> Figures | None:
    owed = [tender for tender in fact.tenders if tender.type == TenderType.CREDIT]
    if not owed:
        return None
    lines = _lines(scope, entry, fact, owed)
    if not lines:
        return None
    department = next((tender.payer for tender in owed if tender.payer), "") or entry.department
    return {
        "department": department,
        "agency": next((day.agency for day in scope.days if day.day_id == entry.day_id), ""),
        "kind": entry.kind,
        "id": entry.id,
        "business_date": entry.business_date,
        "at": entry.at,
        "receipt_no": entry.receipt_no,
        "items": items_of(entry),
        **{name: sum(line[name] for line in lines) for name in (*_PARTS, "total_won")},
        "lines": lines,
    }


def _lines(scope: Scope, entry: Entry, fact: Sale | Refund, owed: list[Tender]) -> list[Figures]:
    """The part of each line that is owed, with its own part of the tax that the receipt froze."""
    found = []
    for place, (piece, taxes) in enumerate(zip(entry.pieces, entry.taxes(), strict=True)):
        if not scope.holds(piece.vendor_id):
            continue
        won = entry.sign * sum(tender.shares[place] for tender in owed)
        parts = taxes if won == piece.net_won else spread_signed(won, taxes)
        line = fact.lines[place]
        seller: SellerFigures = fact.sellers[line.seller]
        found.append(
            {
                "name": line.name,
                "unit": line.unit,
                "quantity_milli": entry.sign * line.quantity_milli,
                "unit_price_won": line.unit_price_won,
                "seller": seller.name,
                "seller_no": seller.business_no,
                **dict(zip(_PARTS, parts, strict=True)),
                "total_won": won,
            }
        )
    return found
