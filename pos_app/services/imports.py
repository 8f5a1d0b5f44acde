"""Workbooks of vendors and products become edits of the catalogue and a roster of codes."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pos_app.domain import identity
from pos_app.domain.catalogue import SellerTaxKind
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.catalogue import Roster
from pos_app.importing.rows import ProductRow, VendorRow, Workbook
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.market_days import MarketDays
from pos_app.services.people import subject_key
from pos_app.storage.queries import catalogue
from pos_app.storage.unit_of_work import CATALOGUE
from sync.canonical import encode
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

_ROSTERS = uuid.UUID("9b3b8a44-5b1c-5f1a-9a5c-b1d3f0b6e203")
_PART = 500


@dataclass(frozen=True, slots=True)
class ImportDone:
    """What a workbook brought: counts of good rows, and the cells that were not understood."""

    vendors: int
    products: int
    bad: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]
    market_hint: str
    date_hint: str
    changed: int  # edits recorded; 0 when everything was known


class Contact(msgspec.Struct, frozen=True):
    """What is sealed for a vendor: phone, bank, account and, where it is another's, who holds it."""

    phone: str = ""
    bank: str = ""
    account: str = ""
    holder: str = ""


class Imports:
    """Feeds workbooks to the catalogue."""

    def __init__(self, desk: Desk, days: MarketDays) -> None:
        self._desk = desk
        self._days = days

    def workbook(self, path: Path, *, dry_run: bool = False, strict: bool = False) -> ImportDone:
        """Take in a workbook or CSV: good rows, or with `strict` all or nothing.

        Raises EnvironmentFault for files that can't be read, import.strict when something is bad.
        """
        desk = self._desk
        desk.require(Action.IMPORT)
        # lazy: workbooks are read before the market, not at the till
        from pos_app.importing.workbook import read

        book = read(path)
        bad = tuple((cell.cell, cell.reason) for cell in book.bad)
        if book.fatal:
            raise ImportRefused(bad or ((path.name, book.fatal),), book.fatal)
        if strict and bad:
            raise ImportRefused(bad)
        changed = 0
        if not dry_run:
            with desk.work.begin(desk.session.operator_id) as work:
                changed = self._take(work, book)
        warned = tuple((cell.cell, cell.reason) for cell in book.warnings)
        return ImportDone(
            len(book.vendors), len(book.products), bad, warned, book.market_hint, book.date_hint, changed
        )

    def _take(self, work: "Work", book: Workbook) -> int:
        ids = [_vendor_id(work.rows, row) for row in book.vendors]
        # Two firms may bear one name: then only the code tells whose product a row is.
        by_name = {row.name: vendor for row, vendor in zip(book.vendors, ids, strict=True)}
        by_code = {row.code: vendor for row, vendor in zip(book.vendors, ids, strict=True) if row.code}
        changed = 0
        for row, vendor in zip(book.vendors, ids, strict=True):
            changed += self._put(work, "vendor", vendor, self._vendor_fields(work, vendor, row))
        codes: list[tuple[str, str, int]] = []
        for product in book.products:
            vendor_id = by_code.get(product.vendor_code) or by_name.get(product.vendor_name)
            if vendor_id is None:
                continue  # the reader names such a cell as bad
            product_id = identity.product_id(vendor_id, product.name, product.unit)
            changed += self._put(work, "product", product_id, _product_fields(vendor_id, product))
            codes.append((product.code or product_id[:8], product_id, product.brought_milli or 0))
        vendors = [
            (row.code or vendor[:8], vendor, row.booth or number)
            for number, (row, vendor) in enumerate(zip(book.vendors, ids, strict=True), 1)
        ]
        roster = str(uuid.uuid5(_ROSTERS, encode([vendors, codes]).decode()))
        if vendors and catalogue.latest_roster(work.rows) != roster:
            for part in _parts(roster, book.title, vendors, codes):
                work.record(CATALOGUE, part)
                changed += 1
        if vendors:
            self._days.join_roster(work, roster, book.market_hint, book.date_hint)
        return changed

    def _put(self, work: "Work", kind: str, entity_id: str, wanted: dict[str, Any]) -> int:
        edit = edit_of(work.rows, kind, entity_id, wanted)
        if edit is None:
            return 0
        work.record(CATALOGUE, edit)
        return 1

    def _vendor_fields(self, work: "Work", vendor_id: str, row: VendorRow) -> dict[str, Any]:
        wanted: dict[str, Any] = {
            "name": row.name,
            "vendor_class": row.vendor_class,
            "business_no": row.business_no,
            "representative": row.representative,
            "cooperative": row.cooperative,
            "sale_mode": row.sale_mode.value,
            "certificates": [msgspec.to_builtins(certificate) for certificate in row.certificates],
        }
        if row.tax_kind is not None:
            wanted["tax_kind"] = row.tax_kind.value
        elif catalogue.vendor(work.rows, vendor_id) is None:
            # Nobody said: without a number nothing may claim that VAT was split.
            kind = SellerTaxKind.GENERAL if row.business_no else SellerTaxKind.UNREGISTERED
            wanted["tax_kind"] = kind.value
        known = read_contact(work.rows, vendor_id) or Contact()
        own = not row.account or row.account == known.account  # else the holder was the old account's
        contact = Contact(
            row.phone or known.phone,
            row.bank or known.bank,
            row.account or known.account,
            known.holder if own else "",
        )
        if contact != known:
            # lazy: ciphers are wanted for PINs and accounts only
            from sync.identity import seal

            key = subject_key(work.rows, vendor_id)
            wanted["contact"] = seal(key, vendor_id, msgspec.json.encode(contact).decode())
        return wanted


class ImportRefused(DomainError):
    """A strict import met bad cells, or nothing could be read; `bad` lists them all."""

    def __init__(self, bad: tuple[tuple[str, str], ...], fatal: str = "") -> None:
        super().__init__("import.fatal" if fatal else "import.strict", count=len(bad), reason=fatal)
        self.bad = bad


def _vendor_id(rows: Rows, row: VendorRow) -> str:
    """A vendor's id; one that a file names without number or representative is the known one of that name."""
    if not row.business_no and not row.representative:
        known = [vendor.id for vendor in catalogue.vendors_named(rows, row.name)]
        if len(known) == 1:
            return known[0]
    return identity.vendor_id(row.business_no, row.name, row.representative)


def read_contact(rows: Rows, vendor_id: str) -> Contact | None:
    """A vendor's sealed contact, or None when there is none or its key was erased."""
    row = rows.one(
        'SELECT v."contact", k."key" FROM "vendor" v JOIN "subject_key" k ON k."subject" = v."id" WHERE v."id" = ?',
        vendor_id,
    )
    if row is None or not row[0]:
        return None
    # lazy: ciphers are wanted for PINs and accounts only
    from sync.identity import unseal

    text = unseal(bytes(row[1]), vendor_id, row[0])
    return msgspec.json.decode(text, type=Contact) if text else None


def _product_fields(vendor_id: str, row: ProductRow) -> dict[str, Any]:
    return {
        "vendor_id": vendor_id,
        "name": row.name,
        "unit": row.unit,
        "unit_price_won": row.unit_price_won,
        "tax_class": row.tax_class.value,
        "sold_by": row.sold_by.value,
        "barcodes": list(row.barcodes),
        "category": row.category,
    }


def _parts(
    roster: str, source: str, vendors: list[tuple[str, str, int]], codes: list[tuple[str, str, int]]
) -> Iterator[Roster]:
    """A roster in events of bounded size."""
    for start in range(0, max(len(vendors), len(codes), 1), _PART):
        piece = slice(start, start + _PART)
        yield Roster(roster, source, tuple(vendors[piece]), tuple(codes[piece]))
