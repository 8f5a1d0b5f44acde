"""Questions about people: a new person, a new PIN."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import PIN_MAX, Role, pin_min, pin_problem
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key


def _problem(pin: str, role: Role) -> str:
    code = pin_problem(pin, role)
    return sentence(DomainError(code, min_digits=pin_min(role), max_digits=PIN_MAX)) if code else ""


class PinsDialog(Dialog):
    """A new PIN, typed twice; with `old` also the one that holds now. `given(old, new)`."""

    given = Signal(str, str)

    def __init__(self, window: QWidget, title: str, least: int, old: bool) -> None:
        words = tr("숫자 {least}자리부터 {most}자리까지 쓸 수 있어요.", least=least, most=PIN_MAX)
        super().__init__(window, title, words, "pins_dialog", 520)
        self._role = Role.COORDINATOR if least > pin_min(Role.CASHIER) else Role.CASHIER
        self.old = Field("pins_old", tr("지금 PIN"), tr("지금 PIN"), secret=True) if old else None
        self.new = Field("pins_new", tr("새 PIN"), tr("새 PIN"), secret=True)
        self.again = Field("pins_again", tr("새 PIN 한 번 더"), tr("새 PIN 한 번 더"), secret=True)
        for field in (self.old, self.new, self.again):
            if field is not None:
                field.entered.connect(self._give)
                self.body.addWidget(field)
        self.first = (self.old or self.new).edit
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "pins_safe"))
        keep.clicked.connect(self.leave)
        act = self.add_key(Key(tr("이 PIN으로 바꾸기"), "lock", "primary", "pins_act"))
        act.clicked.connect(self._give)

    def _give(self) -> None:
        problem = _problem(self.new.text(), self._role)
        self.new.set_error(problem or None)
        differs = self.new.text() != self.again.text()
        self.again.set_error(tr("두 번 적은 PIN이 달라요. 다시 적어요.") if differs and not problem else None)
        if self.old is not None:
            self.old.set_error(None if self.old.text() else tr("지금 PIN을 넣어요."))
        if problem or differs or (self.old is not None and not self.old.text()):
            self.place()
            return
        self.shut()
        self.given.emit(self.old.text() if self.old is not None else "", self.new.text())


class PersonDialog(Dialog):
    """A new person: name, role, PIN. `given(name, role, pin)`."""

    given = Signal(str, str, str)

    def __init__(self, window: QWidget, role: Role) -> None:
        super().__init__(window, tr("누가 새로 일하나요?"), "", "person_dialog", 640)
        self.who = Field("person_name", tr("이름"), tr("이름"))
        self.first = self.who.edit
        roles = (Role.CASHIER, Role.VENDOR, Role.COORDINATOR, Role.OFFICE)
        choices = [(each.value, wording.role_word(each)) for each in roles]
        self.role = ChipRow("person_role", tr("역할"), choices, role.value, stretch=True)
        self.pin = Field("person_pin", "PIN", tr("PIN (담당자와 사무국은 6자리부터)"), secret=True)
        for part in (self.who, self.role, self.pin):
            self.body.addWidget(part)
        self.pin.entered.connect(self._give)
        keep = self.add_key(Key(tr("그대로 두기"), None, "plain", "person_safe"))
        keep.clicked.connect(self.leave)
        act = self.add_key(Key(tr("이 사람 더하기"), "person", "primary", "person_act"))
        act.clicked.connect(self._give)

    def _give(self) -> None:
        role = Role(self.role.chosen())
        problem = _problem(self.pin.text(), role)
        name = self.who.text().strip()
        self.who.set_error(None if name else tr("이름을 적어요."))
        self.pin.set_error(problem or None)
        if problem or not name:
            self.place()
            return
        self.shut()
        self.given.emit(name, role.value, self.pin.text())
