"""What the host agency is told: firms, items, buyers, sales, orders, donations, certificates, year on year."""

from collections.abc import Iterable
from typing import Any

import msgspec

from pos_app.domain.certificates import Counted, Tally, by_department, tally
from pos_app.domain.quantity import line_amount_won
from pos_app.facts.market import Donation, Order
from pos_app.services.report_entries import certificates
from pos_app.services.report_figures import headed, products_of, vendors_of
from pos_app.services.report_scope import Scope
from pos_app.services.report_sources import source
from pos_app.services.report_told import with_net
from pos_app.storage.queries import reports
from pos_app.storage.queries.reports import ReportDay
from pos_app.storage.queries.totals import FIGURES
from sync.rows import Rows

Figures = dict[str, Any]
CANCELLED = "cancelled"
COUNTS = (
    "firms",
    "items",
    "sales_count",
    "departments",
    "orders",
    "orders_picked_up",
    "donations",
    "institutions",
)
WONS = ("sales_won", "departments_won", "order_sales_won", "donated_won")
_donations = msgspec.json.Decoder(Donation)
_orders = msgspec.json.Decoder(Order)


def agency(rows: Rows, scope: Scope) -> Figures:
    """Everything the agency's own yearly report asks for, with the year before beside it."""
    told = source(rows, scope)
    products = [row for row in products_of(rows, scope, told) if row["quantity_milli"] or row["net_won"]]
    vendors = vendors_of(rows, scope, told)
    counted = count(rows, scope)
    kinds = tally(counted)
    bought = bought_by(rows, scope)
    plain = basics(rows, scope, bought)
    found = headed(scope, agency=scope.agency, **plain, taking_part=len(vendors))
    found.update(of_tally(kinds))
    items: dict[str, int] = {}
    for row in products:
        items[row["vendor_id"]] = items.get(row["vendor_id"], 0) + 1
    found["by_firm"] = [
        {
            "vendor": row["vendor"],
            "vendor_id": row["vendor_id"],
            "certificates": sorted({c.kind for c in certificates(scope, row["vendor_id"])}),
            "items": items.get(row["vendor_id"], 0),
            "net_won": row["net_won"],
        }
        for row in sorted(vendors, key=lambda row: (-row["net_won"], row["vendor"]))
    ]
    found["by_product"] = products
    departments: dict[str, int] = {}
    for _, department, _, won in bought:
        departments[department] = departments.get(department, 0) + won
    found["by_department"] = [
        {"department": name, "net_won": won}
        for name, won in sorted(departments.items(), key=lambda item: (-item[1], item[0]))
    ]
    found["by_institution"] = by_institution(rows, scope)
    found["year_on_year"] = year_on_year(rows, scope, plain)
    return found


def basics(rows: Rows, scope: Scope, bought: list[tuple[str, str, str, int]] | None = None) -> dict[str, int]:
    """The plain figures of a span, by COUNTS and WONS; `bought` where it was asked already."""
    told = source(rows, scope)
    sold = [row for row in told.products() if row[2] or row[4]]
    sums = with_net({name: sum(d[name] for d in told.by_day().values()) for name in FIGURES})
    bought = bought_by(rows, scope) if bought is None else bought
    ordered = orders_of(rows, scope)
    given = deliveries(rows, scope)
    return {
        "firms": len({row[1] for row in sold}),
        "items": len({row[0] for row in sold}),
        "sales_count": sums["sales_count"],
        "departments": len({row[1] for row in bought}),
        "orders": sum(order.state != CANCELLED for order in ordered),
        "orders_picked_up": len(reports.picked_up(rows, scope.day_ids, sorted(scope.vendor_ids or ()))),
        "donations": len(given),
        "institutions": len({donation.institution for donation, _ in given}),
        "sales_won": sums["net_won"],
        "departments_won": sum(row[3] for row in bought),
        "orders_won": sum(order_won(order, scope) for order in ordered if order.state != CANCELLED),
        "order_sales_won": sum(
            won for vendor, won in reports.ordered_vendors(rows, scope.day_ids) if scope.holds(vendor)
        ),
        "donated_won": sum(won for _, won in given),
    }


def bought_by(rows: Rows, scope: Scope) -> list[tuple[str, str, str, int]]:
    """(day, department, vendor, net) of what the agency's departments bought."""
    return [
        (day, department, vendor, won)
        for day, department, vendor, won in reports.departments(rows, scope.day_ids)
        if scope.holds(vendor)
    ]


def orders_of(rows: Rows, scope: Scope) -> list[Order]:
    """The orders from before the days, that have goods of the vendors meant."""
    found = [_orders.decode(row[3]) for row in reports.orders(rows, scope.day_ids)]
    return [order for order in found if any(scope.holds(line.vendor_id) for line in order.lines)]


def order_won(order: Order, scope: Scope) -> int:
    """What an order's goods cost."""
    return sum(
        line_amount_won(line.unit_price_won, line.quantity_milli)
        for line in order.lines
        if scope.holds(line.vendor_id)
    )


def deliveries(rows: Rows, scope: Scope) -> list[tuple[Donation, int]]:
    """The donations that stand, each with the worth of the goods of the vendors meant."""
    found = []
    for row in reports.donations(rows, scope.day_ids):
        donation = _donations.decode(row[4])
        won = donation.value_won
        if scope.vendor_ids is not None:
            own = [line for line in donation.lines if scope.holds(line.vendor_id)]
            if not own:
                continue
            won = sum(line.value_won for line in own)
        found.append((donation, won))
    return found


def by_institution(rows: Rows, scope: Scope) -> list[Figures]:
    """Deliveries and their worth by institution."""
    sums: dict[str, list[int]] = {}
    for donation, won in deliveries(rows, scope):
        own = sums.setdefault(donation.institution, [0, 0])
        own[0] += 1
        own[1] += won
    return [
        {"institution": name, "deliveries": count, "value_won": won}
        for name, (count, won) in sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    ]


def count(rows: Rows, scope: Scope) -> list[Counted]:
    """Every vendor's net of every day with the certificates it holds."""
    dates = {day.day_id: day.business_date for day in scope.days}
    if scope.vendor_ids is None:
        found = reports.vendor_days(rows, scope.day_ids)
    else:
        found = [row for row in reports.vendor_days(rows, scope.day_ids) if row[1] in scope.vendor_ids]
    return [Counted(vendor, dates[day], won, certificates(scope, vendor)) for day, vendor, won in found]


def of_tally(found: Tally) -> Figures:
    """A tally by its outside names; the kinds sum to more than the total."""
    return {
        "by_certificate": [
            {"kind": kind.kind, "firms": kind.firms, "net_won": kind.net_won} for kind in found.kinds
        ],
        "certified_won": found.certified_won,
        "uncertified_won": found.uncertified_won,
        "total_won": found.total_won,
        "total_firms": found.firms,
    }


def preferential(rows: Rows, scope: Scope) -> Figures:
    """우선구매: by kind of certificate, by agency and department, year on year."""
    counted = count(rows, scope)
    bought = counted_by_department(rows, scope)
    found = headed(scope, agency=scope.agency, **of_tally(tally(counted)))
    found["uncertified_firms"] = len({row.vendor_id for row in counted if not tally([row]).kinds})
    of_departments = {kind.kind: kind.net_won for kind in tally(row for _, row in bought).kinds}
    for kind in found["by_certificate"]:
        kind["departments_won"] = of_departments.get(kind["kind"], 0)
    found["uncertified_departments_won"] = tally(row for _, row in bought).uncertified_won
    found["departments_won"] = sum(row.net_won for _, row in bought)
    found["by_department"] = list(_by_department(scope, bought))
    before, this = spans(rows, scope)
    last = {kind.kind: kind.net_won for kind in tally(count(rows, before)).kinds}
    now = {kind.kind: kind.net_won for kind in tally(count(rows, this)).kinds}
    found["year_on_year"] = {
        **_dates(this, before),
        "rows": [
            {"kind": kind, "this_won": now.get(kind, 0), "last_won": last.get(kind, 0)}
            for kind in sorted({*now, *last}, key=lambda kind: (-now.get(kind, 0), kind))
        ],
        "this_total_won": sum(row.net_won for row in count(rows, this)),
        "last_total_won": sum(row.net_won for row in count(rows, before)),
    }
    return found


def counted_by_department(rows: Rows, scope: Scope) -> list[tuple[ReportDay, Counted]]:
    """What the agency's departments bought, with the day it was bought on."""
    known = {day.day_id: day for day in scope.days}
    return [
        (known[day], Counted(vendor, known[day].business_date, won, certificates(scope, vendor), department))
        for day, department, vendor, won in bought_by(rows, scope)
    ]


def _by_department(scope: Scope, bought: list[tuple[ReportDay, Counted]]) -> Iterable[Figures]:
    agencies = sorted({day.agency for day, _ in bought})
    for name in agencies:
        own = [row for day, row in bought if day.agency == name]
        days = [day.day_id for day in scope.days if day.agency == name]
        for department, found in by_department(own):
            yield {
                "agency": name,
                "department": department,
                "kinds": {kind.kind: kind.net_won for kind in found.kinds},
                "certified_won": found.certified_won,
                "uncertified_won": found.uncertified_won,
                "total_won": found.total_won,
                "days": days,
            }


def spans(rows: Rows, scope: Scope) -> tuple[Scope, Scope]:
    """The year before and this year, as compared: the same dates; for a single day the year up to it."""
    from_on = scope.from_on if scope.from_on != scope.until_on else f"{scope.until_on[:4]}-01-01"
    markets = {day.market_id for day in scope.days}
    agencies = {day.agency for day in scope.days if day.agency}
    found = []
    for years in (1, 0):
        first, last = _earlier(from_on, years), _earlier(scope.until_on, years)
        days = [
            day
            for day in reports.days_between(rows, first, last)
            if day.market_id in markets or day.agency in agencies
        ]
        found.append(scope.on(days, first, last))
    return found[0], found[1]


def _earlier(on: str, years: int) -> str:
    shifted = f"{int(on[:4]) - years:04d}{on[4:]}"
    return shifted if not shifted.endswith("02-29") or years == 0 else f"{shifted[:8]}28"


def year_on_year(rows: Rows, scope: Scope, known: dict[str, int]) -> Figures:
    """The plain figures of both years; `known` are those of the scope, which this year's often are."""
    before, this = spans(rows, scope)
    now = known if this.day_ids == scope.day_ids else basics(rows, this)
    last = basics(rows, before)
    return {
        **_dates(this, before),
        "rows": [{"figure": name, "this": now[name], "last": last[name]} for name in (*COUNTS, *WONS)],
    }


def _dates(this: Scope, before: Scope) -> Figures:
    return {
        "from_on": this.from_on,
        "until_on": this.until_on,
        "last_from_on": before.from_on,
        "last_until_on": before.until_on,
        "days": list(this.day_ids),
        "last_days": list(before.day_ids),
    }


def donations(rows: Rows, scope: Scope) -> Figures:
    """What was given to whom: by institution, and every delivery."""
    given = deliveries(rows, scope)
    return headed(
        scope,
        deliveries=len(given),
        donated_won=sum(won for _, won in given),
        by_institution=by_institution(rows, scope),
        donations=[
            {
                "business_date": donation.business_date,
                "institution": donation.institution,
                "receiver": donation.receiver,
                "items": sum(1 for line in donation.lines if scope.holds(line.vendor_id)),
                "value_won": won,
            }
            for donation, won in given
        ],
    )
