"""The tally of a day: figures, tax and tenders in one table, and all tables of the day together."""

from pos_app.i18n.texts import tr
from pos_app.reports.figures import Figures, heading, number, tender_word
from pos_app.reports.products import products_table
from pos_app.reports.table import Cell, Table, count_column, text_column, won_column
from pos_app.reports.vendors import vendors_table


def day_table(figures: Figures) -> Table:
    """The day's figures: what was sold, what left the total again, tax, and tenders."""
    columns = (
        text_column(tr("구분")),
        text_column(tr("항목")),
        count_column(tr("건수")),
        won_column(tr("금액(원)")),
    )
    rows: list[tuple[Cell, ...]] = [
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
    tenders = figures.get("tenders") or {}
    for place, name in enumerate(tenders):
        rows.append((tr("결제") if place == 0 else "", tender_word(name), None, number(tenders, name)))
    totals: tuple[Cell, ...] = (tr("순매출"), "", None, number(figures, "net_won"))
    return Table(tr("일일 집계표"), columns, tuple(rows), totals, heading(figures), _notes(figures))


def day_tables(figures: Figures) -> tuple[Table, ...]:
    """The tally with the tables of vendors and products behind it."""
    return day_table(figures), vendors_table(figures), products_table(figures)


def _notes(figures: Figures) -> tuple[str, ...]:
    notes = [tr("총판매 - 할인 - 절사 - 환불 = 순매출 = 과세 공급가액 + 부가세 + 면세 + 세액 구분 없음")]
    if "sealed" in figures and not figures["sealed"]:
        notes.append(tr("아직 봉인하지 않은 잠정 집계입니다."))
    if number(figures, "unsynced_entries"):
        notes.append(
            tr("전송하지 않은 기록 {count}건이 있습니다.", count=number(figures, "unsynced_entries"))
        )
    return tuple(notes)
