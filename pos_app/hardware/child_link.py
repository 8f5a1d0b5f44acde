"""A device held by a child process, as a line for the dialogue; ended when it does not come back."""

import contextlib
import json
import queue
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from pos_app.hardware.device_child import MESSAGE, ORDER, READ, WRITE, WRITE_OUT
from pos_app.hardware.dialogue import Written

_SCRIPT = Path(__file__).with_name("device_child.py")
_START_S = 8.0  # for the child itself, on a machine that is busy
_GRACE_S = 0.6  # for a wait that ends by itself
_LEAVE_S = 1.0
_FRAME = 3072  # less than a pipe holds anywhere: giving an order never waits
DETAILS = {
    "ENOENT": "no_device",
    "ENXIO": "no_device",
    "ENODEV": "no_device",
    "EACCES": "no_right",
    "EPERM": "no_right",
    "EBUSY": "busy",
    "EAGAIN": "busy",
    "ENOSYS": "no_driver",
}


class ChildLink:
    """Use as a context manager: `open`, then `write` and `read`."""

    def __init__(self, device: dict[str, object]) -> None:
        self._child = subprocess.Popen(
            _command(device),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._heard: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="device-child", daemon=True)
        self._listener.start()
        self._gone = False

    def __enter__(self) -> "ChildLink":
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            assert self._child.stdin is not None
            self._child.stdin.close()
        try:
            self._child.wait(0 if self._gone else _LEAVE_S)
        except subprocess.TimeoutExpired:
            self._end()
        self._listener.join(_GRACE_S)
        if not self._listener.is_alive():
            assert self._child.stdout is not None
            self._child.stdout.close()

    def open(self, within_s: float) -> str:
        """Empty when the device is open, otherwise why it is not."""
        letter, said = self._message(time.monotonic() + _START_S)
        if letter == b"H":
            letter, said = self._message(time.monotonic() + within_s)
        if letter == b"O":
            return ""
        self._end()
        return detail_of(said.decode("ascii", "replace")) if letter == b"E" else "timeout"

    def write(self, data: bytes, end: float) -> Written:
        """See Link. After a wait that was too long the child is ended and nothing more can be written."""
        sent = 0
        while sent < len(data):
            frame = data[sent : sent + _FRAME]
            taken = self._frame(frame, end, last=sent + len(frame) == len(data))
            sent += taken.accepted
            if taken.fault:
                return Written(sent, taken.fault, taken.certain)
        return Written(sent)

    def read(self, end: float) -> bytes:
        """See Link."""
        if end <= time.monotonic():
            return b""
        if not self._order(READ, b"", end):
            raise BrokenPipeError
        letter, said = self._message(end + _GRACE_S)
        if letter == b"D":
            return said
        self._end()
        raise BrokenPipeError

    def _frame(self, frame: bytes, end: float, last: bool) -> Written:
        if not self._order(WRITE_OUT if last else WRITE, frame, end):
            return Written(0, "device_error")
        accepted, trying = 0, False
        while True:
            letter, said = self._message(end + _GRACE_S)
            if letter == b"T":
                trying = True
            elif letter == b"A":
                trying, accepted = False, struct.unpack("<I", said)[0]
            elif letter == b"D":
                return Written(accepted, said.decode("ascii", "replace"))
            else:
                self._end()
                fault = detail_of(said.decode("ascii", "replace")) if letter == b"E" else "timeout"
                return Written(accepted, fault, certain=not trying)

    def _order(self, letter: bytes, data: bytes, end: float) -> bool:
        if self._gone:
            return False
        thousandths = max(0, int((end - time.monotonic()) * 1000))
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(ORDER.pack(letter, len(data), thousandths) + data)
            self._child.stdin.flush()
        except OSError:
            return False
        return True

    def _message(self, end: float) -> tuple[bytes, bytes]:
        """The child's next word; nothing when time is up or it ended without one."""
        try:
            return self._heard.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            return b"", b""

    def _listen(self) -> None:
        assert self._child.stdout is not None
        words = self._child.stdout
        while len(head := words.read(MESSAGE.size)) == MESSAGE.size:
            letter, length = MESSAGE.unpack(head)
            self._heard.put((letter, words.read(length)))
        self._heard.put((b"E", b""))

    def _end(self) -> None:
        """Ends the child; one stuck inside the system is left to it after a moment."""
        self._gone = True
        self._child.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(_GRACE_S)


def detail_of(code: str) -> str:
    """The detail of a result for a system's error code."""
    return DETAILS.get(code, "device_error")


def _command(device: dict[str, object]) -> list[str]:
    about = json.dumps(device)
    if getattr(sys, "frozen", False):
        return [sys.executable, "device-child", about]  # the packed program is its own Python
    # A plain file needs no libraries, and their search is most of the start.
    bare = ["-S"] if device["scheme"] == "file" else []
    return [sys.executable, "-I", *bare, str(_SCRIPT), about]
