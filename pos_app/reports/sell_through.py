"""Sell-through (완판율): how much of what was brought has been sold, by vendor and by product."""

from pos_app.i18n.texts import tr
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import (
    Cell,
    Table,
    count_column,
    quantity_column,
    share_column,
    text_column,
    totalled,
    won_column,
)


def sell_through_tables(figures: Figures) -> tuple[Table, ...]:
    """Vendors, the best first, then their products."""
    return _vendors(figures), _products(figures)


def _share(row: Figures) -> int | None:
    value = row.get("permille")
    return value if isinstance(value, int) else None


def _vendors(figures: Figures) -> Table:
    columns = (
        text_column(tr("업체")),
        count_column(tr("반입 품목")),
        count_column(tr("완판 품목")),
        share_column(tr("완판율")),
        won_column(tr("순매출(원)")),
    )
    known = list(rows(figures, "vendors"))
    lines: list[tuple[Cell, ...]] = [
        (
            text(row, "vendor"),
            number(row, "products"),
            number(row, "sold_out"),
            _share(row),
            number(row, "net_won"),
        )
        for row in known
    ]
    sums = list(totalled(columns, lines, tr("합계")))
    sums[3] = _share(figures)
    chart = ranked(
        tr("업체별 완판율"), [(text(row, "vendor"), _share(row) or 0) for row in known], "", permille=True
    )
    notes = (
        tr("완판율은 반입한 것을 값으로 따져 팔린 만큼입니다. 모두 팔렸을 때만 100%입니다."),
        tr("반입을 적지 않은 물건은 완판율에 들지 않습니다."),
    )
    behind = tuple(Sieve(vendor_id=text(row, "vendor_id")) for row in known)
    return Table(tr("완판율"), columns, tuple(lines), tuple(sums), heading(figures), notes, chart, behind)


def _products(figures: Figures) -> Table:
    columns = (
        text_column(tr("품목")),
        text_column(tr("업체")),
        text_column(tr("단위")),
        quantity_column(tr("반입")),
        quantity_column(tr("판매")),
        quantity_column(tr("남음")),
        share_column(tr("완판율")),
        won_column(tr("순매출(원)")),
    )
    known = list(rows(figures, "products"))
    # A great market brings very many products: no call for each cell; the table itself minds its numbers.
    lines: list[tuple[Cell, ...]] = [
        (
            row.get("name", ""),
            row.get("vendor", ""),
            row.get("unit", ""),
            row.get("brought_milli", 0),
            row.get("sold_milli", 0),
            row.get("left_milli", 0),
            row.get("permille"),
            row.get("net_won", 0),
        )
        for row in known
    ]
    behind = tuple(
        Sieve(product_id=text(row, "product_id"), vendor_id=text(row, "vendor_id")) for row in known
    )
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("품목별 완판율"), columns, tuple(lines), sums, heading(figures), behind=behind)
