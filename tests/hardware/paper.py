"""What came out of a simulated printer, and how it looks."""

from dataclasses import dataclass, field
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from pos_app.printing import ean13
from pos_app.printing.fonts import font_path

CELL_WIDTH, CELL_HEIGHT = 12, 24


@dataclass(frozen=True)
class Letter:
    """One letter, how many columns it is wide, and how it was set."""

    char: str
    columns: int
    width: int = 1
    height: int = 1
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """Letters on one line; `align` 0 left, 1 middle, 2 right."""

    letters: tuple[Letter, ...] = ()
    align: int = 0

    @property
    def text(self) -> str:
        return "".join(letter.char for letter in self.letters)


@dataclass(frozen=True)
class Picture:
    """A block of GS v 0."""

    row_bytes: int
    rows: int
    data: bytes
    align: int = 0


@dataclass(frozen=True)
class Code:
    """A code that the printer drew itself: `ean13` or `qr`, or the number of another barcode."""

    kind: str
    data: str
    size: int = 2
    height: int = 64
    align: int = 0
    digits: bool = False  # below the bars


@dataclass(frozen=True)
class Cut:
    """The knife."""


@dataclass(frozen=True)
class Kick:
    """A drawer opened; `stream` True when ESC p did it, False for DLE DC4."""

    pin: int
    stream: bool = True


@dataclass
class Paper:
    """Everything in the order in which it came out."""

    columns: int = 48
    items: list[Line | Picture | Code | Cut | Kick] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The text of all lines, empty ones too."""
        return [item.text for item in self.items if isinstance(item, Line)]

    @property
    def pictures(self) -> list[Picture]:
        return [item for item in self.items if isinstance(item, Picture)]

    @property
    def codes(self) -> list[Code]:
        return [item for item in self.items if isinstance(item, Code)]

    @property
    def cuts(self) -> int:
        return sum(isinstance(item, Cut) for item in self.items)

    @property
    def kicks(self) -> list[Kick]:
        return [item for item in self.items if isinstance(item, Kick)]

    def draw(self) -> Image.Image:
        """The paper as a picture, a dot of the printer as a pixel."""
        pieces = [piece for item in self.items if (piece := _drawn(item, self.columns)) is not None]
        height = sum(piece.height for piece in pieces)
        sheet = Image.new("L", (self.columns * CELL_WIDTH, max(1, height)), 255)
        at = 0
        for piece in pieces:
            sheet.paste(piece, (0, at))
            at += piece.height
        return sheet

    def save(self, path: Path) -> None:
        """Writes `draw()` as a PNG."""
        self.draw().save(path)


def _drawn(item: Line | Picture | Code | Cut | Kick, columns: int) -> Image.Image | None:
    if isinstance(item, Line):
        return _line(item, columns)
    if isinstance(item, Cut):
        piece = Image.new("L", (columns * CELL_WIDTH, 9), 255)
        draw = ImageDraw.Draw(piece)
        for x in range(0, piece.width, 12):
            draw.line((x, 4, x + 6, 4), 128)
        return piece
    if isinstance(item, Kick):
        return None
    return _aligned(_bits(item) if isinstance(item, Picture) else _code(item), item.align, columns)


def _aligned(piece: Image.Image, align: int, columns: int) -> Image.Image:
    band = Image.new("L", (columns * CELL_WIDTH, piece.height), 255)
    band.paste(piece, ((band.width - piece.width) * align // 2, 0))
    return band


def _line(line: Line, columns: int) -> Image.Image:
    height = max((letter.height for letter in line.letters), default=1)
    width = sum(letter.columns * letter.width for letter in line.letters)
    row = Image.new("L", (max(1, width * CELL_WIDTH), height * CELL_HEIGHT + 6), 255)
    at = 0
    for letter in line.letters:
        cell = Image.new("L", (letter.columns * CELL_WIDTH, CELL_HEIGHT), 255)
        font = ImageFont.truetype(str(font_path(letter.bold)), 21)
        ImageDraw.Draw(cell).text((cell.width / 2, CELL_HEIGHT / 2), letter.char, 0, font, anchor="mm")
        cell = cell.resize((cell.width * letter.width, cell.height * letter.height), Image.Resampling.NEAREST)
        row.paste(cell, (at, height * CELL_HEIGHT - cell.height))
        at += cell.width
    return _aligned(row, line.align, columns)


def _bits(picture: Picture) -> Image.Image:
    size = (picture.row_bytes * 8, picture.rows)
    return Image.frombytes("1", size, bytes(byte ^ 0xFF for byte in picture.data)).convert("L")


def _code(code: Code) -> Image.Image:
    if code.kind == "ean13":
        rows = [[bit == "1" for bit in ean13.modules(code.data)]] * max(1, code.height // code.size)
    elif code.kind == "qr":
        rows = [[bool(dot) for dot in row] for row in segno.make(code.data, error="m", micro=False).matrix]
    else:
        rows = [[True] * 40]
    dots = Image.new("L", (len(rows[0]), len(rows)), 255)
    for y, row in enumerate(rows):
        for x, black in enumerate(row):
            if black:
                dots.putpixel((x, y), 0)
    bars = dots.resize((dots.width * code.size, dots.height * code.size), Image.Resampling.NEAREST)
    if not code.digits:
        return bars
    whole = Image.new("L", (bars.width, bars.height + CELL_HEIGHT), 255)
    whole.paste(bars)
    font = ImageFont.truetype(str(font_path()), 20)
    ImageDraw.Draw(whole).text(
        (whole.width / 2, whole.height - CELL_HEIGHT / 2), code.data, 0, font, anchor="mm"
    )
    return whole
