"""Refunds of parts of a sale, and the tax they take back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.catalogue import SellerTaxKind, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.money import round_half_up, whole
from pos_app.domain.tax import NO_TAX, TaxFigures, tax_of_seller


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line as it was sold, and what was refunded of it until now; `seller` is an index."""

    no: int
    quantity_milli: int
    net_won: int
    refunded_milli: int
    refunded_won: int
    seller: int
    tax_kind: SellerTaxKind
    tax_class: TaxClass

    @property
    def left_milli(self) -> int:
        """Return what may still be refunded; never below 0, even after two offline refunds."""
        return max(0, self.quantity_milli - self.refunded_milli)


@dataclass(frozen=True, slots=True)
class RefundPart:
    """What is given back for one line."""

    no: int
    quantity_milli: int
    refund_won: int


@dataclass(frozen=True, slots=True)
class RefundFigures:
    """A whole refund: parts by line, tax by seller's index (both positive), and the sum."""

    parts: tuple[RefundPart, ...]
    sellers: tuple[tuple[int, TaxFigures], ...]
    refund_won: int


def refund_line_won(sold: SoldLine, quantity_milli: int) -> int:
    """Return the won for `quantity_milli` given back: net before less the share of what stays sold.

    Raises DomainError quantity.not_whole, refund.not_positive, refund.too_many(left_milli).
    """
    whole(quantity_milli, "quantity.not_whole")
    if quantity_milli < 1:
        raise DomainError("refund.not_positive")
    left_milli = sold.left_milli
    if quantity_milli > left_milli:
        raise DomainError("refund.too_many", line=sold.no, left_milli=left_milli)
    stays_won = round_half_up(sold.net_won * (left_milli - quantity_milli), sold.quantity_milli)
    # Two registers may have refunded one line offline, each reckoning from its own view.
    return max(0, sold.net_won - sold.refunded_won - stays_won)


def refund_tax(lines: Sequence[SoldLine], refunds: Iterable[tuple[int, int]]) -> dict[int, TaxFigures]:
    """Return, per seller index touched, the tax taken back by `refunds` (line number, won).

    It is the tax of what was sold before less that of what remains sold.
    """
    back: dict[int, int] = {}
    for no, won in refunds:
        back[no] = back.get(no, 0) + won
    touched = sorted({line.seller for line in lines if line.no in back})
    result: dict[int, TaxFigures] = {}
    for seller in touched:
        own = [line for line in lines if line.seller == seller]
        kind = own[0].tax_kind
        before = [(line.tax_class, max(0, line.net_won - line.refunded_won)) for line in own]
        after = [
            (tax_class, max(0, won - back.get(line.no, 0)))
            for line, (tax_class, won) in zip(own, before, strict=True)
        ]
        result[seller] = tax_of_seller(kind, before) - tax_of_seller(kind, after)
    return result


def reckon_refund(lines: Sequence[SoldLine], wanted: Sequence[tuple[int, int]]) -> RefundFigures:
    """Return the figures of giving back `wanted` (line number, milli); a line may be named twice.

    Raises refund.empty, refund.unknown_line and what refund_line_won raises.
    """
    if not wanted:
        raise DomainError("refund.empty")
    state = {line.no: line for line in lines}
    parts: dict[int, RefundPart] = {}
    for no, quantity_milli in wanted:
        sold = state.get(no)
        if sold is None:
            raise DomainError("refund.unknown_line", line=no)
        won = refund_line_won(sold, quantity_milli)
        state[no] = replace(
            sold,
            refunded_milli=sold.refunded_milli + quantity_milli,
            refunded_won=sold.refunded_won + won,
        )
        earlier = parts.get(no, RefundPart(no, 0, 0))
        parts[no] = RefundPart(no, earlier.quantity_milli + quantity_milli, earlier.refund_won + won)
    tax = refund_tax(lines, [(part.no, part.refund_won) for part in parts.values()])
    figures = tuple((seller, tax.get(seller, NO_TAX)) for seller in sorted(tax))
    return RefundFigures(tuple(parts.values()), figures, sum(part.refund_won for part in parts.values()))


def check_refundable(*, voided: bool, fully_refunded: bool) -> None:
    """Refuse a refund of what is no longer sold; raises refund.voided or refund.nothing_left."""
    if voided:
        raise DomainError("refund.voided")
    if fully_refunded:
        raise DomainError("refund.nothing_left")
