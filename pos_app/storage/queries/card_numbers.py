"""Card tenders recorded without their approval number, and the numbers told later."""

from dataclasses import dataclass

from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card tender that was recorded without a number; `told` is the one filled in since."""

    sale_id: str
    no: int
    receipt_no: str
    at: str
    won: int
    told: str


def told_later(rows: Rows, sale_id: str) -> dict[int, str]:
    """Approval numbers by tender, as filled in last."""
    found = rows.all(
        'SELECT "no", "approval_no" FROM "card_number" WHERE "sale_id" = ? ORDER BY "hlc", "key"', sale_id
    )
    return {row[0]: row[1] for row in found}


def of_shift(rows: Rows, shift_id: str) -> list[OpenCard]:
    """Card tenders of a shift recorded without a number, those filled in since behind the others."""
    found = rows.all(
        'SELECT s."id", t."no", s."receipt_no", s."at", t."amount_won" FROM "sale_tender" t '
        'INDEXED BY "card_without_number" CROSS JOIN "sale" s ON s."id" = t."sale_id" '
        'WHERE t."type" = \'card\' AND t."approval_no" = \'\' AND s."shift_id" = ? '
        'AND NOT EXISTS (SELECT 1 FROM "void_sale" v WHERE v."sale_id" = s."id") ORDER BY s."number", t."no"',
        shift_id,
    )
    cards = [OpenCard(row[0], row[1], row[2], row[3], row[4], told_later(rows, row[0]).get(row[1], "")) for row in found]
    return sorted(cards, key=lambda card: card.told != "")
