"""Bytes to a file (kept) or to a device file (a child process does it and dies at the deadline)."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

from pos_app.hardware.send_result import SendResult

_WRITER = Path(__file__).with_name("device_writer.py")
_DETAILS = {"ENOENT": "no_device", "ENXIO": "no_device", "ENODEV": "no_device", "EACCES": "no_right"}


def send(path: str, data: bytes, deadline_s: float) -> SendResult:
    """Appends to a regular file (made when its folder exists); writes to a device with a deadline."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    except OSError:
        return SendResult("nothing_accepted", 0, "no_right")
    if stat.S_ISREG(mode):
        return _appended(path, data)
    if stat.S_ISDIR(mode):
        return SendResult("nothing_accepted", 0, "no_device")
    return _by_child(path, data, deadline_s)


def _appended(path: str, data: bytes) -> SendResult:
    if path.startswith("/dev/"):
        # A printer that is unplugged must not become a file of its name.
        return SendResult("nothing_accepted", 0, "no_device")
    sent = 0
    try:
        with open(path, "ab", buffering=0) as file:
            while sent < len(data):
                sent += file.write(data[sent:]) or 0
    except OSError as error:
        detail = _DETAILS.get(errno.errorcode.get(error.errno or 0, ""), "device_error")
        return SendResult("unknown" if sent else "nothing_accepted", sent, detail)
    return SendResult("sent", sent)


def _by_child(path: str, data: bytes, deadline_s: float) -> SendResult:
    child = subprocess.Popen(
        _command(path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    timed_out = False
    try:
        said, _ = child.communicate(data, timeout=deadline_s)
    except subprocess.TimeoutExpired:
        timed_out = True
        child.kill()
        said = _last_words(child)
    sent, fault = _told(said)
    if timed_out:
        return SendResult("unknown" if sent else "nothing_accepted", sent, "timeout")
    if child.returncode == 0:
        return SendResult("sent", sent)
    detail = _DETAILS.get(fault, "device_error")
    return SendResult("unknown" if sent else "nothing_accepted", sent, detail)


def _command(path: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "device-writer", path]  # the packed program is its own Python
    return [sys.executable, "-I", "-S", str(_WRITER), path]


def _last_words(child: subprocess.Popen[bytes]) -> bytes:
    """What the ended child said; one stuck inside the system is left to it after half a second."""
    try:
        return child.communicate(timeout=0.5)[0]
    except subprocess.TimeoutExpired as error:
        return error.output or b""


def _told(said: bytes) -> tuple[int, str]:
    sent, fault = 0, ""
    for word in said.decode("ascii", "replace").split():
        if word.startswith("!"):
            fault = word[1:]
        elif word.isdigit():
            sent = int(word)
    return sent, fault
