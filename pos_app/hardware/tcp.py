"""Bytes to a printer on the network, with every wait under our own deadline."""

import contextlib
import socket
import threading
import time

from pos_app.hardware import dialogue
from pos_app.hardware.dialogue import NotAPrinter, Written
from pos_app.hardware.send_result import PrinterState, SendResult

CONNECT_S = 2.0
_SEND_BUFFER = 4096  # small, so that a printer that takes nothing shows as a timeout
_CHUNK = 4096
_LINGER_S = 0.3
_SPEECH = 16  # bytes that a printer does not say by itself at the end of a job


def send(
    host: str, port: int, data: bytes, deadline_s: float, ask_status: bool = True, pause_s: float = 0.0
) -> SendResult:
    """Sends `data` over a connection of its own; see `dialogue.deliver`."""
    try:
        link = _connected(host, port, min(CONNECT_S, deadline_s))
    except ConnectionRefusedError:
        return SendResult("nothing_accepted", 0, "refused")
    except OSError:
        return SendResult("nothing_accepted", 0, "unreachable")
    with link:
        result = dialogue.deliver(TcpLink(link), data, deadline_s, ask_status, pause_s)
        gone = _reset_by_peer(link)
        heard, broken = _finish(link)
    if result.outcome == "sent" and not result.confirmed:
        if len(heard) >= _SPEECH:
            return SendResult("unknown", result.bytes_sent, "not_a_printer", state=result.state)
        if gone or broken:
            return SendResult("unknown", result.bytes_sent, "reset", state=result.state)
    return result


def query_state(host: str, port: int) -> PrinterState | None:
    """How the printer is: None when nobody is there, `answered` False when it keeps silent."""
    try:
        return ask(host, port)
    except OSError:
        return None


def ask(host: str, port: int) -> PrinterState:
    """As `query_state`, but with the OSError that tells why nobody is there."""
    with _connected(host, port, CONNECT_S) as link:
        try:
            state = dialogue.how_it_is(TcpLink(link), dialogue.STATUS_S)
        except (NotAPrinter, OSError):
            state = PrinterState(answered=False)
        _finish(link)
        return state


class TcpLink:
    """A connected socket as a line for the dialogue."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link

    def write(self, data: bytes, end: float) -> Written:
        """How many bytes the connection took until `end`, and what stopped it."""
        view, sent = memoryview(data), 0
        while sent < len(data):
            left = end - time.monotonic()
            if left <= 0:
                return Written(sent, "timeout")
            self._link.settimeout(left)
            try:
                sent += self._link.send(view[sent : sent + _CHUNK])
            except TimeoutError:
                return Written(sent, "timeout")
            except OSError:
                return Written(sent, "reset")
        return Written(sent)

    def read(self, end: float) -> bytes:
        """What came; nothing at the deadline and after the other side's last word (it may still listen)."""
        left = end - time.monotonic()
        if left <= 0:
            return b""
        self._link.settimeout(left)
        try:
            return self._link.recv(256)
        except TimeoutError:
            return b""


def _connected(host: str, port: int, within_s: float) -> socket.socket:
    end = time.monotonic() + within_s
    failure: OSError = TimeoutError("no address in time")
    for family, kind, protocol, _, address in _addresses(host, port, within_s):
        link = socket.socket(family, kind, protocol)
        try:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
            link.setsockopt(
                socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
            )  # questions are small and must not wait
            link.settimeout(max(0.05, end - time.monotonic()))
            link.connect(address)
            return link
        except OSError as error:
            link.close()
            failure = error
        if time.monotonic() >= end:
            break
    raise failure


def _addresses(host: str, port: int, within_s: float) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    """getaddrinfo knows no deadline; a thread that may be left behind gives it one."""
    found: list[tuple[int, int, int, str, tuple[str, int]]] = []

    def look_up() -> None:
        # A name no address can have (too long a label, a zero byte) is a ValueError there.
        with contextlib.suppress(OSError, ValueError, OverflowError):
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))  # type: ignore[arg-type]

    thread = threading.Thread(target=look_up, name="printer-address", daemon=True)
    thread.start()
    thread.join(within_s)
    return list(found)


def _reset_by_peer(link: socket.socket) -> bool:
    """Whether the other side threw the connection away; a plain end of its talking is no harm."""
    link.settimeout(0.0)
    try:
        link.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return False


def _finish(link: socket.socket) -> tuple[bytes, bool]:
    """Ends the connection so that an unread answer does not make the printer drop its bytes.

    Gives back the beginning of what was still said, and whether the other side threw the connection away.
    """
    end, heard = time.monotonic() + _LINGER_S, b""
    try:
        link.shutdown(socket.SHUT_WR)
        while (left := end - time.monotonic()) > 0:
            link.settimeout(left)
            got = link.recv(4096)
            if not got:
                break
            heard = (heard + got)[:4096]
    except TimeoutError:
        pass  # it keeps silent, and the line stands
    except OSError:
        return heard, True
    return heard, False
