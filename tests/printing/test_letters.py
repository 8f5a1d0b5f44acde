"""A13 at its edges: every letter distinct in pictures, hard names in every mode, and no maimed figure."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from pos_app.domain.errors import DomainError
from pos_app.printing import escpos_picture, escpos_text, pdf, plain, raster
from pos_app.printing.document import Columns, Document, Item, Text
from pos_app.printing.text_grid import WIDTHS, Line, cells, lay_out, printable
from tests.printing.escpos_reader import Printed, read
from tests.printing.test_escpos import HANJA, SYLLABLES

HARD = (
    "👩‍👩‍👧‍👦 가족 꾸러미",  # joined by zero-width joiners
    "🏳️‍🌈🇰🇷👍🏽",  # flags, skin tones, variation selectors
    unicodedata.normalize("NFD", "뷁똠햏 값"),
    "שלום عربى ١٢٣",  # right to left
    "\u202e거꾸로\u202c \u2066x\u2069",
    "a\u0301\u0302\u0303\u0304b",  # stacked accents
    "\x00\x1b@\x10\x14\x01\x00\x01\x1dV\x00\x07\r\n\t",
    "가" * 200,
    "W" * 200,
    "가a" * 100,
    "\u200b\u200c\u200d\u2060\ufeff",
    "\ud83d 반쪽 \ude00",  # half a pair
    "ﾊﾝｶｸ ｶﾅ ｱ",
    "₩12,000 ￦ ㎏ ㎖ ① ⑳ ㈜ ™ © €",
    "𠮷野家 龥 嗀",
    "ㅋㅋㅋ ㄱㄴㄷ ㆍ ᄀ ᆨ",
    "?? 물음표?",
)
NAMES = st.one_of(
    st.sampled_from(HARD),
    st.text(max_size=200),
    st.text(st.sampled_from("가뷁金🍎é\u200d\u0301\x1b?₩—שa 1,"), max_size=200),
)
MODES = ("cp949", "ksx1001")


def picture(printed: Printed) -> Image.Image:
    """All pictures of a stream as one, ink white."""
    row_bytes = printed.pictures[0].row_bytes
    data = b"".join(part.data for part in printed.pictures)
    return Image.frombytes("1", (row_bytes * 8, len(data) // row_bytes), data)


@pytest.mark.acceptance("A13")
def test_every_letter_has_its_own_picture() -> None:
    drawn = {letter: raster.bits(raster._glyph(letter, 1, False)) for letter in SYLLABLES}
    assert all(any(bits) for bits in drawn.values())
    assert len(set(drawn.values())) == 11_172
    box = raster.bits(raster._glyph("🍎", 1, False))
    assert box not in drawn.values()
    assert not [letter for letter in HANJA if raster.bits(raster._glyph(letter, 1, False)) in (box, b"")]


@pytest.mark.parametrize("charset", MODES)
@pytest.mark.parametrize("columns", WIDTHS)
@given(name=NAMES)
@pytest.mark.acceptance("A13")
def test_hard_names_as_text(columns: int, charset: escpos_text.Charset, name: str) -> None:
    document = Document("t", (Item(name, "1,000×2", "12,345"), Columns(name, "67,890원"), Text(name)))
    printed = read(escpos_text.render(document, columns, charset))
    rows = [row for row in lay_out(document, columns) if isinstance(row, Line)]
    assert len(printed.order) == len(rows), "each line of the grid is one line or one picture on paper"
    assert all(len(line) * size <= columns for line, size in printed.lines)
    for line, _ in printed.lines:
        text = line.decode("cp949")  # no pair is split
        assert text.count("?") <= printable(name).count("?")
        if text.endswith(("12,345", "67,890원")):
            assert len(line) == columns
        if charset == "ksx1001":
            assert all(byte < 0x80 or byte >= 0xA1 for byte in line)
    assert all(
        p.row_bytes * 8 == columns * raster.CELL and p.rows % raster.LINE == 0 for p in printed.pictures
    )
    assert printed.cuts == 0 and printed.pulses == 0


@pytest.mark.parametrize("columns", WIDTHS)
@given(name=NAMES)
@pytest.mark.acceptance("A13")
def test_hard_names_as_pictures(columns: int, name: str) -> None:
    """The figure's own dots are the same whatever the name; the paper is as high as the grid says."""
    document = Document("t", (Columns(name, "67,890원"),))
    rows = [row for row in lay_out(document, columns) if isinstance(row, Line)]
    image = picture(read(escpos_picture.render(document, columns)))
    assert image.size == (columns * raster.CELL, raster.LINE * len(rows))
    plain_image = picture(read(escpos_picture.render(Document("t", (Columns("", "67,890원"),)), columns)))
    edge = (columns - cells("67,890원")) * raster.CELL
    last = image.crop((edge, image.height - raster.LINE, *image.size))
    assert last.tobytes() == plain_image.crop((edge, 0, *plain_image.size)).tobytes()


@example(name=HARD[0])
@given(name=NAMES)
@pytest.mark.acceptance("A13")
def test_hard_names_never_stop_a_pdf_or_a_text(name: str) -> None:
    document = Document("t", (Item(name, "1,000×2", "12,345"), Text(name, size=2)))
    for line in plain.render(document, 32).splitlines():
        assert cells(line) <= 32
    made = pdf.render_counted(document, 32)
    assert made.data.startswith(b"%PDF")


@pytest.mark.parametrize(
    "block", [Columns("합계", "12🍎00원"), Item("사과", "1,000×1", "1,0٠0"), Columns("a", "🍎1원")]
)
@pytest.mark.acceptance("A16")
def test_a_figure_with_a_lost_letter_stops_the_job(block: Columns | Item) -> None:
    document = Document("t", (block,))
    if isinstance(block, Columns) and block.right.startswith("🍎"):
        lay_out(document, 48)  # no figure: a word that becomes a picture
        return
    for render in (plain.render, escpos_text.render, escpos_picture.render, pdf.render):
        with pytest.raises(DomainError, match=r"paper\.figure_lost"):
            render(document, 48)


@pytest.mark.acceptance("A16")
def test_a_figure_is_whole_and_small_rather_than_big_and_broken() -> None:
    amount = "-999,999,999,999원"
    (row,) = lay_out(Document("t", (Columns("", amount, size=2),)), 32)
    assert isinstance(row, Line) and row.size == 1 and row.text.endswith(amount)
    (big,) = lay_out(Document("t", (Columns("합계", "99,999원", size=2),)), 32)
    assert isinstance(big, Line) and big.size == 2
    for block in (Item("x", "1×1", "1" * 33), Columns("x", "1" * 33)):
        with pytest.raises(DomainError, match=r"paper\.figure_wide"):
            lay_out(Document("t", (block,)), 32)


@given(left=NAMES, amount=st.integers(-(10**12), 10**12), size=st.sampled_from([1, 2]))
@pytest.mark.acceptance("A16")
def test_every_amount_of_a_day_stands_in_one_line(left: str, amount: int, size: int) -> None:
    shown = f"{amount:,}원"
    for columns in WIDTHS:
        rows = lay_out(Document("t", (Columns(left, shown, size=size), Item(left, left, shown))), columns)  # type: ignore[arg-type]
        ends = [row for row in rows if isinstance(row, Line) and row.text.endswith(shown)]
        assert len(ends) >= 2 and all(
            cells(row.text) * row.size <= columns for row in rows if isinstance(row, Line)
        )
