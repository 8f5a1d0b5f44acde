"""Quantities and net sales by product."""

from pos_app.i18n.texts import tr
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Cell, Table, quantity_column, text_column, totalled, won_column


def products_table(figures: Figures) -> Table:
    """The products of a day in the order given; quantities in their own units are not added up."""
    names = {
        text(row, "vendor_id"): text(row, "vendor")
        for row in rows(figures, "by_vendor")
        if text(row, "vendor_id")
    }
    columns = (
        text_column(tr("코드")),
        text_column(tr("품목")),
        text_column(tr("업체")),
        quantity_column(tr("수량")),
        text_column(tr("단위")),
        won_column(tr("순매출(원)")),
    )
    lines: list[tuple[Cell, ...]] = []
    for row in rows(figures, "by_product"):
        name = text(row, "name")
        lines.append(
            (
                text(row, "product") if name else "",
                name or text(row, "product"),
                text(row, "vendor") or names.get(text(row, "vendor_id"), ""),
                number(row, "quantity_milli"),
                text(row, "unit"),
                number(row, "net_won"),
            )
        )
    records = list(rows(figures, "by_product"))
    named = [(text(row, "name") or text(row, "product"), number(row, "net_won")) for row in records]
    chart = ranked(tr("품목별 순매출(원)"), named, tr("그 밖의 품목"))
    behind = tuple(
        Sieve(product_id=text(row, "product_id"), vendor_id=text(row, "vendor_id"))
        if text(row, "product_id")
        else None
        for row in records
    )
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("품목별 매출"), columns, tuple(lines), sums, heading(figures), chart=chart, behind=behind)
