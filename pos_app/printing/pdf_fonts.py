"""The bundled font inside PDFs, and what becomes of letters that it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pos_app.printing.fonts import font_path

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

NAMES = {False: "JangteoPaper", True: "JangteoPaperBold"}
_BOX = "□"


def registered(bold: bool) -> TTFont:
    """The bundled font under our own name; ReportLab keeps it for all papers of the process."""
    from reportlab.pdfbase import pdfmetrics  # lazy: reportlab
    from reportlab.pdfbase.ttfonts import TTFont  # lazy: reportlab

    name = NAMES[bold]
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(font_path(bold))))
    return cast("TTFont", pdfmetrics.getFont(name))


def known(text: str, font: TTFont) -> tuple[str, int]:
    """The text with a box for each letter without a glyph, and how many those are."""
    glyphs = font.face.charToGlyph
    missing = sum(ord(char) not in glyphs for char in text)
    if not missing:
        return text, 0
    return "".join(char if ord(char) in glyphs else _BOX for char in text), missing
