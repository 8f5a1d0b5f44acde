"""What the office's pages ask: who may come in, how the market stands, which devices there are."""

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.services.day_close_board import DayBoard, look, view
from pos_app.services.desk import Desk, Session
from pos_app.services.office_accounts import OfficeAccounts, Visitor
from pos_app.storage.queries import days
from pos_app.storage.queries import devices as device_queries
from pos_app.storage.queries.days import StoredDay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.services.devices_office import DevicesOffice, DeviceView, EnrolCode

__all__ = ["Office", "Visitor"]
_MOST_DAYS = 60


class Office:
    """The use cases behind the pages of one server."""

    def __init__(self, desk: Desk, devices: "DevicesOffice") -> None:
        self._desk = desk
        self._devices = devices
        self._accounts = OfficeAccounts(desk)

    def secret(self) -> bytes:
        """The key of this server's cookies."""
        return self._devices.session_key()

    def sign_in(self, name: str, password: str) -> Visitor:
        """Check a password. Raises account.wrong, account.locked."""
        return self._accounts.sign_in(name, password)

    def visitor(self, name: str) -> Visitor | None:
        """Somebody whose account still stands."""
        return self._accounts.visitor(name)

    def days(self) -> list[StoredDay]:
        """Market days, the latest first."""
        with self._desk.work.read() as rows:
            return days.latest_days(rows, _MOST_DAYS)

    def board(self, who: Visitor, day_id: str) -> DayBoard | None:
        """The board of a day; None where nothing is known of it. Raises right.missing."""
        desk = self._at(who)
        with desk.work.read() as rows:
            day = days.day(rows, day_id)
            return view(rows, look(desk, rows, day)) if day is not None else None

    def waiting(self) -> int:
        """Events that are stored and not yet in the tables."""
        with self._desk.work.read() as rows:
            return device_queries.waiting(rows)

    def devices(self, who: Visitor) -> "Sequence[DeviceView]":
        """All enrolled devices."""
        return self._devices.devices()

    def enrol_code(self, who: Visitor, name: str, role: str, registers: "Sequence[str]") -> "EnrolCode":
        """A one-time code for a new device. Raises right.missing, device.*."""
        self._check(who)
        return self._devices.enrol_code(name, role, tuple(registers), by=who.name)

    def revoke(self, who: Visitor, device: str, reason: str) -> None:
        """Trust a device no longer. Raises right.missing, device.*."""
        self._check(who)
        self._devices.revoke(device, reason, by=who.name)

    def _check(self, who: Visitor) -> None:
        if not who.may_enrol:
            raise DomainError("right.missing", action="settings", role=who.role.value)

    def _at(self, who: Visitor) -> Desk:
        """The desk with this visitor behind it: each request has its own."""
        return replace(self._desk, session=Session("", who.name, who.role))
