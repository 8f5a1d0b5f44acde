"""The figures of each report about sales, goods and cash, by their outside names."""

from collections.abc import Callable
from typing import Any

from pos_app.domain.catalogue import SoldBy
from pos_app.domain.sell_through import Offered, by_vendor, of_product, together
from pos_app.domain.stock import MovementReason
from pos_app.reports import sieve as s
from pos_app.reports.sieve import Sieve
from pos_app.services import policies
from pos_app.services.health import unsynced_count
from pos_app.services.report_entries import REFUND, VOID, Entry
from pos_app.services.report_scope import Scope
from pos_app.services.report_sources import Source, sieved, source
from pos_app.services.report_told import nothing, with_net
from pos_app.storage.queries import catalogue, days, reports, totals
from sync.rows import Row, Rows

Figures = dict[str, Any]
TENDERS = ("cash", "card", "transfer", "voucher", "credit")
_GONE = (MovementReason.TAKEN_HOME, MovementReason.DONATED, MovementReason.WASTE)


def headed(scope: Scope, **figures: Any) -> Figures:
    """Return figures under the market and dates that they are of."""
    found: Figures = {"market": scope.market, "business_date": scope.dates}
    if scope.who:
        found["who"] = scope.who
    if len(scope.days) != 1 or scope.from_on != scope.until_on:
        found.update(from_on=scope.from_on, until_on=scope.until_on)
    return {**found, **figures}


def day(rows: Rows, scope: Scope) -> Figures:
    """The tally: of one day, or of all days of a span together, with a list of them."""
    told = source(rows, scope)
    per_day = told.by_day()
    sums = nothing()
    for figures in per_day.values():
        for name, value in figures.items():
            sums[name] += value
    found = headed(scope)
    found.update(with_net(sums))
    tenders = dict.fromkeys(TENDERS, 0)
    for row in told.tenders():
        tenders[row[0]] = tenders.get(row[0], 0) + row[4] - row[5]
    found["tenders"] = tenders
    found["by_vendor"] = vendors_of(rows, scope, told)
    found["by_product"] = products_of(rows, scope, told)
    found["journal_entries"] = totals.journal(rows)
    found["unsynced_entries"] = unsynced_count(rows)
    found["sealed"] = all(days.seals(rows, each) for each in scope.day_ids)
    if len(scope.days) > 1:
        found["days"] = [
            {
                "day_id": each.day_id,
                "business_date": each.business_date,
                "market": each.market,
                **with_net(per_day.get(each.day_id, nothing())),
            }
            for each in scope.days
        ]
    return found


def vendors_of(rows: Rows, scope: Scope, told: Source) -> list[Figures]:
    """Net by vendor: who takes part, by booth, then whoever sold without."""
    sold: dict[str, int] = {}
    for _, vendor_id, _, _, net in told.products():
        sold[vendor_id] = sold.get(vendor_id, 0) + net
    codes: dict[str, str] = {}
    for vendor_id, code, _ in reports.rostered(rows, scope.day_ids):
        codes.setdefault(vendor_id, code)
    listed = [*codes, *(vendor_id for vendor_id in sorted(sold) if vendor_id not in codes)]
    return [
        {
            "vendor": scope.name(vendor_id),
            "net_won": sold.get(vendor_id, 0),
            "vendor_id": vendor_id,
            "code": codes.get(vendor_id, ""),
        }
        for vendor_id in listed
        if scope.holds(vendor_id)
    ]


def products_of(rows: Rows, scope: Scope, told: Source) -> list[Figures]:
    """Quantity, gross and net by product."""
    sold = told.products()
    labels = reports.product_labels(rows, sorted({row[0] for row in sold}))
    codes = reports.product_codes(rows, scope.day_ids)
    found = []
    for product_id, vendor_id, milli, gross, net in sold:
        name, unit = labels[product_id][:2] if product_id in labels else ("", "")
        found.append(
            {
                "product": codes.get(product_id, product_id),
                "quantity_milli": milli,
                "net_won": net,
                "gross_won": gross,
                "name": name,
                "unit": unit,
                "product_id": product_id,
                "vendor_id": vendor_id,
                "vendor": scope.name(vendor_id),
            }
        )
    return found


def vendors(rows: Rows, scope: Scope) -> Figures:
    """Net by vendor."""
    return headed(scope, vendors=vendors_of(rows, scope, source(rows, scope)))


def products(rows: Rows, scope: Scope) -> Figures:
    """Quantities and net by product."""
    return headed(scope, products=products_of(rows, scope, source(rows, scope)))


def categories(rows: Rows, scope: Scope) -> Figures:
    """Net by category of goods."""
    sold = source(rows, scope).products()
    labels = reports.product_labels(rows, sorted({row[0] for row in sold}))
    sums: dict[str, list[int]] = {}
    for product_id, _, _, gross, net in sold:
        category = labels[product_id][3] if product_id in labels else ""
        own = sums.setdefault(category, [0, 0, 0])
        own[0] += 1
        own[1] += gross
        own[2] += net
    found = [
        {"category": name, "products": count, "gross_won": gross, "net_won": net}
        for name, (count, gross, net) in sorted(sums.items(), key=lambda item: (-item[1][2], item[0]))
    ]
    return headed(scope, by_category=found)


def tenders(rows: Rows, scope: Scope) -> Figures:
    """Tenders by type, kind and holder."""
    names = ("tender", "kind", "held_by", "count", "received_won", "refunded_won")
    found = [
        {**dict(zip(names, row, strict=True)), "net_won": row[4] - row[5]}
        for row in source(rows, scope).tenders()
    ]
    return headed(scope, tenders=found)


def hours(rows: Rows, scope: Scope) -> Figures:
    """Sales and refunds by hour."""
    found = [
        {"hour": hour, "sales_count": count, "total_won": won, "refunds_won": back, "net_won": won - back}
        for hour, (count, won, back) in source(rows, scope).hours().items()
    ]
    return headed(scope, hours=found)


def tax(rows: Rows, scope: Scope) -> Figures:
    """Tax by register."""
    names = ("register", "taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
    return headed(
        scope, tax=[dict(zip(names, row, strict=True)) for row in source(rows, scope).tax() if any(row[1:])]
    )


def refunds(rows: Rows, scope: Scope) -> Figures:
    """Refunds and voids by reason, and each of them."""
    weighed = [*sieved(rows, scope, Sieve(s.REFUNDS)), *sieved(rows, scope, Sieve(s.VOIDS))]
    sums: dict[tuple[str, str], list[int]] = {}
    for entry, won in weighed:
        own = sums.setdefault((entry.kind, entry.reason), [0, 0])
        own[0] += 1
        own[1] += won
    by_reason = [
        {"kind": kind, "reason": reason, "count": count, "amount_won": won}
        for (kind, reason), (count, won) in sorted(sums.items(), key=lambda item: (item[0][0], -item[1][1]))
    ]
    receipts = [
        {
            "kind": entry.kind,
            "at": entry.at,
            "receipt_no": entry.receipt_no,
            "items": items_of(entry),
            "reason": entry.reason,
            "amount_won": won,
        }
        for entry, won in sorted(weighed, key=lambda pair: (pair[0].at, pair[0].receipt_no))
    ]
    found = headed(scope, by_reason=by_reason, receipts=receipts)
    for kind, name in ((REFUND, "refunds"), (VOID, "voids")):
        own = [won for entry, won in weighed if entry.kind == kind]
        found[f"{name}_count"], found[f"{name}_won"] = len(own), sum(own)
    return found


def items_of(entry: Entry) -> str:
    """The first item and how many more: "사과 5kg 외 2"."""
    if not entry.pieces:
        return ""
    more = len(entry.pieces) - 1
    return f"{entry.pieces[0].name} +{more}" if more else entry.pieces[0].name


def cash(rows: Rows, scope: Scope) -> Figures:
    """Over and short of every shift; for some vendors only there is none."""
    if scope.vendor_ids is not None:
        return headed(scope, shifts=[])
    taken: dict[str, int] = {}
    for entry, won in sieved(rows, scope, Sieve(s.TENDER, tender="cash")):
        taken[entry.shift_id] = taken.get(entry.shift_id, 0) + won
    found = []
    for (
        _,
        on,
        register,
        number,
        operator,
        float_won,
        z_no,
        counted,
        over,
        closed_at,
        shift_id,
    ) in reports.shifts(rows, scope.day_ids):
        found.append(
            {
                "business_date": on,
                "register": register,
                "number": number,
                "operator": operator,
                "float_won": float_won,
                "z_no": z_no,
                "cash_won": taken.get(shift_id, 0),
                "counted_won": counted if closed_at else None,
                "over_short_won": over if closed_at else None,
                "shift_id": shift_id,
            }
        )
    return headed(scope, shifts=found)


def sell_through(rows: Rows, scope: Scope) -> Figures:
    """완판율 by vendor and product, of goods that were booked in."""
    net: dict[tuple[str, str], list[int]] = {}
    for product_id, vendor_id, milli, _, won in source(rows, scope).products():
        net[(product_id, vendor_id)] = [milli, won]
    goods, labels = _goods(rows, scope, {key: sums[0] for key, sums in net.items()})
    vendor_net: dict[str, int] = {}
    for (_, vendor_id), (_, won) in net.items():
        vendor_net[vendor_id] = vendor_net.get(vendor_id, 0) + won
    through = by_vendor(goods)
    listed = [
        {
            "vendor": scope.name(vendor_id),
            "vendor_id": vendor_id,
            "products": found.products,
            "sold_out": found.sold_out,
            "permille": found.permille,
            "net_won": vendor_net.pop(vendor_id, 0),
        }
        for vendor_id, found in through
    ]
    for vendor_id, won in sorted(vendor_net.items()):  # sold without a word of what was brought
        listed.append({"vendor": scope.name(vendor_id), "vendor_id": vendor_id, "products": 0, "sold_out": 0,
                       "permille": None, "net_won": won})  # fmt: skip
    whole = together(found for _, found in through)
    items = _offered_rows(scope, goods, labels, net)
    return headed(
        scope,
        permille=whole.permille,
        brought_products=whole.products,
        sold_out=whole.sold_out,
        vendors=listed,
        products=items,
    )


def _offered_rows(
    scope: Scope, goods: list[Offered], labels: dict[str, Row], net: dict[tuple[str, str], list[int]]
) -> list[Figures]:
    """Every product that was brought, the best sold first."""
    unnamed, none = ("", ""), [0, 0]
    ranked = sorted(
        ((of_product(good), good) for good in goods), key=lambda pair: (-(pair[0] or 0), pair[1].product_id)
    )
    return [
        {
            "name": labels.get(each.product_id, unnamed)[0] or each.product_id,
            "unit": labels.get(each.product_id, unnamed)[1],
            "vendor": scope.name(each.vendor_id),
            "product_id": each.product_id,
            "vendor_id": each.vendor_id,
            "brought_milli": each.brought_milli,
            "sold_milli": each.sold_milli,
            "left_milli": each.left_milli,
            "permille": share,
            "net_won": net.get((each.product_id, each.vendor_id), none)[1],
        }
        for share, each in ranked
    ]


def _goods(
    rows: Rows, scope: Scope, sold: dict[tuple[str, str], int]
) -> tuple[list[Offered], dict[str, Row]]:
    """What was brought, and the products' labels."""
    moved: dict[tuple[str, str], list[int]] = {}
    for product_id, vendor_id, reason, milli in reports.moved(rows, scope.day_ids):
        if not scope.holds(vendor_id):
            continue
        own = moved.setdefault((product_id, vendor_id), [0, 0])
        if reason == MovementReason.BROUGHT:
            own[0] += milli
        elif reason in _GONE:
            own[1] -= milli
    labels = reports.product_labels(rows, sorted({product_id for product_id, _ in moved}))
    rounding = policies.terms(catalogue.policies(rows)).pricing.weighed_rounding_won
    found = []
    for (product_id, vendor_id), (brought, gone) in moved.items():
        if brought <= 0:
            continue
        price, sold_by = (labels[product_id][2], labels[product_id][4]) if product_id in labels else (0, "")
        step = rounding if sold_by == SoldBy.WEIGHT else 1
        milli = sold.get((product_id, vendor_id), 0)
        found.append(Offered(vendor_id, product_id, price, brought, milli, max(0, gone), step))
    return found, labels


SOLD: dict[str, Callable[[Rows, Scope], Figures]] = {
    "day": day,
    "vendors": vendors,
    "products": products,
    "categories": categories,
    "tenders": tenders,
    "hours": hours,
    "tax": tax,
    "refunds": refunds,
    "cash": cash,
    "sellthrough": sell_through,
}
