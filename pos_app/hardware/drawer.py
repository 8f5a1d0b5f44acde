"""The bytes that open a cash drawer. Always a job of its own, never inside a receipt."""

from pos_app.domain.errors import DomainError


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
