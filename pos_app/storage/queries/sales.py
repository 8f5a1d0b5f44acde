"""Questions about sales: one with what is left of it, recent ones, what still needs a number."""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from pos_app.facts.sales import Refund, Sale
from pos_app.facts.shifts import ShiftClose
from sync.events import parse_stored
from sync.rows import Rows

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredSale:
    """A sale as it was recorded, and what happened to it since."""

    id: str
    sale: Sale
    voided: bool
    refunded: dict[int, tuple[int, int]]  # line -> (milli, won) given back


def _body(rows: Rows, table: str, key_column: str, value: str, fact: type[T]) -> T | None:
    row = rows.one(
        f'SELECT e."key", e."bytes" FROM "{table}" t JOIN "event" e ON e."key" = t."key" '
        f'WHERE t."{key_column}" = ?',
        value,
    )
    return msgspec.convert(parse_stored(*row).envelope.body, fact) if row else None


def sale(rows: Rows, sale_id: str) -> StoredSale | None:
    """One sale, or None."""
    body = _body(rows, "sale", "id", sale_id, Sale)
    if body is None:
        return None
    voided = rows.one('SELECT 1 FROM "void_sale" WHERE "sale_id" = ?', sale_id) is not None
    given_back = {
        line: (milli, won)
        for line, milli, won in rows.all(
            'SELECT "line", sum("quantity_milli"), sum("refund_won") FROM "refund_line" WHERE "sale_id" = ? '
            'GROUP BY "line"',
            sale_id,
        )
    }
    return StoredSale(sale_id, body, voided, given_back)


def refund(rows: Rows, refund_id: str) -> Refund | None:
    """One refund as recorded, or None."""
    return _body(rows, "refund", "id", refund_id, Refund)


def shift_close(rows: Rows, shift_id: str) -> ShiftClose | None:
    """The Z of a shift as recorded, or None while it is open."""
    return _body(rows, "shift_close", "shift_id", shift_id, ShiftClose)


def is_voided_by(rows: Rows, sale_id: str) -> str | None:
    """The given id of the void of a sale (may be empty), or None when it stands."""
    row = rows.one('SELECT "given_id" FROM "void_sale" WHERE "sale_id" = ?', sale_id)
    return row[0] if row else None


def _literal(text: str) -> str:
    """Typed text for LIKE: its wildcards are letters like any other."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def find(rows: Rows, text: str) -> str | None:
    """A sale's id by its id, printed number, or the end of either when only one fits."""
    text = text[:64]
    row = rows.one(
        'SELECT "id" FROM "sale" WHERE "id" = ? OR "receipt_no" = ? ORDER BY "at" DESC', text, text
    )
    if row is None and len(text) >= 4:
        found = rows.all(
            'SELECT "id" FROM "sale" WHERE "receipt_no" LIKE ? ESCAPE ? LIMIT 2', f"%{_literal(text)}", "!"
        )
        return found[0][0] if len(found) == 1 else None
    return row[0] if row else None


def numbered(rows: Rows, receipt_no: str) -> str:
    """The latest sale with exactly this printed number, empty when there is none."""
    row = rows.one(
        'SELECT "id" FROM "sale" WHERE "receipt_no" = ? ORDER BY "at" DESC LIMIT 1', receipt_no[:64].upper()
    )
    return row[0] if row else ""


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One line of the list of receipts."""

    id: str
    receipt_no: str
    at: str
    first_item: str
    lines: int
    tender: str
    total_won: int
    voided: bool
    refunded_won: int
    business_date: str = ""


_SALE_ROW = (
    'SELECT s."id", s."receipt_no", s."at", '
    '(SELECT "name" FROM "sale_line" WHERE "sale_id" = s."id" ORDER BY "no" LIMIT 1), '
    '(SELECT count(*) FROM "sale_line" WHERE "sale_id" = s."id"), '
    '(SELECT group_concat("type", \'+\') FROM (SELECT "type" FROM "sale_tender" '
    'WHERE "sale_id" = s."id" GROUP BY "type" ORDER BY min("no")) paid), '
    's."total_won", EXISTS (SELECT 1 FROM "void_sale" WHERE "sale_id" = s."id"), '
    '(SELECT coalesce(sum("refund_won"), 0) FROM "refund" WHERE "sale_id" = s."id"), s."business_date" '
    'FROM "sale" s WHERE '
)
_LATEST = ' ORDER BY s."at" DESC, s."receipt_no" DESC LIMIT ?'


def _sale_rows(rows: Rows, where: str, *values: object) -> list[SaleRow]:
    """The latest sales for which the condition holds; the last value is the limit."""
    return [
        SaleRow(
            row[0], row[1], row[2], row[3] or "", row[4], row[5] or "", row[6], bool(row[7]), row[8], row[9]
        )
        for row in rows.all(_SALE_ROW + where + _LATEST, *values)
    ]


def recent(rows: Rows, day_id: str, limit: int, text: str = "", tender: str = "") -> list[SaleRow]:
    """The latest sales of a day whose number, hour, amount or items hold `text`, or paid with `tender`."""
    wanted = f"%{_literal(text)}%"
    return _sale_rows(
        rows,
        "s.\"day_id\" = ? AND (? = '' OR s.\"receipt_no\" LIKE ? ESCAPE '!' "
        'OR CAST(s."total_won" AS TEXT) = ? OR substr(s."at", 12, ?) = ? '
        'OR (? <> \'\' AND EXISTS (SELECT 1 FROM "sale_tender" WHERE "sale_id" = s."id" AND "type" = ?)) '
        'OR EXISTS (SELECT 1 FROM "sale_line" WHERE "sale_id" = s."id" AND "name" LIKE ? ESCAPE \'!\'))',
        day_id,
        text,
        wanted,
        text.replace(",", "").removesuffix("원"),
        len(text),
        text,
        tender,
        tender,
        wanted,
        limit,
    )


def of_any_day(rows: Rows, receipt_no: str, limit: int) -> list[SaleRow]:
    """Sales with exactly this printed number, whatever their day."""
    return _sale_rows(rows, 's."receipt_no" = ?', receipt_no[:64].upper(), limit)


def sold_on(rows: Rows, business_date: str, limit: int) -> list[SaleRow]:
    """The latest sales of a date."""
    days = 'SELECT "day_id" FROM "market_day" WHERE "business_date" = ?'
    return _sale_rows(rows, f's."day_id" IN ({days})', business_date, limit)


def till_totals(rows: Rows, day_id: str, register: str) -> tuple[int, int, int]:
    """(sales that stand, their won, won given back) of one till on one day."""
    sold = rows.one(
        'SELECT count(*), coalesce(sum(s."total_won"), 0) FROM "sale" s WHERE s."day_id" = ? AND s."register" = ? '
        'AND NOT EXISTS (SELECT 1 FROM "void_sale" WHERE "sale_id" = s."id")',
        day_id,
        register,
    )
    back = rows.one(
        'SELECT coalesce(sum("refund_won"), 0) FROM "refund" WHERE "day_id" = ? AND "register" = ?',
        day_id,
        register,
    )
    return (sold[0], sold[1], back[0]) if sold and back else (0, 0, 0)


def operator_totals(rows: Rows, day_id: str, register: str, operator_name: str) -> tuple[int, int]:
    """(sales that stand, their won) that somebody made at one till on one day."""
    sold = rows.one(
        'SELECT count(*), coalesce(sum(s."total_won"), 0) FROM "sale" s WHERE s."day_id" = ? AND s."register" = ? '
        'AND s."operator_name" = ? AND NOT EXISTS (SELECT 1 FROM "void_sale" WHERE "sale_id" = s."id")',
        day_id,
        register,
        operator_name,
    )
    return (sold[0], sold[1]) if sold else (0, 0)


def last_sale(rows: Rows, shift_id: str) -> str | None:
    """The latest sale of a shift that stands."""
    row = rows.one(
        'SELECT s."id" FROM "sale" s LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
        'WHERE s."shift_id" = ? AND v."sale_id" IS NULL ORDER BY s."number" DESC LIMIT 1',
        shift_id,
    )
    return row[0] if row else None


def cards_without_number(rows: Rows, shift_id: str) -> list[tuple[str, int]]:
    """(receipt number, won) of card amounts that still lack their approval number."""
    return [
        (row[0], row[1])
        for row in rows.all(
            'SELECT s."receipt_no", t."amount_won" FROM "sale_tender" t INDEXED BY "card_without_number" '
            'CROSS JOIN "sale" s ON s."id" = t."sale_id" LEFT JOIN "void_sale" v ON v."sale_id" = s."id" '
            'WHERE t."type" = \'card\' AND t."approval_no" = \'\' AND s."shift_id" = ? AND v."sale_id" IS NULL '
            'AND NOT EXISTS (SELECT 1 FROM "card_number" n WHERE n."sale_id" = t."sale_id" AND n."no" = t."no") '
            'ORDER BY s."number"',
            shift_id,
        )
    ]


def receipt_range(rows: Rows, shift_id: str) -> tuple[str, str]:
    """The first and last receipt number of a shift, empty when nothing was sold or given back."""
    ends = []
    for order in ("ASC", "DESC"):
        found = [
            row
            for table in ("sale", "refund")
            for row in rows.all(
                f'SELECT "number", "receipt_no" FROM "{table}" WHERE "shift_id" = ? '
                f'ORDER BY "number" {order} LIMIT 1',
                shift_id,
            )
        ]
        ends.append(sorted(found, reverse=order == "DESC"))
    return (ends[0][0][1], ends[1][0][1]) if ends[0] else ("", "")


def reprints(rows: Rows, subject_id: str) -> int:
    """How many times a paper was printed again by hand."""
    row = rows.one('SELECT count(*) FROM "reprint" WHERE "subject_id" = ?', subject_id)
    return row[0] if row else 0


def highest_number(rows: Rows, log: bytes) -> int:
    """The last receipt number that the events of a log bear, 0 when there is none."""
    found = rows.each('SELECT "key", "bytes" FROM "event" WHERE "log" = ? ORDER BY "seq" DESC', log)
    for key, data in found:
        number = parse_stored(key, data).envelope.body.get("receipt_no", "")
        tail = str(number).rsplit("-", 1)[-1]
        if tail.isdecimal():
            return int(tail)
    return 0
