"""What each vendor is paid: one table over all, one with the lines of a vendor."""

from pos_app.i18n.texts import tr
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.table import Table, text_column, totalled, won_column


def settlements_table(figures: Figures) -> Table:
    """The settlement report's `vendors` as a table: payout + commission + fees = net."""
    columns = (
        text_column(tr("업체")),
        won_column(tr("총판매(원)")),
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
