"""Tables as PDF: A4 pages with the Korean font embedded, heads repeated, totals ruled."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.i18n.texts import tr
from pos_app.reports import chart_pdf
from pos_app.reports.table import Cell, Column, Table, shown
from pos_app.runtime.paths import resources

REGULAR, BOLD = "NanumGothic", "NanumGothicBold"
_SIZE, _HEAD_SIZE, _TITLE_SIZE, _NOTE_SIZE = 9.5, 9.5, 17.0, 8.5
_MARGIN, _FOOT = 42.0, 46.0
_LEADING, _PAD = 12.5, 4.5
_GAP = 12.0
_INK, _SOFT, _LINE = (0.11, 0.10, 0.09), (0.28, 0.27, 0.22), (0.85, 0.83, 0.78)
_MISSING = "□"


@dataclass(slots=True)
class Sheet:
    """One page being drawn: the canvas, its size and how far down it is written."""

    canvas: Any
    width: float
    height: float
    y: float
    page: int


def render(*tables: Table, footer: str = "") -> bytes:
    """The document's bytes, each table on pages of its own; `footer` stands at the left of every foot."""
    from reportlab.pdfgen.canvas import Canvas  # lazy: only a download needs it

    fonts = _fonts()
    out = io.BytesIO()
    first_font: Any = REGULAR  # else an unembedded Helvetica is named in the file
    canvas = Canvas(out, pageCompression=1, invariant=1, initialFontName=first_font)
    canvas.setTitle(tables[0].title if tables else "")
    pages = 0
    for table in tables:
        pages = _Painter(canvas, fonts, table, footer, pages + 1).paint()
    canvas.save()
    return out.getvalue()


def _fonts() -> dict[str, Any]:
    # lazy: only a download needs them
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder: Path = resources() / "fonts"
    for name in (REGULAR, BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    return {name: pdfmetrics.getFont(name) for name in (REGULAR, BOLD)}


class _Painter:
    """Draws one table, page after page."""

    def __init__(self, canvas: Any, fonts: dict[str, Any], table: Table, footer: str, page: int) -> None:
        self._fonts, self._table, self._footer = fonts, table, footer
        natural = self._natural_widths()
        short, long = 595.2756, 841.8898
        wide = sum(natural) + _GAP * (len(natural) - 1) > short - 2 * _MARGIN
        size = (long, short) if wide and len(natural) > 5 else (short, long)
        canvas.setPageSize(size)
        self._sheet = Sheet(canvas, size[0], size[1], size[1] - _MARGIN, page)
        self._widths = self._fitted(natural, size[0] - 2 * _MARGIN)

    def paint(self) -> int:
        """All rows, then totals and notes; the number of the last page."""
        self._title()
        self._chart()
        self._heads()
        for row in self._table.rows:
            self._row(row, REGULAR)
        if self._table.totals:
            self._rule(1.2)
            self._row(self._table.totals, BOLD)
        else:
            self._rule(0.8)
        self._notes()
        self._foot()
        self._sheet.canvas.showPage()
        return self._sheet.page

    def _drawable(self, text: str, font: str) -> str:
        glyphs = self._fonts[font].face.charToGlyph
        clean = " ".join(text.split())
        return "".join(letter if ord(letter) in glyphs else _MISSING for letter in clean)

    def _width(self, text: str, font: str, size: float) -> float:
        return float(self._fonts[font].stringWidth(text, size))

    def _natural_widths(self) -> list[float]:
        widths = []
        for place, column in enumerate(self._table.columns):
            cells = [(column.name, BOLD)] + [(shown(row[place], column), REGULAR) for row in self._table.rows]
            if self._table.totals:
                cells.append((shown(self._table.totals[place], column), BOLD))
            widths.append(max(self._width(self._drawable(text, font), font, _SIZE) for text, font in cells))
        return widths

    def _fitted(self, natural: list[float], room: float) -> list[float]:
        """Numbers keep their width; texts share what is left, first come by need."""
        room -= _GAP * (len(natural) - 1)
        texts = [place for place, column in enumerate(self._table.columns) if not column.is_number]
        spare = room - sum(natural)
        if spare >= 0 or not texts:
            widest = max(texts or range(len(natural)), key=lambda place: natural[place])
            return [
                width + (max(spare, 0.0) if place == widest else 0.0) for place, width in enumerate(natural)
            ]
        left = room - sum(width for place, width in enumerate(natural) if place not in texts)
        widths = list(natural)
        for number, place in enumerate(sorted(texts, key=lambda each: natural[each])):
            widths[place] = max(min(natural[place], left / (len(texts) - number)), 24.0)
            left -= widths[place]
        return widths

    def _wrapped(self, text: str, font: str, width: float) -> list[str]:
        lines: list[str] = []
        line = ""
        for word in self._drawable(text, font).split(" "):
            trial = f"{line} {word}".strip()
            if self._width(trial, font, _SIZE) <= width + 0.01:
                line = trial
                continue
            if line:
                lines.append(line)
            line = word
            while self._width(line, font, _SIZE) > width + 0.01 and len(line) > 1:
                cut = len(line) - 1
                while cut > 1 and self._width(line[:cut], font, _SIZE) > width:
                    cut -= 1
                lines.append(line[:cut])
                line = line[cut:]
        return [*lines, line]

    def _text(
        self, x: float, y: float, text: str, font: str, size: float, colour: tuple[float, ...] = _INK
    ) -> None:
        self._sheet.canvas.setFillColorRGB(*colour)
        self._sheet.canvas.setFont(font, size)
        self._sheet.canvas.drawString(x, y, self._drawable(text, font))

    def _title(self) -> None:
        sheet = self._sheet
        sheet.y -= _TITLE_SIZE
        self._text(_MARGIN, sheet.y, self._table.title, BOLD, _TITLE_SIZE)
        if self._table.subtitle:
            sheet.y -= 18
            self._text(_MARGIN, sheet.y, self._table.subtitle, REGULAR, 10.5, _SOFT)
        sheet.y -= 16

    def _chart(self) -> None:
        if self._table.chart is None:
            return
        sheet = self._sheet

        def measure(text: str, bold: bool) -> float:
            font = BOLD if bold else REGULAR
            return self._width(self._drawable(text, font), font, chart_pdf.PX)

        room = int(sheet.width - 2 * _MARGIN)
        drawing = chart_pdf.laid_out(self._table.chart, room, measure)
        chart_pdf.paint(
            sheet.canvas,
            drawing,
            _MARGIN,
            sheet.y,
            lambda label, x, y: self._text(x, y, label.text, BOLD if label.bold else REGULAR, label.px),
        )
        sheet.y -= drawing.high + 14

    def _heads(self) -> None:
        self._rule(0.8)
        self._cells([column.name for column in self._table.columns], BOLD)
        self._rule(0.8)

    def _row(self, row: tuple[Cell, ...], font: str) -> None:
        texts = [shown(cell, column) for cell, column in zip(row, self._table.columns, strict=True)]
        lines = max(
            len(self._wrapped(text, font, width)) for text, width in zip(texts, self._widths, strict=True)
        )
        if self._sheet.y - lines * _LEADING - 2 * _PAD < _FOOT + _LEADING:
            self._next_page()
        self._cells(texts, font)
        if font == REGULAR:
            self._rule(0.35, _LINE)

    def _next_page(self) -> None:
        sheet = self._sheet
        self._foot()
        sheet.canvas.showPage()
        sheet.page += 1
        sheet.y = sheet.height - _MARGIN
        self._text(_MARGIN, sheet.y - 9, self._table.title, BOLD, 9, _SOFT)
        sheet.y -= 18
        self._heads()

    def _cells(self, texts: list[str], font: str) -> None:
        sheet, x, lowest = self._sheet, _MARGIN, 1
        for text, column, width in zip(texts, self._table.columns, self._widths, strict=True):
            lines = self._wrapped(text, font, width)
            lowest = max(lowest, len(lines))
            for number, line in enumerate(lines):
                y = sheet.y - _PAD - _SIZE - number * _LEADING
                self._text(x + self._indent(line, column, font, width), y, line, font, _SIZE)
            x += width + _GAP
        sheet.y -= lowest * _LEADING + 2 * _PAD - (_LEADING - _SIZE)

    def _indent(self, line: str, column: Column, font: str, width: float) -> float:
        return width - self._width(line, font, _SIZE) if column.is_number else 0.0

    def _rule(self, thickness: float, colour: tuple[float, float, float] = _INK) -> None:
        sheet = self._sheet
        sheet.canvas.setStrokeColorRGB(*colour)
        sheet.canvas.setLineWidth(thickness)
        sheet.canvas.line(_MARGIN, sheet.y, sheet.width - _MARGIN, sheet.y)

    def _notes(self) -> None:
        self._sheet.y -= 4
        for note in self._table.notes:
            if self._sheet.y < _FOOT + 14:
                self._next_page()
            self._sheet.y -= 13
            self._text(_MARGIN, self._sheet.y, note, REGULAR, _NOTE_SIZE, _SOFT)

    def _foot(self) -> None:
        sheet = self._sheet
        page = tr("{page}쪽", page=sheet.page)
        self._text(_MARGIN, 26, self._footer, REGULAR, 8, _SOFT)
        self._text(sheet.width - _MARGIN - self._width(page, REGULAR, 8), 26, page, REGULAR, 8, _SOFT)
