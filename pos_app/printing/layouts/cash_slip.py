"""The slip of cash put into or taken out of the drawer beside sales."""

from pos_app.facts.shifts import CashMovement
from pos_app.printing.document import Columns, Document, ShopHeader, clean
from pos_app.printing.layouts.parts import THICK, THIN, end, head, pairs, paper, shown_at, signature, won

_TITLES = {
    "pay_in": "입금 전표",
    "pay_out": "출금 전표",
    "loan": "준비금 추가 전표",
    "pickup": "중간 수금 전표",
}


def cash_slip_document(
    movement: CashMovement,
    shop: ShopHeader,
    copy_no: int = 0,
    practice: bool = False,
    *,
    printed_at: str = "",
) -> Document:
    """One movement with a line to sign."""
    title = _TITLES.get(movement.kind, "현금 전표")
    blocks = head(shop, title, copy_no, printed_at)
    blocks += pairs(
        ("일시", shown_at(movement.at)),
        ("계산대", clean(movement.register)),
        ("담당", clean(movement.operator_name)),
        ("사유", clean(movement.reason)),
    )
    blocks += (
        THICK,
        Columns("금액", won(movement.amount_won), True, 0, 2),
        THIN,
    )
    signature(blocks, "확인")
    end(blocks)
    return paper(title, blocks, practice)
