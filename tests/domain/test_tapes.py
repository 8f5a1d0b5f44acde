"""Two recorded market days, rung through the rules alone, give the figures reckoned elsewhere."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pos_app.domain.cart import Cart, CartLine, Discount
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.hangul import clean_name
from pos_app.domain.identity import product_id, vendor_id
from pos_app.domain.pricing import PricedCart, price
from pos_app.domain.refund import SoldLine, reckon_refund
from pos_app.domain.sale import index_sellers, seller_figures
from pos_app.domain.tax import TaxFigures
from pos_app.domain.tender import Settled, TenderInput, TenderType, due_in_cash, settle

DEMO = Path(__file__).parents[2] / "resources" / "demo"

_KINDS = {
    "일반과세자": SellerTaxKind.GENERAL,
    "간이과세자": SellerTaxKind.SIMPLIFIED,
    "면세사업자": SellerTaxKind.EXEMPT,
}


def read_catalogue() -> tuple[dict[str, Seller], dict[str, CartLine]]:
    """Return the sellers by name and, per product code, the line of one piece or kilogram of it."""
    book = openpyxl.load_workbook(DEMO / "catalogue.xlsx", data_only=True)
    sellers = {}
    for row in book["참여업체"].iter_rows(min_row=4, values_only=True):
        name = clean_name(str(row[2]))
        no = str(row[6] or "")
        kind = _KINDS.get(clean_name(str(row[5])), SellerTaxKind.UNREGISTERED)
        sellers[name] = Seller(vendor_id(no, name, str(row[7])), name, no, kind)
    lines = {}
    seller = next(iter(sellers.values()))
    for row in book["판매품목"].iter_rows(min_row=4, values_only=True):
        if not row[1]:
            continue
        if row[2]:
            seller = sellers[clean_name(str(row[2]))]
        won = int(re.sub("[^0-9]", "", str(row[5])))
        lines[str(row[1])] = CartLine(
            key="",
            product_id=product_id(seller.id, str(row[3]), str(row[4])),
            vendor_id=seller.id,
            seller=seller,
            name=str(row[3]),
            unit=str(row[4]),
            sold_by=SoldBy.WEIGHT if row[9] == "무게 판매" else SoldBy.EACH,
            tax_class=TaxClass.TAXABLE if row[6] in ("과세", "VAT포함") else TaxClass.EXEMPT,
            list_price_won=won,
            unit_price_won=won,
            quantity_milli=1000,
        )
    return sellers, lines


class Day:
    """Adds a tape up, entry by entry, as a day report would."""

    def __init__(self) -> None:
        self.sellers, self.catalogue = read_catalogue()
        self.totals: Counter[str] = Counter()
        self.tenders: Counter[str] = Counter()
        self.vendors: Counter[str] = Counter(dict.fromkeys(self.sellers, 0))
        self.products: dict[str, list[int]] = {}
        self.tax = TaxFigures()
        self.sold: dict[str, tuple[list[SoldLine], list[str]]] = {}

    def cart(self, entry: dict[str, Any]) -> Cart:
        cart = Cart()
        for number, typed in enumerate(entry["lines"]):
            model = self.catalogue[typed["product"]]
            off = Discount("won", typed["discount_won"]) if typed.get("discount_won") else None
            # The note carries the code and keeps alike lines apart, as they are on the tape.
            line = CartLine(
                f"{number}", model.product_id, model.vendor_id, model.seller, model.name, model.unit,
                model.sold_by, model.tax_class, model.list_price_won, model.unit_price_won,
                typed["quantity_milli"], off, f"{number}:{typed['product']}",
            )  # fmt: skip
            cart = cart.add(line)
        if entry.get("cart_discount_won"):
            cart = cart.with_cart_discount(Discount("won", entry["cart_discount_won"]))
        return cart

    def settle(self, priced: PricedCart, entry: dict[str, Any]) -> Settled:
        if "tender" in entry:
            kind = TenderType(entry["tender"])
            won = due_in_cash(priced, 0) if kind == TenderType.CASH else priced.total_won
            return settle(priced, [TenderInput(kind, won)])
        typed = [TenderInput(TenderType(each["type"]), each["amount_won"]) for each in entry["tenders"]]
        return settle(priced, typed)

    def ring(self, entry: dict[str, Any]) -> None:
        settled = self.settle(price(self.cart(entry)), entry)
        priced = settled.priced
        codes = [line.line.note.partition(":")[2] for line in priced.lines]
        figures = seller_figures(
            [(each.line.seller, each.line.tax_class, each.net_won) for each in priced.lines]
        )
        for seller, net_won, tax in figures:
            self.vendors[seller.name] += net_won
            self.tax += tax
        for code, line in zip(codes, priced.lines, strict=True):
            self.move(code, line.line.quantity_milli, line.net_won)
        for tender in settled.tenders:
            assert sum(tender.shares) == tender.amount_won
            self.tenders[tender.input.type] += tender.amount_won
        self.totals["sales_count"] += 1
        self.totals["gross_won"] += priced.gross_won
        self.totals["discount_won"] += priced.discount_won
        self.totals["truncation_won"] += priced.truncation_won
        if "id" in entry:
            self.keep(entry["id"], priced, codes)

    def keep(self, sale_id: str, priced: PricedCart, codes: list[str]) -> None:
        _, indexes = index_sellers(line.line.seller for line in priced.lines)
        sold = [
            SoldLine(
                no, each.line.quantity_milli, each.net_won, 0, 0, seller,
                each.line.seller.tax_kind, each.line.tax_class,
            )
            for no, (seller, each) in enumerate(zip(indexes, priced.lines, strict=True), start=1)
        ]  # fmt: skip
        self.sold[sale_id] = (sold, codes)

    def move(self, code: str, milli: int, won: int) -> None:
        had = self.products.setdefault(code, [0, 0])
        had[0] += milli
        had[1] += won

    def refund(self, entry: dict[str, Any]) -> None:
        sold, codes = self.sold[entry["refund_of"]]
        figures = reckon_refund(sold, [(each["line"], each["quantity_milli"]) for each in entry["lines"]])
        for part in figures.parts:
            code = codes[part.no - 1]
            self.move(code, -part.quantity_milli, -part.refund_won)
            self.vendors[self.catalogue[code].seller.name] -= part.refund_won
            old = sold[part.no - 1]
            sold[part.no - 1] = SoldLine(
                old.no, old.quantity_milli, old.net_won, old.refunded_milli + part.quantity_milli,
                old.refunded_won + part.refund_won, old.seller, old.tax_kind, old.tax_class,
            )  # fmt: skip
        for _, tax in figures.sellers:
            self.tax -= tax
        assert sum(tax.net_won for _, tax in figures.sellers) == figures.refund_won
        self.tenders[entry["tender"]] -= figures.refund_won
        self.totals["refunds_count"] += 1
        self.totals["refunds_won"] += figures.refund_won


def run(tape: Path) -> Day:
    entries = [json.loads(line) for line in tape.read_text(encoding="utf-8").splitlines()]
    voided = {entry["void_of"] for entry in entries if "void_of" in entry}
    day = Day()
    for entry in entries:
        if "void_of" in entry:
            day.totals["voids_count"] += 1
        elif "refund_of" in entry:
            day.refund(entry)
        elif entry.get("id") not in voided:
            day.ring(entry)
    return day


@pytest.mark.acceptance("A8")
@pytest.mark.parametrize("name", ["tape", "tape-mixed"])
def test_tape_gives_the_figures_reckoned_elsewhere(name: str) -> None:
    expected = json.loads((DEMO / f"{name}.expected.json").read_text(encoding="utf-8"))
    day = run(DEMO / f"{name}.jsonl")
    totals = day.totals
    net = totals["gross_won"] - totals["discount_won"] - totals["truncation_won"] - totals["refunds_won"]
    figures = {
        **{key: totals[key] for key in (
            "sales_count", "refunds_count", "voids_count", "gross_won", "discount_won",
            "truncation_won", "refunds_won",
        )},
        "net_won": net,
        "taxable_supply_won": day.tax.taxable_supply_won,
        "vat_won": day.tax.vat_won,
        "exempt_won": day.tax.exempt_won,
        "unsplit_won": day.tax.unsplit_won,
        "by_vendor": dict(day.vendors),
        "by_product": day.products,
    }  # fmt: skip
    shared = [key for key in expected if key in figures]
    assert len(shared) >= 10
    assert {key: expected[key] for key in shared} == {key: figures[key] for key in shared}
    assert {kind: day.tenders[kind] for kind in expected["tenders"]} == expected["tenders"]
    assert day.tax.net_won == net == sum(day.vendors.values()) == sum(day.tenders.values())
