"""Printer URIs: each scheme, each option, and a plain refusal of all else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import PrinterTarget, parse


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
