"""Packing labels (공동구매) on A4: eight to a sheet, what lies in the bag, and a QR code drawn as squares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from pos_app.printing.document import clean
from pos_app.printing.label_sheets import A4_HEIGHT, A4_WIDTH, sheet_named
from pos_app.printing.layouts.order_label import TITLE, OrderLabel, money_words
from pos_app.printing.layouts.parts import quantity, shown_on
from pos_app.printing.pdf_fonts import NAMES, known, registered
from pos_app.printing.qr_matrix import matrix

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SHEET = sheet_named("2x4")
_POINT = 72 / 2540  # points of a hundredth of a millimetre
_PAD = 400
_CODE = 2_300  # the QR code's side
_LINE = 400
_OF_COLUMN = 7
_COLUMNS = 2
_ON_ONE = _OF_COLUMN * _COLUMNS  # more goods than these go on with another label


def render(labels: Sequence[OrderLabel]) -> bytes:
    """The file."""
    sheets = _Sheets()
    for place, (label, lines, more) in enumerate(_pieces(labels)):
        sheets.label(place, label, lines, more)
    return sheets.finished()


def _pieces(labels: Sequence[OrderLabel]) -> Iterator[tuple[OrderLabel, Sequence[tuple[str, str, int]], str]]:
    for label in labels:
        pieces = [label.lines[at : at + _ON_ONE] for at in range(0, len(label.lines), _ON_ONE)] or [()]
        for number, lines in enumerate(pieces, 1):
            yield label, lines, f"{number}/{len(pieces)}" if len(pieces) > 1 else ""


class _Sheets:
    """The sheets being drawn; lengths in hundredths of a mm from the top left corner."""

    def __init__(self) -> None:
        from reportlab.pdfgen.canvas import Canvas  # lazy: reportlab

        self._out = BytesIO()
        size = (A4_WIDTH * _POINT, A4_HEIGHT * _POINT)
        self._canvas: Canvas = Canvas(self._out, pagesize=size, invariant=1)
        self._canvas.setTitle(TITLE)
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._fonts = {bold: registered(bold) for bold in (False, True)}

    def finished(self) -> bytes:
        """The bytes of the file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()

    def label(self, at: int, label: OrderLabel, lines: Sequence[tuple[str, str, int]], more: str) -> None:
        """One label in its place."""
        page, place = divmod(at, SHEET.count)
        if page and not place:
            self._canvas.showPage()
        left, top = SHEET.corner(place + 1)
        inner, right = left + _PAD, left + SHEET.width - _PAD
        room = right - inner - _CODE - 300
        number = f"{label.number}/{label.count}" + (f" ({more})" if more else "")
        self._text(number, inner, top + 600, 300, room)
        self._text(shown_on(label.business_date), inner, top + 1_000, 280, room)
        where = " ".join(part for part in (clean(label.agency, 80), clean(label.department, 80)) if part)
        self._text(where, inner, top + 1_480, 320, room, True)
        self._text(label.person, inner, top + 2_280, 620, room, True)
        self._text(money_words(label), inner, top + 2_850, 360, room, True)
        self._code(label.code, right - _CODE, top + _PAD)
        self._canvas.line(*self._at(inner, top + 3_050), *self._at(right, top + 3_050))
        wide = (right - inner - 300) // _COLUMNS
        for no, (name, unit, milli) in enumerate(lines):
            column, row = divmod(no, _OF_COLUMN)
            x, y = inner + column * (wide + 300), top + 3_500 + row * _LINE
            amount = f"{quantity(milli)}{clean(unit, 20)}"
            taken = self._text(amount, x + wide, y, 300, wide * 4 // 10, True, True)
            self._text(name, x, y, 300, wide - taken - 100)

    def _at(self, x: int, y: int) -> tuple[float, float]:
        return x * _POINT, (A4_HEIGHT - y) * _POINT

    def _text(
        self, text: str, x: int, y: int, size: int, room: int, bold: bool = False, right: bool = False
    ) -> int:
        """A line of text, smaller (and at last cut) where it is too wide; the width it took."""
        font = self._fonts[bold]
        shown, _ = known(clean(text, 120), font)
        while size > 200 and font.stringWidth(shown, size) > room:
            size -= 20
        while len(shown) > 1 and font.stringWidth(shown, size) > room:
            shown = shown[:-2] + "…"
        width = round(font.stringWidth(shown, size))
        self._canvas.setFont(NAMES[bold], size * _POINT)
        self._canvas.drawString(*self._at(x - width if right else x, y), shown)
        return width

    def _code(self, code: str, left: int, top: int) -> None:
        if not code:
            return
        rows = matrix(code)
        module = _CODE // (len(rows) + 8)
        start = (_CODE - module * len(rows)) // 2
        for down, row in enumerate(rows):
            for across, dark in enumerate(row):
                if dark:
                    x, y = self._at(left + start + across * module, top + start + (down + 1) * module)
                    self._canvas.rect(x, y, module * _POINT, module * _POINT, stroke=0, fill=1)
