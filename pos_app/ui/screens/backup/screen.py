"""Shows the copies of this till's store: where they lie, how old they are; makes one now."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens.asking import ask_choice
from pos_app.ui.screens.backup.presenter import ELSEWHERE, BackupPresenter
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.table import Table
from pos_app.ui.widgets.words import Words


class BackupScreen(Screen):
    """사본."""

    name = "backup"
    panel_lead = 400

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = BackupPresenter(desk.house)
        self._act = ""
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("사본"), "title", True, name="backup_title"))
        self.notice = Notice("", "info", name="backup_state")
        self.notice.set_key_below()
        self.notice.pressed.connect(self._press)
        column.addWidget(self.notice)
        heads = (tr("만든 때"), tr("어디에"), tr("무엇이"))
        self.table = Table("backup_copies", tr("있는 사본"), heads, (), 1)
        self.nothing = Empty(
            "disk", tr("아직 사본이 없어요"), tr("지금 만들면 여기에 나와요."), name="no_copies"
        )
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing, 1)
        self._build_panel()
        self.corner.setText(tr("지금 사본 만들기"))
        self.corner.set_icon("disk")

    def _build_panel(self) -> None:
        scroller = Scroller("backup_panel", gap=12)
        self.column(self.panel_body, 0, 16).addWidget(scroller)
        panel = scroller.column
        panel.addWidget(Words(tr("사본 둘 곳"), "key_big", True))
        self.place = Words("", "body", ink="ink2", name="backup_place")
        panel.addWidget(self.place)
        keys = (
            (tr("사본 둘 곳 바꾸기"), "disk", "backup_choose", self._choose),
            (tr("사본에서 되찾기"), "recall", "backup_file", self._choose_file),
            (tr("다른 계산대 이어받기"), "register", "backup_take_over", lambda: self.desk.go("take_over")),
            (tr("점검하기"), "info", "backup_doctor", lambda: self.desk.go("doctor")),
        )
        for word, icon, name, act in keys:
            key = Key(word, icon, "plain", name)
            key.clicked.connect(act)
            panel.addWidget(key)
        panel.addWidget(
            Words(
                tr("장부가 상하면 창을 열 때 사본에서 되살릴지 물어봐요. 그때까지 판 것은 사라지지 않아요."),
                "caption", ink="ink2",
            )
        )  # fmt: skip
        panel.addStretch(1)

    def enter(self) -> None:
        """Look beside the window."""
        self.refresh()
        self.desk.run(self.presenter.load, self._take)

    def _take(self, read: tuple[Any, list[Any]]) -> None:
        self.presenter.take(read)
        self.refresh()

    def refresh(self) -> None:
        """Show what was read."""
        told = self.presenter.told()
        self._act = told.act
        self.notice.set(told.sentence, told.kind, told.title, told.act_word)
        rows = self.presenter.rows()
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.place.setText(self.presenter.place_words())

    def first_focus(self) -> QWidget | None:
        """The corner key."""
        return self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("사본") if opened else tr("사본 둘 곳")

    def press_corner(self) -> None:
        """Copy now."""
        self.notice.set(
            tr("만들고 읽어 보는 중이에요. 그동안 그대로 팔아도 돼요."), "info", tr("사본을 만들어요")
        )
        self.desk.run(self.presenter.run, self._said)

    def _said(self, words: str) -> None:
        self.desk.say(words)
        self.enter()

    def _press(self) -> None:
        acts = {"choose": self._choose, "run": self.press_corner, "bring_in": self._bring_in}
        if self._act in acts:
            acts[self._act]()

    def _bring_in(self) -> None:
        self.desk.allowed(
            lambda override: self.desk.run(lambda: self.presenter.bring_in(override), self._said),
            Action.SETTINGS,
        )

    def _choose_file(self) -> None:
        start = self.presenter.newest_folder() or str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self, tr("어느 사본에서 되찾을까요?"), start)
        if path:
            self.look_into(Path(path))

    def look_into(self, path: Path) -> None:
        """Hold a copy against the books; ask before anything is taken."""
        self.desk.run(lambda: self.presenter.look(path), lambda offer: self._offered(path, offer))

    def _offered(self, path: Path, offer: Any) -> None:
        if offer.other_machine and not self.presenter.known(offer):
            self.desk.say(tr("다른 컴퓨터의 사본이에요. 이어받기에서 골라요."), icon="info")
            return
        if not offer.missing:
            self.desk.say(tr("이 사본의 기록은 모두 여기에 있어요"), icon="check")
            return
        self.desk.ask(
            tr("빠진 기록 {count:,}개를 되찾을까요?", count=offer.missing),
            tr("사본에만 있는 기록을 장부에 더해요. 지금 기록은 그대로 있어요."),
            tr("그대로 두기"),
            tr("되찾기"),
            lambda: self.desk.allowed(lambda override: self._take_from(path, override), Action.SETTINGS),
        )

    def _take_from(self, path: Path, override: Override | None) -> None:
        self.desk.run(lambda: self.presenter.take_from(path, override), self._said)

    def _choose(self) -> None:
        chosen = self.desk.house.settings.get("backup_place")
        ask_choice(self, tr("사본을 어디에 둘까요?"), self.presenter.choices(), chosen, self._chosen, 1)

    def _chosen(self, place: str) -> None:
        if place == ELSEWHERE:
            place = QFileDialog.getExistingDirectory(self, tr("사본을 어디에 둘까요?"), str(Path.home()))
            if not place:
                return
        self.desk.allowed(lambda override: self._put(place, override), Action.SETTINGS)

    def _put(self, place: str, override: Override | None) -> None:
        said = self.presenter.choose(place, override)
        self.desk.say(said)
        self.press_corner()
