"""Slips to look at: hand-off, settlement, pick-up, donation, price labels."""

from pos_app.printing.document import Document
from pos_app.printing.layouts.price_label import price_label_document
from pos_app.printing.layouts.settlement_slip import settlement_document
from pos_app.printing.layouts.slip_figures import (
    CommissionLine,
    DonationSlip,
    GoodsLine,
    HandoffSlip,
    PickupSlip,
    PriceLabel,
    SettlementSlip,
)
from pos_app.printing.layouts.slips import donation_document, handoff_document, pickup_document
from tests.printing.samples import SHOP

AT = "2026-11-20T08:40:00+09:00"
BROUGHT = HandoffSlip(
    direction="brought",
    at=AT,
    business_date="2026-11-20",
    market="나주 금요장터",
    vendor="신안섬 농장",
    lines=(
        GoodsLine("햇고구마", "kg", 42_500, 123_250),
        GoodsLine("굴비 10미", "두름", 20_000, 1_100_000, note="얼음 상자"),
        GoodsLine("꿀이 든 수제 매실 도라지 정과 선물 세트 특대", "상자", 5_000, 50_000),
    ),
    slip_no="인계-0007",
    booth="3",
    total_won=1_273_250,
    operator_name="김서은",
    note="남으면 오후 5시에 가져감",
)
TAKEN_HOME = HandoffSlip(
    direction="taken_home",
    at="2026-11-20T17:20:00+09:00",
    business_date="2026-11-20",
    market="나주 금요장터",
    vendor="해남땅끝 공방",
    lines=(GoodsLine("참기름 320ml", "병", 4_000), GoodsLine("연잎차 티백 20입", "상자", 11_000)),
    business_no="2189252763",
    cash_won=50_000,
)
SETTLEMENT = SettlementSlip(
    settlement_no="정산-20261120-003",
    state="approved",
    at="2026-11-20T18:10:00+09:00",
    period="2026-11-20 (금)",
    market="나주 금요장터",
    vendor="해남땅끝 공방",
    sales_count=37,
    gross_won=1_253_000,
    discount_won=12_500,
    truncation_won=25,
    refunds_won=11_475,
    net_won=1_229_000,
    commissions=(
        CommissionLine("농산물 10% (2026-01-01부터)", 700_000, 70_000),
        CommissionLine("가공품 13% (2026-01-01부터)", 529_000, 68_770),
    ),
    commission_won=138_770,
    fees=(("자리 사용료", 20_000), ("카드 수수료 1.5%", 7_300)),
    fees_won=27_300,
    payout_won=1_062_930,
    transfer_won=862_930,
    tenders=(("cash", 402_000), ("card", 500_000), ("voucher:onnuri", 127_000), ("transfer", 200_000)),
    carried_won=-50_000,
    vendor_held_won=150_000,
    business_no="2189252763",
    booth="1",
    account_masked="농협 302-****-**12-01",
    operator_name="박책임",
    digest="5f0c2d9a" * 8,
)
NEGATIVE = SettlementSlip(
    settlement_no="정산-20261120-004",
    state="draft",
    at="2026-11-20T18:10:00+09:00",
    period="2026-11-20 (금)",
    market="나주 금요장터",
    vendor="신안섬 농장",
    sales_count=0,
    gross_won=0,
    discount_won=0,
    truncation_won=0,
    refunds_won=2_800,
    net_won=-2_800,
    commissions=(CommissionLine("규칙 없음 0%", -2_800, 0),),
    commission_won=0,
    fees=(),
    fees_won=0,
    payout_won=-2_800,
    transfer_won=-2_800,
    correction_of="정산-20261106-004",
)
PICKUP = PickupSlip(
    order_no="주문-0128",
    at="2026-11-20T12:31:00+09:00",
    agency="한국전력공사",
    person="이하늘",
    lines=(GoodsLine("햇고구마 5kg", "상자", 1_000, 14_500), GoodsLine("딸기잼", "병", 2_000, 24_000)),
    total_won=38_500,
    prepaid_won=14_500,
    due_won=24_000,
    department="총무부",
    phone_masked="010-****-1234",
    receipt_no="R1-K7-0061",
    operator_name="김서은",
    code="JT-0128",
)
DONATION = DonationSlip(
    donation_no="기부-0002",
    at="2026-11-20T18:30:00+09:00",
    business_date="2026-11-20",
    market="나주 금요장터",
    institution="빛고을 노인복지관",
    lines=(
        GoodsLine("대파", "단", 12_000, 30_000, vendor="신안섬 농장"),
        GoodsLine("햇고구마", "kg", 8_250, 23_925, vendor="신안섬 농장"),
        GoodsLine("두부", "모", 6_000, 15_000, vendor="송정 마을공동체"),
    ),
    value_won=68_925,
    institution_no="4108212345",
    representative="최나눔",
    donor="가치키움 사회적협동조합",
    operator_name="박책임",
)
LABELS = (
    PriceLabel("햇고구마", "신안섬 농장", 2_900, "kg", "2900000000018", exempt=True, per_weight=True),
    PriceLabel(
        "꿀이 든 수제 매실 도라지 정과 선물 세트 특대", "송정 마을공동체", 10_000, "상자", "2900000000025"
    ),
    PriceLabel("이름표만", "", 500, "개"),
)
LATER = "2026-11-20T19:00:00+09:00"


def slips() -> dict[str, Document]:
    """One document of each kind, by the name of its golden file."""
    return {
        "handoff-brought": handoff_document(BROUGHT, SHOP),
        "handoff-home": handoff_document(TAKEN_HOME, SHOP, 1, printed_at=LATER),
        "settlement": settlement_document(SETTLEMENT, SHOP),
        "settlement-negative": settlement_document(NEGATIVE, SHOP),
        "pickup": pickup_document(PICKUP, SHOP),
        "pickup-practice": pickup_document(PICKUP, SHOP, practice=True),
        "donation": donation_document(DONATION, SHOP),
        "price-label": price_label_document(LABELS),
    }
