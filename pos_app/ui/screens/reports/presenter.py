"""Decides which report is shown, of when and whom, and what stands behind a row."""

import calendar
from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.operators import Action, may
from pos_app.i18n.texts import tr
from pos_app.reports.asked import Asked
from pos_app.reports.names import NAMES, name_of
from pos_app.reports.report import Report
from pos_app.reports.sieve import Behind
from pos_app.reports.table import Table, shown
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.reports.views import Choices

SETTLEMENT = "settlement"  # also the name of its screen
MOST_LINES = 500  # on one screen; a file holds them all
DAY, MONTH, YEAR, ALL = "day", "month", "year", "all"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from the background: a report, or the sentence why there is none."""

    turn: int
    report: Report | None = None
    choices: Choices | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """A row of a filter: its key and its words."""

    key: str
    words: str


class ReportsPresenter:
    """One report at a time. `make` and `look_behind` are slow; what comes back late is dropped."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.what = NAMES[0]
        self.span = DAY
        self.on = ""  # a date of the span; empty: the latest
        self.market = self.vendor = self.cooperative = ""
        self.choices: Choices | None = None
        self.report: Report | None = None
        self.part = 0
        self.behind: Behind | None = None
        self.error: Exception | None = None
        self.busy = False
        self._turn = 0

    # what is asked

    def names(self) -> list[Pick]:
        """Every report, and the settlement, which has a screen of its own."""
        found = [Pick(what, name_of(what)) for what in NAMES]
        if may(self.house.session.role, Action.SETTLE):
            found.append(Pick(SETTLEMENT, tr("정산")))
        return found

    def choose(self, what: str) -> None:
        """Another report, from its first table."""
        self.what, self.part, self.behind = what, 0, None

    def choose_span(self, span: str) -> None:
        """A day, a month, a year, or every day."""
        self.span, self.part = span, 0

    def steps(self) -> list[str]:
        """The beginnings of dates that can be stepped through, the latest first: days, months or years."""
        length = {DAY: 10, MONTH: 7, YEAR: 4, ALL: 0}[self.span]
        dates = self.choices.dates if self.choices else ()
        return list(dict.fromkeys(date[:length] for date in dates))

    def place(self) -> int:
        """Where among the steps the report stands."""
        steps, length = self.steps(), len(self.steps()[0]) if self.steps() else 0
        on = self.on[:length]
        return steps.index(on) if on in steps else 0

    def step(self, by: int) -> None:
        """Earlier (+1) or later (-1)."""
        steps = self.steps()
        place = self.place() + by
        if 0 <= place < len(steps):
            self.on, self.part = steps[place], 0

    def period_words(self) -> str:
        """The period as people say it."""
        steps = self.steps()
        if not steps:
            return ""
        if self.span == ALL:
            return tr("모든 장날")
        text = steps[self.place()]
        if self.span == DAY:
            return wording.day(text)
        return (
            tr("{year}년", year=text)
            if self.span == YEAR
            else tr("{year}년 {month}월", year=text[:4], month=int(text[5:7]))
        )

    def asked(self) -> Asked:
        """The question as the services take it."""
        from_on = until_on = ""
        steps = self.steps()
        if steps and self.span == ALL:
            from_on, until_on = self.choices.dates[-1], self.choices.dates[0]  # type: ignore[union-attr]
        elif steps:
            from_on, until_on = _ends(steps[self.place()])
        return Asked(from_on, until_on, self.market, self.vendor, self.cooperative)

    # filters

    def markets(self) -> list[Pick]:
        """Every market, and all of them."""
        found = self.choices.markets if self.choices else ()
        return [Pick("", tr("모든 장터")), *(Pick(name, name) for name in found)]

    def whose(self) -> list[Pick]:
        """Everybody, the cooperatives (where there are several), the vendors."""
        if self.choices is None:
            return []
        rows = [Pick(f"c:{name}", tr("{name} (조합)", name=name)) for name in self.choices.cooperatives]
        vendors = [Pick(f"v:{key}", name) for key, name in self.choices.vendors]
        everybody = [Pick("", tr("모든 업체"))] if len(vendors) != 1 else []
        return [*everybody, *rows, *vendors]

    def who_key(self) -> str:
        """The chosen row of `whose`."""
        if self.vendor:
            return f"v:{self.vendor}"
        return f"c:{self.cooperative}" if self.cooperative else ""

    def choose_whose(self, key: str) -> None:
        """Only one vendor's or one cooperative's goods."""
        self.vendor = key[2:] if key.startswith("v:") else ""
        self.cooperative = key[2:] if key.startswith("c:") else ""
        self.part = 0

    def who_words(self) -> str:
        """The chosen vendor or cooperative."""
        return next((row.words for row in self.whose() if row.key == self.who_key()), tr("모든 업체"))

    # making

    def begin(self, *, anew: bool = False) -> int:
        """A new question; answers to earlier ones no longer count. `anew`: of another report."""
        self._turn += 1
        self.busy, self.behind, self.error = True, None, None
        if anew:
            self.report = None
        return self._turn

    def stop(self) -> None:
        """Let the answer go that is on its way."""
        self._turn += 1
        self.busy = False

    def make(self, turn: int) -> Answer:
        """Reckon the report (slow)."""
        try:
            choices = self.choices or self.house.reports.choices()
            self.choices = choices
            return Answer(turn, self.house.reports.make(self.what, self.asked()), choices)
        except Exception as error:  # the screen says it in place of the table
            return Answer(turn, error=error)

    def take(self, answer: Answer) -> bool:
        """Show an answer unless another question was asked since."""
        if answer.turn != self._turn:
            return False
        self.busy, self.error = False, answer.error
        self.report = answer.report
        if self.report is not None:
            self.part = min(self.part, len(self.report.tables) - 1)
        return True

    def take_behind(self, turn: int, behind: Behind | None) -> bool:
        """Show what stands behind a row unless another question was asked since."""
        if turn != self._turn:
            return False
        self.busy, self.behind = False, behind
        return True

    # showing

    @property
    def table(self) -> Table | None:
        """The table that is shown."""
        return self.report.tables[self.part] if self.report is not None else None

    @property
    def empty(self) -> bool:
        """Nothing was sold then."""
        return self.report is not None and self.report.empty

    def turn_part(self, by: int) -> None:
        """The next table of the report."""
        if self.report is not None:
            self.part = min(max(0, self.part + by), len(self.report.tables) - 1)

    def part_words(self) -> str:
        """Which table of how many."""
        if self.report is None or self.table is None or len(self.report.tables) < 2:
            return ""
        return f"{self.table.title} · {self.part + 1}/{len(self.report.tables)}"

    def heads(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Heads, and which columns are numbers."""
        if self.table is None:
            return (), ()
        numbers = tuple(place for place, column in enumerate(self.table.columns) if column.is_number)
        return self.table.heads(), numbers

    def widest(self) -> int:
        """The column of words that gets what room is left."""
        heads, numbers = self.heads()
        words = [place for place in range(len(heads)) if place not in numbers]
        rows = self.rows()[0]
        return max(words, key=lambda place: max((len(row[place]) for row in rows), default=0), default=0)

    def rows(self) -> tuple[list[list[str]], list[str]]:
        """The rows and the total as texts."""
        table = self.table
        if table is None:
            return [], []
        known, more = table.rows[:MOST_LINES], len(table.rows) - MOST_LINES
        rows = [[shown(c, head) for c, head in zip(row, table.columns, strict=True)] for row in known]
        if more > 0:
            rows.append([tr("그 밖의 {count}줄", count=more), *([""] * (len(table.columns) - 1))])
        totals = [shown(c, column) for c, column in zip(table.totals, table.columns, strict=False)]
        return rows, totals

    def can_open(self, row: int) -> bool:
        """Whether anything stands behind a row."""
        table = self.table
        if table is None or row >= min(len(table.behind), MOST_LINES):
            return False
        return table.behind[row] is not None

    def look_behind(self, row: int) -> Behind | None:
        """The sales behind a row (slow)."""
        table = self.table
        if table is None or not self.can_open(row):
            return None
        sieve = table.behind[row]
        words = " ".join(str(cell) for cell in table.rows[row] if isinstance(cell, str) and cell)
        return self.house.reports.behind(self.asked(), sieve, words) if sieve is not None else None

    def behind_rows(self) -> tuple[list[list[str]], list[str]]:
        """Time, number, items, won of what stands behind a figure."""
        if self.behind is None:
            return [], []
        lines, rest = self.behind.lines[:MOST_LINES], self.behind.lines[MOST_LINES:]
        rows = [
            [_when(line.at), _label(line.kind, line.label), line.words, wording.amount(line.amount_won)]
            for line in lines
        ]
        if rest:
            words = tr("그 밖의 {count}건", count=len(rest))
            rows.append(["", "", words, wording.amount(sum(line.amount_won for line in rest))])
        count = tr("{count}건", count=len(self.behind.lines))
        return rows, [tr("합계"), count, "", wording.amount(self.behind.total_won)]

    def total(self) -> tuple[str, int, str | None]:
        """Word, number and unit of the report's total; None for 원."""
        report = self.report
        if report is None:
            return "", 0, None
        if report.permille:
            return report.total_name, report.total // 10, f".{report.total % 10}%"
        return report.total_name, report.total, None

    def off_reason(self) -> str:
        """Why nothing can be saved, empty when it can."""
        if self.busy:
            return tr("아직 만드는 중이에요.")
        return "" if self.report is not None else tr("보고서를 먼저 만들어요.")

    def save(self, form: str) -> Path:
        """Write the report to HOME/reports; where it is."""
        assert self.report is not None
        return self.house.reports.save(self.report, form)


def _ends(text: str) -> tuple[str, str]:
    """First and last date of a day, a month or a year."""
    if len(text) == 4:
        return f"{text}-01-01", f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-01", f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]:02d}"
    return text, text


def _when(at: str) -> str:
    return at.replace("T", " ")[5:16]


def _label(kind: str, label: str) -> str:
    words = {"refund": tr("환불"), "void": tr("취소")}
    return f"{label} {words[kind]}" if kind in words else label
