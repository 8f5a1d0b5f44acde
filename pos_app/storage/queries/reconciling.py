"""What slips are held against: the till's figures by shift and tender, and what was said of the slips."""

from dataclasses import dataclass

import msgspec

from pos_app.facts.market import Reconciled
from pos_app.facts.sales import Tender
from sync.rows import Rows

_told = msgspec.json.Decoder(Reconciled)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one shift took by one kind of slip: how many, and won."""

    register: str
    shift_id: str
    kind: str
    count: int
    won: int


@dataclass(frozen=True, slots=True)
class SlipItem:
    """One slip: a card that lacks its number, a cancel with its approval, a transfer to tick."""

    sale_id: str
    no: int
    receipt_no: str
    at: str
    won: int
    approval_no: str = ""
    payer: str = ""


class _Tenders(msgspec.Struct):
    sale_id: str
    receipt_no: str
    at: str
    tenders: tuple[Tender, ...] = ()


class _Void(msgspec.Struct):
    cancel_approvals: tuple[tuple[int, str], ...] = ()


class _Refunded(msgspec.Struct):
    body: _Tenders


class _Voided(msgspec.Struct):
    body: _Void


_refunded = msgspec.json.Decoder(_Refunded)
_voided = msgspec.json.Decoder(_Voided)


def told(rows: Rows, day_id: str) -> list[Reconciled]:
    """What was said of each shift's slips, the latest saying of each kind."""
    found = rows.all('SELECT "body" FROM "reconciled" WHERE "day_id" = ? ORDER BY "id"', day_id)
    return [_told.decode(row[0]) for row in found]


def taken(rows: Rows, day_id: str) -> list[Taken]:
    """Slips that there must be, by shift and kind (card, card_refund, transfer, voucher); none left out are 0."""
    sums: dict[tuple[str, str, str], list[int]] = {}

    def add(register: str, shift: str, kind: str, count: int, won: int) -> None:
        if count or won:
            had = sums.setdefault((register, shift, kind), [0, 0])
            had[0] += count
            had[1] += won

    for register, shift, kind, count, received, refunded, drawer in rows.all(
        'SELECT s."register", t."shift_id", t."type", sum(t."count"), sum(t."received_won"), '
        'sum(t."refunded_won"), sum(t."drawer_won") FROM "tender_total" t JOIN "shift" s ON s."id" = t."shift_id" '
        "WHERE t.\"day_id\" = ? AND t.\"type\" IN ('card', 'transfer', 'voucher') GROUP BY 1, 2, 3",
        day_id,
    ):
        if kind == "voucher":  # change was given in cash: the whole face lies in the drawer
            add(register, shift, kind, count, received - drawer - refunded)
        else:
            add(register, shift, kind, count, received)
        if kind == "card" and refunded:
            add(register, shift, "card_refund", 0, refunded)
    for register, shift, count, won in _voided_cards(rows, day_id):
        add(register, shift, "card", count, won)
        add(register, shift, "card_refund", count, won)
    for (_, shift, kind), figures in sums.items():
        if kind == "card_refund":
            figures[0] = len(cancels(rows, shift))
    return [Taken(*key, *figures) for key, figures in sorted(sums.items())]


def _voided_cards(rows: Rows, day_id: str) -> list[tuple[str, str, int, int]]:
    """Cards of sales taken back whole: approved once and cancelled once."""
    found = rows.all(
        'SELECT s."register", s."shift_id", count(*), sum(t."amount_won") FROM "void_sale" v '
        'CROSS JOIN "sale" s ON s."id" = v."sale_id" CROSS JOIN "sale_tender" t ON t."sale_id" = s."id" '
        'WHERE s."day_id" = ? AND t."type" = \'card\' GROUP BY 1, 2',
        day_id,
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


def transfers(rows: Rows, shift_id: str) -> list[SlipItem]:
    """Transfers of a shift that stand, to be ticked as received."""
    return [
        SlipItem(*row)
        for row in rows.all(
            'SELECT s."id", t."no", s."receipt_no", s."at", t."amount_won", \'\', s."customer" FROM "sale" s '
            'JOIN "sale_tender" t ON t."sale_id" = s."id" WHERE s."shift_id" = ? AND t."type" = \'transfer\' '
            'AND NOT EXISTS (SELECT 1 FROM "void_sale" v WHERE v."sale_id" = s."id") ORDER BY s."number", t."no"',
            shift_id,
        )
    ]


def cancels(rows: Rows, shift_id: str) -> list[SlipItem]:
    """Card money given back in a shift, with the approval of each cancel ("" where it is missing)."""
    found = []
    for key, data in rows.all(
        'SELECT e."key", e."bytes" FROM "refund" r JOIN "event" e ON e."key" = r."key" WHERE r."shift_id" = ? '
        'ORDER BY r."number"',
        shift_id,
    ):
        del key
        body = _refunded.decode(data).body
        found += [
            SlipItem(body.sale_id, paid.no, body.receipt_no, body.at, paid.amount_won, paid.approval_no)
            for paid in body.tenders
            if paid.type == "card"
        ]
    for sale_id, number, receipt_no, at, won, data in rows.all(
        'SELECT s."id", t."no", s."receipt_no", v."at", t."amount_won", e."bytes" FROM "sale" s '
        'JOIN "void_sale" v ON v."sale_id" = s."id" JOIN "sale_tender" t ON t."sale_id" = s."id" '
        'JOIN "event" e ON e."key" = v."key" WHERE s."shift_id" = ? AND t."type" = \'card\' '
        'ORDER BY s."number", t."no"',
        shift_id,
    ):
        approvals = dict(_voided.decode(data).body.cancel_approvals)
        found.append(SlipItem(sale_id, number, receipt_no, at, won, approvals.get(number, "")))
    return found
