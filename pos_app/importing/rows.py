"""What a market's workbook says, row by row, before anything is stored."""

from dataclasses import dataclass

from pos_app.domain.catalogue import Certificate, SaleMode, SellerTaxKind, SoldBy, TaxClass


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that can't be used as it is: `cell` like "판매품목!F12", `reason` one plain sentence."""

    cell: str
    reason: str


@dataclass(frozen=True, slots=True)
class VendorRow:
    """One vendor. `business_no` is ten digits or empty, `tax_kind` None where the file doesn't say."""

    cell: str
    code: str
    name: str
    enterprise_kind: str = ""
    vendor_class: str = ""
    tax_kind: SellerTaxKind | None = None
    business_no: str = ""
    representative: str = ""
    phone: str = ""
    bank: str = ""
    account: str = ""
    cooperative: str = ""
    sale_mode: SaleMode = SaleMode.CONSIGNMENT
    certificates: tuple[Certificate, ...] = ()
    booth: int = 0
    category: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product of one vendor; price in won for one `unit`, `brought_milli` in thousandths of it.

    `vendor_name` is spelt as in the vendor list; `vendor_code` tells apart vendors of the same name.
    """

    cell: str
    code: str
    vendor_name: str
    name: str
    unit: str
    unit_price_won: int
    tax_class: TaxClass
    sold_by: SoldBy = SoldBy.EACH
    barcodes: tuple[str, ...] = ()
    brought_milli: int | None = None
    note: str = ""
    category: str = ""
    vendor_code: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """All good rows of a file. `bad` rows were left out; `warnings` concern rows that were kept.

    `fatal` is a sentence when no table of vendors or products was found at all (then it stands in
    `bad` too). `date_hint` is an ISO date or empty.
    """

    vendors: tuple[VendorRow, ...]
    products: tuple[ProductRow, ...]
    bad: tuple[BadCell, ...] = ()
    title: str = ""
    market_hint: str = ""
    date_hint: str = ""
    warnings: tuple[BadCell, ...] = ()
    fatal: str = ""
