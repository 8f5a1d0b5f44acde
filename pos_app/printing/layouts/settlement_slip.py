"""The settlement of one vendor (정산서) on the roll, with the run's digest as QR."""

from typing import Literal

from pos_app.domain.business_number import shown
from pos_app.domain.settlement import FeeLine, Statement, TenderLine
from pos_app.printing.document import Block, Columns, Document, Feed, QrCode, ShopHeader, Text, clean
from pos_app.printing.layouts.parts import (
    THICK,
    THIN,
    end,
    head,
    masked,
    minus,
    pairs,
    paper,
    shown_at,
    shown_on,
    signature,
    tender_label,
    won,
)
from pos_app.printing.layouts.slip_figures import CommissionLine, SettlementSlip

TITLE = "정산서"
State = Literal["draft", "approved", "paid"]
_STATES = {"draft": "초안 (확정 전)", "approved": "승인", "paid": "지급 완료"}


def settlement_document(
    slip: SettlementSlip, shop: ShopHeader, copy_no: int = 0, practice: bool = False, *, printed_at: str = ""
) -> Document:
    """정산서: sales, commission by rule, fees, and what is sent; stored figures only."""
    blocks = head(shop, TITLE, copy_no, printed_at)
    blocks += pairs(
        ("정산번호", clean(slip.settlement_no)),
        ("상태", _STATES[slip.state]),
        ("정정 대상", clean(slip.correction_of)),
        ("장터", clean(slip.market)),
        ("기간", clean(slip.period)),
        ("작성", shown_at(slip.at)),
        ("판매자", clean(slip.vendor)),
        ("사업자등록번호", shown(clean(slip.business_no)) if slip.business_no else ""),
        ("자리", clean(slip.booth)),
        ("담당", clean(slip.operator_name)),
    )
    _sales(blocks, slip)
    _kept(blocks, slip)
    blocks += (THICK, Columns("지급액", signed_won(slip.payout_won), True, 0, 2))
    if slip.carried_won:
        blocks.append(Columns("이월", signed_won(slip.carried_won)))
    if slip.vendor_held_won:
        blocks.append(Columns("판매자가 직접 받은 금액", taken(slip.vendor_held_won)))
    if slip.held_back_won:
        blocks.append(Columns("상품권 정산 뒤 지급", taken(slip.held_back_won)))
    if slip.released_won:
        blocks.append(Columns("지난 상품권 정산분", signed_won(slip.released_won)))
    if slip.held_back_won:
        blocks.append(Columns("상품권 정산 대기", taken(slip.held_back_won)))
    if slip.released_won:
        blocks.append(Columns("지난 상품권 정산", signed_won(slip.released_won)))
    blocks.append(Columns("보낼 돈", signed_won(slip.transfer_won), True, 0, 2))
    if slip.account_masked:
        blocks.append(Columns("입금 계좌", _account(slip.account_masked)))
    if slip.carried_out_won:
        blocks.append(Columns("다음 정산으로 이월", signed_won(slip.carried_out_won)))
    if slip.transfer_won < 0 or slip.carried_out_won < 0:
        blocks.append(Text("모자라는 금액은 다음 장터 정산으로 넘깁니다."))
    if slip.notes:
        blocks += (THIN, Text("이의와 메모", bold=True))
        blocks += [Text(f" {clean(note)}") for note in slip.notes]
    blocks.append(THIN)
    signature(blocks, "판매자 확인")
    signature(blocks, "담당 확인")
    if slip.digest:
        digest = clean(slip.digest)
        blocks += (Feed(1), QrCode(digest), Text(f"확인값 {digest[:16]}", "center"))
    end(blocks)
    return paper(TITLE, blocks, practice)


def slip_of(
    statement: Statement,
    *,
    settlement_no: str,
    state: State,
    at: str,
    market: str,
    vendor: str,
    digest: str = "",
    correction_of: str = "",
    business_no: str = "",
    account_masked: str = "",
    operator_name: str = "",
) -> SettlementSlip:
    """The slip of a statement as it was reckoned: every figure is taken over, none is made."""
    days = (statement.from_on, statement.until_on)
    return SettlementSlip(
        settlement_no=settlement_no,
        state=state,
        at=at,
        period=shown_on(days[0]) if days[0] == days[1] else " ~ ".join(days),
        market=market,
        vendor=vendor,
        gross_won=statement.gross_won,
        discount_won=statement.discount_won,
        truncation_won=statement.truncation_won,
        refunds_won=statement.refunds_won,
        net_won=statement.net_won,
        commissions=tuple(
            CommissionLine(f"{line.rule_name} ({line.on})", line.net_won, line.commission_won)
            for line in statement.lines
        ),
        commission_won=statement.commission_won,
        fees=tuple((_fee(line), line.fee_won) for line in statement.fees),
        fees_won=statement.fees_won,
        payout_won=statement.payout_won,
        transfer_won=statement.to_transfer_won,
        tenders=tuple((_tender(line), line.net_won) for line in statement.tenders),
        carried_won=statement.carried_in_won,
        vendor_held_won=statement.held_by_vendor_won,
        held_back_won=statement.held_back_won,
        released_won=statement.released_won,
        carried_out_won=statement.carried_out_won,
        business_no=business_no,
        account_masked=account_masked,
        correction_of=correction_of,
        operator_name=operator_name,
        digest=digest,
    )


def _fee(line: FeeLine) -> str:
    whole, tenth = divmod(line.rate_permille, 10)
    rate = f"{whole}.{tenth}%" if tenth else f"{whole}%"
    return f"{tender_label(*line.tender.split(':', 1))} {rate} ({line.on})"


def _tender(line: TenderLine) -> str:
    if line.held_by == "cooperative":
        return line.tender
    return f"{tender_label(*line.tender.split(':', 1))} (판매자 받음)"


def signed_won(amount_won: int) -> str:
    """-2,800원 or 61,400원."""
    return minus(-amount_won) if amount_won < 0 else won(amount_won)


def taken(amount_won: int) -> str:
    """What is kept back: -2,800원; a correction gives back: 2,800원."""
    return minus(amount_won) if amount_won >= 0 else won(-amount_won)


def _sales(blocks: list[Block], slip: SettlementSlip) -> None:
    blocks.append(THICK)
    blocks += pairs(("판매 건수", "" if slip.sales_count is None else f"{slip.sales_count:,}건"))
    blocks += (
        Columns("판매금액", signed_won(slip.gross_won)),
        Columns("할인", taken(slip.discount_won)),
        Columns("절사", taken(slip.truncation_won)),
        Columns("환불", taken(slip.refunds_won)),
        Columns("순매출", signed_won(slip.net_won), True),
    )
    if slip.tenders:
        blocks += (THIN, Text("결제수단별 (환불 뺀 금액)", bold=True))
        blocks += [
            Columns(tender_label(*kind.split(":", 1)), signed_won(amount), indent=1)
            for kind, amount in slip.tenders
        ]


def _kept(blocks: list[Block], slip: SettlementSlip) -> None:
    blocks += (THIN, Text("수수료", bold=True))
    for line in slip.commissions:
        blocks.append(Text(f" {clean(line.rule)}"))
        blocks.append(Columns(f"{signed_won(line.net_won)}에서", taken(line.commission_won), indent=3))
    blocks.append(Columns("수수료 합계", taken(slip.commission_won), True))
    if slip.fees:
        blocks += (THIN, Text("비용", bold=True))
        blocks += [Columns(clean(label), taken(amount), indent=1) for label, amount in slip.fees]
        blocks.append(Columns("비용 합계", taken(slip.fees_won), True))


def _account(text: str) -> str:
    return masked(text) if "*" in text else "****"
