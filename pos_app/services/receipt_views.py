"""What the list of receipts and a sale looked at again say."""

from dataclasses import dataclass

from pos_app.domain.catalogue import SoldBy
from pos_app.facts.sales import CashReceiptRequest
from pos_app.storage.queries.sales import SaleRow


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One sale in the list of receipts."""

    sale_id: str
    receipt_no: str
    at: str
    first_item: str
    others: int
    tender: str
    total_won: int
    voided: bool
    refunded_won: int
    cash_receipt: bool = False
    sold_on: str = ""  # the date of another day; empty for today's


@dataclass(frozen=True, slots=True)
class SoldLineView:
    """A sold line and what is left of it."""

    no: int
    name: str
    unit: str
    sold_by: SoldBy
    quantity_milli: int
    left_milli: int
    net_won: int
    left_won: int


@dataclass(frozen=True, slots=True)
class SoldView:
    """A sale looked at again."""

    sale_id: str
    receipt_no: str
    at: str
    total_won: int
    lines: tuple[SoldLineView, ...]
    tenders: tuple[tuple[str, int], ...]
    voided: bool
    same_shift: bool
    cash_receipt: CashReceiptRequest | None = None
    sold_on: str = ""  # as in ReceiptRow


@dataclass(frozen=True, slots=True)
class VoidDone:
    """A sale taken back whole."""

    receipt_no: str
    total_won: int


@dataclass(frozen=True, slots=True)
class TillTotals:
    """One till's day so far: sales that stand, their won, and what was given back."""

    count: int
    sold_won: int
    refunded_won: int


def receipt_row(row: SaleRow, today: str, cash_receipt: bool) -> ReceiptRow:
    """A stored sale as the list shows it."""
    return ReceiptRow(
        row.id,
        row.receipt_no,
        row.at,
        row.first_item,
        max(0, row.lines - 1),
        row.tender,
        row.total_won,
        row.voided,
        row.refunded_won,
        cash_receipt,
        "" if row.business_date == today else row.business_date,
    )
