"""Orders from before the day (공동구매), and who picked them up."""

from dataclasses import dataclass

import msgspec

from pos_app.facts.market import Order
from sync.rows import Rows

_order = msgspec.json.Decoder(Order)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One hand-over; `voided` when the sale it became was taken back whole."""

    key: bytes
    order_id: str
    register: str
    at: str
    sale_id: str
    voided: bool


def of_day(rows: Rows, day_id: str) -> list[Order]:
    """The orders of a day as they stand."""
    found = rows.all('SELECT "body" FROM "preorder" WHERE "day_id" = ? ORDER BY "id"', day_id)
    return [_order.decode(body) for (body,) in found]


def by_id(rows: Rows, order_id: str) -> Order | None:
    """One order, or None."""
    row = rows.one('SELECT "body" FROM "preorder" WHERE "id" = ?', order_id)
    return _order.decode(row[0]) if row else None


def by_token(rows: Rows, token: str) -> Order | None:
    """The order whose label bears a token, of whichever day."""
    row = rows.one('SELECT "body" FROM "preorder" WHERE "token" = ? ORDER BY "id" LIMIT 1', token)
    return _order.decode(row[0]) if row else None


def count(rows: Rows, day_id: str) -> int:
    """How many orders a day has."""
    row = rows.one('SELECT count(*) FROM "preorder" WHERE "day_id" = ?', day_id)
    return row[0] if row else 0


def subject_keys(rows: Rows, day_id: str) -> dict[str, bytes]:
    """The keys that open the names of a day's orders, by order id; an erased one is missing."""
    found = rows.all(
        'SELECT k."subject", k."key" FROM "subject_key" k JOIN "preorder" p ON p."id" = k."subject" '
        'WHERE p."day_id" = ?',
        day_id,
    )
    return {subject: bytes(key) for subject, key in found}


_HANDED = (
    'SELECT u."key", u."order_id", u."register", u."at", u."sale_id", v."sale_id" IS NOT NULL FROM "pick_up" u '
    'LEFT JOIN "void_sale" v ON v."sale_id" = u."sale_id"'
)


def handed_out(rows: Rows, day_id: str) -> list[HandedOut]:
    """Every hand-over of a day, the first ones first."""
    found = rows.all(f'{_HANDED} WHERE u."day_id" = ? ORDER BY u."at", u."key"', day_id)
    return [HandedOut(bytes(row[0]), row[1], row[2], row[3], row[4], bool(row[5])) for row in found]


def handed_out_of(rows: Rows, order_id: str) -> list[HandedOut]:
    """Every hand-over of one order, the first ones first."""
    found = rows.all(f'{_HANDED} WHERE u."order_id" = ? ORDER BY u."at", u."key"', order_id)
    return [HandedOut(bytes(row[0]), row[1], row[2], row[3], row[4], bool(row[5])) for row in found]
