"""Slips that two people sign: goods in and out, a pick-up, a donation."""

from collections.abc import Iterable

from pos_app.domain.business_number import shown
from pos_app.printing.document import Block, Columns, Document, Feed, Item, QrCode, ShopHeader, Text, clean
from pos_app.printing.layouts.parts import (
    THICK,
    THIN,
    end,
    foot,
    head,
    masked,
    pairs,
    paper,
    quantity,
    shown_at,
    shown_on,
    signature,
    won,
)
from pos_app.printing.layouts.slip_figures import DonationSlip, GoodsLine, HandoffSlip, PickupSlip

_HANDOFF = {
    "brought": ("판매자 인계증 (반입)", "넘긴 판매자", "받은 장터 담당"),
    "taken_home": ("판매자 인계증 (반출)", "넘긴 장터 담당", "받은 판매자"),
}
PICKUP_TITLE = "수령증"
DONATION_TITLE = "전달확인서"


def handoff_document(
    slip: HandoffSlip, shop: ShopHeader, copy_no: int = 0, practice: bool = False, *, printed_at: str = ""
) -> Document:
    """판매자 인계증: which goods changed hands between a vendor and the market, both sign."""
    title, giver, taker = _HANDOFF[slip.direction]
    blocks = head(shop, title, copy_no, printed_at)
    blocks += pairs(
        ("번호", clean(slip.slip_no)),
        ("장터", clean(slip.market)),
        ("장날", shown_on(slip.business_date)),
        ("일시", shown_at(slip.at)),
        ("판매자", clean(slip.vendor)),
        ("사업자등록번호", shown(clean(slip.business_no)) if slip.business_no else ""),
        ("자리", clean(slip.booth)),
        ("담당", clean(slip.operator_name)),
    )
    _goods(blocks, slip.lines)
    if slip.total_won is not None:
        blocks.append(Columns("합계", won(slip.total_won), True, 0, 2))
    if slip.cash_won is not None:
        blocks.append(Columns("함께 넘긴 현금", won(slip.cash_won), True))
    _note(blocks, slip.note)
    blocks += (THIN, Text("위 물품을 틀림없이 주고받았습니다."))
    signature(blocks, giver)
    signature(blocks, taker)
    end(blocks)
    return paper(title, blocks, practice)


def pickup_document(
    slip: PickupSlip, shop: ShopHeader, copy_no: int = 0, practice: bool = False, *, printed_at: str = ""
) -> Document:
    """수령증: what one person's order held and what was paid for it."""
    blocks = head(shop, PICKUP_TITLE, copy_no, printed_at)
    blocks += pairs(
        ("주문번호", clean(slip.order_no)),
        ("기관", clean(slip.agency)),
        ("부서", clean(slip.department)),
        ("받는 분", clean(slip.person)),
        ("연락처", masked(slip.phone_masked)),
        ("받은 일시", shown_at(slip.at)),
        ("담당", clean(slip.operator_name)),
        ("영수증번호", clean(slip.receipt_no)),
    )
    _goods(blocks, slip.lines)
    blocks += (
        Columns("합계", won(slip.total_won), True, 0, 2),
        Columns("미리 낸 금액", won(slip.prepaid_won)),
        Columns("받을 때 낸 금액", won(slip.due_won), True),
        THIN,
        Text("위 물품을 모두 받았습니다."),
    )
    signature(blocks, "받은 사람")
    if slip.code:
        blocks += (Feed(1), QrCode(clean(slip.code)))
    foot(shop, blocks)
    return paper(PICKUP_TITLE, blocks, practice)


def donation_document(
    slip: DonationSlip, shop: ShopHeader, copy_no: int = 0, practice: bool = False, *, printed_at: str = ""
) -> Document:
    """전달확인서: goods given to an institution, with their value."""
    blocks = head(shop, DONATION_TITLE, copy_no, printed_at)
    blocks += pairs(
        ("번호", clean(slip.donation_no)),
        ("장터", clean(slip.market)),
        ("장날", shown_on(slip.business_date)),
        ("전달 일시", shown_at(slip.at)),
        ("받는 기관", clean(slip.institution)),
        ("고유번호", shown(clean(slip.institution_no)) if slip.institution_no else ""),
        ("대표", clean(slip.representative)),
        ("기부", clean(slip.donor)),
        ("담당", clean(slip.operator_name)),
    )
    _goods(blocks, slip.lines)
    blocks.append(Columns("환산액", won(slip.value_won), True, 0, 2))
    _note(blocks, slip.note)
    blocks += (THIN, Text("위 물품을 기부로 전달하였음을 확인합니다."))
    signature(blocks, "전달한 사람")
    signature(blocks, "받은 기관")
    end(blocks)
    return paper(DONATION_TITLE, blocks, practice)


def _goods(blocks: list[Block], lines: Iterable[GoodsLine]) -> None:
    lines = tuple(lines)
    valued = any(line.amount_won is not None for line in lines)
    blocks += (
        THIN,
        Item("품목", "수량", "금액", bold=True) if valued else Columns("품목", "수량", True),
        THIN,
    )
    vendor = ""
    for line in lines:
        if line.vendor and line.vendor != vendor:
            vendor = line.vendor
            blocks.append(Text(f"[{clean(vendor)}]", bold=True))
        amount = f"{quantity(line.quantity_milli)}{clean(line.unit, 20)}"
        if not valued:
            blocks.append(Columns(clean(line.name), amount))
        else:
            value = "" if line.amount_won is None else f"{line.amount_won:,}"
            blocks.append(Item(clean(line.name), amount, value))
        if line.note:
            blocks.append(Text(f"   {clean(line.note)}"))
    blocks.append(THICK)


def _note(blocks: list[Block], note: str) -> None:
    if note:
        blocks.append(Text(f"메모: {clean(note)}"))
