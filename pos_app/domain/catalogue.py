"""Vendors and products: who sells, what is sold, and under which tax."""

from dataclasses import dataclass
from enum import StrEnum


class SellerTaxKind(StrEnum):
    """How a seller stands towards value added tax (facts of the Korean trade)."""

    GENERAL = "general"  # 일반과세자: supply and VAT are split
    SIMPLIFIED = "simplified"  # 간이과세자: nothing is split
    EXEMPT = "exempt"  # 면세사업자
    UNREGISTERED = "unregistered"  # 사업자등록 없는 농업인: no business number


class TaxClass(StrEnum):
    """Whether a product bears VAT (always inside the price)."""

    TAXABLE = "taxable"
    EXEMPT = "exempt"


class SaleMode(StrEnum):
    """Who the supplier on the receipt is: the vendor, or the cooperative itself."""

    CONSIGNMENT = "consignment"  # 위탁판매: the vendor's name and number stand on the receipt
    DIRECT = "direct"  # 직접판매: the cooperative's


class SoldBy(StrEnum):
    """Counted in pieces or weighed."""

    EACH = "each"
    WEIGHT = "weight"


class OversellPolicy(StrEnum):
    """What happens when more is sold than is known to be there."""

    WARN = "warn"
    BLOCK = "block"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Certificate:
    """An enterprise certificate that agencies count; dates are inclusive, None means open."""

    kind: str
    number: str = ""
    issuer: str = ""
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Vendor:
    """A seller at the market. `id` is UUID text; `business_no` ten digits or empty."""

    id: str
    name: str
    tax_kind: SellerTaxKind
    vendor_class: str = ""  # 농가 / 가공 / 기업
    business_no: str = ""
    representative: str = ""
    cooperative: str = ""
    sale_mode: SaleMode = SaleMode.CONSIGNMENT
    certificates: tuple[Certificate, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class Product:
    """Something sold. Price is won for one `unit`, VAT inside."""

    id: str
    vendor_id: str
    name: str
    unit: str
    unit_price_won: int
    tax_class: TaxClass
    sold_by: SoldBy = SoldBy.EACH
    barcodes: tuple[str, ...] = ()
    category: str = ""
    oversell: OversellPolicy = OversellPolicy.WARN
    active: bool = True


@dataclass(frozen=True, slots=True)
class Seller:
    """The supplier that a receipt names for a line, frozen into the sale."""

    id: str
    name: str
    business_no: str
    tax_kind: SellerTaxKind
