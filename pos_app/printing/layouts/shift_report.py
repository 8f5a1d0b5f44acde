"""The X (any time) and the Z (once, numbered) of a shift, from the same frozen totals."""

from pos_app.facts.shifts import ShiftClose, ShiftTotals
from pos_app.printing.document import Block, Columns, Document, ShopHeader, Text, clean
from pos_app.printing.layouts.parts import (
    THICK,
    THIN,
    end,
    head,
    minus,
    pairs,
    paper,
    shown_at,
    shown_on,
    signature,
    tender_label,
    won,
)

X_TITLE = "중간 점검 (X)"
Z_TITLE = "마감 보고서 (Z)"


def x_document(
    totals: ShiftTotals,
    shop: ShopHeader,
    *,
    register: str,
    business_date: str,
    at: str,
    opened_at: str = "",
    operator_name: str = "",
    blind: bool = False,
    practice: bool = False,
) -> Document:
    """The shift so far; `blind` leaves out what should be in the drawer, so a count stays blind."""
    blocks = head(shop, X_TITLE)
    blocks += pairs(
        ("장날", shown_on(business_date)),
        ("계산대", clean(register)),
        ("개점", shown_at(opened_at) if opened_at else ""),
        ("점검", shown_at(at)),
        ("담당", clean(operator_name)),
    )
    _totals(blocks, totals)
    if not blind:
        _drawer(blocks, totals)
    blocks += (THIN, Text("중간 점검은 마감이 아닙니다."))
    end(blocks)
    return paper(X_TITLE, blocks, practice)


def z_document(
    close: ShiftClose,
    shop: ShopHeader,
    copy_no: int = 0,
    practice: bool = False,
    *,
    printed_at: str = "",
) -> Document:
    """The close of a shift: the same event gives the same paper, always."""
    blocks = head(shop, f"{Z_TITLE} {close.z_no}번", copy_no, printed_at)
    blocks += pairs(
        ("장날", shown_on(close.business_date)),
        ("계산대", clean(close.register)),
        ("개점", shown_at(close.opened_at)),
        ("마감", shown_at(close.at)),
        ("담당", clean(close.operator_name)),
        ("첫 영수증", clean(close.first_receipt_no)),
        ("끝 영수증", clean(close.last_receipt_no)),
    )
    _totals(blocks, close.totals)
    _drawer(blocks, close.totals)
    blocks.append(THIN)
    for face_won, pieces in close.denominations:
        if pieces:
            blocks.append(Columns(f"{face_won:,}원", f"{pieces:,}개", indent=1))
    blocks.append(Columns("센 현금", won(close.counted_won), True))
    blocks.append(Columns("과부족", signed(close.over_short_won), True, 0, 2))
    if close.reason:
        blocks.append(Text(f"사유: {clean(close.reason)}"))
    for override in close.overrides:
        blocks.append(Columns("승인한 사람", clean(override.allowed_by)))
    if close.open_items:
        blocks += (THIN, Text("남은 일", bold=True))
        blocks += [Text(f"- {clean(item)}") for item in close.open_items]
    blocks.append(THIN)
    if close.head is not None:
        blocks.append(Columns(f"장부 끝 #{close.head.seq}", close.head.key[:16]))
    signature(blocks, "담당 확인")
    signature(blocks, "책임자 확인")
    end(blocks)
    return paper(Z_TITLE, blocks, practice)


def signed(amount_won: int) -> str:
    """Over with +, short with -: +500원, -300원, 0원."""
    return f"{amount_won:+,}원" if amount_won else "0원"


def _totals(blocks: list[Block], totals: ShiftTotals) -> None:
    blocks += (
        THICK,
        Columns("판매 건수", f"{totals.sales_count:,}건"),
        Columns("환불 건수", f"{totals.refunds_count:,}건"),
        Columns("취소 건수", f"{totals.voids_count:,}건"),
        THIN,
        Columns("판매금액", won(totals.gross_won)),
        Columns("할인", minus(totals.discount_won)),
        Columns("절사", minus(totals.truncation_won)),
        Columns("환불", minus(totals.refunds_won)),
        Columns("순매출", won(totals.net_won), True),
        THIN,
        Columns("과세물품가액", won(totals.taxable_supply_won)),
        Columns("부가세", won(totals.vat_won)),
        Columns("과세물품(세 포함)", won(totals.unsplit_won)),
        Columns("면세물품가액", won(totals.exempt_won)),
        THIN,
        Text("결제수단별 (환불 뺀 금액)", bold=True),
    )
    blocks += [
        Columns(tender_label(*kind.split(":", 1)), won(amount), indent=1) for kind, amount in totals.tenders
    ]


def _drawer(blocks: list[Block], totals: ShiftTotals) -> None:
    blocks += (
        THIN,
        Text("돈통", bold=True),
        Columns("준비금", won(totals.float_won), indent=1),
        Columns("현금 판매", won(totals.cash_sales_won), indent=1),
        Columns("현금 환불", minus(totals.cash_refunds_won), indent=1),
        Columns("입금", won(totals.pay_in_won), indent=1),
        Columns("출금", minus(totals.pay_out_won), indent=1),
        Columns("있어야 할 현금", won(totals.expected_cash_won), True),
    )
