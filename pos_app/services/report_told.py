"""Several vendors' figures together, reckoned once from the frozen lines of every receipt that has goods of theirs."""

from collections.abc import Sequence

from pos_app.domain.settlement import spread_signed
from pos_app.services.report_entries import Entry, read_refunds
from pos_app.services.report_scope import Scope
from pos_app.storage.queries import reports, vendor_slips
from pos_app.storage.queries.totals import FIGURES
from pos_app.storage.queries.vendor_slips import SlipLine, SoldSlip
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


class Told:
    """Goods come from the kept totals; taxes, tenders and hours from the receipts, without their names and words."""

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self._rows, self._scope = rows, scope
        self._ids = scope.vendor_ids or frozenset[str]()
        self._days: dict[str, Sums] = {}
        self._tenders: dict[tuple[str, str, str], list[int]] = {}
        self._hours: dict[str, list[int]] = {}
        self._tax: dict[str, list[int]] = {}
        for head, slip in vendor_slips.sold(rows, scope.day_ids, sorted(self._ids)):
            self._sold(*head, slip)
        for entry in read_refunds(rows, scope):
            self._given_back(entry)

    def _sold(self, day_id: str, register: str, hour: str, voided: bool, slip: SoldSlip) -> None:
        """One sale: of its lines those of the vendors meant."""
        day = self._days.get(day_id) or self._days.setdefault(day_id, nothing())
        if voided:
            day["voids_count"] += 1
            return
        ids, net, places = self._ids, 0, []
        for place, line in enumerate(slip.lines):
            if line.vendor_id in ids:
                places.append(place)
                net += line.net_won
                day["gross_won"] += line.amount_won
                day["discount_won"] += line.discount_won + line.cart_discount_won
                day["truncation_won"] += line.truncation_won
        day["sales_count"] += 1
        self._add_taxes(day, register, self._taxes(slip, places))
        for tender in slip.tenders:
            sums = self._tenders.setdefault((tender.type, tender.kind, tender.held_by), [0, 0, 0])
            sums[0] += 1
            shares = tender.shares
            sums[1] += sum(shares[place] for place in places)
        sums = self._hours.setdefault(hour, [0, 0, 0])
        sums[0] += 1
        sums[1] += net

    def _taxes(self, slip: SoldSlip, places: Sequence[int]) -> tuple[int, int, int, int]:
        """Supply, VAT, exempt and unsplit of these lines; each seller's frozen figures, spread over its lines."""
        supply = vat = exempt = unsplit = 0
        taxed: dict[int, int] = {}  # seller: net of the lines meant
        for place in places:
            line = slip.lines[place]
            if line.tax_class != "taxable":
                exempt += line.net_won
            elif slip.sellers[line.seller].unsplit_won:
                unsplit += line.net_won
            else:
                taxed[line.seller] = taxed.get(line.seller, 0) + line.net_won
        for seller, net in taxed.items():
            own = self._supply(slip, seller)
            supply += own
            vat += net - own
        return supply, vat, exempt, unsplit

    def _supply(self, slip: SoldSlip, seller: int) -> int:
        """What of a seller's supply is goods of the vendors meant: all of it, or its part by largest remainder."""
        whole = slip.sellers[seller].taxable_supply_won
        lines = [line for line in slip.lines if line.seller == seller and line.tax_class == "taxable"]
        if all(line.vendor_id in self._ids for line in lines):
            return whole
        shares = spread_signed(whole, [line.net_won for line in lines])
        return sum(share for share, line in zip(shares, lines, strict=True) if self._holds(line))

    def _holds(self, line: SlipLine) -> bool:
        return line.vendor_id in self._ids

    def _add_taxes(self, day: Sums, register: str, taxes: tuple[int, int, int, int]) -> None:
        kept = self._tax.get(register) or self._tax.setdefault(register, [0] * 4)
        for number, won in enumerate(taxes):
            day[TAXES[number]] += won
            kept[number] += won

    def _given_back(self, entry: Entry) -> None:
        """One refund: figures below 0."""
        wanted = [place for place, piece in enumerate(entry.pieces) if self._scope.holds(piece.vendor_id)]
        if not wanted:
            return
        day = self._days.setdefault(entry.day_id, nothing())
        day["refunds_count"] += 1
        day["refunds_won"] += sum(entry.pieces[place].refund_won for place in wanted)
        taxes = entry.taxes()
        self._add_taxes(
            day,
            entry.register,
            (
                sum(taxes[place][0] for place in wanted),
                sum(taxes[place][1] for place in wanted),
                sum(taxes[place][2] for place in wanted),
                sum(taxes[place][3] for place in wanted),
            ),
        )
        for kind, name, held_by, shares in entry.tenders:
            sums = self._tenders.setdefault((kind, name, held_by), [0, 0, 0])
            sums[2] += sum(shares[place] for place in wanted)
        hour = self._hours.setdefault(entry.at[11:13], [0, 0, 0])
        hour[2] -= sum(entry.pieces[place].net_won for place in wanted)

    def by_day(self) -> dict[str, Sums]:
        """Figures of each day that has any."""
        return self._days

    def tenders(self) -> list[Row]:
        """(type, kind, held by, count, received, refunded)."""
        return [(*key, *sums) for key, sums in sorted(self._tenders.items())]

    def products(self) -> list[Row]:
        """(product, vendor, milli, gross, net), the most first."""
        return reports.products(self._rows, self._scope.day_ids, sorted(self._ids))

    def hours(self) -> dict[str, tuple[int, int, int]]:
        """(sales, won, given back) by hour."""
        return {hour: (sums[0], sums[1], sums[2]) for hour, sums in sorted(self._hours.items())}

    def tax(self) -> list[Row]:
        """(register, supply, VAT, exempt, unsplit)."""
        return [(register, *sums) for register, sums in sorted(self._tax.items())]
