"""The cash drawer: always a job of its own, never inside a receipt, and never tried twice."""

from msgspec import structs

from pos_app.domain.errors import DomainError
from pos_app.hardware import transports
from pos_app.hardware.printer_uri import PrinterTarget
from pos_app.hardware.send_result import SendResult


def pulse(pin: int = 2, real_time: bool = False) -> bytes:
    """The kick on connector pin 2 or 5; `real_time` opens even where the printer has no paper.

    ESC p waits in the buffer of a printer without paper and opens the drawer when paper is
    loaded; DLE DC4 acts at once. DomainError `drawer.bad_pin` for other pins.
    """
    if pin not in (2, 5):
        raise DomainError("drawer.bad_pin", pin=pin)
    connector = bytes((0 if pin == 2 else 1,))
    if real_time:
        return b"\x10\x14\x01" + connector + b"\x01"
    return b"\x1bp" + connector + b"\x19\xfa"


def kick(target: PrinterTarget, deadline_s: float = 2.0) -> SendResult:
    """Opens the drawer once. Never send it again: a kick that was held pops later by itself.

    A printer that says it is off line or out of paper gets no ESC p (`nothing_accepted`, its trouble
    as the detail); one that never answers gets it. `no_drawer` where the target has none.
    """
    if target.drawer == "none":
        return SendResult("nothing_accepted", 0, "no_drawer")
    real_time = target.drawer.startswith("realtime")
    data = pulse(int(target.drawer[-1]), real_time)
    # In real time it opens whatever the printer says of its paper, so there is nothing to ask.
    asked = structs.replace(target, status=False) if real_time else target
    return transports.send(asked, data, deadline_s)
