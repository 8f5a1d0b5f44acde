"""Where a report's figures come from: the kept totals, or, for several vendors together, the receipts themselves."""

from typing import Protocol

from pos_app.reports.sieve import Sieve
from pos_app.services.report_entries import Entry, Weigher, read
from pos_app.services.report_scope import Scope
from pos_app.services.report_told import Sums, Told
from pos_app.storage.queries import reports, vendor_totals
from sync.rows import Row, Rows


class Source(Protocol):
    """The figures of a scope."""

    def by_day(self) -> dict[str, Sums]: ...
    def tenders(self) -> list[Row]: ...
    def products(self) -> list[Row]: ...
    def hours(self) -> dict[str, tuple[int, int, int]]: ...
    def tax(self) -> list[Row]: ...


class Kept:
    """Everybody's figures, from the kept totals: a few rows, whatever was sold."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self._rows, self._days = rows, scope.day_ids

    def by_day(self) -> dict[str, Sums]:
        """Figures of each day that has any."""
        return reports.by_day(self._rows, self._days)

    def tenders(self) -> list[Row]:
        """(type, kind, held by, count, received, refunded)."""
        return reports.tenders(self._rows, self._days)

    def products(self) -> list[Row]:
        """(product, vendor, milli, gross, net)."""
        return reports.products(self._rows, self._days)

    def hours(self) -> dict[str, tuple[int, int, int]]:
        """(sales, won, given back) by hour."""
        return reports.hours(self._rows, self._days)

    def tax(self) -> list[Row]:
        """(register, supply, VAT, exempt, unsplit)."""
        return reports.tax_by_register(self._rows, self._days)


class KeptOfOne:
    """One vendor's figures, from that vendor's kept totals."""

    def __init__(self, rows: Rows, scope: Scope, vendor_id: str) -> None:
        self._rows, self._days, self._vendor = rows, scope.day_ids, vendor_id

    def by_day(self) -> dict[str, Sums]:
        """Figures of each day that has any."""
        return vendor_totals.by_day(self._rows, self._vendor, self._days)

    def tenders(self) -> list[Row]:
        """(type, kind, held by, count, received, refunded)."""
        return vendor_totals.tenders(self._rows, self._vendor, self._days)

    def products(self) -> list[Row]:
        """(product, vendor, milli, gross, net), the most first."""
        return reports.products(self._rows, self._days, (self._vendor,))

    def hours(self) -> dict[str, tuple[int, int, int]]:
        """(sales, won, given back) by hour."""
        return vendor_totals.hours(self._rows, self._vendor, self._days)

    def tax(self) -> list[Row]:
        """(register, supply, VAT, exempt, unsplit)."""
        return vendor_totals.tax_by_register(self._rows, self._vendor, self._days)


def source(rows: Rows, scope: Scope) -> Source:
    """The quickest source that can answer: a receipt of two vendors counts once where both are asked for together."""
    if scope.vendor_ids is None:
        return Kept(rows, scope)
    if len(scope.vendor_ids) == 1:
        return KeptOfOne(rows, scope, *scope.vendor_ids)
    return Told(rows, scope)


def sieved(rows: Rows, scope: Scope, sieve: Sieve) -> list[tuple[Entry, int]]:
    """Return the receipts behind a figure, each with what of it counts."""
    wanted = reports.products(rows, scope.day_ids) if sieve.category is not None else []
    labels = reports.product_labels(rows, sorted({row[0] for row in wanted}))
    weigher = Weigher(scope, sieve, {product_id: labels[product_id][3] for product_id in labels})
    found = []
    for entry in read(rows, scope, departments=bool(sieve.department) or sieve.any_department):
        won = weigher.weigh(entry)
        if won is not None:
            found.append((entry, won))
    return found
