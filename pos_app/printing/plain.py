"""A document as plain text, for screens, files and tests."""

from pos_app.printing.document import Barcode, Document, Feed, QrCode
from pos_app.printing.text_grid import Line, lay_out


def render(document: Document, columns: int = 48) -> str:
    """Lines of text on the same grid as the printer's; codes as their readable data in brackets."""
    lines: list[str] = []
    for row in lay_out(document, columns, big=False):
        if isinstance(row, Line):
            lines.append(row.text.rstrip())
        elif isinstance(row, Feed):
            lines.extend([""] * row.lines)
        elif isinstance(row, Barcode):
            lines.append(f"[바코드 {row.data}]")
        elif isinstance(row, QrCode):
            lines.append(f"[QR {row.data}]")
    return "\n".join(lines) + "\n"
