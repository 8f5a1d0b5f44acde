"""Printer URIs: each scheme, each option, and a plain refusal of all else."""

from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import PrinterTarget, parse, with_options


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("socket://192.168.0.50", {"scheme": "socket", "host": "192.168.0.50", "port": 9100}),
        ("socket://127.0.0.1:9123/", {"scheme": "socket", "host": "127.0.0.1", "port": 9123}),
        ("socket://[::1]:9100", {"scheme": "socket", "host": "::1", "port": 9100}),
        ("file:///dev/usb/lp0", {"scheme": "file", "path": "/dev/usb/lp0"}),
        ("file:///C:/paper.bin", {"scheme": "file", "path": "C:/paper.bin"}),
        ("file:///tmp/%EC%A2%85%EC%9D%B4.bin", {"scheme": "file", "path": "/tmp/종이.bin"}),
        ("serial:///dev/ttyUSB0?baud=115200", {"scheme": "serial", "path": "/dev/ttyUSB0", "baud": 115200}),
        ("serial://COM3", {"scheme": "serial", "path": "COM3"}),
        (
            "usb://0483:5743/A1",
            {"scheme": "usb", "usb_vendor": 0x483, "usb_product": 0x5743, "usb_serial": "A1"},
        ),
        ("usb://0483:5743", {"scheme": "usb", "usb_vendor": 0x483, "usb_product": 0x5743}),
        ("cups://r80", {"scheme": "cups", "name": "r80"}),
        ("win32://BIXOLON%20SRP-350", {"scheme": "win32", "name": "BIXOLON SRP-350"}),
    ],
)
def test_each_scheme(uri: str, expected: dict[str, object]) -> None:
    assert parse(uri) == PrinterTarget(uri=uri, **expected)  # type: ignore[arg-type]


def test_options() -> None:
    target = parse("socket://h?kind=picture&width=58&charset=ksx1001&status=no&cutter=no&native_qr=no")
    assert (target.kind, target.width, target.columns, target.charset) == ("picture", 58, 32, "ksx1001")
    assert not (target.status or target.cutter or target.native_qr)
    assert parse("socket://h?width=80&columns=42").columns == 42
    assert (parse("socket://h").width, parse("socket://h").columns) == (80, 48)
    target = parse("usb://0483:5743?drawer=realtime5&strip=64&delay=100")
    assert (target.drawer, target.strip_rows, target.strip_delay_ms) == ("realtime5", 64, 100)
    plain = parse("cups://r80")
    assert (plain.drawer, plain.strip_rows, plain.strip_delay_ms) == ("pin2", 120, 0)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "192.168.0.50",
        "http://h",
        "socket://",
        "socket://h:0",
        "socket://h:70000",
        "socket://h:abc",
        "socket://h/path",
        "socket://a b",
        "socket://h\n",
        "socket://user@h",
        "socket://h#x",
        "socket://h?kind=dot",
        "socket://h?width=76",
        "socket://h?width=",
        "socket://h?columns=40",
        "socket://h?colour=red",
        "socket://h?width=58&width=80",
        "socket://h?baud=9600",
        "socket://h?kind",
        "file://paper.bin",
        "file:///",
        "file:paper",
        "file:///tmp/",
        "serial://",
        "serial:///dev/ttyS0?baud=1",
        "usb://0483",
        "usb://xyzw:0001",
        "usb://483:5743",
        "cups://",
        "cups://-h",
        "cups://a%0Ab",
        "file:///tmp/%00",
        "serial://COM%203",
        "socket://h?strip=96",
        "socket://h?strip=15",
        "socket://h?strip=241",
        "socket://h?strip=064",
        "socket://h?delay=101",
        "socket://h?delay=-1",
        "socket://h?drawer=pin3",
        "win32:///",
    ],
)
def test_what_names_no_printer_is_refused(uri: str) -> None:
    with pytest.raises(DomainError) as caught:
        parse(uri)
    assert caught.value.code == "printer.bad_uri" and caught.value.params == {"uri": uri}


@given(st.text(max_size=60), st.sampled_from(["", "socket://", "file:///", "usb://", "cups://h?", "[::"]))
def test_no_text_makes_it_stumble(text: str, start: str) -> None:
    try:
        assert isinstance(parse(start + text), PrinterTarget)
    except DomainError as error:
        assert error.code == "printer.bad_uri"


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
HOSTS = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
    st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z]{2,5})?", fullmatch=True),
)
PLACES = st.one_of(
    st.builds("socket://{}:{}".format, HOSTS, st.integers(1, 65535)),
    HOSTS.map("socket://{}".format),
    NAMES.map(lambda name: "file:///tmp/" + quote(name, safe="")),
    NAMES.map(lambda name: "serial:///dev/" + quote(name, safe="")),
    st.integers(1, 256).map("serial://COM{}".format),
    st.builds("usb://{:04x}:{:04X}".format, st.integers(0, 0xFFFF), st.integers(0, 0xFFFF)),
    NAMES.map(lambda name: "usb://0483:5743/" + quote(name, safe="")),
    NAMES.filter(lambda name: name[0] != "-").map(lambda name: "cups://" + quote(name, safe="")),
    NAMES.map(lambda name: "win32://" + quote("\\\\server\\" + name + " 80", safe="")),
)
OPTIONS = {
    "kind": st.sampled_from(["korean", "picture"]),
    "width": st.sampled_from([58, 80]),
    "columns": st.sampled_from([32, 42, 48]),
    "charset": st.sampled_from(["cp949", "ksx1001"]),
    "status": st.booleans(),
    "cutter": st.booleans(),
    "native_qr": st.booleans(),
    "drawer": st.sampled_from(["none", "pin2", "pin5", "realtime2", "realtime5"]),
    "strip_rows": st.integers(16, 240).filter(lambda rows: rows % 48 != 0),
    "strip_delay_ms": st.integers(0, 100),
}
CHANGES = st.fixed_dictionaries({}, optional=OPTIONS)


@given(PLACES, CHANGES, CHANGES)
def test_options_are_changed_and_nothing_else(
    place: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    try:
        before = parse(place)
    except DomainError:
        reject()  # a name that the grammar of URIs does not know
    uri = with_options(place, **first)
    target = parse(uri)
    for name, value in first.items():
        assert getattr(target, name) == value
    given_by_width = {"columns"} if "width" in first else set()
    for name in set(PrinterTarget.__struct_fields__) - set(first) - given_by_width - {"uri"}:
        assert getattr(target, name) == getattr(before, name)
    assert with_options(uri) == uri == target.uri
    both = parse(with_options(uri, **second))
    assert all(getattr(both, name) == value for name, value in second.items())
    bare = with_options(uri, **dict.fromkeys(OPTIONS))
    assert "?" not in bare and parse(bare) == msgspec.structs.replace(before, uri=bare)


def test_canonical_uris() -> None:
    assert with_options("socket://H") == "socket://h:9100"
    assert with_options("socket://h?cutter=no&kind=picture", width=58) == (
        "socket://h:9100?kind=picture&width=58&cutter=no"
    )
    assert with_options("socket://h?width=80&columns=42", width=58) == "socket://h:9100?width=58"
    assert with_options("serial://COM3", baud=115200, status=False) == "serial://COM3?baud=115200&status=no"
    assert (
        with_options("usb://04B8:0E15/J 1".replace(" ", "%20"), strip=64) == "usb://04b8:0e15/J%201?strip=64"
    )
    assert with_options("file:///C:/paper.bin?delay=5", delay=None) == "file:///C:/paper.bin"


@pytest.mark.parametrize(
    ("uri", "changes"),
    [
        ("http://h", {}),
        ("socket://h", {"kind": "dot"}),
        ("socket://h", {"colour": "red"}),
        ("socket://h", {"baud": 9600}),
        ("socket://h", {"strip": 48}),
        ("socket://h", {"status": "maybe"}),
    ],
)
def test_what_cannot_be_changed_is_refused(uri: str, changes: dict[str, object]) -> None:
    with pytest.raises(DomainError) as caught:
        with_options(uri, **changes)
    assert caught.value.code == "printer.bad_uri"
