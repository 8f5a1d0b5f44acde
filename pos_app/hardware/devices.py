"""Printers on a serial port, on USB or behind a device file: a child process holds the device."""

from pos_app.hardware import device_file, dialogue
from pos_app.hardware.child_link import ChildLink
from pos_app.hardware.printer_uri import PrinterTarget
from pos_app.hardware.send_result import PrinterState, SendResult

_BITS_A_BYTE = 10  # start, eight, stop
_SLACK_S = 1.0


def send(target: PrinterTarget, data: bytes, deadline_s: float) -> SendResult:
    """Sends `data`, with more time where the line is too slow for that many bytes."""
    whole_s = _line_s(target, len(data)) + deadline_s
    deadline_s = max(deadline_s, _line_s(target, min(len(data), dialogue.STEP)))
    try:
        link = ChildLink(_device(target))
    except OSError:
        return SendResult("nothing_accepted", 0, "device_error")
    with link:
        fault = link.open(deadline_s)
        if fault:
            return SendResult("nothing_accepted", 0, fault)
        pause_s = target.strip_delay_ms / 1000
        return dialogue.deliver(link, data, deadline_s, _can_answer(target), pause_s, whole_s)


def query_state(target: PrinterTarget) -> PrinterState | None:
    """How the printer is: None when it is not there or cannot be asked."""
    if not _can_answer(target):
        return None
    try:
        with ChildLink(_device(target)) as link:
            if link.open(dialogue.STATUS_S * 4):
                return None
            return dialogue.how_it_is(link, dialogue.STATUS_S)
    except dialogue.NotAPrinter:
        return PrinterState(answered=False)
    except OSError:
        return None


def _can_answer(target: PrinterTarget) -> bool:
    here = target.scheme in ("serial", "usb") or device_file.can_answer(target.path)
    return target.status and here


def _line_s(target: PrinterTarget, length: int) -> float:
    if target.scheme != "serial":
        return 0.0
    return length * _BITS_A_BYTE / target.baud * 1.25 + _SLACK_S


def _device(target: PrinterTarget) -> dict[str, object]:
    if target.scheme == "usb":
        ids = {"vendor": target.usb_vendor, "product": target.usb_product, "serial": target.usb_serial}
        return {"scheme": "usb", **ids}
    if target.scheme == "file":
        return {"scheme": "file", "path": target.path, "answers": _can_answer(target)}
    return {"scheme": "serial", "path": target.path, "baud": target.baud}
