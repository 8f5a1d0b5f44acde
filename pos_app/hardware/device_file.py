"""A file that keeps the bytes of each job, for trying without a printer."""

import errno
import os
import stat
import sys

from pos_app.hardware.child_link import detail_of
from pos_app.hardware.send_result import SendResult

_USB_MAJOR = 180
_BEGINS = (0x1B, 0x10)  # every job begins with a command, and so does a file of jobs


def is_device(path: str) -> bool:
    """Whether something stands there that is neither a plain file nor a folder."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def can_answer(path: str) -> bool:
    """Whether the system's own USB printer driver stands there, which lets the printer be heard."""
    try:
        about = os.stat(path)
    except OSError:
        return False
    return sys.platform == "linux" and stat.S_ISCHR(about.st_mode) and os.major(about.st_rdev) == _USB_MAJOR


def _holds_something_else(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as file:
        first = file.read(1)
    return bool(first) and first[0] not in _BEGINS


def append(path: str, data: bytes) -> SendResult:
    """Adds to a file, which is made when its folder exists; a file of anything but jobs is left as it is."""
    if path.startswith("/dev/") and not os.path.exists(path):
        # A printer that is unplugged must not become a file of its name.
        return SendResult("nothing_accepted", 0, "no_device")
    sent = 0
    try:
        if _holds_something_else(path):
            return SendResult("nothing_accepted", 0, "not_a_printer")
        with open(path, "ab", buffering=0) as file:
            while sent < len(data):
                sent += file.write(data[sent:]) or 0
    except OSError as error:
        detail = detail_of(errno.errorcode.get(error.errno or 0, ""))
        detail = "no_device" if os.path.isdir(path) else detail  # Windows calls a folder a missing right
        return SendResult("unknown" if sent else "nothing_accepted", sent, detail)
    return SendResult("sent", sent)
