"""Vendor tables to vendor rows; also vendors that only product tables name."""

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from pos_app.domain import business_number
from pos_app.domain.catalogue import SellerTaxKind
from pos_app.i18n.texts import tr
from pos_app.importing.cells import Unreadable, folded, text_of
from pos_app.importing.dates import date_in
from pos_app.importing.directory import loose
from pos_app.importing.grid import Value
from pos_app.importing.kinds import certificates_of, sale_mode_of, tax_kind_of
from pos_app.importing.lines import Line, ProductLine, line_of
from pos_app.importing.numbers import booth_of, business_no_of, code_of, phone_of
from pos_app.importing.rows import BadCell, VendorRow
from pos_app.importing.tables import Table, is_ditto
from pos_app.importing.words import Field

T = TypeVar("T")


@dataclass(slots=True)
class Gathered:
    """Vendors found so far; `lost` gives the names and codes of bad rows with the cell to mend."""

    vendors: list[VendorRow] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    warnings: list[BadCell] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)


class RowReader:
    """Reads the cells of one row and keeps every complaint with the cell's name."""

    def __init__(self, table: Table, row: int) -> None:
        self.table, self.row = table, row
        self.bad: list[BadCell] = []
        self.warnings: list[BadCell] = []

    def read(self, what: Field, parse: Callable[[Value], T], otherwise: T) -> T:
        """The parsed cell, `otherwise` where there is no such column or the cell is bad."""
        if not self.table.has(what):
            return otherwise
        try:
            return parse(self.table.get(self.row, what))
        except Unreadable as error:
            self.complain(what, error.reason)
            return otherwise

    def text(self, what: Field) -> str:
        """The cell as text; a text that is no use as a name or label is only warned about."""
        try:
            return text_of(self.table.get(self.row, what))
        except Unreadable as error:
            self.warn(what, error.reason)
            return ""

    def complain(self, what: Field, reason: str) -> None:
        """The row can't be taken because of this cell."""
        self.bad.append(BadCell(self.table.cell(self.row, what), reason))

    def warn(self, what: Field, reason: str) -> None:
        """The row is taken, but someone should look at this cell."""
        self.warnings.append(BadCell(self.table.cell(self.row, what), reason))


def gather(tables: Iterable[Table]) -> Gathered:
    """The vendors of all vendor tables; a later table fills in what an earlier one left blank."""
    gathered = Gathered()
    for table in tables:
        own: list[VendorRow] = []
        for row in range(table.first, table.end):
            continued = (row, table.columns[Field.VENDOR_NAME][0]) in table.grid.filled
            if not continued and line_of(table, row, Field.VENDOR_NAME) is Line.DATA:
                _take(RowReader(table, row), own, gathered)
        for vendor in own:
            _merge(gathered.vendors, _unregistered(vendor, table))
    return gathered


def _take(reader: RowReader, own: list[VendorRow], gathered: Gathered) -> None:
    vendor = vendor_of(reader)
    if vendor.name and not reader.bad:
        _refuse_twice(reader, vendor, own)
    gathered.warnings.extend(reader.warnings)
    if reader.bad:
        gathered.bad.extend(reader.bad)
        known = {v.name for v in own} | {v.code for v in own}
        for label in (vendor.name, vendor.code):
            if label and label not in known:
                gathered.lost.setdefault(label, reader.bad[0].cell)
        return
    if vendor.name:
        own.append(vendor)


def vendor_of(reader: RowReader) -> VendorRow:
    """One row as a vendor; complaints stay with the reader."""
    name = reader.read(Field.VENDOR_NAME, text_of, "")
    if not name and not reader.bad:
        reader.complain(Field.VENDOR_NAME, tr("업체명이 비어 있어요."))
    code = reader.read(Field.VENDOR_CODE, code_of, "")
    business_no, doubt = reader.read(Field.BUSINESS_NO, business_no_of, ("", ""))
    if doubt:
        reader.warn(Field.BUSINESS_NO, doubt)
    tax_kind = reader.read(Field.TAX_KIND, tax_kind_of, None)
    if tax_kind is not None and business_no and not doubt:
        against = business_number.kind_warning(business_no, tax_kind)
        if against:
            reader.warn(
                Field.BUSINESS_NO, tr("사업자등록번호의 가운데 두 자리와 과세유형이 서로 달라 보여요.")
            )
    kind = reader.text(Field.ENTERPRISE_KIND)
    return VendorRow(
        cell=reader.table.cell(reader.row, Field.VENDOR_NAME),
        code=code,
        name=name,
        enterprise_kind=kind,
        vendor_class=reader.text(Field.VENDOR_CLASS),
        tax_kind=tax_kind,
        business_no=business_no,
        representative=_plain(reader.text(Field.REPRESENTATIVE)),
        phone=_soft(reader, Field.PHONE, phone_of),
        bank=_plain(reader.text(Field.BANK)),
        account=_plain(_soft(reader, Field.ACCOUNT, code_of)),
        cooperative=_plain(reader.text(Field.COOPERATIVE)),
        sale_mode=reader.read(Field.SALE_MODE, sale_mode_of, sale_mode_of(None)),
        certificates=certificates_of(
            kind, reader.text(Field.CERTIFICATE), _soft(reader, Field.CERTIFICATE_NO, code_of), _until(reader)
        ),
        booth=reader.read(Field.BOOTH, booth_of, 0),
        category=_plain(reader.text(Field.CATEGORY)),
        note=reader.text(Field.NOTE),
    )


def _unregistered(vendor: VendorRow, table: Table) -> VendorRow:
    """A vendor whose kind nobody says and whose number stays blank in its column has none."""
    if vendor.tax_kind is None and table.has(Field.BUSINESS_NO) and not vendor.business_no:
        return dataclasses.replace(vendor, tax_kind=SellerTaxKind.UNREGISTERED)
    return vendor


def _plain(text: str) -> str:
    return "" if folded(text) in ("-", "없음", "해당없음", "미정") else text


def _soft(reader: RowReader, what: Field, parse: Callable[[Value], str]) -> str:
    """A cell that the vendor can do without: unreadable, it is left out with a warning."""
    if not reader.table.has(what):
        return ""
    try:
        return parse(reader.table.get(reader.row, what))
    except Unreadable as error:
        reader.warn(what, error.reason)
        return ""


def _until(reader: RowReader) -> str | None:
    value = reader.table.get(reader.row, Field.CERTIFICATE_UNTIL)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return (date_in(re.split(r"[~∼～]", value)[-1]) or None) if isinstance(value, str) else None


def _refuse_twice(reader: RowReader, vendor: VendorRow, own: list[VendorRow]) -> None:
    """A code, a business number or a whole identity that another row of the table has already."""
    for other in own:
        if vendor.code and vendor.code == other.code:
            reader.complain(
                Field.VENDOR_CODE,
                tr("업체코드 {code}가 {cell}에도 있어요.", code=vendor.code, cell=other.cell),
            )
            return
        if vendor.business_no and vendor.business_no == other.business_no:
            reader.complain(
                Field.BUSINESS_NO, tr("같은 사업자등록번호가 {cell}에도 있어요.", cell=other.cell)
            )
            return
        same = vendor.name == other.name and vendor.representative == other.representative
        if same and (vendor.business_no == other.business_no or not (vendor.code and other.code)):
            reader.complain(Field.VENDOR_NAME, tr("같은 업체가 {cell}에도 있어요.", cell=other.cell))
            return


def _merge(vendors: list[VendorRow], vendor: VendorRow) -> None:
    for index, known in enumerate(vendors):
        same_code = bool(vendor.code) and vendor.code == known.code
        apart = bool(vendor.business_no and known.business_no) and vendor.business_no != known.business_no
        if (
            loose(known.name) == loose(vendor.name)
            and not apart
            and (same_code or not (vendor.code and known.code))
        ):
            vendors[index] = _filled(known, vendor)
            return
    vendors.append(vendor)


def _filled(known: VendorRow, more: VendorRow) -> VendorRow:
    """`known` with its blanks filled from `more`."""
    blanks = {
        each.name: getattr(more, each.name)
        for each in dataclasses.fields(known)
        if not getattr(known, each.name) and getattr(more, each.name)
    }
    return dataclasses.replace(known, **blanks)


def from_products(lines: Iterable[tuple[Table, ProductLine]]) -> Gathered:
    """Vendors of a workbook without a vendor list, from the vendor columns of its product tables."""
    gathered = Gathered()
    by_name: dict[str, VendorRow] = {}
    tables: dict[str, Table] = {}
    said: set[str] = set()
    for table, line in lines:
        reader = RowReader(table, line.row)
        vendor = _named(vendor_of(reader), line)
        key = loose(vendor.name) if vendor.name else vendor.code
        doubts = [each for each in reader.warnings if each.cell not in said]
        said.update(each.cell for each in doubts)
        gathered.warnings.extend(doubts)
        bad = [each for each in reader.bad if not _is_name_cell(table, line.row, each.cell)]
        known = by_name.get(key)
        if known and vendor.business_no and known.business_no and vendor.business_no != known.business_no:
            bad.append(
                BadCell(
                    table.cell(line.row, Field.BUSINESS_NO),
                    tr("같은 업체인데 {cell}과 번호가 달라요.", cell=known.cell),
                )
            )
        if bad:
            gathered.bad.extend(bad)
            if known is None:
                gathered.lost.setdefault(vendor.name, bad[0].cell)
        elif key:
            by_name[key] = _filled(known, vendor) if known else vendor
            tables.setdefault(key, table)
    gathered.vendors = [_unregistered(vendor, tables[key]) for key, vendor in by_name.items()]
    return gathered


def _is_name_cell(table: Table, row: int, cell: str) -> bool:
    return cell in {table.grid.name(row, c) for c in table.columns.get(Field.VENDOR_NAME, (table.left,))}


def _named(vendor: VendorRow, line: ProductLine) -> VendorRow:
    """The row's vendor under the name that holds for it; notes and groups there are the product's."""
    try:
        name, code = text_of(line.vendor), code_of(line.vendor_code)
    except Unreadable:
        name, code = "", ""
    name = "" if is_ditto(name) else name
    return dataclasses.replace(vendor, cell=line.cell, name=name or code, code=code, category="", note="")
