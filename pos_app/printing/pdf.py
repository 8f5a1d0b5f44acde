"""A paper as PDF of the roll's width, with the bundled font inside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from pos_app.printing import ean13
from pos_app.printing.document import Barcode, Cut, Document, Feed, QrCode
from pos_app.printing.pdf_fonts import NAMES, known, registered
from pos_app.printing.qr_matrix import matrix
from pos_app.printing.text_grid import Line, Row, cells, lay_out

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_DOT = 0.354331  # points of one printer dot, 8 to the mm
_CELL, _LINE, _FONT = 12 * _DOT, 30 * _DOT, 24 * _DOT
_MARGIN = 32 * _DOT  # 4 mm
_BASELINE = 7 * _DOT  # above the line's bottom
_RUN = re.compile(r"\S+(?: \S+)*")


class PdfPaper(msgspec.Struct, frozen=True):
    """The file and how many letters the font lacked (drawn as □)."""

    data: bytes
    missing: int


def render(document: Document, columns: int = 48) -> bytes:
    """The PDF; the same document gives the same bytes."""
    return render_counted(document, columns).data


def render_counted(document: Document, columns: int = 48) -> PdfPaper:
    """The PDF and the number of letters that the font lacks."""
    from reportlab.pdfgen.canvas import Canvas  # lazy: reportlab

    rows = lay_out(document, columns)
    width = columns * _CELL + 2 * _MARGIN
    height = sum(_height(row, columns) for row in rows) + 2 * _MARGIN
    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    canvas.setTitle(document.title)
    sheet = _Sheet(canvas, columns)
    top = height - _MARGIN
    for row in rows:
        bottom = top - _height(row, columns)
        sheet.draw(row, bottom)
        top = bottom
    canvas.showPage()
    canvas.save()
    return PdfPaper(out.getvalue(), sheet.missing)


def _height(row: Row, columns: int) -> float:
    if isinstance(row, Line):
        return _LINE * row.size
    if isinstance(row, Feed):
        return _LINE * row.lines
    if isinstance(row, Barcode):
        return _LINE * 3.5
    if isinstance(row, QrCode):
        modules, module = _qr_modules(row, columns)
        return (len(modules) + 8) * module
    return 0


def _qr_modules(block: QrCode, columns: int) -> tuple[Sequence[Sequence[int]], float]:
    """The code's modules and the side of one in points, as large as the roll allows up to 6 dots."""
    modules = matrix(block.data)
    return modules, min(6, columns * 12 // (len(modules) + 8)) * _DOT


class _Sheet:
    """One page being drawn; `missing` counts letters without a glyph."""

    def __init__(self, canvas: Canvas, columns: int) -> None:
        self._canvas = canvas
        self._columns = columns
        self._fonts = {bold: registered(bold) for bold in (False, True)}
        self.missing = 0

    def draw(self, row: Row, bottom: float) -> None:
        if isinstance(row, Line):
            self._line(row, bottom)
        elif isinstance(row, Barcode):
            self._bars(row, bottom)
        elif isinstance(row, QrCode):
            self._qr(row, bottom)
        elif isinstance(row, (Feed, Cut)):
            return

    def _line(self, line: Line, bottom: float) -> None:
        text = line.text.rstrip()
        if text and (not text.strip("-") or not text.strip("=")):
            self._rule(text[0], bottom)
            return
        width = self._columns // line.size
        runs = list(_RUN.finditer(text))
        for at, run in enumerate(runs):
            start, end = cells(text[: run.start()]), cells(text[: run.end()])
            if end == width and start:
                align = 1.0
            elif len(runs) == 1 and start > 1 and abs(start - (width - end)) <= 1:
                align = 0.5
            else:
                align = 1.0 if at else 0.0
            self._run(run.group(), line, (start, end, align), bottom)

    def _run(self, text: str, line: Line, place: tuple[int, int, float], bottom: float) -> None:
        """A stretch of text in its cells, narrowed where the font is wider than they are."""
        start, end, align = place
        font = self._fonts[line.bold]
        text, missing = known(text, font)
        self.missing += missing
        size, room = _FONT * line.size, (end - start) * _CELL * line.size
        natural = font.stringWidth(text, size)
        percent = 100 if natural <= room else 100 * room // natural
        left = _MARGIN + start * _CELL * line.size + (room - natural * percent * 0.01) * align
        words = self._canvas.beginText(left, bottom + _BASELINE * line.size)
        words.setFont(NAMES[line.bold], size)
        words.setHorizScale(percent)
        words.textOut(text)
        self._canvas.drawText(words)

    def _rule(self, kind: str, bottom: float) -> None:
        right, middle = _MARGIN + self._columns * _CELL, bottom + _LINE * 0.5
        self._canvas.setLineWidth(_DOT)
        self._canvas.setDash([3, 2] if kind == "-" else [])
        for shift in (0.0,) if kind == "-" else (-_DOT * 2, _DOT * 2):
            self._canvas.line(_MARGIN, middle + shift, right, middle + shift)
        self._canvas.setDash([])

    def _bars(self, block: Barcode, bottom: float) -> None:
        pattern = ean13.modules(block.data)
        module = 0.935  # points: 0.33 mm, what scanners read best
        left = _MARGIN + (self._columns * _CELL - len(pattern) * module) * 0.5
        for at, dark in enumerate(pattern):
            if dark == "1":
                self._canvas.rect(left + at * module, bottom + _LINE, module, _LINE * 2.2, 0, 1)
        start = (self._columns - 13) // 2
        self._run(block.data, Line(block.data), (start, start + 13, 0.5), bottom)

    def _qr(self, block: QrCode, bottom: float) -> None:
        modules, module = _qr_modules(block, self._columns)
        left = _MARGIN + (self._columns * _CELL - len(modules) * module) * 0.5
        top = bottom + (len(modules) + 4) * module
        for y, line in enumerate(modules, 1):
            for x, dark in enumerate(line):
                if dark:
                    # A hair wider, so that viewers leave no white seams between modules.
                    self._canvas.rect(left + x * module, top - y * module, module * 1.02, module * 1.02, 0, 1)
