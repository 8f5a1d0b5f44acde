"""The simulated printer itself: what it makes of our papers, and what it holds back."""

from pathlib import Path

import pytest

from pos_app.hardware.printer_uri import parse
from pos_app.hardware.transports import send
from pos_app.printing import escpos_picture, escpos_text
from tests.hardware.paper import Code, Cut, Kick, Line
from tests.hardware.printer_model import PrinterModel
from tests.hardware.simulated_printer import SimulatedPrinter
from tests.printing.samples import papers

START = b"\x1b@\x1c&\x1cS\x00\x00\x1bt\x00\x1bR\x0d"


def after(data: bytes, **options: object) -> PrinterModel:
    model = PrinterModel(**options)  # type: ignore[arg-type]
    model.receive(data)
    return model


def test_letters_sizes_and_places() -> None:
    text = START + b"\x1ba\x01\x1d!\x11\x1bE\x01" + "가A".encode("cp949") + b"\n\x1b@\\\n"
    model = after(text)
    big, plain = [item for item in model.paper.items if isinstance(item, Line)]
    assert big.align == 1 and [(each.char, each.columns) for each in big.letters] == [("가", 2), ("A", 1)]
    assert {(each.width, each.height, each.bold) for each in big.letters} == {(2, 2, True)}
    assert plain.text == "\\" and model.strange == b"" and model.printed == text


def test_pairs_need_the_two_byte_mode_and_known_letters() -> None:
    assert after("가\n".encode("cp949")).paper.lines == ["░í"]
    assert after(START + "뷁\n".encode("cp949")).paper.lines == ["뷁"]
    model = after(START + "뷁\n".encode("cp949"), ksx1001=True)
    assert model.paper.lines == ["□"] and model.strange == "뷁".encode("cp949")


def test_a_line_that_is_too_long_goes_on_below() -> None:
    assert after(START + "가".encode("cp949") * 25 + b"\n").paper.lines == ["가" * 24, "가"]


def test_codes_cuts_and_drawers() -> None:
    qr = b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1\x1d(k\x05\x001P0hi\x1d(k\x03\x001Q0"
    bars = b"\x1dh\x40\x1dw\x02\x1dH\x02\x1dk\x43\x0d2000123300005"
    model = after(b"\x1b@" + bars + qr + b"\x1bp\x01\x19\xfa\x1dVB\x00\x1dV\x00")
    assert model.paper.items == [
        Code("ean13", "2000123300005", 2, 64, digits=True),
        Code("qr", "hi", 6),
        Kick(5),
        Cut(),
        Cut(),
    ]
    assert model.strange == b""


def test_what_it_does_not_know_is_told() -> None:
    assert after(b"\x1b@\x1bZ\x07ok\n").strange == b"\x1bZ\x07"


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pieces_of_any_size_come_to_the_same(size: int) -> None:
    data = (
        START
        + "사과 \\3,000\n".encode("cp949")
        + b"\x1dv0\x00\x02\x00\x02\x00\x10\x04\x01\xff\x1dVB\x00\x1dr\x01"
    )
    model, answers = PrinterModel(), b""
    for at in range(0, len(data), size):
        answers += model.receive(data[at : at + size])
    whole = PrinterModel()
    assert answers == whole.receive(data) == b"\x16\x00"
    assert model.paper.items == whole.paper.items and model.printed == whole.printed


def test_a_picture_may_open_the_drawer_unless_that_is_switched_off() -> None:
    picture = b"\x1dv0\x00\x05\x00\x01\x00\x10\x14\x01\x00\x01"
    assert after(b"\x1b@" + picture).paper.kicks == [Kick(2, stream=False)]
    assert after(b"\x1b@\x1d(D\x05\x00\x14\x01\x00\x02\x00" + picture).paper.kicks == []


def test_it_holds_what_it_may_not_print() -> None:
    model = PrinterModel(lines_left=1)
    model.receive(b"\x1b@one\ntwo\n\x1bp\x00\x19\xfa")
    assert model.paper.lines == ["one"] and model.stopped and model.paper.kicks == []
    assert model.receive(b"\x10\x04\x01") == b"\x1e"
    model.roll = "enough"
    model.work()
    assert model.paper.lines == ["one", "two"] and model.paper.kicks == [Kick(2)] and model.holding == 0


@pytest.mark.parametrize("kind", ["korean", "picture"])
def test_our_test_page_comes_out(kind: str, tmp_path: Path) -> None:
    page = papers()["test-page"]
    data = escpos_text.render(page) if kind == "korean" else escpos_picture.render(page)
    with SimulatedPrinter() as printer:
        assert send(parse(printer.uri), data).confirmed
    assert printer.strange == b"" and printer.paper.cuts == 1 and printer.paper.kicks == []
    assert bool(printer.paper.pictures) == (kind == "picture")
    printer.paper.save(tmp_path / "paper.png")
    assert printer.paper.draw().width == 576 and printer.paper.draw().height > 200
