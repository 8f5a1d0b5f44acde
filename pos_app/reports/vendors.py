"""Net sales by vendor, vendors without sales too."""

from pos_app.i18n.texts import tr
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.table import Table, text_column, totalled, won_column


def vendors_table(figures: Figures) -> Table:
    """The vendors of a day in the order given, with their net sales."""
    columns = (text_column(tr("코드")), text_column(tr("업체")), won_column(tr("순매출(원)")))
    lines = tuple(
        (text(row, "code"), text(row, "vendor"), number(row, "net_won")) for row in rows(figures, "by_vendor")
    )
    if not any(code for code, _, _ in lines):
        columns, bare = columns[1:], tuple(line[1:] for line in lines)
        return Table(tr("업체별 매출"), columns, bare, totalled(columns, bare, tr("합계")), heading(figures))
    return Table(tr("업체별 매출"), columns, lines, totalled(columns, lines, tr("합계")), heading(figures))
