"""The server's web application: enrolment, sessions, the exchange, and how it is doing."""

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

import anyio.to_thread
import msgspec
from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sync import certificates as papers
from sync.certificates import CHECK_HEADER, NotCertified, ScopeGrant, check_of, words
from sync.events import Malformed
from sync.exchange import Replica, answer
from sync.giving import visible
from sync.identity import is_signed_by
from sync.messages import Want, decode
from sync.parts import Have
from sync.rows import Rows
from sync.server.journal import tell
from sync.server.kept import Kept
from sync.server.limits import Buckets, Doors, ServerSettings, TurnedDown, read_body
from sync.server.openapi import description
from sync.server.parts import Parts
from sync.server.tokens import device_of, is_challenge, new_challenge, new_token

MAX_ASK_BYTES = 32_768
_DEVICE_HEX = 64
_JSON, _MESSAGE = "application/json", "application/octet-stream"

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


class CodeRefused(Exception):
    """A one-time code that does not enrol: unknown, used or expired."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the tables are behind the events."""

    waiting: int
    oldest_s: int = 0


class Office(Protocol):
    """What the server knows of its organisation and its devices; called from worker threads."""

    def secret(self) -> bytes:
        """The key of this server's challenges and tokens; the same in all its processes, and at hand."""

    def card(self) -> papers.Card:
        """Who this server is."""

    def sign(self, data: bytes) -> str:
        """The server's own signature, hex."""

    def enrol(self, code: str, device: str) -> bytes:
        """The certificate that a one-time code gives. Raises CodeRefused."""

    def admit(self, certificate: bytes) -> ScopeGrant:
        """Check a certificate and remember it. Raises NotCertified."""

    def grant(self, device: str) -> ScopeGrant | None:
        """What an admitted device may do now; None when it has to show its certificate again."""

    def seen(self, device: str, address: str) -> None:
        """The device spoke to this server."""

    def keeping(self) -> AbstractContextManager[Rows]:
        """A durable transaction on the table `kept_part`, which all processes of this server share."""

    def lag(self) -> Lag:
        """How far folding is behind. Raises when the store can't be read."""

    def trouble(self, error: Exception) -> TurnedDown | None:
        """The answer for an error of the world (disk, database); None when it is a bug."""


class _Server:
    def __init__(self, replica_of: Callable[[], Replica], office: Office, settings: ServerSettings) -> None:
        self._replica_of = replica_of
        self._office = office
        self._settings = settings
        self._exchanges = Buckets(settings.exchange_rate)
        self._sessions = Buckets(settings.session_rate)
        self._enrolments = Buckets(settings.enrol_rate)
        self._wrong_codes = Buckets(settings.wrong_codes)
        self._part_calls = Buckets(settings.part_rate)
        kept = Kept(office.keeping, settings.kept_bytes, settings.kept_seconds)
        self._parts = Parts(kept, self._admitted, self._aside, settings.body_seconds)
        self._doors = Doors(settings.inside)
        self._limiter: CapacityLimiter | None = None

    async def _aside(self, work: Callable[[], T]) -> T:
        """Run blocking work in a worker thread; the world's failures become plain answers."""
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._settings.workers)
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        except (TurnedDown, NotCertified, CodeRefused):
            raise
        except Exception as error:
            turned = self._office.trouble(error)
            if turned is None:
                raise
            raise turned from error

    # --- enrolment -----------------------------------------------------------------------------
    async def enrol(self, request: Request) -> Response:
        """A one-time code against a certificate."""
        self._enrolments.take(_address(request))
        asked = await self._asked(request, papers.EnrolAsk)
        proof = words("enrol", code=asked.code, device=asked.device)
        if not is_signed_by(asked.device, proof, asked.signature) or len(asked.device) != _DEVICE_HEX:
            raise TurnedDown(400, "signature", "The ask is not signed by the device's key.")
        try:
            certificate = await self._aside(lambda: self._office.enrol(asked.code, asked.device))
        except CodeRefused as refused:
            tell("code refused", reason=refused.reason, address=_address(request))
            self._wrong_codes.take("")
            raise TurnedDown(403, f"code_{refused.reason}", f"This code is {refused.reason}.") from None
        card = await self._aside(self._office.card)
        return _json(papers.EnrolAnswer(certificate.decode(), card))

    # --- sessions ------------------------------------------------------------------------------
    async def session(self, request: Request) -> Response:
        """A challenge, then a token for whoever signs it."""
        self._sessions.take(_address(request))
        asked = await self._asked(request, papers.SessionAsk)
        return _json(await self._aside(lambda: self._session(asked)))

    def _session(self, asked: papers.SessionAsk) -> papers.SessionAnswer:
        secret, card, now = self._office.secret(), self._office.card(), int(time.time())
        device = papers.read(asked.certificate.encode()).certificate.device
        if not asked.challenge:
            until = now + self._settings.challenge_seconds
            return papers.SessionAnswer(card, challenge=new_challenge(secret, device, until))
        server = papers.read(card.certificate.encode()).certificate.device
        said = words("session", challenge=asked.challenge, nonce=asked.nonce, server=server)
        fresh = is_challenge(secret, asked.challenge, device, now)
        if not fresh or not is_signed_by(device, said, asked.signature):
            raise TurnedDown(401, "challenge", "The challenge is old, or not signed by the device's key.")
        grant = self._office.admit(asked.certificate.encode())
        until = now + self._settings.token_seconds
        return papers.SessionAnswer(
            card,
            token=new_token(secret, device, until),
            expires_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(until)),
            signature=self._office.sign(words("server", challenge=asked.challenge, nonce=asked.nonce)),
            flags=grant.flags,
        )

    async def _asked(self, request: Request, kind: type[T]) -> T:
        body = await read_body(request, MAX_ASK_BYTES, self._settings.body_seconds)
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise TurnedDown(400, "malformed", f"No such ask: {error}"[:300]) from None

    # --- the exchange --------------------------------------------------------------------------
    async def exchange(self, request: Request) -> Response:
        """One message in, one message out, under the device's grant."""
        device = self._device(request)
        self._exchanges.take(device)
        with self._doors:
            body = await self._parts.body(request, device)
            said = request.headers.get(CHECK_HEADER, "")
            if said and said != check_of(body):
                raise TurnedDown(400, "changed", "The body is not what its check says: send it again.")
            return await self._reply(request, device, body)

    async def part(self, request: Request) -> Response:
        """A part of a message; answered as the message is when it was the last."""
        device = self._device(request)
        self._part_calls.take(device)
        with self._doors:
            found = await self._parts.part(request, device)
            if isinstance(found, int):
                return _json(Have(found), 202)
            self._exchanges.take(device)
            return await self._reply(request, device, found)

    async def rest(self, request: Request) -> Response:
        """The rest of an answer that broke off."""
        device = self._device(request)
        self._part_calls.take(device)
        with self._doors:
            data = await self._parts.rest(request, device)
        return Response(data, media_type=_MESSAGE, headers={CHECK_HEADER: check_of(data)})

    async def _reply(self, request: Request, device: str, body: bytes) -> Response:
        address = _address(request)
        data = await self._aside(lambda: self._answer(device, address, body))
        names = await self._parts.names(request, device, data)
        return Response(data, media_type=_MESSAGE, headers={CHECK_HEADER: check_of(data), **names})

    def _device(self, request: Request) -> str:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            device = device_of(self._office.secret(), token.strip(), int(time.time()))
            if device:
                request.state.device = device[:12]
                return device
        raise TurnedDown(401, "session", "Show a certificate first: no session, or an old one.")

    def _admitted(self, device: str) -> ScopeGrant:
        grant = self._office.grant(device)
        if grant is None:
            raise TurnedDown(401, "session", "Show a certificate first: this device is not known here.")
        return grant

    def _answer(self, device: str, address: str, body: bytes) -> bytes:
        grant = self._admitted(device)
        try:
            message = decode(body)
        except Malformed as error:
            raise TurnedDown(400, "malformed", str(error)[:300]) from None
        replica = self._replica_of()
        if isinstance(message, Want):
            with replica.read() as rows:
                _refuse_others(rows, grant, message)
        data = answer(replica, grant, body)
        self._office.seen(device, address)
        return data

    # --- how it is doing -----------------------------------------------------------------------
    async def healthz(self, _: Request) -> Response:
        """The process lives."""
        return _json({"ok": True})

    async def readyz(self, _: Request) -> Response:
        """The store can be read, and how far the tables are behind it."""
        try:
            lag = await self._aside(self._office.lag)
        except Exception as error:
            tell("not ready", trouble=type(error).__name__)
            return _json({"ready": False, "waiting": 0, "oldest_s": 0}, 503)
        return _json({"ready": True, "waiting": lag.waiting, "oldest_s": lag.oldest_s})


def _refuse_others(rows: Rows, grant: ScopeGrant, message: Want) -> None:
    """Asking for a log of somebody else's is no slip: logs that are not for a device are never shown to it."""
    logs = {span.log for span in message.spans}
    for key in message.keys:
        found = rows.one('SELECT "log" FROM "event" WHERE "key" = ?', key)
        logs |= {bytes(found[0])} if found else set()
    for log in sorted(logs):
        row = rows.one('SELECT "scope", "device" FROM "log" WHERE "log" = ?', log)
        if row is not None and not visible(grant, row[0], row[1]):
            raise TurnedDown(403, "another's", "This log is not for this device.")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(value), status, headers, _JSON)


def _problem(turned: TurnedDown) -> Response:
    headers = {"Retry-After": str(turned.wait_s)} if turned.wait_s else {}
    if turned.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return _json(papers.Problem(turned.code, str(turned)), turned.status, headers)


def _answered(handler: Handler) -> Handler:
    """Every way a call can end is an answer in one shape, and one line in the journal."""

    async def run(request: Request) -> Response:
        began = time.monotonic_ns()
        try:
            response = await handler(request)
        except TurnedDown as turned:
            response = _problem(turned)
        except NotCertified as refused:
            response = _problem(TurnedDown(401, refused.reason, f"No certificate for here: {refused}"[:300]))
        tell(
            "call",
            path=request.url.path,
            status=response.status_code,
            device=getattr(request.state, "device", ""),
            address=_address(request),
            ms=(time.monotonic_ns() - began) // 1_000_000,
            bytes_in=int(request.headers.get("content-length", "0")[:12] or 0),
            bytes_out=len(response.body),
        )
        return response

    return run


async def _elsewhere(_: Request, error: Exception) -> Response:
    """No such page, or no such method, in the same shape as every other problem."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    sentence = "The server failed; it has told its journal." if status == 500 else "There is nothing here."
    return _json(papers.Problem("broken" if status == 500 else "nothing_here", sentence), status, headers)


async def _failed(request: Request, error: Exception) -> Response:
    tell("a bug", path=request.url.path, kind=type(error).__name__)
    return await _elsewhere(request, error)


_USUAL = ServerSettings()


def make_application(
    replica_of: Callable[[], Replica],
    office: Office,
    settings: ServerSettings = _USUAL,
    pages: Sequence[BaseRoute] = (),
) -> Starlette:
    """The application; `pages` are an office's own routes, served beside the exchange."""
    server = _Server(replica_of, office, settings)

    async def openapi(_: Request) -> Response:
        return _json(description())

    routes: list[BaseRoute] = [
        Route("/sync/v1/enrol", _answered(server.enrol), methods=["POST"]),
        Route("/sync/v1/session", _answered(server.session), methods=["POST"]),
        Route("/sync/v1/exchange", _answered(server.exchange), methods=["POST"]),
        Route("/sync/v1/part", _answered(server.part), methods=["POST"]),
        Route("/sync/v1/answer", _answered(server.rest), methods=["GET"]),
        Route("/healthz", server.healthz),
        Route("/readyz", server.readyz),
        Route("/openapi.json", openapi),
        *pages,
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _elsewhere, Exception: _failed})
