"""Printers that this machine sees: every source alone, none of them able to hold up the list."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import serial.tools.list_ports

from pos_app.hardware import cups, discovery, usb_port
from pos_app.hardware.discovery import Found, check_address, found
from pos_app.hardware.printer_uri import parse
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.hardware.test_cups import Queue
from tests.hardware.windows_bench import Spooler, stand_in

__all__ = ["Queue"]


def test_queues_ports_and_devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cups, "queues", lambda within_s: ("r80", "영수증 80"))
    stand_in(monkeypatch, Spooler())
    ports = [
        SimpleNamespace(device="/dev/ttyUSB0", description="USB-Serial", hwid="USB VID:PID=1A86:7523"),
        SimpleNamespace(device="/dev/ttyS0", description="ttyS0", hwid="n/a"),
        SimpleNamespace(device="COM3", description="n/a", hwid="BTHENUM"),
    ]
    monkeypatch.setattr(serial.tools.list_ports, "comports", lambda: ports)
    monkeypatch.setattr(discovery, "sorted", lambda some: list(some), raising=False)
    printer = usb_port.UsbPrinter(0x0483, 0x5743, "A/1", "BIXOLON SRP-350")
    monkeypatch.setattr(usb_port, "printers", lambda: iter([printer, printer._replace(serial="", title="")]))
    seen = found()
    for uri, title, how in [
        ("win32://BIXOLON%20SRP-350", "BIXOLON SRP-350", "windows"),
        ("cups://%EC%98%81%EC%88%98%EC%A6%9D%2080", "영수증 80", "cups"),
        ("usb://0483:5743/A%2F1", "BIXOLON SRP-350", "usb"),
        ("usb://0483:5743", "USB 0483:5743", "usb"),
        ("serial:///dev/ttyUSB0", "USB-Serial", "serial"),
        ("serial://COM3", "COM3", "serial"),
    ]:
        assert [(each.title, each.how) for each in seen if each.uri == uri] == [(title, how)]
    assert not any("ttyS0" in each.uri for each in seen)
    assert all(parse(each.uri) for each in seen)


def test_device_files_with_the_names_that_the_printer_told(tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    for name in ("lp0", "lp1", "hiddev0"):
        (tmp_path / "usb" / name).touch()
    about = tmp_path / "usbmisc" / "lp1" / "device"
    about.mkdir(parents=True)
    (about / "ieee1284_id").write_text("MFG:SEWOO;CMD:ESC/POS;MDL:LK-T21;CLS:PRINTER;")
    seen = list(discovery._device_files(tmp_path / "usb", tmp_path / "usbmisc"))
    paths = [str(tmp_path / "usb" / name) for name in ("lp0", "lp1")]
    assert [each.title for each in seen] == ["lp0", "SEWOO LK-T21"]
    assert [parse(each.uri).path for each in seen] == paths == [each.detail for each in seen]


def test_a_source_that_fails_or_hangs_takes_nothing_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def broken() -> Iterator[Found]:
        raise RuntimeError("no library")

    def stuck() -> Iterator[Found]:
        release.wait(30)
        yield Found("cups://late", "late", "", "cups")

    def healthy() -> Iterator[Found]:
        yield Found("cups://r80", "r80", "", "cups")

    monkeypatch.setattr(discovery, "_windows", broken)
    monkeypatch.setattr(discovery, "_cups", stuck)
    monkeypatch.setattr(discovery, "_serial", healthy)
    start = time.monotonic()
    seen = found(within_s=0.5)
    took = time.monotonic() - start
    release.set()
    assert "cups://r80" in [each.uri for each in seen] and "cups://late" not in [each.uri for each in seen]
    assert took < 2


def test_a_machine_without_tools_sees_nothing_and_does_not_stumble(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert all(each.how not in ("cups", "windows") for each in found())


@pytest.mark.skipif(sys.platform == "win32", reason="CUPS is not on Windows")
def test_queues_of_cups_by_its_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Queue(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Found("cups://r80", "r80", "", "cups") in found()


@pytest.mark.parametrize(
    ("mood", "who"),
    [
        ("healthy", "printer"),
        ("silent", "silent"),
        ("echo", "silent"),
        ("speech", "silent"),
        ("flood", "silent"),
    ],
)
def test_who_is_at_an_address(mood: str, who: str) -> None:
    with SimulatedPrinter(mood) as printer:  # type: ignore[arg-type]
        assert check_address("127.0.0.1", printer.port) == who
    assert printer.printed in (b"", b"\x10\x04\x01")


def test_nobody_is_at_an_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert check_address("127.0.0.1", port) == "refused"
    for host in ("", "  ", "printer.invalid", "a" * 300, "a\0b", "[::", "http://h"):
        assert check_address(host) == "unreachable"
    assert check_address("127.0.0.1", 0) == check_address("127.0.0.1", 70000) == "unreachable"
