"""A line far away: every byte comes late, and not many at a time."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Queue

_CHUNK = 4096


@contextmanager
def slow(upstream: str, round_trip_ms: int, bytes_a_second: int) -> Iterator[str]:
    """The address of a line to `upstream` (http://host:port) with this round trip and this rate either way."""
    host, port = upstream.removeprefix("http://").split(":")
    door = socket.create_server(("127.0.0.1", 0), backlog=16)

    def carry(came: socket.socket) -> None:
        there = socket.create_connection((host, int(port)))
        for one, other in ((came, there), (there, came)):
            threading.Thread(
                target=_one_way, args=(one, other, round_trip_ms // 2, bytes_a_second), daemon=True
            ).start()

    def serve() -> None:
        with suppress(OSError):
            while True:
                carry(door.accept()[0])

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        door.close()


def _one_way(here: socket.socket, there: socket.socket, delay_ms: int, bytes_a_second: int) -> None:
    """Bytes leave when the line is free and arrive after the delay."""
    waiting: Queue[tuple[int, bytes]] = Queue()

    def deliver() -> None:
        while True:
            at_ns, data = waiting.get()
            time.sleep(max(0, at_ns - time.monotonic_ns()) / 1e9)
            with suppress(OSError):
                if not data:
                    there.shutdown(socket.SHUT_WR)
                    return
                there.sendall(data)

    threading.Thread(target=deliver, daemon=True).start()
    free_ns = time.monotonic_ns()
    while True:
        try:
            data = here.recv(_CHUNK)
        except OSError:
            data = b""
        free_ns = max(free_ns, time.monotonic_ns()) + len(data) * 1_000_000_000 // bytes_a_second
        waiting.put((free_ns + delay_ms * 1_000_000, data))
        if not data:
            return
