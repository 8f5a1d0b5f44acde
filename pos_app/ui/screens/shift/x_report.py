"""Shows the X: the shift so far, as paper."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Paper
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


class XReportScreen(Screen):
    """Figures in between; nothing is closed by it."""

    name = "x_report"
    panel_lead = 340

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._document: Document | None = None
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 16)
        self.paper = Paper(desk, "x_paper", tr("X 보고서"))
        column.addWidget(self.paper, 1)
        panel = self.column(self.panel_body, 12, 16)
        panel.addWidget(Words(tr("X 보고서"), "number", True, name="x_title"))
        panel.addWidget(Notice(tr("지금까지 판 것이에요. 마감하지 않고 볼 수 있어요."), "info"))
        panel.addStretch(1)
        self.again = Key(tr("새로 보기"), "undo", "plain", "x_again")
        self.again.clicked.connect(self.enter)
        panel.addWidget(self.again)
        self.corner.setText(tr("X 인쇄하기"))

    def enter(self) -> None:
        """Reckon in the background."""
        self.corner.set_off(tr("만드는 중…"))
        self.desk.run(self.desk.house.shifts.x_document, self._take)

    def _take(self, document: Document) -> None:
        self._document = document
        self.corner.set_off(None)
        self.paper.show_document(document)

    def first_focus(self) -> QWidget | None:
        """The corner key."""
        return self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("종이") if opened else tr("설명")

    def press_corner(self) -> None:
        """Print it."""
        if self._document is None:
            return
        try:
            self.desk.house.papers.print_document(self._document, "x")
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.say(tr("X 보고서를 뽑아요"))
