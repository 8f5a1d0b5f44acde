"""Tax figures by register."""

from collections.abc import Iterable

from pos_app.i18n.texts import tr
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, number, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Cell, Table, text_column, totalled, won_column

_PARTS = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")


def tax_table(records: Iterable[Figures], subtitle: str = "") -> Table:
    """Records {register, taxable_supply_won, vat_won, exempt_won, unsplit_won} as a table."""
    columns = (
        text_column(tr("계산대")),
        won_column(tr("과세 공급가액(원)")),
        won_column(tr("부가세(원)")),
        won_column(tr("면세(원)")),
        won_column(tr("세액 구분 없음(원)")),
        won_column(tr("합계(원)")),
    )
    known = list(records)
    lines: list[tuple[Cell, ...]] = []
    for row in known:
        parts = [number(row, name) for name in _PARTS]
        lines.append((text(row, "register"), *parts, sum(parts)))
    notes = (
        tr("부가세는 영수증과 판매자마다 한 번 나눈 값을 더한 것입니다."),
        tr("세액 구분 없음: 일반과세자가 아닌 판매자의 과세 물건입니다."),
    )
    values = [
        (column.name.removesuffix("(원)"), sum(number(row, name) for row in known))
        for column, name in zip(columns[1:5], _PARTS, strict=True)
    ]
    sums = totalled(columns, lines, tr("합계"))
    chart = ranked(tr("세금 집계(원)"), values, "")
    behind = tuple(Sieve(register=text(row, "register")) for row in known)
    return Table(tr("세금 집계"), columns, tuple(lines), sums, subtitle, notes, chart, behind)
