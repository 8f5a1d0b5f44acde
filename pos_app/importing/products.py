"""Product tables to product rows: each bad cell named, each good row kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pos_app.domain.catalogue import SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.hangul import clean_name
from pos_app.i18n.texts import tr
from pos_app.importing.cells import (
    Unreadable,
    folded,
    is_weighed,
    plain_unit,
    price_won,
    quantity_milli,
    text_of,
)
from pos_app.importing.directory import Directory, Missing
from pos_app.importing.grid import Value
from pos_app.importing.headers import bare
from pos_app.importing.kinds import tax_class_of
from pos_app.importing.lines import Line, ProductLine, heading_text, labelled_name, line_of, product_lines
from pos_app.importing.numbers import barcodes_of, code_of
from pos_app.importing.rows import BadCell, ProductRow, VendorRow
from pos_app.importing.tables import LEAD_ROWS, Table, is_ditto, is_number_like, lead_details
from pos_app.importing.vendors import RowReader
from pos_app.importing.words import VENDOR_FIELDS, Field

DEFAULT_UNIT = "개"
_RARELY, _MOSTLY = 30, 60  # percent
_APART = ("vat별도", "부가세별도", "vat제외", "부가세제외", "부가가치세별도", "vat미포함", "부가세미포함")


@dataclass(slots=True)
class Stocked:
    """Products found so far."""

    products: list[ProductRow] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    warnings: list[BadCell] = field(default_factory=list)
    keys: dict[tuple[str, str, str, str], ProductRow] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    barcodes: dict[str, str] = field(default_factory=dict)


def lines_of(table: Table, directory: Directory | None, alone: bool) -> list[ProductLine]:
    """The data rows of a table; headings, titles and sheet names give vendors where no column does.

    `directory` is None while no vendors are known; `alone`: the workbook has one product table only.
    """
    _settle_vendor_column(table, directory)
    columned = table.has(Field.VENDOR_NAME) or table.has(Field.VENDOR_CODE)
    sections: dict[int, str] = {}
    for row in range(table.first, table.end):
        if line_of(table, row, Field.PRODUCT_NAME) is Line.HEADING:
            name = _vendor_in(table.own(row)[0][1], directory, guess=not columned)
            if name:
                sections[row] = name
    before = "" if columned else _before(table, directory, alone)
    if directory is None and not columned:
        table.details = lead_details(table, VENDOR_FIELDS)
    return list(product_lines(table, sections, before))


def _settle_vendor_column(table: Table, directory: Directory | None) -> None:
    """Take the column that names listed vendors, where the head of another promised them in vain.

    Without a list, a column without a head at the left of the product names is taken.
    """
    if table.has(Field.VENDOR_CODE):
        return
    known = table.columns.get(Field.VENDOR_NAME, ())
    if directory is not None:
        if known and _share(table, known[0], directory) >= _RARELY:
            return
        other = set(range(max(table.left - 1, 0), table.right + 1)) - set(known)
        best = max(other, key=lambda column: (_share(table, column, directory), -column), default=None)
        if best is not None and _share(table, best, directory) >= _MOSTLY:
            _take_vendor_column(table, best)
    elif not known:
        name = table.columns[Field.PRODUCT_NAME][0]
        bare_heads = [
            c for c in range(max(table.left - 1, 0), name) if c not in table.heads and _is_text(table, c)
        ]
        if len(bare_heads) == 1:
            _take_vendor_column(table, bare_heads[0])


def _take_vendor_column(table: Table, column: int) -> None:
    table.columns[Field.VENDOR_NAME] = (column,)
    table.left = min(table.left, column)


def _values(table: Table, column: int) -> list[Value]:
    rows = range(table.first, min(table.end, table.first + 200))
    return [value for row in rows if (value := table.grid.value(row, column)) is not None]


def _share(table: Table, column: int, directory: Directory) -> int:
    """How many of a column's texts are names of listed vendors, in percent."""
    texts = [value for value in _values(table, column) if isinstance(value, str) and not is_ditto(value)]
    return sum(1 for text in texts if directory.knows(text)) * 100 // len(texts) if texts else 0


def _is_text(table: Table, column: int) -> bool:
    values = _values(table, column)
    return bool(values) and all(isinstance(value, str) and not is_number_like(value) for value in values)


def _vendor_in(value: Value, directory: Directory | None, guess: bool) -> str:
    """The vendor that a heading names, "" where it is some other heading."""
    if not isinstance(value, str):
        return ""
    name = heading_text(value)
    if directory is None:
        return name if guess and 0 < len(name) <= 40 else ""
    return directory.knows(name) or directory.knows(heading_text(value.partition("(")[0]))


def _before(table: Table, directory: Directory | None, alone: bool) -> str:
    """The vendor of a table without a vendor column: told above it, or by the sheet's name."""
    told = lead_details(table, frozenset((Field.VENDOR_NAME,)))
    if told:
        return clean_name(str(table.grid.value(*told[Field.VENDOR_NAME])))
    for row in range(table.head_row - 1, max(table.head_row - LEAD_ROWS, -1), -1):
        for value in table.grid.rows[row]:
            label = labelled_name(value)
            if label:
                return label
            known = directory.knows(heading_text(value)) if directory and isinstance(value, str) else ""
            if known:
                return known
    if directory is not None:
        return directory.knows(table.grid.sheet)
    return "" if alone else clean_name(table.grid.sheet)


def stock(table: Table, lines: list[ProductLine], directory: Directory, stocked: Stocked) -> None:
    """Add the products of one table."""
    repeats = _repeats(lines)
    apart = _price_head_apart(table)
    previous: tuple[Value, Value] = (None, None)
    if not table.has(Field.TAX_CLASS) and lines:
        cell = table.grid.name(table.first - 1, table.left)
        stocked.warnings.append(
            BadCell(cell, tr("과세구분 열이 없어 업체의 과세유형을 따랐어요. 물건마다 살펴봐 주세요."))
        )
    if not lines or not (
        table.has(Field.VENDOR_NAME) or table.has(Field.VENDOR_CODE) or lines[0].vendor is not None
    ):
        if lines:
            cell = table.grid.name(table.first - 1, table.left)
            stocked.bad.append(BadCell(cell, tr("업체명 열을 찾지 못했어요. 물건마다 업체명을 적어 주세요.")))
        return
    for line in lines:
        reader = RowReader(table, line.row)
        vendor = _owner(reader, line, directory)
        if vendor is not None and line.inherited and repeats:
            said = table.grid.name(line.row, table.columns.get(Field.VENDOR_NAME, (table.left,))[0])
            reader.warnings.append(
                BadCell(said, tr("업체가 비어 있어 윗줄의 '{name}'로 넣었어요.", name=vendor.name))
            )
        product, previous = _product(reader, vendor, apart, previous)
        _add(reader, product, vendor, stocked)
        stocked.bad.extend(reader.bad)
        stocked.warnings.extend(reader.warnings)


def _repeats(lines: list[ProductLine]) -> bool:
    """Whether the sheet writes the vendor into every row, so that a blank is a slip."""
    pairs = list(pairwise(lines))
    same = sum(
        1 for a, b in pairs if not a.inherited and not b.inherited and a.vendor == b.vendor and a.vendor
    )
    return 0 < same >= sum(1 for line in lines if line.inherited)


def _price_head_apart(table: Table) -> bool:
    columns = table.columns.get(Field.PRICE, ())
    return any(word in bare(table.heads.get(column, "")) for column in columns[:1] for word in _APART)


def _price_scale(reader: RowReader) -> int:
    """1000 under a head like "단가(천원)"."""
    column = next((column for column, _ in reader.table.values(reader.row, Field.PRICE)), -1)
    return 1000 if "천원" in bare(reader.table.heads.get(column, "")) else 1


def _owner(reader: RowReader, line: ProductLine, directory: Directory) -> VendorRow | None:
    try:
        return directory.find(text_of(line.vendor), code_of(line.vendor_code))
    except (Missing, Unreadable) as error:
        reader.bad.append(BadCell(line.cell, error.reason))
        return None


def _product(
    reader: RowReader, vendor: VendorRow | None, apart: bool, previous: tuple[Value, Value]
) -> tuple[ProductRow, tuple[Value, Value]]:
    """One row as a product; complaints stay with the reader. `previous` serves ditto marks."""
    unit, unit_value = _unit(reader, previous[0])
    name = _name(reader)
    note = reader.text(Field.NOTE)
    weighed = is_weighed(unit, note, reader.text(Field.SOLD_BY))
    price = reader.read(Field.PRICE, lambda value: price_won(value, unit, _price_scale(reader)), 0)
    tax_class, tax_value = _tax(reader, vendor, previous[1])
    if apart and tax_class is TaxClass.TAXABLE and price:
        reader.complain(Field.PRICE, tr("값에 부가세가 들어 있지 않아요. 부가세를 더한 값으로 적어 주세요."))
    product = ProductRow(
        cell=reader.table.cell(reader.row, Field.PRODUCT_NAME),
        code=reader.read(Field.PRODUCT_CODE, code_of, ""),
        vendor_name=vendor.name if vendor else "",
        name=name,
        unit=unit,
        unit_price_won=price,
        tax_class=tax_class,
        sold_by=SoldBy.WEIGHT if weighed else SoldBy.EACH,
        barcodes=_barcodes(reader),
        brought_milli=reader.read(Field.QUANTITY, lambda value: quantity_milli(value, unit, weighed), None),
        note=note,
        category=reader.text(Field.CATEGORY),
        vendor_code=vendor.code if vendor else "",
    )
    return product, (unit_value, tax_value)


def _name(reader: RowReader) -> str:
    """The product's name, with its size behind it where that has a column of its own."""
    name = reader.read(Field.PRODUCT_NAME, text_of, "")
    if not name:
        if not reader.bad or reader.table.get(reader.row, Field.PRODUCT_NAME) is None:
            reader.complain(Field.PRODUCT_NAME, tr("품목명이 비어 있어요."))
        return ""
    if reader.table.has(Field.SPEC) and reader.table.has(Field.UNIT):
        spec = reader.read(Field.SPEC, text_of, "")
        if spec and folded(spec) not in folded(name) and folded(spec) not in ("-", "없음"):
            return f"{name} {spec}"
    return name


def _unit(reader: RowReader, above: Value) -> tuple[str, Value]:
    table, row = reader.table, reader.row
    what = Field.UNIT if table.has(Field.UNIT) else Field.SPEC
    value = table.get(row, what)
    value = above if is_ditto(value) else value
    if not table.has(what):
        return DEFAULT_UNIT, None
    try:
        unit = plain_unit(text_of(value))
    except Unreadable as error:
        reader.complain(what, error.reason)
        return DEFAULT_UNIT, value
    if folded(unit) in ("", "-"):
        if table.get(row, Field.PRODUCT_NAME) is not None:
            reader.warn(what, tr("단위가 비어 있어 '{unit}'로 넣었어요.", unit=DEFAULT_UNIT))
        return DEFAULT_UNIT, value
    return unit, value


def _tax(reader: RowReader, vendor: VendorRow | None, above: Value) -> tuple[TaxClass, Value]:
    table, row = reader.table, reader.row
    if not table.has(Field.TAX_CLASS):
        general = vendor is not None and vendor.tax_kind in (SellerTaxKind.GENERAL, SellerTaxKind.SIMPLIFIED)
        return (TaxClass.TAXABLE if general else TaxClass.EXEMPT), None
    column, value = next(table.values(row, Field.TAX_CLASS), (table.columns[Field.TAX_CLASS][0], None))
    value = above if is_ditto(value) else value
    head = bare(table.heads.get(column, ""))
    try:
        return tax_class_of(value, head), value
    except Unreadable as error:
        reader.complain(Field.TAX_CLASS, error.reason)
        return TaxClass.EXEMPT, value


def _barcodes(reader: RowReader) -> tuple[str, ...]:
    codes: list[str] = []
    for column, value in reader.table.values(reader.row, Field.BARCODE):
        found, doubts = barcodes_of(value)
        codes.extend(found)
        cell = reader.table.grid.name(reader.row, column)
        reader.warnings.extend(BadCell(cell, doubt) for doubt in doubts)
    return tuple(dict.fromkeys(codes))


def _add(reader: RowReader, product: ProductRow, vendor: VendorRow | None, stocked: Stocked) -> None:
    if reader.bad or vendor is None:
        return
    key = (vendor.code, vendor.name, product.name, product.unit)
    known = stocked.keys.get(key)
    if known is not None:
        _again(reader, known, product)
        return
    if product.code and product.code in stocked.codes:
        cell = stocked.codes[product.code]
        reader.complain(
            Field.PRODUCT_CODE, tr("품목코드 {code}가 {cell}에도 있어요.", code=product.code, cell=cell)
        )
        return
    kept = tuple(_free_barcodes(reader, product, stocked))
    product = product if kept == product.barcodes else replace(product, barcodes=kept)
    stocked.keys[key] = product
    stocked.products.append(product)
    if product.code:
        stocked.codes[product.code] = reader.table.cell(reader.row, Field.PRODUCT_CODE)


def _again(reader: RowReader, known: ProductRow, product: ProductRow) -> None:
    """The same product a second time: harmless where both rows say the same."""
    said = (product.unit_price_won, product.tax_class, product.sold_by)
    if said == (known.unit_price_won, known.tax_class, known.sold_by) and product.code in ("", known.code):
        reader.warn(Field.PRODUCT_NAME, tr("같은 품목이 {cell}에도 있어 한 번만 넣었어요.", cell=known.cell))
    else:
        reader.complain(Field.PRODUCT_NAME, tr("같은 품목이 {cell}에 다르게 적혀 있어요.", cell=known.cell))


def _free_barcodes(reader: RowReader, product: ProductRow, stocked: Stocked) -> Iterator[str]:
    for code in product.barcodes:
        if code in stocked.barcodes:
            cell = stocked.barcodes[code]
            reader.warn(Field.BARCODE, tr("같은 바코드가 {cell}에 있어 여기서는 뺐어요.", cell=cell))
        else:
            stocked.barcodes[code] = reader.table.cell(reader.row, Field.BARCODE)
            yield code
