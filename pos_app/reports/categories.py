"""Net sales by category of goods."""

from pos_app.i18n.texts import tr
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Table, count_column, text_column, totalled, won_column


def categories_table(figures: Figures) -> Table:
    """Records {category, products, gross_won, net_won} of `by_category` as a table, the most first."""
    columns = (
        text_column(tr("분류")),
        count_column(tr("품목 수")),
        won_column(tr("총판매(원)")),
        won_column(tr("순매출(원)")),
    )
    known = list(rows(figures, "by_category"))
    lines = tuple(
        (
            _word(text(row, "category")),
            number(row, "products"),
            number(row, "gross_won"),
            number(row, "net_won"),
        )
        for row in known
    )
    values = [(_word(text(row, "category")), number(row, "net_won")) for row in known]
    chart = ranked(tr("분류별 순매출(원)"), values, tr("그 밖의 분류"))
    behind = tuple(Sieve(category=text(row, "category")) for row in known)
    sums = totalled(columns, lines, tr("합계"))
    notes = (tr("분류는 물건 목록에 지금 적힌 것입니다."),)
    return Table(tr("분류별 매출"), columns, lines, sums, heading(figures), notes, chart, behind)


def _word(category: str) -> str:
    return category or tr("분류 없음")
