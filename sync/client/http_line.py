"""One kept-open line to a server, and a plain word for each way it can fail."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from sync.certificates import Problem
from sync.exchange import ChannelFault

MESSAGE = "application/octet-stream"
# The line broke: cut, too slow as a whole, or nothing came for too long. What had arrived may count.
BROKEN = frozenset(("cut", "slow", "silent"))
NOTHING_THERE = ("nothing_here", "")  # how a server says that it has no such call


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: until connected, between two bytes, and for one whole ask."""

    connect_s: int = 5
    read_s: int = 20
    ask_s: int = 90


class HttpFault(ChannelFault):
    """A fault of the line; `code` is the server's own word for it, `wait_s` how long it asked to wait."""

    def __init__(
        self, reason: str, retryable: bool, detail: str = "", code: str = "", wait_s: int = 0
    ) -> None:
        super().__init__(reason, retryable, detail)
        self.code = code
        self.wait_s = wait_s


# What an answer's status means for the exchange, and whether the same ask may work when it is repeated.
_MEANINGS = {
    400: ("broken", True),
    401: ("refused", False),
    403: ("refused", False),
    404: ("refused", False),
    405: ("refused", False),
    407: ("portal", False),
    408: ("cut", True),
    413: ("cut", True),
    426: ("newer", False),
    429: ("busy", True),
    502: ("busy", True),
    503: ("busy", True),
    504: ("busy", True),
    507: ("full", False),
    511: ("portal", False),
}


class Bearer(AuthBase):
    """Our token; without this, a netrc file on the machine would put its own in place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Line:
    """The socket in use, so that an ask that takes too long can be ended from outside."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.late = False
        self.connection = 0  # the number of the one in use

    def cut(self) -> None:
        """End whatever is going on."""
        self.late = True
        if self.socket is not None:
            with contextlib.suppress(OSError):  # it may have ended by itself
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    @contextmanager
    def within(self, seconds: int) -> Iterator[None]:
        """Cut the line when the block takes longer."""
        self.late = False
        timer = threading.Timer(seconds, self.cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


class Adapter(HTTPAdapter):
    """One connection kept open, its socket known."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        """The pool for an address, its connections telling the line of their sockets."""
        pool: Any = super().get_connection_with_tls_context(*args, **options)
        line, base = self._line, pool.ConnectionCls
        if not hasattr(base, "told"):

            class Told(base):  # type: ignore[misc, valid-type]
                told = True

                def connect(self) -> None:
                    super().connect()
                    line.socket = self.sock
                    line.connection += 1

            pool.ConnectionCls = Told
        return pool


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    kind: str
    check: str
    wait: str
    body: bytes
    name: str = ""  # under which the server keeps it

    def is_page(self) -> bool:
        """Whether it is something for a browser."""
        return "html" in self.kind or self.body[:64].lstrip().lower().startswith((b"<!doctype", b"<html"))


@dataclass(slots=True)
class Came:
    """What came of an answer that broke off."""

    status: int
    kind: str
    check: str
    name: str
    size: int
    parts: list[bytes]

    @property
    def have(self) -> int:
        """How much of it came."""
        return sum(map(len, self.parts))

    def is_message(self) -> bool:
        """Whether it is what was asked for."""
        return self.status == 200 and self.kind == MESSAGE

    def answer(self, wait: str = "") -> Answer:
        """What it is when it is whole."""
        return Answer(self.status, self.kind, self.check, wait, b"".join(self.parts), self.name)


def turned_down(answer: Answer) -> HttpFault:
    """The fault that an answer other than 200 means."""
    reason, retryable = _MEANINGS.get(answer.status, ("broken", answer.status >= 500))
    code, sentence = "", ""
    try:
        told = msgspec.json.decode(answer.body, type=Problem)
        code, sentence = told.error, told.sentence
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if answer.status in (401, 403) and answer.is_page():
            reason, retryable = "portal", False
    if code == "session":
        retryable = True
    if code == "newer":
        reason = "newer"
    wait_s = int(answer.wait) if answer.wait.isdecimal() and len(answer.wait) < 6 else 0
    return HttpFault(reason, retryable, sentence or f"status {answer.status}", code, wait_s)


@contextmanager
def naming_faults(line: Line) -> Iterator[None]:
    """Turn the library's errors into a fault with one plain reason."""
    line.late = False
    try:
        yield
    except Exception as error:
        connected, line.socket = line.socket is not None, None
        known = isinstance(error, HttpFault) and not line.late
        named = error if known else _named(error, line.late, connected)
        if named is None:
            raise
        raise named from error


def _named(error: Exception, late: bool, connected: bool) -> HttpFault | None:
    said = f"{error}"[:300]
    if late:
        return HttpFault("cut", True, "the ask took too long", "slow")
    match error:
        case requests.exceptions.SSLError():
            return HttpFault("untrusted", False, f"no safe connection: {said}", "tls")
        case requests.exceptions.ProxyError():
            return HttpFault("offline", True, f"no way through the proxy: {said}", "proxy")
        case requests.exceptions.ConnectTimeout():
            return HttpFault("offline", True, "no connection in time", "connect")
        case requests.exceptions.ReadTimeout() | ReadTimeoutError():
            return HttpFault("cut", True, "nothing came for too long", "silent")
        case requests.exceptions.InvalidURL() | requests.exceptions.InvalidSchema() | ValueError():
            return HttpFault("offline", False, f"no such address: {said}", "address")
        case requests.exceptions.RequestException() | HTTPError() | OSError():
            reached = connected and not _never_reached(error)
            return HttpFault("cut" if reached else "offline", True, said, "cut" if reached else "connect")
    return None


def _never_reached(error: Exception) -> bool:
    """Whether there was no connection at all."""
    inner = error.args[0] if error.args else None
    return isinstance(getattr(inner, "reason", None), NewConnectionError)
