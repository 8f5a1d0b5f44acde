"""A printer as a URI: where it stands and what it knows."""

from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from pos_app.domain.errors import DomainError

Scheme = Literal["socket", "serial", "usb", "file", "cups", "win32"]
Kind = Literal["korean", "picture"]
Charset = Literal["cp949", "ksx1001"]

_COLUMNS = {58: 32, 80: 48}
_SCHEMES = ("socket", "serial", "usb", "file", "cups", "win32")
_SWITCH = {"yes": True, "no": False}
_BAUDS = (2400, 4800, 9600, 19200, 38400, 57600, 115200)


class PrinterTarget(msgspec.Struct, frozen=True):
    """A printer: `width` in mm, `columns` letters of a line; fields that a scheme lacks stay empty.

    `status`: ask the printer how it is (no for those that never answer); `cutter`: it has a knife;
    `native_qr`: it draws QR codes itself.
    """

    uri: str
    scheme: Scheme
    host: str = ""
    port: int = 0
    path: str = ""
    name: str = ""
    usb_vendor: int = 0
    usb_product: int = 0
    usb_serial: str = ""
    baud: int = 9600
    kind: Kind = "korean"
    width: int = 80
    columns: int = 48
    charset: Charset = "cp949"
    status: bool = True
    cutter: bool = True
    native_qr: bool = True


def parse(uri: str) -> PrinterTarget:
    """The printer that `uri` names; DomainError `printer.bad_uri(uri)` when it names none."""
    try:
        return _parsed(uri)
    except (ValueError, KeyError) as error:
        raise DomainError("printer.bad_uri", uri=uri) from error


def _parsed(uri: str) -> PrinterTarget:
    if len(uri) > 500 or any(char.isspace() or not char.isprintable() for char in uri):
        raise ValueError("spaces or control characters")
    parts = urlsplit(uri)
    if parts.scheme not in _SCHEMES or parts.fragment or parts.username or parts.password:
        raise ValueError("scheme")
    options = _options(parts.query)
    place: dict[str, object] = {}
    path = unquote(parts.path)
    if parts.scheme == "socket":
        if not parts.hostname or parts.path not in ("", "/") or parts.port == 0:
            raise ValueError("host")
        place = {"host": parts.hostname, "port": parts.port or 9100}
    elif parts.scheme in ("file", "serial"):
        place = {"path": _device_path(parts.netloc, path, parts.scheme)}
    elif parts.scheme == "usb":
        place = _usb(parts.netloc, path)
    else:
        name = unquote(parts.netloc) + path.rstrip("/")
        if not name:
            raise ValueError("name")
        place = {"name": name}
    if "baud" in options and parts.scheme != "serial":
        raise ValueError("baud")
    target = {"uri": uri, "scheme": parts.scheme, **place, **options}
    return msgspec.convert(target, PrinterTarget)


def _device_path(netloc: str, path: str, scheme: str) -> str:
    if scheme == "serial" and netloc and path in ("", "/"):
        return netloc  # serial://COM3
    if netloc or not path.startswith("/") or path.endswith("/"):
        raise ValueError("path")
    # file:///C:/paper.bin names a drive, not a folder called C:
    return path[1:] if len(path) > 2 and path[1].isalpha() and path[2] == ":" else path


def _usb(netloc: str, path: str) -> dict[str, object]:
    vendor, product = netloc.split(":")
    if len(vendor) != 4 or len(product) != 4:
        raise ValueError("vendor and product")
    ids = {"usb_vendor": int(vendor, 16), "usb_product": int(product, 16)}
    return {**ids, "usb_serial": path.strip("/")}


def _options(query: str) -> dict[str, object]:
    options: dict[str, object] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)):
        if name in options:
            raise ValueError(name)
        options[name] = _option(name, value)
    if "width" in options and "columns" not in options:
        options["columns"] = _COLUMNS[int(str(options["width"]))]
    return options


def _option(name: str, value: str) -> object:
    if name in ("status", "cutter", "native_qr"):
        return _SWITCH[value]
    choices: dict[str, tuple[object, ...]] = {
        "kind": ("korean", "picture"),
        "charset": ("cp949", "ksx1001"),
        "width": tuple(_COLUMNS),
        "columns": (32, 42, 48),
        "baud": _BAUDS,
    }
    return {str(choice): choice for choice in choices[name]}[value]
