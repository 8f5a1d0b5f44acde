"""Decides on the sign-in screen: who it is, and when the PIN is complete."""

from collections.abc import Sequence
from datetime import UTC, datetime

from pos_app.domain.operators import Role
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.views import OperatorView, Session

LONG_PIN_ROLES = (Role.COORDINATOR, Role.OFFICE)


class SignInPresenter:
    """Names and dots."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.people: Sequence[OperatorView] = ()
        self.chosen = ""
        self.pin = ""

    def load(self) -> None:
        """Read the names; the last operator is chosen."""
        self.people = self.house.operators.names()
        last = self.house.settings.get("last_operator")
        ids = [person.id for person in self.people]
        if self.chosen not in ids:
            self.chosen = last if last in ids else (ids[0] if ids else "")

    def person(self) -> OperatorView | None:
        """Who is chosen."""
        return next((person for person in self.people if person.id == self.chosen), None)

    def choose(self, operator_id: str) -> None:
        """Another name; the PIN starts over."""
        self.chosen = operator_id
        self.pin = ""

    def length(self) -> int:
        """How many dots."""
        person = self.person()
        return 6 if person is not None and person.role in LONG_PIN_ROLES else 4

    def digit(self, text: str) -> bool:
        """A digit; True when the PIN is complete."""
        if len(self.pin) < self.length():
            self.pin += text[:1]
        return len(self.pin) == self.length()

    def backspace(self) -> None:
        """Take the last digit away."""
        self.pin = self.pin[:-1]

    def clear(self) -> None:
        """No digits."""
        self.pin = ""

    def prompt(self) -> str:
        """The words over the dots."""
        person = self.person()
        if person is None:
            return tr("이름을 골라요")
        return tr("{name} 님, PIN {count}자리", name=person.name, count=self.length())

    def locked_words(self, now: datetime | None = None) -> str:
        """How long the chosen person is locked out; empty when not."""
        person = self.person()
        until = person.locked_until if person is not None else None
        left = int((until - (now or datetime.now(UTC))).total_seconds()) if until is not None else 0
        if left <= 0:
            return ""
        minutes, seconds = divmod(left + 1, 60)
        if minutes:
            return tr("잠겼어요. {minutes}분 뒤에 다시 해 봐요.", minutes=minutes)
        return tr("잠겼어요. {seconds}초 뒤에 다시 해 봐요.", seconds=seconds)

    def unlock(self, override: Override) -> str:
        """Let the chosen person out; what to say. Raises DomainError when the right is another."""
        person = self.person()
        if person is None:
            return ""
        self.house.staff.unlock(person.id, override)
        self.load()
        return tr("{name} 님을 풀었어요. PIN을 다시 눌러요.", name=person.name)

    def headline(self) -> tuple[str, str]:
        """Market and the small line over it."""
        day = self.house.days.current()
        if day is None:
            return tr("장터포스"), wording.register_word(self.house.register)
        small = " · ".join(part for part in (day.agency, wording.day(day.business_date)) if part)
        return day.market, small

    def check(self) -> Session:
        """Try the PIN (slow). Raises DomainError pin.wrong, pin.locked."""
        return self.house.operators.sign_in(self.chosen, self.pin)

    def accept(self, session: Session) -> None:
        """Signed in."""
        self.house.use(session)
        self.house.settings.set("last_operator", session.operator_id)
        self.pin = ""
