"""ESC/POS for printers without Korean letters: the same grid as a picture in safe strips."""

from pos_app.printing import escpos_codes as codes
from pos_app.printing import raster
from pos_app.printing.document import Cut, Document
from pos_app.printing.text_grid import Row, lay_out


def render(
    document: Document, columns: int = 48, *, cutter: bool = True, strip_rows: int = codes.STRIP_ROWS
) -> bytes:
    """GS v 0 strips, 384 dots at 32 columns, 504 at 42, 576 at 48, cut where the document says.

    `strip_rows` is for printers that want lower strips than the usual ones.
    """
    out = [codes.START_PICTURE]
    part: list[Row] = []
    for row in lay_out(document, columns):
        if isinstance(row, Cut):
            out += _strips(part, columns, strip_rows)
            out.append(codes.CUT if cutter else codes.TEAR)
            part = []
        else:
            part.append(row)
    out += _strips(part, columns, strip_rows)
    return b"".join(out)


def _strips(rows: list[Row], columns: int, strip_rows: int) -> list[bytes]:
    if not rows:
        return []
    image = raster.picture(rows, columns)
    return list(codes.strips(raster.bits(image), columns * raster.CELL // 8, strip_rows))
