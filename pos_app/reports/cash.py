"""Over and short: what every shift counted beside what it should have had."""

from pos_app.i18n.texts import tr
from pos_app.reports import sieve as s
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Cell, Table, text_column, totalled, won_column


def cash_table(figures: Figures) -> Table:
    """The `shifts` of a report; one that is still open has no count yet."""
    columns = (
        text_column(tr("날짜")),
        text_column(tr("계산대")),
        text_column(tr("담당")),
        text_column(tr("Z 번호")),
        won_column(tr("현금 판매(원)")),
        won_column(tr("있어야 할 돈(원)")),
        won_column(tr("센 돈(원)")),
        won_column(tr("과부족(원)")),
    )
    known = list(rows(figures, "shifts"))
    lines = tuple(_line(row) for row in known)
    counted = [row for row in known if row.get("over_short_won") is not None]
    values = [
        (f"{text(row, 'business_date')[5:]} {text(row, 'register')}", number(row, "over_short_won"))
        for row in counted
    ]
    chart = ranked(tr("과부족(원)"), values, tr("그 밖의 마감"))
    notes = (tr("과부족 = 센 돈 - 있어야 할 돈. 모자라면 음수입니다."),)
    behind = tuple(Sieve(s.TENDER, tender="cash", shift_id=text(row, "shift_id")) for row in known)
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("현금 과부족"), columns, lines, sums, heading(figures), notes, chart, behind)


def _line(row: Figures) -> tuple[Cell, ...]:
    open_still = row.get("over_short_won") is None
    counted = None if open_still else number(row, "counted_won")
    return (
        text(row, "business_date"),
        text(row, "register"),
        text(row, "operator"),
        tr("마감 전") if open_still else text(row, "z_no"),
        number(row, "cash_won"),
        None if counted is None else counted - number(row, "over_short_won"),
        counted,
        None if open_still else number(row, "over_short_won"),
    )
