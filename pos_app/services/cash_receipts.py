"""현금영수증 after the sale: the wish is recorded with a masked identity, the terminal issues it."""

from pos_app.domain.errors import DomainError
from pos_app.domain.masking import mask_identity
from pos_app.domain.operators import Action
from pos_app.domain.tender import TenderType
from pos_app.facts.sales import CashReceipt, CashReceiptRequest
from pos_app.services.desk import Desk
from pos_app.storage.queries import cash_receipts, sales
from pos_app.storage.queries.sales import StoredSale
from pos_app.storage.unit_of_work import register_scope
from sync.rows import Rows

PURPOSES = ("income", "expense")
_DIGITS = (10, 19)
_COUNTS = (TenderType.CASH.value, TenderType.TRANSFER.value, TenderType.VOUCHER.value)


class CashReceipts:
    """Wishes for 현금영수증 at one till."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, sale_id: str) -> CashReceiptRequest | None:
        """What was asked for last, or None."""
        with self._desk.work.read() as rows:
            return cash_receipts.latest(rows, sale_id)

    def possible(self, sale_id: str) -> bool:
        """Whether one may be asked for: something was paid in cash or like it, and the sale stands."""
        with self._desk.work.read() as rows:
            stored = sales.sale(rows, sale_id)
        return stored is not None and not stored.voided and _counts(stored)

    def ask(self, sale_id: str, purpose: str, identity: str) -> CashReceiptRequest:
        """Record it, in place of an earlier one; the same again is nothing new.

        Raises right.missing, sale.unknown, cash_receipt.purpose, .identity, .voided, .no_cash.
        """
        if purpose not in PURPOSES:
            raise DomainError("cash_receipt.purpose")
        signs = sum(char in "0123456789*" for char in identity)
        if not _DIGITS[0] <= signs <= _DIGITS[1]:
            raise DomainError("cash_receipt.identity")
        wanted = CashReceiptRequest(purpose, mask_identity(identity))
        self._record(sale_id, wanted)
        return wanted

    def take_back(self, sale_id: str) -> None:
        """It is not wanted any more."""
        self._record(sale_id, None)

    def _record(self, sale_id: str, wanted: CashReceiptRequest | None) -> None:
        desk = self._desk
        desk.require(Action.SELL)
        with desk.work.begin(desk.session.operator_id) as work:
            stored = _checked(work.rows, sale_id)
            if cash_receipts.latest(work.rows, stored.id) == wanted:
                return
            said = (wanted.purpose, wanted.identity_masked) if wanted is not None else ("", "")
            fact = CashReceipt(stored.id, *said, desk.clock.stamp(), desk.session.name)
            work.record(register_scope(desk.day(work.rows).day_id, desk.register), fact)


def _checked(rows: Rows, sale_id: str) -> StoredSale:
    stored = sales.sale(rows, sale_id)
    if stored is None:
        raise DomainError("sale.unknown", sale=sale_id)
    if stored.voided:
        raise DomainError("cash_receipt.voided")
    if not _counts(stored):
        raise DomainError("cash_receipt.no_cash")
    return stored


def _counts(stored: StoredSale) -> bool:
    """Whether any of it was paid so that a cash receipt may be issued."""
    return any(tender.type in _COUNTS and tender.amount_won for tender in stored.sale.tenders)
