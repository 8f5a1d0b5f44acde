"""Shows the reports: names at the left, chart over table, the report's total, files of it."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.reports.sieve import Behind
from pos_app.ui.models.items import RowView
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Ground, Screen
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.reports.page import ReportPage
from pos_app.ui.screens.reports.parts import ReportTotal
from pos_app.ui.screens.reports.presenter import SETTLEMENT, Answer, ReportsPresenter
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.keys import BUSY_AFTER_MS, Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.words import Words

REPORT, NAMES, MARKETS, WHOSE, BEHIND = "report", "names", "markets", "whose", "behind"


class ReportsScreen(Screen):
    """Choose a report; its rows open the sales behind them; the corner key saves it for Excel."""

    name = "reports"
    panel_lead = 312

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = ReportsPresenter(desk.house)
        self._shown = REPORT
        self._build_work()
        self._build_panel()
        self.corner.setText(tr("엑셀로 저장"))
        self.corner.set_icon("disk")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(BUSY_AFTER_MS)
        self._patience.timeout.connect(self.refresh)

    def _build_work(self) -> None:
        row = QHBoxLayout(self.work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.side = Ground(self.theme, "surface", "r")
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 12, 1, 0)
        title = Words(tr("보고서"), "title", True, name="reports_title")
        title.setContentsMargins(16, 0, 16, 0)
        column.addWidget(title)
        self.names = PickList("report_names", tr("보고서 이름"))
        self.names.picked.connect(self._choose)
        column.addWidget(self.names, 1)
        row.addWidget(self.side)
        self.page = ReportPage(self.theme, self.presenter, self.metrics.padding)
        self.page.asked.connect(self._ask)
        self.page.opened.connect(self._open)
        self.page.went.connect(self._go)
        self.page.stopped.connect(self._stop)
        row.addWidget(self.page, 1)

    def _build_panel(self) -> None:
        panel = self.column(self.panel_body, 8, 16)
        self.total_name = Words("", "key_big", ink="ink2", name="report_total_name")
        self.total = ReportTotal("report_total")
        panel.addWidget(self.total_name)
        panel.addWidget(self.total)
        self.heading = Words("", "body", ink="ink2", name="report_heading")
        panel.addWidget(self.heading)
        panel.addWidget(Divider(strong=True))
        scroller = Scroller("report_notes", gap=8)
        self.notes = Words("", "body", ink="ink2", name="report_notes_words")
        scroller.column.addWidget(self.notes)
        scroller.column.addStretch(1)
        panel.addWidget(scroller, 1)
        files = QHBoxLayout()
        files.setSpacing(8)
        self.files: list[Key] = []
        for form, word in (("pdf", tr("PDF")), ("csv", tr("CSV"))):
            key = Key(word, "disk", "plain", f"report_{form}", spoken=tr("{form}로 저장", form=word))
            key.clicked.connect(lambda _checked=False, form=form: self._save(form))
            key.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
            files.addWidget(key, 1)
            self.files.append(key)
        panel.addLayout(files)

    # life

    def enter(self) -> None:
        """The latest day anew."""
        self.presenter.choices = None
        self.names.set_rows(
            [RowView(row.key, row.words) for row in self.presenter.names()], self.presenter.what
        )
        self._shown = REPORT
        self._ask()

    def leave(self) -> None:
        """Nobody waits for it any more."""
        self.presenter.stop()

    def _ask(self) -> None:
        turn = self.presenter.begin(anew=True)
        self._shown = REPORT
        self._patience.start()
        self.desk.run(lambda: self.presenter.make(turn), self._take)

    def _take(self, answer: Answer) -> None:
        if self.presenter.take(answer):
            self._patience.stop()
            self.refresh()

    def _stop(self) -> None:
        self.presenter.stop()
        self._patience.stop()
        self.refresh()

    def _choose(self, what: str) -> None:
        if what == SETTLEMENT:
            self.desk.go(SETTLEMENT)
            return
        self.presenter.choose(what)
        self._ask()

    def _go(self, where: str) -> None:
        self._shown = where
        self.refresh()

    def _open(self, row: int) -> None:
        if not self.presenter.can_open(row):
            return
        turn = self.presenter.begin()
        self._patience.start()
        self.desk.run(lambda: self._behind(turn, row), self._take_behind)

    def _behind(self, turn: int, row: int) -> tuple[int, Behind | None, Exception | None]:
        try:
            return turn, self.presenter.look_behind(row), None
        except Exception as error:  # said by _take_behind
            return turn, None, error

    def _take_behind(self, found: tuple[int, Behind | None, Exception | None]) -> None:
        turn, behind, error = found
        if not self.presenter.take_behind(turn, behind):
            return
        self._patience.stop()
        if error is not None:
            self.desk.trouble(error)
        self._shown = BEHIND if behind is not None else REPORT
        self.refresh()

    # showing

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        self.names.select(view.what)
        self.page.show_page(self._shown, self.desk.sentence(view.error) if view.error is not None else "")
        word, total, unit = view.total()
        self.total_name.setText(word)
        self.total.show_total(word, total, unit)
        self.heading.setText(view.report.heading if view.report is not None else "")
        table = view.table
        self.notes.setText("\n".join(table.notes) if table is not None else "")
        off = view.off_reason() or None
        for key in (self.corner, *self.files):
            key.set_off(off)
        self.refresh_side()
        self.arrange()

    def arrange(self) -> None:
        """A narrow window shows the names in a page of their own."""
        alone = self.metrics.list_alone
        self.side.setVisible(not alone or self._shown == NAMES)
        self.page.setVisible(not alone or self._shown != NAMES)
        if alone:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16777215)
        else:
            self.side.setFixedWidth(min(260, self.metrics.list_width - 120))

    def first_focus(self) -> QWidget | None:
        """The names, or the key to them."""
        return self.page.names_key if self.metrics.list_alone else self.names

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("표") if opened else tr("합계와 저장")

    def step_back(self) -> bool:
        """From what stands behind a row, or from a filter, back to the report."""
        if self._shown != REPORT:
            self._go(REPORT)
            return True
        return super().step_back()

    # files

    def press_corner(self) -> None:
        """Save it for Excel."""
        self._save("xlsx")

    def _save(self, form: str) -> None:
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        self.desk.run(lambda: self.presenter.save(form), self._saved)

    def _saved(self, path: Path) -> None:
        self.desk.say(tr("저장했어요: {path}", path=path), icon="check")
