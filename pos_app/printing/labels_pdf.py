"""Price labels on A4 sheets as PDF: name, seller, price and a barcode drawn as vectors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from pos_app.printing import ean13
from pos_app.printing.document import clean
from pos_app.printing.label_sheets import (
    A4_HEIGHT,
    A4_WIDTH,
    LabelSheet,
    check_offset,
    check_start,
)
from pos_app.printing.layouts.parts import won
from pos_app.printing.layouts.price_label import tax_words, unit_words
from pos_app.printing.layouts.slip_figures import PriceLabel
from pos_app.printing.pdf_fonts import NAMES, known, registered

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_POINT = 72 / 2540  # points of a hundredth of a millimetre
_MODULES = 11 + 95 + 7  # an EAN-13 with its quiet zones
# Widths of one module in dots of 600 to the inch: 0.34 or 0.30 mm. In whole dots all bars are equally true.
_MODULE_DOTS = (8, 7)
_DOT = 72 / 600
_NARROWEST = 70  # percent that letters may be narrowed to before the text is cut
_PAD = 150


class LabelPdf(msgspec.Struct, frozen=True):
    """The file, its pages, and how many letters the font lacked (drawn as □)."""

    data: bytes
    pages: int
    missing: int


def render(
    labels: Sequence[PriceLabel], sheet: LabelSheet, start: int = 1, offset: tuple[int, int] = (0, 0)
) -> LabelPdf:
    """The labels from place `start` of the first sheet on, moved by `offset` hundredths of a mm."""
    check_start(sheet, start)
    paper = _Paper(sheet, offset, "가격표")
    pages = 0
    for at, label in enumerate(labels, start - 1):
        page, place = divmod(at, sheet.count)
        if page + 1 > pages:
            paper.turn() if pages else None
            pages = page + 1
        paper.label(label, place + 1)
    return LabelPdf(paper.finished(), max(1, pages), paper.missing)


def calibration(sheet: LabelSheet, offset: tuple[int, int] = (0, 0)) -> bytes:
    """A page to lay over a sheet: every label's edge, a cross in its middle, and 100 mm to measure."""
    paper = _Paper(sheet, offset, "가격표 자리 맞추기")
    paper.outlines()
    return paper.finished()


class _Paper:
    """The sheets being drawn; lengths in hundredths of a mm from the top left corner."""

    def __init__(self, sheet: LabelSheet, offset: tuple[int, int], title: str) -> None:
        from reportlab.pdfgen.canvas import Canvas  # lazy: reportlab

        check_offset(*offset)
        self._out = BytesIO()
        self._sheet, self._offset = sheet, offset
        self._canvas: Canvas = Canvas(
            self._out, pagesize=(A4_WIDTH * _POINT, A4_HEIGHT * _POINT), invariant=1
        )
        self._canvas.setTitle(title)
        # What says 100 %: viewers that heed it do not shrink the page to the printer's margins.
        self._canvas.setViewerPreference("PrintScaling", "None")
        self._fonts = {bold: registered(bold) for bold in (False, True)}
        self.missing = 0

    def turn(self) -> None:
        """The next sheet."""
        self._canvas.showPage()

    def finished(self) -> bytes:
        """The file."""
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()

    def label(self, label: PriceLabel, place: int) -> None:
        """One label, from its foot up: bars, price row, name."""
        left, top = self._sheet.corner(place)
        width, height = self._sheet.width, self._sheet.height
        pad = min(300, max(_PAD, height * 6 // 100))
        bottom = top + height - pad
        inner = (left + pad, left + width - pad)
        row = min(900, height * (20 if height >= 3_000 else 17) // 100)
        if ean13.is_valid(label.barcode):
            bottom = self._bars(label.barcode, left, width, bottom, _bar_height(height))
        else:
            row = row * 8 // 5
        price_left = self._price(label, inner, bottom, row)
        self._small(label, inner[0], price_left - 100, bottom, row)
        self._name(label, inner, top + pad, bottom - row - 60)

    def _bars(self, code: str, left: int, width: int, bottom: int, height: int) -> int:
        """The bars with their digits; where the next thing may stand above them."""
        dots = next((d for d in _MODULE_DOTS if _MODULES * d * 2540 <= width * 600), 0)
        if not dots:
            return bottom
        digits = 230
        across = _MODULES * dots * 2540 // 600
        first = left + (width - across) // 2 + 11 * dots * 2540 // 600
        top = bottom - digits - height
        start, foot = self._point(first, top + height)
        start = round(start / (2 * _DOT)) * 2 * _DOT
        for at, many in _runs(ean13.modules(code)):
            self._canvas.rect(start + at * dots * _DOT, foot, many * dots * _DOT, height * _POINT, 0, 1)
        self._text(code, (first, first + 95 * dots * 2540 // 600), bottom, 250, align=0.5)
        return top - 100

    def _price(self, label: PriceLabel, inner: tuple[int, int], bottom: int, size: int) -> int:
        """The price at the right; its left edge."""
        words = won(label.price_won)
        room = inner[1] - inner[0]
        wide = min(self._width(words, size, True), room)
        self._text(words, (inner[1] - wide, inner[1]), bottom - size // 6, size, True, 1.0)
        return inner[1] - wide

    def _small(self, label: PriceLabel, left: int, right: int, bottom: int, row: int) -> None:
        """Seller, and under it what the price is for."""
        size = min(300, max(210, row * 2 // 5))
        self._text(f"{unit_words(label)} · {tax_words(label)}", (left, right), bottom - size // 6, size)
        if label.vendor:
            self._text(clean(label.vendor, 80), (left, right), bottom - size // 6 - size * 13 // 10, size)

    def _name(self, label: PriceLabel, inner: tuple[int, int], top: int, bottom: int) -> None:
        """The name in one line, or in two where there is room."""
        name = clean(label.name, 200)
        room = inner[1] - inner[0]
        large = min(560, (bottom - top) * 3 // 5)
        if self._width(name, large, True) <= room:
            self._text(name, inner, top + large, large, True)
            return
        size = min(460, max(250, (bottom - top) * 2 // 5))
        rows = 2 if bottom - top >= size * 12 // 5 and self._width(name, size, True) > room else 1
        words = self._broken(name, size, room) if rows == 2 else [name]
        for at, line in enumerate(words):
            self._text(line, inner, top + size + at * size * 12 // 10 - size // 8, size, True)

    def _broken(self, name: str, size: int, room: int) -> list[str]:
        """The name in two lines, at a space if one is near."""
        most = len(name)
        while most > 1 and self._width(name[:most], size, True) > room:
            most -= 1
        space = name.rfind(" ", 0, most + 1)
        cut = space if space > most // 2 else most
        return [name[:cut], name[cut:].strip()]

    def _width(self, text: str, size: int, bold: bool) -> int:
        natural: float = self._fonts[bold].stringWidth(known(text, self._fonts[bold])[0], 1000)
        return round(natural) * size // 1000

    def _text(
        self,
        text: str,
        across: tuple[int, int],
        baseline: int,
        size: int,
        bold: bool = False,
        align: float = 0.0,
    ) -> None:
        """A line on its baseline between two edges; too wide, it is narrowed, then cut with …"""
        room = across[1] - across[0]
        text, missing = known(text, self._fonts[bold])
        self.missing += missing
        width = self._width(text, size, bold)
        while text and width * _NARROWEST > room * 100:
            text = text.rstrip("…")[:-1].rstrip() + "…"
            width = self._width(text, size, bold)
            if text == "…":
                return
        percent = 100 if width <= room else max(1, 100 * room // max(1, width))
        left = across[0] + round((room - width * percent // 100) * align)
        words = self._canvas.beginText(*self._point(left, baseline))
        words.setFont(NAMES[bold], size * _POINT)
        words.setHorizScale(percent)
        words.textOut(text)
        self._canvas.drawText(words)

    def outlines(self) -> None:
        """The calibration page."""
        sheet = self._sheet
        self._canvas.setLineWidth(0.4)
        for place in range(1, sheet.count + 1):
            left, top = sheet.corner(place)
            x, y = self._point(left, top + sheet.height)
            self._canvas.rect(x, y, sheet.width * _POINT, sheet.height * _POINT)
            middle = left + sheet.width // 2, top + sheet.height // 2
            for across, down in ((200, 0), (0, 200)):
                start = self._point(middle[0] - across, middle[1] - down)
                self._canvas.line(*start, *self._point(middle[0] + across, middle[1] + down))
            self._text(f"{place}번", (left + 200, middle[0] - 250), middle[1] + 110, 300)
        left, top = sheet.corner(1)
        words = f"{sheet.name} · {sheet.size_words} · 오른쪽 {_signed(self._offset[0])} 아래 {_signed(self._offset[1])}"
        self._text(words, (left + 200, left + sheet.width - 200), top + 400, 240)
        scale = sheet.corner(sheet.count - sheet.columns + 1)
        self._rule(scale[0], scale[1] + sheet.height - 300)

    def _rule(self, left: int, down: int) -> None:
        """A line of exactly 100 mm with a mark at each 10."""
        self._canvas.line(*self._point(left, down), *self._point(left + 10_000, down))
        for mark in range(0, 10_001, 1_000):
            high = 200 if mark % 5_000 == 0 else 120
            self._canvas.line(*self._point(left + mark, down), *self._point(left + mark, down - high))
        self._text("이 선이 100 mm면 실제 크기입니다", (left + 100, left + 6_000), down - 280, 230)

    def _point(self, left: int, down: int) -> tuple[float, float]:
        return (left + self._offset[0]) * _POINT, (A4_HEIGHT - down - self._offset[1]) * _POINT


def _runs(pattern: str) -> Iterator[tuple[int, int]]:
    """Where each bar begins and how many modules it is wide."""
    for bar in re.finditer("1+", pattern):
        yield bar.start(), len(bar.group())


def _bar_height(label_height: int) -> int:
    return min(1_500, max(650, label_height * 31 // 100))


def _signed(hundredths: int) -> str:
    return f"{hundredths * 0.01:+.1f} mm"
