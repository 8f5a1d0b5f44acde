"""Questions about 현금영수증: which wish holds for a sale."""

from collections.abc import Sequence

import msgspec

from pos_app.facts.sales import CashReceiptRequest, Sale
from pos_app.storage.queries import card_numbers
from sync.rows import Rows

_AT_ONCE = 500


def latest(rows: Rows, sale_id: str) -> CashReceiptRequest | None:
    """What was asked for last, or None: never asked, or taken back."""
    row = rows.one(
        'SELECT "purpose", "identity_masked" FROM "cash_receipt" WHERE "sale_id" = ? '
        'ORDER BY "hlc" DESC, "key" DESC LIMIT 1',
        sale_id,
    )
    return CashReceiptRequest(row[0], row[1]) if row is not None and row[0] else None


def as_known(rows: Rows, sale_id: str, sale: Sale) -> Sale:
    """The sale with the wish and the card numbers told since, for a later paper; the stored one stays as it was."""
    numbers = card_numbers.told_later(rows, sale_id)
    if numbers:
        tenders = tuple(
            msgspec.structs.replace(each, approval_no=each.approval_no or numbers.get(each.no, ""))
            for each in sale.tenders
        )
        sale = msgspec.structs.replace(sale, tenders=tenders)
    wanted = latest(rows, sale_id)
    return sale if wanted == sale.cash_receipt else msgspec.structs.replace(sale, cash_receipt=wanted)


def asked_for(rows: Rows, sale_ids: Sequence[str]) -> set[str]:
    """Which of these sales have one."""
    purposes: dict[str, str] = {}
    for first in range(0, len(sale_ids), _AT_ONCE):
        some = sale_ids[first : first + _AT_ONCE]
        marks = ", ".join("?" for _ in some)
        found = rows.all(
            f'SELECT "sale_id", "purpose" FROM "cash_receipt" WHERE "sale_id" IN ({marks}) ORDER BY "hlc", "key"',
            *some,
        )
        purposes.update(found)
    return {sale_id for sale_id, purpose in purposes.items() if purpose}
