"""A USB printer inside the child process, without any driver of the system."""

import contextlib
import errno
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import libusb_package
import usb.core  # type: ignore[import-untyped]
import usb.util  # type: ignore[import-untyped]

_PRINTER_CLASS, _OWN_CLASS = 7, 0xFF
_OUT, _IN, _BULK = usb.util.ENDPOINT_OUT, usb.util.ENDPOINT_IN, usb.util.ENDPOINT_TYPE_BULK
_TRY_MS = 250  # a wait as short as this always ends by itself and tells its count
_REST_S = 0.01


class UsbPrinter(NamedTuple):
    """A device that calls itself a printer."""

    vendor: int
    product: int
    serial: str
    title: str


class UsbPort:
    """The printer of this vendor, product and serial number; where none is given, the only one.

    Its ends are read from its descriptors, and it is never reset. A driver that held it gets it back.
    """

    piece = 2048

    def __init__(self, vendor: int, product: int, serial: str, backend: Any = None) -> None:
        self._device = _found(vendor, product, serial, backend or libusb_package.get_libusb1_backend())
        if not self._configured():
            self._device.set_configuration()
        where = self._interface()
        self._number: int = where.bInterfaceNumber
        self._held_by_driver = self._driver_sent_away()
        usb.util.claim_interface(self._device, self._number)
        if where.bAlternateSetting:
            self._device.set_interface_altsetting(self._number, where.bAlternateSetting)
        self._out, self._in = _end(where, _OUT), _end(where, _IN)
        self.read(time.monotonic() + _REST_S)  # late answers of a job before this one

    def ready(self, end: float) -> bool:
        """See Port."""
        return True

    def put(self, data: bytes) -> int:
        """See Port."""
        try:
            return int(self._device.write(self._out, data, _TRY_MS))
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as error:
            raise RuntimeError(f"the transfer broke off: {error}") from error

    def settled(self, end: float) -> bool:
        """A transfer that has ended is in the printer."""
        return True

    def read(self, end: float) -> bytes:
        """See Port; printers with nothing to say answer with nothing at once."""
        while self._in is not None and (left := end - time.monotonic()) > 0:
            with contextlib.suppress(usb.core.USBTimeoutError):
                got = bytes(self._device.read(self._in, 64, max(1, int(left * 1000))))
                if got:
                    return got
            time.sleep(_REST_S)
        return b""

    def close(self) -> None:
        """See Port."""
        with contextlib.suppress(usb.core.USBError):
            usb.util.release_interface(self._device, self._number)
        if self._held_by_driver:
            with contextlib.suppress(usb.core.USBError, NotImplementedError):
                self._device.attach_kernel_driver(self._number)
        usb.util.dispose_resources(self._device)

    def _configured(self) -> bool:
        try:
            self._device.get_active_configuration()
        except usb.core.USBError:
            return False
        return True

    def _interface(self) -> Any:
        """The printer's interface: one that also speaks first, then any that listens."""
        found = [
            each
            for each in self._device.get_active_configuration()
            if each.bInterfaceClass in (_PRINTER_CLASS, _OWN_CLASS) and _end(each, _OUT) is not None
        ]
        if not found:
            raise OSError(errno.ENODEV, "no printer's interface")
        return min(found, key=lambda each: (each.bInterfaceClass != _PRINTER_CLASS, _end(each, _IN) is None))

    def _driver_sent_away(self) -> bool:
        try:
            if not self._device.is_kernel_driver_active(self._number):
                return False
            self._device.detach_kernel_driver(self._number)
        except NotImplementedError:
            return False  # Windows and macOS know no such thing
        return True


def _found(vendor: int, product: int, serial: str, backend: Any) -> Any:
    if backend is None:
        raise OSError(errno.ENOSYS, "no USB library")
    devices = usb.core.find(find_all=True, backend=backend, idVendor=vendor, idProduct=product)
    trouble: Exception = OSError(errno.ENODEV, "not plugged in")
    for device in devices or ():
        try:
            if not serial or serial_number(device) == serial:
                return device
        except (usb.core.USBError, ValueError) as error:
            trouble = error if isinstance(error, OSError) else OSError(errno.EACCES, "not readable")
    raise trouble


def serial_number(device: Any) -> str:
    """What the device calls itself, or nothing; USBError or ValueError when it cannot be read."""
    return (usb.util.get_string(device, device.iSerialNumber) or "").strip() if device.iSerialNumber else ""


def _end(interface: Any, direction: int) -> int | None:
    for end in interface:
        if (
            usb.util.endpoint_direction(end.bEndpointAddress) == direction
            and usb.util.endpoint_type(end.bmAttributes) == _BULK
        ):
            return int(end.bEndpointAddress)
    return None


def printers(backend: Any = None) -> Iterator[UsbPrinter]:
    """All devices with a printer's interface; names stay empty where they must not be read."""
    backend = backend or libusb_package.get_libusb1_backend()
    for device in usb.core.find(find_all=True, backend=backend) if backend else ():
        if not any(each.bInterfaceClass == _PRINTER_CLASS for settings in device for each in settings):
            continue
        serial, names = "", []
        with contextlib.suppress(usb.core.USBError, ValueError):
            serial = serial_number(device)
            indexes = (device.iManufacturer, device.iProduct)
            names = [usb.util.get_string(device, index) or "" for index in indexes if index]
        usb.util.dispose_resources(device)
        yield UsbPrinter(device.idVendor, device.idProduct, serial, " ".join(filter(None, names)).strip())
