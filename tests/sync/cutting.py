"""A plain line that dies: each connection is cut after so many bytes, whatever they are, and counts them."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Cutting:
    """Its address, and what went over it."""

    url: str
    every: int  # bytes either way after which a connection dies; 0: never
    up: int = 0
    down: int = 0
    connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def carried(self) -> int:
        """All bytes, either way."""
        return self.up + self.down

    def count(self, up: bool, size: int) -> None:
        """So many more."""
        with self._lock:
            if up:
                self.up += size
            else:
                self.down += size


class _Pair:
    """One connection and its other half."""

    def __init__(self, line: Cutting, near: socket.socket, far: socket.socket) -> None:
        self._line, self.near, self.far = line, near, far
        self._left = line.every or 1 << 62
        self._lock = threading.Lock()

    def carry(self, up: bool) -> None:
        """One way, until the connection dies or ends."""
        here, there = (self.near, self.far) if up else (self.far, self.near)
        with suppress(OSError):
            while data := here.recv(65_536):
                with self._lock:
                    data = data[: self._left]
                    self._left -= len(data)
                    dead = self._left <= 0
                    there.sendall(data)
                    self._line.count(up, len(data))
                if dead:
                    break
        self.end()

    def end(self) -> None:
        """Both ways."""
        for end in (self.near, self.far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(upstream: Callable[[], str], every: int) -> Iterator[Cutting]:
    """A line to wherever `upstream` says at each connection (http://host:port)."""
    door = socket.create_server(("127.0.0.1", 0), backlog=64)
    line = Cutting(f"http://127.0.0.1:{door.getsockname()[1]}", every)
    threads: list[threading.Thread] = []
    pairs: list[_Pair] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                near = door.accept()[0]
                host, port = upstream().removeprefix("http://").split(":")
                try:
                    far = socket.create_connection((host, int(port)), 5)
                except OSError:
                    near.close()
                    continue
                line.connections += 1
                pairs.append(_Pair(line, near, far))
                for up in (True, False):
                    thread = threading.Thread(target=pairs[-1].carry, args=(up,), daemon=True)
                    threads.append(thread)
                    thread.start()

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield line
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        serving.join(5)
        for pair in pairs:
            pair.end()
        for thread in threads:
            thread.join(5)
            assert not thread.is_alive()
        for pair in pairs:
            pair.near.close()
            pair.far.close()
