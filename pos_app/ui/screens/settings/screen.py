"""Shows the settings: search on top, groups, one setting a row, changed at once."""

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, pin_min
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import Scroller, empty_layout
from pos_app.ui.screens.registry import SCREENS
from pos_app.ui.screens.settings.controls import Sample, SettingRow, only_coordinator
from pos_app.ui.screens.settings.people import PeopleList
from pos_app.ui.screens.settings.pins import PinsDialog
from pos_app.ui.screens.settings.presenter import SettingsPresenter
from pos_app.ui.screens.settings.rows import Row
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.empty import Empty
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
        self._room = 0
        pad = self.metrics.padding
        column = QVBoxLayout(self.work)
        column.setContentsMargins(pad, 16, pad, 12)
        column.setSpacing(12)
        self.search = Field("settings_search", tr("설정 찾기"), tr("설정 찾기"), icon="search")
        self.search.changed.connect(self._search)
        self.groups = ChoiceFlow(self.theme, "settings_group", tr("묶음"), self.presenter.groups())
        self.groups.picked.connect(self._group)
        self.scroller = Scroller("settings_list")
        self.nothing = Empty(
            "search", tr("맞는 설정이 없어요"), tr("다른 말이나 초성으로 찾아봐요."), name="no_settings"
        )
        self.nothing.hide()
        for part in (self.search, self.groups):
            column.addWidget(part)
        column.addWidget(self.scroller, 1)
        column.addWidget(self.nothing, 1)
        self._build_panel()

    def _build_panel(self) -> None:
        panel = self.column(self.panel_body, 12, 16)
        panel.addWidget(Words(tr("설정"), "number", True, name="settings_title"))
        self.told = Notice("", "info", name="settings_told")
        self.sample = Sample()
        self.unlock = Key(tr("담당자 PIN으로 바꾸기"), "lock", "plain", "settings_unlock")
        self.unlock.clicked.connect(self._ask_right)
        self.test = Key(tr("시험 인쇄"), "printer", "plain", "printer_test")
        self.test.clicked.connect(self._test)
        panel.addWidget(self.told)
        panel.addWidget(self.sample)
        panel.addStretch(1)
        panel.addWidget(self.unlock)
        panel.addWidget(self.test)
        self.corner.setText(tr("판매로 돌아가기"))
        self.corner.set_icon("left")

    # life

    def enter(self) -> None:
        """The rows anew; a right that was lent before is gone, a search is over."""
        before = self.presenter
        if self.search.text():
            with QSignalBlocker(self.search.edit):
                self.search.edit.clear()
            self.search.restyle()
        self.presenter = SettingsPresenter(self.desk.house)
        self.presenter.group = before.group
        self.presenter.before = before.before
        self._show()

    def leave(self) -> None:
        """A right is lent for one visit."""
        self.presenter.lent = None

    def step_back(self) -> bool:
        """Esc ends a search first."""
        if self.search.text():
            self.search.edit.clear()
            return True
        return super().step_back()

    def first_focus(self) -> QWidget | None:
        """The search."""
        return self.search.edit

    def arrange(self) -> None:
        """Other widths, other rows."""
        if self._room and self._room != self._width():
            QTimer.singleShot(0, self, self._show)

    def _width(self) -> int:
        return self.work.width() - 2 * self.metrics.padding - 40

    def side_words(self, opened: bool) -> str:
        """In one pane."""
        return tr("설정") if opened else tr("안내")

    def press_corner(self) -> None:
        """Back to the sale."""
        self.desk.home()

    def undo(self) -> bool:
        """Ctrl+Z takes the last change back."""
        return self._undo()

    # showing

    def _search(self, text: str) -> None:
        self.presenter.query = text
        self._show()

    def _group(self, name: str) -> None:
        self.presenter.group = name
        if self.search.text():
            self.search.edit.clear()  # shows anew
        else:
            self._show()
        self.scroller.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        view = self.presenter
        self._room = self._width()
        searching = bool(view.query.strip())
        self.groups.choose("" if searching else view.group)
        empty_layout(self.scroller.column)
        rows = [row for row in view.rows() if _reachable(row)]
        words = dict(view.groups())
        group, card_column = "", None
        for row in rows:
            if row.group != group or card_column is None:
                group = row.group
                if searching:
                    self.scroller.column.addWidget(Words(words[group], "key_big", True))
                card_column = self._card()
            else:
                card_column.addWidget(Divider())
            card_column.addWidget(self._row(row))
        self.scroller.column.addStretch(1)
        self.scroller.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._show_panel()

    def _card(self) -> QVBoxLayout:
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 8, 20, 8)
        self.scroller.column.addWidget(card)
        return column

    def _show_panel(self) -> None:
        locked = self.presenter.locked()
        lent = self.presenter.lent
        if lent is not None:
            self.told.set(
                tr("{name} 님이 허락했어요. 이 화면을 나가면 다시 잠겨요.", name=lent.allowed_by), "ok"
            )
        elif locked:
            self.told.set(only_coordinator(), "info", icon="lock")
        else:
            self.told.set(tr("바꾸면 바로 되고, 되돌릴 수 있어요."), "info")
        self.unlock.setVisible(locked)
        self.sample.setVisible(self.presenter.group == "look" and not self.metrics.one_pane)

    def _row(self, row: Row) -> QWidget:
        if row.name == "people":
            people = PeopleList(self.desk, self._room)
            return people
        made = SettingRow(self.theme, self.presenter, row, self._room)
        made.changed.connect(lambda value: self._set(row, value, made))
        made.opened.connect(lambda: self._open(row))
        made.refused.connect(self._ask_right)
        return made

    # acting

    def _set(self, row: Row, value: str, shown: SettingRow | None = None) -> None:
        try:
            said = self.presenter.set(row, value)
        except DomainError as error:
            if shown is None or not shown.show_error(self.desk.sentence(error)):
                self.desk.trouble(error)
                self._show()
            return
        except Exception as error:
            self.desk.trouble(error)
            return
        if said:
            self.desk.apply_setting(row.name, value)
            desk, before = self.desk, self.presenter.before
            desk.once_dressed(lambda: desk.say(said, lambda: _undo_at(desk, before)))

    def _undo(self) -> bool:
        back = self.presenter.undo()
        if back is None:
            return False
        self.desk.apply_setting(*back)
        self._show()
        return True

    def _open(self, row: Row) -> None:
        if row.go == "own_pin":
            self._own_pin()
            return
        self.desk.go(row.go)

    def _ask_right(self) -> None:
        self.desk.ask_pin(Action.SETTINGS, only_coordinator(), self._lent)

    def _lent(self, override: Override) -> None:
        self.presenter.lent = override
        self._show()

    def _own_pin(self) -> None:
        session = self.desk.house.session
        if session is None or not session.operator_id:
            self.desk.say(tr("지금은 PIN 없이 쓰고 있어요. 사람을 먼저 더해요."), icon="info")
            return
        dialog = PinsDialog(self.window(), tr("내 PIN 바꾸기"), pin_min(session.role), old=True)
        staff = self.desk.house.staff
        dialog.given.connect(
            lambda old, new: self.desk.run(
                lambda: staff.own_pin(old, new), lambda _done: self.desk.say(tr("PIN을 바꿨어요"))
            )
        )
        self.desk.open_dialog(dialog)

    def _test(self) -> None:
        try:
            self.desk.house.papers.test()
        except Exception as error:
            self.desk.trouble(error)
            return
        self.desk.say(tr("시험 인쇄를 보냈어요"))


def _reachable(row: Row) -> bool:
    """A row that only opens a screen wants that screen to be there."""
    return not row.go or row.go == "own_pin" or row.go in SCREENS


def _undo_at(desk: Desk, before: tuple[str, str] | None) -> None:
    """Undo on the settings screen that stands now: a change of type or language made it anew."""
    screen = desk.go("settings")
    if isinstance(screen, SettingsScreen):
        screen.presenter.before = before
        screen._undo()
