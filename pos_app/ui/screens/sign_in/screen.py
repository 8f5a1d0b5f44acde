"""Shows who is there, as keys, and the PIN at the right; the last digit enters."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.texts import language, tr
from pos_app.ui.background import run_task
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.frame import Screen
from pos_app.ui.screens.parts import CENTRE, LEFT, Scroller, empty_layout, keep_focus
from pos_app.ui.screens.sign_in.presenter import SignInPresenter
from pos_app.ui.screens.views import Session
from pos_app.ui.widgets.keypad import Keypad
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.pin_dots import PinDots
from pos_app.ui.widgets.words import Words


class SignInScreen(Screen):
    """No corner key: the last digit enters."""

    name = "sign_in"
    panel_lead = 480
    has_corner = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = SignInPresenter(desk.house)
        self._people: dict[str, Key] = {}
        self._busy = False
        self._build_work()
        self._build_panel()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._show_lock)

    def _build_work(self) -> None:
        column = QVBoxLayout(self.work)
        self.work_column = column
        column.setSpacing(12)
        self.small = Words("", "body", ink="ink2", name="market_small")
        self.market = Words("", "market", True, name="market_name")
        column.addWidget(self.small)
        column.addWidget(self.market)
        column.addSpacing(8)
        column.addWidget(Words(tr("누구신가요?"), "key_big", True))
        self.scroller = Scroller("people")
        holder = QWidget()
        self.people = QGridLayout(holder)
        self.people.setContentsMargins(0, 0, 0, 0)
        self.people.setSpacing(12)
        self.scroller.column.addWidget(holder)
        self.scroller.column.addStretch(1)
        column.addWidget(self.scroller, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QBoxLayout:
        """The practice key beside the others, above them where it is narrow."""
        self.foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.foot.setSpacing(12)
        practice = Key(tr("연습 모드로 들어가기"), "info", "plain", "practice")
        practice.set_off(None if self.desk.can_practise() else tr("여기서는 연습을 열 수 없어요."))
        practice.clicked.connect(self.desk.start_practice)
        big = Key(tr("큰 글씨"), None, "plain", "big_type")
        big.clicked.connect(self._bigger)
        sun = Key(tr("햇빛 화면"), "sun", "plain", "daylight")
        sun.clicked.connect(self._daylight)
        tongue = Key("English" if language() == "ko" else "한국어", None, "plain", "language")
        tongue.clicked.connect(self._language)
        look = QHBoxLayout()
        look.setSpacing(12)
        for key in (big, sun):
            look.addWidget(key)
        look.addStretch(1)
        look.addWidget(tongue)
        self.foot.addWidget(practice)
        self.foot.addLayout(look, 1)
        return self.foot

    def _build_panel(self) -> None:
        column = self.column(self.panel_body, 16, 32)
        column.setContentsMargins(32, 24, 32, 24)
        self.prompt = Words("", "title", True, align=CENTRE, name="pin_prompt")
        self.dots = PinDots(4, "pin")
        self.error = Notice("", "bad", name="pin_error")
        self.error.hide()
        self.unlock = Key(tr("담당자 PIN으로 풀기"), "lock", "plain", "pin_unlock")
        self.unlock.clicked.connect(self._ask_unlock)
        self.unlock.hide()
        self.pad = Keypad("pin")
        keep_focus(self.pad)
        self.pad.digit.connect(self._digit)
        self.pad.backspace.connect(self._backspace)
        self.pad.clear.connect(self._clear)
        self.forgot = Words(
            tr("잊으셨나요? 장터 담당자가 새로 정해 줄 수 있어요."), "body", ink="ink2", align=CENTRE
        )
        column.addWidget(self.prompt)
        column.addWidget(self.dots, 0, CENTRE)
        column.addWidget(self.error)
        column.addWidget(self.unlock)
        column.addWidget(self.pad, 1)
        column.addWidget(self.forgot)

    # life

    def enter(self) -> None:
        """The names; the last one is chosen."""
        self.presenter.load()
        small, market = self.presenter.headline()
        self.small.setText(market)
        self.market.setText(small)
        self._show_people()
        self._show_pin()
        self._clock.start()

    def leave(self) -> None:
        """No ticking behind the scenes."""
        self._clock.stop()
        self.presenter.clear()

    def first_focus(self) -> QWidget | None:
        """The last operator's name."""
        return self._people.get(self.presenter.chosen)

    def arrange(self) -> None:
        """Margins and columns by the width."""
        pad = 40 if self.work.width() >= 700 else self.metrics.padding
        self.work_column.setContentsMargins(pad, 28 if pad == 40 else 12, pad, 24 if pad == 40 else 12)
        beside = self.work.width() >= self.metrics.px(640)
        ways = QBoxLayout.Direction
        self.foot.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        if self.presenter.people and self._columns() != self._shown_columns:
            self._show_people()

    _shown_columns = 0

    def _columns(self) -> int:
        return 2 if self.work.width() >= self.metrics.px(640) else 1

    def _lay_one_pane(self) -> None:
        self._side_open = self._side_open and bool(self.presenter.chosen)
        super()._lay_one_pane()

    def side_words(self, opened: bool) -> str:
        """No side key: a name opens the pad, Esc goes back."""
        return ""

    # showing

    def _show_people(self) -> None:
        empty_layout(self.people)
        self._people = {}
        self._shown_columns = self._columns()
        for at, person in enumerate(self.presenter.people):
            role = wording.role_word(person.role)
            spoken = tr("담당 {name}, {role}", name=person.name, role=role)
            key = Key(person.name, "person", "name", f"person_{at}", spoken=spoken, detail=role, align=LEFT)
            key.set_chosen(person.id == self.presenter.chosen)
            key.clicked.connect(lambda _checked=False, id=person.id: self._choose(id))
            self.people.addWidget(key, at // self._shown_columns, at % self._shown_columns)
            self._people[person.id] = key
        for column in range(self._shown_columns):
            self.people.setColumnStretch(column, 1)

    def _choose(self, operator_id: str) -> None:
        self.presenter.choose(operator_id)
        for id, key in self._people.items():
            key.set_chosen(id == operator_id)
        self.error.hide()
        self._show_pin()
        if self.metrics.one_pane and not self._side_open:
            self.toggle_side()

    def _show_pin(self) -> None:
        self.prompt.setText(self.presenter.prompt())
        self.dots.set(len(self.presenter.pin), self.presenter.length())
        self._show_lock()

    def _show_lock(self) -> None:
        words = self.presenter.locked_words()
        if words:
            self.error.set(words, "bad", icon="lock")
            self.error.show()
        elif self.unlock.isVisibleTo(self):
            self.error.hide()  # the wait is over
        if not words and self.unlock.hasFocus():
            self.focus_first()  # a key that goes must not take the focus along
        self.unlock.setVisible(bool(words))
        self.forgot.setVisible(not words)

    def _ask_unlock(self) -> None:
        words = tr("PIN을 여러 번 틀려서 잠겼어요. 담당자가 풀 수 있어요.")
        self.desk.ask_pin(Action.EDIT_OPERATORS, words, self._unlocked)

    def _unlocked(self, override: Override) -> None:
        try:
            said = self.presenter.unlock(override)
        except Exception as error:
            self.desk.trouble(error)
            return
        self.error.hide()
        self._show_pin()
        self.focus_first()
        self.desk.say(said)

    # the PIN

    def _digit(self, text: str) -> None:
        if self._busy or not self.presenter.chosen:
            return
        self.error.hide()
        complete = self.presenter.digit(text)
        self._show_pin()
        if complete:
            self._busy = True
            run_task(self.presenter.check, self._in, self._out)

    def _backspace(self) -> None:
        self.presenter.backspace()
        self._show_pin()

    def _clear(self) -> None:
        self.presenter.clear()
        self._show_pin()

    def _in(self, session: Session) -> None:
        self._busy = False
        self.presenter.accept(session)
        self.desk.signed_in()

    def _out(self, error: Exception) -> None:
        self._busy = False
        self.presenter.clear()
        self.presenter.load()
        self._show_pin()
        if isinstance(error, DomainError):
            if not self.presenter.locked_words():  # how long is shown already, and told every second
                self.error.set(self.desk.sentence(error), "bad")
                self.error.show()
        else:
            self.desk.trouble(error)

    def press_key(self, event: QKeyEvent) -> bool:
        """Digits go to the PIN wherever the focus is."""
        return self.pad.type_key(event)

    # look

    def _set(self, name: str, value: str) -> None:
        self.desk.house.settings.set(name, value)
        self.desk.apply_setting(name, value)

    def _bigger(self) -> None:
        sizes = ("100", "125", "150", "200")
        now = self.desk.house.settings.get("type_scale") or "100"
        self._set("type_scale", sizes[(sizes.index(now) + 1) % len(sizes)] if now in sizes else "125")

    def _daylight(self) -> None:
        self._set("theme", "light" if self.theme.dark else "daylight")

    def _language(self) -> None:
        self._set("language", "en" if language() == "ko" else "ko")

    def scanned(self, text: str) -> None:
        """Nothing is sold before somebody is there."""
