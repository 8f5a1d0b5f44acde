"""Every paper in every mode as text that can be compared: what `tests/golden/paper` keeps."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber

from pos_app.printing import escpos_picture, escpos_text, pdf, plain
from pos_app.printing.document import Document
from pos_app.printing.layouts.proof import proof_bytes
from pos_app.printing.text_grid import WIDTHS
from tests.printing.escpos_reader import read
from tests.printing.samples import SHOP, papers
from tests.printing.slip_samples import LATER, slips

FOLDER = Path(__file__).parent / "paper"
PROOF = "proof"


def everything() -> dict[str, Document]:
    """All documents by name."""
    return {**papers(), **slips()}


def transcript(stream: bytes) -> str:
    """The stream so that people can read it: text decoded, commands in hex, pictures as their hash."""
    out, at = [f"{len(stream)} bytes sha256 {digest(stream)}\n"], 0
    while at < len(stream):
        byte = stream[at]
        if byte == 0x0A:
            out.append("\n")
            at += 1
        elif byte >= 0x20:
            wide = 2 if byte >= 0x81 else 1
            out.append(stream[at : at + wide].decode("cp949"))
            at += wide
        else:
            taken, words = _command(stream, at)
            out.append(f"<{words}>")
            at += taken
    return "".join(out) + "\n"


def _command(stream: bytes, at: int) -> tuple[int, str]:
    name = stream[at : at + 2]
    if name == b"\x1dv":
        row_bytes, rows = (int.from_bytes(stream[at + n : at + n + 2], "little") for n in (4, 6))
        data = stream[at + 8 : at + 8 + row_bytes * rows]
        return 8 + len(data), f"picture {row_bytes}x{rows} {digest(data)[:16]}\n"
    if name == b"\x1d(":
        length = 5 + int.from_bytes(stream[at + 3 : at + 5], "little")
    elif name == b"\x1dk":
        length = 4 + stream[at + 3]
    elif name in (b"\x1b@", b"\x1c&"):
        length = 2
    else:
        length = {b"\x1cS": 4, b"\x1dV": 4}.get(name, 3)
    return length, stream[at : at + length].hex()


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def picture_rows(stream: bytes) -> str:
    """What a picture printer puts on paper: rows of dots, whatever strips they came in."""
    printed = read(stream)
    rows = b"".join(picture.data for picture in printed.pictures)
    high = sum(picture.rows for picture in printed.pictures)
    return (
        f"{high} rows of {printed.pictures[0].row_bytes} bytes, {printed.cuts} cuts\nsha256 {digest(rows)}\n"
    )


def pdf_text(data: bytes) -> str:
    """The words that can be taken out of a PDF again."""
    with pdfplumber.open(BytesIO(data)) as file:
        texts = [page.extract_text(x_tolerance=0.8) for page in file.pages]
    return "\n".join(texts) + "\n"


MODES: dict[str, Callable[[Document, int], str]] = {
    "plain": plain.render,
    "text": lambda document, columns: transcript(escpos_text.render(document, columns)),
    "picture": lambda document, columns: picture_rows(escpos_picture.render(document, columns)),
    "pdf": lambda document, columns: pdf_text(pdf.render(document, columns)),
}


def wanted() -> list[tuple[str, int, str]]:
    """Every layout, width and mode; the proof page is one stream for all."""
    return [(name, columns, mode) for name in everything() for columns in WIDTHS for mode in MODES]


def made(name: str, columns: int, mode: str) -> str:
    """The text that belongs into the file."""
    return MODES[mode](everything()[name], columns)


def proof() -> str:
    """The proof page."""
    return transcript(proof_bytes(SHOP, LATER))


def file_of(name: str, columns: int, mode: str) -> Path:
    """Where it is kept."""
    return FOLDER / f"{name}.{columns}.{mode}.txt"
