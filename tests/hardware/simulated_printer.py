"""A network printer on this machine that answers, keeps silent, stalls or hangs up, as it is told."""

import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import Literal

Mood = Literal["healthy", "silent", "deaf", "hangs_up", "no_barrier", "stops_before_barrier"]
HEALTHY = {1: 0x16, 2: 0x12, 4: 0x12}
PAPER_OUT = {1: 0x1E, 2: 0x32, 4: 0x7E}
COVER_OPEN = {1: 0x1E, 2: 0x16, 4: 0x12}
NEAR_END = {1: 0x16, 2: 0x12, 4: 0x1E}


@dataclass
class SimulatedPrinter:
    """Listens on a free port; `printed` is what it took for paper, status questions left out.

    Moods: `healthy` answers all; `silent` reads and never answers; `deaf` takes the connection and
    never reads; `hangs_up` resets after `patience` bytes; `no_barrier` answers status only;
    `stops_before_barrier` runs out of paper before the end of the job.
    """

    mood: Mood = "healthy"
    status: dict[int, int] = field(default_factory=lambda: dict(HEALTHY))
    patience: int = 1000
    printed: bytes = b""
    asked: list[int] = field(default_factory=list)
    barriers: int = 0

    def __enter__(self) -> "SimulatedPrinter":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port = int(self._listener.getsockname()[1])
        self._stop, self.idle = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(5)
        self._listener.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            try:
                link, _ = self._listener.accept()
            except TimeoutError:
                continue
            with link:
                self._talk(link)
            self.idle.set()

    def _talk(self, link: socket.socket) -> None:
        if self.mood == "deaf":
            self._stop.wait(20)
            return
        link.settimeout(0.05)
        pending = b""
        while not self._stop.is_set():
            try:
                piece = link.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                return
            if not piece:
                self.printed += pending
                return
            pending = self._take(link, pending + piece)
            if self.mood == "hangs_up" and len(self.printed) >= self.patience:
                # Lingering for no time makes the close a reset.
                link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return

    def _take(self, link: socket.socket, data: bytes) -> bytes:
        """Answers the questions in the stream; what might be half a question is kept for later."""
        while data:
            at = min((p for p in (data.find(b"\x10\x04"), data.find(b"\x1dr")) if p >= 0), default=-1)
            if at < 0:
                half = 1 if data[-1:] in (b"\x10", b"\x1d") else 0
                self.printed += data[: len(data) - half]
                return data[len(data) - half :]
            self.printed += data[:at]
            if len(data) < at + 3:
                return data[at:]
            self._answer(link, data[at : at + 3])
            data = data[at + 3 :]
        return b""

    def _answer(self, link: socket.socket, question: bytes) -> None:
        if question[0] == 0x10:
            self.asked.append(question[2])
            if self.mood not in ("silent", "hangs_up"):
                link.sendall(bytes((self.status[question[2]],)))
            return
        self.barriers += 1
        if self.mood == "stops_before_barrier":
            self.status = dict(PAPER_OUT)
        elif self.mood == "healthy":
            link.sendall(b"\x00")
