"""Price labels: which goods, their barcodes, A4 sheets as PDF, and the receipt printer."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.barcodes import ScalePattern, in_store_ean13, is_valid_gtin
from pos_app.domain.catalogue import Product, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.i18n.texts import tr
from pos_app.printing.label_sheets import (
    DEFAULT_SHEET,
    SHEETS,
    LabelSheet,
    check_offset,
    check_start,
    sheet_named,
)
from pos_app.printing.layouts.price_label import price_label_document
from pos_app.printing.layouts.slip_figures import PriceLabel
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.desk import Desk
from pos_app.services.editing import edit_of
from pos_app.services.goods import Goods, VendorChip
from pos_app.storage.queries import catalogue
from pos_app.storage.unit_of_work import CATALOGUE
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.printing.labels_pdf import LabelPdf
    from pos_app.services.print_jobs import Papers

MOST_LABELS = 2_000  # of one run: 31 sheets of the smallest
_OF_ONE_JOB = 100  # a jam costs no more than these
_FILE = "labels.json"


@dataclass(frozen=True, slots=True)
class LabelGood:
    """A product as the label screen lists it; `barcode` empty: one will be made."""

    id: str
    name: str
    vendor_id: str
    vendor: str
    price_won: int
    unit: str
    code: str
    barcode: str


class Labels:
    """Labels of the goods of the day."""

    def __init__(self, desk: Desk, goods: Goods, papers: "Papers") -> None:
        self._desk = desk
        self._goods = goods
        self._papers = papers

    # --- asking ----------------------------------------------------------------------------
    def vendors(self) -> list[VendorChip]:
        """Whose goods may be chosen."""
        return self._goods.vendors()

    def sheets(self) -> tuple[LabelSheet, ...]:
        """The label sheets that are known."""
        return SHEETS

    def goods(self, vendor_id: str = "") -> list[LabelGood]:
        """Products of the day's vendors (or of one), by booth and name."""
        order = {vendor.id: at for at, vendor in enumerate(self.vendors())}
        with self._desk.work.read() as rows:
            names = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
            codes = self._day_codes(rows)
            barcodes = _printable_barcodes(rows)
            found = [
                LabelGood(
                    product.id,
                    product.name,
                    product.vendor_id,
                    names.get(product.vendor_id, ""),
                    product.unit_price_won,
                    product.unit,
                    codes.get(product.id, ""),
                    barcodes.get(product.id, ""),
                )
                for product in catalogue.products(rows)
                if product.vendor_id in order and vendor_id in ("", product.vendor_id)
            ]
        return sorted(found, key=lambda good: (order[good.vendor_id], good.name))

    def find_product(self, label: str) -> str:
        """The product of a day's code, a barcode or an id. Raises product.unknown_code."""
        with self._desk.work.read() as rows:
            by_code = {code: product for product, code in self._day_codes(rows).items()}
            known = by_code.get(label) or catalogue.product_of_barcode(rows, label)
            if known is None and catalogue.product(rows, label) is not None:
                known = label
        if known is None:
            raise DomainError("product.unknown_code", label=label[:40])
        return known

    def find_vendor(self, label: str) -> str:
        """The vendor of a day's code, a name or an id. Raises vendor.unknown."""
        with self._desk.work.read() as rows:
            booths = catalogue.booths(rows, self._rosters(rows))
            by_code = {booth.code: vendor_id for vendor_id, booth in booths.items()}
            named = catalogue.vendors_named(rows, label)
            known = by_code.get(label) or (named[0].id if named else "")
            if not known and catalogue.vendor(rows, label) is not None:
                known = label
        if not known:
            raise DomainError("vendor.unknown")
        return known

    # --- making ----------------------------------------------------------------------------
    def labels(self, wanted: Sequence[tuple[str, int]]) -> tuple[PriceLabel, ...]:
        """Labels of (product id, copies); goods without a barcode are given one, kept in the catalogue.

        Raises labels.none, labels.many, product.unknown, and right.missing where a barcode is missing.
        """
        wanted = [(product_id, copies) for product_id, copies in wanted if copies > 0]
        if not wanted:
            raise DomainError("labels.none")
        if sum(copies for _, copies in wanted) > MOST_LABELS:
            raise DomainError("labels.many", most=MOST_LABELS)
        codes = self._codes([product_id for product_id, _ in wanted])
        made: list[PriceLabel] = []
        with self._desk.work.read() as rows:
            names = {vendor.id: vendor.name for vendor in catalogue.vendors(rows)}
            for product_id, copies in wanted:
                product = _known(rows, product_id)
                label = PriceLabel(
                    product.name,
                    names.get(product.vendor_id, ""),
                    product.unit_price_won,
                    product.unit,
                    codes[product_id],
                    product.tax_class is TaxClass.EXEMPT,
                    product.sold_by is SoldBy.WEIGHT,
                )
                made += [label] * copies
        return tuple(made)

    def pdf(
        self, wanted: Sequence[tuple[str, int]], sheet: str = DEFAULT_SHEET.name, start: int = 1
    ) -> "LabelPdf":
        """The labels on A4 sheets, from place `start` on, moved by the sheet's own offset (slow)."""
        from pos_app.printing import labels_pdf  # lazy: reportlab

        chosen = sheet_named(sheet)
        check_start(chosen, start)
        return labels_pdf.render(self.labels(wanted), chosen, start, self.offset(sheet))

    def calibration(self, sheet: str = DEFAULT_SHEET.name) -> bytes:
        """The page that shows whether printer and sheet agree (slow)."""
        from pos_app.printing import labels_pdf  # lazy: reportlab

        return labels_pdf.calibration(sheet_named(sheet), self.offset(sheet))

    def print_labels(self, wanted: Sequence[tuple[str, int]], printer: str = "") -> list[str]:
        """Queue the labels on a receipt printer, each cut; the jobs' ids. Raises printer.none."""
        if not printer and not self._desk.settings.get("printer_uri"):
            raise DomainError("printer.none")
        labels = self.labels(wanted)
        return [
            self._papers.print_document(
                price_label_document(labels[at : at + _OF_ONE_JOB], self._desk.practice), "labels", printer
            )
            for at in range(0, len(labels), _OF_ONE_JOB)
        ]

    # --- where the sheet lies in the printer -------------------------------------------------
    def offset(self, sheet: str) -> tuple[int, int]:
        """How far to the right and down this machine's printer must move a sheet (hundredths of a mm)."""
        try:
            said = json.loads((self._desk.home.root / _FILE).read_text(encoding="utf-8"))
            x, y = said[sheet]
            check_offset(x, y)
        except (OSError, ValueError, KeyError, TypeError, DomainError):
            return 0, 0  # never calibrated, or by a hand that erred: the sheet as it is sold
        return int(x), int(y)

    def set_offset(self, sheet: str, x: int, y: int) -> None:
        """Keep the offset of a sheet on this machine. Raises labels.sheet, labels.offset."""
        sheet_named(sheet)
        check_offset(x, y)
        kept = {each.name: self.offset(each.name) for each in SHEETS} | {sheet: (x, y)}
        path = self._desk.home.root / _FILE
        try:
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(kept), encoding="utf-8")
            fresh.replace(path)
        except OSError as error:
            raise EnvironmentFault(
                tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
            ) from error

    # --- within ----------------------------------------------------------------------------
    def _codes(self, product_ids: Iterable[str]) -> dict[str, str]:
        with self._desk.work.read() as rows:
            known = _printable_barcodes(rows)
        codes = {product_id: known.get(product_id, "") for product_id in product_ids}
        missing = [product_id for product_id, code in codes.items() if not code]
        if missing:
            codes |= self._give_barcodes(missing)
        return codes

    def _give_barcodes(self, product_ids: list[str]) -> dict[str, str]:
        desk = self._desk
        desk.require(Action.QUICK_ADD)
        patterns = [ScalePattern.parse(each) for each in desk.settings.get("scale_patterns").split()]
        given: dict[str, str] = {}
        with desk.work.begin(desk.session.operator_id) as work:
            # Read again inside the transaction: another window may have just given them.
            taken = {code for (code,) in work.rows.all('SELECT "code" FROM "barcode"')}
            known = _printable_barcodes(work.rows)
            for product_id in product_ids:
                if product_id in known:
                    given[product_id] = known[product_id]
                    continue
                product = _known(work.rows, product_id)
                code = in_store_ean13(product_id, taken, patterns)
                taken.add(code)
                given[product_id] = code
                edit = edit_of(work.rows, "product", product_id, {"barcodes": [*product.barcodes, code]})
                if edit is not None:
                    work.record(CATALOGUE, edit)
        self._goods.forget()
        return given

    def _day_codes(self, rows: Rows) -> dict[str, str]:
        found = catalogue.codes(rows, self._rosters(rows))
        return {product_id: code for code, product_id in found.items()}

    def _rosters(self, rows: Rows) -> list[str]:
        try:
            return catalogue.day_rosters(rows, self._desk.day(rows).day_id)
        except DomainError:
            latest = catalogue.latest_roster(rows)
            return [latest] if latest else []


def _known(rows: Rows, product_id: str) -> Product:
    product = catalogue.product(rows, product_id)
    if product is None or not product.active:
        raise DomainError("product.unknown", product=product_id)
    return product


def _printable_barcodes(rows: Rows) -> dict[str, str]:
    """The first right EAN-13 of each product, the maker's before the house's own."""
    found: dict[str, str] = {}
    for code, product_id in rows.each('SELECT "code", "product_id" FROM "barcode" ORDER BY "code"'):
        if len(code) == 13 and is_valid_gtin(code):
            before = found.get(product_id)
            if before is None or before.startswith("2"):
                found[product_id] = code
    return found
