"""Shows the help (F1): for the screen one came from, the keys, and the day on one page."""

from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.help.presenter import DAY, HERE, KEYS, HelpPresenter
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.card import Card
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


def papers_folder() -> Path:
    """Where a person looks for a page they asked for."""
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(where or Path.home()) / tr("장터포스")


class HelpScreen(Screen):
    """도움말."""

    name = "keys"
    panel_lead = 340

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = HelpPresenter(desk.house)
        self._columns = 0
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        self.title = Words("", "title", True, name="keys_title")
        pages = ((HERE, tr("이 화면")), (KEYS, tr("키")), (DAY, tr("하루 사용법")))
        self.tabs = ChipRow("help_tabs", tr("무엇을 볼까요?"), pages, HERE)
        self.tabs.picked.connect(self._choose)
        self.scroller = Scroller("keys_list")
        self.card = Card()
        self.grid = QGridLayout(self.card)
        self.grid.setContentsMargins(20, 12, 20, 12)
        self.grid.setHorizontalSpacing(24)
        self.scroller.column.addWidget(self.card)
        self.scroller.column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.tabs)
        column.addWidget(self.scroller, 1)
        self._build_panel()

    def _build_panel(self) -> None:
        panel = self.column(self.panel_body, 12, 16)
        panel.addWidget(Words(tr("현금 한 건"), "number", True))
        scroller = Scroller("help_notes")
        for words in (
            tr("물건을 찍고 F12, 1 0 *, Enter, Enter. 10만 원을 받고 거스름돈까지 끝나요."),
            tr("글자를 치면 어디서나 물건 찾기로 가요. 스캐너는 아무 때나 찍어요."),
        ):
            scroller.column.addWidget(Notice(words, "info"))
        scroller.column.addStretch(1)
        panel.addWidget(scroller, 1)
        self.slip = Key(tr("하루 사용법 인쇄"), "printer", "plain", "help_slip")
        self.slip.clicked.connect(self._print)
        self.slip.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
        self.sheet = Key(tr("A4 한 장으로 열기"), "receipt", "plain", "help_sheet")
        self.sheet.clicked.connect(self._open)
        panel.addWidget(self.slip)
        panel.addWidget(self.sheet)
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")

    # life

    def event(self, event: QEvent) -> bool:
        """When it is put among the pages, the one in front is the one that help is asked for."""
        if event.type() == QEvent.Type.ParentChange:
            pages = self.parentWidget()
            if isinstance(pages, QStackedWidget):
                self._watch(pages)
        return super().event(event)

    def _watch(self, pages: QStackedWidget) -> None:
        def came() -> None:
            front = pages.currentWidget()
            if isinstance(front, Screen) and not isinstance(front, HelpScreen):
                self.presenter.screen = front.name

        came()
        pages.currentChanged.connect(came)

    def enter(self) -> None:
        """The help for where one was."""
        self.presenter.page = HERE if self.presenter.screen not in ("", "menu") else DAY
        self.tabs.choose(self.presenter.page)
        self.slip.set_off(self.presenter.no_paper_reason() or None)
        self._columns = 0
        self.arrange()

    def first_focus(self) -> QWidget | None:
        """The page that is shown."""
        return self.tabs.key(self.presenter.page)

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("도움말") if opened else tr("현금 한 건")

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()

    # showing

    def arrange(self) -> None:
        """One or two columns."""
        columns = 2 if self.work.width() >= self.metrics.px(860) else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._show()

    def _choose(self, page: str) -> None:
        self.presenter.page = page
        self._show()

    def _show(self) -> None:
        view = self.presenter
        self.title.setText(view.title())
        empty_layout(self.grid)
        entries = view.entries()
        rows = -(-len(entries) // self._columns)
        for at, (head, words) in enumerate(entries):
            made = self._key_row(head, words) if view.page == KEYS else self._topic(head, words)
            self.grid.addWidget(made, at % rows, at // rows)
        for column in range(2):
            self.grid.setColumnStretch(column, 1 if column < self._columns else 0)
        self.scroller.verticalScrollBar().setValue(0)

    def _topic(self, head: str, words: str) -> QWidget:
        box = QWidget()
        box.setAccessibleName(f"{head}: {words}")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(0)
        column.addWidget(Words(head, "name", True))
        column.addWidget(Words(words, "body", ink="ink2"))
        column.addStretch(1)
        return box

    def _key_row(self, key: str, words: str) -> QWidget:
        box = QWidget()
        box.setAccessibleName(f"{key}: {words}")
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 5, 0, 5)
        line.setSpacing(12)
        holder = QWidget()
        holder.setFixedWidth(self.metrics.px(112))
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Badge(key, "gray"))
        inside.addStretch(1)
        line.addWidget(holder)
        line.addWidget(Words(words, "body"), 1)
        return box

    # paper

    def _print(self) -> None:
        try:
            self.presenter.print_slip()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.say(tr("하루 사용법을 뽑아요"), icon="printer")

    def _open(self) -> None:
        folder = papers_folder()
        self.desk.run(lambda: self.presenter.write_pdf(folder), self._written)

    def _written(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.desk.say(tr("{folder} 안에 저장했어요", folder=path.parent.name))
