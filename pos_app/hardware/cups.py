"""A queue of CUPS: the paper is handed over, watched, and taken back when it does not come out in time."""

import os
import re
import subprocess
import time

from pos_app.hardware.send_result import PrinterState, SendResult

_LOOK_S = 0.25
_COMMAND_S = 3.0
_TITLE = "Jangteo"


def send(name: str, data: bytes, deadline_s: float) -> SendResult:
    """Prints `data` raw. A paper still waiting after `deadline_s` is cancelled.

    `nothing_accepted` only when it cannot have begun: the queue was stopped, or the same other paper
    stood before it, each time it was looked at and still after the cancel.
    """
    end = time.monotonic() + deadline_s
    blocked = _stopped(name)
    if blocked is None:
        return SendResult("nothing_accepted", 0, "no_spooler" if _no_tools() else "no_device")
    if blocked:
        return SendResult("nothing_accepted", 0, "offline", state=PrinterState(answered=True, online=False))
    answer = _run(["lp", "-d", name, "-o", "raw", "-t", _TITLE], max(deadline_s, _COMMAND_S), data)
    if answer is None:
        return SendResult("unknown", 0, "timeout")
    code, said = answer
    found = re.search(r"request id is (\S+)", said)
    if code or found is None:
        return SendResult("nothing_accepted" if code else "unknown", 0, "refused" if code else "device_error")
    return _watched(name, found[1], len(data), end)


def query_state(name: str) -> PrinterState | None:
    """None when there is no such queue; whether it is stopped is all that a queue tells."""
    stopped = _stopped(name)
    if stopped is None:
        return None
    return PrinterState(answered=True, online=False) if stopped else PrinterState(answered=False)


def queues(within_s: float = _COMMAND_S) -> tuple[str, ...]:
    """The names of all queues; none where CUPS is not there or does not answer in time."""
    answer = _run(["lpstat", "-e"], within_s)
    return tuple(line.strip() for line in answer[1].splitlines() if line.strip()) if answer else ()


def _watched(name: str, job: str, length: int, end: float) -> SendResult:
    before: set[str] = set()  # what kept the paper from beginning, at each look
    while True:
        waiting = _waiting(name)
        if waiting is not None and job not in waiting:
            return _ended(name, job, length)
        before.add(_obstacle(name, job, waiting))
        if time.monotonic() >= end:
            break
        time.sleep(_LOOK_S)
    _run(["cancel", job], _COMMAND_S)
    after = _waiting(name)
    gone = after is not None and job not in after
    before.add(_obstacle(name, job, after))
    # One and the same obstacle from the first look to the last, so there was no moment to begin in.
    never_began = gone and len(before) == 1 and "" not in before
    return SendResult("nothing_accepted" if never_began else "unknown", 0, "timeout")


def _obstacle(name: str, job: str, waiting: list[str] | None) -> str:
    """The paper that stands before this one, or that the queue is stopped; empty when it may have begun."""
    if waiting and waiting[0] != job:
        return waiting[0]
    return "stopped" if waiting is not None and _stopped(name) else ""


def _ended(name: str, job: str, length: int) -> SendResult:
    """CUPS is through with the paper: printed, unless it says that it gave up."""
    answer = _run(["lpstat", "-l", "-W", "completed", "-o", name], _COMMAND_S)
    about = ""
    for block in re.split(r"\n(?=\S)", answer[1] if answer else ""):
        if block.split(" ", 1)[0] == job:
            about = block.lower()
    if "aborted" in about or "canceled" in about or "cancelled" in about:
        return SendResult("unknown", length, "device_error")
    return SendResult("sent", length)


def _waiting(name: str) -> list[str] | None:
    """The papers that have not come out yet, the first one first."""
    answer = _run(["lpstat", "-W", "not-completed", "-o", name], _COMMAND_S)
    if answer is None or answer[0]:
        return None
    return [line.split()[0] for line in answer[1].splitlines() if line.strip()]


def _stopped(name: str) -> bool | None:
    answer = _run(["lpstat", "-p", name], _COMMAND_S)
    if answer is None or answer[0] or not answer[1].strip():
        return None
    return " disabled" in answer[1].splitlines()[0]


def _no_tools() -> bool:
    return _run(["lpstat", "-r"], _COMMAND_S) is None


def _run(words: list[str], within_s: float, data: bytes = b"") -> tuple[int, str] | None:
    """Exit code and output of one of CUPS' commands; None when it is not there or takes too long."""
    try:
        done = subprocess.run(
            words,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=within_s,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return done.returncode, done.stdout.decode("utf-8", "replace")
