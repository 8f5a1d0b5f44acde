"""A child process that holds one device open and does as its parent says, so that it can be ended.

Run as a script with the device as a JSON argument. The parent writes orders (letter, length, thousandths
of a second, then the bytes), this side answers with messages (letter, length, payload): `H` it runs,
`O` the device is open, `T` bytes may be taken from now on, `A` so many are taken and no more, `D` the
order is done (what was read, or why no more was taken), `E` the device failed. Nothing is imported that
is not needed: each paper waits for this start.
"""

import errno
import json
import os
import struct
import sys
import time
from pathlib import Path
from typing import Any, Protocol

ORDER = struct.Struct("<cII")
MESSAGE = struct.Struct("<cI")
_REST_S = 0.01
WRITE, WRITE_OUT, READ = b"w", b"W", b"R"  # WRITE_OUT waits until all has left this machine


class Port(Protocol):
    """A device that is open."""

    piece: int

    def ready(self, end: float) -> bool:
        """Whether it will take something, waiting until `end`."""
        ...

    def put(self, data: bytes) -> int:
        """How many bytes it took. OSError: none of these; any other error: nobody knows."""
        ...

    def settled(self, end: float) -> bool:
        """Whether all that was put has left this machine, waiting until `end`."""
        ...

    def read(self, end: float) -> bytes:
        """What the device said, waiting for the first byte until `end`."""
        ...

    def close(self) -> None:
        """Leave the device as it was found."""
        ...


class FilePort:
    """A device file; `answers` where the printer behind it can be heard through the same file."""

    piece = 512

    def __init__(self, path: str, answers: bool = False) -> None:
        way = os.O_RDWR if answers else os.O_WRONLY
        plain = getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)  # Windows would put CR before each LF
        self._file, self._answers = os.open(path, way | plain), answers
        if os.name == "posix":
            os.set_blocking(self._file, False)

    def ready(self, end: float) -> bool:
        """See Port."""
        return wait_for(self._file, end, writing=True)

    def put(self, data: bytes) -> int:
        """See Port."""
        try:
            return os.write(self._file, data)
        except BlockingIOError:
            return 0

    def settled(self, end: float) -> bool:
        """See Port."""
        return self.ready(end)

    def read(self, end: float) -> bytes:
        """See Port; a printer with nothing to say may answer with nothing at once."""
        while self._answers and time.monotonic() < end and wait_for(self._file, end, writing=False):
            try:
                got = os.read(self._file, 256)
            except BlockingIOError:
                got = b""
            if got:
                return got
            time.sleep(_REST_S)
        return b""

    def close(self) -> None:
        """See Port."""
        os.close(self._file)


def wait_for(file: int, end: float, writing: bool) -> bool:
    """Whether a device can be read or written, waiting until `end`; Windows cannot tell beforehand."""
    if sys.platform == "win32":
        return True
    # lazy: not there on Windows
    import select

    poll = select.poll()
    poll.register(file, select.POLLOUT if writing else select.POLLIN)
    left = max(0, int((end - time.monotonic()) * 1000))
    return bool(poll.poll(left))


def _opened(device: dict[str, Any]) -> Port:
    if device["scheme"] == "file":
        return FilePort(device["path"], device["answers"])
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    if device["scheme"] == "serial":
        # lazy: a plain device file needs neither the program nor its libraries
        from pos_app.hardware.serial_port import SerialPort

        return SerialPort(device["path"], device["baud"])
    # lazy: as above
    from pos_app.hardware.usb_port import UsbPort

    return UsbPort(device["vendor"], device["product"], device["serial"])


def _say(letter: bytes, payload: bytes = b"") -> None:
    sys.stdout.buffer.write(MESSAGE.pack(letter, len(payload)) + payload)
    sys.stdout.buffer.flush()


def _say_failed(error: Exception) -> None:
    number = getattr(error, "errno", None) or 0
    _say(b"E", errno.errorcode.get(number, type(error).__name__).encode("ascii", "replace"))


def _write(port: Port, data: bytes, end: float, out: bool) -> bytes:
    """Gives the device what it takes; why it took no more, or nothing."""
    sent = 0
    while sent < len(data):
        if time.monotonic() >= end or not port.ready(end):
            return b"timeout"
        _say(b"T")
        try:
            sent += port.put(data[sent : sent + port.piece])
        except OSError:
            _say(b"A", struct.pack("<I", sent))
            raise
        _say(b"A", struct.pack("<I", sent))
    return b"" if not out or port.settled(end) else b"timeout"


def _serve(port: Port) -> None:
    orders = sys.stdin.buffer
    while len(head := orders.read(ORDER.size)) == ORDER.size:
        letter, length, thousandths = ORDER.unpack(head)
        data = orders.read(length)
        if len(data) < length:
            return
        end = time.monotonic() + thousandths / 1000
        _say(b"D", port.read(end) if letter == READ else _write(port, data, end, letter == WRITE_OUT))


def main(device: str) -> int:
    """Serve until the parent closes its end; 0, 3 when the device could not be opened, 4 when it failed."""
    _say(b"H")
    try:
        port = _opened(json.loads(device))
    except Exception as error:
        _say_failed(error)
        return 3
    _say(b"O")
    try:
        _serve(port)
    except Exception as error:
        _say_failed(error)
        return 4
    finally:
        port.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
