"""Pictures, PDF and preview: the same grid, whole letters, and boxes for what the font lacks."""

from io import BytesIO

import pdfplumber
import pytest
from PIL import Image, ImageChops
from reportlab.graphics.barcode.eanbc import Ean13BarcodeWidget
from reportlab.graphics.shapes import Rect

from pos_app.printing import ean13, fonts, pdf, plain, preview, raster
from pos_app.printing.document import Barcode, Columns, Document, Item, QrCode, Text
from pos_app.printing.text_grid import WIDTHS, Line, lay_out
from pos_app.runtime.faults import EnvironmentFault
from tests.printing.samples import papers
from tests.printing.test_escpos import HANJA, SYLLABLES


def ink(text: str, columns: int = 48, bold: bool = False) -> Image.Image:
    return raster.picture([Line(text, bold)], columns)


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.acceptance("A13")
def test_amounts_end_at_the_edge_of_the_picture(columns: int) -> None:
    """Every figure lies in the cells of the grid, whatever letters stand before it."""
    figures = []
    for name in ("사과", "🍎 사과", "Café", "W" * 12, "大㎏①"):
        (row,) = lay_out(Document("t", (Columns(name, "12,300원"),)), columns)
        image = raster.picture([row], columns)
        assert image.size == (columns * 12, 30)
        figures.append(image.crop((columns * 12 - 8 * 12, 0, columns * 12, 30)))
    assert figures[0].getbbox()
    assert all(not ImageChops.difference(figures[0], other).getbbox() for other in figures[1:])


@pytest.mark.acceptance("A13")
def test_the_font_draws_every_korean_letter() -> None:
    blank_or_box = [c for c in SYLLABLES + HANJA if not raster._drawn(c, 1, False)]
    assert not blank_or_box


@pytest.mark.acceptance("A13")
def test_a_letter_the_font_lacks_is_a_box_not_a_gap() -> None:
    box = ink("🍎")
    assert box.getbbox() == (2, 5, 22, 24)  # ours, hollow, in two cells; not the font's own sign
    assert not ImageChops.difference(box, ink("🍐")).getbbox()
    assert not ink("  ").getbbox()


def test_wide_letters_stay_in_their_cells() -> None:
    for char in "WM@%é":
        left, _, right, _ = ink(f"  {char}").getbbox() or (0, 0, 0, 0)
        assert 24 <= left < right <= 36


def test_bits_are_ink_from_the_left() -> None:
    image = Image.new("L", (16, 1), 0)
    image.putpixel((0, 0), 255)
    image.putpixel((15, 0), 200)
    image.putpixel((7, 0), 60)
    assert raster.bits(image) == b"\x80\x01"


@pytest.mark.parametrize("name", sorted(papers()))
def test_previews_show_the_paper(name: str) -> None:
    image = Image.open(BytesIO(preview.render_png(papers()[name], 32)))
    assert image.width == 32 * 12 + 48 and image.height > 300
    assert image.getpixel((0, 0)) == 255


def test_a_paper_without_anything_is_still_a_picture() -> None:
    assert preview.render_png(Document("t", ()), 32).startswith(b"\x89PNG")


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("name", ["receipt", "receipt-practice", "refund", "z", "test-page"])
@pytest.mark.acceptance("A16")
def test_pdf_says_what_the_text_says(name: str, columns: int) -> None:
    paper = papers()[name]
    data = pdf.render(paper, columns)
    with pdfplumber.open(BytesIO(data)) as file:
        (page,) = file.pages
        assert abs(page.width - (columns * 12 + 64) * 72 / 25.4 / 8) < 0.1
        words = page.extract_text(x_tolerance=0.8)
        assert all(page.bbox[0] <= char["x0"] and char["x1"] <= page.bbox[2] for char in page.chars)
    said = "".join(words.split())
    for line in plain.render(paper, columns).splitlines():
        for piece in line.split():
            if piece.strip("-=_") and not piece.startswith(("[QR", "[바코드", "23813fa9", "JANGTEO", "TEST")):
                assert piece.rstrip("]") in said, piece


def test_pdf_is_the_same_each_time() -> None:
    assert pdf.render(papers()["z"]) == pdf.render(papers()["z"])


@pytest.mark.acceptance("A13")
def test_pdf_counts_the_letters_it_lacks() -> None:
    paper = pdf.render_counted(Document("t", (Item("🍎🍐 사과", "1×1", "1"), Text("한글 뷁 金 ₩"))), 48)
    assert paper.missing == 2
    with pdfplumber.open(BytesIO(paper.data)) as file:
        text = file.pages[0].extract_text()
    assert "□□ 사과" in text and "한글 뷁 金 원" in text


def test_bars_are_those_of_another_hand() -> None:
    for code in ("2112345012506", "2000123158006", "8801471049749"):
        assert ean13.is_valid(code)
        widget = Ean13BarcodeWidget(code, barWidth=1, quiet=0, humanReadable=0, lquiet=0, rquiet=0)
        drawn = ["0"] * 95
        for shape in widget.draw().contents:
            if isinstance(shape, Rect) and shape.fillColor is not None:
                for at in range(round(shape.x), round(shape.x + shape.width)):
                    drawn[at] = "1"
        assert "".join(drawn) == ean13.modules(code)
    assert not any(ean13.is_valid(code) for code in ("2112345012507", "211234501250", "２112345012506"))


def test_codes_keep_their_quiet_zone() -> None:
    for block in (QrCode("23813fa9-0b13-4023-af11-bab1240f16a7"), Barcode("2112345012506")):
        for columns in WIDTHS:
            left, _, right, _ = raster.picture([block], columns).getbbox() or (0, 0, 0, 0)
            assert 22 <= left < right <= columns * 12 - 22


def test_a_lost_font_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(fonts, "resources", lambda: tmp_path)
    with pytest.raises(EnvironmentFault, match="NanumGothic"):
        fonts.font_path()
