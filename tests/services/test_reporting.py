"""Reports over days, months, markets, vendors: every figure equals the day's, and the receipts behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import open_practice
from pos_app.domain.operators import Role
from pos_app.reports.asked import Asked
from pos_app.reports.names import NAMES
from pos_app.reports.report import Report
from pos_app.reports.table import Table
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.day_close import DayClose
from pos_app.services.house import House
from pos_app.services.report_scope import period
from tests.services.houses import VENDORS, open_market, refused, session, vendor_id
from tests.services.reports_season import season

EVERYTHING = Asked("2025-01-01", "2026-12-31")
SCOPES = (
    Asked(),
    EVERYTHING,
    Asked("2026-11-01", "2026-11-30"),
    Asked(market="금요장터"),
    Asked("2026-01-01", "2026-12-31", market="한전"),
    Asked("2025-01-01", "2026-12-31", cooperative="가치키움"),
    *(Asked("2025-01-01", "2026-12-31", vendor=name) for name, _, _ in VENDORS),
)
FROZEN = [
    "net_won",
    "gross_won",
    "discount_won",
    "truncation_won",
    "refunds_won",
    "sales_count",
    "refunds_count",
    "voids_count",
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The season; its tests only look."""
    made = season(tmp_path_factory.mktemp("season"))
    yield made
    made.close()


@dataclass(frozen=True)
class Row:
    """A row with something behind it, and the figure that its receipts must sum to (or count)."""

    table: Table
    place: int
    figure: int


def rows_of(report: Report) -> Iterator[Row]:
    """Every row that can be opened."""
    for table in report.tables:
        for place, sieve in enumerate(table.behind):
            if sieve is not None:
                cells = [cell for cell in table.rows[place] if isinstance(cell, int)]
                wanted = {"cash": 0, "agency": -1 if table.title != "전년 대비" else 0}.get(report.what, -1)
                wanted = 0 if table.title == "우선구매 전년 대비" else wanted
                yield Row(table, place, cells[wanted])


def check_every_row(house: House, report: Report, asked: Asked) -> int:
    """Open every row; how many there were."""
    count = 0
    for row in rows_of(report):
        sieve = row.table.behind[row.place]
        assert sieve is not None
        found = house.reports.behind(asked, sieve)
        sold = (
            sum(line.kind == "sale" for line in found.lines) if sieve.measure == "sold" else len(found.lines)
        )
        counted = row.table.title == "전년 대비" and found.total_won != row.figure
        voided = row.table.rows[row.place][1] == "취소"
        assert row.figure == (
            sold if counted or (voided and sieve.measure == "voids") else found.total_won
        ), (
            report.what,
            row.table.title,
            row.table.rows[row.place],
        )
        count += 1
    return count


@pytest.mark.acceptance("A48")
@pytest.mark.parametrize("asked", SCOPES, ids=str)
@pytest.mark.parametrize("what", NAMES)
def test_every_figure_opens_to_receipts_that_sum_to_it(house: House, what: str, asked: Asked) -> None:
    report = house.reports.make(what, asked)
    count = check_every_row(house, report, asked)
    assert count or what in ("refunds", "cash", "credit", "donations", "sellthrough")


def totals_of(house: House, asked: Asked) -> dict[str, int]:
    """The one net of a scope, as every report that adds up to it tells it."""
    names = ("day", "vendors", "products", "categories", "tenders", "hours", "tax", "agency")
    return {what: house.reports.make(what, asked).total for what in names}


@pytest.mark.parametrize("asked", SCOPES, ids=str)
def test_all_reports_of_a_scope_add_up_to_the_same_net(house: House, asked: Asked) -> None:
    found = totals_of(house, asked)
    figures = house.reports.figures("day", asked)
    assert set(found.values()) == {figures["net_won"]}
    assert figures["net_won"] == sum(
        figures[name] for name in ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")
    )
    assert figures["net_won"] == sum(figures["tenders"].values())
    preferential = house.reports.figures("preferential", asked)
    assert preferential["certified_won"] + preferential["uncertified_won"] == figures["net_won"]
    assert house.reports.figures("refunds", asked)["refunds_won"] == figures["refunds_won"]


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ends=st.tuples(
        st.dates(date(2025, 11, 1), date(2026, 12, 31)), st.dates(date(2025, 11, 1), date(2026, 12, 31))
    )
)
def test_a_span_is_the_sum_of_its_days_and_of_its_vendors(house: House, ends: tuple[date, date]) -> None:
    from_on, until_on = (day.isoformat() for day in sorted(ends))
    with house.desk.work.read() as rows:
        days = [
            row[0]
            for row in rows.all(
                'SELECT "business_date" FROM "market_day" WHERE "business_date" BETWEEN ? AND ?',
                from_on,
                until_on,
            )
        ]
    if not days:
        with refused("day.unknown" if from_on == until_on else "report.no_days"):
            house.reports.figures("day", Asked(from_on, until_on))
        return
    whole = house.reports.figures("day", Asked(from_on, until_on))
    each = [house.reports.day(on) for on in days]
    assert {name: whole[name] for name in FROZEN} == {
        name: sum(figures[name] for figures in each) for name in FROZEN
    }
    parts = [
        house.reports.figures("day", Asked(from_on, until_on, vendor=vendor_id(number)))
        for number in range(len(VENDORS))
    ]
    sums = ("net_won", "gross_won", "discount_won", "truncation_won", "refunds_won", "vat_won", "exempt_won")
    for name in sums:
        assert whole[name] == sum(figures[name] for figures in parts), name
    for tender, won in whole["tenders"].items():
        assert won == sum(figures["tenders"][tender] for figures in parts), tender


def test_the_day_equals_its_recount_from_the_sales_themselves(house: House) -> None:
    for on in ("2026-11-20", "2026-11-21", "2026-11-27", "2026-12-04", "2025-11-21"):
        figures = house.reports.day(on)
        with house.desk.work.read() as rows:
            day = rows.one('SELECT "day_id" FROM "market_day" WHERE "business_date" = ?', on)
            assert day is not None
            told = DayClose(house.desk).recount(rows, day[0])
        assert {name: figures[name] for name in told} == told


def test_an_amount_counts_under_each_kind_and_once_in_the_total(house: House) -> None:
    figures = house.reports.figures("preferential", EVERYTHING)
    assert sum(row["net_won"] for row in figures["by_certificate"]) > figures["certified_won"]
    table = house.reports.make("preferential", EVERYTHING).tables[0]
    assert table.totals[-1] == figures["total_won"] == figures["certified_won"] + figures["uncertified_won"]
    assert any("한 번만" in note for note in table.notes)
    kinds = {row["kind"]: row["net_won"] for row in figures["by_certificate"]}
    alone = {
        name: house.reports.figures("day", Asked(EVERYTHING.from_on, EVERYTHING.until_on, vendor=name))
        for name in ("너른들 농장", "새벽 공방", "두레 자활센터")
    }
    assert kinds["사회적기업"] == alone["너른들 농장"]["net_won"] + alone["두레 자활센터"]["net_won"]
    assert kinds["자활기업"] == alone["두레 자활센터"]["net_won"]
    # 여성기업 ended on 2026-11-21, 마을기업 began after it: the business date decides.
    women = [house.reports.figures("day", Asked(on, on, vendor="새벽 공방"))["net_won"] for on in ("2026-11-21", "2025-11-21")]  # fmt: skip
    assert kinds["여성기업"] == sum(women)
    later = [house.reports.figures("day", Asked(on, on, vendor="너른들 농장"))["net_won"] for on in ("2026-11-27", "2026-12-04")]  # fmt: skip
    assert kinds["마을기업"] == sum(later)


def test_year_on_year_names_the_dates_it_compares(house: House) -> None:
    years = house.reports.figures("agency", Asked("2026-01-01", "2026-12-31"))["year_on_year"]
    this = house.reports.figures("day", Asked("2026-01-01", "2026-12-31"))
    last = house.reports.figures("day", Asked("2025-01-01", "2025-12-31"))
    rows = {row["figure"]: (row["this"], row["last"]) for row in years["rows"]}
    assert rows["sales_won"] == (this["net_won"], last["net_won"])
    assert rows["sales_count"] == (this["sales_count"], last["sales_count"])
    one_day = house.reports.figures("agency", Asked("2026-11-27", "2026-11-27"))["year_on_year"]
    assert (one_day["from_on"], one_day["until_on"]) == ("2026-01-01", "2026-11-27")
    assert (one_day["last_from_on"], one_day["last_until_on"]) == ("2025-01-01", "2025-11-27")
    assert len(one_day["days"]) == 3 and len(one_day["last_days"]) == 1


def test_credit_papers_tell_each_sale_with_its_tax(house: House) -> None:
    report = house.reports.make("credit", EVERYTHING)
    figures = report.figures
    tenders = house.reports.figures("day", EVERYTHING)["tenders"]
    assert report.total == tenders["credit"] > 0
    assert len(report.papers) == len(figures["receipts"])
    for paper, receipt in zip(report.papers, figures["receipts"], strict=True):
        assert paper.title == "거래명세서" and receipt["department"] in paper.subtitle
        assert paper.totals[-1] == receipt["total_won"]
        parts = ("supply_won", "vat_won", "exempt_won", "unsplit_won")
        assert sum(receipt[name] for name in parts) == receipt["total_won"]
        assert sum(paper.totals[place] or 0 for place in (5, 6)) == receipt["total_won"]
    lists = {table.title: table.totals[-1] for table in report.tables[1:]}
    assert lists == {f"외상 목록: {row['department']}": row["total_won"] for row in figures["departments"]}


def test_a_day_without_a_sale_is_empty_and_says_so(house: House) -> None:
    for what in NAMES:
        report = house.reports.make(what, Asked("2026-11-20", "2026-11-20"))
        assert report.total == 0, what
    assert house.reports.make("day", Asked("2026-11-20", "2026-11-20")).empty
    assert not house.reports.make("day").empty


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("2020-01-01", "2020-01-01"), "day.unknown"),
        (Asked("2020-01-01", "2020-02-01"), "report.no_days"),
        (Asked("2026-12-02", "2026-12-01"), "report.order"),
        (Asked(market="없는 장터"), "report.market"),
        (Asked(vendor="없는 업체"), "report.vendor"),
        (Asked(cooperative="없는 조합"), "report.cooperative"),
        (Asked(vendor="새벽 공방", cooperative="전남상사"), "report.vendor"),
    ],
)
def test_bad_questions_are_refused_in_one_sentence(house: House, asked: Asked, code: str) -> None:
    with refused(code):
        house.reports.make("day", asked)


def test_periods() -> None:
    assert period("2026") == ("2026-01-01", "2026-12-31")
    assert period("2024-2") == ("2024-02-01", "2024-02-29")
    assert period("2026.11.20") == ("2026-11-20", "2026-11-20")
    for wrong in ("2026-13", "1999", "어제", ""):
        with refused("day.date"):
            period(wrong)


@pytest.mark.acceptance("A39")
def test_who_may_see_what(house: House) -> None:
    everything = house.reports.day()["net_won"]
    before = house.desk.session
    try:
        house.use(session(Role.CASHIER))
        for what in NAMES:
            with refused("right.missing"):
                house.reports.make(what)
        house.use(session(Role.VENDOR, "새벽 공방"))
        own = house.reports.make("vendors", EVERYTHING)
        assert [row["vendor"] for row in own.figures["vendors"]] == ["새벽 공방"]
        assert house.reports.day()["net_won"] < everything
        assert house.reports.make("vendors", EVERYTHING._replace(vendor="너른들 농장")).figures == own.figures
        assert [name for _, name in house.reports.choices().vendors] == ["새벽 공방"]
        house.use(session(Role.VENDOR, "아무개"))
        with refused("report.own_vendor"):
            house.reports.make("day")
    finally:
        house.use(before)
    assert len(house.reports.choices().vendors) == len(VENDORS)
    assert house.reports.choices().cooperatives == ("가치키움", "전남상사")


@pytest.mark.parametrize("form", ["xlsx", "pdf", "csv"])
def test_a_report_is_saved_where_people_find_it(house: House, form: str, tmp_path: Path) -> None:
    report = house.reports.make("preferential", EVERYTHING)
    path = house.reports.save(report, form)
    assert path.parent == house.desk.home.root / "reports"
    assert path.name == f"우선구매-2025-01-01~2026-12-31.{form}" and path.stat().st_size > 500
    assert list(path.parent.glob(".*")) == []
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(EnvironmentFault):
        house.reports.save(report, form, blocked / "report.pdf")


@pytest.mark.acceptance("A50")
def test_a_report_of_practice_says_so_on_every_page_and_in_its_name(tmp_path: Path) -> None:
    real = open_market(tmp_path)
    real.close()
    practice = open_practice(tmp_path)
    report = practice.reports.make("day")
    assert all("연습" in table.subtitle for table in report.tables)
    assert "연습" in practice.reports.save(report, "csv").name
    practice.close()
