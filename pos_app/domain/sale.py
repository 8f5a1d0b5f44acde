"""A completed sale: its sellers' figures, and what may still happen to it."""

from collections.abc import Iterable, Sequence

from pos_app.domain.catalogue import Seller, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.tax import TaxFigures, tax_of_seller


def index_sellers(sellers: Iterable[Seller]) -> tuple[tuple[Seller, ...], tuple[int, ...]]:
    """Return the different sellers in order of appearance, and each line's index among them."""
    order: dict[Seller, int] = {}
    indexes = tuple(order.setdefault(seller, len(order)) for seller in sellers)
    return tuple(order), indexes


def seller_figures(
    lines: Sequence[tuple[Seller, TaxClass, int]],
) -> tuple[tuple[Seller, int, TaxFigures], ...]:
    """Return (seller, net won, tax figures) once per seller, in order of the first line of each.

    `lines` are (seller, class, net won). The sum of the nets is the sum of the lines' nets.
    """
    by_seller: dict[Seller, list[tuple[TaxClass, int]]] = {}
    for seller, tax_class, net_won in lines:
        by_seller.setdefault(seller, []).append((tax_class, net_won))
    figures = []
    for seller, own in by_seller.items():
        tax = tax_of_seller(seller.tax_kind, own)
        figures.append((seller, tax.net_won, tax))
    return tuple(figures)


def check_void(*, voided: bool, refunded: bool, same_shift: bool) -> None:
    """Refuse to void a sale twice, after a refund, or in another shift than its own.

    Raises void.already, void.refunded_before or void.other_shift.
    """
    if voided:
        raise DomainError("void.already")
    if refunded:
        raise DomainError("void.refunded_before")
    if not same_shift:
        raise DomainError("void.other_shift")
