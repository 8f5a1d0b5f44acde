"""A statement in words: the two equations, the tables of its page, for screen and paper alike."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.settlement import RuleLine
from pos_app.i18n.formats import quantity, won, won_plain
from pos_app.i18n.texts import mark, tr
from pos_app.reports.figures import weekday_shown
from pos_app.reports.statement_pdf import Grid, StatementPaper, Term

if TYPE_CHECKING:
    from pos_app.services.statements import StatementView

TAX_KINDS = {
    "general": mark("일반과세자"),
    "simplified": mark("간이과세자"),
    "exempt": mark("면세사업자"),
    "unregistered": mark("사업자등록 없는 농업인"),
}
STATES = {"draft": mark("초안"), "approved": mark("승인"), "paid": mark("지급"), "withdrawn": mark("거둠")}


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A product over all days of a statement."""

    product_id: str
    name: str
    quantity: str
    gross_won: int
    off_won: int
    refunds_won: int
    net_won: int
    rule: str
    commission_won: int


def percent(permille: int) -> str:
    """10% for 100, 1.5% for 15."""
    whole, tenth = divmod(permille, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def rule_words(line: RuleLine) -> str:
    """A rule with its rates: 농가 10%; goods without one say so."""
    rates = "·".join(dict.fromkeys(percent(piece.rate_permille) for piece in line.pieces))
    if not line.rule_id:
        return tr("규칙 없음 {rate}", rate=percent(0))
    return line.rule_name if "%" in line.rule_name or not rates else f"{line.rule_name} {rates}"


def tender_words(tender: str, held_by: str = "") -> str:
    """카드, 온누리상품권, 카드 (업체)."""
    type_, _, kind = tender.partition(":")
    words = {
        "cash": tr("현금"), "card": tr("카드"), "transfer": tr("계좌이체"), "voucher": tr("상품권"),
        "credit": tr("외상"), "": tr("결제 없음"),
    }  # fmt: skip
    kinds = {"onnuri": tr("온누리상품권"), "local": tr("지역화폐"), "agency": tr("기관 쿠폰")}
    word = kinds.get(kind, kind) if kind else words.get(type_, type_)
    return tr("{tender} (업체)", tender=word) if held_by == "vendor" else word


def equations(view: "StatementView") -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Net - commission - fees = payout, and payout - held - waiting + released + carried = what is sent."""
    figures = view.told.statement
    rules = len({line.rule_id for line in figures.lines if line.rule_id})
    first = (
        Term("", tr("순매출"), won_plain(figures.net_won), tr("매출 - 할인 - 환불")),
        Term("-", tr("수수료"), won_plain(figures.commission_won), tr("규칙 {count}개", count=rules)),
        Term("-", tr("비용"), won_plain(figures.fees_won), _fees(view)),
        Term("=", tr("지급액"), won_plain(figures.payout_won), tr("업체 몫")),
    )
    held = [line for line in figures.tenders if line.held_by == "vendor"]
    second = [
        Term("", tr("지급액"), won_plain(figures.payout_won), tr("업체 몫")),
        Term(
            "-",
            tr("업체가 이미 받음"),
            won_plain(figures.held_by_vendor_won),
            ", ".join(tender_words(line.tender) for line in held) or tr("없음"),
        ),
    ]
    if figures.held_back_won:
        second.append(Term("-", tr("상품권 대기"), won_plain(figures.held_back_won), tr("돌려받으면 지급")))
    if figures.released_won:
        second.append(Term("+", tr("지난 상품권"), won_plain(figures.released_won), tr("돌려받음")))
    carried = tr("모자란 돈") if figures.carried_in_won else tr("없음")
    second.append(Term("+", tr("지난 장터 이월"), won_plain(figures.carried_in_won), carried))
    if figures.carried_out_won:
        out = Term("=", tr("다음 장터로"), won_plain(figures.carried_out_won), tr("다음 장터로 넘겨요."))
    else:
        out = Term(
            "=", tr("보낼 돈"), won_plain(figures.to_transfer_won), view.account_masked or tr("계좌 없음")
        )
    return first, (*second, out)


def _fees(view: "StatementView") -> str:
    names = dict.fromkeys(tender_words(line.tender) for line in view.told.statement.fees)
    return ", ".join(names) or tr("없음")


def goods_rows(view: "StatementView") -> list[GoodsRow]:
    """The products of a statement, days added up, the most sold first."""
    words = {
        (line.on, class_): rule_words(line)
        for line in view.told.statement.lines
        for class_ in line.product_classes
    }
    found: dict[str, GoodsRow] = {}
    milli: dict[str, int] = {}
    for each in view.told.goods:
        rule = words.get((each.on, each.product_class), "")
        old = found.get(each.product_id, GoodsRow(each.product_id, each.name, "", 0, 0, 0, 0, rule, 0))
        milli[each.product_id] = milli.get(each.product_id, 0) + each.quantity_milli
        found[each.product_id] = GoodsRow(
            each.product_id,
            each.name,
            quantity(milli[each.product_id], each.unit),
            old.gross_won + each.gross_won,
            old.off_won + each.off_won,
            old.refunds_won + each.refunds_won,
            old.net_won + each.net_won,
            old.rule if old.rule == rule else tr("규칙 여럿"),
            old.commission_won + each.commission_won,
        )
    return sorted(found.values(), key=lambda row: (-row.net_won, row.name, row.product_id))


def about(view: "StatementView") -> str:
    """박영지 · 농가 · 사업자등록 없는 농업인 · 123-45-67891."""
    account = view.told.account
    number = view.business_no
    shown = f"{number[:3]}-{number[3:5]}-{number[5:]}" if len(number) == 10 else number
    class_ = account.scope.vendor_class if account else ""
    kind = tr(TAX_KINDS[view.tax_kind]) if view.tax_kind in TAX_KINDS else ""
    return " · ".join(text for text in (view.representative, class_, kind, shown) if text)


def period(view: "StatementView") -> str:
    """The market and its dates."""
    run = view.run
    dates = weekday_shown(run.from_on)
    if run.until_on != run.from_on:
        dates = f"{dates} ~ {weekday_shown(run.until_on)}"
    return " · ".join(text for text in (run.market, dates, run.cooperative) if text)


def paper_of(view: "StatementView") -> StatementPaper:
    """A statement's A4 page."""
    figures = view.told.statement
    booth = f"{view.told.booth}. " if view.told.booth else ""
    words = [
        tr("판매 {count}건. 수수료와 비용은 1원보다 작은 값을 버립니다.", count=view.told.sales_count),
    ]
    if figures.carried_out_won:
        words.append(tr("모자라는 금액은 다음 장터 정산으로 넘깁니다."))
    if view.warned:
        words.append(tr("수수료 규칙이 없는 물건이 있어 0%로 계산했습니다. 확정 전입니다."))
    if view.run.reverses:
        words.append(tr("정산 {run}을(를) 되돌리는 정산입니다. 까닭: {reason}", run=view.run.reverses[:8],
                        reason=view.run.reason))  # fmt: skip
    return StatementPaper(
        tr("정산서"),
        tr(STATES.get(view.state, view.state)),
        period(view),
        f"{booth}{view.told.vendor}",
        about(view),
        view.number,
        view.told.hash,
        equations(view),
        (_gross(view), _goods(view), _rules(view), *_fee_grid(view), _tenders(view)),
        tuple(tr("이의·메모 {at} {author}: {text}", at=note.at[:16].replace("T", " "), author=note.author,
                 text=note.text) for note in view.notes),
        tuple(words),
        (tr("판매자 확인"), tr("담당 확인")),
    )  # fmt: skip


def _gross(view: "StatementView") -> Grid:
    figures = view.told.statement
    row = (figures.gross_won, -figures.discount_won, -figures.truncation_won, -figures.refunds_won)
    heads = (tr("총판매"), tr("할인"), tr("절사"), tr("환불"), tr("순매출"))
    return Grid(
        tr("순매출"),
        heads,
        (1, 1, 1, 1, 1),
        (tuple(map(won_plain, (*row, figures.net_won))),),
        (0, 1, 2, 3, 4),
    )


def _goods(view: "StatementView") -> Grid:
    rows = goods_rows(view)
    lines: list[tuple[str, ...]] = [
        (row.name, row.quantity, won_plain(row.gross_won), won_plain(-row.off_won), won_plain(-row.refunds_won),
         won_plain(row.net_won), row.rule, won_plain(row.commission_won))
        for row in rows
    ]  # fmt: skip
    sums = (
        sum(row.gross_won for row in rows), -sum(row.off_won for row in rows),
        -sum(row.refunds_won for row in rows), sum(row.net_won for row in rows),
    )  # fmt: skip
    total = sum(row.commission_won for row in rows)
    lines.append((tr("합계"), "", *map(won_plain, sums), "", won_plain(total)))
    heads = (
        tr("품목"), tr("순수량"), tr("매출"), tr("할인·절사"), tr("환불"), tr("순매출"), tr("적용한 규칙"),
        tr("수수료"),
    )  # fmt: skip
    return Grid(tr("품목"), heads, (22, 10, 12, 10, 10, 12, 16, 11), tuple(lines), (1, 2, 3, 4, 5, 7), True)


def _rules(view: "StatementView") -> Grid:
    lines = []
    for line in view.told.statement.lines:
        pieces = ", ".join(f"{percent(p.rate_permille)} × {won_plain(p.net_won)}" for p in line.pieces)
        lines.append(
            (line.on, rule_words(line), pieces, won_plain(line.net_won), won_plain(line.commission_won))
        )
    total = view.told.statement
    lines.append((tr("합계"), "", "", won_plain(total.net_won), won_plain(total.commission_won)))
    heads = (tr("날"), tr("적용한 규칙"), tr("율 × 순매출"), tr("순매출"), tr("수수료"))
    return Grid(tr("수수료"), heads, (12, 22, 28, 14, 12), tuple(lines), (3, 4), True)


def _fee_grid(view: "StatementView") -> tuple[Grid, ...]:
    figures = view.told.statement
    if not figures.fees:
        return ()
    lines = [
        (line.on, tender_words(line.tender), percent(line.rate_permille), won_plain(line.net_won),
         won_plain(line.fee_won))
        for line in figures.fees
    ]  # fmt: skip
    lines.append((tr("합계"), "", "", "", won_plain(figures.fees_won)))
    heads = (tr("날"), tr("결제 수단"), tr("율"), tr("순매출"), tr("비용"))
    return (Grid(tr("비용"), heads, (12, 22, 12, 16, 12), tuple(lines), (2, 3, 4), True),)


def _tenders(view: "StatementView") -> Grid:
    figures = view.told.statement
    lines = [
        (tender_words(line.tender, line.held_by), won_plain(line.net_won), won_plain(-line.commission_won),
         won_plain(-line.fee_won), won_plain(line.payout_won))
        for line in figures.tenders
    ]  # fmt: skip
    lines.append(
        (tr("합계"), won_plain(figures.net_won), won_plain(-figures.commission_won), won_plain(-figures.fees_won),
         won_plain(figures.payout_won))
    )  # fmt: skip
    heads = (tr("결제 수단"), tr("순매출"), tr("수수료"), tr("비용"), tr("지급액"))
    return Grid(tr("결제 수단마다"), heads, (26, 14, 14, 14, 14), tuple(lines), (1, 2, 3, 4), True)


def spoken(view: "StatementView") -> str:
    """신안섬 농장, 초안, 보낼 돈 2,483,700원."""
    figures = view.told.statement
    state = (
        tr("확인 필요") if view.warned and view.state == "draft" else tr(STATES.get(view.state, view.state))
    )
    if figures.carried_out_won:
        owed = tr("다음 장터로 {amount}", amount=won(figures.carried_out_won))
    else:
        owed = tr("보낼 돈 {amount}", amount=won(figures.to_transfer_won))
    return f"{view.told.vendor}, {state}, {owed}"
