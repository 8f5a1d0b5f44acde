"""Shows the settings: one a row, changed at once."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.screens.settings.presenter import Row, SettingsPresenter
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.words import Words


class SettingsScreen(Screen):
    """설정."""

    name = "settings"
    panel_lead = 340

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = SettingsPresenter(desk.house)
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        self.search = Field("settings_search", tr("설정 찾기"), tr("설정 찾기"), icon="search")
        self.search.changed.connect(self._search)
        column.addWidget(self.search)
        self.scroller = Scroller("settings_list")
        column.addWidget(self.scroller, 1)
        panel = self.column(self.panel_body, 12, 16)
        panel.addWidget(Words(tr("설정"), "number", True, name="settings_title"))
        panel.addWidget(Notice(tr("바꾸면 바로 되고, 되돌릴 수 있어요."), "info"))
        panel.addStretch(1)
        self.test = Key(tr("시험 인쇄"), "printer", "plain", "printer_test")
        self.test.clicked.connect(self._test)
        panel.addWidget(self.test)
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")

    def enter(self) -> None:
        """The rows anew."""
        self.presenter = SettingsPresenter(self.desk.house)
        self.presenter.query = self.search.text()
        self._show()

    def first_focus(self) -> QWidget | None:
        """The search."""
        return self.search.edit

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("설정") if opened else tr("시험 인쇄")

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()

    def _search(self, text: str) -> None:
        self.presenter.query = text
        self._show()

    def _show(self) -> None:
        empty_layout(self.scroller.column)
        group = ""
        card_column: QVBoxLayout | None = None
        for row in self.presenter.rows():
            if row.group != group or card_column is None:
                group = row.group
                self.scroller.column.addWidget(Words(group, "key_big", True))
                card = Card()
                card_column = QVBoxLayout(card)
                card_column.setContentsMargins(20, 8, 20, 8)
                self.scroller.column.addWidget(card)
            else:
                card_column.addWidget(Divider())
            card_column.addWidget(self._row(row))
        self.scroller.column.addStretch(1)

    def _row(self, row: Row) -> QWidget:
        box = QWidget()
        wide = self.work.width() >= self.metrics.px(820)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        line = QBoxLayout(direction, box)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(row.title, "body", True))
        mine = self.presenter.may_change(row)
        sentence = row.sentence if mine else tr("담당자만 바꿀 수 있어요")
        words.addWidget(Words(sentence, "caption", ink="ink2"))
        line.addLayout(words, 1)
        line.addWidget(self._control(row, mine), 0 if row.choices else 1)
        return box

    def _control(self, row: Row, mine: bool) -> QWidget:
        value = self.presenter.value(row)
        if row.choices:
            chips = ChipRow(f"setting_{row.name}", row.title, row.choices, value)
            for key in chips.keys().values():
                key.set_off(None if mine else tr("담당자만 바꿀 수 있어요"))
            chips.picked.connect(lambda chosen: self._set(row, chosen))
            return chips
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        field = Field(f"setting_{row.name}", row.title)
        field.set_text(value)
        field.edit.setReadOnly(not mine)
        field.entered.connect(lambda: self._set(row, field.text().strip()))
        keep = Key(tr("저장하기"), None, "plain", f"setting_{row.name}_save", spoken=tr("{name} 저장하기", name=row.title))
        keep.set_off(None if mine else tr("담당자만 바꿀 수 있어요"))
        keep.clicked.connect(lambda: self._set(row, field.text().strip()))
        line.addWidget(field, 1)
        line.addWidget(keep)
        return holder

    def _set(self, row: Row, value: str) -> None:
        try:
            said = self.presenter.set(row, value)
        except Exception as error:
            self.desk.trouble(error)
            return
        if not said:
            return
        self.desk.apply_setting(row.name, value)
        QTimer.singleShot(0, lambda: self.desk.say(tr("{setting} 바꿨어요", setting=row.title), self._undo))

    def _undo(self) -> None:
        back = self.presenter.undo()
        if back is not None:
            self.desk.apply_setting(*back)
            self.desk.go("settings")

    def _test(self) -> None:
        try:
            self.desk.house.papers.test()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.say(tr("시험 인쇄를 보냈어요"))
