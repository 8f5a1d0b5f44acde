"""Reports over one day or many: on screen, in the terminal, for scripts, as files."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Role
from pos_app.i18n.texts import tr
from pos_app.reports import csv_export, pdf_export, xlsx_export
from pos_app.reports.asked import Asked
from pos_app.reports.names import NAMES
from pos_app.reports.report import Report, compose
from pos_app.reports.sieve import Behind, Sieve
from pos_app.reports.table import Table
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services import report_agency, report_figures
from pos_app.services.credit_papers import credit
from pos_app.services.desk import Desk
from pos_app.services.report_behind import behind
from pos_app.services.report_scope import Scope, own_vendor, resolve
from pos_app.storage.queries import catalogue, reports
from sync.rows import Rows

LATEST = Asked()
FILES = ("xlsx", "pdf", "csv")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a report can be asked for: dates of market days (the latest first), markets, vendors, cooperatives."""

    dates: tuple[str, ...]
    markets: tuple[str, ...]
    vendors: tuple[tuple[str, str], ...]
    cooperatives: tuple[str, ...]


class Reports:
    """Reports over the kept totals."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def day(self, business_date: str | None = None) -> dict[str, Any]:
        """All figures of a day by their outside names; the latest day unless told. Raises day.none."""
        return self.figures("day", _on(business_date))

    def hours(self, business_date: str | None = None) -> list[dict[str, Any]]:
        """Sales by hour of that day."""
        return list(self.figures("hours", _on(business_date))["hours"])

    def tenders(self, business_date: str | None = None) -> list[dict[str, Any]]:
        """Tenders of that day by type, kind and holder."""
        return list(self.figures("tenders", _on(business_date))["tenders"])

    def tax(self, business_date: str | None = None) -> list[dict[str, Any]]:
        """Tax of that day by register."""
        return list(self.figures("tax", _on(business_date))["tax"])

    def figures(self, what: str, asked: Asked = LATEST) -> dict[str, Any]:
        """The figures of a report. Raises what report_scope.resolve raises."""
        with self._desk.work.read() as rows:
            found = self._figures(rows, resolve(self._desk, rows, asked), what)
        if self._desk.practice:  # never to be taken for real ones, on the screen or in a file
            found["who"] = " · ".join(part for part in (tr("연습"), found.get("who", "")) if part)
        return found

    def make(self, what: str, asked: Asked = LATEST) -> Report:
        """A whole report: figures, tables, charts, total (slow over many days)."""
        return compose(what, self.figures(what, asked))

    def behind(self, asked: Asked, sieve: Sieve, title: str = "") -> Behind:
        """The receipts behind a figure; their amounts sum to it."""
        with self._desk.work.read() as rows:
            return behind(self._desk, rows, resolve(self._desk, rows, asked), sieve, title)

    def choices(self) -> Choices:
        """What the filters offer; a vendor is offered nothing but their own."""
        with self._desk.work.read() as rows:
            every = reports.all_days(rows)
            vendors = {vendor.id: vendor for vendor in catalogue.vendors(rows)}
        own = own_vendor(self._desk, vendors) if self._desk.session.role is Role.VENDOR else ""
        found = [vendor for vendor in vendors.values() if own in ("", vendor.id)]
        cooperatives = sorted({vendor.cooperative for vendor in found if vendor.cooperative})
        return Choices(
            tuple(dict.fromkeys(day.business_date for day in reversed(every))),
            tuple(dict.fromkeys(day.market for day in reversed(every))),
            tuple((vendor.id, vendor.name) for vendor in found),
            tuple(cooperatives) if not own and len(cooperatives) > 1 else (),
        )

    def data(self, report: Report, form: str) -> bytes:
        """A report as the bytes of a file: csv, xlsx or pdf."""
        return render((*report.tables, *report.papers), form, self._desk.settings.get("shop_name"))

    def folder(self) -> Path:
        """Where reports are put unless somebody says where: HOME/reports."""
        return self._desk.home.root / "reports"

    def save(self, report: Report, form: str, path: Path | None = None) -> Path:
        """Write a report to a file, in HOME/reports unless told; where it is now. Raises EnvironmentFault."""
        if path is None:
            path = self.folder() / file_name(report, form)
            make_folder(path.parent)
        write(path, self.data(report, form))
        return path

    def _figures(self, rows: Rows, scope: Scope, what: str) -> dict[str, Any]:
        if what not in NAMES:
            raise DomainError("report.unknown", text=what[:40])
        if what == "credit":
            return credit(self._desk, rows, scope)
        return (report_figures.SOLD.get(what) or _AGENCY[what])(rows, scope)


_AGENCY: dict[str, Callable[[Rows, Scope], dict[str, Any]]] = {
    "agency": report_agency.agency,
    "preferential": report_agency.preferential,
    "donations": report_agency.donations,
}


def _on(business_date: str | None) -> Asked:
    return Asked(business_date, business_date) if business_date else LATEST


def file_name(report: Report, form: str) -> str:
    """A file name that people find again: 우선구매-2026-11-20.xlsx."""
    dates = str(report.figures.get("business_date", "")).replace(" ~ ", "~")
    own = str(report.figures.get("who", "")).replace(" · ", "-").replace("/", "-")
    dates = f"{dates}-{own}" if own else dates
    return f"{report.title.replace(' ', '').replace('·', '-')}-{dates}.{form}"


def make_folder(folder: Path) -> None:
    """Make a folder if it is not there. Raises EnvironmentFault."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault(
            tr("폴더를 만들지 못했어요: {folder}", folder=folder), tr("권한과 남은 자리를 살펴봐요.")
        ) from error


def render(tables: Sequence[Table], form: str, footer: str = "") -> bytes:
    """Tables as the bytes of a file: csv, xlsx or pdf."""
    if form == "csv":
        return csv_export.render(*tables)
    if form == "xlsx":
        return xlsx_export.render(*tables)
    return pdf_export.render(*tables, footer=footer)


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises EnvironmentFault."""
    fresh = path.parent / f".{path.name[-60:]}.new"
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a pipe or a device
            return
        fresh.write_bytes(data)
        os.replace(fresh, path)
    except OSError as error:
        raise EnvironmentFault(
            tr("파일을 쓰지 못했어요: {file}", file=path),
            tr("다른 프로그램에서 열려 있으면 닫고, 폴더와 남은 자리를 살펴봐요."),
        ) from error
