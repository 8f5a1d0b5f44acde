"""Reads a stream of ESC/POS as a printer does: pictures, settings and CP949 text, byte by byte."""

from dataclasses import dataclass, field

# Commands without parameters that vary in length: how many bytes follow the two of the name.
_FIXED = {
    b"\x1b@": 0,
    b"\x1c&": 0,
    b"\x1c.": 0,
    b"\x1cS": 2,
    b"\x1bt": 1,
    b"\x1bR": 1,
    b"\x1bE": 1,
    b"\x1ba": 1,
    b"\x1bd": 1,
    b"\x1bp": 3,
    b"\x1d!": 1,
    b"\x1dh": 1,
    b"\x1dw": 1,
    b"\x1dH": 1,
    b"\x1dr": 1,
}


@dataclass
class Picture:
    """A GS v 0 block."""

    row_bytes: int
    rows: int
    data: bytes


@dataclass
class Printed:
    """What came out: text lines (bytes without LF, with the size they were printed in) and the rest."""

    lines: list[tuple[bytes, int]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    barcodes: list[bytes] = field(default_factory=list)
    codes: list[bytes] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    cuts: int = 0
    pulses: int = 0


def read(stream: bytes) -> Printed:
    """Everything in the stream; ValueError for a command that receipt printers would print as garbage."""
    printed, at, size, line = Printed(), 0, 1, bytearray()
    while at < len(stream):
        byte, name = stream[at], stream[at : at + 2]
        if byte == 0x0A:
            printed.lines.append((bytes(line), size))
            printed.order.append("line")
            line.clear()
            at += 1
        elif byte >= 0x20:
            if byte >= 0x81:
                if not (at + 1 < len(stream) and stream[at + 1] >= 0x41):
                    raise ValueError(f"a pair is broken at {at}")
                line += stream[at : at + 2]
                at += 2
            else:
                line.append(byte)
                at += 1
        elif name in _FIXED:
            if name == b"\x1d!":
                size = 2 if stream[at + 2] == 0x11 else 1
            if name == b"\x1bp":
                printed.pulses += 1
            at += 2 + _FIXED[name]
        else:
            at = _long(stream, at, printed, bool(line))
    if line:
        raise ValueError("text without an end of line")
    return printed


def _long(stream: bytes, at: int, printed: Printed, in_line: bool) -> int:
    name = stream[at : at + 2]
    if name == b"\x1dv":
        if in_line:
            raise ValueError("a picture in the middle of a line")
        row_bytes = int.from_bytes(stream[at + 4 : at + 6], "little")
        rows = int.from_bytes(stream[at + 6 : at + 8], "little")
        end = at + 8 + row_bytes * rows
        if end > len(stream):
            raise ValueError("picture cut short")
        printed.pictures.append(Picture(row_bytes, rows, stream[at + 8 : end]))
        printed.order.append("picture")
        return end
    if name == b"\x1dV":
        printed.cuts += 1
        return at + 4
    if name == b"\x1dk":
        end = at + 4 + stream[at + 3]
        printed.barcodes.append(stream[at + 4 : end])
        return end
    if name == b"\x1d(" and stream[at + 2 : at + 3] == b"k":
        end = at + 5 + int.from_bytes(stream[at + 3 : at + 5], "little")
        if stream[at + 6] == 0x50:
            printed.codes.append(stream[at + 8 : end])
        return end
    raise ValueError(f"unknown command {name.hex()} at {at}")
