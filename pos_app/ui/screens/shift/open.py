"""Shows 개점: the float, suggested or counted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.shift.count_grid import CountGrid
from pos_app.ui.screens.shift.presenter import OpenShiftPresenter
from pos_app.ui.widgets.big_number import BigNumber
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


class OpenShiftScreen(Screen):
    """Before the first sale of a shift."""

    name = "shift_open"
    panel_lead = 384

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = OpenShiftPresenter(desk.house)
        column = QVBoxLayout(self.work)
        pad = self.metrics.padding
        column.setContentsMargins(pad, 16, pad, 16)
        column.setSpacing(12)
        column.addWidget(Words(tr("개점: 준비금을 세어 주세요"), "title", True, name="shift_open_title"))
        self.grid = CountGrid(self.theme, lambda: self.presenter.counting)
        self.grid.changed.connect(self._stepped)
        column.addWidget(self.grid, 1)
        self._build_panel()

    def _build_panel(self) -> None:
        column = self.column(self.panel_body, 12, 16)
        self.caption = Words(tr("준비금"), "key_big", ink="ink2")
        self.amount = BigNumber(0, "counted", tr("준비금"), "float_amount")
        self.reading = Words("", "body", ink="ink2", align=Qt.AlignmentFlag.AlignRight)
        self.hint = Notice("", "info", name="float_hint")
        self.suggested = Key("", "undo", "plain", "float_suggested")
        self.suggested.clicked.connect(self._use_suggested)
        for part in (self.caption, self.amount, self.reading, self.hint):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.suggested)

    def enter(self) -> None:
        """Suggested from last time."""
        self.presenter = OpenShiftPresenter(self.desk.house)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """The corner key: most days the float is what it was."""
        return self.corner

    def arrange(self) -> None:
        """One or two cards."""
        self.grid.arrange(self.work.width() - 2 * self.metrics.padding)

    def side_words(self, opened: bool) -> str:
        """In one pane the sum lies behind the side key."""
        return tr("세기") if opened else tr("준비금")

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        self.grid.refresh()
        self.amount.set_amount(view.float_won())
        self.reading.setText(tr("세어서 넣은 금액") if view.by_count else tr("지난번과 같은 금액"))
        self.hint.set(tr("돈통에 미리 넣어 둔 거스름돈이에요. 지난번과 같으면 바로 개점해요."), "info")
        self.suggested.setText(tr("지난번 {amount} 그대로", amount=wording.won(view.suggested_won)))
        self.suggested.setVisible(view.by_count)
        self.corner.setText(view.corner())

    def _stepped(self, won: int, count: int) -> None:
        self.presenter.set_pieces(won, count)
        self.refresh()

    def _use_suggested(self) -> None:
        self.presenter.use_suggested()
        self.refresh()

    def press_corner(self) -> None:
        """Open the till."""
        try:
            self.presenter.open()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.home()
        self.desk.say(tr("개점했어요. 오늘도 많이 파세요."))
