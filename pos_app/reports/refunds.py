"""Refunds and voids: by reason, and every one of them."""

from collections.abc import Iterable

from pos_app.i18n.texts import tr
from pos_app.reports import sieve as s
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Table, count_column, text_column, totalled, won_column


def refunds_tables(figures: Figures) -> tuple[Table, ...]:
    """Refunds and voids by reason, then receipt by receipt."""
    return _reasons(figures), _receipts(figures)


def _kind(kind: str) -> str:
    return {"refund": tr("환불"), "void": tr("취소")}.get(kind, kind)


def _reason(reason: str) -> str:
    return reason or tr("까닭 없음")


def _reasons(figures: Figures) -> Table:
    columns = (
        text_column(tr("구분")),
        text_column(tr("까닭")),
        count_column(tr("건수")),
        won_column(tr("금액(원)")),
    )
    known = list(rows(figures, "by_reason"))
    lines = tuple(
        (
            _kind(text(row, "kind")),
            _reason(text(row, "reason")),
            number(row, "count"),
            number(row, "amount_won"),
        )
        for row in known
    )
    values = [
        (f"{line[0]} {line[1]}", number(row, "amount_won")) for line, row in zip(lines, known, strict=True)
    ]
    chart = ranked(tr("까닭별 금액(원)"), values, tr("그 밖의 까닭"))
    behind = tuple(
        Sieve(s.REFUNDS if text(row, "kind") == "refund" else s.VOIDS, reason=text(row, "reason"))
        for row in known
    )
    sums = totalled(columns, lines, tr("합계"))
    notes = (tr("환불은 순매출에서 뺀 금액이고, 취소한 판매는 처음부터 매출에 들지 않습니다."),)
    return Table(tr("환불과 취소"), columns, lines, sums, heading(figures), notes, chart, behind)


def _receipts(figures: Figures) -> Table:
    columns = (
        text_column(tr("구분")),
        text_column(tr("때")),
        text_column(tr("영수증")),
        text_column(tr("물건")),
        text_column(tr("까닭")),
        won_column(tr("금액(원)")),
    )
    lines = tuple(_lines(rows(figures, "receipts")))
    return Table(
        tr("환불·취소 영수증"), columns, lines, totalled(columns, lines, tr("합계")), heading(figures)
    )


def _lines(records: Iterable[Figures]) -> Iterable[tuple[str | int, ...]]:
    for row in records:
        yield (
            _kind(text(row, "kind")),
            text(row, "at").replace("T", " ")[:16],
            text(row, "receipt_no"),
            text(row, "items"),
            _reason(text(row, "reason")),
            number(row, "amount_won"),
        )
