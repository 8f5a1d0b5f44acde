"""Reports of what nobody foresaw: shown once at the next start, kept to be copied."""

from dataclasses import dataclass
from pathlib import Path

from pos_app.runtime import crashes
from pos_app.runtime.paths import Home


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it may be copied and sent."""

    path: Path
    text: str


class CrashReports:
    """The reports of one home."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def unseen(self) -> list[Report]:
        """What was not shown yet, the newest first."""
        return [report for report in self.all() if not report.path.name.endswith(crashes.SEEN)]

    def all(self) -> list[Report]:
        """Every report, the newest first."""
        found = []
        for path in crashes.reports(self._home.crashes):
            try:
                found.append(Report(path, path.read_text(encoding="utf-8", errors="replace")))
            except OSError:
                continue
        return found

    def mark_seen(self) -> None:
        """They were shown."""
        for report in self.unseen():
            try:
                report.path.rename(report.path.with_name(report.path.stem + crashes.SEEN))
            except OSError:
                return
