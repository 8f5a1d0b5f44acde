"""Sales by hour of the day."""

from collections.abc import Iterable

from pos_app.i18n.texts import tr
from pos_app.reports.charts import columns as upright
from pos_app.reports.figures import Figures, number, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Table, count_column, text_column, totalled, won_column


def hours_table(records: Iterable[Figures], subtitle: str = "") -> Table:
    """Records {hour, sales_count, total_won, refunds_won, net_won} as a table; `hour` is "13" or 13."""
    columns = (
        text_column(tr("시간")),
        count_column(tr("건수")),
        won_column(tr("매출(원)")),
        won_column(tr("환불(원)")),
        won_column(tr("순매출(원)")),
    )
    known = list(records)
    lines = tuple(
        (
            _hour(text(row, "hour")),
            number(row, "sales_count"),
            number(row, "total_won"),
            -number(row, "refunds_won"),
            number(row, "total_won") - number(row, "refunds_won"),
        )
        for row in known
    )
    chart = upright(
        tr("시간대별 매출(원)"), [(_hour(text(row, "hour")), number(row, "total_won")) for row in known]
    )
    behind = tuple(Sieve(hour=f"{text(row, 'hour'):0>2}") for row in known)
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("시간대별 매출"), columns, lines, sums, subtitle, chart=chart, behind=behind)


def _hour(hour: str) -> str:
    return tr("{hour}시", hour=f"{int(hour):02d}") if hour.isdecimal() else hour
