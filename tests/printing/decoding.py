"""Reads papers with a decoder that is not ours, as a scanner would."""

from io import BytesIO

import pdfplumber
import zxingcpp
from PIL import Image, ImageOps

from pos_app.printing.label_sheets import LabelSheet
from tests.printing.escpos_reader import Printed


def codes_in(image: Image.Image) -> list[str]:
    """The texts of all codes in a picture, dark on white.

    As large as it is: shrunk, the decoder now and then sees a second number in the same bars.
    """
    return [found.text for found in zxingcpp.read_barcodes(image.convert("L"), try_downscale=False)]


def pages(data: bytes, dpi: int = 300) -> list[Image.Image]:
    """The pages of a PDF as a printer of this resolution would put them down."""
    with pdfplumber.open(BytesIO(data)) as file:
        return [page.to_image(resolution=dpi).original for page in file.pages]


def paper(printed: Printed) -> Image.Image:
    """The pictures of a stream one below the other, dark on white."""
    row_bytes = printed.pictures[0].row_bytes
    rows = b"".join(picture.data for picture in printed.pictures)
    image = Image.frombytes("1", (row_bytes * 8, len(rows) // row_bytes), rows).convert("L")
    return ImageOps.expand(ImageOps.invert(image), 40, 255)


def labels_of(page: Image.Image, sheet: LabelSheet, dpi: int = 300) -> list[list[str]]:
    """What a scanner held over each label of a sheet reads, place by place."""
    found = []
    for place in range(1, sheet.count + 1):
        left, top = sheet.corner(place)
        box = left, top, left + sheet.width, top + sheet.height
        one, two, three, four = (edge * dpi // 2540 for edge in box)
        found.append(codes_in(page.crop((one, two, three, four))))
    return found
