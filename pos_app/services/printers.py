"""The printers of a till: the receipt printer in the settings, further ones by name, and what suits them."""

from pos_app.domain.errors import DomainError
from pos_app.domain.hangul import clean_text
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.hardware.printer_uri import PrinterTarget, parse
from pos_app.printing.document import Document
from pos_app.services.desk import Desk

RECEIPTS = ""
"""The name of the till's receipt printer."""

_COLUMNS = {"58": 32, "80": 48}


class Printers:
    """Names and addresses; an address may stand for a name where a paper goes somewhere once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[tuple[str, str]]:
        """(name, URI), the receipt printer first when one was chosen."""
        with self._desk.work.read() as rows:
            named = [
                (name, uri) for name, uri in rows.all('SELECT "name", "uri" FROM "printer" ORDER BY "name"')
            ]
        uri = self._desk.settings.get("printer_uri")
        return [(RECEIPTS, uri), *named] if uri else named

    def uri(self, name: str) -> str:
        """A printer's address, empty when there is none of this name."""
        if name == RECEIPTS:
            return self._desk.settings.get("printer_uri")
        if "://" in name:
            return name
        with self._desk.work.read() as rows:
            row = rows.one('SELECT "uri" FROM "printer" WHERE "name" = ?', name)
        return row[0] if row else ""

    def target(self, name: str) -> PrinterTarget | None:
        """The printer of this name, None when there is none. Raises printer.bad_uri."""
        uri = self.uri(name)
        return parse(uri) if uri else None

    def require(self, name: str) -> None:
        """Raises printer.none or printer.unknown."""
        if not self.uri(name):
            raise DomainError("printer.unknown", name=name) if name else DomainError("printer.none")

    def set(self, name: str, uri: str, override: Override | None = None) -> None:
        """Choose a printer, or another address for it. Raises right.missing, printer.*"""
        self._desk.require(Action.SETTINGS, override)
        target = parse(uri)
        if name == RECEIPTS:
            self._desk.settings.set("printer_uri", target.uri)
            return
        cleaned = clean_text(name, 40)
        if not cleaned or "://" in cleaned:
            raise DomainError("printer.bad_name", name=name[:40])
        with self._desk.work.begin() as work:
            work.rows.run(
                'INSERT INTO "printer" ("name", "uri") VALUES (?, ?) '
                'ON CONFLICT ("name") DO UPDATE SET "uri" = excluded."uri"',
                cleaned,
                target.uri,
            )

    def remove(self, name: str, override: Override | None = None) -> None:
        """Forget a printer that no paper waits for. Raises right.missing, printer.unknown, printer.has_papers."""
        self._desk.require(Action.SETTINGS, override)
        if "://" in name:  # an address is a place for one paper, not a printer with a name
            raise DomainError("printer.unknown", name=name[:80])
        self.require(name)
        with self._desk.work.begin() as work:
            row = work.rows.one(
                'SELECT count(*) FROM "print_job" WHERE "printer" = ? AND "kind" <> \'drawer\' '
                "AND \"state\" IN ('queued', 'sending', 'unknown', 'failed')",
                name,
            )
            if row and row[0]:
                raise DomainError("printer.has_papers", count=row[0])
            work.rows.run('DELETE FROM "printer" WHERE "name" = ?', name)
        if name == RECEIPTS:
            self._desk.settings.set("printer_uri", "")


def to_bytes(document: Document, target: PrinterTarget) -> bytes:
    """What a printer of this kind is sent for a document."""
    # lazy: the spooler's threads load them with the first paper
    from pos_app.printing import escpos_picture, escpos_text

    if target.kind == "picture":
        return escpos_picture.render(
            document, target.columns, cutter=target.cutter, strip_rows=target.strip_rows
        )
    return escpos_text.render(
        document, target.columns, target.charset, cutter=target.cutter, native_qr=target.native_qr
    )


def columns_of(width: str) -> int:
    """Letters in a line of paper: 58 mm is 32, 80 mm is 48. Raises print.width."""
    if width not in _COLUMNS:
        raise DomainError("print.width", width=width)
    return _COLUMNS[width]
