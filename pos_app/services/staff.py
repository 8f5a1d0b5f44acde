"""People at the tills as they are entered and changed: roles, PINs, rest, letting out after a lock."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action, Role, check_keeps_a_coordinator, check_pin
from pos_app.facts.catalogue import SignIn
from pos_app.facts.sales import Override
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.people import _NAMESPACE, Operators, subject_key
from pos_app.storage.queries import days
from pos_app.storage.unit_of_work import NO_DAY, OFFICE, register_scope
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

NAME_MAX = 40


@dataclass(frozen=True, slots=True)
class StaffView:
    """Somebody who was ever entered; `active` False: rests, can't sign in."""

    id: str
    name: str
    role: Role
    active: bool


def _staff(rows: Rows) -> list[StaffView]:
    found = rows.all('SELECT "id", "name", "role", "active" FROM "operator" ORDER BY "active" DESC, "name"')
    return [StaffView(row[0], row[1], Role(row[2]), bool(row[3])) for row in found]


class Staff:
    """Everybody of this home. Changing needs EDIT_OPERATORS, one's own PIN only the old one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def everybody(self) -> list[StaffView]:
        """Who was ever entered, those who may sign in first."""
        with self._desk.work.read() as rows:
            return _staff(rows)

    def add(self, name: str, role: Role, pin: str, override: Override | None = None) -> str:
        """Enter somebody; their id. Raises operator.no_name, operator.exists, pin.*, right.missing."""
        cleaned = clean_text(name, NAME_MAX)
        if not cleaned:
            raise DomainError("operator.no_name")
        check_pin(pin, role)
        everybody = self.everybody()
        if any(person.name == cleaned for person in everybody):
            raise DomainError("operator.exists", name=cleaned)
        if not any(person.active for person in everybody):
            return Operators(self._desk).add(cleaned, role, pin)
        self._desk.require(Action.EDIT_OPERATORS, override)
        operator_id = str(uuid.uuid5(_NAMESPACE, cleaned))
        verifier = _verifier(pin)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            sealed = _sealed(work.rows, operator_id, verifier)
            self._say(work, operator_id, name=cleaned, role=role.value, pin=sealed, active=1)
        return operator_id

    def set_role(self, operator_id: str, role: Role, override: Override | None = None) -> None:
        """Another role. Raises operator.last_coordinator, right.missing."""
        self._desk.require(Action.EDIT_OPERATORS, override)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            person = _person(work.rows, operator_id)
            others = [p.role for p in _staff(work.rows) if p.active and p.id != operator_id]
            check_keeps_a_coordinator([*others, role] if person.active else others)
            self._say(work, operator_id, role=role.value)

    def set_active(self, operator_id: str, active: bool, override: Override | None = None) -> None:
        """Rest, or back at work. Raises operator.last_coordinator, operator.self, right.missing."""
        self._desk.require(Action.EDIT_OPERATORS, override)
        if operator_id == self._desk.session.operator_id and not active:
            raise DomainError("operator.self")
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            person = _person(work.rows, operator_id)
            others = [p.role for p in _staff(work.rows) if p.active and p.id != operator_id]
            check_keeps_a_coordinator([*others, person.role] if active else others)
            self._say(work, operator_id, active=int(active))

    def new_pin(self, operator_id: str, pin: str, override: Override | None = None) -> None:
        """A new PIN for somebody who forgot theirs (slow); it also lets them out. Raises pin.*"""
        self._desk.require(Action.EDIT_OPERATORS, override)
        with self._desk.work.read() as rows:
            person = _person(rows, operator_id)
        check_pin(pin, person.role)
        self._put_pin(operator_id, pin, unlocked=True)

    def own_pin(self, old: str, new: str) -> None:
        """One's own PIN (slow). Raises pin.wrong, pin.locked, pin.*, operator.nobody."""
        session = self._desk.session
        if not session.operator_id:
            raise DomainError("operator.nobody")
        check_pin(new, session.role)
        Operators(self._desk).sign_in(session.operator_id, old)
        self._put_pin(session.operator_id, new)

    def unlock(self, operator_id: str, override: Override) -> None:
        """Let somebody out after wrong PINs, by the right of the one whose PIN was given."""
        if override.action != Action.EDIT_OPERATORS.value:
            raise DomainError("right.missing", action=Action.EDIT_OPERATORS.value, role="")
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            _person(work.rows, operator_id)
            self._let_out(work, operator_id)

    def _put_pin(self, operator_id: str, pin: str, unlocked: bool = False) -> None:
        verifier = _verifier(pin)
        with self._desk.work.begin(self._desk.session.operator_id) as work:
            self._say(work, operator_id, pin=_sealed(work.rows, operator_id, verifier))
            if unlocked:
                self._let_out(work, operator_id)

    def _let_out(self, work: "Work", operator_id: str) -> None:
        desk = self._desk
        day = days.latest_day(work.rows)
        scope = register_scope(day.day_id if day else NO_DAY, desk.register)
        work.record(scope, SignIn(operator_id, desk.register, desk.clock.now().isoformat(), "unlocked"))

    def _say(self, work: "Work", operator_id: str, **wanted: object) -> None:
        edit = edit_of(work.rows, "operator", operator_id, wanted)
        if edit is not None:
            work.record(OFFICE, edit)


def _verifier(pin: str) -> str:
    # lazy: argon2 is wanted when a PIN is set only
    from pos_app.services.people import _hash

    return _hash(pin)


def _sealed(rows: Rows, operator_id: str, verifier: str) -> str:
    # lazy: see _verifier
    from pos_app.services.people import _seal

    return _seal(subject_key(rows, operator_id), operator_id, verifier)


def _person(rows: Rows, operator_id: str) -> StaffView:
    found = next((person for person in _staff(rows) if person.id == operator_id), None)
    if found is None:
        raise DomainError("operator.unknown", name=operator_id)
    return found
