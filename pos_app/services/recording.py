"""A priced and paid cart becomes a recorded sale: one durable transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.cart import Cart, PartOf
from pos_app.domain.catalogue import Seller
from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name
from pos_app.domain.masking import mask_card
from pos_app.domain.operators import require_discounts
from pos_app.domain.pricing import PricedCart, PricedLine, price
from pos_app.domain.sale import index_sellers, seller_figures
from pos_app.domain.shift import DENOMINATIONS
from pos_app.domain.tender import (
    Settled,
    SettledTender,
    TenderInput,
    notes_for,
    rule_for,
    settle,
)
from pos_app.facts.sales import CashReceiptRequest, Override, Sale, SaleLine, SellerFigures, Tender
from pos_app.printing.document import Document, ShopHeader
from pos_app.printing.layouts.receipt import receipt_document
from pos_app.services import drawers
from pos_app.services.desk import Desk
from pos_app.services.disk_guard import check_selling
from pos_app.services.policies import Terms
from pos_app.storage.queries import sales
from pos_app.storage.queries.days import StoredDay, StoredShift
from pos_app.storage.queries.sales import StoredSale
from pos_app.storage.unit_of_work import event_id, register_scope

if TYPE_CHECKING:
    from pos_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Done:
    """A stored sale or refund; `notes` are (won, pieces) to hand over."""

    sale_id: str
    receipt_no: str
    total_won: int
    received_won: int
    change_won: int
    notes: tuple[tuple[int, int], ...]
    print_job_id: str | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sale is made of, beside the cart itself."""

    tenders: Sequence[TenderInput]
    at: str
    given_id: str = ""
    cash_receipt: CashReceiptRequest | None = None
    overrides: tuple[Override, ...] = ()
    paper: bool = True
    drawer: bool = False
    cart_token: str = ""
    also: "Callable[[Work, str], None] | None" = None  # more to record of the sale with this id, or to refuse


def shop_header(desk: Desk) -> ShopHeader:
    """What stands at the head of every paper."""
    get = desk.settings.get
    return ShopHeader(
        get("shop_name"),
        get("shop_business_no"),
        get("shop_representative"),
        get("shop_address"),
        get("shop_phone"),
        get("shop_footer"),
    )


def receipt_paper(desk: Desk, sale: Sale, copy_no: int = 0, printed_at: str = "") -> Document:
    """A sale's receipt as this till prints it; its QR code, when wanted, opens the sale again."""
    qr = desk.settings.get("receipt_qr") == "1"
    return receipt_document(sale, shop_header(desk), copy_no, desk.practice, printed_at=printed_at, qr=qr)


def record_sale(desk: Desk, day: StoredDay, shift: StoredShift, cart: Cart, terms: Terms, wish: Wish) -> Done:
    """Price, settle and store a sale with its receipt; nothing is stored when a rule says no."""
    if not cart.lines:
        raise DomainError("sale.empty")
    check_selling(desk.home)
    priced = price(cart, terms.pricing)
    allowed = any(override.action == "discount" for override in wish.overrides)
    if not allowed:
        require_discounts(desk.session.role, priced, terms.limits)
    settled = settle(priced, wish.tenders, terms.tenders, terms.pricing)
    draft = _draft(desk, day, shift, cart, settled, wish)
    job = None
    with desk.work.begin(desk.session.operator_id) as work:
        known = sales.sale(work.rows, wish.given_id) if wish.given_id else None
        if known is not None:
            return _again(known)
        desk.check_open(work.rows, shift)
        recorded: list[Sale] = []

        def numbered(receipt_no: str) -> Sale:
            recorded.append(draft(receipt_no))
            return recorded[0]

        event = work.record_numbered(register_scope(day.day_id, desk.register), numbered, wish.cart_token)
        sale_id = wish.given_id or event_id(event)
        if wish.also is not None:
            wish.also(work, sale_id)
        if wish.paper:
            job = desk.paper(work, "receipt", sale_id, receipt_paper(desk, recorded[0]))
        if wish.drawer and any(tender.type == "cash" for tender in recorded[0].tenders):
            drawers.kick(desk, work, sale_id)
    sale = recorded[0]
    return Done(
        sale_id,
        sale.receipt_no,
        sale.total_won,
        sale.received_won,
        sale.change_won,
        notes(sale.change_won),
        job,
    )


def _again(stored: StoredSale) -> Done:
    """A sale that was told before, perhaps by another process at this very moment."""
    sale = stored.sale
    return Done(
        stored.id,
        sale.receipt_no,
        sale.total_won,
        sale.received_won,
        sale.change_won,
        notes(sale.change_won),
        None,
    )


def notes(change_won: int) -> tuple[tuple[int, int], ...]:
    """Notes and coins that make up the change."""
    return tuple(notes_for(change_won)) if change_won >= DENOMINATIONS[-1] else ()


def _draft(
    desk: Desk, day: StoredDay, shift: StoredShift, cart: Cart, settled: Settled, wish: Wish
) -> Callable[[str], Sale]:
    """Everything of the sale but its number; the number is taken inside the transaction."""
    priced = settled.priced
    sellers, indexes = index_sellers(item.line.seller for item in priced.lines)
    lines = tuple(
        _line(no, item, seller)
        for no, (item, seller) in enumerate(zip(priced.lines, indexes, strict=True), 1)
    )
    shown = _sellers(priced, sellers)
    tenders = tuple(_tender(no, item) for no, item in enumerate(settled.tenders, 1))

    def with_number(receipt_no: str) -> Sale:
        return Sale(
            day_id=day.day_id,
            shift_id=shift.id,
            register=desk.register,
            business_date=day.business_date,
            at=wish.at,
            receipt_no=receipt_no,
            lines=lines,
            sellers=shown,
            tenders=tenders,
            gross_won=priced.gross_won,
            discount_won=priced.discount_won,
            truncation_won=priced.truncation_won,
            total_won=priced.total_won,
            received_won=settled.received_won,
            change_won=settled.change_won,
            operator_name=desk.session.name,
            given_id=wish.given_id,
            customer=cart.customer,
            note=cart.note,
            cash_receipt=wish.cash_receipt,
            overrides=wish.overrides,
            order_id=cart.order_id,
        )

    return with_number


def _sellers(priced: PricedCart, sellers: tuple[Seller, ...]) -> tuple[SellerFigures, ...]:
    """Each supplier's net and tax, in the order of their first line."""
    items = [(item.line.seller, item.line.tax_class, item.net_won) for item in priced.lines]
    figures = {seller: (net, tax) for seller, net, tax in seller_figures(items)}
    return tuple(
        SellerFigures(
            seller.id,
            seller.name,
            seller.business_no,
            seller.tax_kind.value,
            figures[seller][0],
            figures[seller][1].taxable_supply_won,
            figures[seller][1].vat_won,
            figures[seller][1].exempt_won,
            figures[seller][1].unsplit_won,
        )
        for seller in sellers
    )


_NO_BUNDLE = PartOf("", "", 0, 0, 0)


def _line(no: int, item: PricedLine, seller: int) -> SaleLine:
    line = item.line
    whole = line.part_of or _NO_BUNDLE
    return SaleLine(
        no,
        line.product_id,
        line.vendor_id,
        seller,
        line.name,
        line.unit,
        line.tax_class.value,
        line.sold_by.value,
        line.unit_price_won,
        line.list_price_won,
        line.quantity_milli,
        item.amount_won,
        item.discount_won,
        item.cart_discount_won,
        item.truncation_won,
        item.net_won,
        line.discount.reason if line.discount else "",
        line.note,
        whole.id,
        whole.name,
        whole.no,
        whole.count,
        whole.amount_won,
    )


def _tender(no: int, settled: SettledTender) -> Tender:
    said = settled.input
    rule = rule_for(said.type, said.kind)
    return Tender(
        no,
        said.type.value,
        settled.amount_won,
        settled.received_won,
        settled.change_won,
        settled.shares,
        rule.kind or clean_name(said.kind)[:40],
        said.held_by or rule.held_by,
        clean_name(said.approval_no)[:40],
        clean_name(said.issuer)[:40],
        mask_card(said.card_no) if said.card_no else "",
        said.instalments,
        said.faces,
        clean_name(said.payer)[:80],
    )
