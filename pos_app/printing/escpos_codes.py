"""The commands that go to receipt printers, as bytes."""

from collections.abc import Iterator

from pos_app.printing.document import QrCode

# ESC @ drops what a half-sent job left; FS & two-byte letters on; FS S no extra room around Hangul;
# ESC t 0 code page 437 for single bytes; ESC R 13 Korea.
START_TEXT = b"\x1b@\x1c&\x1cS\x00\x00\x1bt\x00\x1bR\x0d"
START_PICTURE = b"\x1b@"
CENTER, LEFT = b"\x1ba\x01", b"\x1ba\x00"
CUT = b"\x1dVB\x00"  # feed to the knife, partial cut
TEAR = b"\x1bd\x04"  # where there is no knife: feed to the edge
_QR_DOTS = 6  # a module as large as this is read from any angle
_QR_SMALL = 120  # bytes that fit the narrowest paper at that size
STRIP_ROWS = 120  # at most 128, and never a multiple of 48: cheap printers lose their place


def feed(lines: int) -> bytes:
    """Empty lines (ESC d)."""
    return b"\x1bd" + bytes((lines,))


def ean13(code: str) -> bytes:
    """A barcode 64 dots high, digits below (GS k, length first)."""
    return b"\x1dh\x40\x1dw\x02\x1dH\x02\x1dk\x43\x0d" + code.encode("ascii")


def qr(block: QrCode, dots: int = 384) -> bytes:
    """A QR code by the printer's own drawing (GS ( k), model 2, error correction M, on paper so wide."""
    data = block.data.encode("utf-8")
    size = bytes((_QR_DOTS if len(data) <= _QR_SMALL else _fitting(block.data, dots),))
    return (
        b"\x1d(k\x04\x001A2\x00"
        + b"\x1d(k\x03\x001C"
        + size
        + b"\x1d(k\x03\x001E1"
        + b"\x1d(k"
        + (len(data) + 3).to_bytes(2, "little")
        + b"1P0"
        + data
        + b"\x1d(k\x03\x001Q0"
    )


def _fitting(data: str, dots: int) -> int:
    """Dots of a module so that a large code keeps on the paper; a printer leaves out what does not fit."""
    from pos_app.printing.qr_matrix import matrix  # lazy: segno

    return max(1, min(_QR_DOTS, dots // (len(matrix(data)) + 8)))


def strips(bits: bytes, row_bytes: int, most_rows: int = STRIP_ROWS) -> Iterator[bytes]:
    """GS v 0 commands for a picture of rows of `row_bytes`, 1 = black, of at most `most_rows` each.

    More than 128 rows, or none, are not heard: the safe height is taken.
    """
    if not 1 <= most_rows <= 128:
        most_rows = STRIP_ROWS
    bits = without_real_time_commands(bits)
    height = len(bits) // row_bytes
    top = 0
    while top < height:
        rows = min(most_rows, height - top)
        if rows % 48 == 0:
            rows -= 8
        data = bits[top * row_bytes : (top + rows) * row_bytes]
        yield b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little") + data
        top += rows


def without_real_time_commands(bits: bytes) -> bytes:
    """The picture with one dot added wherever its bytes would be obeyed at once.

    DLE EOT asks for status, DLE ENQ recovers, DLE DC4 opens the drawer or switches off, wherever
    in the stream the bytes stand. 10h becomes 18h, which starts nothing.
    """
    for second in (b"\x04", b"\x05", b"\x14"):
        bits = bits.replace(b"\x10" + second, b"\x18" + second)
    return bits
