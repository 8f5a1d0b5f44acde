"""Preferential purchase (우선구매): by kind of certificate, by agency and department, year on year."""

from pos_app.i18n.texts import tr
from pos_app.reports.agency import no_certificate, once_note, place, years_chart, years_notes
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, number, rows, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Cell, Table, count_column, share_column, text_column, totalled, won_column


def preferential_tables(figures: Figures) -> tuple[Table, ...]:
    """The kinds, the departments, the departments by kind, and both years."""
    return _kinds(figures), _departments(figures), _by_kind(figures), _years(figures)


def _kinds(figures: Figures) -> Table:
    columns = (
        text_column(tr("인증")),
        count_column(tr("업체 수")),
        won_column(tr("부서 구매(원)")),
        won_column(tr("개인 구매(원)")),
        won_column(tr("합계(원)")),
    )
    known = list(rows(figures, "by_certificate"))
    lines: list[tuple[Cell, ...]] = []
    for row in known:
        bought, won = number(row, "departments_won"), number(row, "net_won")
        lines.append((text(row, "kind"), number(row, "firms"), bought, won - bought, won))
    behind = [Sieve(certificate=text(row, "kind")) for row in known]
    bought, won = number(figures, "uncertified_departments_won"), number(figures, "uncertified_won")
    lines.append((no_certificate(), number(figures, "uncertified_firms"), bought, won - bought, won))
    behind.append(Sieve(certificate=""))
    bought, won = number(figures, "departments_won"), number(figures, "total_won")
    totals: tuple[Cell, ...] = (
        tr("합계 (한 번씩)"),
        number(figures, "total_firms"),
        bought,
        won - bought,
        won,
    )
    values = [(text(row, "kind"), number(row, "net_won")) for row in known]
    chart = ranked(tr("인증별 구매(원)"), values, tr("그 밖의 인증"))
    notes = (
        once_note(),
        tr("거래일에 유효한 인증만 셉니다."),
        tr("인증 제품 구매는 모두 {won}원입니다.", won=f"{number(figures, 'certified_won'):,}"),
    )
    return Table(
        tr("우선구매 실적"), columns, tuple(lines), totals, place(figures), notes, chart, tuple(behind)
    )


def _departments(figures: Figures) -> Table:
    columns = (
        text_column(tr("기관")),
        text_column(tr("부서")),
        won_column(tr("인증 제품(원)")),
        won_column(tr("그 밖(원)")),
        share_column(tr("인증 비율")),
        won_column(tr("합계(원)")),
    )
    known = list(rows(figures, "by_department"))
    lines: list[tuple[Cell, ...]] = [
        (
            text(row, "agency"),
            text(row, "department"),
            number(row, "certified_won"),
            number(row, "uncertified_won"),
            _share(number(row, "certified_won"), number(row, "total_won")),
            number(row, "total_won"),
        )
        for row in known
    ]
    sums = list(totalled(columns, lines, tr("합계")))
    sums[4] = _share(
        sum(number(row, "certified_won") for row in known), sum(number(r, "total_won") for r in known)
    )
    values = [(text(row, "department"), number(row, "certified_won")) for row in known]
    chart = ranked(tr("부서별 인증 제품 구매(원)"), values, tr("그 밖의 부서"))
    behind = tuple(
        Sieve(department=text(row, "department"), days=tuple(row.get("days") or ())) for row in known
    )
    notes = (tr("판매할 때 손님을 부서로 적은 구매입니다."),)
    return Table(
        tr("부서별 우선구매"), columns, tuple(lines), tuple(sums), place(figures), notes, chart, behind
    )


def _share(part: int, whole: int) -> int | None:
    return None if whole <= 0 else max(0, part) * 1000 // whole


def _by_kind(figures: Figures) -> Table:
    columns = (
        text_column(tr("기관")),
        text_column(tr("부서")),
        text_column(tr("인증")),
        won_column(tr("금액(원)")),
    )
    lines: list[tuple[Cell, ...]] = []
    behind: list[Sieve | None] = []
    for row in rows(figures, "by_department"):
        days = tuple(row.get("days") or ())
        for kind, won in (row.get("kinds") or {}).items():
            lines.append((text(row, "agency"), text(row, "department"), kind, won))
            behind.append(Sieve(department=text(row, "department"), certificate=kind, days=days))
    return Table(
        tr("부서와 인증별 구매"),
        columns,
        tuple(lines),
        (),
        place(figures),
        (once_note(),),
        behind=tuple(behind),
    )


def _years(figures: Figures) -> Table:
    years = figures.get("year_on_year") or {}
    columns = (
        text_column(tr("인증")),
        won_column(tr("올해(원)")),
        won_column(tr("지난해(원)")),
        won_column(tr("늘고 준 것(원)")),
    )
    known = list(rows(years, "rows"))
    lines = tuple(
        (
            text(row, "kind"),
            number(row, "this_won"),
            number(row, "last_won"),
            number(row, "this_won") - number(row, "last_won"),
        )
        for row in known
    )
    this, last = number(years, "this_total_won"), number(years, "last_total_won")
    days = tuple(years.get("days") or ())
    behind = tuple(Sieve(certificate=text(row, "kind"), days=days) if days else None for row in known)
    title = tr("우선구매 전년 대비")
    chart = years_chart(
        title, [(text(row, "kind"), number(row, "this_won"), number(row, "last_won")) for row in known]
    )
    notes = (*years_notes(years), once_note())
    totals: tuple[Cell, ...] = (tr("전체 매출"), this, last, this - last)
    return Table(title, columns, lines, totals, place(figures), notes, chart, behind)
