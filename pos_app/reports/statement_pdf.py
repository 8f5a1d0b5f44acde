"""Statements for the vendors as A4 pages: two equations, tenders, goods with their rule, notes, proof."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.i18n.texts import tr
from pos_app.reports.pdf_export import BOLD, REGULAR
from pos_app.reports.pdf_export import _fonts as fonts

_WIDE, _HIGH = 595.2756, 841.8898
_LEFT, _RIGHT, _TOP, _FOOT = 42.0, 553.2, 800.0, 62.0
_ROW, _LEAST_ROW, _SIGN = 16.0, 13.0, 46.0
_INK, _SOFT, _LINE, _FILL = (0.11, 0.10, 0.09), (0.35, 0.33, 0.30), (0.80, 0.78, 0.73), (0.95, 0.94, 0.91)
_MISSING = "□"


@dataclass(frozen=True, slots=True)
class Term:
    """One box of an equation: sign before it, words, figure, what it is made of."""

    sign: str
    words: str
    figure: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table: heads, rows, the last row bold when `total`; `right` columns hold figures."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """Everything that one statement's pages say; texts and figures as they are drawn."""

    title: str
    state: str
    market: str
    vendor: str
    about: str
    number: str
    digest: str
    equations: tuple[tuple[Term, ...], ...]
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]
    words: tuple[str, ...]
    signatures: tuple[str, ...]


def render(papers: Sequence[StatementPaper]) -> bytes:
    """All statements in one file, each beginning on a page of its own; the same papers, the same bytes."""
    from reportlab.pdfgen.canvas import Canvas  # lazy: only a download needs it

    faces = fonts()
    out = io.BytesIO()
    first: Any = REGULAR  # else an unembedded Helvetica is named in the file
    canvas = Canvas(out, pagesize=(_WIDE, _HIGH), pageCompression=1, invariant=1, initialFontName=first)
    canvas.setTitle(papers[0].title if papers else tr("정산서"))
    for paper in papers:
        _Pages(canvas, faces, paper).paint()
    if not papers:
        canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Pages:
    """Draws one statement."""

    def __init__(self, canvas: Any, faces: dict[str, Any], paper: StatementPaper) -> None:
        self._canvas, self._faces, self._paper = canvas, faces, paper
        self._y, self._page = _TOP, 1

    def paint(self) -> None:
        """Head, equations, tables, notes, signatures."""
        paper = self._paper
        self._y -= 10
        self._text(_LEFT, paper.title, BOLD, 20)
        self._end(_RIGHT, paper.state, BOLD, 13)
        self._y -= 20
        self._text(_LEFT, paper.market, REGULAR, 10.5, _SOFT)
        self._y -= 26
        self._text(_LEFT, paper.vendor, BOLD, 16)
        self._y -= 15
        self._text(_LEFT, paper.about, REGULAR, 10, _SOFT)
        self._y -= 14
        for terms in paper.equations:
            self._equation(terms)
        self._step = self._row_step()
        for grid in paper.grids:
            self._grid(grid)
        for number, note in enumerate(paper.notes):
            if not number:
                self._y -= 6
            self._line(note)
        self._need(8 + 16 * len(paper.words) + _SIGN)  # nobody signs a page that says nothing else
        self._y -= 8
        for words in paper.words:
            self._line(words)
        self._sign()
        self._foot()
        self._canvas.showPage()

    def _row_step(self) -> float:
        """From row to row: a little closer where that brings all of it onto one page."""
        paper = self._paper
        rows = sum(len(grid.rows) for grid in paper.grids)
        room = self._y - _FOOT - 40 * len(paper.grids) - _SIGN
        room -= 13 * (len(paper.words) + sum(1 + len(note) // 60 for note in paper.notes)) + 14
        fitting = room / max(1, rows)
        return fitting if _ROW > fitting >= _LEAST_ROW else _ROW

    def _drawable(self, text: str, font: str) -> str:
        glyphs = self._faces[font].face.charToGlyph
        return "".join(letter if ord(letter) in glyphs else _MISSING for letter in " ".join(text.split()))

    def _width(self, text: str, font: str, size: float) -> float:
        return float(self._faces[font].stringWidth(text, size))

    def _fit(self, text: str, font: str, size: float, room: float) -> tuple[str, float]:
        """A text and the size at which it fits; below seven points it is cut with an ellipsis."""
        text = self._drawable(text, font)
        while size > 7 and self._width(text, font, size) > room:
            size -= 0.25
        while len(text) > 1 and self._width(text, font, size) > room:
            text = text[:-2] + "…"
        return text, size

    def _text(
        self, x: float, text: str, font: str, size: float, ink: tuple[float, ...] = _INK, room: float = 0.0
    ) -> None:
        fitted, small = self._fit(text, font, size, room or _RIGHT - x)
        self._canvas.setFillColorRGB(*ink)
        self._canvas.setFont(font, small)
        self._canvas.drawString(x, self._y, fitted)

    def _end(
        self, x: float, text: str, font: str, size: float, ink: tuple[float, ...] = _INK, room: float = 300.0
    ) -> None:
        fitted, small = self._fit(text, font, size, room)
        self._canvas.setFillColorRGB(*ink)
        self._canvas.setFont(font, small)
        self._canvas.drawRightString(x, self._y, fitted)

    def _equation(self, terms: tuple[Term, ...]) -> None:
        """Boxes in a row, the sign before each, the last one ruled."""
        gap, high = 18.0, 50.0
        wide = (_RIGHT - _LEFT - gap * (len(terms) - 1)) / len(terms)
        top = self._y
        for place, term in enumerate(terms):
            x = _LEFT + place * (wide + gap)
            last = place == len(terms) - 1
            self._canvas.setFillColorRGB(*_FILL)
            self._canvas.setStrokeColorRGB(*(_INK if last else _FILL))
            self._canvas.setLineWidth(1.2)
            self._canvas.roundRect(x, top - high, wide, high, 4, 1, 1)
            if place:
                self._y = top - 31
                self._canvas.setFillColorRGB(*_INK)
                self._canvas.setFont(BOLD, 14)
                self._canvas.drawCentredString(x - gap * 0.5, self._y, self._drawable(term.sign, BOLD))
            for down, text, font, size in (
                (13, term.words, REGULAR, 8.5),
                (30, term.figure, BOLD, 14),
                (43, term.detail, REGULAR, 8),
            ):
                self._y = top - down
                self._text(x + 7, text, font, size, _INK if font == BOLD else _SOFT, wide - 12)
        self._y = top - high - 10

    def _grid(self, grid: Grid) -> None:
        everything = sum(grid.widths)
        room = _RIGHT - _LEFT
        edges = [_LEFT]
        for width in grid.widths:
            edges.append(edges[-1] + room * width / everything)
        self._need(50)
        self._y -= 12
        self._text(_LEFT, grid.title, BOLD, 11)
        self._y -= 6
        self._heads(grid, edges)
        for number, row in enumerate(grid.rows):
            last = grid.total and number == len(grid.rows) - 1
            if self._need(self._step + 2):
                self._heads(grid, edges)
            if last:
                self._rule(1.0, _INK)
            below = (self._step - 9) * 0.5
            self._y -= self._step - below
            self._cells(grid, row, edges, BOLD if last else REGULAR)
            self._y -= below
            if not last:
                self._rule(0.35, _LINE)
        self._y -= 6

    def _heads(self, grid: Grid, edges: list[float]) -> None:
        self._rule(0.8, _INK)
        self._y -= 12
        self._cells(grid, grid.heads, edges, BOLD)
        self._y -= 4
        self._rule(0.8, _INK)

    def _cells(self, grid: Grid, row: tuple[str, ...], edges: list[float], font: str) -> None:
        for place, text in enumerate(row):
            room = edges[place + 1] - edges[place] - 6
            if place in grid.right:
                self._end(edges[place + 1] - 2, text, font, 9.5, room=room)
            else:
                gap = 8 if place and place - 1 in grid.right else 2  # off the figure at its left
                self._text(edges[place] + gap, text, font, 9.5, room=room - gap)

    def _line(self, text: str) -> None:
        """A sentence, wrapped at words, or letters where a word is too long."""
        line = ""
        for word in [*self._drawable(text, REGULAR).split(" "), None]:
            trial = f"{line} {word}".strip() if word is not None else line
            if word is not None and self._width(trial, REGULAR, 9.5) <= _RIGHT - _LEFT:
                line = trial
                continue
            self._need(16)
            self._y -= 13
            self._text(_LEFT, line, REGULAR, 9.5)
            line = word or ""

    def _sign(self) -> None:
        self._need(_SIGN)
        self._y -= 34
        half = (_RIGHT - _LEFT) * 0.5
        for place, words in enumerate(self._paper.signatures):
            x = _LEFT + place * half
            self._text(x, words, REGULAR, 10, room=half * 0.4)
            self._canvas.setStrokeColorRGB(*_SOFT)
            self._canvas.setLineWidth(0.6)
            self._canvas.line(x + 80, self._y - 3, x + half - 16, self._y - 3)

    def _need(self, high: float) -> bool:
        """A new page when this much does not fit any more; tells whether there was one."""
        if self._y - high >= _FOOT:
            return False
        self._foot()
        self._canvas.showPage()
        self._page += 1
        self._y = _TOP
        self._text(_LEFT, f"{self._paper.title} · {self._paper.vendor}", BOLD, 9, _SOFT)
        self._y -= 14
        return True

    def _rule(self, thickness: float, ink: tuple[float, ...]) -> None:
        self._canvas.setStrokeColorRGB(*ink)
        self._canvas.setLineWidth(thickness)
        self._canvas.line(_LEFT, self._y, _RIGHT, self._y)

    def _foot(self) -> None:
        self._y = 40
        self._text(_LEFT, tr("정산번호 {number}", number=self._paper.number), REGULAR, 8, _SOFT)
        self._end(_RIGHT, tr("{page}쪽", page=self._page), REGULAR, 8, _SOFT)
        self._y = 28
        self._text(_LEFT, tr("확인값 {digest}", digest=self._paper.digest), REGULAR, 7, _SOFT)
