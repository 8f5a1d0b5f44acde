"""A queue of the Windows spooler: raw bytes in, then watched, and taken back when they do not come out."""

import logging
import threading
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from pos_app.hardware.send_result import PrinterState, SendResult

log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")
_LOOK_S = 0.2
_CALL_S = 3.0
_WORK_OFFLINE = 0x400  # PRINTER_ATTRIBUTE_WORK_OFFLINE: many drivers tell a printer that is off only here
_PAPER_OUT, _DOOR_OPEN = 0x10, 0x400000
# paused, error, jam, paper trouble, offline, not available, wants a person, server away
_OFFLINE = 0x1 | 0x2 | 0x8 | 0x40 | 0x80 | 0x1000 | 0x100000 | 0x2000000
_JOB_PAUSE, _JOB_DELETE = 1, 5
_NO_SUCH_JOB = 87  # the call for "wrong parameter"
_JOB_PRINTED = 0x80 | 0x1000  # printed, complete
_JOB_GIVEN_UP = 0x4 | 0x100  # deleting, deleted
_JOB_UNTOUCHED = 0x1 | 0x8  # paused, spooling: nothing else has happened to it yet


def send(name: str, data: bytes, deadline_s: float) -> SendResult:
    """Prints `data` raw. A paper still waiting after `deadline_s` is cancelled.

    `nothing_accepted` only when the spooler shows it untouched while it is paused, so that it cannot
    have begun.
    """
    spooler = _spooler()
    if spooler is None:
        return SendResult("nothing_accepted", 0, "no_spooler")
    job = _Job(spooler, name, data)
    answer = _bounded(lambda: job.run(deadline_s), deadline_s + _CALL_S)
    return answer or SendResult("unknown" if job.begun else "nothing_accepted", 0, "timeout")


def query_state(name: str) -> PrinterState | None:
    """None when there is no such queue; a queue without trouble says nothing of the paper."""
    spooler = _spooler()
    return _bounded(lambda: _asked(spooler, name), _CALL_S) if spooler is not None else None


def queues(within_s: float = _CALL_S) -> tuple[str, ...]:
    """The names of all queues of this machine and its connections."""
    spooler = _spooler()
    if spooler is None:
        return ()
    return _bounded(lambda: tuple(each[2] for each in spooler.EnumPrinters(2 | 4)), within_s) or ()


class _Job:
    """One paper on its way; `begun` once the spooler may hold some of it."""

    def __init__(self, spooler: Any, name: str, data: bytes) -> None:
        self._spooler, self._name, self._data = spooler, name, data
        self.begun = False

    def run(self, deadline_s: float) -> SendResult:
        """Hand it over and watch it."""
        end = time.monotonic() + deadline_s
        try:
            printer = self._spooler.OpenPrinter(self._name)
        except _refusal():
            return SendResult("nothing_accepted", 0, "no_device")
        try:
            state = _state(self._spooler, printer)
            if state.trouble:
                return SendResult("nothing_accepted", 0, state.trouble, state=state)
            return self._printed(printer, end)
        except _refusal():
            return SendResult("unknown" if self.begun else "nothing_accepted", 0, "device_error")
        finally:
            self._spooler.ClosePrinter(printer)

    def _printed(self, printer: Any, end: float) -> SendResult:
        spooler, taken = self._spooler, 0
        job = spooler.StartDocPrinter(printer, 1, ("Jangteo", None, "RAW"))
        self.begun = True
        spooler.StartPagePrinter(printer)
        while taken < len(self._data):
            more = spooler.WritePrinter(printer, self._data[taken:])
            if not more:
                spooler.AbortPrinter(printer)
                return SendResult("unknown", taken, "device_error")
            taken += more
        spooler.EndPagePrinter(printer)
        spooler.EndDocPrinter(printer)
        while True:
            about = self._about(printer, job)
            if about is None or about & _JOB_PRINTED:
                return SendResult("sent", taken)
            if about & _JOB_GIVEN_UP:
                return SendResult("unknown", taken, "device_error")
            if time.monotonic() >= end:
                return self._taken_back(printer, job, taken)
            time.sleep(_LOOK_S)

    def _taken_back(self, printer: Any, job: int, taken: int) -> SendResult:
        """A paused paper begins no more, so what it shows then is what happened to it."""
        self._spooler.SetJob(printer, job, 0, None, _JOB_PAUSE)
        about = self._about(printer, job)
        if about is None or about & _JOB_PRINTED:
            return SendResult("sent", taken)
        untouched = about & 0x1 and not about & ~_JOB_UNTOUCHED
        self._spooler.SetJob(printer, job, 0, None, _JOB_DELETE)
        if untouched:
            return SendResult("nothing_accepted", 0, "timeout")
        return SendResult("unknown", taken, "timeout")

    def _about(self, printer: Any, job: int) -> int | None:
        """The paper's state; None when the spooler no longer has it, as it has let it out."""
        try:
            return int(self._spooler.GetJob(printer, job, 1)["Status"])
        except _refusal() as error:
            if getattr(error, "winerror", 0) != _NO_SUCH_JOB:
                raise
            return None


def _asked(spooler: Any, name: str) -> PrinterState | None:
    try:
        printer = spooler.OpenPrinter(name)
    except _refusal():
        return None
    try:
        return _state(spooler, printer)
    except _refusal():
        return None
    finally:
        spooler.ClosePrinter(printer)


def _state(spooler: Any, printer: Any) -> PrinterState:
    about = spooler.GetPrinter(printer, 2)
    status, attributes = int(about["Status"]), int(about["Attributes"])
    if status & _PAPER_OUT:
        return PrinterState(answered=True, online=False, paper="out")
    if status & _DOOR_OPEN:
        return PrinterState(answered=True, online=False, cover_open=True)
    if status & _OFFLINE or attributes & _WORK_OFFLINE:
        return PrinterState(answered=True, online=False)
    return PrinterState(answered=False)


def _spooler() -> Any:
    try:
        _refusal()  # its loader finds the library that the spooler's calls stand on
        # lazy: only on Windows
        import win32print
    except ImportError:
        return None
    return win32print


def _refusal() -> type[Exception]:
    """What the spooler's calls raise; a module of the same package, not of the calls, names it."""
    refusal: type[Exception] = import_module("pywintypes").error
    return refusal


def _bounded(work: Callable[[], _Answer], within_s: float) -> _Answer | None:
    """What `work` gives, or None when it takes too long; its thread is then left behind."""
    given: list[_Answer] = []

    def run() -> None:
        try:
            given.append(work())
        except Exception:
            log.exception("the Windows spooler was asked in vain")

    thread = threading.Thread(target=run, name="windows-queue", daemon=True)
    thread.start()
    thread.join(within_s)
    return given[0] if given else None
