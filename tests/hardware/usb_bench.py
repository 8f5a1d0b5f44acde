"""A USB bus in memory: what libusb would tell of printers, with a simulated printer behind the ends."""

import errno
from array import array
from dataclasses import dataclass, field
from typing import Any

import usb.backend  # type: ignore[import-untyped]
import usb.core  # type: ignore[import-untyped]

from tests.hardware.printer_model import PrinterModel


class Record:
    """A descriptor: a bag of named numbers."""

    def __init__(self, **fields: object) -> None:
        self.extra_descriptors = array("B")
        self.__dict__.update(fields)


@dataclass
class Plugged:
    """A device on the bus; `serial` empty for one that has none. `settings`: (class, ends) by interface."""

    vendor: int = 0x0483
    product: int = 0x5743
    serial: str = "A1"
    interfaces: tuple[tuple[int, tuple[int, ...]], ...] = ((7, (0x81, 0x02)),)
    driver: bool = True
    locked: bool = False
    stuck: bool = False
    empty_answers: bool = False
    breaks_after: int | None = None
    room: int = 1 << 20
    model: PrinterModel = field(default_factory=PrinterModel)
    answers: bytearray = field(default_factory=bytearray)
    calls: list[str] = field(default_factory=list)
    taken: int = 0


class Bus(usb.backend.IBackend):  # type: ignore[misc]
    """The backend that pyusb asks instead of libusb."""

    def __init__(self, *devices: Plugged) -> None:
        self.devices = devices

    def enumerate_devices(self) -> Any:
        return iter(self.devices)

    def get_device_descriptor(self, dev: Plugged) -> Record:
        return Record(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=dev.vendor, idProduct=dev.product, bcdDevice=1, iManufacturer=1,
            iProduct=2, iSerialNumber=3 if dev.serial else 0, bNumConfigurations=1, address=1, bus=1,
            port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Plugged, config: int) -> Record:
        if config:
            raise IndexError(config)
        return Record(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=len(dev.interfaces),
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Plugged, intf: int, alt: int, config: int) -> Record:
        if alt or intf >= len(dev.interfaces):
            raise IndexError(intf)
        kind, ends = dev.interfaces[intf]
        return Record(
            bLength=9, bDescriptorType=4, bInterfaceNumber=intf, bAlternateSetting=0,
            bNumEndpoints=len(ends), bInterfaceClass=kind, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Plugged, ep: int, intf: int, alt: int, config: int) -> Record:
        address = dev.interfaces[intf][1][ep]
        return Record(
            bLength=7, bDescriptorType=5, bEndpointAddress=address, bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0,
        )  # fmt: skip

    def open_device(self, dev: Plugged) -> Plugged:
        if dev.locked:
            raise usb.core.USBError("no right", None, errno.EACCES)
        dev.calls.append("open")
        return dev

    def close_device(self, dev_handle: Plugged) -> None:
        dev_handle.calls.append("close")

    def get_configuration(self, dev_handle: Plugged) -> int:
        return 1

    def is_kernel_driver_active(self, dev_handle: Plugged, intf: int) -> bool:
        return dev_handle.driver

    def detach_kernel_driver(self, dev_handle: Plugged, intf: int) -> None:
        dev_handle.driver = False
        dev_handle.calls.append("detach")

    def attach_kernel_driver(self, dev_handle: Plugged, intf: int) -> None:
        dev_handle.driver = True
        dev_handle.calls.append("attach")

    def claim_interface(self, dev_handle: Plugged, intf: int) -> None:
        if dev_handle.driver:
            raise usb.core.USBError("busy", None, errno.EBUSY)
        dev_handle.calls.append(f"claim {intf}")

    def release_interface(self, dev_handle: Plugged, intf: int) -> None:
        dev_handle.calls.append(f"release {intf}")

    def reset_device(self, dev_handle: Plugged) -> None:
        dev_handle.calls.append("reset")

    def bulk_write(self, dev_handle: Plugged, ep: int, intf: int, data: array, timeout: int) -> int:  # type: ignore[type-arg]
        device = dev_handle
        assert ep == next(end for end in device.interfaces[intf][1] if end < 0x80) and timeout > 0
        if device.breaks_after is not None and device.taken >= device.breaks_after:
            raise usb.core.USBError("gone", None, errno.EIO)
        taken = bytes(data)[: min(64 if device.stuck else len(data), device.room - device.taken)]
        if not taken:
            raise usb.core.USBTimeoutError("full", None, errno.ETIMEDOUT)
        device.taken += len(taken)
        device.answers += device.model.receive(taken)
        return len(taken)

    def bulk_read(self, dev_handle: Plugged, ep: int, intf: int, buff: array, timeout: int) -> int:  # type: ignore[type-arg]
        device = dev_handle
        assert ep == next(end for end in device.interfaces[intf][1] if end >= 0x80) and timeout > 0
        got, device.answers = device.answers[: len(buff)], device.answers[len(buff) :]
        if not got and not device.empty_answers:
            raise usb.core.USBTimeoutError("silent", None, errno.ETIMEDOUT)
        buff[: len(got)] = array("B", got)
        return len(got)

    def ctrl_transfer(
        self, dev_handle: Plugged, kind: int, request: int, value: int, index: int, data: Any, timeout: int
    ) -> int:
        """Only what strings need: the languages, then each string."""
        text = {0: "", 1: "BIXOLON", 2: "SRP-350", 3: dev_handle.serial}[value & 0xFF]
        body = b"\x09\x04" if not value & 0xFF else text.encode("utf-16-le")
        answer = array("B", bytes((len(body) + 2, 3)) + body)[: len(data)]
        data[: len(answer)] = answer
        return len(answer)
