"""What each vendor's account holds: goods, tenders, earlier days, carried balances, from the sealed cut alone.

The class of goods is the product's category (the workbook's own word, empty where it has none), the class of
a vendor its 구분; both as the catalogue says them when the run is made, and frozen with the statement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pos_app.domain.catalogue import Vendor
from pos_app.domain.commission import Rule, Scope
from pos_app.domain.hangul import search_key
from pos_app.domain.settlement import Account, Goods, Statement, Taken, spread_signed
from pos_app.facts.sales import Refund, Sale
from pos_app.facts.settlements import SettledGoods
from pos_app.storage.queries import catalogue, settlements
from pos_app.storage.queries.settlements import Cut, Market
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a market day: up to a seal (or addendum), beyond what was settled before."""

    day: Market
    seal: str
    until: Cut
    after: Cut = field(default_factory=dict)
    after_seals: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    """A product's figures of one day, being added up."""

    name: str = ""
    unit: str = ""
    quantity: int = 0
    gross: int = 0
    discount: int = 0
    truncation: int = 0
    refunds: int = 0

    @property
    def net(self) -> int:
        return self.gross - self.discount - self.truncation - self.refunds


@dataclass(slots=True)
class Book:
    """One vendor's slips of the parts, added up; keys are (date, product) and (date, tender, holder)."""

    products: dict[tuple[str, str], _Row] = field(default_factory=dict)
    taken: dict[tuple[str, str, str], int] = field(default_factory=dict)
    sales: dict[str, int] = field(default_factory=dict)

    @property
    def sales_count(self) -> int:
        """How many sales have goods of this vendor; one taken out again counts against them."""
        return sum(self.sales.values())

    def row(self, on: str, product_id: str, name: str, unit: str) -> _Row:
        """The row of a product."""
        found = self.products.setdefault((on, product_id), _Row())
        found.name, found.unit = name, unit
        return found

    def take(self, on: str, tender: str, held_by: str, won: int) -> None:
        """Add won (signed) to a tender."""
        key = (on, tender, held_by)
        self.taken[key] = self.taken.get(key, 0) + won


def books(rows: Rows, parts: Sequence[Part]) -> dict[str, Book]:
    """Every vendor's book over these parts."""
    found: dict[str, Book] = {}
    for part in parts:
        slips = settlements.slips(rows, part.day.day_id, part.until, part.after)
        for sign, sale_id, sale in slips.sales:
            _count_sale(found, part.day.business_date, sign, sale_id, sale)
        for _, refund in slips.refunds:
            _count_refund(found, part.day.business_date, refund)
    return found


def _count_sale(found: dict[str, Book], on: str, sign: int, sale_id: str, sale: Sale) -> None:
    for place, sold in enumerate(sale.lines):
        book = found.setdefault(sold.vendor_id, Book())
        row = book.row(on, sold.product_id, sold.name, sold.unit)
        row.quantity += sign * sold.quantity_milli
        row.gross += sign * sold.amount_won
        row.discount += sign * (sold.discount_won + sold.cart_discount_won)
        row.truncation += sign * sold.truncation_won
        book.sales[sale_id] = sign
        for tender in sale.tenders:
            if tender.shares[place]:
                book.take(
                    on, tender_name(tender.type, tender.kind), tender.held_by, sign * tender.shares[place]
                )


def _count_refund(found: dict[str, Book], on: str, refund: Refund) -> None:
    for place, back in enumerate(refund.lines):
        book = found.setdefault(back.vendor_id, Book())
        row = book.row(on, back.product_id, back.name, back.unit)
        row.quantity -= back.quantity_milli
        row.refunds += back.refund_won
        for tender in refund.tenders:
            if tender.shares[place]:
                book.take(on, tender_name(tender.type, tender.kind), tender.held_by, -tender.shares[place])


def tender_name(type_: str, kind: str) -> str:
    """A tender as settlements name it: its type, or type and kind."""
    return f"{type_}:{kind}" if kind else type_


@dataclass(frozen=True, slots=True)
class Standing:
    """What earlier settlements left of a vendor: a balance (0 or below), and held money now free."""

    carried_won: int = 0
    released_won: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the accounts of one run: classes, earlier days, balances."""

    market_id: str
    vendors: Mapping[str, Vendor]
    products: Mapping[str, str]  # product id -> class
    history: Mapping[str, tuple[tuple[str, int], ...]]
    standings: Mapping[str, Standing]


def product_classes(rows: Rows) -> dict[str, str]:
    """The class of every product, also of those that rest."""
    return dict(rows.all('SELECT "id", "category" FROM "product"'))


def vendors_of(rows: Rows) -> dict[str, Vendor]:
    """Every vendor by id."""
    return {vendor.id: vendor for vendor in catalogue.vendors(rows)}


def taking_part(rows: Rows, day_ids: Iterable[str]) -> dict[str, int]:
    """Booth by vendor of those who have goods in the days' workbooks."""
    found: dict[str, int] = {}
    for day_id in day_ids:
        rosters = catalogue.day_rosters(rows, day_id)
        with_goods = {
            row[0]
            for roster in rosters
            for row in rows.all(
                'SELECT DISTINCT p."vendor_id" FROM "roster_product" r JOIN "product" p '
                'ON p."id" = r."product_id" WHERE r."roster_id" = ?',
                roster,
            )
        }
        for vendor_id, booth in catalogue.booths(rows, rosters).items():
            if vendor_id in with_goods:
                found.setdefault(vendor_id, booth.number)
    return found


def history(
    rows: Rows, rules: Sequence[Rule], parts: Sequence[Part]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """(date, sealed net) of each vendor's days before the first of these parts.

    Where a rule names this market, only its own days count; else those of every market.
    """
    first = min(part.day.business_date for part in parts)
    market_id = parts[0].day.market_id
    only_here = any(rule.market_id and search_key(rule.market_id) == search_key(market_id) for rule in rules)
    found: dict[str, list[tuple[str, int]]] = {}
    for day in reversed(settlements.market_days(rows)):
        if day.business_date >= first or (only_here and day.market_id != market_id):
            continue
        sealed = settlements.sealed(rows, day.day_id)
        if sealed is None:
            continue
        for vendor_id, net in settlements.net_by_vendor(rows, day.day_id, sealed.cut).items():
            found.setdefault(vendor_id, []).append((day.business_date, net))
    return {vendor_id: tuple(sorted(days)) for vendor_id, days in found.items()}


def account(vendor_id: str, book: Book, around: Around) -> Account:
    """A vendor's account, in one order whatever the order of the slips."""
    goods: dict[tuple[str, str], _Row] = {}
    for (on, product_id), row in book.products.items():
        kept = goods.setdefault((on, around.products.get(product_id, "")), _Row())
        kept.gross += row.gross
        kept.discount += row.discount
        kept.truncation += row.truncation
        kept.refunds += row.refunds
    vendor = around.vendors.get(vendor_id)
    scope = Scope(
        around.market_id, vendor.cooperative if vendor else "", vendor.vendor_class if vendor else ""
    )
    stands = around.standings.get(vendor_id, Standing())
    return Account(
        vendor_id,
        scope,
        tuple(
            Goods(on, class_, row.gross, row.discount, row.truncation, row.refunds)
            for (on, class_), row in sorted(goods.items())
        ),
        tuple(Taken(*key, won) for key, won in sorted(book.taken.items())),
        around.history.get(vendor_id, ()),
        stands.carried_won,
        stands.released_won,
    )


def settled_goods(book: Book, around: Around, statement: Statement) -> tuple[SettledGoods, ...]:
    """The products of a statement, each with its share of what the rule took of that day."""
    made: list[SettledGoods] = []
    for line in statement.lines:
        own = [
            (product_id, row)
            for (on, product_id), row in sorted(book.products.items())
            if on == line.on and around.products.get(product_id, "") in line.product_classes
        ]
        if not own:
            continue
        shares = spread_signed(line.commission_won, [row.net for _, row in own])
        for (product_id, row), share in zip(own, shares, strict=True):
            made.append(
                SettledGoods(
                    line.on, product_id, row.name, row.unit, around.products.get(product_id, ""),
                    row.quantity, row.gross, row.discount + row.truncation, row.refunds, row.net,
                    line.rule_id, share,
                )
            )  # fmt: skip
    return tuple(made)
