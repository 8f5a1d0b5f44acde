"""ESC/POS: every Korean letter reaches paper, on the grid, and no stream hides a command."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.printing import escpos_codes, escpos_picture, escpos_text
from pos_app.printing.document import Columns, Cut, Document, Item, QrCode, Text
from pos_app.printing.layouts.receipt import receipt_document
from pos_app.printing.text_grid import WIDTHS, Line, cells, lay_out
from tests.printing.escpos_reader import Printed, read
from tests.printing.samples import SALE, SHOP, papers, sale_line

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]


def _in_cp949(code: int) -> bool:
    try:
        return bool(chr(code).encode("cp949"))
    except UnicodeEncodeError:
        return False


HANJA = [chr(c) for c in (*range(0x4E00, 0xA000), *range(0xF900, 0xFA2E)) if _in_cp949(c)]


def named(letters: list[str], each: int = 17) -> Document:
    """Items whose names hold all the letters."""
    names = ["".join(letters[at : at + each]) for at in range(0, len(letters), each)]
    return Document("t", tuple(Item(name, "1,000×1", "1,000") for name in names))


def words(printed: Printed) -> str:
    return "\n".join(line.decode("cp949") for line, _ in printed.lines)


def questions(printed: Printed) -> int:
    return sum(line.count(b"?") for line, _ in printed.lines)


def aligned(printed: Printed, columns: int) -> bool:
    return all(len(line) * size <= columns for line, size in printed.lines) and all(
        len(line) == columns for line, _ in printed.lines if line.endswith(b"1,000")
    )


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.acceptance("A13")
def test_every_syllable_and_hanja_is_printed(columns: int) -> None:
    assert len(SYLLABLES) == 11_172 and len(HANJA) == 4_888
    letters = SYLLABLES + HANJA
    stream = escpos_text.render(named(letters), columns)
    printed = read(stream)
    assert not questions(printed)
    assert not printed.pictures and aligned(printed, columns)
    # 268 hanja are coded twice in Korean sets; both codes draw the same letter.
    out, wanted = (unicodedata.normalize("NFC", text) for text in (words(printed), "".join(letters)))
    assert [letter for letter in out if ord(letter) >= 0x4E00] == list(wanted)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.acceptance("A13")
def test_decomposed_names_are_put_together(columns: int) -> None:
    apart = [unicodedata.normalize("NFD", letter) for letter in SYLLABLES[::7]]
    assert escpos_text.render(named(apart), columns) == escpos_text.render(named(SYLLABLES[::7]), columns)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.acceptance("A13")
def test_what_the_printer_lacks_becomes_a_picture_line(columns: int) -> None:
    names = ("🍎 사과", "Café 봉투", "₩ ㎏ ① —", "👩‍🌾 농부", "한글 ไทย")
    document = Document("t", tuple(Item(name, "1,000×1", "1,000") for name in names))
    stream = escpos_text.render(document, columns)
    printed = read(stream)
    assert not questions(printed)
    assert len(printed.pictures) == 4 and aligned(printed, columns)
    assert all(p.row_bytes == columns * 12 // 8 and p.rows == 30 and any(p.data) for p in printed.pictures)
    assert "원 ㎏ ① ―" in words(printed)
    rows = [row for row in lay_out(document, columns) if isinstance(row, Line)]
    assert len(printed.order) == len(rows)


@pytest.mark.acceptance("A13")
def test_the_old_set_gets_pictures_for_later_syllables() -> None:
    later = [letter for letter in SYLLABLES if len(letter.encode("euc_kr")) != 2]
    assert len(later) == 11_172 - 2_350
    printed = read(escpos_text.render(named(SYLLABLES[:600]), 48, "ksx1001"))
    assert printed.pictures and aligned(printed, 48)
    assert all(b >= 0xA1 or b < 0x80 for line, _ in printed.lines for b in line)
    known = [letter for letter in SYLLABLES if letter not in set(later)]
    assert not read(escpos_text.render(named(known), 48, "ksx1001")).pictures


@given(st.text(max_size=40))
@pytest.mark.acceptance("A13")
def test_no_name_breaks_the_stream_or_kicks_the_drawer(name: str) -> None:
    document = Document("t", (Text(name), Columns(name, "1,000"), Item(name, name, "1,000"), Cut()))
    for columns in WIDTHS:
        stream = escpos_text.render(document, columns)
        printed = read(stream)
        assert printed.cuts == 1 and printed.pulses == 0 and aligned(printed, columns)
        assert questions(printed) <= 4 * name.count("?")


@pytest.mark.parametrize("name", sorted(papers()))
def test_text_and_picture_print_the_same_grid(name: str) -> None:
    for columns in WIDTHS:
        rows = [row for row in lay_out(papers()[name], columns) if isinstance(row, Line)]
        text = read(escpos_text.render(papers()[name], columns))
        assert [line.decode("cp949") for line, _ in text.lines if line] == [r.text for r in rows if r.text]
        picture = read(escpos_picture.render(papers()[name], columns))
        assert not picture.lines and picture.cuts == text.cuts == 1
        assert all(p.row_bytes == columns * 12 // 8 for p in picture.pictures)
        assert all(p.rows <= 128 and p.rows % 48 for p in picture.pictures)


def test_the_stream_starts_as_korean_printers_need_it() -> None:
    stream = escpos_text.render(Document("t", (Text("사과", bold=True), Text("합계", size=2))), 48)
    assert stream == bytes.fromhex("1b40 1c26 1c530000 1b7400 1b520d") + (
        b"\x1bE\x01\xbb\xe7\xb0\xfa\n\x1bE\x00\x1d!\x11\xc7\xd5\xb0\xe8\n\x1d!\x00"
    )


def test_codes_and_knife_follow_the_printer() -> None:
    document = Document("t", (QrCode("R1-K7-0042"), Cut()))
    printed = read(escpos_text.render(document, 32))
    assert printed.codes == [b"R1-K7-0042"] and printed.cuts == 1
    drawn = read(escpos_text.render(document, 32, native_qr=False, cutter=False))
    assert drawn.pictures and not drawn.codes and not drawn.cuts


@given(st.binary(max_size=3000), st.sampled_from([48, 63, 72]))
def test_no_picture_carries_a_real_time_command(noise: bytes, row_bytes: int) -> None:
    noise += b"\x10\x04\x01\x10\x14\x01\x00\x01\x10\x10\x05"
    bits = noise + bytes(-len(noise) % row_bytes)
    blocks = list(escpos_codes.strips(bits, row_bytes))
    stream = b"".join(blocks)
    assert not any(command in stream for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    printed = read(stream)
    assert sum(p.rows for p in printed.pictures) * row_bytes == len(bits)
    joined = b"".join(p.data for p in printed.pictures)
    assert all(new & old == old for new, old in zip(joined, bits, strict=True))


@pytest.mark.parametrize("rows", [1, 40, 47, 48, 49, 96, 120, 128, 144, 168, 240, 288, 2000])
def test_strips_have_safe_heights(rows: int) -> None:
    heights = [p.rows for p in read(b"".join(escpos_codes.strips(bytes(72 * rows), 72))).pictures]
    assert sum(heights) == rows and all(h <= 128 and h % 48 for h in heights)


@pytest.mark.parametrize(
    ("wanted", "most"), [(24, 24), (1, 1), (128, 128), (48, 40), (0, 120), (-5, 120), (500, 120)]
)
def test_a_printer_may_want_lower_strips_but_never_unsafe_ones(wanted: int, most: int) -> None:
    heights = [p.rows for p in read(b"".join(escpos_codes.strips(bytes(72 * 333), 72, wanted))).pictures]
    assert sum(heights) == 333 and max(heights) == most and all(h % 48 for h in heights)
    document = Document("t", tuple(Text(f"줄 {n}") for n in range(9)))
    low = read(escpos_picture.render(document, 48, strip_rows=wanted))
    usual = read(escpos_picture.render(document, 48))
    assert b"".join(p.data for p in low.pictures) == b"".join(p.data for p in usual.pictures)


def test_forty_lines_are_rendered_in_half_a_millisecond() -> None:
    sale = receipt_document(SALE, SHOP)
    lines = tuple(sale_line(n, n % 3, f"물건 이름 {n}", "상자", 1000 + n) for n in range(40))
    document = Document("t", (*sale.blocks, *(Item(x.name, "1,000×1", "1,000") for x in lines)))
    assert cells("물건") == 4

    def seconds() -> float:
        start = time.perf_counter()
        escpos_text.render(document, 48)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(100)) < 0.000_5
