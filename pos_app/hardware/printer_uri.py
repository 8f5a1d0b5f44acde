"""A printer as a URI: where it stands and what it knows."""

from typing import Literal
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

import msgspec

from pos_app.domain.errors import DomainError

Scheme = Literal["socket", "serial", "usb", "file", "cups", "win32"]
Kind = Literal["korean", "picture"]
Charset = Literal["cp949", "ksx1001"]
Drawer = Literal["none", "pin2", "pin5", "realtime2", "realtime5"]

_COLUMNS = {58: 32, 80: 48}
_SCHEMES = ("socket", "serial", "usb", "file", "cups", "win32")
_SWITCH = {"yes": True, "no": False}
# In the order in which a canonical URI names them. Heights that are multiples of 48 upset cheap printers.
_CHOICES: dict[str, dict[str, object]] = {
    "baud": {str(rate): rate for rate in (2400, 4800, 9600, 19200, 38400, 57600, 115200)},
    "kind": {kind: kind for kind in ("korean", "picture")},
    "width": {str(width): width for width in _COLUMNS},
    "columns": {str(columns): columns for columns in (32, 42, 48)},
    "charset": {charset: charset for charset in ("cp949", "ksx1001")},
    "status": dict(_SWITCH),
    "cutter": dict(_SWITCH),
    "native_qr": dict(_SWITCH),
    "drawer": {way: way for way in ("none", "pin2", "pin5", "realtime2", "realtime5")},
    "strip": {str(rows): rows for rows in range(16, 241) if rows % 48},
    "delay": {str(pause): pause for pause in range(101)},
}
_FIELDS = {"strip": "strip_rows", "delay": "strip_delay_ms"}  # where the field's name is another
_NAMES = {field: name for name, field in _FIELDS.items()}


class PrinterTarget(msgspec.Struct, frozen=True):
    """A printer: `width` in mm, `columns` letters of a line; fields that a scheme lacks stay empty.

    `status`: ask the printer how it is (no for those that never answer); `cutter`: it has a knife;
    `native_qr`: it draws QR codes itself; `drawer`: the plug a cash drawer hangs on, by ESC p or in
    real time; `strip_rows`, `strip_delay_ms`: pictures go in pieces this high, with this rest between.
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
    drawer: Drawer = "pin2"
    strip_rows: int = 120
    strip_delay_ms: int = 0


def parse(uri: str) -> PrinterTarget:
    """The printer that `uri` names; DomainError `printer.bad_uri(uri)` when it names none."""
    try:
        return _parsed(uri)
    except (ValueError, KeyError) as error:
        raise DomainError("printer.bad_uri", uri=uri) from error


def with_options(uri: str, **changes: object) -> str:
    """The canonical URI of this printer with options changed; None takes an option out.

    A new `width` brings its own columns unless `columns` is changed too. Names are those of the URI
    (`strip`, `delay`) or of the target (`strip_rows`, `strip_delay_ms`); raises printer.bad_uri.
    """
    target = parse(uri)
    options: dict[str, str] = dict(parse_qsl(urlsplit(uri).query, keep_blank_values=True))
    if "width" in changes:
        options.pop("columns", None)
    for given, value in changes.items():
        name = _NAMES.get(given, given)
        options.pop(name, None)
        if value is not None:
            options[name] = ("no", "yes")[value] if isinstance(value, bool) else str(value)
    order = sorted(options.items(), key=lambda option: [*_CHOICES, option[0]].index(option[0]))
    changed = _place(target) + ("?" + urlencode(order) if order else "")
    parse(changed)
    return changed


def _place(target: PrinterTarget) -> str:
    start = f"{target.scheme}://"
    if target.scheme == "socket":
        host = f"[{target.host}]" if ":" in target.host else target.host
        return f"{start}{host}:{target.port}"
    if target.scheme in ("file", "serial"):
        path = quote(target.path, safe="/:")
        alone = target.scheme == "serial" and not path.startswith("/") and path[1:2] != ":"
        return start + (path if alone or path.startswith("/") else "/" + path)
    if target.scheme == "usb":
        ids = f"{target.usb_vendor:04x}:{target.usb_product:04x}"
        return start + ids + ("/" + quote(target.usb_serial, safe="") if target.usb_serial else "")
    return start + quote(target.name, safe="")


def _parsed(uri: str) -> PrinterTarget:
    _must_be_plain(uri)
    if len(uri) > 500 or any(char.isspace() for char in uri):
        raise ValueError("too long, or spaces")
    parts = urlsplit(uri)
    if parts.scheme not in _SCHEMES or parts.fragment or parts.username or parts.password:
        raise ValueError("scheme")
    options = _options(parts.query)
    if "baud" in options and parts.scheme != "serial":
        raise ValueError("baud")
    target = {"uri": uri, "scheme": parts.scheme, **_where(parts), **options}
    return msgspec.convert(target, PrinterTarget)


def _where(parts: SplitResult) -> dict[str, object]:
    path = unquote(parts.path, errors="strict")
    _must_be_plain(path)
    if parts.scheme == "socket":
        if not parts.hostname or parts.path not in ("", "/") or parts.port == 0:
            raise ValueError("host")
        return {"host": parts.hostname, "port": parts.port or 9100}
    if parts.scheme in ("file", "serial"):
        return {"path": _device_path(parts.netloc, path, parts.scheme)}
    if parts.scheme == "usb":
        return _usb(parts.netloc, unquote(parts.path.strip("/")))
    name = unquote(parts.netloc, errors="strict") + path.rstrip("/")
    _must_be_plain(name)
    if not name or (parts.scheme == "cups" and name.startswith("-")):
        raise ValueError("name")  # an option for the commands of CUPS would be one
    return {"name": name}


def _must_be_plain(text: str) -> None:
    if not text.isprintable():
        raise ValueError("control characters")


def _device_path(netloc: str, path: str, scheme: str) -> str:
    if scheme == "serial" and netloc and path in ("", "/"):
        name = unquote(netloc, errors="strict")  # serial://COM3
        if not name.isalnum():
            raise ValueError("port")
        return name
    if netloc or not path.startswith("/") or path.endswith("/"):
        raise ValueError("path")
    # file:///C:/paper.bin names a drive, not a folder called C:
    return path[1:] if len(path) > 2 and path[1].isalpha() and path[2] == ":" else path


def _usb(netloc: str, serial: str) -> dict[str, object]:
    vendor, product = netloc.split(":")
    if len(vendor) != 4 or len(product) != 4 or not (vendor + product).isalnum():
        raise ValueError("vendor and product")
    _must_be_plain(serial)
    return {"usb_vendor": int(vendor, 16), "usb_product": int(product, 16), "usb_serial": serial}


def _options(query: str) -> dict[str, object]:
    options: dict[str, object] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)):
        field = _FIELDS.get(name, name)
        if field in options:
            raise ValueError(name)
        options[field] = _CHOICES[name][value]
    if "width" in options and "columns" not in options:
        options["columns"] = _COLUMNS[int(str(options["width"]))]
    return options
