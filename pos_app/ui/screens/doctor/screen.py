"""Shows what the doctor found: rows with their state at the left, the whole and the bundle at the right."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.doctor.presenter import DoctorPresenter, Row
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.screens.registry import SCREENS
from pos_app.ui.widgets.badge import Badge
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Picture
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


class DoctorScreen(Screen):
    """점검."""

    name = "doctor"
    panel_lead = 380

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = DoctorPresenter(desk.house)
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        column.addWidget(Words(tr("점검"), "title", True, name="doctor_title"))
        self.left = Scroller("doctor_list")
        column.addWidget(self.left, 1)
        scroller = Scroller("doctor_panel", gap=12)
        self.column(self.panel_body, 0, 16).addWidget(scroller)
        panel = scroller.column
        self.notice = Notice("", "info", name="doctor_state")
        panel.addWidget(self.notice)
        self.bundle = Key(tr("점검 묶음 만들기"), "down", "plain", "doctor_bundle")
        self.bundle.clicked.connect(self._choose)
        self.copy = Key(tr("내용 복사"), "edit", "plain", "doctor_copy")
        self.copy.clicked.connect(self._copy)
        for part in (self.bundle, self.copy):
            panel.addWidget(part)
        words = tr(
            "점검 묶음에는 이름, 전화, PIN, 계좌, 판매 내용이 들어 있지 않아요. 도움을 청할 때 보내요."
        )
        panel.addWidget(Words(words, "caption", ink="ink2"))
        panel.addStretch(1)
        self.corner.setText(tr("다시 살펴보기"))
        self.corner.set_icon("search")

    def enter(self) -> None:
        """Look beside the window."""
        self.presenter.checks = []
        self.refresh()
        self.desk.run(self.presenter.load, self._take)

    def _take(self, checks: list[Any]) -> None:
        self.presenter.checks = checks
        self.refresh()

    def refresh(self) -> None:
        """Show what was found."""
        kind, title, sentence = self.presenter.told()
        self.notice.set(sentence, kind, title)
        empty_layout(self.left.column)
        card = Card("card", "doctor_rows")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 8, 20, 8)
        rows = self.presenter.rows()
        for at, row in enumerate(rows):
            if at:
                column.addWidget(Divider())
            column.addWidget(self._row(at, row))
        card.setVisible(bool(rows))
        self.left.column.addWidget(card)
        self.left.column.addStretch(1)
        ready = None if rows else tr("살펴보는 중이에요")
        self.bundle.set_off(ready)
        self.copy.set_off(ready)

    def _row(self, at: int, row: Row) -> QWidget:
        box = QWidget()
        box.setAccessibleName(f"{row.title}, {row.word}, {row.detail} {row.advice}".strip())
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(Picture(row.icon, 30))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(row.title, "name", True))
        words.addWidget(Words(row.detail, "body", ink="ink2"))
        if row.advice:
            words.addWidget(Words(row.advice, "body", True))
        line.addLayout(words, 1)
        line.addWidget(Badge(row.word, row.kind))
        column.addLayout(line)
        if row.go in SCREENS:
            spoken = f"{row.title}: {tr('고치러 가기')}"
            key = Key(tr("고치러 가기"), "right", "plain", f"doctor_go_{at}", spoken=spoken)
            key.clicked.connect(lambda: self.desk.go(row.go))
            if self.work.width() >= self.metrics.px(640):
                line.addWidget(key)
            else:
                column.addWidget(key)
        return box

    def first_focus(self) -> QWidget | None:
        """The corner key."""
        return self.corner

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("점검") if opened else tr("점검 묶음")

    def press_corner(self) -> None:
        """Look again."""
        self.enter()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.presenter.words())
        self.desk.say(tr("복사했어요"))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("어디에 저장할까요?"), str(Path.home()))
        if folder:
            self.save(Path(folder))

    def save(self, folder: Path) -> None:
        """Make the zip in the background."""
        self.desk.run(lambda: self.presenter.bundle(folder), self.desk.say)
