"""Papers of money given back: the refund receipt, and the slip of a voided sale."""

from pos_app.facts.sales import Refund, RefundLine, Sale, VoidSale
from pos_app.printing.document import Block, Columns, Document, Item, ShopHeader, Text, clean
from pos_app.printing.layouts.parts import (
    THICK,
    THIN,
    end,
    foot,
    head,
    minus,
    pairs,
    paper,
    quantity,
    shown_at,
    shown_on,
    signature,
    tender_label,
    won,
)
from pos_app.printing.layouts.receipt import same_house, seller_heading, tax_blocks, tender_blocks

REFUND_TITLE = "환불 영수증"
VOID_TITLE = "판매 취소 전표"


def refund_document(
    refund: Refund,
    shop: ShopHeader,
    copy_no: int = 0,
    practice: bool = False,
    *,
    printed_at: str = "",
) -> Document:
    """A refund receipt: negative lines, the original number and date; stored figures only."""
    agent = any(not same_house(seller, shop) for seller in refund.sellers)
    blocks = head(shop, REFUND_TITLE, copy_no, printed_at, agent)
    blocks += pairs(
        ("환불일시", shown_at(refund.at)),
        ("환불번호", clean(refund.receipt_no)),
        ("원래 영수증", clean(refund.sale_receipt_no)),
        ("원래 판매일", shown_on(refund.sale_business_date)),
        ("계산대", clean(refund.register)),
        ("담당", clean(refund.operator_name)),
        ("환불 사유", clean(refund.reason)),
    )
    blocks += (THIN, Item("품목", "단가×수량", "환불금액", bold=True))
    groups: list[list[RefundLine]] = [[] for _ in refund.sellers]
    for line in refund.lines:
        groups[line.seller].append(line)
    for seller, lines in zip(refund.sellers, groups, strict=True):
        blocks.append(THIN)
        seller_heading(blocks, seller)
        blocks += [_line(line) for line in lines]
        blocks.append(Columns("소계", minus(seller.net_won), True))
        tax_blocks(blocks, seller, minus)
    blocks += (THICK, Columns("환불합계", minus(refund.refund_won), True, 0, 2), THIN)
    for tender in refund.tenders:
        tender_blocks(blocks, tender, refund.sellers, back=True)
    blocks.append(THIN)
    if any(line.tax_class == "exempt" for line in refund.lines):
        blocks.append(Text("*표는 면세 품목입니다."))
    foot(shop, blocks)
    return paper(REFUND_TITLE, blocks, practice)


def _line(line: RefundLine) -> Block:
    return Item(
        clean(line.name),
        f"{line.unit_price_won:,}×-{quantity(line.quantity_milli)}{clean(line.unit, 20)}",
        f"-{line.refund_won:,}",
        "*" if line.tax_class == "exempt" else "",
    )


def void_document(
    void: VoidSale,
    shop: ShopHeader,
    sale: Sale | None = None,
    copy_no: int = 0,
    practice: bool = False,
    *,
    printed_at: str = "",
) -> Document:
    """The slip of a sale taken back whole; with `sale` its money is listed as given back."""
    blocks = head(shop, VOID_TITLE, copy_no, printed_at)
    blocks += pairs(
        ("취소일시", shown_at(void.at)),
        ("취소한 영수증", clean(void.sale_receipt_no)),
        ("계산대", clean(void.register)),
        ("담당", clean(void.operator_name)),
        ("취소 사유", clean(void.reason)),
    )
    if sale is not None:
        blocks += pairs(("판매일시", shown_at(sale.at)))
        blocks += (THICK, Columns("취소금액", minus(sale.total_won), True, 0, 2), THIN)
        for tender in sale.tenders:
            blocks.append(Columns(tender_label(tender.type, tender.kind), minus(tender.amount_won)))
    for number, approval in void.cancel_approvals:
        blocks.append(Columns(f"결제 {number} 취소승인번호", clean(approval) or "미입력"))
    for override in void.overrides:
        blocks.append(Columns("승인한 사람", clean(override.allowed_by)))
    blocks += (THIN, Text("이 판매는 전체가 취소되었습니다."))
    if sale is not None and sale.change_won:
        blocks.append(Text(f"판매 때 내준 거스름돈: {won(sale.change_won)}"))
    signature(blocks, "손님 확인")
    end(blocks)
    return paper(VOID_TITLE, blocks, practice)
