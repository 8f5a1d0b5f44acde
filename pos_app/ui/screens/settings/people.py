"""Shows who works here, one a row: role, a new PIN, rest."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pos_app.domain.operators import Action, Role, pin_min
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk
from pos_app.ui.screens.flow import ChoiceFlow
from pos_app.ui.screens.parts import empty_layout
from pos_app.ui.screens.settings.controls import only_coordinator
from pos_app.ui.screens.settings.pins import PersonDialog, PinsDialog
from pos_app.ui.screens.views import StaffView
from pos_app.ui.widgets.card import Divider
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

ROLES = (Role.CASHIER, Role.VENDOR, Role.COORDINATOR, Role.OFFICE)


class PeopleList(QWidget):
    """`changed` when somebody was entered or changed."""

    changed = Signal()

    def __init__(self, desk: Desk, room: int) -> None:
        super().__init__()
        self.desk, self.room = desk, room
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 8, 0, 8)
        self.rows.setSpacing(8)
        self.refresh()

    def refresh(self) -> None:
        """Everybody anew."""
        empty_layout(self.rows)
        try:
            people = self.desk.house.staff.everybody()
        except Exception as error:
            self.desk.trouble(error)
            people = ()
        if not people:
            self.rows.addWidget(Words(tr("아직 아무도 없어요. 담당자를 먼저 더해요."), "body", ink="ink2"))
        for at, person in enumerate(people):
            if at:
                self.rows.addWidget(Divider())
            self.rows.addWidget(self._row(person, at))
        more = Key(tr("사람 더하기"), "plus", "plain", "people_add")
        more.clicked.connect(self._add)
        self.rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, person: StaffView, at: int) -> QWidget:
        box = QWidget()
        wide = self.room >= self.desk.theme.metrics.px(900)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        line = QBoxLayout(across if wide else down, box)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(12 if wide else 8)
        name = Words(person.name, "name", True, ink="ink" if person.active else "ink3")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        state = wording.role_word(person.role) if person.active else tr("쉬는 사람")
        words.addWidget(Words(state, "caption", ink="ink2"))
        line.addLayout(words, 1)
        roles = ChoiceFlow(
            self.desk.theme,
            f"person_{at}_role",
            tr("{name} 역할", name=person.name),
            [(role.value, wording.role_word(role)) for role in ROLES],
        )
        roles.choose(person.role.value)
        roles.picked.connect(lambda role: self._role(person, Role(role)))
        pin = Key(
            tr("새 PIN"), "lock", "plain", f"person_{at}_pin", spoken=tr("{name} 새 PIN", name=person.name)
        )
        pin.clicked.connect(lambda: self._pin(person))
        word = tr("쉬기") if person.active else tr("다시 일하기")
        rest = Key(word, None, "plain", f"person_{at}_rest", spoken=f"{person.name} {word}")
        rest.clicked.connect(lambda: self._rest(person))
        if wide:
            roles.setFixedWidth(roles.sizeHint().width())
        else:
            keys = QBoxLayout(across)
        line.addWidget(roles)
        target = line if wide else keys
        target.addWidget(pin)
        target.addWidget(rest)
        if not wide:
            keys.addStretch(1)
            line.addLayout(keys)
        return box

    # acting

    def _allowed(
        self, act: Callable[[Override | None], object], said: str, undo: Callable[[], object] | None
    ) -> None:
        def attempt(override: Override | None) -> None:
            act(override)
            self.changed.emit()
            self.desk.say(said, undo)

        self.desk.allowed(attempt, Action.EDIT_OPERATORS)
        self.refresh()

    def _role(self, person: StaffView, role: Role) -> None:
        staff, before = self.desk.house.staff, person.role
        if role == before:
            return
        word = wording.role_word(role)
        self._allowed(
            lambda override: staff.set_role(person.id, role, override),
            tr("{name} 님은 이제 {role}예요", name=person.name, role=word),
            lambda: self._allowed(
                lambda override: staff.set_role(person.id, before, override), tr("되돌렸어요"), None
            ),
        )

    def _rest(self, person: StaffView) -> None:
        staff, now = self.desk.house.staff, person.active
        said = (
            tr("{name} 님은 쉬어요", name=person.name)
            if now
            else tr("{name} 님이 다시 일해요", name=person.name)
        )
        self._allowed(
            lambda override: staff.set_active(person.id, not now, override),
            said,
            lambda: self._allowed(
                lambda override: staff.set_active(person.id, now, override), tr("되돌렸어요"), None
            ),
        )

    def _needing(self, done: Callable[[Override | None], object]) -> None:
        """The right first, then the question."""
        if self._mine():
            done(None)
        else:
            self.desk.ask_pin(Action.EDIT_OPERATORS, only_coordinator(), done)

    def _mine(self) -> bool:
        # lazy: the presenter knows the rights
        from pos_app.ui.screens.settings.presenter import SettingsPresenter

        return SettingsPresenter(self.desk.house).may(Action.EDIT_OPERATORS)

    def _pin(self, person: StaffView) -> None:
        self._needing(lambda override: self._ask_pin(person, override))

    def _ask_pin(self, person: StaffView, override: Override | None) -> None:
        dialog = PinsDialog(
            self.window(), tr("{name} 님의 새 PIN", name=person.name), pin_min(person.role), old=False
        )
        staff = self.desk.house.staff
        dialog.given.connect(
            lambda _old, new: self.desk.run(
                lambda: staff.new_pin(person.id, new, override),
                lambda _done: self.desk.say(tr("{name} 님의 PIN을 바꿨어요", name=person.name)),
            )
        )
        self.desk.open_dialog(dialog)

    def _add(self) -> None:
        self._needing(self._ask_person)

    def _ask_person(self, override: Override | None) -> None:
        first = not any(person.active for person in self.desk.house.staff.everybody())
        dialog = PersonDialog(self.window(), Role.COORDINATOR if first else Role.CASHIER)
        staff = self.desk.house.staff

        def added(name: str) -> None:
            self.refresh()
            self.changed.emit()
            self.desk.say(tr("{name} 님을 더했어요", name=name))

        dialog.given.connect(
            lambda name, role, pin: self.desk.run(
                lambda: staff.add(name, Role(role), pin, override), lambda _id: added(name)
            )
        )
        self.desk.open_dialog(dialog)
