"""Shows the figures of the day."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.day_report.presenter import DayReportPresenter
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller, empty_layout, figure_row
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.table import Table
from pos_app.ui.widgets.words import Words


class DayReportScreen(Screen):
    """By vendor, by product, by tender, tax; the whole at the right."""

    name = "day_report"
    panel_lead = 380

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = DayReportPresenter(desk.house)
        self._tab = "vendors"
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("오늘 판매"), "title", True, name="day_title"))
        tabs = (
            ("vendors", tr("업체")),
            ("products", tr("물건")),
            ("tenders", tr("결제 수단")),
            ("tax", tr("세금")),
        )
        self.tabs = ChipRow("day_tabs", tr("무엇별로 볼까요?"), tabs, self._tab)
        self.tabs.picked.connect(self._choose)
        column.addWidget(self.tabs)
        self.table = Table("day_table", tr("오늘 판매"), (tr("이름"), tr("원")), (1,))
        self.nothing = Empty("chart", tr("이 날은 판매가 없어요"), tr("팔면 여기에 나와요."), name="no_sales")
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1)
        panel = self.column(self.panel_body, 8, 16)
        panel.addWidget(Words(tr("오늘 매출"), "key_big", ink="ink2"))
        self.total = BigNumber(0, "counted", tr("오늘 매출"), "day_total")
        panel.addWidget(self.total)
        panel.addWidget(Divider(strong=True))
        self.summary = Scroller("day_summary", gap=0)
        panel.addWidget(self.summary, 1)
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")

    def enter(self) -> None:
        """Reckon in the background."""
        self.desk.run(self.presenter.load, self._take)

    def _take(self, figures: Mapping[str, object]) -> None:
        self.presenter.take(figures)
        self.refresh()

    def refresh(self) -> None:
        """Show the tab and the sum."""
        view = self.presenter
        rows = {
            "vendors": view.vendors,
            "products": view.products,
            "tenders": view.tenders,
            "tax": view.tax,
        }[self._tab]()
        self.table.set_rows(rows, (tr("합계"), wording.amount(view.number("net_won"))))
        self.table.setVisible(not view.empty)
        self.nothing.setVisible(view.empty)
        self.total.set_amount(view.number("net_won"))
        empty_layout(self.summary.column)
        for words, figure in view.summary():
            self.summary.column.addWidget(figure_row(words, figure))
        self.summary.column.addStretch(1)

    def _choose(self, tab: str) -> None:
        self._tab = tab
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The tabs."""
        return self.tabs.key(self._tab)

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("표") if opened else tr("오늘 매출")

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()
