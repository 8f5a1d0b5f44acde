"""ESC/POS for printers that know Korean: the whole receipt as one stream of CP949 bytes."""

from collections.abc import Sequence
from typing import Literal

from pos_app.printing import escpos_codes as codes
from pos_app.printing.document import Barcode, Cut, Document, Feed, QrCode
from pos_app.printing.text_grid import Line, Row, lay_out

Charset = Literal["cp949", "ksx1001"]


def render(
    document: Document,
    columns: int = 48,
    charset: Charset = "cp949",
    *,
    cutter: bool = True,
    native_qr: bool = True,
) -> bytes:
    """The bytes of the document. A line with a letter the printer lacks goes as a picture line.

    `ksx1001` is for printers with the 2,350 syllables of the old set only; `native_qr=False` for
    those that cannot draw QR codes.
    """
    out: list[bytes] = [codes.START_TEXT]
    run: list[Line] = []
    for row in lay_out(document, columns):
        if type(row) is Line:
            run.append(row)
            continue
        if run:
            out.append(_text(run, columns, charset))
            run = []
        out.append(_other(row, columns, cutter, native_qr))
    if run:
        out.append(_text(run, columns, charset))
    return b"".join(out)


def encoded(text: str, charset: Charset) -> bytes | None:
    """The text as the printer's bytes, or None where it lacks a letter."""
    try:
        data = text.encode("cp949")
        # Python's euc_kr spells a syllable outside KS X 1001 with eight bytes that no printer knows,
        # so only equal bytes prove that the old set is enough.
        return data if charset == "cp949" or text.encode("euc_kr") == data else None
    except UnicodeEncodeError:
        return None


def _text(lines: list[Line], columns: int, charset: Charset) -> bytes:
    whole = encoded("".join(map(_styled, lines)), charset)
    if whole is not None:
        return whole
    return b"".join([_line(line, columns, charset) for line in lines])


def _styled(line: Line) -> str:
    """The line between the commands of its style, which all are ASCII and stay so when encoded."""
    text = line.text + "\n"
    if line.size == 2:
        text = f"\x1d!\x11{text}\x1d!\x00"
    if line.bold:
        text = f"\x1bE\x01{text}\x1bE\x00"
    return text


def _line(line: Line, columns: int, charset: Charset) -> bytes:
    data = encoded(_styled(line), charset)
    return data if data is not None else _pictured([line], columns)


def _pictured(rows: Sequence[Row], columns: int) -> bytes:
    from pos_app.printing import raster  # lazy: Pillow

    image = raster.picture(list(rows), columns)
    return b"".join(codes.strips(raster.bits(image), columns * raster.CELL // 8))


def _other(row: Row, columns: int, cutter: bool, native_qr: bool) -> bytes:
    if isinstance(row, Feed):
        return codes.feed(row.lines)
    if isinstance(row, Cut):
        return codes.CUT if cutter else codes.TEAR
    if isinstance(row, Barcode):
        return codes.CENTER + codes.ean13(row.data) + b"\n" + codes.LEFT
    if isinstance(row, QrCode) and native_qr:
        return codes.CENTER + codes.qr(row, columns * 12) + b"\n" + codes.LEFT
    return _pictured([row], columns)
