"""What the web server asks of the office: who comes in, what they may have, how far the tables are behind."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import lru_cache

from pos_app.domain.errors import DomainError
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.desk import Desk
from pos_app.services.devices_office import CodeWrong, DevicesOffice
from pos_app.services.server_folding import Folding
from pos_app.storage import local
from pos_app.storage.queries import devices
from sync import certificates as papers
from sync.certificates import ScopeGrant
from sync.rows import Rows
from sync.server.application import CodeRefused, Lag
from sync.server.kept import forget_old, wall_us
from sync.server.limits import TurnedDown


@dataclass(frozen=True, slots=True)
class _Seen:
    at: str
    name: str
    address: str


@lru_cache(maxsize=2048)
def _checked(certificate: bytes, organisation: str, at: str) -> ScopeGrant:
    return papers.check(certificate, organisation, at)


class Gate:
    """Implements sync.server.application.Office over the store; called from worker threads."""

    def __init__(self, desk: Desk, office: DevicesOffice, folding: Folding) -> None:
        self._desk, self._office, self._folding = desk, office, folding
        self._card, self._key = office.card(), office.session_key()
        self._lock = threading.Lock()
        self._seen: dict[str, _Seen] = {}
        folding.beside(self.write_seen)

    def secret(self) -> bytes:
        """The key of challenges and tokens."""
        return self._key

    def card(self) -> papers.Card:
        """Who this server is."""
        return self._card

    def sign(self, data: bytes) -> str:
        """The server's own signature."""
        return self._office.sign(data)

    def enrol(self, code: str, device: str) -> bytes:
        """The certificate that a code gives. Raises CodeRefused."""
        try:
            return self._office.enrol(code, device)
        except CodeWrong as wrong:
            raise CodeRefused(wrong.reason) from None

    def admit(self, certificate: bytes) -> ScopeGrant:
        """Check a certificate and remember it. Raises NotCertified."""
        return self._office.admit(certificate)

    def grant(self, device: str) -> ScopeGrant | None:
        """What an admitted device may do now."""
        with self._desk.work.database.glance() as rows:
            known = devices.device(rows, device)
        if known is None:
            return None
        told = known.enrolled
        try:
            grant = _checked(told.certificate.encode(), self._card.organisation, told.at)
        except papers.NotCertified:
            return None  # something else was written in its place: let it show its own
        if grant.device != device:
            return None
        vendor = grant.role == papers.VENDOR_REGISTER
        return replace(
            grant, revoked=known.revoked is not None, subjects=self._is_operator if vendor else None
        )

    def _is_operator(self, subject: str) -> bool:
        """A vendor's own register needs the PINs of those who work, and nobody else's data."""
        with self._desk.work.read() as rows:
            return rows.one('SELECT 1 FROM "operator" WHERE "id" = ?', subject) is not None

    def seen(self, device: str, address: str) -> None:
        """Remember it; written down with the next slice of folding, not with each call."""
        with self._lock:
            self._seen[device] = _Seen(self._desk.clock.now().isoformat(), "", address)

    def write_seen(self) -> None:
        """Write down who was here since the last time, and forget what they left long ago."""
        with self._lock:
            seen, self._seen = self._seen, {}
        if seen:
            with self._desk.work.begin() as work:
                lines = [(device, each.at, each.name, each.address) for device, each in sorted(seen.items())]
                work.rows.put(local.device_seen, lines)
                forget_old(work.rows, wall_us())

    def keeping(self) -> AbstractContextManager[Rows]:
        """A durable transaction for parts of messages; beside what folds where that is possible."""
        database = self._desk.work.database
        opened: Callable[[], AbstractContextManager[Rows]] = getattr(database, "ingest", database.write)
        return opened()

    def lag(self) -> Lag:
        """How far folding is behind."""
        with self._desk.work.read() as rows:
            waiting = devices.waiting(rows)
        return Lag(waiting, self._folding.behind_s() if waiting else 0)

    def trouble(self, error: Exception) -> TurnedDown | None:
        """The world's failures as answers; None for a bug."""
        if isinstance(error, EnvironmentFault):
            if "full" in str(error.__cause__).lower():
                return TurnedDown(507, "full", "The server's disk is full.")
            return TurnedDown(503, "busy", "The store cannot be used now.", 2)
        if isinstance(error, DomainError):
            return TurnedDown(503, error.code, "This server is not set up.", 60)
        return None
