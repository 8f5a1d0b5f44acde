"""Pictures of the reports: charts, tables, what stands behind a row."""

from PySide6.QtWidgets import QWidget

from tests.screens.scenes import idle
from tests.ui.window.driver import Window, settle


def _reports(window: Window, what: str = "day") -> None:
    window.shell.go("reports")
    idle(window)
    choose = getattr(window.shell.current, "_choose")  # noqa: B009
    choose(what)
    idle(window)
    settle()
    window.shell.findChildren(QWidget)  # Python now knows each viewport, so texts are told apart by it


def reports(window: Window) -> None:
    _reports(window, "vendors")


def reports_hours(window: Window) -> None:
    _reports(window, "hours")


def reports_agency(window: Window) -> None:
    _reports(window, "agency")


def reports_certificates(window: Window) -> None:
    _reports(window, "preferential")


def reports_sell_through(window: Window) -> None:
    _reports(window, "sellthrough")


def reports_behind(window: Window) -> None:
    _reports(window, "vendors")
    window.shell.current.page.opened.emit(2)
    idle(window)
    settle()


def reports_empty(window: Window) -> None:
    _reports(window, "donations")


def reports_names(window: Window) -> None:
    _reports(window)
    window.shell.current.page.went.emit("names")
    settle()


def reports_whose(window: Window) -> None:
    _reports(window)
    window.shell.current.page.went.emit("whose")
    settle()


REPORTS = {
    "reports": reports,
    "reports-hours": reports_hours,
    "reports-agency": reports_agency,
    "reports-certificates": reports_certificates,
    "reports-sell-through": reports_sell_through,
    "reports-behind": reports_behind,
    "reports-empty": reports_empty,
    "reports-names": reports_names,
    "reports-whose": reports_whose,
}
