"""A serial port inside the child process."""

import errno
import os
import sys
import time

import serial

from pos_app.hardware.device_child import wait_for


class SerialPort:
    """A port at 8N1, for this process alone; what came before it was opened is thrown away."""

    piece = 256

    def __init__(self, path: str, baud: int) -> None:
        alone = True if os.name == "posix" else None
        try:
            self._port = serial.Serial(path, baud, timeout=0, write_timeout=0, exclusive=alone)
        except serial.SerialException as error:
            raise _plain(error) from error
        self._port.reset_input_buffer()

    def ready(self, end: float) -> bool:
        """See Port."""
        return sys.platform == "win32" or wait_for(self._port.fileno(), end, writing=True)

    def put(self, data: bytes) -> int:
        """See Port."""
        if sys.platform == "win32":
            # Its driver tells no count after a wait that was broken off: nobody knows then.
            self._port.write_timeout = 2
            try:
                return self._port.write(data) or 0
            except serial.SerialException as error:
                raise RuntimeError from error
        # The library's own write tells no count when time is up.
        try:
            return os.write(self._port.fileno(), data)
        except BlockingIOError:
            return 0

    def settled(self, end: float) -> bool:
        """See Port; a line that is held blocks here until the parent ends this process."""
        self._port.flush()
        return True

    def read(self, end: float) -> bytes:
        """See Port."""
        self._port.timeout = max(0.0, end - time.monotonic())
        first = self._port.read(1)
        return first + self._port.read(min(256, self._port.in_waiting)) if first else b""

    def close(self) -> None:
        """See Port."""
        self._port.close()


def _plain(error: serial.SerialException) -> OSError:
    """The error with its number, which on Windows stands in the words only; no right there means in use."""
    if error.errno is None:
        for word, number in (("FileNotFoundError", errno.ENOENT), ("PermissionError", errno.EBUSY)):
            if word in str(error):
                return OSError(number, str(error))
    return error
