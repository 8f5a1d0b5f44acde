"""The tally of a day: figures, tax and tenders in one table, and all tables of the day together."""

from pos_app.i18n.texts import tr
from pos_app.reports import sieve as s
from pos_app.reports.charts import columns as upright
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, tender_word, text
from pos_app.reports.products import products_table
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Cell, Table, count_column, text_column, totalled, won_column
from pos_app.reports.vendors import vendors_table

_BEHIND: tuple[Sieve | None, ...] = (
    Sieve(s.GROSS),
    Sieve(s.DISCOUNT, -1),
    Sieve(s.TRUNCATION, -1),
    Sieve(s.REFUNDS, -1),
    Sieve(s.VOIDS),
    Sieve(),
    Sieve(s.SUPPLY),
    Sieve(s.VAT),
    Sieve(s.EXEMPT),
    Sieve(s.UNSPLIT),
)


def day_table(figures: Figures) -> Table:
    """The day's figures: what was sold, what left the total again, tax, and tenders."""
    columns = (
        text_column(tr("구분")),
        text_column(tr("항목")),
        count_column(tr("건수")),
        won_column(tr("금액(원)")),
    )
    lines: list[tuple[Cell, ...]] = [
        (tr("매출"), tr("총판매"), number(figures, "sales_count"), number(figures, "gross_won")),
        ("", tr("할인"), None, -number(figures, "discount_won")),
        ("", tr("절사"), None, -number(figures, "truncation_won")),
        ("", tr("환불"), number(figures, "refunds_count"), -number(figures, "refunds_won")),
        ("", tr("취소"), number(figures, "voids_count"), None),
        ("", tr("순매출"), None, number(figures, "net_won")),
        (tr("세금"), tr("과세 공급가액"), None, number(figures, "taxable_supply_won")),
        ("", tr("부가세"), None, number(figures, "vat_won")),
        ("", tr("면세"), None, number(figures, "exempt_won")),
        ("", tr("세액 구분 없음"), None, number(figures, "unsplit_won")),
    ]
    behind = list(_BEHIND)
    tenders = figures.get("tenders") or {}
    for place, name in enumerate(tenders):
        lines.append((tr("결제") if place == 0 else "", tender_word(name), None, number(tenders, name)))
        behind.append(Sieve(s.TENDER, tender=name))
    totals: tuple[Cell, ...] = (tr("순매출"), "", None, number(figures, "net_won"))
    chart = ranked(
        tr("결제 수단별 금액(원)"),
        [(tender_word(name), number(tenders, name)) for name in tenders],
        tr("그 밖"),
    )
    title = tr("집계표") if figures.get("from_on") else tr("일일 집계표")
    return Table(
        title, columns, tuple(lines), totals, heading(figures), _notes(figures), chart, tuple(behind)
    )


def days_table(figures: Figures) -> Table:
    """One row for each market day of a span."""
    columns = (
        text_column(tr("날짜")),
        text_column(tr("장터")),
        count_column(tr("판매 건수")),
        won_column(tr("총판매(원)")),
        won_column(tr("환불(원)")),
        won_column(tr("순매출(원)")),
    )
    days = list(rows(figures, "days"))
    lines = [
        (
            text(day, "business_date"),
            text(day, "market"),
            number(day, "sales_count"),
            number(day, "gross_won"),
            -number(day, "refunds_won"),
            number(day, "net_won"),
        )
        for day in days
    ]
    chart = upright(
        tr("날짜별 순매출(원)"), [(text(day, "business_date")[5:], number(day, "net_won")) for day in days]
    )
    behind = tuple(Sieve(days=(text(day, "day_id"),)) for day in days)
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("날짜별 매출"), columns, tuple(lines), sums, heading(figures), chart=chart, behind=behind)


def day_tables(figures: Figures) -> tuple[Table, ...]:
    """The tally with the tables of days, vendors and products behind it."""
    found = (day_table(figures), vendors_table(figures), products_table(figures))
    return (found[0], days_table(figures), *found[1:]) if figures.get("days") else found


def _notes(figures: Figures) -> tuple[str, ...]:
    notes = [tr("총판매 - 할인 - 절사 - 환불 = 순매출 = 과세 공급가액 + 부가세 + 면세 + 세액 구분 없음")]
    if "sealed" in figures and not figures["sealed"]:
        notes.append(tr("아직 봉인하지 않은 잠정 집계입니다."))
    if number(figures, "unsynced_entries"):
        notes.append(
            tr("전송하지 않은 기록 {count}건이 있습니다.", count=number(figures, "unsynced_entries"))
        )
    return tuple(notes)
