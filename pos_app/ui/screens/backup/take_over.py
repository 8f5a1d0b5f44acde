"""Carries on the register of a machine that is gone: choose, look, take over, sell."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens.backup.taking import Candidate, TakingPresenter
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller
from pos_app.ui.widgets.empty import Empty
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.pick_list import PickList
from pos_app.ui.widgets.steps import Steps
from pos_app.ui.widgets.words import Words


class TakeOverScreen(Screen):
    """이어받기."""

    name = "take_over"
    panel_lead = 420

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = TakingPresenter(desk.house)
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("다른 계산대 이어받기"), "title", True, name="take_over_title"))
        words = (tr("고르기"), tr("이어받기"), tr("팔기"))
        self.steps = Steps(words, 0, "take_over_steps")
        column.addWidget(self.steps)
        self.list = PickList("take_over_list", tr("이어받을 계산대"))
        self.list.picked.connect(self._pick)
        column.addWidget(self.list, 1)
        self.nothing = Empty(
            "disk", tr("이어받을 계산대를 찾지 못했어요"),
            tr("그 컴퓨터의 사본이 든 USB를 꽂고 다시 찾아요. 꾸러미를 먼저 읽어도 돼요."),
            tr("다시 찾기"), "search", name="take_over_nothing",
        )  # fmt: skip
        self.nothing.pressed.connect(self.enter)
        column.addWidget(self.nothing, 1)
        self._build_panel()
        self.corner.refused.connect(lambda reason: self.desk.say(reason, icon="info"))

    def _build_panel(self) -> None:
        scroller = Scroller("take_over_panel", gap=12)
        self.column(self.panel_body, 0, 16).addWidget(scroller)
        panel = scroller.column
        self.notice = Notice("", "info", name="take_over_notice")
        self.which = Words("", "name", True, name="take_over_which")
        self.detail = Words("", "body", ink="ink2", name="take_over_detail")
        self.file = Key(tr("사본 파일 고르기"), "search", "plain", "take_over_file")
        self.file.clicked.connect(self._choose_file)
        self.again = Key(tr("다시 찾기"), "disk", "plain", "take_over_again")
        self.again.clicked.connect(self.enter)
        for part in (self.which, self.detail, self.notice, self.file, self.again):
            panel.addWidget(part)
        panel.addStretch(1)

    def enter(self) -> None:
        """Look beside the window."""
        self.presenter.done = None
        self.refresh()
        self.desk.run(self.presenter.load, self._take)

    def _take(self, found: list[Candidate]) -> None:
        self.presenter.found, self.presenter.chosen = found, 0 if len(found) == 1 else -1
        self.refresh()

    def refresh(self) -> None:
        """Show where we are."""
        view, done = self.presenter, self.presenter.done is not None
        self.steps.set_now(2 if done else 1 if view.candidate else 0)
        rows = view.rows()
        self.list.set_rows(rows, str(view.chosen))
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        chosen = view.candidate
        self.which.setText(chosen.title if chosen else tr("어느 계산대를 이어받을까요?"))
        self.detail.setText(chosen.caption if chosen else tr("왼쪽에서 골라요."))
        if done:
            title, sentence = view.told()
            self.notice.set(sentence, "ok", title)
        else:
            sentence = tr(
                "앞의 컴퓨터가 아직 켜지면 먼저 꺼요. 나중에 돌아와도 판매는 둘 다 남고 번호는 겹치지 않아요."
            )
            self.notice.set(sentence, "info")
        for key in (self.file, self.again):
            key.setVisible(not done)
        self.corner.setText(tr("판매 시작") if done else tr("이 계산대 이어받기"))
        self.corner.set_icon("right" if done else "register")
        self.corner.set_off(None if done else view.off_reason() or None)
        self.refresh_side()

    def first_focus(self) -> QWidget | None:
        """The list, or the corner key."""
        return self.list if self.presenter.found else self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("계산대") if opened else tr("자세히")

    def press_corner(self) -> None:
        """Take over, or begin to sell."""
        if self.presenter.done is not None:
            self.desk.day_opened()
            return
        reason = self.presenter.off_reason()
        if reason:
            self.desk.say(reason, icon="info")
            return
        candidate = self.presenter.candidate
        self.desk.ask(
            tr("{which} 이어받을까요?", which=candidate.title if candidate else ""),
            tr("이 컴퓨터가 그 계산대가 돼요. 지금까지 판 것과 준비금을 이어서 써요."),
            tr("그대로 두기"),
            tr("이어받기"),
            lambda: self.desk.allowed(self._go_on, Action.SETTINGS),
        )

    def _go_on(self, override: Override | None) -> None:
        self.notice.set(tr("기록을 옮기는 중이에요. 조금만 기다려요."), "info")
        self.corner.set_off(tr("기록을 옮기는 중이에요. 조금만 기다려요."))
        self.desk.run(lambda: self._attempt(override), self._done)

    def _attempt(self, override: Override | None) -> Any:
        try:
            return self.presenter.take(override)
        except Exception as error:  # told on the main thread; the screen must come alive again
            return error

    def _done(self, done: Any) -> None:
        if isinstance(done, Exception):
            self.refresh()
            self.desk.trouble(done)
            return
        self.presenter.done = done
        self.refresh()
        self.desk.say(self.presenter.told()[0])  # in one pane the panel may be out of sight
        self.corner.setFocus()

    def step_back(self) -> bool:
        """On a machine without a market day back to its first questions; there is no sale to go to."""
        if super().step_back():
            return True
        if self.desk.house.days.current() is None:
            self.desk.go("first_run")
            return True
        return False

    def _pick(self, key: str) -> None:
        self.presenter.pick(key)
        self.refresh()

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("사본 파일 고르기"), str(Path.home()))
        if path:
            self.add(Path(path))

    def add(self, path: Path) -> None:
        """A copy that lies somewhere else."""
        self.desk.run(lambda: self.presenter.add(path), lambda _: self.refresh())
