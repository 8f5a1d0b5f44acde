"""Where a report's figures come from: the kept totals, or, for some vendors only, the receipts themselves."""

from typing import Protocol

from pos_app.reports.sieve import Sieve
from pos_app.services.report_entries import REFUND, SALE, VOID, Entry, Weigher, read
from pos_app.services.report_scope import Scope
from pos_app.storage.queries import reports
from pos_app.storage.queries.totals import FIGURES
from sync.rows import Row, Rows

TAXES = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
Sums = dict[str, int]


def with_net(figures: Sums) -> Sums:
    """Return the figures with `net_won` behind them."""
    net = figures["gross_won"] - figures["discount_won"] - figures["truncation_won"] - figures["refunds_won"]
    return {**figures, "net_won": net}


def nothing() -> Sums:
    """Return the figures of a day without sales."""
    return dict.fromkeys(FIGURES, 0)


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


class Told:
    """Figures of some vendors, reckoned once from the frozen lines of every receipt that has goods of theirs."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self._scope = scope
        self._days: dict[str, Sums] = {}
        self._tenders: dict[tuple[str, str, str], list[int]] = {}
        self._products: dict[tuple[str, str], list[int]] = {}
        self._hours: dict[str, list[int]] = {}
        self._tax: dict[str, list[int]] = {}
        for entry in read(rows, scope):
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        wanted = [place for place, piece in enumerate(entry.pieces) if self._scope.holds(piece.vendor_id)]
        if not wanted:
            return
        day = self._days.setdefault(entry.day_id, nothing())
        day[{SALE: "sales_count", REFUND: "refunds_count", VOID: "voids_count"}[entry.kind]] += 1
        if entry.kind == VOID:
            return
        taxes = entry.taxes()
        register = self._tax.setdefault(entry.register, [0] * 4)
        for place in wanted:
            self._take_piece(entry, place, day)
            for number, won in enumerate(taxes[place]):
                day[TAXES[number]] += won
                register[number] += won
        for kind, name, held_by, shares in entry.tenders:
            sums = self._tenders.setdefault((kind, name, held_by), [0, 0, 0])
            sums[0] += entry.kind == SALE
            sums[1 if entry.kind == SALE else 2] += sum(shares[place] for place in wanted)
        hour = self._hours.setdefault(entry.at[11:13], [0, 0, 0])
        hour[0] += entry.kind == SALE
        hour[1 if entry.kind == SALE else 2] += entry.sign * sum(entry.pieces[p].net_won for p in wanted)

    def _take_piece(self, entry: Entry, place: int, day: Sums) -> None:
        piece = entry.pieces[place]
        day["gross_won"] += piece.gross_won
        day["discount_won"] += piece.discount_won
        day["truncation_won"] += piece.truncation_won
        day["refunds_won"] += piece.refund_won
        sums = self._products.setdefault((piece.product_id, piece.vendor_id), [0, 0, 0])
        for number, figure in enumerate((piece.quantity_milli, piece.gross_won, piece.net_won)):
            sums[number] += figure

    def by_day(self) -> dict[str, Sums]:
        """Figures of each day that has any."""
        return self._days

    def tenders(self) -> list[Row]:
        """(type, kind, held by, count, received, refunded)."""
        return [(*key, *sums) for key, sums in sorted(self._tenders.items())]

    def products(self) -> list[Row]:
        """(product, vendor, milli, gross, net)."""
        found = [(*key, *sums) for key, sums in self._products.items()]
        return sorted(found, key=lambda row: (-row[4], row[0]))

    def hours(self) -> dict[str, tuple[int, int, int]]:
        """(sales, won, given back) by hour."""
        return {hour: (sums[0], sums[1], sums[2]) for hour, sums in sorted(self._hours.items())}

    def tax(self) -> list[Row]:
        """(register, supply, VAT, exempt, unsplit)."""
        return [(register, *sums) for register, sums in sorted(self._tax.items())]


def source(rows: Rows, scope: Scope) -> Source:
    """The quickest source that can answer."""
    return Kept(rows, scope) if scope.vendor_ids is None else Told(rows, scope)


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
