"""Reports in the real window: chosen, stepped, filtered, opened to the sales behind a row, saved."""

import openpyxl
import pytest
from PySide6.QtCore import Qt

from pos_app.domain.operators import Role
from pos_app.reports.names import NAMES
from pos_app.services.desk import Session
from tests.ui.window.driver import Window, rest, settle, until

F12, ESCAPE = Qt.Key.Key_F12, Qt.Key.Key_Escape


def go(window: Window, what: str = "day") -> None:
    """The reports screen with one report."""
    window.shell.go("reports")
    rest()
    settle()
    if what != "day":
        window.touch_row("report_names", _word(window, what))
        rest()
        settle()


def _word(window: Window, what: str) -> str:
    return next(row.words for row in window.shell.current.presenter.names() if row.key == what)


def texts(window: Window, name: str) -> list[list[str]]:
    """What a table shows, its total last."""
    model = window.find(name).model()
    columns = range(model.columnCount())
    return [[str(model.index(row, col).data()) for col in columns] for row in range(model.rowCount())]


@pytest.mark.acceptance("A48")
def test_the_agency_report_is_one_touch_away_and_opens_to_its_sales(window: Window) -> None:
    go(window, "agency")
    sales = window.house.reports.day()["net_won"]
    assert f"{sales:,}원" in window.said("report_total")
    presenter = window.shell.current.presenter
    assert [row[0] for row in texts(window, "report_table")][:2] == ["판매한 업체", "판매한 품목"]
    for row in range(3):
        window.shell.current.page.opened.emit(row)
        rest()
        settle()
        assert texts(window, "report_behind")[-1][-1] == f"{sales:,}"
        window.touch_named("report_back")
    while presenter.part < len(presenter.report.tables) - 1:
        window.touch_named("report_parts_next")
        settle()
    assert presenter.table.title == "전년 대비"


def test_a_touch_on_a_row_shows_the_sales_behind_it(window: Window) -> None:
    go(window, "products")
    first = texts(window, "report_table")[0]
    window.touch_row("report_table", first[0])
    rest()
    settle()
    rows = texts(window, "report_behind")
    assert rows[-1][-1] == first[-1]
    assert sum(int(row[-1].replace(",", "")) for row in rows[:-1]) == int(first[-1].replace(",", ""))
    window.press(ESCAPE)
    assert window.there("report_table") and not window.there("report_behind")


@pytest.mark.parametrize("what", NAMES)
def test_every_report_is_shown(window: Window, what: str) -> None:
    go(window, what)
    presenter = window.shell.current.presenter
    assert presenter.what == what and presenter.report is not None
    assert window.there("report_table") or window.there("report_empty") or window.there("report_chart_area")
    assert window.said("report_total").startswith(presenter.report.total_name)


def test_the_corner_saves_for_excel_and_says_where(window: Window) -> None:
    go(window, "vendors")
    window.press(F12)
    until(lambda: "저장했어요" in window.toast())
    path = next((window.house.desk.home.root / "reports").glob("업체별-*.xlsx"))
    assert str(path) in window.toast()
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value == "업체별 매출"
    for form in ("pdf", "csv"):
        window.touch_named(f"report_{form}")
        until(lambda form=form: list(path.parent.glob(f"*.{form}")), f"the {form}")


def test_a_vendor_and_a_span_are_chosen(window: Window) -> None:
    go(window, "day")
    whole = window.house.reports.day()["net_won"]
    window.touch_named("report_whose")
    window.touch_row("report_pick", "신안섬 농장")
    rest()
    settle()
    own = window.shell.current.presenter.report.total
    assert 0 < own < whole and window.shell.current.presenter.who_words() == "신안섬 농장"
    window.touch_named("report_span_year")
    rest()
    settle()
    assert window.shell.current.presenter.report.total == own
    assert "년" in window.find("report_period_words").text()


def test_a_report_that_takes_long_can_be_left(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    go(window)
    screen = window.shell.current
    held: list[object] = []
    monkeypatch.setattr(screen.desk, "run", lambda func, done: held.append((func, done)))
    window.touch_row("report_names", _word(window, "agency"))
    screen.refresh()  # as after 400 ms
    assert "만드는 중" in window.said("report_empty")
    assert screen.corner.off_reason()
    window.touch_named("report_empty_key")
    assert not screen.presenter.busy and "그만뒀어요" in window.said("report_empty")
    func, done = held[0]  # type: ignore[misc]
    done(func())
    assert screen.presenter.report is None, "an answer that nobody waits for is dropped"


def test_a_cashier_is_told_why_there_is_nothing(window: Window) -> None:
    window.house.use(Session("c", "김서은", Role.CASHIER))
    go(window)
    assert window.shell.current.presenter.report is None
    assert "권한" in window.said("report_empty")
    assert window.shell.current.corner.off_reason()


def test_a_day_without_a_sale_says_so(morning: Window) -> None:
    go(morning)
    assert "판매가 없어요" in morning.said("report_empty")


def test_the_settlement_has_a_screen_of_its_own(window: Window) -> None:
    go(window)
    window.touch_row("report_names", "정산")
    rest()
    assert window.shell.current.name == "settlement"
