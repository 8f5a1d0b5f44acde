"""What is recorded of a sale, a refund, a void and a reprint: each event tells everything itself."""

import msgspec


class SellerFigures(msgspec.Struct, frozen=True):
    """One supplier on one receipt, with the tax of that supplier's lines (won)."""

    id: str
    name: str
    business_no: str
    tax_kind: str
    net_won: int
    taxable_supply_won: int
    vat_won: int
    exempt_won: int
    unsplit_won: int


class SaleLine(msgspec.Struct, frozen=True):
    """One line: amount = price x quantity rounded; net = amount - the three reductions.

    `seller` is the index in the sale's `sellers`; `no` counts from 1.
    """

    no: int
    product_id: str
    vendor_id: str
    seller: int
    name: str
    unit: str
    tax_class: str
    sold_by: str
    unit_price_won: int
    list_price_won: int
    quantity_milli: int
    amount_won: int
    discount_won: int
    cart_discount_won: int
    truncation_won: int
    net_won: int
    discount_reason: str = ""
    note: str = ""
    # A part of a 꾸러미: which one, what it is called, which of the sale's (from 1), how many of it,
    # and what all of them come to before discounts.
    bundle_id: str = ""
    bundle_name: str = ""
    bundle_no: int = 0
    bundle_count: int = 0
    bundle_amount_won: int = 0


class Tender(msgspec.Struct, frozen=True):
    """Money taken (or given back): `amount_won` settles the sale, `received_won` was handed over.

    `shares` spreads `amount_won` over the lines, in line order, and is frozen with the event.
    Identities and card numbers are stored masked only.
    """

    no: int
    type: str  # cash card transfer voucher credit
    amount_won: int
    received_won: int
    change_won: int
    shares: tuple[int, ...]
    kind: str = ""  # which voucher
    held_by: str = "cooperative"
    approval_no: str = ""
    issuer: str = ""
    card_masked: str = ""
    instalments: int = 0
    faces: tuple[tuple[int, int], ...] = ()  # (face won, count)
    payer: str = ""  # the department that a credit sale is billed to


class CashReceiptRequest(msgspec.Struct, frozen=True):
    """현금영수증 asked for: purpose `income` or `expense`, identity masked."""

    purpose: str
    identity_masked: str


class Override(msgspec.Struct, frozen=True):
    """A right lent at the till: who asked, who allowed, for which action."""

    action: str
    asked_by: str
    allowed_by: str


class Sale(msgspec.Struct, frozen=True):
    """A completed sale. gross - discount - truncation = total; sum of tenders = total."""

    day_id: str
    shift_id: str
    register: str
    business_date: str
    at: str
    receipt_no: str
    lines: tuple[SaleLine, ...]
    sellers: tuple[SellerFigures, ...]
    tenders: tuple[Tender, ...]
    gross_won: int
    discount_won: int
    truncation_won: int
    total_won: int
    received_won: int
    change_won: int
    operator_name: str = ""
    given_id: str = ""
    customer: str = ""  # empty: a person; else the agency's department
    note: str = ""
    cash_receipt: CashReceiptRequest | None = None
    overrides: tuple[Override, ...] = ()
    order_id: str = ""  # the order from before the day that was picked up


class RefundLine(msgspec.Struct, frozen=True):
    """Part of a sold line given back; figures are positive."""

    line: int
    product_id: str
    vendor_id: str
    seller: int
    name: str
    unit: str
    tax_class: str
    unit_price_won: int
    quantity_milli: int
    refund_won: int
    restock: bool = True


class Refund(msgspec.Struct, frozen=True):
    """Money given back for part of an earlier sale; sellers' figures are positive."""

    sale_id: str
    sale_receipt_no: str
    sale_business_date: str
    day_id: str
    shift_id: str
    register: str
    business_date: str
    at: str
    receipt_no: str
    lines: tuple[RefundLine, ...]
    sellers: tuple[SellerFigures, ...]
    tenders: tuple[Tender, ...]
    refund_won: int
    reason: str
    operator_name: str = ""
    given_id: str = ""
    overrides: tuple[Override, ...] = ()


class VoidSale(msgspec.Struct, frozen=True):
    """A sale of the same shift taken back whole."""

    sale_id: str
    sale_receipt_no: str
    day_id: str
    shift_id: str
    register: str
    at: str
    reason: str
    operator_name: str = ""
    given_id: str = ""
    cancel_approvals: tuple[tuple[int, str], ...] = ()  # (tender number, card cancel approval)
    overrides: tuple[Override, ...] = ()


class CashReceipt(msgspec.Struct, frozen=True):
    """현금영수증 asked for after the sale, or another one in its place; an empty purpose takes it back.

    The identity is masked before it gets here; the receipt itself is issued at the terminal.
    """

    sale_id: str
    purpose: str  # income, expense, or empty
    identity_masked: str
    at: str
    operator_name: str = ""


class CardNumber(msgspec.Struct, frozen=True):
    """The approval number of a card tender that was recorded without one; told again, the later word counts."""

    sale_id: str
    no: int  # which of the sale's tenders, from 1
    approval_no: str
    at: str
    operator_name: str = ""


class Reprint(msgspec.Struct, frozen=True):
    """A paper printed again by hand; `copy` is its 재발행 number."""

    subject: str  # sale, refund, z
    subject_id: str
    copy: int
    at: str
