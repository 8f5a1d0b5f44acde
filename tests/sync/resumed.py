"""Messages over lines that break, by hand and by a channel: what the tests of it share."""

import random
from pathlib import Path

import requests

from sync.client.http_channel import HttpChannel
from sync.client.http_line import Timeouts
from sync.parts import NAME_HEADER, PART_HEADER, name_of
from tests.sync.serving import Served, served
from tests.sync.worlds import Place, Writer

PATIENT = Timeouts(connect_s=10, read_s=30, ask_s=60)
CUT_EVERY = 16 * 1024
SALES = 1_000
CALL_S = 10


def ring(place: Place, count: int = SALES) -> None:
    """So many sales of five lines, with ids as random as real ones."""
    rng, writer = random.Random(count), Writer("register/d/R1")
    sales = []
    for number in range(count):
        lines = [{"product": rng.randbytes(8).hex(), "won": 100 * rng.randrange(99)} for _ in range(5)]
        body = {"id": rng.randbytes(16).hex(), "number": f"R1-K7-{number:04d}", "lines": lines}
        sales.append(writer.say(body).data)
    place.bare.take([writer.genesis], sales)


class Counted:
    """A channel that knows how much was said over it."""

    def __init__(self, channel: HttpChannel) -> None:
        self._channel, self.bytes = channel, 0

    def ask(self, message: bytes) -> bytes:
        said = self._channel.ask(message)
        self.bytes += len(message) + len(said)
        return said


def behind(web: Served, url: str) -> HttpChannel:
    """A new device that reaches the server at this address."""
    channel = web.device()
    channel.url, channel._timeouts = url + "/", PATIENT
    return channel


def payload_of(place: Place, tmp_path: Path, up: bool = True) -> int:
    """What has to be said to bring all of this place to a fresh one, or to fetch it from there."""
    other = Place(tmp_path / "payload.db")
    server, till = (other, place) if up else (place, other)
    with served(lambda: server.replica) as web:
        counted = Counted(web.device())
        till.sync(counted)
    assert server.state == till.state
    other.close()
    return counted.bytes


def message(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def token(web: Served) -> tuple[HttpChannel, dict[str, str]]:
    """A device, and the header of its session."""
    channel = web.device()
    channel._open_session()
    return channel, {"Authorization": f"Bearer {channel.token}"}


def part(
    web: Served, headers: dict[str, str], said: bytes, start: int, end: int, **more: str
) -> requests.Response:
    """This part of a message, by hand."""
    named = {NAME_HEADER: name_of(said), PART_HEADER: f"{start}/{len(said)}", **more}
    data = said[start:end]
    return requests.post(f"{web.url}/sync/v1/part", data=data, headers={**headers, **named}, timeout=CALL_S)
