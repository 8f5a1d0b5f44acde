"""What became of bytes that were to go to a device."""

from typing import Literal

import msgspec

Outcome = Literal["sent", "nothing_accepted", "unknown"]


class PrinterState(msgspec.Struct, frozen=True):
    """What a printer said of itself; `answered` False: nothing is known."""

    answered: bool
    online: bool = True
    cover_open: bool = False
    paper: Literal["enough", "near_end", "out"] = "enough"

    @property
    def trouble(self) -> str:
        """`paper_out`, `cover_open`, `offline`, or empty where it may print."""
        if self.paper == "out":
            return "paper_out"
        if self.cover_open:
            return "cover_open"
        return "" if self.online else "offline"


class SendResult(msgspec.Struct, frozen=True):
    """Outcome of one send.

    `sent`: all bytes were taken and nothing speaks against them being printed; `confirmed` when the
    printer said so itself. `nothing_accepted`: provably not one byte, safe to try again by itself.
    `unknown`: a person must look. `detail` is a short code, or empty: paper_out, cover_open, offline
    (the printer said so); refused, unreachable, closed, reset, not_a_printer (network); no_device,
    no_right, busy, no_driver, device_error (devices); no_spooler (queues); timeout; no_drawer.
    """

    outcome: Outcome
    bytes_sent: int
    detail: str = ""
    confirmed: bool = False
    state: PrinterState | None = None
