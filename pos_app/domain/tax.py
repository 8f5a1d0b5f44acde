"""Value added tax inside the price, reckoned once per receipt and seller."""

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.catalogue import SellerTaxKind, TaxClass
from pos_app.domain.money import round_half_up


@dataclass(frozen=True, slots=True)
class TaxFigures:
    """Won of one seller on one receipt; the four figures sum to the net."""

    taxable_supply_won: int = 0
    vat_won: int = 0
    exempt_won: int = 0
    unsplit_won: int = 0

    @property
    def net_won(self) -> int:
        """Return what the four figures make together."""
        return self.taxable_supply_won + self.vat_won + self.exempt_won + self.unsplit_won

    def __add__(self, other: "TaxFigures") -> "TaxFigures":
        return TaxFigures(
            self.taxable_supply_won + other.taxable_supply_won,
            self.vat_won + other.vat_won,
            self.exempt_won + other.exempt_won,
            self.unsplit_won + other.unsplit_won,
        )

    def __sub__(self, other: "TaxFigures") -> "TaxFigures":
        return TaxFigures(
            self.taxable_supply_won - other.taxable_supply_won,
            self.vat_won - other.vat_won,
            self.exempt_won - other.exempt_won,
            self.unsplit_won - other.unsplit_won,
        )


NO_TAX = TaxFigures()


def split(taxable_won: int) -> tuple[int, int]:
    """Return (supply, VAT) of a sum with 10 % inside: 12,000 -> (10,909, 1,091)."""
    supply = round_half_up(taxable_won * 10, 11)
    return supply, taxable_won - supply


def tax_of_seller(tax_kind: SellerTaxKind, lines: Iterable[tuple[TaxClass, int]]) -> TaxFigures:
    """Return the figures of one seller's lines (class, net won) on one receipt.

    Only taxable goods of general sellers are split; those of the others stay whole.
    """
    taxable = exempt = 0
    for tax_class, net_won in lines:
        if tax_class == TaxClass.TAXABLE:
            taxable += net_won
        else:
            exempt += net_won
    if tax_kind != SellerTaxKind.GENERAL:
        return TaxFigures(0, 0, exempt, taxable)
    supply, vat = split(taxable)
    return TaxFigures(supply, vat, exempt, 0)
