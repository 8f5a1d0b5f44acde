"""A day's figures at a cut, reckoned from the events of the cut alone: the same anywhere, whenever."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from pos_app.facts.sales import SellerFigures
from pos_app.storage.queries import cuts
from pos_app.storage.queries.totals import FIGURES
from sync.rows import Rows

MONEY = ("sale/1", "refund/1", "void/1", "shift-open/1", "shift-close/1", "cash/1", "count/1")
_TAX = ("taxable_supply_won", "vat_won", "exempt_won", "unsplit_won")


class _Paid(msgspec.Struct):
    type: str
    amount_won: int


class _Sale(msgspec.Struct):
    day_id: str
    register: str
    gross_won: int
    discount_won: int
    truncation_won: int
    sellers: tuple[SellerFigures, ...]
    tenders: tuple[_Paid, ...]
    given_id: str = ""


class _Refund(msgspec.Struct):
    day_id: str
    register: str
    refund_won: int
    sellers: tuple[SellerFigures, ...]
    tenders: tuple[_Paid, ...]
    given_id: str = ""


class _Void(msgspec.Struct):
    sale_id: str


class _Told(msgspec.Struct):
    type: str
    body: msgspec.Raw


_told = msgspec.json.Decoder(_Told)
_sale = msgspec.json.Decoder(_Sale)
_refund = msgspec.json.Decoder(_Refund)
_void = msgspec.json.Decoder(_Void)


@dataclass(slots=True)
class CutFigures:
    """The totals by their outside names, each register's part, and the net by tender type."""

    totals: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*FIGURES, "net_won"), 0))
    by_register: dict[str, tuple[int, int]] = field(default_factory=dict)
    tenders: dict[str, int] = field(default_factory=dict)

    def add(self, register: str, sales: int, figures: Mapping[str, int]) -> None:
        """Count what one slip did."""
        for name, value in figures.items():
            self.totals[name] += value
        net = (
            figures.get("gross_won", 0)
            - figures.get("discount_won", 0)
            - figures.get("truncation_won", 0)
            - figures.get("refunds_won", 0)
        )
        self.totals["net_won"] += net
        had = self.by_register.get(register, (0, 0))
        self.by_register[register] = (had[0] + sales, had[1] + net)

    def pay(self, tenders: tuple[_Paid, ...], sign: int) -> None:
        """Count what came in (1) or went back (-1)."""
        for paid in tenders:
            self.tenders[paid.type] = self.tenders.get(paid.type, 0) + sign * paid.amount_won


def figures_at(rows: Rows, day_id: str, cut: Mapping[str, int]) -> CutFigures:
    """The figures of a day as its events up to `cut` (log hex, seq) tell them."""
    sales: dict[str, _Sale] = {}
    refunds: dict[str, _Refund] = {}
    voided: set[str] = set()
    for key, told in sorted(_events(rows, cut), key=lambda item: item[0]):
        # Of two events with one id the lower key counts; events come here in the order of their keys.
        if told.type == "sale/1":
            sale = _sale.decode(told.body)
            sales.setdefault(sale.given_id or _made_id(key), sale)
        elif told.type == "refund/1":
            refund = _refund.decode(told.body)
            refunds.setdefault(refund.given_id or _made_id(key), refund)
        elif told.type == "void/1":
            voided.add(_void.decode(told.body).sale_id)
    made = CutFigures()
    for sale_id, sale in sales.items():
        if sale.day_id != day_id:
            continue
        if sale_id in voided:
            made.add(sale.register, 0, {"voids_count": 1})
            continue
        names = ("gross_won", "discount_won", "truncation_won")
        own = {name: getattr(sale, name) for name in names}
        made.add(sale.register, 1, {"sales_count": 1, **own, **_tax(sale.sellers, 1)})
        made.pay(sale.tenders, 1)
    for refund in refunds.values():
        if refund.day_id == day_id:
            back = {"refunds_count": 1, "refunds_won": refund.refund_won}
            made.add(refund.register, 0, {**back, **_tax(refund.sellers, -1)})
            made.pay(refund.tenders, -1)
    return made


def count_beyond(rows: Rows, after: Mapping[str, int], until: Mapping[str, int]) -> dict[str, int]:
    """How many events of each type that moves money lie beyond one cut and within another."""
    found: dict[str, int] = {}
    beyond, outside = cuts.apart(rows, until), cuts.apart(rows, after)
    loose = cuts.loose_logs(rows)
    for log, seq in until.items():
        low = 0 if log in loose else after.get(log, 0)
        for key, number, data in _between(rows, log, low, seq):
            if key in beyond or (number <= after.get(log, 0) and key not in outside):
                continue
            kind = _told.decode(data).type
            if kind in MONEY:
                found[kind] = found.get(kind, 0) + 1
    return found


def _events(rows: Rows, cut: Mapping[str, int]) -> list[tuple[bytes, _Told]]:
    left_out = {bytes(row[0]) for row in rows.all('SELECT "key" FROM "unfolded"')} | cuts.apart(rows, cut)
    return [
        (key, _told.decode(data))
        for log, seq in cut.items()
        for key, _, data in _between(rows, log, 0, seq)
        if key not in left_out
    ]


def _between(rows: Rows, log: str, after: int, until: int) -> list[tuple[bytes, int, Any]]:
    if until <= after:
        return []
    found = rows.all(
        'SELECT "key", "seq", "bytes" FROM "event" WHERE "log" = ? AND "seq" > ? AND "seq" <= ?',
        bytes.fromhex(log),
        after,
        until,
    )
    return [(bytes(key), seq, data) for key, seq, data in found]


def _made_id(key: bytes) -> str:
    return str(uuid.UUID(bytes=key[:16]))


def _tax(sellers: tuple[SellerFigures, ...], sign: int) -> dict[str, int]:
    return {name: sign * sum(getattr(seller, name) for seller in sellers) for name in _TAX}
