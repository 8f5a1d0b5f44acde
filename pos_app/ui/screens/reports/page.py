"""The middle of the reports screen: period and filters above, chart over table, or what stands behind a row."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.reports.names import name_of
from pos_app.ui.models.items import RowView
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.screens.reports.parts import ChartView, Turner
from pos_app.ui.screens.reports.presenter import ALL, DAY, MONTH, YEAR, ReportsPresenter
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.table import Table
from pos_app.ui.widgets.words import Words

LEAST_ROWS = 4  # of the table under the chart


class ReportPage(QWidget):
    """`asked`: another question; `opened(row)`: what stands behind it; `went(page)`: another page."""

    asked = Signal()
    opened = Signal(int)
    went = Signal(str)
    stopped = Signal()

    def __init__(self, theme: Theme, presenter: ReportsPresenter, pad: int) -> None:
        super().__init__()
        self.theme, self.presenter = theme, presenter
        self._where = "report"
        self._picture_first = not theme.metrics.one_pane
        self._table: Table | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(pad, 12, pad, 12)
        self._column.setSpacing(8)
        self._build_top()
        self._build_filters()
        self.parts = Turner("report_parts", tr("앞 표"), tr("다음 표"))
        self.parts.turned.connect(self._turn)
        self._column.addWidget(self.parts)
        self.chart = ChartView("report_chart")
        self.picture = Scroller("report_chart_area", gap=0)
        self.picture.column.addWidget(self.chart)
        self.picture.column.addStretch(1)
        self._column.addWidget(self.picture)
        self.picture_key = Key("", "chart", "plain", "report_picture")
        self.picture_key.clicked.connect(self._swap_picture)
        self._column.addWidget(self.picture_key)
        self.place = QVBoxLayout()
        self._column.addLayout(self.place, 1)
        self.pick = PickList("report_pick", tr("고르기"))
        self.pick.picked.connect(self._picked)
        self._column.addWidget(self.pick, 1)
        self.nothing = Empty("chart", tr("이 날은 판매가 없어요"), name="report_empty")
        self.nothing.pressed.connect(self.stopped)
        self._column.addWidget(self.nothing, 1)
        self.rest = QWidget()  # takes the room under a chart that stands alone
        self._column.addWidget(self.rest, 1)

    def _build_top(self) -> None:
        self.top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.top.setSpacing(8)
        self.back = Key(tr("뒤로"), "left", "plain", "report_back")
        self.back.clicked.connect(lambda: self.went.emit("report"))
        self.names_key = Key("", "menu", "plain", "report_names_key")
        self.names_key.clicked.connect(lambda: self.went.emit("names"))
        self.title = Words("", "title", True, name="report_title")
        self.top.addWidget(self.back)
        self.top.addWidget(self.names_key)
        self.top.addWidget(self.title, 1)
        self.filter_key = Key("", "clock", "plain", "report_filter_key")
        self.filter_key.clicked.connect(lambda: self.went.emit("filters"))
        self.top.addWidget(self.filter_key)
        self.who = QWidget()
        row = QHBoxLayout(self.who)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.market = Key("", "register", "plain", "report_market")
        self.market.clicked.connect(lambda: self.went.emit("markets"))
        self.whose = Key("", "person", "plain", "report_whose")
        self.whose.clicked.connect(lambda: self.went.emit("whose"))
        row.addWidget(self.market, 1)
        row.addWidget(self.whose, 1)
        self.top.addWidget(self.who)
        self._column.addLayout(self.top)

    def _build_filters(self) -> None:
        self.filters = QWidget()
        column = QVBoxLayout(self.filters)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        spans = ((DAY, tr("하루")), (MONTH, tr("한 달")), (YEAR, tr("한 해")), (ALL, tr("모두")))
        self.span = ChipRow("report_span", tr("기간"), spans, DAY)
        self.span.picked.connect(self._choose_span)
        self.period = Turner("report_period", tr("더 앞의 때"), tr("더 뒤의 때"))
        self.period.turned.connect(self._turn_period)
        self.when = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.when.setSpacing(8)
        self.when.addWidget(self.span)
        self.when.addWidget(self.period, 1)
        column.addLayout(self.when)
        self._column.addWidget(self.filters)

    # showing

    def show_page(self, where: str, trouble: str = "") -> None:
        """The report, a filter's rows, or what stands behind a row."""
        self._where = where
        view = self.presenter
        picking, behind = where in ("markets", "whose"), where == "behind"
        folded = self.theme.metrics.one_pane
        filtering = where == "filters" or (where == "report" and not folded)
        self.back.setVisible(where != "report")
        self.filters.setVisible(filtering)
        self.who.setVisible(filtering)
        self.filter_key.setVisible(folded and where == "report")
        self.filter_key.setText(view.period_words())
        self.filter_key.set_detail(view.who_words())
        self.title.setVisible(not folded or where != "report")
        titles = {
            "filters": tr("언제를 볼까요?"),
            "markets": tr("어느 장터를 볼까요?"),
            "whose": tr("누구의 물건을 볼까요?"),
        }
        name = name_of(view.what)
        self.title.setText(
            titles.get(where) or (view.behind.title or name if behind and view.behind else name)
        )
        self.names_key.setText(name if folded else tr("다른 보고서"))
        self.names_key.setVisible(self.theme.metrics.list_alone and where == "report")
        self._show_filters()
        self.pick.setVisible(picking)
        if picking:
            rows = view.markets() if where == "markets" else view.whose()
            chosen = view.market if where == "markets" else view.who_key()
            self.pick.set_rows([RowView(row.key or "all", row.words) for row in rows], chosen or "all")
        empty = where == "report" and (view.busy or bool(trouble) or view.empty or view.report is None)
        self._show_nothing(empty, trouble)
        self._show_table(behind or (where == "report" and not empty), behind)
        if where == "filters":
            self.rest.setVisible(True)

    def _show_filters(self) -> None:
        view = self.presenter
        self.span.choose(view.span)
        place, last = view.place(), len(view.steps()) - 1
        self.period.show_words(view.period_words(), place < last, place > 0)
        self.market.setText(view.market or tr("모든 장터"))
        self.whose.setText(view.who_words())
        choices = view.choices
        self.market.setVisible(choices is not None and len(choices.markets) > 1)

    def _show_nothing(self, visible: bool, trouble: str) -> None:
        self.nothing.setVisible(visible)
        if not visible:
            return
        if self.presenter.busy:
            self.nothing.set(tr("만드는 중…"), "", tr("그만두기"), "close", "clock")
        elif trouble:
            self.nothing.set(tr("보고서를 만들지 못했어요"), trouble, icon="info")
        elif self.presenter.report is None:
            self.nothing.set(tr("그만뒀어요"), tr("기간이나 보고서를 다시 골라요."), icon="info")
        elif self.presenter.span == DAY:
            self.nothing.set(
                tr("이 날은 판매가 없어요"), tr("다른 날이나 다른 보고서를 골라요."), icon="chart"
            )
        else:
            self.nothing.set(tr("이 기간에는 판매가 없어요"), tr("기간을 다시 골라요."), icon="chart")

    def _show_table(self, visible: bool, behind: bool) -> None:
        view = self.presenter
        if self._table is not None:
            self.place.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
            self._table = None
        words = view.part_words() if visible and not behind else ""
        self.parts.setVisible(bool(words))
        if words and view.report is not None:
            self.parts.show_words(words, view.part > 0, view.part < len(view.report.tables) - 1)
        table = view.table
        self.chart.set_chart(table.chart if visible and not behind and table is not None else None)
        if visible:
            self._make_table(behind)
        self._fit_chart()

    def _make_table(self, behind: bool) -> None:
        view = self.presenter
        if behind:
            heads = (tr("때"), tr("영수증"), tr("물건"), tr("원"))
            made = Table("report_behind", tr("이 숫자 뒤의 판매"), heads, (3,), 2, theme=self.theme)
            made.set_rows(*view.behind_rows())
        else:
            texts, numbers = view.heads()
            pickable = any(view.can_open(row) for row in range(len(view.rows()[0])))
            title = view.table.title if view.table is not None else ""
            made = Table("report_table", title, texts, numbers, view.widest(), pickable, theme=self.theme)
            made.set_rows(*view.rows())
            made.picked.connect(self.opened)
        self._table = made
        self.place.addWidget(made, 1)
        made.show()

    # chart and room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = self.theme.metrics
        wide = self.width() >= metrics.px(620)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.when.direction() != direction:
            self.when.setDirection(direction)
        self._fit_chart()

    def _fit_chart(self) -> None:
        """The chart over the table where four rows remain; else one of both, with a key to the other."""
        view = self.presenter
        chart = self._table is not None and self._where == "report" and view.table is not None
        if not chart or view.table is None or view.table.chart is None:
            self.picture.setVisible(False)
            self.picture_key.setVisible(False)
            self.rest.setVisible(False)
            if self._table is not None:
                self._table.setVisible(True)
            return
        metrics = self.theme.metrics
        above = (self.filters, self.parts)
        used = self.top.sizeHint().height() + sum(
            w.sizeHint().height() + 8 for w in above if not w.isHidden()
        )
        wide = self.width() - 2 * self._column.contentsMargins().left()
        tall = self.chart.tall(max(80, wide))
        room = self.height() - used - 40
        both = room - tall >= metrics.key_height * LEAST_ROWS
        self.picture.setFixedHeight(tall if both else max(80, min(tall, room - metrics.key_height - 8)))
        self.picture_key.setVisible(not both)
        self.picture_key.setText(tr("표 보기") if self._picture_first else tr("그림 보기"))
        self.picture.setVisible(both or self._picture_first)
        assert self._table is not None
        self._table.setVisible(both or not self._picture_first)
        self.rest.setVisible(not both and self._picture_first)

    def _swap_picture(self) -> None:
        self._picture_first = not self._picture_first
        self._fit_chart()

    # asking

    def _choose_span(self, span: str) -> None:
        self.presenter.choose_span(span)
        self.asked.emit()

    def _turn_period(self, by: int) -> None:
        self.presenter.step(-by)
        self.asked.emit()

    def _turn(self, by: int) -> None:
        self.presenter.turn_part(by)
        self.went.emit("report")

    def _picked(self, key: str) -> None:
        key = "" if key == "all" else key
        if self._where == "markets":
            self.presenter.market = key
        else:
            self.presenter.choose_whose(key)
        self.asked.emit()
