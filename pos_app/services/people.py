"""Operators: who works here, signing in by PIN, lending a right at the till."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_name, clean_text
from pos_app.domain.operators import Action, Role, locked_until, may, pin_problem
from pos_app.facts.catalogue import SignIn
from pos_app.facts.sales import Override
from pos_app.services.desk import Desk, Session
from pos_app.services.editing import edit_of
from pos_app.storage.queries import days
from pos_app.storage.unit_of_work import NO_DAY, OFFICE, register_scope
from sync.rows import Rows

log = logging.getLogger(__name__)

_NAMESPACE = uuid.UUID("6b5b7a0e-6d0f-5d2c-9a57-0d1c9f0a2e11")


@dataclass(frozen=True, slots=True)
class OperatorView:
    """Somebody who may sign in; `locked_until` is aware UTC or None."""

    id: str
    name: str
    role: Role
    locked_until: datetime | None


def subject_key(rows: Rows, subject: str) -> bytes:
    """The key that a person's data is sealed with; made at first need. Raises subject.erased."""
    row = rows.one('SELECT "key" FROM "subject_key" WHERE "subject" = ?', subject)
    if row is not None and not row[0]:
        raise DomainError("subject.erased")
    if row is not None:
        return bytes(row[0])
    # lazy: ciphers are wanted for PINs and accounts only
    from sync.identity import new_subject_key

    made = new_subject_key()
    rows.run('INSERT INTO "subject_key" ("subject", "key") VALUES (?, ?)', subject, made)
    return made


class Operators:
    """People at the tills of this home."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def names(self) -> list[OperatorView]:
        """Everybody who may sign in, by name; empty while nobody was entered."""
        with self._desk.work.read() as rows:
            return [
                OperatorView(person.id, person.name, Role(person.role), self._locked(rows, person.id))
                for person in days.operators(rows)
            ]

    def add(self, name: str, role: Role, pin: str) -> str:
        """Enter somebody with a PIN; their id. Raises pin.* and operator.* codes."""
        desk = self._desk
        cleaned = clean_text(name, 40)
        if not cleaned:
            raise DomainError("operator.no_name")
        problem = pin_problem(pin, role)
        if problem is not None:
            raise DomainError(problem)
        operator_id = str(uuid.uuid5(_NAMESPACE, cleaned))
        verifier = _hash(pin)
        with desk.work.begin(desk.session.operator_id) as work:
            if days.operators(work.rows):
                desk.require(Action.EDIT_OPERATORS)
            elif role not in (Role.COORDINATOR, Role.OFFICE):
                raise DomainError("operator.coordinator_first")
            sealed = _seal(subject_key(work.rows, operator_id), operator_id, verifier)
            wanted = {"name": cleaned, "role": role.value, "pin": sealed, "active": 1}
            edit = edit_of(work.rows, "operator", operator_id, wanted)
            if edit is not None:
                work.record(OFFICE, edit)
        return operator_id

    def sign_in(self, operator_id: str, pin: str) -> Session:
        """Check a PIN and take the till. Raises pin.wrong(left), pin.locked(until)."""
        desk = self._desk
        person = self._check(operator_id, pin)
        session = Session(person.id, person.name, Role(person.role))
        desk.session = session
        return session

    def find(self, name: str) -> str:
        """The id of somebody by name. Raises operator.unknown."""
        with self._desk.work.read() as rows:
            for person in days.operators(rows):
                if person.name == clean_name(name):
                    return person.id
        raise DomainError("operator.unknown", name=name)

    def authorise(self, pin: str, action: Action) -> Override:
        """Lend a right once: anybody's PIN whose role may do it. Raises pin.wrong, right.missing."""
        with self._desk.work.read() as rows:
            able = [p for p in days.operators(rows) if may(Role(p.role), action)]
        if not able:
            raise DomainError("right.nobody", action=action.value)
        for person in able:
            with self._desk.work.read() as rows:
                if self._locked(rows, person.id) is None and self._matches(rows, person, pin):
                    return Override(action.value, self._desk.session.name, person.name)
        # A wrong PIN can't be laid at one person's door: it counts against all who could have lent.
        for person in able:
            self._note(person.id, "wrong")
        raise DomainError("pin.wrong_override")

    def _check(self, operator_id: str, pin: str) -> days.StoredOperator:
        with self._desk.work.read() as rows:
            person = next((p for p in days.operators(rows) if p.id == operator_id), None)
            if person is None:
                raise DomainError("operator.unknown", name=operator_id)
            until = self._locked(rows, operator_id)
            if until is not None:
                raise DomainError("pin.locked", until=until.isoformat())
            fits = self._matches(rows, person, pin)
        self._note(operator_id, "ok" if fits else "wrong")
        if not fits:
            with self._desk.work.read() as rows:
                failures, _ = self._failures(rows, operator_id)
                until = self._locked(rows, operator_id)
            if until is not None:
                raise DomainError("pin.locked", until=until.isoformat())
            raise DomainError("pin.wrong", failures=failures)
        return person

    def _matches(self, rows: Rows, person: days.StoredOperator, pin: str) -> bool:
        # lazy: see subject_key
        from sync.identity import unseal

        row = rows.one('SELECT "key" FROM "subject_key" WHERE "subject" = ?', person.id)
        verifier = unseal(bytes(row[0]), person.id, person.pin) if row else None
        return verifier is not None and _verify(verifier, pin)

    def _note(self, operator_id: str, outcome: str) -> None:
        desk = self._desk
        with desk.work.begin(operator_id) as work:
            day = days.latest_day(work.rows)
            scope = register_scope(day.day_id if day else NO_DAY, desk.register)
            work.record(scope, SignIn(operator_id, desk.register, desk.clock.now().isoformat(), outcome))

    def _failures(self, rows: Rows, operator_id: str) -> tuple[int, datetime | None]:
        """Wrong PINs since the last right one, and when the last of them was."""
        count, last = 0, None
        for at, outcome in days.sign_ins(rows, operator_id):
            if outcome != "wrong":
                break
            count += 1
            last = last or datetime.fromisoformat(at)
        return count, last

    def _locked(self, rows: Rows, operator_id: str) -> datetime | None:
        failures, last = self._failures(rows, operator_id)
        if last is None:
            return None
        return locked_until(failures, last, self._desk.clock.now())


def _hash(pin: str) -> str:
    # lazy: argon2 is wanted at sign-in only
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(pin)


def _verify(verifier: str, pin: str) -> bool:
    # lazy: see _hash
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(verifier, pin)
    except (VerificationError, InvalidHashError):
        return False


def _seal(key: bytes, subject: str, text: str) -> str:
    # lazy: see subject_key
    from sync.identity import seal

    return seal(key, subject, text)
