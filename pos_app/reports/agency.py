"""The report for the host agency: figures of the market, certificates, firms, departments, donations, year on year."""

from pos_app.i18n.texts import tr
from pos_app.reports import sieve as s
from pos_app.reports.charts import Chart, Series, ranked
from pos_app.reports.figures import Figures, heading, number, rows, text
from pos_app.reports.products import products_table
from pos_app.reports.sieve import Sieve
from pos_app.reports.table import Cell, Table, count_column, text_column, totalled, won_column


def agency_tables(figures: Figures) -> tuple[Table, ...]:
    """Everything in the order an agency asks for it."""
    return (
        _summary(figures),
        certificates_table(figures),
        _firms(figures),
        products_table(figures),
        _departments(figures),
        institutions_table(figures),
        _years(figures),
    )


def once_note() -> str:
    """An amount counts under each kind and once in the total."""
    return tr("인증이 여럿인 업체의 매출은 인증마다 들어가고, 합계에는 한 번만 들어갑니다.")


def no_certificate() -> str:
    """The word for firms without one."""
    return tr("인증 없음")


def place(figures: Figures) -> str:
    """Host agency, market, dates."""
    return " · ".join(part for part in (text(figures, "agency"), heading(figures)) if part)


def _summary(figures: Figures) -> Table:
    columns = (text_column(tr("항목")), count_column(tr("수")), won_column(tr("금액(원)")))
    sales = number(figures, "sales_won")
    lines: tuple[tuple[Cell, ...], ...] = (
        (tr("판매한 업체"), number(figures, "firms"), sales),
        (tr("판매한 품목"), number(figures, "items"), sales),
        (tr("구매 (영수증 수)"), number(figures, "sales_count"), sales),
        (tr("구매한 부서"), number(figures, "departments"), number(figures, "departments_won")),
        (tr("공동구매 사전주문"), number(figures, "orders"), number(figures, "orders_won")),
        (tr("공동구매 매출"), number(figures, "orders_picked_up"), number(figures, "order_sales_won")),
        (tr("기부 전달"), number(figures, "donations"), number(figures, "donated_won")),
        (tr("기부 받은 기관"), number(figures, "institutions"), number(figures, "donated_won")),
    )
    behind = (
        Sieve(s.FIRMS),
        Sieve(s.ITEMS),
        Sieve(),
        Sieve(s.BUYING),
        Sieve(s.ORDERS),
        Sieve(ordered=True),
        Sieve(s.DONATED),
        Sieve(s.INSTITUTIONS),
    )
    notes = (
        tr("매출은 할인, 절사, 환불을 뺀 금액입니다. 줄마다 같은 매출을 다르게 센 것이라 더하지 않습니다."),
        tr("구매는 취소하지 않은 판매의 영수증 수입니다."),
        tr("참여 업체 {count}곳 가운데 판 업체를 셌습니다.", count=number(figures, "taking_part")),
    )
    totals: tuple[Cell, ...] = (tr("매출 합계"), None, sales)
    return Table(tr("기관 보고서"), columns, lines, totals, place(figures), notes, behind=behind)


def certificates_table(figures: Figures) -> Table:
    """Firms and sales by kind of certificate; the total counts every amount once."""
    columns = (text_column(tr("인증")), count_column(tr("업체 수")), won_column(tr("매출(원)")))
    kinds = list(rows(figures, "by_certificate"))
    lines: list[tuple[Cell, ...]] = [
        (text(row, "kind"), number(row, "firms"), number(row, "net_won")) for row in kinds
    ]
    behind = [Sieve(certificate=text(row, "kind")) for row in kinds]
    lines.append((no_certificate(), None, number(figures, "uncertified_won")))
    behind.append(Sieve(certificate=""))
    totals: tuple[Cell, ...] = (
        tr("합계 (한 번씩)"),
        number(figures, "total_firms"),
        number(figures, "total_won"),
    )
    values = [(str(line[0]), number(row, "net_won")) for line, row in zip(lines, kinds, strict=False)]
    values.append((no_certificate(), number(figures, "uncertified_won")))
    notes = (
        once_note(),
        tr("인증 제품 매출 {won}원입니다.", won=f"{number(figures, 'certified_won'):,}"),
        tr("거래일에 유효한 인증만 셉니다."),
    )
    chart = ranked(tr("인증별 매출(원)"), values, tr("그 밖의 인증"))
    return Table(
        tr("인증별 업체와 매출"), columns, tuple(lines), totals, place(figures), notes, chart, tuple(behind)
    )


def _firms(figures: Figures) -> Table:
    columns = (
        text_column(tr("업체")),
        text_column(tr("인증")),
        count_column(tr("품목 수")),
        won_column(tr("매출(원)")),
    )
    known = list(rows(figures, "by_firm"))
    lines = tuple(
        (
            text(row, "vendor"),
            ", ".join(row.get("certificates") or ()),
            number(row, "items"),
            number(row, "net_won"),
        )
        for row in known
    )
    values = [(text(row, "vendor"), number(row, "net_won")) for row in known]
    chart = ranked(tr("업체별 매출(원)"), values, tr("그 밖의 업체"))
    behind = tuple(Sieve(vendor_id=text(row, "vendor_id")) for row in known)
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("참여 업체"), columns, lines, sums, place(figures), chart=chart, behind=behind)


def _departments(figures: Figures) -> Table:
    columns = (text_column(tr("부서")), won_column(tr("매출(원)")))
    known = list(rows(figures, "by_department"))
    lines = tuple((text(row, "department"), number(row, "net_won")) for row in known)
    values = [(text(row, "department"), number(row, "net_won")) for row in known]
    chart = ranked(tr("부서별 매출(원)"), values, tr("그 밖의 부서"))
    behind = tuple(Sieve(department=text(row, "department")) for row in known)
    sums = totalled(columns, lines, tr("합계"))
    notes = (tr("판매할 때 손님을 부서로 적은 매출입니다."),)
    return Table(tr("부서별 구매"), columns, lines, sums, place(figures), notes, chart, behind)


def institutions_table(figures: Figures) -> Table:
    """Donations by institution."""
    columns = (text_column(tr("기관")), count_column(tr("전달 횟수")), won_column(tr("금액(원)")))
    known = list(rows(figures, "by_institution"))
    lines = tuple(
        (text(row, "institution"), number(row, "deliveries"), number(row, "value_won")) for row in known
    )
    values = [(text(row, "institution"), number(row, "value_won")) for row in known]
    chart = ranked(tr("기관별 기부(원)"), values, tr("그 밖의 기관"))
    behind = tuple(Sieve(s.DONATED, institution=text(row, "institution")) for row in known)
    sums = totalled(columns, lines, tr("합계"))
    return Table(tr("기부"), columns, lines, sums, place(figures), chart=chart, behind=behind)


def donations_tables(figures: Figures) -> tuple[Table, ...]:
    """Donations by institution, then every delivery."""
    columns = (
        text_column(tr("날짜")),
        text_column(tr("기관")),
        text_column(tr("받은 사람")),
        count_column(tr("품목 수")),
        won_column(tr("금액(원)")),
    )
    lines = tuple(
        (
            text(row, "business_date"),
            text(row, "institution"),
            text(row, "receiver"),
            number(row, "items"),
            number(row, "value_won"),
        )
        for row in rows(figures, "donations")
    )
    sums = totalled(columns, lines, tr("합계"))
    return institutions_table(figures), Table(tr("기부 전달 목록"), columns, lines, sums, place(figures))


def figure_word(name: str) -> str:
    """What a figure is called."""
    return {
        "firms": tr("판매한 업체 (곳)"),
        "items": tr("판매한 품목 (가지)"),
        "sales_count": tr("구매 (건)"),
        "departments": tr("구매한 부서 (곳)"),
        "orders": tr("사전주문 (건)"),
        "orders_picked_up": tr("찾아간 사전주문 (건)"),
        "donations": tr("기부 전달 (건)"),
        "institutions": tr("기부 받은 기관 (곳)"),
        "sales_won": tr("매출 (원)"),
        "departments_won": tr("부서 구매 (원)"),
        "order_sales_won": tr("공동구매 매출 (원)"),
        "donated_won": tr("기부 (원)"),
    }[name]


_MEASURES = {
    "firms": Sieve(s.FIRMS),
    "items": Sieve(s.ITEMS),
    "departments": Sieve(s.BUYING),
    "departments_won": Sieve(s.BUYING),
    "orders": Sieve(s.ORDERS),
    "sales_count": Sieve(s.SOLD),
    "orders_picked_up": Sieve(s.SOLD, ordered=True),
    "order_sales_won": Sieve(ordered=True),
    "donations": Sieve(s.DONATED),
    "donated_won": Sieve(s.DONATED),
    "institutions": Sieve(s.INSTITUTIONS),
}


def _years(figures: Figures) -> Table:
    years = figures.get("year_on_year") or {}
    columns = (
        text_column(tr("항목")),
        count_column(tr("올해")),
        count_column(tr("지난해")),
        count_column(tr("늘고 준 것")),
    )
    known = list(rows(years, "rows"))
    lines = tuple(
        (
            figure_word(text(row, "figure")),
            number(row, "this"),
            number(row, "last"),
            number(row, "this") - number(row, "last"),
        )
        for row in known
    )
    days = tuple(years.get("days") or ())
    behind = tuple(
        s.of_days(_MEASURES.get(text(row, "figure"), Sieve()), days) if days else None for row in known
    )
    won = [row for row in known if text(row, "figure").endswith("_won")]
    labels = [(figure_word(text(row, "figure")), number(row, "this"), number(row, "last")) for row in won]
    title = tr("전년 대비")
    return Table(
        title, columns, lines, (), place(figures), years_notes(years), years_chart(title, labels), behind
    )


def years_notes(years: Figures) -> tuple[str, ...]:
    """Which dates are compared."""
    this = f"{text(years, 'from_on')} ~ {text(years, 'until_on')}"
    last = f"{text(years, 'last_from_on')} ~ {text(years, 'last_until_on')}"
    return (tr("올해 {this}, 지난해 {last}의 같은 장터와 기관을 견줬습니다.", this=this, last=last),)


def years_chart(title: str, values: list[tuple[str, int, int]]) -> Chart | None:
    """This year beside last year; None when one of them has nothing."""
    known = [each for each in values if each[1] or each[2]][:8]
    if not known:
        return None
    labels, this, last = zip(*known, strict=True)
    return Chart(title, labels, (Series(tr("올해"), this), Series(tr("지난해"), last)))
