"""The exchange over HTTP: one POST an ask, a session for the device, every fault of the line in one word."""

import os
import socket
import threading
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
import requests

from sync import certificates as papers
from sync.certificates import CHECK_HEADER, NotCertified, check_of, words
from sync.client.http_line import (
    MESSAGE,
    Adapter,
    Answer,
    Bearer,
    Came,
    HttpFault,
    Line,
    Timeouts,
    naming_faults,
    turned_down,
)
from sync.client.resuming import Resuming
from sync.identity import is_signed_by, public_key, sign
from sync.messages import MAX_MESSAGE_BYTES
from sync.parts import NAME_HEADER

_JSON = "application/json"
_CHUNK = 65_536
_MAX_SMALL = 131_072
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_SERVES = frozenset((papers.SERVER, papers.HUB, papers.COORDINATOR))

T = TypeVar("T")


class HttpChannel:
    """Implements sync.exchange.Channel. One thread at a time; keeps its connection and its session open."""

    def __init__(
        self,
        url: str,
        private: bytes,
        certificate: bytes = b"",
        organisation: str = "",
        *,
        timeouts: Timeouts | None = None,
        verify: str = "",
        token: str = "",
    ) -> None:
        """`verify`: a file of certificates to trust instead of this machine's; `token`: of an earlier session."""
        self.url = url.rstrip("/") + "/"
        self.token = token
        self.server: papers.Card | None = None
        self.flags: tuple[str, ...] = ()
        self._verify = verify or None  # said with each call: a setting of the machine would go first
        self._private, self._certificate, self._organisation = private, certificate, organisation
        self._timeouts = timeouts or Timeouts()
        self._line = Line()
        self._came: Came | None = None
        self._resuming = Resuming(self)
        self._session = requests.Session()
        self._session.headers.clear()
        self._session.headers.update({"User-Agent": "jangteo", "Accept-Encoding": "identity"})
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, Adapter(self._line))

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    # --- the exchange --------------------------------------------------------------------------
    def ask(self, message: bytes) -> bytes:
        """The other's answer. Raises HttpFault (a ChannelFault)."""
        if not self.token:
            self._open_session()
        try:
            return self._exchange(message)
        except HttpFault as fault:
            if fault.code != "session":
                raise
        self._open_session()  # the old one ended, or the server has another secret now
        return self._exchange(message)

    def _exchange(self, message: bytes) -> bytes:
        answer = self._resuming.carry(message)
        if answer.kind != MESSAGE or not answer.check:
            raise HttpFault("portal" if answer.is_page() else "broken", False, "an answer that is no message")
        if answer.check != check_of(answer.body):
            raise HttpFault("broken", True, "the answer was changed on its way")
        return answer.body

    # --- sessions ------------------------------------------------------------------------------
    def _open_session(self) -> None:
        self.token = ""
        text, nonce = self._certificate.decode(), os.urandom(16).hex()
        first = self._said(papers.SessionAsk(text), papers.SessionAnswer)
        server = self._server_of(first.server)
        signed = words("session", challenge=first.challenge, nonce=nonce, server=server)
        asked = papers.SessionAsk(text, first.challenge, nonce, sign(self._private, signed))
        given = self._said(asked, papers.SessionAnswer)
        theirs = words("server", challenge=first.challenge, nonce=nonce)
        if not given.token or not is_signed_by(server, theirs, given.signature):
            raise HttpFault("untrusted", False, "the server does not hold its certificate's key", "server")
        self.token, self.server, self.flags = given.token, given.server, given.flags

    def _server_of(self, card: papers.Card) -> str:
        """The key of a server of our organisation. Raises HttpFault for anybody else."""
        try:
            now = datetime.now(UTC).isoformat()
            grant = papers.check(card.certificate.encode(), self._organisation, now)
        except NotCertified as refused:
            raise HttpFault(
                "untrusted", False, f"not our organisation's server: {refused}", "server"
            ) from refused
        if grant.role not in _SERVES:
            raise HttpFault("untrusted", False, f"a {grant.role} is no server", "server")
        return grant.device

    # --- enrolment -----------------------------------------------------------------------------
    def enrol(self, code: str) -> papers.EnrolAnswer:
        """Trade a one-time code for a certificate; from now on the channel uses it. Raises HttpFault."""
        device = public_key(self._private)
        asked = papers.EnrolAsk(code, device, sign(self._private, words("enrol", code=code, device=device)))
        given = self._decoded(self._small("sync/v1/enrol", asked), papers.EnrolAnswer)
        try:
            held = papers.check(given.certificate.encode(), given.server.organisation, "")
        except NotCertified as refused:
            raise HttpFault("broken", False, f"no certificate: {refused}") from refused
        if held.device != device:
            raise HttpFault("broken", False, "a certificate for another device")
        self._certificate, self._organisation = given.certificate.encode(), given.server.organisation
        self._server_of(given.server)
        return given

    def _said(self, asked: papers.SessionAsk, kind: type[T]) -> T:
        return self._decoded(self._small("sync/v1/session", asked), kind)

    def _small(self, path: str, asked: msgspec.Struct) -> Answer:
        return self._post(path, msgspec.json.encode(asked), _JSON, _MAX_SMALL)

    def _decoded(self, answer: Answer, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(answer.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            reason = "portal" if answer.is_page() else "broken"
            raise HttpFault(reason, False, "an answer that is none of a server of ours") from error

    # --- one call ------------------------------------------------------------------------------
    @property
    def came(self) -> Came | None:
        """What came of the last answer, when it broke off."""
        return self._came

    @property
    def connection(self) -> int:
        """The number of the connection in use."""
        return self._line.connection

    def renew(self) -> None:
        """Leave the connection; the next call takes another."""
        self._session.close()
        self._line.socket = None

    def call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """One call of our session; status 200 or 202. Raises HttpFault."""
        sent = {"Content-Type": MESSAGE, CHECK_HEADER: check_of(body), **headers} if body else headers
        return self._done(method, path, body, sent, MAX_MESSAGE_BYTES, self.token)

    def _post(self, path: str, body: bytes, kind: str, most: int) -> Answer:
        return self._done("POST", path, body, {"Content-Type": kind}, most, "")

    def _done(
        self, method: str, path: str, body: bytes, headers: dict[str, str], most: int, token: str
    ) -> Answer:
        self._came = None

        def call(url: str, turns: int = 1) -> Answer:
            answer, goal = self._call(method, url, body, headers, most, token)
            if not goal:
                return answer
            here, there = urlsplit(url), urlsplit(goal)
            if turns <= 0 or there.hostname != here.hostname or there.scheme not in ("https", here.scheme):
                raise HttpFault("portal", False, f"sent on to {there.hostname}")
            return call(goal, turns - 1)

        with naming_faults(self._line):
            self._find_host()
            with self._line.within(self._timeouts.ask_s):
                answer = call(urljoin(self.url, path))
        if answer.status not in (200, 202):
            raise turned_down(answer)
        return answer

    def _call(
        self, method: str, url: str, body: bytes, headers: dict[str, str], most: int, token: str
    ) -> tuple[Answer, str]:
        """The answer, and where it sends us on to."""
        with self._session.request(
            method,
            url,
            data=body or None,
            headers=headers,
            auth=Bearer(token),
            timeout=(self._timeouts.connect_s, self._timeouts.read_s),
            verify=self._verify,
            stream=True,
            allow_redirects=False,
        ) as response:
            answer = self._read(response, most)
            moved = answer.status in _REDIRECTS
            return answer, urljoin(url, response.headers.get("Location", "")) if moved else ""

    def _read(self, response: requests.Response, most: int) -> Answer:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise HttpFault("broken", False, "an answer packed in a way that was not asked for")
        told = response.headers
        said = told.get("Content-Length", "")
        came = self._came = Came(
            response.status_code,
            told.get("Content-Type", "").partition(";")[0].strip().lower(),
            told.get(CHECK_HEADER, ""),
            told.get(NAME_HEADER, ""),
            int(said) if said.isdecimal() and len(said) < 10 else 0,
            [],
        )
        raw, size = response.raw, 0
        while part := raw.read1(_CHUNK, decode_content=False):
            size += len(part)
            if size > most:
                raise HttpFault("broken", False, f"an answer of more than {most} bytes")
            came.parts.append(part)
        if said.isdecimal() and int(said) != size:
            raise HttpFault("cut", True, f"{size} of {said} bytes came", "cut")
        answer = came.answer(told.get("Retry-After", ""))
        if not said and "Transfer-Encoding" not in told and not answer.is_page():
            raise HttpFault("cut", True, "an answer that does not say how long it is", "cut")
        self._came = None
        return answer

    def _find_host(self) -> None:
        """Ask for the host's address in a thread: a name server that is silent must not hold an ask."""
        host = urlsplit(self.url).hostname or ""
        if self._line.socket is not None or requests.utils.get_environ_proxies(self.url):
            return
        found: list[bool] = []

        def look() -> None:
            try:
                found.append(bool(socket.getaddrinfo(host, None)))
            except (OSError, UnicodeError):
                found.append(False)

        looking = threading.Thread(target=look, daemon=True, name="sync-name")
        looking.start()
        looking.join(self._timeouts.connect_s)
        if not found or not found[0]:
            words_ = "the name server is silent" if not found else "no such name"
            raise HttpFault("offline", False, f"{host}: {words_}", "name")


def enrol(url: str, code: str, private: bytes, verify: str = "") -> papers.EnrolAnswer:
    """Trade a one-time code for a certificate. Raises HttpFault."""
    channel = HttpChannel(url, private, verify=verify)
    try:
        return channel.enrol(code)
    finally:
        channel.close()
