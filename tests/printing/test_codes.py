"""QR codes and barcodes of every renderer, read back by a decoder that is not ours."""

import random
from io import BytesIO

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pos_app.domain.barcodes import ean13_check_digit
from pos_app.printing import escpos_picture, escpos_text, pdf, preview
from pos_app.printing.document import Barcode, Document, QrCode, clean
from pos_app.printing.text_grid import WIDTHS
from tests.printing.decoding import codes_in, pages, paper
from tests.printing.escpos_reader import read

TEXTS = ("23813fa9-0b13-4023-af11-bab1240f16a7", "5f0c2d9a" * 8, "정산 확인 0042", "9" * 300)


def pictures(document: Document, columns: int) -> dict[str, Image.Image]:
    """The document by every renderer that draws."""
    return {
        "picture": paper(read(escpos_picture.render(document, columns))),
        "preview": Image.open(BytesIO(preview.render_png(document, columns))),
        "pdf": pages(pdf.render(document, columns))[0],
    }


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("text", TEXTS, ids=["id", "digest", "korean", "long"])
def test_qr_codes_say_what_was_meant(text: str, columns: int) -> None:
    document = Document("t", (QrCode(text),))
    for mode, image in pictures(document, columns).items():
        assert codes_in(image) == [text], mode
    assert codes_in(paper(read(escpos_text.render(document, columns, native_qr=False)))) == [text]
    assert read(escpos_text.render(document, columns)).codes == [text.encode()]


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.acceptance("A4")
def test_barcodes_say_what_was_meant(columns: int) -> None:
    rng = random.Random(columns)
    for _ in range(12):
        first = f"{rng.randrange(10**12):012d}"
        code = first + str(ean13_check_digit(first))
        document = Document("t", (Barcode(code),))
        for mode, image in pictures(document, columns).items():
            assert codes_in(image) == [code], mode
        assert read(escpos_text.render(document, columns)).barcodes == [code.encode()]


@given(st.text(min_size=1, max_size=60) | st.just("\x10\x14\x01\x00\x01") | st.just("a\x10\x04\x01"))
def test_no_qr_code_hides_a_command(text: str) -> None:
    document = Document("t", (QrCode(text),))
    stream = escpos_text.render(document, 48)
    assert not any(command in stream for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    assert [code.decode() for code in read(stream).codes] == (
        [text] if text.isprintable() else [t] if (t := clean(text)) else []
    )


@pytest.mark.parametrize("length", [1, 40, 120, 121, 200, 400])
@pytest.mark.parametrize("columns", WIDTHS)
def test_a_printers_own_code_fits_its_paper(length: int, columns: int) -> None:
    text = "가" * (length // 3) + "a" * (length % 3) if length > 3 else "a"
    stream = escpos_text.render(Document("t", (QrCode(text),)), columns)
    at = stream.index(b"\x1d(k\x03\x001C")
    side = len(segno.make_qr(text, error="m").matrix)
    assert (side + 8) * stream[at + 7] <= columns * 12
