"""What each vendor is paid: one table over all, one with the lines of a vendor, one of what is sent."""

from collections.abc import Sequence

from pos_app.i18n.texts import tr
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.table import Table, quantity_column, text_column, totalled, won_column


def settlements_table(figures: Figures) -> Table:
    """The settlement report's `vendors` as a table: payout + commission + fees = net."""
    columns = (
        text_column(tr("업체")),
        won_column(tr("총판매(원)")),
        won_column(tr("할인·절사(원)")),
        won_column(tr("환불(원)")),
        won_column(tr("순매출(원)")),
        won_column(tr("수수료(원)")),
        won_column(tr("비용(원)")),
        won_column(tr("지급액(원)")),
    )
    lines = tuple(
        (
            text(row, "vendor"),
            number(row, "gross_won"),
            -number(row, "discount_won") - number(row, "truncation_won"),
            -number(row, "refunds_won"),
            number(row, "net_won"),
            -number(row, "commission_won"),
            -number(row, "fees_won"),
            number(row, "payout_won"),
        )
        for row in rows(figures, "vendors")
    )
    return Table(tr("업체별 정산"), columns, lines, totalled(columns, lines, tr("합계")), heading(figures))


def statement_table(vendor: Figures, subtitle: str = "") -> Table:
    """One vendor's settlement lines with the rule that gave each commission."""
    columns = (text_column(tr("수수료 규칙")), won_column(tr("순매출(원)")), won_column(tr("수수료(원)")))
    lines = tuple(
        (text(row, "rule"), number(row, "net_won"), -number(row, "commission_won"))
        for row in rows(vendor, "lines")
    )
    title = tr("정산서 {vendor}", vendor=text(vendor, "vendor"))
    notes = (tr("지급액 {payout}원", payout=f"{number(vendor, 'payout_won'):,}"),)
    return Table(title, columns, lines, totalled(columns, lines, tr("합계")), subtitle, notes)


def transfers_table(figures: Figures) -> Table:
    """What is sent to whom, and why it is not the payout: held, carried, waiting. Accounts masked."""
    columns = (
        text_column(tr("업체")),
        won_column(tr("지급액(원)")),
        won_column(tr("업체가 이미 받음(원)")),
        won_column(tr("상품권 대기(원)")),
        won_column(tr("지난 상품권(원)")),
        won_column(tr("지난 장터 이월(원)")),
        won_column(tr("보낼 돈(원)")),
        won_column(tr("다음 장터로(원)")),
        text_column(tr("입금 계좌")),
    )
    lines = tuple(
        (
            text(row, "vendor"),
            number(row, "payout_won"),
            -number(row, "held_by_vendor_won"),
            -number(row, "held_back_won"),
            number(row, "released_won"),
            number(row, "carried_in_won"),
            number(row, "to_transfer_won"),
            number(row, "carried_out_won"),
            text(row, "account"),
        )
        for row in rows(figures, "vendors")
    )
    return Table(tr("보낼 돈"), columns, lines, totalled(columns, lines, tr("합계")), heading(figures))


def rules_table(figures: Figures) -> Table:
    """Every vendor's lines: which rule took what of which net."""
    columns = (
        text_column(tr("업체")),
        text_column(tr("수수료 규칙")),
        won_column(tr("순매출(원)")),
        won_column(tr("수수료(원)")),
    )
    lines = tuple(
        (text(row, "vendor"), text(line, "rule"), number(line, "net_won"), -number(line, "commission_won"))
        for row in rows(figures, "vendors")
        for line in rows(row, "lines")
    )
    return Table(tr("적용한 규칙"), columns, lines, totalled(columns, lines, tr("합계")), heading(figures))


def goods_table(figures: Figures) -> Table:
    """Every vendor's products with their share of the commission."""
    columns = (
        text_column(tr("업체")),
        text_column(tr("품목")),
        quantity_column(tr("순수량")),
        won_column(tr("매출(원)")),
        won_column(tr("할인·절사(원)")),
        won_column(tr("환불(원)")),
        won_column(tr("순매출(원)")),
        won_column(tr("수수료(원)")),
    )
    lines = tuple(
        (
            text(row, "vendor"),
            text(each, "name"),
            number(each, "quantity_milli"),
            number(each, "gross_won"),
            -number(each, "off_won"),
            -number(each, "refunds_won"),
            number(each, "net_won"),
            -number(each, "commission_won"),
        )
        for row in rows(figures, "vendors")
        for each in rows(row, "goods")
    )
    return Table(tr("품목별 정산"), columns, lines, totalled(columns, lines, tr("합계")), heading(figures))


def simulation_table(lines: Sequence[tuple[str, int, int, int]], subtitle: str) -> Table:
    """(vendor, net, commission before, commission with the new rule): a rule tried on past markets."""
    columns = (
        text_column(tr("업체")),
        won_column(tr("순매출(원)")),
        won_column(tr("지금 수수료(원)")),
        won_column(tr("새 수수료(원)")),
        won_column(tr("차이(원)")),
    )
    found = tuple((vendor, net, before, after, after - before) for vendor, net, before, after in lines)
    return Table(tr("새 규칙 대어 보기"), columns, found, totalled(columns, found, tr("합계")), subtitle)
