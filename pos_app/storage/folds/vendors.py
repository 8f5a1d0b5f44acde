"""Each vendor's part of every receipt, kept by day, register, hour and tender.

What is counted (receipts, tenders) counts once for each vendor whose goods are on the paper: such counts
hold for one vendor, those of several vendors together can't be added up from them.
"""

from collections.abc import Iterable, Sequence

from pos_app.domain.settlement import spread_signed
from pos_app.facts.sales import Refund, RefundLine, Sale, SaleLine, SellerFigures, Tender
from pos_app.storage import tables
from sync.rows import Row, Rows

_SUMS = [column.name for column in tables.vendor_total.columns if column.info.get("sum")]
_EMPTY = " AND ".join(f'"{name}" = 0' for name in _SUMS)
_NO_TENDER = ("", "", "")
_NO_FIGURES = (0,) * (len(_SUMS) - 4)
Taxes = tuple[int, int, int, int]


def sold_rows(sale: Sale, sign: int) -> list[Row]:
    """What a sale adds to the kept figures of each vendor on it (sign -1: takes out of them)."""
    own = _places(sale.lines)
    taxes = _taxes(sale.lines, sale.sellers, 1, [line.net_won for line in sale.lines])
    found: list[Row] = []
    for vendor_id, places in own.items():
        gross = off = cut = net = supply = vat = exempt = unsplit = 0
        for place in places:
            line, tax = sale.lines[place], taxes[place]
            gross += line.amount_won
            off += line.discount_won + line.cart_discount_won
            cut += line.truncation_won
            net += line.net_won
            supply += tax[0]
            vat += tax[1]
            exempt += tax[2]
            unsplit += tax[3]
        figures = (1, 0, 0, gross, off, cut, 0, supply, vat, exempt, unsplit, net)
        head = (vendor_id, sale.day_id, sale.register, sale.at[11:13])
        found += _by_tender(head, sign, figures, sale.tenders, places, back=False)
    return found


def voided_rows(sale: Sale, sign: int) -> list[Row]:
    """A void counts for each vendor whose goods were on the sale."""
    figures = (0, 0, 1, *_NO_FIGURES[3:])
    found: list[Row] = []
    for vendor_id in _places(sale.lines):
        head = (vendor_id, sale.day_id, sale.register, sale.at[11:13])
        found += _by_tender(head, sign, figures, (), (), back=False)
    return found


def given_back_rows(refund: Refund, sign: int) -> list[Row]:
    """What a refund adds to the kept figures of each vendor on it (sign -1: takes out of them)."""
    taxes = _taxes(refund.lines, refund.sellers, -1, [-line.refund_won for line in refund.lines])
    found: list[Row] = []
    for vendor_id, places in _places(refund.lines).items():
        won = sum(refund.lines[place].refund_won for place in places)
        tax = (sum(taxes[place][kind] for place in places) for kind in range(4))
        head = (vendor_id, refund.day_id, refund.register, refund.at[11:13])
        figures = (0, 1, 0, 0, 0, 0, won, *tax, 0)
        found += _by_tender(head, sign, figures, refund.tenders, places, back=True)
    return found


def count_vendors(rows: Rows, day_id: str, told: Sequence[Row], taken_out: bool) -> None:
    """Add to the kept figures; what came back to nothing leaves no row."""
    rows.add(tables.vendor_total, told)
    if taken_out:
        for vendor_id in dict.fromkeys(row[0] for row in told):
            rows.run(
                f'DELETE FROM "vendor_total" WHERE "vendor_id" = ? AND "day_id" = ? AND {_EMPTY}',
                vendor_id,
                day_id,
            )


def _places(lines: Iterable[SaleLine | RefundLine]) -> dict[str, list[int]]:
    own: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        own.setdefault(line.vendor_id, []).append(place)
    return own


def _by_tender(
    head: Row, sign: int, figures: Row, tenders: Sequence[Tender], places: Sequence[int], *, back: bool
) -> list[Row]:
    """A row for each tender; the first of them bears the figures of the goods."""
    if sign < 0:
        figures = tuple(-figure for figure in figures)
    if not tenders:
        return [(*head, *_NO_TENDER, *figures, 0, 0, 0, 0)]
    found = []
    for tender in tenders:
        shares = tender.shares
        # Others' events may promise shares that they do not bring.
        won = sign * sum([shares[place] for place in places if place < len(shares)])
        paid = (0, sign, 0, won) if back else (sign, 0, won, 0)
        found.append((*head, tender.type, tender.kind, tender.held_by, *figures, *paid))
        figures = _NO_FIGURES
    return found


def _taxes(
    lines: Sequence[SaleLine | RefundLine], sellers: Sequence[SellerFigures], sign: int, nets: Sequence[int]
) -> list[Taxes]:
    """Supply, VAT, exempt and unsplit of each line; each seller's frozen figures, spread over its lines."""
    found: list[Taxes] = [(0, 0, net, 0) for net in nets]
    taxed: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        if line.tax_class == "taxable":
            taxed.setdefault(line.seller, []).append(place)
    for number, places in taxed.items():
        seller = sellers[number] if 0 <= number < len(sellers) else None
        if seller is None or seller.unsplit_won:
            for place in places:
                found[place] = (0, 0, 0, nets[place])
            continue
        supplies = spread_signed(sign * seller.taxable_supply_won, [nets[place] for place in places])
        for place, supply in zip(places, supplies, strict=True):
            found[place] = (supply, nets[place] - supply, 0, 0)
    return found
