"""Printers that this machine can see: its queues, ports and devices. No network is searched."""

import contextlib
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import msgspec

from pos_app.hardware import cups, tcp, windows_queue

How = Literal["usb", "serial", "cups", "windows", "file"]
Presence = Literal["printer", "silent", "refused", "unreachable"]

_WITHIN_S = 3.0


class Found(msgspec.Struct, frozen=True):
    """A printer that may be there: its URI, what to call it, what tells it from others, who named it."""

    uri: str
    title: str
    detail: str
    how: How


def found(within_s: float = _WITHIN_S) -> tuple[Found, ...]:
    """All that can be seen in time, queues first; a source that is missing or stuck gives nothing."""
    sources = (_windows, _cups, _usb, _device_files, _serial)
    seen: tuple[list[Found], ...] = tuple([] for _ in sources)
    threads = [
        threading.Thread(target=_look, args=(source, into), name="printer-search", daemon=True)
        for source, into in zip(sources, seen, strict=True)
    ]
    end = time.monotonic() + within_s
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return tuple(each for some in seen for each in tuple(some))


def _look(source: Callable[[], Iterator[Found]], into: list[Found]) -> None:
    # Libraries and tools of other people fail in many ways; a list without them is better than none.
    with contextlib.suppress(Exception):
        into.extend(source())


def check_address(host: str, port: int = 9100) -> Presence:
    """Who is at a typed address: a printer that answers, one that keeps silent, or nobody.

    `silent` may be a printer that never answers as well as another machine.
    """
    if not host.strip() or not 0 < port < 65536:
        return "unreachable"
    try:
        return "printer" if tcp.ask(host.strip(), port).answered else "silent"
    except ConnectionRefusedError:
        return "refused"
    except OSError:
        return "unreachable"


def _windows() -> Iterator[Found]:
    for name in windows_queue.queues(_WITHIN_S):
        yield Found("win32://" + quote(name, safe=""), name, "", "windows")


def _cups() -> Iterator[Found]:
    for name in cups.queues(_WITHIN_S):
        yield Found("cups://" + quote(name, safe=""), name, "", "cups")


def _serial() -> Iterator[Found]:
    # lazy: only who sets a printer up needs it
    from serial.tools.list_ports import comports

    for port in sorted(comports()):
        if port.hwid == "n/a":
            continue  # a socket of the board with nothing known behind it
        uri = "serial://" + quote(port.device, safe="/")
        title = port.description if port.description not in ("", "n/a") else port.device
        yield Found(uri, title, port.device, "serial")


def _usb() -> Iterator[Found]:
    if sys.platform == "win32":
        return  # there a printer belongs to the spooler
    # lazy: see _serial
    from pos_app.hardware.usb_port import printers

    for each in printers():
        ids = f"{each.vendor:04x}:{each.product:04x}"
        uri = f"usb://{ids}" + (f"/{quote(each.serial, safe='')}" if each.serial else "")
        yield Found(uri, each.title or f"USB {ids}", each.serial or ids, "usb")


def _device_files(
    devices: Path = Path("/dev/usb"), about: Path = Path("/sys/class/usbmisc")
) -> Iterator[Found]:
    for path in sorted(devices.glob("lp[0-9]*")):
        words = ""
        with contextlib.suppress(OSError):
            words = (about / path.name / "device" / "ieee1284_id").read_text(errors="replace")
        names = [_word(words, "MFG|MANUFACTURER"), _word(words, "MDL|MODEL")]
        yield Found(
            f"file://{quote(str(path))}", " ".join(filter(None, names)) or path.name, str(path), "file"
        )


def _word(about: str, names: str) -> str:
    match = re.search(rf"(?:^|;)\s*(?:{names}):([^;]*)", about)
    return match[1].strip() if match else ""
