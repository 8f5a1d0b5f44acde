"""A line with a will of its own between a channel and a real server: every way a network can fail, on purpose."""

import random
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

# What a client calls a fault, and whether the same ask may work when it is repeated.
WORDS = (
    ("page", "portal", False),
    ("elsewhere", "portal", False),
    ("half_gzip", "broken", False),
    ("e413", "cut", True),
    ("e429", "busy", True),
    ("e503", "busy", True),
    ("e500", "broken", True),
)


PASS = "pass"
FAULTS = (
    "drop",  # nothing reaches the server
    "lose_answer",  # the server did it, nobody hears of it
    "twice",  # the server gets it twice
    "late",  # cut here, and yet it reaches the server, after the asks that follow
    "truncate_answer",
    "truncate_ask",
    "corrupt_answer",
    "corrupt_ask",
    "e500",
    "e502",
    "e503",
    "e413",
    "e429",
    "page",  # 200 and HTML, as a captive portal
    "elsewhere",  # a redirect to another host
    "half_gzip",
    "loris",  # the answer begins and never ends
)


def _answer(status: bytes, kind: bytes, body: bytes, more: bytes = b"") -> bytes:
    size = str(len(body)).encode()
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n" + more
    return head + b"Content-Length: " + size + b"\r\n\r\n" + body


def _sad(status: bytes) -> bytes:
    return _answer(status, b"text/html", b"sad\n", b"Retry-After: 1\r\n")


# What somebody between says by himself.
_SAID = {
    "e500": _sad(b"500 Internal Server Error"),
    "e502": _sad(b"502 Bad Gateway"),
    "e503": _sad(b"503 Service Unavailable"),
    "e413": _sad(b"413 Content Too Large"),
    "e429": _sad(b"429 Too Many Requests"),
    "page": _answer(b"200 OK", b"text/html", b"<!doctype html><html><body>please sign in</body></html>"),
    "elsewhere": _answer(b"302 Found", b"text/html", b"", b"Location: http://portal.invalid/\r\n"),
    "half_gzip": _answer(
        b"200 OK", b"application/octet-stream", b"\x1f\x8b\x08\x00half", b"Content-Encoding: gzip\r\n"
    ),
}

Script = Callable[[int], str]


@dataclass
class Line:
    """Its address, what it did, and what it does next: `script(number of the ask)` names a fault or PASS."""

    url: str
    script: Script
    rng: random.Random
    cut_every: int = 0  # bytes either way after which a connection dies; 0: never
    asks: int = 0
    done: list[str] = field(default_factory=list)
    carried: int = 0
    held: list[bytes] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def scripted(faults: Iterable[str]) -> Script:
    """These faults one after the other, then none."""
    rest = iter(faults)
    return lambda _: next(rest, PASS)


def lossy(rng: random.Random, percent: int, faults: tuple[str, ...] = FAULTS) -> Script:
    """Each ask meets a fault with this probability."""
    return lambda _: rng.choice(faults) if rng.randrange(100) < percent else PASS


@contextmanager
def faulty(upstream: str, script: Script, seed: int = 1, cut_every: int = 0) -> Iterator[Line]:
    """A line to `upstream` (http://host:port)."""
    host, port = upstream.removeprefix("http://").split(":")
    door = socket.create_server(("127.0.0.1", 0), backlog=64)
    line = Line(f"http://127.0.0.1:{door.getsockname()[1]}", script, random.Random(seed), cut_every)
    threads: list[threading.Thread] = []
    ours: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                came, _ = door.accept()
            except OSError:
                return
            if line.ended.is_set():
                came.close()
                return
            ours.append(came)
            thread = threading.Thread(target=_carry, args=(line, came, (host, int(port))), daemon=True)
            threads.append(thread)
            thread.start()

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield line
    finally:
        line.ended.set()
        with suppress(OSError), socket.create_connection(door.getsockname(), 2):
            pass
        serving.join(5)
        door.close()
        for each in ours:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(5)
            assert not thread.is_alive()


class _Cut(Exception):
    """This connection is over."""


class _Wire:
    """A connection that dies after so many bytes."""

    def __init__(self, line: Line, end: socket.socket) -> None:
        self._line, self._end, self._left = line, end, line.cut_every or 1 << 62
        self._held = b""

    def ask(self) -> bytes:
        """One whole request."""
        head = self._until(b"\r\n\r\n")
        size = _length(head)
        while len(self._held) < size:
            self._more()
        body, self._held = self._held[:size], self._held[size:]
        return head + body

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._held:
            self._more()
        head, _, self._held = self._held.partition(mark)
        return head + mark

    def _more(self) -> None:
        data = self._end.recv(65_536)
        if not data:
            raise _Cut
        self._spend(len(data))
        self._held += data

    def say(self, data: bytes) -> None:
        """Send, as far as this connection lives."""
        left = self._left
        self._end.sendall(data[:left])
        self._spend(len(data))

    def _spend(self, size: int) -> None:
        self._line.carried += min(size, self._left)
        self._left -= size
        if self._left <= 0:
            raise _Cut


def _length(head: bytes) -> int:
    for row in head.split(b"\r\n"):
        name, _, value = row.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


def _carry(line: Line, came: socket.socket, upstream: tuple[str, int]) -> None:
    wire = _Wire(line, came)
    with came:
        with suppress(_Cut, OSError):
            while not line.ended.is_set():
                asked = wire.ask()
                line.asks += 1
                fault = line.script(line.asks)
                line.done.append(fault)
                _do(line, fault, wire, asked, upstream)
        with suppress(OSError):
            came.shutdown(socket.SHUT_RDWR)


def _do(line: Line, fault: str, wire: _Wire, asked: bytes, upstream: tuple[str, int]) -> None:
    if fault == "drop":
        raise _Cut
    if fault in _SAID:
        wire.say(_SAID[fault])
        return
    if fault == "late":
        line.held.append(asked)
        raise _Cut
    if fault == "truncate_ask":
        _forward(upstream, asked[: line.rng.randrange(1, len(asked))], wait=False)
        raise _Cut
    if fault == "corrupt_ask":
        asked = _flipped(line.rng, asked)
    answer = _forward(upstream, asked)
    while line.held:
        _forward(upstream, line.held.pop())
    if fault == "twice":
        answer = _forward(upstream, asked)
    if fault == "lose_answer":
        raise _Cut
    if fault == "corrupt_answer":
        answer = _flipped(line.rng, answer)
    if fault == "truncate_answer":
        wire.say(answer[: line.rng.randrange(0, len(answer))])
        raise _Cut
    if fault == "loris":
        wire.say(answer[: line.rng.randrange(1, len(answer))])
        line.ended.wait(30)
        raise _Cut
    wire.say(answer)


def _flipped(rng: random.Random, data: bytes) -> bytes:
    """One byte of the body is another one."""
    start = data.index(b"\r\n\r\n") + 4
    if start >= len(data):
        return data
    at = rng.randrange(start, len(data))
    return data[:at] + bytes([data[at] ^ (1 + rng.randrange(255))]) + data[at + 1 :]


def _forward(upstream: tuple[str, int], asked: bytes, wait: bool = True) -> bytes:
    """The server's own answer, on a connection of its own."""
    with socket.create_connection(upstream, 10) as end:
        end.sendall(asked)
        if not wait:
            return b""
        held = b""
        while b"\r\n\r\n" not in held:
            held += _some(end)
        head, _, _ = held.partition(b"\r\n\r\n")
        while len(held) < len(head) + 4 + _length(head):
            held += _some(end)
        return held


def _some(end: socket.socket) -> bytes:
    data = end.recv(65_536)
    if not data:
        raise _Cut
    return data
