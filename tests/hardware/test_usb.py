"""USB printers, by the real pyusb over a bus in memory: found, held politely, never reset."""

import errno
import io
import json
import sys
import time
from types import SimpleNamespace

import libusb_package
import pytest

from pos_app.hardware import device_child, dialogue
from pos_app.hardware.dialogue import Written
from pos_app.hardware.printer_uri import parse
from pos_app.hardware.send_result import PrinterState
from pos_app.hardware.transports import query_state, send
from pos_app.hardware.usb_port import UsbPort, UsbPrinter, printers
from tests.hardware.printer_model import PrinterModel
from tests.hardware.usb_bench import Bus, Plugged

RECEIPT = b"\x1b@\x1c&" + "사과 3,000원\n".encode("cp949") * 40 + b"\x1dVB\x00"


class Straight:
    """A port as a line, without the child between."""

    def __init__(self, port: UsbPort) -> None:
        self._port = port

    def write(self, data: bytes, end: float) -> Written:
        sent = 0
        while sent < len(data):
            if time.monotonic() >= end:
                return Written(sent, "timeout")
            sent += self._port.put(data[sent : sent + self._port.piece])
        return Written(sent)

    def read(self, end: float) -> bytes:
        return self._port.read(end)


def opened(*devices: Plugged, serial: str = "") -> UsbPort:
    return UsbPort(0x0483, 0x5743, serial, Bus(*devices))


@pytest.mark.parametrize("empty_answers", [False, True])
def test_a_receipt_goes_to_the_ends_that_the_descriptors_name(empty_answers: bool) -> None:
    device = Plugged(interfaces=((3, (0x83,)), (7, (0x02, 0x84))), empty_answers=empty_answers)
    port = opened(device)
    result = dialogue.deliver(Straight(port), RECEIPT, 5.0, True)
    port.close()
    assert result.confirmed and device.model.printed == RECEIPT and device.model.asked == [1, 2, 4]
    assert "claim 1" in device.calls


def test_the_driver_gets_its_printer_back_and_no_reset_is_sent() -> None:
    device = Plugged()
    port = opened(device)
    assert not device.driver
    port.close()
    assert device.driver and "reset" not in device.calls
    assert device.calls[-3:] == ["release 0", "attach", "close"]


def test_a_printer_without_a_driver_is_left_without() -> None:
    device = Plugged(driver=False)
    opened(device).close()
    assert not device.driver and "attach" not in device.calls


def test_the_serial_number_decides_between_two_of_a_kind() -> None:
    first, second = Plugged(serial="A1"), Plugged(serial="B2")
    port = opened(first, second, serial="B2")
    port.put(RECEIPT)
    assert second.taken and not first.taken and not any(call.startswith("claim") for call in first.calls)


@pytest.mark.parametrize(
    ("device", "serial", "number"),
    [
        (Plugged(serial="A1"), "C3", "ENODEV"),
        (Plugged(vendor=0x1111), "", "ENODEV"),
        (Plugged(locked=True), "", "EACCES"),
        (Plugged(locked=True), "A1", "EACCES"),
        (Plugged(interfaces=((3, (0x81,)),)), "", "ENODEV"),
        (Plugged(interfaces=((7, (0x81,)),)), "", "ENODEV"),
    ],
)
def test_what_cannot_be_held_says_why(device: Plugged, serial: str, number: str) -> None:
    with pytest.raises(OSError) as caught:
        opened(device, serial=serial)
    assert errno.errorcode[caught.value.errno or 0] == number


def test_a_printer_that_only_listens_gets_its_paper() -> None:
    device = Plugged(interfaces=((7, (0x01,)),))
    result = dialogue.deliver(Straight(opened(device)), RECEIPT, 5.0, True)
    assert (result.outcome, result.confirmed, result.state) == ("sent", False, PrinterState(answered=False))


def test_out_of_paper_gets_nothing() -> None:
    device = Plugged(model=PrinterModel(roll="out"))
    result = dialogue.deliver(Straight(opened(device)), RECEIPT, 5.0, True)
    assert (result.outcome, result.detail) == ("nothing_accepted", "paper_out")


def test_a_full_printer_takes_part_and_then_nothing() -> None:
    device = Plugged(stuck=True, room=200)
    port = opened(device)
    counts = [port.put(RECEIPT[sent : sent + 512]) for sent in (0, 64, 128, 192, 200)]
    assert counts == [64, 64, 64, 8, 0]


def served(
    device: Plugged, orders: list[tuple[bytes, bytes]], monkeypatch: pytest.MonkeyPatch
) -> list[object]:
    """What the child's program says to orders, run here over a bus in memory."""
    monkeypatch.setattr(libusb_package, "get_libusb1_backend", lambda: Bus(device))
    order = b"".join(device_child.ORDER.pack(letter, len(data), 300) + data for letter, data in orders)
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(order)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out, flush=lambda: None))
    monkeypatch.setattr(sys, "path", list(sys.path))
    about = {"scheme": "usb", "vendor": 0x0483, "product": 0x5743, "serial": "A1"}
    code = device_child.main(json.dumps(about))
    said, stream = [], io.BytesIO(out.getvalue())
    while head := stream.read(device_child.MESSAGE.size):
        letter, length = device_child.MESSAGE.unpack(head)
        said.append(letter.decode() + (stream.read(length).hex() if length else ""))
    return [code, *said]


def test_the_child_tells_before_and_after_each_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Plugged()
    said = served(device, [(b"W", b"ab\n"), (b"W", b"\x10\x04\x01"), (b"R", b"")], monkeypatch)
    assert said == [0, "H", "O", "T", "A03000000", "D", "T", "A03000000", "D", "D16"]
    assert device.calls[-1] == "close"


def test_a_transfer_that_breaks_off_leaves_the_last_piece_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """After `T` without `A` nobody knows, so it must not be tried again by itself."""
    device = Plugged(breaks_after=0)
    assert served(device, [(b"W", b"ab\n")], monkeypatch)[:4] == [4, "H", "O", "T"]
    assert device.driver


def test_without_such_a_printer_the_real_child_says_so() -> None:
    target = parse("usb://0483:ffff/NONE")
    result = send(target, RECEIPT)
    assert (result.outcome, result.bytes_sent) == ("nothing_accepted", 0)
    assert result.detail in ("no_device", "no_driver", "no_right")
    assert query_state(target) is None


def test_only_printers_are_listed() -> None:
    mouse, locked = Plugged(interfaces=((3, (0x81,)),)), Plugged(product=0x0001, locked=True)
    assert list(printers(Bus(mouse, Plugged(), locked))) == [
        UsbPrinter(0x0483, 0x5743, "A1", "BIXOLON SRP-350"),
        UsbPrinter(0x0483, 0x0001, "", ""),
    ]
