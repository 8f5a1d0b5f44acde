"""What stands behind a figure: receipts, firms, products, departments, orders or deliveries, summing to it."""

from collections.abc import Iterable

from pos_app.facts.market import Order
from pos_app.reports import sieve as s
from pos_app.reports.sieve import Behind, BehindLine, Sieve
from pos_app.services import report_agency
from pos_app.services.credit_papers import credit
from pos_app.services.desk import Desk
from pos_app.services.report_agency import CANCELLED
from pos_app.services.report_figures import items_of, products_of, vendors_of
from pos_app.services.report_scope import Scope
from pos_app.services.report_sources import sieved, source
from pos_app.storage.queries import reports
from sync.rows import Rows


def behind(desk: Desk, rows: Rows, scope: Scope, sieve: Sieve, title: str) -> Behind:
    """Return everything behind one figure of a scope."""
    if sieve.days:
        known = {day.day_id: day for day in reports.all_days(rows)}
        days = [known[day_id] for day_id in sieve.days if day_id in known]
        if days:
            scope = scope.on(days, days[0].business_date, days[-1].business_date)
    return Behind(title, tuple(_lines(desk, rows, scope, sieve)))


def _lines(desk: Desk, rows: Rows, scope: Scope, sieve: Sieve) -> Iterable[BehindLine]:
    if sieve.measure == s.FIRMS:
        return _firms(rows, scope)
    if sieve.measure == s.ITEMS:
        return _items(rows, scope)
    if sieve.measure == s.BUYING:
        return _departments(rows, scope)
    if sieve.measure == s.ORDERS:
        return _orders(rows, scope)
    if sieve.measure in (s.DONATED, s.INSTITUTIONS):
        return _donations(rows, scope, sieve)
    if sieve.measure == s.CREDIT:
        return _credit(desk, rows, scope, sieve)
    return [
        BehindLine(entry.kind, entry.sale_id, entry.at, entry.receipt_no, items_of(entry), won)
        for entry, won in sieved(rows, scope, sieve)
        if won or sieve.measure in (s.NET, s.VOIDS, s.REFUNDS, s.GROSS)
    ]


def _firms(rows: Rows, scope: Scope) -> list[BehindLine]:
    told = source(rows, scope)
    sold = {row[1] for row in told.products() if row[2] or row[4]}
    return [
        BehindLine("firm", row["vendor_id"], "", row["vendor"], row["code"], row["net_won"])
        for row in vendors_of(rows, scope, told)
        if row["vendor_id"] in sold
    ]


def _items(rows: Rows, scope: Scope) -> list[BehindLine]:
    sums: dict[str, BehindLine] = {}
    for row in products_of(rows, scope, source(rows, scope)):
        if not (row["quantity_milli"] or row["net_won"]):
            continue
        known = sums.get(row["product_id"])
        won = row["net_won"] + (known.amount_won if known else 0)
        sums[row["product_id"]] = BehindLine("item", row["product_id"], "", row["name"], row["vendor"], won)
    return list(sums.values())


def _departments(rows: Rows, scope: Scope) -> list[BehindLine]:
    sums: dict[str, int] = {}
    for _, department, _, won in report_agency.bought_by(rows, scope):
        sums[department] = sums.get(department, 0) + won
    return [BehindLine("department", "", "", name, "", won) for name, won in sorted(sums.items())]


def _orders(rows: Rows, scope: Scope) -> list[BehindLine]:
    """Orders by department and number: whose they are stays sealed."""
    return [
        BehindLine("order", "", order.at, order.token, _first(order), report_agency.order_won(order, scope))
        for order in report_agency.orders_of(rows, scope)
        if order.state != CANCELLED
    ]


def _first(order: Order) -> str:
    name = order.lines[0].name if order.lines else ""
    more = len(order.lines) - 1
    words = f"{name} +{more}" if more > 0 else name
    return f"{order.department} · {words}" if order.department else words


def _donations(rows: Rows, scope: Scope, sieve: Sieve) -> list[BehindLine]:
    given = report_agency.deliveries(rows, scope)
    if sieve.measure == s.INSTITUTIONS:
        return [
            BehindLine("institution", "", "", row["institution"], "", row["value_won"])
            for row in report_agency.by_institution(rows, scope)
        ]
    return [
        BehindLine("donation", "", donation.at, donation.institution, donation.receiver, won)
        for donation, won in given
        if sieve.institution in ("", donation.institution)
    ]


def _credit(desk: Desk, rows: Rows, scope: Scope, sieve: Sieve) -> list[BehindLine]:
    return [
        BehindLine(
            receipt["kind"],
            receipt["id"] if receipt["kind"] == "sale" else "",
            receipt["at"],
            receipt["receipt_no"],
            receipt["items"],
            receipt["total_won"],
        )
        for receipt in credit(desk, rows, scope)["receipts"]
        if sieve.department in (None, receipt["department"]) and sieve.receipt_id in ("", receipt["id"])
    ]
