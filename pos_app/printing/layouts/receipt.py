"""The receipt of a sale: each seller with own lines, tax and subtotal, then the money."""

from collections.abc import Callable

from pos_app.domain.business_number import shown
from pos_app.facts.sales import Sale, SaleLine, SellerFigures, Tender
from pos_app.printing.document import Block, Columns, Document, Item, QrCode, ShopHeader, Text, clean
from pos_app.printing.layouts.parts import (
    THICK,
    THIN,
    foot,
    head,
    masked,
    minus,
    pairs,
    paper,
    quantity,
    shown_at,
    tender_label,
    won,
)

TITLE = "영수증"
_HEADING = Item("품목", "단가×수량", "금액", bold=True)
_SHARED_NOTE = Text("꾸러미 값은 아래에 판매자별로 나누어 적습니다.")
_EXEMPT_NOTE = Text("*표는 면세 품목입니다.")


def receipt_document(
    sale: Sale,
    shop: ShopHeader,
    copy_no: int = 0,
    practice: bool = False,
    *,
    printed_at: str = "",
    qr: bool = False,
) -> Document:
    """The paper of a sale, only with figures stored in it.

    `copy_no` > 0 marks a reprint (재발행 n) made at `printed_at` (ISO text); with `qr` the
    number as a QR code closes the paper.
    """
    agent = any(not same_house(seller, shop) for seller in sale.sellers)
    blocks = head(shop, TITLE, copy_no, printed_at, agent)
    blocks += pairs(
        ("일시", shown_at(sale.at)),
        ("영수증번호", clean(sale.receipt_no)),
        ("계산대", clean(sale.register)),
        ("담당", clean(sale.operator_name)),
        ("고객", clean(sale.customer)),
    )
    _bundles(blocks, sale.lines)
    blocks += (THIN, _HEADING)
    groups: list[list[SaleLine]] = [[] for _ in sale.sellers]
    for line in sale.lines:
        groups[line.seller].append(line)
    for seller, lines in zip(sale.sellers, groups, strict=True):
        blocks.append(THIN)
        _seller(blocks, seller, lines, shop, len(groups) == 1)
    blocks.append(THICK)
    _sums(blocks, sale)
    blocks.append(THIN)
    for tender in sale.tenders:
        tender_blocks(blocks, tender, sale.sellers)
    _cash_receipt(blocks, sale)
    blocks.append(THIN)
    if any(line.tax_class == "exempt" for line in sale.lines):
        blocks.append(_EXEMPT_NOTE)
    if sale.note:
        blocks.append(Text(f"메모: {clean(sale.note)}"))
    if qr and (number := clean(sale.receipt_no)):
        blocks.append(QrCode(number))
    foot(shop, blocks)
    return paper(TITLE, blocks, practice)


def _bundles(blocks: list[Block], lines: tuple[SaleLine, ...]) -> None:
    """Each bundle (꾸러미) with what lies in it; what a part costs stands with its seller."""
    shown = 0
    for line in lines:
        if line.bundle_no == 0:
            continue
        if line.bundle_no != shown:
            shown = line.bundle_no
            name = f"[꾸러미] {clean(line.bundle_name)} {line.bundle_count:,}개"
            blocks += (THIN, Columns(name, won(line.bundle_amount_won), True))
        amount = f"{quantity(line.quantity_milli)}{clean(line.unit, 20)}"
        blocks.append(Columns(clean(line.name), amount, indent=2))
    if shown:
        blocks.append(_SHARED_NOTE)


def same_house(seller: SellerFigures, shop: ShopHeader) -> bool:
    """Whether the supplier is the cooperative itself (직접판매)."""
    if seller.business_no or shop.business_no:
        return seller.business_no == shop.business_no
    return seller.name == shop.name


def seller_heading(blocks: list[Block], seller: SellerFigures) -> None:
    """상호 and 사업자등록번호 of a supplier."""
    blocks.append(Text(f"[판매자] {clean(seller.name)}", bold=True))
    if seller.business_no:
        blocks.append(Text(f" 사업자등록번호 {shown(clean(seller.business_no))}"))
    elif seller.tax_kind == "unregistered":
        blocks.append(Text(" 사업자등록 없는 농업인"))


def _seller(
    blocks: list[Block], seller: SellerFigures, lines: list[SaleLine], shop: ShopHeader, only: bool
) -> None:
    if not (only and same_house(seller, shop)):
        seller_heading(blocks, seller)
    for line in lines:
        unit = clean(line.unit, 20)
        blocks.append(
            Item(
                clean(line.name),
                f"{line.unit_price_won:,}×{quantity(line.quantity_milli)}{unit}",
                f"{line.amount_won:,}",
                "*" if line.tax_class == "exempt" else "",
            )
        )
        if line.discount_won:
            reason = f"할인 ({clean(line.discount_reason, 60)})" if line.discount_reason else "할인"
            blocks.append(Columns(reason, f"-{line.discount_won:,}", indent=3))
        if line.note:
            blocks.append(Text(f"   {clean(line.note)}"))
    shared = any(line.cart_discount_won or line.truncation_won for line in lines)
    blocks.append(Columns("소계 (할인·절사 뒤)" if shared else "소계", won(seller.net_won), True))
    tax_blocks(blocks, seller, won)


def tax_blocks(blocks: list[Block], seller: SellerFigures, figure: Callable[[int], str]) -> None:
    """The tax of one supplier's lines; kinds that do not occur are left out."""
    if seller.taxable_supply_won or seller.vat_won:
        blocks.append(Columns("과세물품가액", figure(seller.taxable_supply_won), indent=1))
        blocks.append(Columns("부가세", figure(seller.vat_won), indent=1))
    if seller.unsplit_won:
        blocks.append(Columns("과세물품(세 포함)", figure(seller.unsplit_won), indent=1))
    if seller.exempt_won:
        blocks.append(Columns("면세물품가액", figure(seller.exempt_won), indent=1))


def _sums(blocks: list[Block], sale: Sale) -> None:
    if sale.discount_won or sale.truncation_won:
        blocks.append(Columns("판매금액", won(sale.gross_won)))
    if sale.discount_won:
        blocks.append(Columns("할인", minus(sale.discount_won)))
    if sale.truncation_won:
        blocks.append(Columns("절사", minus(sale.truncation_won)))
    blocks.append(Columns("합계", won(sale.total_won), bold=True, size=2))


def tender_blocks(
    blocks: list[Block], tender: Tender, sellers: tuple[SellerFigures, ...], back: bool = False
) -> None:
    """One tender with what was handed over and its approval; `back`: money that was given back."""
    label = tender_label(tender.type, tender.kind)
    blocks.append(Columns(label, minus(tender.amount_won) if back else won(tender.amount_won), bold=True))
    for face_won, count in tender.faces:
        blocks.append(Columns(f"{face_won:,}원권", f"{count:,}장", indent=2))
    if not back and (tender.type == "cash" or tender.change_won):
        blocks.append(Columns("받은금액", won(tender.received_won)))
        blocks.append(Columns("거스름돈", won(tender.change_won), bold=True))
    if tender.type == "card":
        _card(blocks, tender, back)
    if tender.payer:
        blocks.append(Columns("청구처", clean(tender.payer), indent=2))
    if tender.held_by != "cooperative":
        holder = next((seller.name for seller in sellers if seller.id == tender.held_by), "")
        blocks.append(Columns("받은 곳", clean(holder) or "판매자", indent=2))


def _card(blocks: list[Block], tender: Tender, back: bool) -> None:
    if tender.issuer:
        blocks.append(Columns("카드사", clean(tender.issuer), indent=2))
    if tender.card_masked:
        blocks.append(Columns("카드번호", masked(tender.card_masked), indent=2))
    approval = "취소승인번호" if back else "승인번호"
    blocks.append(Columns(approval, clean(tender.approval_no) or "미입력", indent=2))
    if tender.instalments > 1:
        blocks.append(Columns("할부", f"{tender.instalments}개월", indent=2))


def _cash_receipt(blocks: list[Block], sale: Sale) -> None:
    wanted = sale.cash_receipt
    if wanted is None:
        return
    purpose = {"income": "소득공제", "expense": "지출증빙"}.get(wanted.purpose, clean(wanted.purpose))
    blocks.append(THIN)
    blocks.append(Columns("현금영수증 요청", purpose))
    blocks.append(Columns("식별번호", masked(wanted.identity_masked), indent=2))
    blocks.append(Text("현금영수증은 단말기에서 따로 발급합니다."))
