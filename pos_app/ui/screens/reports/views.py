"""What the use cases of reports hand to the screens: read-only shapes, so that a fake may stand in."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pos_app.reports.asked import Asked

if TYPE_CHECKING:
    from pos_app.reports.report import Report
    from pos_app.reports.sieve import Behind, Sieve


class Choices(Protocol):
    """What a report can be asked for."""

    @property
    def dates(self) -> tuple[str, ...]: ...
    @property
    def markets(self) -> tuple[str, ...]: ...
    @property
    def vendors(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def cooperatives(self) -> tuple[str, ...]: ...


class Reports(Protocol):
    """Reports; everything is slow over many days."""

    def day(self, business_date: str | None = None) -> Mapping[str, object]: ...
    def choices(self) -> Choices: ...
    def make(self, what: str, asked: Asked = ...) -> "Report": ...
    def behind(self, asked: Asked, sieve: "Sieve", title: str = "") -> "Behind": ...
    def save(self, report: "Report", form: str, path: Path | None = None) -> Path: ...
