"""A receipt once more, as text, picture, PDF or as the printer would get it."""

import sys
from pathlib import Path

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, give_bytes, give_json
from pos_app.cli.printers import printer as printer
from pos_app.domain.errors import DomainError
from pos_app.hardware.printer_uri import PrinterTarget
from pos_app.i18n.texts import tr
from pos_app.printing import escpos_text, pdf, plain, preview
from pos_app.printing.document import Document
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.printers import columns_of, to_bytes
from pos_app.storage.queries import sales


def _rendered(document: Document, format_: str, columns: int, target: PrinterTarget | None) -> bytes:
    if format_ == "escpos":
        # What the till's own printer gets, when it has one and no other width is asked for.
        return to_bytes(document, target) if target else escpos_text.render(document, columns)
    if format_ == "pdf":
        return pdf.render(document, columns)
    if format_ == "png":
        return preview.render_png(document, columns)
    return plain.render(document, columns).encode()


def receipt(context: Context) -> int:
    """A receipt as the printer would get it."""
    args = context.args
    with context.house(acting=False) as house:
        with house.desk.work.read() as rows:
            sale_id = sales.find(rows, args.sale)
        if sale_id is None:
            raise DomainError("sale.unknown", sale=args.sale)
        document = house.papers.receipt(sale_id)
        target = house.papers.target() if args.format == "escpos" and args.width is None else None
    data = _rendered(document, args.format, columns_of(args.width or "80"), target)
    if args.output:
        save(Path(args.output), data)
    elif args.format == "text" and context.json:
        give_json({"sale": sale_id, "text": data.decode()})
    elif args.format == "text":
        give(data.decode())
    elif sys.stdout.isatty():
        raise DomainError("output.needs_file", format=args.format)
    else:
        give_bytes(data)
    return DONE


def save(path: Path, data: bytes) -> None:
    """Write a file. Raises EnvironmentFault."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentFault(
            tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
        ) from error
