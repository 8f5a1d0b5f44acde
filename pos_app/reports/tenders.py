"""What came in by tender, kind of voucher and holder."""

from collections.abc import Iterable

from pos_app.i18n.texts import tr
from pos_app.reports import sieve as s
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, holder_word, number, tender_word, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Table, count_column, text_column, totalled, won_column


def tenders_table(records: Iterable[Figures], subtitle: str = "") -> Table:
    """Records {tender, kind, held_by, count, received_won, refunded_won, net_won} as a table."""
    columns = (
        text_column(tr("결제")),
        text_column(tr("보관")),
        count_column(tr("건수")),
        won_column(tr("받은 금액(원)")),
        won_column(tr("환불(원)")),
        won_column(tr("순액(원)")),
    )
    known = list(records)
    lines = tuple(
        (
            tender_word(text(row, "tender"), text(row, "kind")),
            holder_word(text(row, "held_by")),
            number(row, "count"),
            number(row, "received_won"),
            -number(row, "refunded_won"),
            number(row, "net_won"),
        )
        for row in known
    )
    values = [
        (f"{line[0]} {line[1]}".strip(), number(row, "net_won"))
        for line, row in zip(lines, known, strict=True)
    ]
    chart = ranked(tr("결제 수단별 금액(원)"), values, tr("그 밖"))
    behind = tuple(
        Sieve(s.TENDER, tender=text(row, "tender"), kind=text(row, "kind"), held_by=text(row, "held_by"))
        for row in known
    )
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("결제 수단별 매출"), columns, lines, sums, subtitle, chart=chart, behind=behind)
