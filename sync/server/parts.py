"""Messages that come in parts because the line breaks, and answers that go out in parts."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from starlette.requests import Request

from sync.certificates import CHECK_HEADER, check_of
from sync.messages import MAX_MESSAGE_BYTES
from sync.parts import (
    BAD_LINE,
    LEAST_ANSWER_BYTES,
    LEAST_BYTES,
    LINE_HEADER,
    NAME_HEADER,
    PART_HEADER,
    read_name,
    read_place,
)
from sync.server.kept import Kept
from sync.server.limits import Coming, TurnedDown, read_body

T = TypeVar("T")
_CUT = 408
_END_SECONDS = 2


class Aside(Protocol):
    """Runs blocking work in a worker thread."""

    def __call__(self, work: Callable[[], T]) -> Awaitable[T]:
        """What the work gives."""


class _Reading:
    """A body on its way in this process."""

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.coming = Coming()
        self.ended = asyncio.Event()


class Parts:
    """Between the calls and the rows that are kept."""

    def __init__(
        self, kept: Kept, admitted: Callable[[str], object], aside: Aside, body_seconds: int
    ) -> None:
        """`admitted`: raises TurnedDown for a device that may not bring anything."""
        self._kept, self._admitted, self._aside = kept, admitted, aside
        self._body_seconds = body_seconds
        self._readings: dict[str, _Reading] = {}

    async def body(self, request: Request, device: str) -> bytes:
        """A message sent in one piece; when its line breaks, what came of it is kept. Raises TurnedDown."""
        name = read_name(request.headers.get(NAME_HEADER, ""))
        size = _length(request)
        if not name or not LEAST_BYTES < size <= MAX_MESSAGE_BYTES:
            return await read_body(request, MAX_MESSAGE_BYTES, self._body_seconds)
        return await self._read(request, device, name, 0, size)

    async def part(self, request: Request, device: str) -> int | bytes:
        """Take in a part: how much is there now, or the message when it is whole. Raises TurnedDown."""
        name = read_name(request.headers.get(NAME_HEADER, ""))
        place = read_place(request.headers.get(PART_HEADER, ""))
        if not name or place is None:
            raise TurnedDown(400, "malformed", f"A part says {NAME_HEADER} and {PART_HEADER}.")
        start, size = place
        if not 0 < size <= MAX_MESSAGE_BYTES or start + _length(request) > size:
            raise TurnedDown(400, "malformed", "No such part of a message.")
        await self._end_earlier(device, name)
        began_us = self._kept.now_us()
        data = await self._read(request, device, name, start, size)
        if start + len(data) > size:
            raise TurnedDown(400, "malformed", "No such part of a message.")
        check = request.headers.get(CHECK_HEADER, "")
        if check and check != check_of(data):
            raise TurnedDown(400, "changed", "The part is not what its check says: send it again.")
        have = await self._keep(device, name, size, start, data, began_us)
        if have < size:
            return have
        message = await self._aside(lambda: self._kept.whole(device, name, size))
        if message is None:
            raise TurnedDown(400, "changed", "The parts are not what their name says: send them again.")
        return message

    async def rest(self, request: Request, device: str) -> bytes:
        """What is still to be fetched of an answer. Raises TurnedDown (404) when it is not kept for this device."""
        name = read_name(request.query_params.get("name", ""))
        start = request.query_params.get("start", "")
        if not name or not (start.isascii() and start.isdecimal() and len(start) < 10):
            raise TurnedDown(400, "malformed", "An answer's name, and where its rest begins, are asked for.")

        def find() -> bytes | None:
            self._admitted(device)
            return self._kept.rest_of_answer(device, name, int(start))

        data = await self._aside(find)
        if data is None:
            raise TurnedDown(404, "not_kept", "No such answer is kept for this device: ask anew.")
        return data

    async def names(self, request: Request, device: str, answer: bytes) -> dict[str, str]:
        """Keep a large answer for an asker whose line breaks, and name it."""
        if request.headers.get(LINE_HEADER) != BAD_LINE or len(answer) <= LEAST_ANSWER_BYTES:
            return {}
        try:
            name = await self._aside(lambda: self._kept.keep_answer(device, answer))
        except TurnedDown:
            return {}  # it cannot be kept now; it is given all the same
        return {NAME_HEADER: name.hex()}

    async def _read(self, request: Request, device: str, name: bytes, start: int, size: int) -> bytes:
        # Nothing is awaited before the body: what arrives while nobody reads is lost with its line.
        reading = self._readings[device] = _Reading(name)
        began_us = self._kept.now_us()
        try:
            return await read_body(request, MAX_MESSAGE_BYTES, self._body_seconds, reading.coming)
        except TurnedDown as turned:
            came = b"".join(reading.coming.parts)
            if turned.status == _CUT and came and start + len(came) <= size:
                await self._keep(device, name, size, start, came, began_us)
            raise
        finally:
            reading.ended.set()
            if self._readings.get(device) is reading:
                del self._readings[device]

    async def _keep(self, device: str, name: bytes, size: int, start: int, data: bytes, began_us: int) -> int:
        def keep() -> int:
            self._admitted(device)
            return self._kept.add(device, name, size, start, data, began_us)

        return await self._aside(keep)

    async def _end_earlier(self, device: str, name: bytes) -> None:
        """The same message on an earlier line, which may be dead without a word: what came of it is all."""
        earlier = self._readings.get(device)
        if earlier is not None and earlier.name == name:
            earlier.coming.enough()
            try:
                async with asyncio.timeout(_END_SECONDS):
                    await earlier.ended.wait()
            except TimeoutError:
                return  # its own process is busy: it will be told apart by its place


def _length(request: Request) -> int:
    """How long the body says it is; 0 when it does not say."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0
