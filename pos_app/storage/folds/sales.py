"""Folds of sales, refunds, voids and reprints, with the totals kept beside them."""

import uuid
from typing import Any

import msgspec

from pos_app.facts.sales import CardNumber, CashReceipt, Refund, Reprint, Sale, VoidSale
from pos_app.storage import tables
from pos_app.storage.folds.stock import REVERSAL, move, take_back
from pos_app.storage.folds.totals import count_refund, count_sale, count_void, drop_empty_totals
from pos_app.storage.folds.vendors import count_vendors, voided_rows
from sync.events import Event, parse_stored
from sync.rows import Row, Rows

_SALE_TABLES = ("sale_line", "sale_tender")


def thing_id(event: Event, given: str) -> str:
    """A given id, else the first 16 bytes of the event's key as UUID text."""
    return given or str(uuid.UUID(bytes=event.key[:16]))


def number_of(receipt_no: str) -> int:
    """The counter at the end of a printed number, 0 when there is none."""
    tail = receipt_no.rsplit("-", 1)[-1]
    return int(tail) if tail.isdecimal() and len(tail) < 10 else 0


def fold_sale(rows: Rows, event: Event, sale: Sale) -> None:
    """A sale: its rows, its movements, and its figures in the kept totals unless it was voided."""
    sale_id = thing_id(event, sale.given_id)
    log = bytes.fromhex(event.envelope.log)
    if not _insert_sale(rows, sale_id, event.key, log, sale):
        if not _make_room(rows, event, sale_id):
            return
        _insert_sale(rows, sale_id, event.key, log, sale)
    _insert_parts(rows, sale_id, sale)
    insert_request(rows, event, sale_id, sale)
    out = [(line.no, line.product_id, line.vendor_id, -line.quantity_milli) for line in sale.lines]
    move(rows, event.key, sale.day_id, "sale", out)
    if rows.one('SELECT 1 FROM "void_sale" WHERE "sale_id" = ?', sale_id):
        count_void(rows, event.key, log, sale)
    else:
        count_sale(rows, log, sale, 1)


def _insert_sale(rows: Rows, sale_id: str, key: bytes, log: bytes, sale: Sale) -> bool:
    return rows.insert_new(tables.sale, head_row(sale_id, key, log, sale))


def head_row(sale_id: str, key: bytes, log: bytes, sale: Sale) -> Row:
    """A sale's row."""
    head = (sale_id, key, log, sale.day_id, sale.shift_id, sale.register, sale.business_date, sale.at)
    said = (sale.receipt_no, number_of(sale.receipt_no), sale.operator_name, sale.customer)
    sums = (sale.gross_won, sale.discount_won, sale.truncation_won, sale.total_won, sale.change_won)
    return (*head, *said, *sums)


def _insert_parts(rows: Rows, sale_id: str, sale: Sale) -> None:
    lines, tenders = part_rows(sale_id, sale)
    rows.insert(tables.sale_line, lines)
    rows.insert(tables.sale_tender, tenders)


def part_rows(sale_id: str, sale: Sale) -> tuple[list[Row], list[Row]]:
    """The rows of a sale's lines, and those of its tenders."""
    lines: list[Row] = []
    for line in sale.lines:
        what = (line.vendor_id, line.product_id, line.name, line.unit, line.unit_price_won)
        off = line.discount_won + line.cart_discount_won
        lines.append((sale_id, line.no, *what, line.quantity_milli, line.amount_won, off, line.net_won))
    return lines, [
        (sale_id, t.no, t.type, t.kind, t.held_by, t.amount_won, t.approval_no) for t in sale.tenders
    ]


def insert_request(rows: Rows, event: Event, sale_id: str, sale: Sale) -> None:
    """The cash receipt that was asked for with the sale itself."""
    wanted = sale.cash_receipt
    if wanted is not None:
        fact = CashReceipt(sale_id, wanted.purpose, wanted.identity_masked, sale.at, sale.operator_name)
        fold_cash_receipt(rows, event, fact)


def fold_void(rows: Rows, event: Event, void: VoidSale) -> None:
    """A void takes the sale's figures out of every total; before its sale it only waits for it."""
    row = (void.sale_id, event.key, void.at, void.reason, void.shift_id, void.given_id)
    if not rows.insert_new(tables.void_sale, row):
        rows.run(
            'UPDATE "void_sale" SET "key" = ?, "at" = ?, "reason" = ?, "shift_id" = ?, "given_id" = ? '
            'WHERE "sale_id" = ? AND "key" > ?',
            event.key,
            void.at,
            void.reason,
            void.shift_id,
            void.given_id,
            void.sale_id,
            event.key,
        )
        return
    found = _stored_sale(rows, void.sale_id)
    if found is not None:
        original, sale = found
        log = bytes.fromhex(original.envelope.log)
        count_sale(rows, log, sale, -1)
        count_void(rows, original.key, log, sale)


def _stored_sale(rows: Rows, sale_id: str) -> tuple[Event, Sale] | None:
    row = rows.one(
        'SELECT e."key", e."bytes" FROM "sale" s JOIN "event" e ON e."key" = s."key" WHERE s."id" = ?',
        sale_id,
    )
    if row is None:
        return None
    event = parse_stored(*row)
    return event, msgspec.convert(event.envelope.body, Sale)


def _make_room(rows: Rows, event: Event, sale_id: str) -> bool:
    """One id in two events: the lower key counts, the other is flagged."""
    found = _stored_sale(rows, sale_id)
    if found is None:
        return True
    older, sale = found
    if older.key <= event.key:
        rows.insert_new(tables.flag, (event.key, "sale.twice", sale_id))
        return False
    log = bytes.fromhex(older.envelope.log)
    if rows.one('SELECT 1 FROM "void_sale" WHERE "sale_id" = ?', sale_id):
        rows.run(
            'UPDATE "log_total" SET "voids_count" = "voids_count" - 1 WHERE "log" = ? AND "shift_id" = ?',
            log,
            sale.shift_id,
        )
        drop_empty_totals(rows, log, sale.day_id)
        count_vendors(rows, sale.day_id, voided_rows(sale, -1), True)
    else:
        count_sale(rows, log, sale, -1)
    take_back(rows, older.key)
    for name in _SALE_TABLES:
        rows.run(f'DELETE FROM "{name}" WHERE "sale_id" = ?', sale_id)
    rows.run('DELETE FROM "sale" WHERE "id" = ?', sale_id)
    rows.run('DELETE FROM "cash_receipt" WHERE "key" = ?', older.key)
    rows.insert_new(tables.flag, (older.key, "sale.twice", sale_id))
    return True


def fold_refund(rows: Rows, event: Event, refund: Refund) -> None:
    """A refund stands by itself: its figures need no sale, which may come later."""
    refund_id = thing_id(event, refund.given_id)
    log = bytes.fromhex(event.envelope.log)
    head = (refund_id, event.key, log, refund.sale_id, refund.day_id, refund.shift_id, refund.register)
    number = number_of(refund.receipt_no)
    said = (refund.business_date, refund.at, refund.receipt_no, number, refund.refund_won, refund.reason)
    row = (*head, *said)
    if not rows.insert_new(tables.refund, row) and not _make_room_for_refund(rows, event, refund_id, row):
        return
    rows.insert(
        tables.refund_line,
        [
            (
                refund_id,
                line.line,
                refund.sale_id,
                line.vendor_id,
                line.product_id,
                line.quantity_milli,
                line.refund_won,
            )
            for line in refund.lines
        ],
    )
    move(
        rows,
        event.key,
        refund.day_id,
        "refund",
        [(line.line, line.product_id, line.vendor_id, line.quantity_milli) for line in refund.lines],
    )
    wasted = [line for line in refund.lines if not line.restock]
    move(
        rows,
        event.key,
        refund.day_id,
        "waste",
        [(REVERSAL + line.line, line.product_id, line.vendor_id, -line.quantity_milli) for line in wasted],
    )
    count_refund(rows, log, refund, 1)


def _make_room_for_refund(rows: Rows, event: Event, refund_id: str, row: tuple[Any, ...]) -> bool:
    found = rows.one(
        'SELECT e."key", e."bytes" FROM "refund" r JOIN "event" e ON e."key" = r."key" WHERE r."id" = ?',
        refund_id,
    )
    older = parse_stored(*found) if found else None
    if older is None or older.key <= event.key:
        rows.insert_new(tables.flag, (event.key, "refund.twice", refund_id))
        return False
    earlier = msgspec.convert(older.envelope.body, Refund)
    log = bytes.fromhex(older.envelope.log)
    count_refund(rows, log, earlier, -1)
    take_back(rows, older.key)
    rows.run('DELETE FROM "refund_line" WHERE "refund_id" = ?', refund_id)
    rows.put(tables.refund, [row])
    rows.insert_new(tables.flag, (older.key, "refund.twice", refund_id))
    return True


def fold_cash_receipt(rows: Rows, event: Event, asked: CashReceipt) -> None:
    """A 현금영수증 asked for, in the sale or after it; which one holds is read, so that any order folds alike."""
    hlc = event.envelope.hlc
    said = (asked.purpose, asked.identity_masked, asked.at, asked.operator_name)
    rows.insert_new(tables.cash_receipt, (event.key, asked.sale_id, hlc, *said))


def fold_card_number(rows: Rows, event: Event, told: CardNumber) -> None:
    """An approval number filled in later; the latest by (hlc, key) is read, the sale stays as it was."""
    said = (told.sale_id, told.no, event.envelope.hlc, told.approval_no, told.at, told.operator_name)
    rows.insert_new(tables.card_number, (event.key, *said))


def fold_reprint(rows: Rows, event: Event, reprint: Reprint) -> None:
    """A paper printed again by hand."""
    rows.insert_new(
        tables.reprint, (reprint.subject_id, event.key, reprint.subject, reprint.copy, reprint.at)
    )
