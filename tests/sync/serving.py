"""A real server on a real socket, over any replica, with an office that lives in memory."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from starlette.types import ASGIApp

from pos_app.storage import local
from sync import certificates as papers
from sync.certificates import Issuer, ScopeGrant
from sync.client.http_channel import HttpChannel
from sync.client.http_line import Timeouts
from sync.exchange import Replica
from sync.identity import new_device_key, public_key, sign
from sync.rows import Rows
from sync.server.application import CodeRefused, Lag, make_application
from sync.server.limits import ServerSettings, TurnedDown
from sync.server.serving import listening, make_server

AT, UNTIL = "2026-11-01T00:00:00+09:00", "2036-11-01T00:00:00+09:00"
NOW = "2026-11-20T10:00:00+09:00"


class Parts:
    """The table of kept parts, in memory; several servers may share one."""

    def __init__(self) -> None:
        self._link = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._link.execute(str(CreateTable(local.kept_part).compile(dialect=sqlite.dialect())))
        self._lock = threading.Lock()

    @contextmanager
    def opened(self) -> Iterator[Rows]:
        """One transaction."""
        with self._lock:
            self._link.execute("BEGIN IMMEDIATE")
            try:
                yield Rows.over(self._link)
            except BaseException:
                self._link.execute("ROLLBACK")
                raise
            self._link.execute("COMMIT")

    def __del__(self) -> None:
        self._link.close()

    def sizes(self) -> dict[tuple[str, str], int]:
        """(device, kind) -> how much is kept."""
        with self.opened() as rows:
            found = rows.all('SELECT "device", "kind", sum(length("data")) FROM "kept_part" GROUP BY 1, 2')
        return {(device, kind): size for device, kind, size in found}


@dataclass
class MemoryOffice:
    """Implements sync.server.application.Office without a store."""

    root: bytes = field(default_factory=new_device_key)
    own: bytes = field(default_factory=new_device_key)
    codes: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    admitted: dict[str, bytes] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    key: bytes = b"the server's secret"
    broken: Exception | None = None
    parts: Parts = field(default_factory=Parts)

    @property
    def organisation(self) -> str:
        return public_key(self.root)

    @property
    def issuer(self) -> Issuer:
        return Issuer(self.root, self.organisation)

    def issue(self, device: str, role: str, scopes: tuple[str, ...]) -> bytes:
        """A certificate of this organisation."""
        return self.issuer.issue(device, "기기", role, scopes, AT, UNTIL)

    def secret(self) -> bytes:
        return self.key

    def card(self) -> papers.Card:
        certificate = self.issue(public_key(self.own), "server", ("*",))
        return papers.Card("서버", self.organisation, certificate.decode())

    def sign(self, data: bytes) -> str:
        return sign(self.own, data)

    def enrol(self, code: str, device: str) -> bytes:
        if code not in self.codes:
            raise CodeRefused("unknown")
        role, scopes = self.codes.pop(code)
        return self.issue(device, role, scopes)

    def admit(self, certificate: bytes) -> ScopeGrant:
        grant = papers.check(certificate, self.organisation, NOW)
        self.admitted[grant.device] = certificate
        return grant

    def grant(self, device: str) -> ScopeGrant | None:
        if device not in self.admitted:
            return None
        grant = papers.check(self.admitted[device], self.organisation, NOW)
        return replace(grant, revoked=device in self.revoked)

    def seen(self, device: str, address: str) -> None:
        """Nobody looks."""

    def keeping(self) -> AbstractContextManager[Rows]:
        return self.parts.opened()

    def lag(self) -> Lag:
        if self.broken:
            raise self.broken
        return Lag(0)

    def trouble(self, error: Exception) -> TurnedDown | None:
        if isinstance(error, OSError):
            return TurnedDown(507, "full", "The disk is full.")
        return None


@contextmanager
def running(application: ASGIApp) -> Iterator[str]:
    """The address of the application while it is served."""
    door = listening("127.0.0.1", 0)
    server = make_server(application)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, name="served")
    thread.start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(20)
        assert not thread.is_alive()
        door.close()


@dataclass
class Served:
    """A served replica: its address, its office, and channels of devices that belong to it."""

    url: str
    office: MemoryOffice
    channels: list[HttpChannel] = field(default_factory=list)

    def device(
        self, role: str = "register", scopes: tuple[str, ...] = ("*",), private: bytes = b""
    ) -> HttpChannel:
        """A channel of a device with a certificate."""
        private = private or new_device_key()
        return self.channel(private, self.office.issue(public_key(private), role, scopes))

    def channel(
        self, private: bytes, certificate: bytes, organisation: str = "", url: str = ""
    ) -> HttpChannel:
        """A channel with whatever papers."""
        made = HttpChannel(
            url or self.url,
            private,
            certificate,
            organisation or self.office.organisation,
            timeouts=Timeouts(2, 5, 10),
        )
        self.channels.append(made)
        return made


@contextmanager
def served(
    replica_of: Callable[[], Replica],
    settings: ServerSettings | None = None,
    office: MemoryOffice | None = None,
) -> Iterator[Served]:
    """Serve a replica."""
    office = office or MemoryOffice()
    with running(make_application(replica_of, office, settings or ServerSettings())) as url:
        made = Served(url, office)
        try:
            yield made
        finally:
            for channel in made.channels:
                channel.close()
