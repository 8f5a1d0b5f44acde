"""Bytes to a printer on the network, with every wait under our own deadline."""

import contextlib
import socket
import threading
import time

from pos_app.hardware.send_result import PrinterState, SendResult

CONNECT_S = 2.0
STATUS_S = 0.5  # printers answer in milliseconds, those that never answer must not cost a second each
BARRIER_S = 1.0
_SEND_BUFFER = 4096  # small, so that a printer that takes nothing shows as a timeout
_CHUNK = 4096
_LINGER_S = 0.3
_BARRIER = b"\x1dr\x01"  # GS r 1: answered when everything before it was processed


def send(host: str, port: int, data: bytes, deadline_s: float, ask_status: bool = True) -> SendResult:
    """Sends `data`; asks how the printer is before and, where it answers, whether it got through.

    A printer that never answers gets its paper all the same (`sent`, not `confirmed`). One that
    answered before and is silent after leaves `unknown` unless it says that it is well.
    """
    end = time.monotonic() + deadline_s
    try:
        link = _connected(host, port, min(CONNECT_S, deadline_s))
    except ConnectionRefusedError:
        return SendResult("nothing_accepted", 0, "refused")
    except OSError:
        return SendResult("nothing_accepted", 0, "unreachable")
    with link:
        state = None
        if ask_status:
            try:
                state = _state(link, STATUS_S)
            except OSError:
                return SendResult("nothing_accepted", 0, "closed")
            if state.answered and state.trouble:
                return SendResult("nothing_accepted", 0, state.trouble, state=state)
        result = _delivered(link, data, end, state)
        _finish(link)
        return result


def query_state(host: str, port: int) -> PrinterState | None:
    """How the printer is: None when nobody is there, `answered` False when it keeps silent."""
    try:
        with _connected(host, port, CONNECT_S) as link:
            state = _state(link, STATUS_S)
            _finish(link)
            return state
    except OSError:
        return None


def _connected(host: str, port: int, within_s: float) -> socket.socket:
    end = time.monotonic() + within_s
    failure: OSError = TimeoutError("no address in time")
    for family, kind, protocol, _, address in _addresses(host, port, within_s):
        link = socket.socket(family, kind, protocol)
        try:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
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
        with contextlib.suppress(OSError, UnicodeError):
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))  # type: ignore[arg-type]

    thread = threading.Thread(target=look_up, name="printer-address", daemon=True)
    thread.start()
    thread.join(within_s)
    return list(found)


def _delivered(link: socket.socket, data: bytes, end: float, state: PrinterState | None) -> SendResult:
    answers = state is not None and state.answered
    sent, detail = _pushed(link, data + _BARRIER if answers else data, end)
    taken = min(sent, len(data))
    if detail:
        return SendResult("unknown" if taken else "nothing_accepted", taken, detail, state=state)
    try:
        if not answers:
            gone = _reset_by_peer(link)
            return SendResult("unknown" if gone else "sent", taken, "reset" if gone else "", state=state)
        if _barrier_passed(link, BARRIER_S):
            return SendResult("sent", taken, confirmed=True, state=state)
        after = _state(link, STATUS_S)
    except OSError:
        return SendResult("unknown", taken, "reset", state=state)
    if after.answered and not after.trouble:
        return SendResult("sent", taken, state=after)  # still printing what it holds
    return SendResult("unknown", taken, after.trouble or "timeout", state=after)


def _pushed(link: socket.socket, data: bytes, end: float) -> tuple[int, str]:
    """How many bytes the connection took until `end`, and what stopped it."""
    view, sent = memoryview(data), 0
    while sent < len(data):
        left = end - time.monotonic()
        if left <= 0:
            return sent, "timeout"
        link.settimeout(left)
        try:
            sent += link.send(view[sent : sent + _CHUNK])
        except TimeoutError:
            return sent, "timeout"
        except OSError:
            return sent, "reset"
    return sent, ""


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


def _state(link: socket.socket, within_s: float) -> PrinterState:
    end = time.monotonic() + within_s
    general = _asked(link, 1, end)
    if general is None:
        return PrinterState(answered=False)
    cause, roll = _asked(link, 2, end), _asked(link, 4, end)
    if (roll is not None and roll & 0x60) or (cause is not None and cause & 0x20):  # noqa: SIM108
        paper = "out"
    else:
        paper = "near_end" if roll is not None and roll & 0x0C else "enough"
    return PrinterState(
        answered=True,
        online=not general & 0x08,
        cover_open=cause is not None and bool(cause & 0x04),
        paper=paper,  # type: ignore[arg-type]
    )


def _asked(link: socket.socket, which: int, end: float) -> int | None:
    """The answer byte to DLE EOT `which`, None when there is none in time. OSError: link broken."""
    link.settimeout(max(0.01, end - time.monotonic()))
    try:
        link.sendall(b"\x10\x04" + bytes((which,)))
    except TimeoutError:
        return None
    return _answer(link, end, 0x12)


def _barrier_passed(link: socket.socket, within_s: float) -> bool:
    return _answer(link, time.monotonic() + within_s, 0x00) is not None


def _answer(link: socket.socket, end: float, fixed_bits: int) -> int | None:
    """The first byte whose fixed bits (7, 4, 1, 0) are those of the answer waited for."""
    while True:
        left = end - time.monotonic()
        if left <= 0:
            return None
        link.settimeout(left)
        try:
            got = link.recv(1)
        except TimeoutError:
            return None
        if not got:
            return None  # it speaks no more, but may still listen
        if got[0] & 0x93 == fixed_bits:
            return got[0]


def _finish(link: socket.socket) -> None:
    """Ends the connection so that an unread answer does not make the printer drop its bytes."""
    end = time.monotonic() + _LINGER_S
    with contextlib.suppress(OSError):
        link.shutdown(socket.SHUT_WR)
        while (left := end - time.monotonic()) > 0:
            link.settimeout(left)
            if not link.recv(256):
                break
