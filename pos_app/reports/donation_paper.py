"""전달확인서 on A4: what an institution was given, with its worth and room for two signatures."""

from pos_app.i18n.texts import tr
from pos_app.reports.figures import Figures, number, rows, text, weekday_shown
from pos_app.reports.table import Cell, Table, quantity_column, text_column, totalled, won_column

_ROOM = "_" * 28


def donation_table(slip: Figures) -> Table:
    """The certificate as a table; figures by the names of the slip."""
    columns = (
        text_column(tr("품목")),
        text_column(tr("업체")),
        text_column(tr("단위")),
        quantity_column(tr("수량")),
        won_column(tr("환산액(원)")),
    )
    lines: tuple[tuple[Cell, ...], ...] = tuple(
        (
            text(line, "name"),
            text(line, "vendor"),
            text(line, "unit"),
            number(line, "quantity_milli"),
            number(line, "amount_won"),
        )
        for line in rows(slip, "lines")
    )
    about = (
        (tr("받는 기관"), text(slip, "institution")),
        (tr("받은 사람"), text(slip, "representative")),
        (tr("기부"), text(slip, "donor")),
        (tr("담당"), text(slip, "operator_name")),
        (tr("번호"), text(slip, "donation_no")),
        (tr("메모"), text(slip, "note")),
    )
    notes = [" · ".join(f"{name}: {value}" for name, value in about[:3] if value)]
    notes += [" · ".join(f"{name}: {value}" for name, value in about[3:] if value)]
    notes += ["", tr("위 물품을 기부로 전달하였음을 확인합니다."), ""]
    notes += [
        f"{tr('전달한 사람')}  {_ROOM} {tr('(서명)')}",
        "",
        f"{tr('받은 기관')}  {_ROOM} {tr('(서명)')}",
    ]
    day = weekday_shown(text(slip, "business_date"))
    subtitle = " · ".join(part for part in (text(slip, "market"), day) if part)
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("전달확인서"), columns, lines, sums, subtitle, tuple(notes))
