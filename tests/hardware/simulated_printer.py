"""Printers on this machine, on the network or on a serial line, that behave as they are told."""

import contextlib
import os
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from tests.hardware.paper import Paper
from tests.hardware.printer_model import PrinterModel, Roll

Mood = Literal[
    "healthy", "silent", "deaf", "hangs_up", "no_barrier", "stops_before_barrier",
    "nonsense", "flood", "echo", "speech",
]  # fmt: skip
_TICK_S = 0.02
_ROOM = 16384  # what a slow printer takes ahead of its head; more than any one command
_SPEECH = b"HTTP/1.1 400 Bad Request\r\nServer: printserver\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class _Served:
    """What both lines have in common. Everything asked of it from outside is asked under its lock.

    Moods: `healthy`; `silent` reads and never answers; `deaf` takes the connection and never reads;
    `hangs_up` breaks the line after `patience` bytes; `no_barrier` answers status only;
    `stops_before_barrier` runs out of paper before the end of the job; `nonsense` answers with odd
    bytes, `flood` without end, `echo` with what it got, `speech` as a web server. `speed` is in bytes
    a second. Use as a context manager.
    """

    def __init__(
        self,
        mood: Mood = "healthy",
        *,
        roll: Roll = "enough",
        cover_open: bool = False,
        columns: int = 48,
        ksx1001: bool = False,
        lines_left: int | None = None,
        patience: int = 1000,
        speed: int = 0,
    ) -> None:
        self.mood, self.patience, self.speed = mood, patience, speed
        self._model = PrinterModel(columns, ksx1001, roll, cover_open, lines_left)
        self._model.answers_barrier = mood != "no_barrier"
        self._model.stops_at_barrier = mood == "stops_before_barrier"
        self._changed = threading.Condition()
        self._stop, self.idle = threading.Event(), threading.Event()
        self.received = bytearray()
        self.lines_taken = 0  # connections, one after the other

    def __enter__(self) -> Any:
        self._start()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(10)
        self._end()

    def _start(self) -> None:
        raise NotImplementedError

    def _end(self) -> None:
        raise NotImplementedError

    def _serve(self) -> None:
        raise NotImplementedError

    @property
    def uri(self) -> str:
        """Where it stands."""
        raise NotImplementedError

    @property
    def paper(self) -> Paper:
        """What came out so far."""
        with self._changed:
            return Paper(self._model.columns, list(self._model.paper.items))

    @property
    def printed(self) -> bytes:
        """The bytes worked through, questions left out."""
        with self._changed:
            return bytes(self._model.printed)

    @property
    def strange(self) -> bytes:
        """Bytes that mean nothing to such a printer."""
        with self._changed:
            return bytes(self._model.strange)

    @property
    def asked(self) -> list[int]:
        """The status questions, in order."""
        with self._changed:
            return list(self._model.asked)

    @property
    def barriers(self) -> int:
        """How many GS r were reached."""
        with self._changed:
            return self._model.barriers

    @property
    def holding(self) -> int:
        """Bytes taken and not printed."""
        with self._changed:
            return self._model.holding

    def set_roll(self, roll: Roll) -> None:
        """Takes the paper out or loads it; what is held comes out then."""
        with self._changed:
            self._model.roll, self._model.stops_at_barrier = roll, False
            self._model.work()
            self._changed.notify_all()

    def load_paper(self) -> None:
        """A new roll."""
        self.set_roll("enough")

    def set_cover(self, is_open: bool) -> None:
        """Opens or shuts the cover; what is held comes out when it is shut."""
        with self._changed:
            self._model.cover_open = is_open
            self._model.work()
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[Any], bool], within_s: float = 10.0) -> bool:
        """Whether `condition(printer)` came true in time."""
        end = time.monotonic() + within_s
        while not condition(self):
            with self._changed:
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, 0.1))
        return True

    def _talk(self, read: Callable[[float, int], bytes | None], write: Callable[[bytes], None]) -> None:
        """Until the line ends: `read` gives None then, and nothing when nothing came in time."""
        last, credit = time.monotonic(), 0.0
        while not self._stop.is_set():
            if self.mood == "deaf":
                self._stop.wait(_TICK_S)
                continue
            with self._changed:
                room = max(0, _ROOM - self._model.holding) if self.speed else 1 << 16
            got = read(_TICK_S, room) if room else b""
            if not room:
                self._stop.wait(_TICK_S)
            if got is None:
                break
            now = time.monotonic()
            credit, last = credit + (now - last) * self.speed, now
            with self._changed:
                self.received += got
                held = self._model.holding + len(got)
                answers = self._model.receive(got, max(0, int(credit)) if self.speed else None)
                # A command is done as a whole, so what it took too much is worked off afterwards.
                credit = min(0.0, credit) if not held else credit - (held - self._model.holding)
                self._changed.notify_all()
            if got or answers:
                self._say(got, answers, write)
            if self.mood == "hangs_up" and len(self.received) >= self.patience:
                raise ConnectionResetError
        if self.speed and not self._stop.is_set():
            with self._changed:  # the rest of the job lies in the printer
                self._model.work()
                self._changed.notify_all()

    def _say(self, got: bytes, answers: bytes, write: Callable[[bytes], None]) -> None:
        with contextlib.suppress(OSError):
            if self.mood in ("healthy", "no_barrier", "stops_before_barrier"):
                write(answers)
            elif self.mood == "nonsense" and got:
                write(b"\xa5\xff\x91")
            elif self.mood == "echo":
                write(got)
            elif self.mood == "speech" and got:
                write(_SPEECH)
            elif self.mood == "flood" and got:
                for _ in range(64):
                    write(b"\x55\x12\xaa\x16" * 1024)


class SimulatedPrinter(_Served):
    """On a free port of this machine."""

    def _start(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        if self.speed:  # connections inherit it: what waits outside the printer is little
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self._listener.settimeout(0.05)
        self.port = int(self._listener.getsockname()[1])

    def _end(self) -> None:
        self._listener.close()

    @property
    def uri(self) -> str:
        """socket://127.0.0.1:PORT"""
        return f"socket://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                link, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.lines_taken += 1
            link.settimeout(_TICK_S)
            with link:
                try:
                    self._talk(partial(self._read, link), link.sendall)
                except OSError:
                    # Lingering for no time makes the close a reset.
                    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.idle.set()

    @staticmethod
    def _read(link: socket.socket, within_s: float, most: int) -> bytes | None:
        try:
            return link.recv(min(most, 1 << 16)) or None
        except TimeoutError:
            return b""


class SerialPrinter(_Served):
    """On a serial line of this machine: a pseudo terminal of which the printer holds the other end."""

    def _start(self) -> None:
        if sys.platform == "win32":
            raise NotImplementedError
        import tty  # lazy: not there on Windows

        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self.path = os.ttyname(self._theirs)

    def _end(self) -> None:
        for end in (self._ours, self._theirs):
            if end >= 0:
                os.close(end)

    @property
    def uri(self) -> str:
        """serial:///dev/pts/…"""
        return f"serial://{self.path}?baud=115200"

    def _serve(self) -> None:
        try:
            self._talk(self._read, self._write)
        except OSError:
            os.close(self._ours)
            self._ours = -1
        self.idle.set()

    def _read(self, within_s: float, most: int) -> bytes | None:
        ready, _, _ = select.select([self._ours], [], [], within_s)
        if not ready:
            return b""
        try:
            return os.read(self._ours, most)
        except BlockingIOError:
            return b""

    def _write(self, data: bytes) -> None:
        with contextlib.suppress(BlockingIOError):
            while data:
                data = data[os.write(self._ours, data) :]
