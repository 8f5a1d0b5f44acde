"""Net sales by vendor, vendors without sales too."""

from pos_app.i18n.texts import tr
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Cell, Column, Table, text_column, totalled, won_column


def vendors_table(figures: Figures) -> Table:
    """The vendors of a day in the order given, with their net sales."""
    coded = any(text(row, "code") for row in rows(figures, "by_vendor"))
    columns: tuple[Column, ...] = (text_column(tr("업체")), won_column(tr("순매출(원)")))
    if coded:
        columns = (text_column(tr("코드")), *columns)
    lines: list[tuple[Cell, ...]] = []
    for row in rows(figures, "by_vendor"):
        line = (text(row, "vendor"), number(row, "net_won"))
        lines.append((text(row, "code"), *line) if coded else line)
    records = list(rows(figures, "by_vendor"))
    chart = ranked(
        tr("업체별 순매출(원)"),
        [(text(row, "vendor"), number(row, "net_won")) for row in records],
        tr("그 밖의 업체"),
    )
    behind = tuple(
        Sieve(vendor_id=text(row, "vendor_id")) if text(row, "vendor_id") else None for row in records
    )
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("업체별 매출"), columns, tuple(lines), sums, heading(figures), chart=chart, behind=behind)
