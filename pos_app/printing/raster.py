"""The grid of a paper as a picture: every letter in its own cells, 12 dots to a column."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pos_app.printing import ean13
from pos_app.printing.document import Barcode, Cut, Feed, QrCode
from pos_app.printing.fonts import font_path
from pos_app.printing.qr_matrix import matrix
from pos_app.printing.text_grid import Line, Row, cells, char_cells

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

CELL = 12  # dots of one column
LINE = 30  # dots of one line
_FONT = 24
_BASELINE = 23
_BAR_HEIGHT = 64
_QR_DOTS = 6
_INK_FROM = 110  # how dark a dot must be to be printed, of 255


@lru_cache(maxsize=8)
def _font(size: int, bold: bool) -> FreeTypeFont:
    from PIL import ImageFont  # lazy: Pillow

    return ImageFont.truetype(str(font_path(bold)), _FONT * size)


@lru_cache(maxsize=4096)
def _glyph(char: str, size: int, bold: bool) -> Image:
    """One letter in its cells, ink 255 on 0; a box where the font has no such letter."""
    from PIL import Image, ImageDraw  # lazy: Pillow

    font = _font(size, bold)
    width, height = char_cells(char) * CELL * size, LINE * size
    if not _drawn(char, size, bold):
        image = Image.new("L", (width, height), 0)
        edge = 2 * size
        box = (edge, 5 * size, width - 1 - edge, height - 1 - 6 * size)
        ImageDraw.Draw(image).rectangle(box, outline=255, width=size)
        return image
    natural = max(1, round(font.getlength(char)))
    drawn_width = max(width, natural)
    image = Image.new("L", (drawn_width, height), 0)
    place = ((drawn_width - natural) // 2, _BASELINE * size)
    ImageDraw.Draw(image).text(place, char, fill=255, font=font, anchor="ls")
    return image if drawn_width == width else image.resize((width, height))


@lru_cache(maxsize=4)
def _no_glyph(size: int, bold: bool) -> bytes:
    return bytes(_font(size, bold).getmask("\U0010fffd"))


def _drawn(char: str, size: int, bold: bool) -> bool:
    if char in " \u3000":
        return True
    mask = _font(size, bold).getmask(char)
    return mask.getbbox() is not None and bytes(mask) != _no_glyph(size, bold)


def picture(rows: list[Row], columns: int) -> Image:
    """The rows as one grey picture, ink 255 on 0, `columns` x 12 dots wide."""
    from PIL import Image  # lazy: Pillow

    width = columns * CELL
    parts = [_part(row, width) for row in rows if not isinstance(row, Cut)]
    image = Image.new("L", (width, max(1, sum(part.height for part in parts))), 0)
    top = 0
    for part in parts:
        image.paste(part, (0, top))
        top += part.height
    return image


def bits(image: Image) -> bytes:
    """Rows of bits, 1 = ink, most significant at the left."""
    return image.point([0] * _INK_FROM + [255] * (256 - _INK_FROM), mode="1").tobytes()


def _part(row: Row, width: int) -> Image:
    from PIL import Image  # lazy: Pillow

    if isinstance(row, Line):
        return _line(row, width)
    if isinstance(row, QrCode):
        return _qr(row, width)
    if isinstance(row, Barcode):
        return _bars(row, width)
    return Image.new("L", (width, LINE * (row.lines if isinstance(row, Feed) else 1)), 0)


@lru_cache(maxsize=128)  # the head of a paper, its rules and its foot are the same each time
def _line(line: Line, width: int) -> Image:
    from PIL import Image  # lazy: Pillow

    image = Image.new("L", (width, LINE * line.size), 0)
    left = 0
    for char in line.text:
        if char != " ":
            image.paste(_glyph(char, line.size, line.bold), (left, 0))
        left += char_cells(char) * CELL * line.size
    return image


def _bars(block: Barcode, width: int) -> Image:
    from PIL import Image, ImageDraw  # lazy: Pillow

    image = Image.new("L", (width, _BAR_HEIGHT + LINE + 10), 0)
    draw = ImageDraw.Draw(image)
    pattern = ean13.modules(block.data)
    dots = 3 if width >= 113 * 3 + 150 else 2
    left = (width - len(pattern) * dots) // 2
    for at, module in enumerate(pattern):
        if module == "1":
            draw.rectangle((left + at * dots, 5, left + (at + 1) * dots - 1, 5 + _BAR_HEIGHT), fill=255)
    margin = (width // CELL - cells(block.data)) // 2
    image.paste(_line(Line(" " * margin + block.data), width), (0, _BAR_HEIGHT + 8))
    return image


def _qr(block: QrCode, width: int) -> Image:
    from PIL import Image, ImageDraw  # lazy: Pillow

    modules = matrix(block.data)
    count = len(modules)
    dots = max(1, min(_QR_DOTS, width // (count + 8)))
    image = Image.new("L", (width, (count + 8) * dots), 0)
    draw = ImageDraw.Draw(image)
    left, top = (width - count * dots) // 2, 4 * dots
    for y, line in enumerate(modules):
        for x, dark in enumerate(line):
            if dark:
                corner = (left + x * dots, top + y * dots)
                draw.rectangle((*corner, corner[0] + dots - 1, corner[1] + dots - 1), fill=255)
    return image
