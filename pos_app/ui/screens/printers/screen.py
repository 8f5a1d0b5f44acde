"""Shows the printers of this till, finds others, and proves one with a page of numbered lines."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.operators import Action, may
from pos_app.i18n.texts import tr
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.screens.printers.finder import Finder
from pos_app.ui.screens.printers.key_flow import KeyFlow
from pos_app.ui.screens.printers.presenter import PrinterRow, PrintersPresenter
from pos_app.ui.screens.printers.proof_view import ProofView
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Empty, Picture
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


class PrintersScreen(Screen):
    """인쇄기."""

    name = "printers"
    panel_lead = 400

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = PrintersPresenter(desk.house)
        self._seen: object = None
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        self.heading = Words(tr("인쇄기"), "title", True, name="printers_title")
        column.addWidget(self.heading)
        self.only = Notice(tr("담당자만 바꿀 수 있어요."), "info", name="printers_only")
        column.addWidget(self.only)
        self.list = Scroller("printers_list")
        column.addWidget(self.list, 1)
        self.proving = Scroller("printers_proving")
        self.proof = ProofView(desk, "proof")
        self.proof.changed.connect(self._refresh_corner)
        self.proving.column.addWidget(self.proof)
        self.back_key = Key(tr("뒤로"), "left", "plain", "proof_back")
        self.stop_key = Key(tr("그만두기"), None, "plain", "proof_stop")
        self.back_key.clicked.connect(self.proof.back)
        self.stop_key.clicked.connect(self._end_proof)
        self.ways_out = KeyFlow((self.back_key, self.stop_key))
        self.proving.column.addWidget(self.ways_out)
        self.proving.column.addStretch(1)
        column.addWidget(self.proving, 1)
        panel = self.column(self.panel_body, 12, 16)
        panel.addWidget(Words(tr("새 인쇄기"), "key_big", True))
        scroller = Scroller("printers_new")
        self.finder = Finder(desk, self.presenter, "printers")
        self.finder.chosen.connect(self._chosen)
        scroller.column.addWidget(self.finder)
        scroller.column.addStretch(1)
        panel.addWidget(scroller, 1)

    # life

    def enter(self) -> None:
        """States now."""
        self._seen = None
        self.refresh()

    def leave(self) -> None:
        """A page that did not come out is not waited for."""
        self.proof.end()

    def tick(self) -> None:
        """States, once a second; the page that is awaited too."""
        if self.proof.presenter is not None:
            self.proof.tick()
        else:
            self.refresh()

    def first_focus(self) -> QWidget | None:
        """The search, when there is nothing yet."""
        return self.finder.look if self.finder.look.isVisible() and not self.presenter.rows() else self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("인쇄기") if opened else tr("새 인쇄기")

    def step_back(self) -> bool:
        """Esc: the question before, then out of the proof."""
        if self.proof.presenter is None:
            return super().step_back()
        if not self.proof.back():
            self._end_proof()
        return True

    def press_corner(self) -> None:
        """The hoped-for answer, else back."""
        if self.proof.corner():
            self.proof.press_corner()
        elif self._proof_done():
            self._end_proof()
        else:
            self.desk.home()

    def _proof_done(self) -> bool:
        return self.proof.presenter is not None and self.proof.presenter.state == "done"

    def arrange(self) -> None:
        """The picture of the page beside the question where there is room."""
        self.proof.arrange(self.work.width() - 2 * self.metrics.padding)

    # showing

    def refresh(self) -> None:
        """Only what changed is built anew."""
        proving = self.proof.presenter is not None
        self.list.setVisible(not proving)
        self.proving.setVisible(proving)
        self.heading.setVisible(not proving or self.metrics.scale < 1.5)
        off = "" if may(self.desk.house.session.role, Action.SETTINGS) else tr("담당자만 바꿀 수 있어요.")
        self.only.setVisible(bool(off))
        for key in (self.finder.look, self.finder.ask, self.finder.try_it):
            key.set_off(off or None)
        rows = self.presenter.rows()
        seen = (rows, off, self.work.width())
        if seen != self._seen:
            self._seen = seen
            self._show(rows, off)
        self._refresh_corner()

    def _refresh_corner(self) -> None:
        word = self.proof.corner()
        view = self.proof.presenter
        self.back_key.setVisible(view is not None and view.can_go_back())
        self.stop_key.setVisible(view is not None and view.state != "done")
        self.ways_out.rearrange()
        if word:
            self.corner.setText(word)
            self.corner.set_icon("check")
        elif self._proof_done():
            self.corner.setText(tr("다 됐어요"))
            self.corner.set_icon("check")
        else:
            self.corner.setText(tr("판매로 돌아가기"))
            self.corner.set_icon("left")
        self.refresh_side()

    def _show(self, rows: list[PrinterRow], off: str) -> None:
        empty_layout(self.list.column)
        if not rows:
            nothing = Empty(
                "printer",
                tr("아직 인쇄기가 없어요"),
                tr("전원을 켜고 선을 이은 다음 찾아 봐요. 인쇄기 없이도 팔 수 있어요."),
                tr("인쇄기 찾기") if self.metrics.one_pane else "",
                "search",
                "no_printer",
            )
            nothing.pressed.connect(self._search)
            self.list.column.addWidget(nothing)
        else:
            card = Card()
            column = QVBoxLayout(card)
            column.setContentsMargins(20, 8, 20, 8)
            for at, row in enumerate(rows):
                if at:
                    column.addWidget(Divider())
                column.addWidget(self._row(at, row, off))
            self.list.column.addWidget(card)
        self.list.column.addStretch(1)

    def _row(self, at: int, row: PrinterRow, off: str) -> QWidget:
        box = QWidget()
        box.setAccessibleName(f"{row.title}, {row.word}, {row.detail}")
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(Picture("printer", 30))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(row.title, "name", True))
        words.addWidget(Words(row.detail, "body", ink="ink2"))
        line.addLayout(words, 1)
        line.addWidget(Badge(row.word, "bad" if row.level == "red" else "ok"))
        column.addLayout(line)
        acts: list[tuple[str, str, str, Callable[[], object], str]] = [
            ("test", tr("시험 인쇄"), "printer", lambda: self._test(row), ""),
            ("proof", tr("점검표로 맞추기"), "check", lambda: self._prove(row.uri, row.name), off),
            ("remove", tr("빼기"), "trash", lambda: self._remove(row), off),
        ]
        if row.name:
            acts.insert(2, ("rename", tr("이름 바꾸기"), "edit", lambda: self._rename(row), off))
        keys = []
        for name, word, icon, act, why in acts:
            key = Key(word, icon, "plain", f"printer_{name}_{at}", spoken=f"{row.title}: {word}")
            key.set_off(why or None)
            key.refused.connect(lambda reason: self.desk.say(reason, icon="info"))
            key.clicked.connect(lambda _checked=False, act=act: self._try(act))
            keys.append(key)
        column.addWidget(KeyFlow(keys))
        return box

    # acting

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:
            self.desk.trouble(error)
        self.refresh()

    def _search(self) -> None:
        if self.metrics.one_pane and not self._side_open:
            self.toggle_side()
        if self.finder.look.isVisible():
            self.finder.look.setFocus()
        self.finder.look.click()

    def _test(self, row: PrinterRow) -> None:
        self.presenter.test(row.name)
        self.desk.say(tr("시험 인쇄를 보냈어요"))

    def _remove(self, row: PrinterRow) -> None:
        uri = self.presenter.remove(row.name)
        self.desk.say(
            tr("{name} 뺐어요", name=row.title),
            lambda: self._try(lambda: self.presenter.put_back(row.name, uri)),
        )

    def _rename(self, row: PrinterRow) -> None:
        self.desk.ask_text(
            tr("이름 바꾸기"),
            tr("‘라벨’처럼 짧게 적어요."),
            tr("이 이름으로"),
            lambda new: self._try(lambda: self.presenter.rename(row.name, new)),
            row.name,
        )

    def _chosen(self, uri: str) -> None:
        """Found or typed: where is it for, when there is one for receipts already?"""
        if not self.presenter.has_receipts():
            self._prove(uri, "")
            return
        label = self._free_name()
        choices = (
            ("", tr("영수증 인쇄기로 (지금 것 대신)")),
            (label, tr("{name} 인쇄기로 더하기", name=label)),
        )
        ask_choice(self, tr("어디에 쓸 인쇄기인가요?"), choices, "-", lambda name: self._prove(uri, name), 1)

    def _free_name(self) -> str:
        taken = {row.name for row in self.presenter.rows()}
        names = (tr("라벨"), *(tr("라벨 {number}", number=number) for number in range(2, 99)))
        return next(name for name in names if name not in taken)

    def _prove(self, uri: str, name: str) -> None:
        if self._side_open:
            self.toggle_side()
        if self.proof.begin(uri, name):
            self.refresh()
            self.focus_first()

    def _end_proof(self) -> None:
        self.proof.end()
        self._seen = None
        self.refresh()
        self.focus_first()
