"""일일 정산표 as tables: the sheet of a day, and its registers with their Z."""

from pos_app.facts.shifts import DaySeal, SealedRegister
from pos_app.i18n.texts import tr
from pos_app.reports.figures import tender_word, weekday_shown
from pos_app.reports.table import Cell, Table, count_column, text_column, totalled, won_column


def day_summary_tables(seal: DaySeal, key: str = "") -> tuple[Table, ...]:
    """The sheet and the registers; without the `key` of its seal it is a draft."""
    return _sheet(seal, key), _registers(seal)


def _subtitle(seal: DaySeal) -> str:
    return " · ".join(part for part in (seal.market, weekday_shown(seal.business_date)) if part)


def _sheet(seal: DaySeal, key: str) -> Table:
    columns = (
        text_column(tr("구분")),
        text_column(tr("항목")),
        count_column(tr("건수")),
        won_column(tr("금액(원)")),
    )

    def figure(name: str) -> int:
        return seal.totals.get(name, 0)

    rows: list[tuple[Cell, ...]] = [
        (tr("매출"), tr("총판매"), figure("sales_count"), figure("gross_won")),
        ("", tr("할인"), None, -figure("discount_won")),
        ("", tr("절사"), None, -figure("truncation_won")),
        ("", tr("환불"), figure("refunds_count"), -figure("refunds_won")),
        ("", tr("취소"), figure("voids_count"), None),
        ("", tr("순매출"), None, figure("net_won")),
        (tr("세금"), tr("과세 공급가액"), None, figure("taxable_supply_won")),
        ("", tr("부가세"), None, figure("vat_won")),
        ("", tr("면세"), None, figure("exempt_won")),
        ("", tr("세액 구분 없음"), None, figure("unsplit_won")),
    ]
    for place, (kind, amount) in enumerate(seal.tenders):
        rows.append((tr("결제") if place == 0 else "", tender_word(kind), None, amount))
    if len(seal.cooperatives) > 1:
        for place, book in enumerate(seal.cooperatives):
            name = book.cooperative or tr("소속 없음")
            rows.append((tr("조합") if place == 0 else "", name, book.vendors, book.net_won))
    totals: tuple[Cell, ...] = (tr("순매출"), "", None, figure("net_won"))
    return Table(tr("일일 정산표"), columns, tuple(rows), totals, _subtitle(seal), _notes(seal, key))


def _notes(seal: DaySeal, key: str) -> tuple[str, ...]:
    if not key:
        return (tr("봉인 전 잠정 집계입니다."),)
    notes = [
        tr(
            "봉인 {at} · {who} · 봉인 번호 {key}",
            at=seal.at[:16].replace("T", " "),
            who=seal.operator_name,
            key=key[:16],
        )
    ]
    if not seal.complete:
        notes.append(tr("잠정 봉인: 빠진 자료가 있습니다."))
    if seal.reason:
        notes.append(tr("사유: {reason}", reason=seal.reason))
    return tuple(notes)


def _registers(seal: DaySeal) -> Table:
    columns = (
        text_column(tr("계산대")),
        text_column(tr("상태")),
        text_column(tr("Z 번호")),
        count_column(tr("판매 건수")),
        won_column(tr("순매출(원)")),
        won_column(tr("있어야 할 현금(원)")),
        won_column(tr("센 현금(원)")),
        won_column(tr("과부족(원)")),
    )
    rows = tuple(_register(line) for line in seal.lines)
    return Table(tr("계산대와 Z 목록"), columns, rows, totalled(columns, rows, tr("합계")), _subtitle(seal))


def _register(line: SealedRegister) -> tuple[Cell, ...]:
    states = {"closed": tr("닫음"), "open": tr("열림"), "silent": tr("소식 없음")}
    state = states.get(line.state, line.state)
    if line.missing:
        count = sum(last - first + 1 for first, last in line.missing)
        state = tr("{state}, 빠진 기록 {count}개", state=state, count=count)
    zeds = ", ".join(str(number) for number in line.z_nos)
    return (
        line.register,
        state,
        zeds,
        line.sales_count,
        line.net_won,
        line.expected_cash_won,
        line.counted_won,
        line.over_short_won,
    )
