"""Shows the day's board: cards or a table, slips, the day's sheet; seals, adds, opens again."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.printing.document import Document
from pos_app.ui.models.items import BadgeView, RowView
from pos_app.ui.screens import wording
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.board.cards import CardGrid
from pos_app.ui.screens.board.dialogs import SealDialog, SlipDialog
from pos_app.ui.screens.board.panel import BoardPanel
from pos_app.ui.screens.board.presenter import BoardPresenter
from pos_app.ui.screens.board.slip_editor import SlipEditor
from pos_app.ui.screens.board.views import DayBoard, Slip, SlipSheet
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Paper
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.table import Table

LOOK_EVERY_S = 20


class BoardScreen(Screen):
    """하루 현황."""

    name = "board"
    panel_lead = 352

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = BoardPresenter(desk.house)
        self._seconds = 0
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 12, pad, 12)
        column.setSpacing(12)
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.filters = ChipRow("board_filters", tr("어떤 계산대를 볼까요?"))
        self.filters.picked.connect(self._filter)
        views = (("cards", tr("카드")), ("table", tr("표")), ("slips", tr("전표")), ("sheet", tr("정산표")))
        self.views = ChipRow("board_views", tr("무엇으로 볼까요?"), views, "cards")
        self.views.picked.connect(self._view)
        self.filter_key = Key("", "register", "chip", "board_filter")
        self.filter_key.clicked.connect(self._ask_filter)
        self.head.addWidget(self.filter_key)
        self.head.addWidget(self.filters, 1)
        self.head.addWidget(self.views)
        column.addLayout(self.head)
        self.pages = QStackedWidget()
        self.grid = CardGrid("board_cards", tr("계산대"))
        self.grid.chosen.connect(self._open_register)
        heads = (tr("계산대"), tr("상태"), tr("담당"), tr("건수"), tr("매출(원)"), tr("과부족"), tr("소식"))
        self.table = Table("board_table", tr("계산대"), heads, (3, 4, 5), stretch=6)
        self.slips = PickList("board_slips", tr("전표"))
        self.slips.picked.connect(self._open_slip)
        self.paper = Paper(desk, "board_paper", tr("일일 정산표"))
        self.nothing = Empty(
            "receipt",
            tr("맞춰 볼 전표가 없어요"),
            tr("카드, 이체, 상품권을 받으면 여기에 나와요."),
            name="no_slips",
        )
        for page in (self.grid, self.table, self.slips, self.paper, self.nothing):
            self.pages.addWidget(page)
        column.addWidget(self.pages, 1)
        self.right = BoardPanel()
        self.column(self.panel_body, 0).addWidget(self.right)
        self.right.todo.connect(self._do)
        self.right.act.connect(self._act)
        self.corner.set_icon("lock")

    # life

    def enter(self) -> None:
        """Look again."""
        self.refresh()
        self.look()

    def tick(self) -> None:
        """What came meanwhile shows by itself."""
        self._seconds += 1
        if self._seconds >= LOOK_EVERY_S:
            self.look()

    def look(self) -> None:
        """Read the registers in the background."""
        self._seconds = 0
        self.desk.run(self.presenter.load, self._take)

    def _take(self, board: DayBoard) -> None:
        self.presenter.take(board)
        self.refresh()

    def arrange(self) -> None:
        """Where there is little room the filters fold into one key, and the table leaves out what can be spared."""
        wide = self.work.width() >= self.metrics.px(900)
        self.filters.setVisible(wide)
        self.filter_key.setVisible(not wide)
        for column in (2, 5):
            self.table.setColumnHidden(column, not wide)

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("계산대") if opened else tr("할 일 {count}", count=len(self.presenter.todos()))

    def first_focus(self) -> QWidget | None:
        """The cards, or what is shown in their place."""
        return self.pages.currentWidget() if self.presenter.page != "sheet" else self.corner

    def refresh(self) -> None:
        """Show what the presenter decided."""
        view = self.presenter
        self._set_chips(self.filters, view.filters(), view.filter)
        self.filter_key.setText(dict(view.filters())[view.filter])
        self.views.choose(view.page)
        self.grid.set_cards([view.card(line) for line in view.shown()])
        total = (tr("합계"), "", "", f"{sum(line.sales_count for line in view.shown()):,}",
                 wording.amount(sum(line.net_won for line in view.shown())),
                 wording.signed(sum(line.over_short_won for line in view.shown())), "")  # fmt: skip
        self.table.set_rows(view.table(), total)
        rows = view.slip_rows()
        self.slips.set_rows(
            [
                RowView(row.key, row.title, row.caption, row.amount, BadgeView(row.badge, row.badge_kind))
                for row in rows
            ]
        )
        pages: dict[str, QWidget] = {"cards": self.grid, "table": self.table, "sheet": self.paper}
        self.pages.setCurrentWidget(pages.get(view.page, self.slips if rows else self.nothing))
        self.right.refresh(view)
        self.corner.setText(view.corner())
        self.corner.set_icon({"seal": "lock", "addendum": "plus", "print": "printer"}[view.act()])
        self.corner.set_off(view.off_reason() or None)
        self.refresh_side()

    def _set_chips(self, row: ChipRow, choices: list[tuple[str, str]], chosen: str) -> None:
        """New words on the same keys, so that the focus stays."""
        if list(row.keys()) != [key for key, _ in choices]:
            row.set_choices(choices, chosen)
        for key, words in choices:
            row.key(key).setText(words)
        row.choose(chosen)

    # looking elsewhere

    def _ask_filter(self) -> None:
        view = self.presenter
        ask_choice(self, tr("어떤 계산대를 볼까요?"), view.filters(), view.filter, self._filter, 2)

    def _filter(self, name: str) -> None:
        self.presenter.filter = name
        self.refresh()

    def _view(self, page: str) -> None:
        self.presenter.page = page
        if page == "sheet":
            self.desk.run(self.presenter.documents, self._show_papers)
        self.refresh()

    def _show_papers(self, papers: Sequence[Document]) -> None:
        blocks = tuple(block for paper in papers for block in paper.blocks)
        self.paper.show_document(Document(papers[0].title, blocks, papers[0].practice))

    def _open_register(self, register: str) -> None:
        line = next(line for line in self.presenter.lines if line.register == register)
        said = self.presenter.card(line)
        if line.own and line.register == self.desk.house.register:
            self.desk.go(
                "shift_close" if line.state == "open" else "x_report" if line.state != "closed" else "menu"
            )
            return
        self.desk.say(f"{wording.register_word(register)}: {said.badge}. {said.foot}", icon="info")

    def _do(self, kind: str) -> None:
        """Open the place where something is done."""
        todo = self.presenter.todo(kind)
        here = todo is not None and self.desk.house.register in todo.registers
        if kind == "late":
            self._ask_addendum()
        elif kind == "seals":
            self._ask_seal_choice()
        elif kind in ("cards", "slips"):
            self._view("slips")
        elif kind == "parked" and here:
            self.desk.go("parked")
        elif kind == "open" and here:
            self.desk.go("shift_close")
        elif kind in ("silent", "gaps"):
            self.desk.go("devices")
        else:
            self._filter("open")
            self._view("cards")

    # slips

    def _open_slip(self, key: str) -> None:
        slip = self.presenter.slip(key)
        if slip is None:
            return
        house = self.desk.house
        self.desk.run(
            lambda: house.reconciling.sheets(slip.register, slip.shift_id),
            lambda found: self._ask_slip(slip, found),
        )

    def _ask_slip(self, slip: Slip, sheets: Sequence[SlipSheet]) -> None:
        sheet = next((each for each in sheets if each.slip.kind == slip.kind), None)
        if sheet is None:
            return
        dialog = SlipDialog(self.window(), sheet)

        def give(editor: SlipEditor, note: str) -> None:
            told = editor.answer()
            dialog.shut()
            if told is None:
                return
            self.desk.run(lambda: self.presenter.tell(slip, told, note), self._done)

        dialog.given.connect(give)
        self.desk.open_dialog(dialog)

    # sealing

    def press_corner(self) -> None:
        """Seal, add what came late, or print."""
        reason = self.corner.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        view = self.presenter
        if view.act() == "seal":
            self.desk.ask(
                tr("하루를 봉인할까요?"), view.cut_words(), tr("그대로 두기"), tr("하루 봉인하기"), self._seal
            )
        elif view.act() == "addendum":
            self._ask_addendum()
        else:
            self.desk.run(view.print_sheets, lambda said: self.desk.say(said, icon="printer"))

    def _seal(self) -> None:
        self._run(self.presenter.seal)

    def _ask_addendum(self) -> None:
        sentence = tr("봉인한 정산표는 그대로 두고, 늦게 온 것만 번호를 붙여 남겨요. 왜 늦었는지 적어요.")
        self.desk.ask_text(
            self.presenter.corner(),
            sentence,
            tr("추가로 남기기"),
            lambda why: self._run(lambda: self.presenter.add(why)),
        )

    def _ask_seal_choice(self) -> None:
        dialog = SealDialog(self.window(), self.presenter.live())
        dialog.chosen.connect(self._ask_why_this_seal)
        self.desk.open_dialog(dialog)

    def _ask_why_this_seal(self, key: str) -> None:
        title = tr("왜 이 봉인인가요?")
        self.desk.ask_text(
            title, "", tr("이 봉인으로"), lambda why: self._run(lambda: self.presenter.choose(key, why))
        )

    def _act(self, name: str) -> None:
        view = self.presenter
        if name == "pdf":
            self._save_pdf()
        elif name == "provisionally":
            sentence = (
                f"{view.cut_words()} {tr('빠진 자료가 오면 추가로 남겨요. 왜 지금 봉인하는지 적어요.')}"
            )
            title, act = tr("잠정으로 봉인할까요?"), tr("잠정으로 봉인하기")
            self.desk.ask_text(title, sentence, act, lambda why: self._run(lambda: view.seal(why, True)))
        else:
            sentence = tr("봉인한 정산표는 기록에 남고, 다시 팔 수 있어요. 까닭을 적어요.")
            self.desk.ask_text(
                tr("하루를 다시 열까요?"),
                sentence,
                tr("다시 열기"),
                lambda why: self._run(lambda: view.reopen(why)),
            )

    def _save_pdf(self) -> None:
        name = str(Path.home() / self.presenter.file_name())
        path, _ = QFileDialog.getSaveFileName(self, tr("어디에 저장할까요?"), name, "PDF (*.pdf)")
        if path:
            self.desk.run(
                lambda: self.presenter.save_pdf(Path(path)), lambda said: self.desk.say(said, icon="check")
            )

    def _run(self, act: Callable[[], str]) -> None:
        self.corner.set_busy(True)
        self.desk.run(act, self._done)
        self.corner.set_busy(False)

    def _done(self, said: str) -> None:
        self.desk.say(said)
        self.desk.refresh_strip()
        self.look()
        if self.presenter.page == "sheet":
            self._view("sheet")
