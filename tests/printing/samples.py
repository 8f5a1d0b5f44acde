"""Papers to look at: one of each kind, with sellers of every tax kind."""

from pos_app.facts.sales import (
    CashReceiptRequest,
    Override,
    Refund,
    RefundLine,
    Sale,
    SaleLine,
    SellerFigures,
    Tender,
    VoidSale,
)
from pos_app.facts.shifts import CashMovement, ShiftClose, ShiftTotals
from pos_app.printing.document import Document, ShopHeader
from pos_app.printing.layouts.cash_slip import cash_slip_document
from pos_app.printing.layouts.receipt import receipt_document
from pos_app.printing.layouts.refund import refund_document, void_document
from pos_app.printing.layouts.shift_report import x_document, z_document
from pos_app.printing.layouts.test_page import test_page_document as probe_document

SALE_ID = "23813fa9-0b13-4023-af11-bab1240f16a7"

SHOP = ShopHeader(
    "가치키움 사회적협동조합",
    "1234567891",
    "김장터",
    "광주광역시 남구 봉선동 12-3",
    "062-123-4567",
    "교환·환불은 영수증을 가져오세요.\n감사합니다",
)
SELLERS = (
    SellerFigures("a", "해남땅끝 공방", "2189252763", "general", 41300, 37545, 3755, 0, 0),
    SellerFigures("b", "신안섬 농장", "", "unregistered", 58625, 0, 0, 58625, 0),
    SellerFigures("c", "송정 마을공동체", "3128330792", "simplified", 10000, 0, 0, 0, 10000),
)


def sale_line(no: int, seller: int, name: str, unit: str, price_won: int, **more: object) -> SaleLine:
    """A line whose figures fit together; `more` replaces fields."""
    fields: dict[str, object] = {
        "product_id": f"p{no}",
        "vendor_id": f"v{seller}",
        "tax_class": "taxable",
        "sold_by": "each",
        "list_price_won": price_won,
        "quantity_milli": 1000,
        "amount_won": price_won,
        "discount_won": 0,
        "cart_discount_won": 0,
        "truncation_won": 0,
        "net_won": price_won,
    } | more
    return SaleLine(no=no, seller=seller, name=name, unit=unit, unit_price_won=price_won, **fields)  # type: ignore[arg-type]


LINES = (
    sale_line(
        1,
        0,
        "연잎차 티백 20입",
        "상자",
        11000,
        quantity_milli=2000,
        amount_won=22000,
        discount_won=500,
        net_won=21500,
        discount_reason="떨이",
    ),
    sale_line(2, 0, "참기름 320ml", "병", 21000, cart_discount_won=1200, net_won=19800),
    sale_line(
        3,
        1,
        "햇고구마",
        "kg",
        2900,
        tax_class="exempt",
        sold_by="weight",
        quantity_milli=1250,
        amount_won=3630,
        truncation_won=5,
        net_won=3625,
    ),
    sale_line(4, 1, "굴비 10미", "두름", 55000, tax_class="exempt", note="포장 따로"),
    sale_line(5, 2, "꿀이 든 수제 매실 도라지 정과 선물 세트 특대", "상자", 10000),
)
TENDERS = (
    Tender(1, "cash", 10000, 20000, 10000, (3000, 2000, 1000, 4000, 0)),
    Tender(
        2,
        "card",
        84925,
        84925,
        0,
        (18500, 17800, 2625, 36000, 10000),
        approval_no="12345678",
        issuer="국민카드",
        card_masked="1234-56**-****-7890",
        instalments=3,
    ),
    Tender(3, "voucher", 15000, 15000, 0, (0, 0, 0, 15000, 0), kind="onnuri", faces=((5000, 1), (10000, 1))),
)
SALE = Sale(
    day_id="d",
    shift_id="s",
    register="R1",
    business_date="2026-11-20",
    at="2026-11-20T14:05:00+09:00",
    receipt_no="R1-K7-0042",
    lines=LINES,
    sellers=SELLERS,
    tenders=TENDERS,
    gross_won=111630,
    discount_won=1700,
    truncation_won=5,
    total_won=109925,
    received_won=119925,
    change_won=10000,
    operator_name="김서은",
    cash_receipt=CashReceiptRequest("income", "010-****-1234"),
)
OWN_SALE = Sale(
    day_id="d",
    shift_id="s",
    register="R1",
    business_date="2026-11-20",
    at="2026-11-20T05:06:00+00:00",
    receipt_no="R1-K7-0043",
    lines=(sale_line(1, 0, "딸기잼", "병", 12000),),
    sellers=(SellerFigures("z", SHOP.name, SHOP.business_no, "general", 12000, 10909, 1091, 0, 0),),
    tenders=(Tender(1, "credit", 12000, 12000, 0, (12000,), payer="총무부"),),
    gross_won=12000,
    discount_won=0,
    truncation_won=0,
    total_won=12000,
    received_won=12000,
    change_won=0,
    customer="한국전력공사 총무부",
    note="세금계산서 요청",
)
REFUND = Refund(
    sale_id=SALE_ID,
    sale_receipt_no="R1-K7-0042",
    sale_business_date="2026-11-20",
    day_id="d",
    shift_id="s",
    register="R1",
    business_date="2026-11-20",
    at="2026-11-20T16:05:00+09:00",
    receipt_no="R1-K7-0050",
    lines=(
        RefundLine(1, "p1", "v0", 0, "연잎차 티백 20입", "상자", "taxable", 11000, 1000, 10750),
        RefundLine(3, "p3", "v1", 1, "햇고구마", "kg", "exempt", 2900, 250, 725),
    ),
    sellers=(
        SellerFigures("a", "해남땅끝 공방", "2189252763", "general", 10750, 9773, 977, 0, 0),
        SellerFigures("b", "신안섬 농장", "", "unregistered", 725, 0, 0, 725, 0),
    ),
    tenders=(
        Tender(1, "cash", 1475, 1475, 0, (750, 725)),
        Tender(
            2,
            "card",
            10000,
            10000,
            0,
            (10000, 0),
            approval_no="87654321",
            issuer="국민카드",
            card_masked="1234-56**-****-7890",
        ),
    ),
    refund_won=11475,
    reason="상한 물건",
    operator_name="김서은",
)
VOID = VoidSale(
    sale_id=SALE_ID,
    sale_receipt_no="R1-K7-0042",
    day_id="d",
    shift_id="s",
    register="R1",
    at="2026-11-20T14:10:00+09:00",
    reason="잘못 찍음",
    operator_name="김서은",
    cancel_approvals=((2, "99887766"), (3, "")),
    overrides=(Override("void", "김서은", "박책임"),),
)
TOTALS = ShiftTotals(
    sales_count=42,
    refunds_count=1,
    voids_count=1,
    gross_won=1116300,
    discount_won=1700,
    truncation_won=55,
    refunds_won=11475,
    net_won=1103070,
    taxable_supply_won=375450,
    vat_won=37545,
    exempt_won=690075,
    unsplit_won=0,
    float_won=100000,
    pay_in_won=20000,
    pay_out_won=30000,
    cash_sales_won=500000,
    cash_refunds_won=1475,
    expected_cash_won=588525,
    tenders=(("cash", 498525), ("card", 500000), ("voucher", 104545)),
)
CLOSE = ShiftClose(
    shift_id="s",
    day_id="d",
    register="R1",
    business_date="2026-11-20",
    opened_at="2026-11-20T09:00:00+09:00",
    at="2026-11-20T17:00:00+09:00",
    z_no=3,
    counted_won=588220,
    over_short_won=-305,
    totals=TOTALS,
    first_receipt_no="R1-K7-0001",
    last_receipt_no="R1-K7-0042",
    denominations=((50000, 10), (10000, 8), (5000, 0), (1000, 8), (100, 2), (10, 2)),
    reason="잔돈을 잘못 줌",
    operator_name="김서은",
    open_items=("카드 승인번호 없는 결제 1건",),
    overrides=(Override("close", "김서은", "박책임"),),
)
PAY_OUT = CashMovement("s", "d", "R1", "2026-11-20T12:00:00+09:00", "pay_out", 30000, "얼음 구입", "김서은")


def papers() -> dict[str, Document]:
    """One document of each kind, by the name of its golden file."""
    later = "2026-11-20T15:00:00+09:00"
    return {
        "receipt": receipt_document(SALE, SHOP, qr=True),
        "receipt-own": receipt_document(OWN_SALE, SHOP),
        "receipt-again": receipt_document(SALE, SHOP, 2, printed_at=later),
        "receipt-practice": receipt_document(OWN_SALE, SHOP, practice=True),
        "refund": refund_document(REFUND, SHOP),
        "refund-again": refund_document(REFUND, SHOP, 1, printed_at=later),
        "void": void_document(VOID, SHOP, SALE),
        "x": x_document(
            TOTALS,
            SHOP,
            register="R1",
            business_date="2026-11-20",
            at=later,
            opened_at=CLOSE.opened_at,
            operator_name="김서은",
        ),
        "x-blind": x_document(TOTALS, SHOP, register="R1", business_date="2026-11-20", at=later, blind=True),
        "z": z_document(CLOSE, SHOP),
        "z-again": z_document(CLOSE, SHOP, 1, printed_at=later),
        "cash-out": cash_slip_document(PAY_OUT, SHOP),
        "test-page": probe_document(SHOP, printer="영수증 인쇄기", at=later),
    }
