"""One way in for all printers: bytes go to the target, what became of them comes back."""

from pos_app.hardware import cups, device_file, devices, tcp, windows_queue
from pos_app.hardware.printer_uri import PrinterTarget
from pos_app.hardware.send_result import PrinterState, SendResult

__all__ = ["PrinterState", "SendResult", "query_state", "send"]


def send(target: PrinterTarget, data: bytes, deadline_s: float = 10.0) -> SendResult:
    """Sends `data`; gives up a printer that takes nothing for `deadline_s` seconds.

    One that takes a long picture slowly has up to four times that, a serial line the time that so many
    bytes need; asking how it is costs up to three seconds more. Nothing is raised: what goes wrong is
    in the result.
    """
    match target.scheme:
        case "socket":
            pause_s = target.strip_delay_ms / 1000
            return tcp.send(target.host, target.port, data, deadline_s, target.status, pause_s)
        case "file":
            if device_file.is_device(target.path):
                return devices.send(target, data, deadline_s)
            return device_file.append(target.path, data)
        case "serial" | "usb":
            return devices.send(target, data, deadline_s)
        case "cups":
            return cups.send(target.name, data, deadline_s)
        case "win32":
            return windows_queue.send(target.name, data, deadline_s)


def query_state(target: PrinterTarget) -> PrinterState | None:
    """How the printer is; None when it is not there or cannot be asked."""
    if not target.status:
        return None
    match target.scheme:
        case "socket":
            return tcp.query_state(target.host, target.port)
        case "serial" | "usb" | "file":
            return devices.query_state(target)
        case "cups":
            return cups.query_state(target.name)
        case "win32":
            return windows_queue.query_state(target.name)
