"""What settling reads: cuts of sealed days, the slips within them, runs with their steps, and rules."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from pos_app.domain.commission import Rule
from pos_app.facts.market import DayAddendum
from pos_app.facts.sales import Refund, Sale, VoidSale
from pos_app.facts.settlements import SettledStatement, SettlementRun
from pos_app.facts.shifts import DaySeal
from pos_app.storage.queries import board, cuts
from sync.rows import Rows

Cut = Mapping[str, int]
"""Of each log (hex) the last event that belongs to it."""


class LeftFigures(msgspec.Struct, frozen=True):
    """Of a statement only what goes on to the next one."""

    carried_out_won: int
    held_back_won: int
    released_won: int


class Left(msgspec.Struct, frozen=True):
    """What one vendor's statement leaves."""

    vendor_id: str
    statement: LeftFigures


class _Told(msgspec.Struct):
    type: str
    body: msgspec.Raw


_told = msgspec.json.Decoder(_Told)
_sales = msgspec.json.Decoder(Sale)
_refunds = msgspec.json.Decoder(Refund)
_voids = msgspec.json.Decoder(VoidSale)
_runs = msgspec.json.Decoder(SettlementRun)
_statements = msgspec.json.Decoder(SettledStatement)
_lefts = msgspec.json.Decoder(Left)
_rules = msgspec.json.Decoder(Rule)
_seals = msgspec.json.Decoder(DaySeal)
_addenda = msgspec.json.Decoder(DayAddendum)


@dataclass(frozen=True, slots=True)
class Market:
    """A market day with the market it belongs to."""

    day_id: str
    market_id: str
    market: str
    business_date: str


def market_days(rows: Rows) -> list[Market]:
    """All market days, the latest first."""
    return [
        Market(*row)
        for row in rows.all(
            'SELECT "day_id", "market_id", "market", "business_date" FROM "market_day" '
            'ORDER BY "business_date" DESC, "hlc" DESC'
        )
    ]


# --- cuts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sealed:
    """What of a day is sealed: the key (hex) of its last seal or addendum, and the whole cut."""

    key: str
    cut: cuts.Cover
    complete: bool
    undecided: int = 0  # how many seals were made apart, while nobody chose one


def sealed(rows: Rows, day_id: str) -> Sealed | None:
    """What of a day is sealed now, addenda included; None before the seal and while the day is open again."""
    books = board.books(rows, day_id)
    seal = books.seal
    if seal is None:
        return None
    own = books.own_addenda()
    key = own[-1].key if own else books.standing.counts
    undecided = len(books.standing.live) if books.standing.undecided else 0
    return Sealed(key, books.cover(), seal.complete, undecided)


def _addenda_of(rows: Rows, day_id: str, seal: str) -> list[tuple[str, DayAddendum]]:
    """The addenda of a seal in their order."""
    found = rows.all(
        'SELECT "key", "body" FROM "day_addendum" WHERE "day_id" = ? AND "seal" = ? '
        'ORDER BY "number", "hlc", "key"',
        day_id,
        seal,
    )
    return [(bytes(key).hex(), _addenda.decode(body)) for key, body in found]


def cut_of(rows: Rows, key: str) -> cuts.Cover:
    """The whole cut up to a seal or an addendum (key in hex); empty for one that is not here."""
    row = rows.one('SELECT "body" FROM "day_seal" WHERE "key" = ?', bytes.fromhex(key))
    if row is not None:
        return cuts.merged(_seals.decode(row[0]).cut)
    row = rows.one('SELECT "day_id", "seal" FROM "day_addendum" WHERE "key" = ?', bytes.fromhex(key))
    if row is None:
        return cuts.Cover()
    found = cut_of(rows, row[1])
    for each, more in _addenda_of(rows, row[0], row[1]):
        found = cuts.joined(found, cuts.merged(more.cut))
        if each == key:
            break
    return found


def now_cut(rows: Rows, day_id: str) -> dict[str, int]:
    """Everything of a day that is here now, sealed or not."""
    found = rows.all(
        'SELECT h."log", h."seq" FROM "head" h JOIN "log" l ON l."log" = h."log" WHERE l."scope" LIKE ?',
        f"register/{day_id}/%",
    )
    return {bytes(log).hex(): seq for log, seq in found}


# --- slips ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slips:
    """Sales to count (1) or to take out again (-1), and refunds; all of one part of a day."""

    sales: tuple[tuple[int, str, Sale], ...]
    refunds: tuple[tuple[str, Refund], ...]


def slips(rows: Rows, day_id: str, until: Cut, after: Cut | None = None) -> Slips:
    """What lies within `until` and beyond `after`; a sale that was void by then counts nowhere.

    A void beyond `after` of a sale within it takes that sale out again.
    """
    before = after or {}
    ignored = {
        bytes(row[0])
        for row in rows.all('SELECT "key" FROM "flag" WHERE "code" IN (\'sale.twice\', \'refund.twice\')')
    }
    beyond, outside = cuts.apart(rows, until), cuts.apart(rows, before)
    sales: dict[str, tuple[bool, Sale]] = {}
    refunds: dict[str, Refund] = {}
    voided: dict[str, bool] = {}
    for log in sorted(until):
        old_until = before.get(log, 0)
        for key, seq, data in rows.each(
            'SELECT "key", "seq", "bytes" FROM "event" WHERE "log" = ? AND "seq" <= ? ORDER BY "seq"',
            bytes.fromhex(log),
            max(until[log], old_until),
        ):
            told, old = _told.decode(data), seq <= old_until and bytes(key) not in outside
            if bytes(key) in ignored or (bytes(key) in beyond and not old):
                continue
            if told.type == "sale/1":
                sale = _sales.decode(told.body)
                sales[_id(key, sale.given_id)] = (old, sale)
            elif told.type == "void/1":
                void = _voids.decode(told.body)
                voided[void.sale_id] = voided.get(void.sale_id, False) or old
            elif told.type == "refund/1" and not old:
                refund = _refunds.decode(told.body)
                refunds[_id(key, refund.given_id)] = refund
    counted = []
    for sale_id, (old, sale) in sales.items():
        sign = int(sale_id not in voided) - int(old and not voided.get(sale_id, False))
        if sign and sale.day_id == day_id:
            counted.append((sign, sale_id, sale))
    given_back = tuple((id_, refund) for id_, refund in refunds.items() if refund.day_id == day_id)
    return Slips(tuple(counted), given_back)


def _id(key: bytes, given: str) -> str:
    return given or str(uuid.UUID(bytes=bytes(key[:16])))


def net_by_vendor(rows: Rows, day_id: str, until: Cut) -> dict[str, int]:
    """Each vendor's net of a day within a cut; from the kept totals where nothing came later."""
    if now_cut(rows, day_id) == dict(until) and not cuts.apart(rows, until):
        return dict(
            rows.all(
                'SELECT "vendor_id", sum("net_won") FROM "product_total" WHERE "day_id" = ? GROUP BY "vendor_id"',
                day_id,
            )
        )
    nets: dict[str, int] = {}
    found = slips(rows, day_id, until)
    for sign, _, sale in found.sales:
        for sold in sale.lines:
            nets[sold.vendor_id] = nets.get(sold.vendor_id, 0) + sign * sold.net_won
    for _, refund in found.refunds:
        for back in refund.lines:
            nets[back.vendor_id] = nets.get(back.vendor_id, 0) - back.refund_won
    return nets


# --- runs ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a run or of one statement (`vendor_id`), in the order in which they count."""

    vendor_id: str
    step: str
    at: str
    reference: str
    operator_name: str


def runs(rows: Rows) -> list[SettlementRun]:
    """All runs, the oldest first; one told twice counts once."""
    found: dict[str, SettlementRun] = {}
    for (body,) in rows.all('SELECT "body" FROM "settlement_run" ORDER BY "hlc", "key"'):
        run = _runs.decode(body)
        found.setdefault(run.run_id, run)
    return list(found.values())


def statements(rows: Rows, run_id: str) -> list[SettledStatement]:
    """A run's statements by booth and name; one told twice in the same words counts once."""
    found: dict[tuple[str, str], SettledStatement] = {}
    for (body,) in rows.all(
        'SELECT "body" FROM "settled_statement" WHERE "run_id" = ? ORDER BY "key"', run_id
    ):
        told = _statements.decode(body)
        found.setdefault((told.vendor_id, told.hash), told)
    return sorted(found.values(), key=lambda told: (not told.booth, told.booth, told.vendor, told.vendor_id))


def left_of(rows: Rows, run_id: str) -> list[Left]:
    """What a run's statements leave to the next, by vendor; one told twice counts once."""
    found: dict[str, Left] = {}
    for (body,) in rows.all(
        'SELECT "body" FROM "settled_statement" WHERE "run_id" = ? ORDER BY "key"', run_id
    ):
        left = _lefts.decode(body)
        found.setdefault(left.vendor_id, left)
    return list(found.values())


def steps(rows: Rows) -> dict[str, list[Step]]:
    """The steps of every run, by run."""
    found: dict[str, list[Step]] = {}
    for run_id, *rest in rows.all(
        'SELECT "run_id", "vendor_id", "step", "at", "reference", "operator_name" FROM "settlement_step" '
        'ORDER BY "hlc", "key"'
    ):
        found.setdefault(run_id, []).append(Step(*rest))
    return found


def notes(rows: Rows, run_id: str, vendor_id: str) -> list[tuple[str, str, str]]:
    """(at, text, author) of what was written to a statement."""
    return [
        (row[0], row[1], row[2])
        for row in rows.all(
            'SELECT "at", "text", "author" FROM "statement_note" WHERE "run_id" = ? AND "vendor_id" = ? '
            'ORDER BY "hlc", "key"',
            run_id,
            vendor_id,
        )
    ]


# --- rules ---------------------------------------------------------------------------------------


def rules(rows: Rows) -> tuple[Rule, ...]:
    """The commission rules that stand, in order of their dates."""
    found = rows.all('SELECT "body" FROM "commission_rule" WHERE "active" = 1 ORDER BY "from_on", "id"')
    return tuple(_rules.decode(body) for (body,) in found)


def rule_edits(rows: Rows) -> list[tuple[str, str, str, str]]:
    """(wall time, who, rule id, fields as JSON) of each change to a rule, the latest first."""
    return [
        (row[0], row[1] or "", row[2], row[3])
        for row in rows.all(
            'SELECT e."wall", coalesce(o."name", \'\'), e."entity_id", e."fields" FROM "edit" e '
            'LEFT JOIN "operator" o ON o."id" = e."actor" WHERE e."kind" = \'commission\' '
            'ORDER BY e."hlc" DESC, e."key"'
        )
    ]
