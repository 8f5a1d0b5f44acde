"""Where a paper or a table goes: into the file that was named, onto the terminal, or down a pipe."""

import sys
from pathlib import Path

from pos_app.cli.output import give, give_bytes
from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import PrinterTarget
from pos_app.i18n.texts import tr
from pos_app.printing import escpos_text, pdf, plain, preview
from pos_app.printing.document import Document
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.printers import to_bytes


def save(path: Path, data: bytes) -> None:
    """Write a file. Raises EnvironmentFault."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentFault(
            tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
        ) from error


def needs_file(output: str | None, format_: str) -> bool:
    """Whether this would fill a terminal with bytes that nobody can read."""
    return not output and format_ != "text" and sys.stdout.isatty()


def deliver(data: bytes, output: str | None, format_: str) -> None:
    """Into `output` if it is named; text to the reader; other bytes to a pipe only. Raises output.needs_file."""
    if needs_file(output, format_):
        raise DomainError("output.needs_file", format=format_)
    if output:
        save(Path(output), data)
    elif format_ == "text":
        give(data.decode())
    else:
        give_bytes(data)


def rendered(document: Document, format_: str, columns: int, target: PrinterTarget | None) -> bytes:
    """A paper in the format that was asked for: text, escpos, pdf or png."""
    if format_ == "escpos":
        # What the till's own printer gets, when it has one and no other width is asked for.
        return to_bytes(document, target) if target else escpos_text.render(document, columns)
    if format_ == "pdf":
        return pdf.render(document, columns)
    if format_ == "png":
        return preview.render_png(document, columns)
    return plain.render(document, columns).encode()
