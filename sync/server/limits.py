"""What one caller may ask of the server: calls per second, bytes of a body, seconds to send it."""

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect, Request

from sync.server import kept

_MOST_CALLERS = 10_000
_NS = 1_000_000_000


class TurnedDown(Exception):
    """A call that gets no answer: `status` and `code` say why, `wait_s` when to come back."""

    def __init__(self, status: int, code: str, words: str, wait_s: int = 0) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` calls at once, then one more every `each_ms`."""

    burst: int
    each_ms: int


class Buckets:
    """A token bucket per caller; whoever was quiet longest is forgotten first."""

    def __init__(self, rate: Rate, now_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._rate = rate
        self._now_ns = now_ns
        self._lock = threading.Lock()
        # Per caller: when its bucket will be full again. A later time is an emptier bucket.
        self._full_at: OrderedDict[str, int] = OrderedDict()

    def take(self, caller: str) -> None:
        """One call of this caller. Raises TurnedDown (429) when its bucket is empty."""
        each_ns = self._rate.each_ms * (_NS // 1000)
        now = self._now_ns()
        with self._lock:
            full_at = max(self._full_at.pop(caller, now), now)
            over_ns = full_at + each_ns - now - self._rate.burst * each_ns
            self._full_at[caller] = full_at if over_ns > 0 else full_at + each_ns
            while len(self._full_at) > _MOST_CALLERS:
                self._full_at.popitem(last=False)
        if over_ns > 0:
            raise TurnedDown(429, "too_many", "Too many calls; come back later.", -(-over_ns // _NS))


class Doors:
    """How many calls may be inside at once; the rest is told to come back, so that nobody waits for ever."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside = 0

    def __enter__(self) -> None:
        if self._inside >= self._most:
            raise TurnedDown(503, "busy", "The server is busy; come back in a moment.", 1)
        self._inside += 1

    def __exit__(self, *_: object) -> None:
        self._inside -= 1


class Coming:
    """What has come of a body so far, also when the rest never does."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._limit: asyncio.Timeout | None = None

    def waiting(self, limit: asyncio.Timeout) -> None:
        """Somebody waits for more under this limit."""
        self._limit = limit

    def done(self) -> None:
        """Nobody waits any more."""
        self._limit = None

    def enough(self) -> None:
        """Wait no longer: the asker has come back on another line."""
        limit, self._limit = self._limit, None
        if limit is not None:
            limit.reschedule(0)


async def read_body(request: Request, most: int, seconds: int, coming: Coming | None = None) -> bytes:
    """The request's body. Raises TurnedDown: 413 beyond `most` bytes, 408 when it takes too long or is cut."""
    coming = coming or Coming()
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdecimal() and (len(said) > 12 or int(said) > most):
        raise TurnedDown(413, "too_large", f"A body has at most {most} bytes.")
    size = 0
    try:
        async with asyncio.timeout(seconds) as limit:
            coming.waiting(limit)
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise TurnedDown(413, "too_large", f"A body has at most {most} bytes.")
                coming.parts.append(part)
    except TimeoutError:
        raise TurnedDown(408, "slow", "The body took too long.") from None
    except ClientDisconnect:
        raise TurnedDown(408, "cut", "The body ended too early.") from None
    finally:
        coming.done()
    return b"".join(coming.parts)


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The server's bounds; what is given here suits a market of some hundred registers."""

    exchange_rate: Rate = field(default=Rate(400, 10))  # of one device
    part_rate: Rate = field(
        default=Rate(2_000, 5)
    )  # of one device: the largest message in its smallest parts
    session_rate: Rate = field(default=Rate(600, 20))  # of one address: a market may stand behind one
    enrol_rate: Rate = field(default=Rate(10, 6_000))  # of one address
    wrong_codes: Rate = field(default=Rate(100, 5_000))  # of all addresses together
    inside: int = 256
    workers: int = 4  # more only wait for one another: one interpreter, one journal to flush
    body_seconds: int = 60
    kept_seconds: int = kept.SECONDS
    kept_bytes: int = 64 * 1024 * 1024
    token_seconds: int = 12 * 3600
    challenge_seconds: int = 120
