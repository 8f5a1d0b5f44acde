"""Sales on credit: sums by department, the list of each department, and 거래명세서 for every sale."""

from pos_app.i18n.texts import tr
from pos_app.reports import sieve as s
from pos_app.reports.charts import ranked
from pos_app.reports.figures import Figures, heading, number, rows, text, weekday_shown
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import (
    Cell,
    Column,
    Table,
    count_column,
    quantity_column,
    text_column,
    totalled,
    won_column,
)

_PARTS = ("supply_won", "vat_won", "exempt_won", "unsplit_won", "total_won")


def credit_tables(figures: Figures) -> tuple[Table, ...]:
    """The sums by department, and the list of each."""
    departments = [text(row, "department") for row in rows(figures, "departments")]
    return (_summary(figures), *(_list(figures, name) for name in departments))


def statement_tables(figures: Figures) -> tuple[Table, ...]:
    """One 거래명세서 for every sale and every refund on credit."""
    return tuple(_statement(figures, receipt) for receipt in rows(figures, "receipts"))


def _money() -> tuple[Column, ...]:
    return (
        won_column(tr("과세 공급가액(원)")),
        won_column(tr("부가세(원)")),
        won_column(tr("면세(원)")),
        won_column(tr("세액 구분 없음(원)")),
        won_column(tr("합계(원)")),
    )


def _department(name: str) -> str:
    return name or tr("부서를 적지 않음")


def _parts(row: Figures) -> tuple[int, ...]:
    return tuple(number(row, name) for name in _PARTS)


def _summary(figures: Figures) -> Table:
    columns = (text_column(tr("부서")), count_column(tr("건수")), *_money())
    known = list(rows(figures, "departments"))
    lines: list[tuple[Cell, ...]] = [
        (_department(text(row, "department")), number(row, "count"), *_parts(row)) for row in known
    ]
    values = [(_department(text(row, "department")), number(row, "total_won")) for row in known]
    chart = ranked(tr("부서별 외상(원)"), values, tr("그 밖의 부서"))
    behind = tuple(Sieve(s.CREDIT, department=text(row, "department")) for row in known)
    notes = (tr("외상으로 판 것에서 외상으로 환불한 것을 뺐습니다. 다른 수단으로 받은 돈은 들지 않습니다."),)
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("외상 판매"), columns, tuple(lines), sums, heading(figures), notes, chart, behind)


def _list(figures: Figures, department: str) -> Table:
    columns = (text_column(tr("날짜")), text_column(tr("영수증")), text_column(tr("물건")), *_money())
    known = [row for row in rows(figures, "receipts") if text(row, "department") == department]
    lines: list[tuple[Cell, ...]] = [
        (text(row, "business_date"), text(row, "receipt_no"), text(row, "items"), *_parts(row))
        for row in known
    ]
    behind = tuple(Sieve(s.CREDIT, receipt_id=text(row, "id")) for row in known)
    title = tr("외상 목록: {department}", department=_department(department))
    sums = totalled(columns, lines, tr("합계"))
    return Table(title, columns, tuple(lines), sums, heading(figures), behind=behind)


def _statement(figures: Figures, receipt: Figures) -> Table:
    columns = (
        text_column(tr("품목")),
        text_column(tr("단위")),
        quantity_column(tr("수량")),
        won_column(tr("단가(원)")),
        text_column(tr("공급자")),
        won_column(tr("공급가액(원)")),
        won_column(tr("세액(원)")),
        text_column(tr("비고")),
        won_column(tr("금액(원)")),
    )
    lines: list[tuple[Cell, ...]] = []
    for line in rows(receipt, "lines"):
        supply = number(line, "supply_won") + number(line, "exempt_won") + number(line, "unsplit_won")
        lines.append(
            (
                text(line, "name"),
                text(line, "unit"),
                number(line, "quantity_milli"),
                number(line, "unit_price_won"),
                _seller(line),
                supply,
                number(line, "vat_won"),
                _remark(line),
                number(line, "total_won"),
            )
        )
    sums = list(totalled(columns, lines, tr("합계")))
    sums[3] = None  # unit prices are not added up
    whom = " ".join(
        part for part in (text(receipt, "agency"), _department(text(receipt, "department"))) if part
    )
    subtitle = tr(
        "{whom} 귀하 · {day} · {receipt}",
        whom=whom,
        day=weekday_shown(text(receipt, "business_date")),
        receipt=text(receipt, "receipt_no"),
    )
    return Table(tr("거래명세서"), columns, tuple(lines), tuple(sums), subtitle, _shop(figures, receipt))


def _remark(line: Figures) -> str:
    if number(line, "total_won") < 0:
        return tr("환불")
    return tr("면세") if number(line, "exempt_won") else ""


def _seller(line: Figures) -> str:
    business_no = text(line, "seller_no")
    if len(business_no) == 10:
        business_no = f"{business_no[:3]}-{business_no[3:5]}-{business_no[5:]}"
    return f"{text(line, 'seller')} {business_no}".strip()


def _shop(figures: Figures, receipt: Figures) -> tuple[str, ...]:
    """Who asks for the money, and how much it is in words."""
    shop = figures.get("shop") or {}
    known = [
        (tr("판매대행"), text(shop, "name")),
        (tr("사업자등록번호"), text(shop, "business_no")),
        (tr("대표"), text(shop, "representative")),
        (tr("주소"), text(shop, "address")),
        (tr("전화"), text(shop, "phone")),
    ]
    said = [f"{word} {value}" for word, value in known if value]
    total = number(receipt, "total_won")
    return (
        tr("위와 같이 거래하였습니다. 합계 {won}원 (부가세 포함)", won=f"{total:,}"),
        " · ".join(said),
        tr("공급자의 이름과 번호는 품목마다 적었습니다. 세금계산서나 계산서가 아닙니다."),
    )
