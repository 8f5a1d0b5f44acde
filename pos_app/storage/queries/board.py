"""What the day's board reads: logs and their gaps, seals and what followed them, what is left to do."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from pos_app.domain.day_close import Seals, gaps_below, seals_standing
from pos_app.facts.market import DayAddendum
from pos_app.facts.shifts import CutHead, DaySeal
from pos_app.storage.queries import cuts
from pos_app.storage.queries.cuts import Cover, merged
from sync.events import parse_stored
from sync.rows import Rows

_seal = msgspec.json.Decoder(DaySeal)
_addendum = msgspec.json.Decoder(DayAddendum)


@dataclass(frozen=True, slots=True)
class LogState:
    """One register's log as it lies here: the end of its chain, and the highest event heard of."""

    log: bytes
    register: str
    seq: int
    key: bytes
    most: int  # the highest event that lies here, which a gap may part from the chain
    last_at: str
    gaps: tuple[tuple[int, int], ...]
    tips: tuple[CutHead, ...] = ()  # the ends of its branches, the head first; one where it does not fork

    @property
    def head(self) -> CutHead:
        return CutHead(self.log.hex(), self.seq, self.key.hex())


def planned(rows: Rows, day_id: str) -> list[str]:
    """The registers that the day's plan names."""
    found = rows.all('SELECT "register" FROM "day_register" WHERE "day_id" = ? ORDER BY 1', day_id)
    return [row[0] for row in found]


def logs(rows: Rows, day_id: str, named: Mapping[str, int]) -> list[LogState]:
    """Every log of the day's registers; `named` (log hex, seq) are events that somebody else has seen."""
    scope = f"register/{day_id}/"
    found = rows.all(
        'SELECT l."log", l."scope", h."seq", h."key", '
        '(SELECT max("seq") FROM "event" e WHERE e."log" = l."log") '
        'FROM "log" l JOIN "head" h ON h."log" = l."log" WHERE l."scope" LIKE ? ORDER BY l."log"',
        f"{scope}%",
    )
    return [
        _log_state(rows, bytes(log), where.removeprefix(scope), seq, bytes(key), most or 0, named)
        for log, where, seq, key, most in found
    ]


def _log_state(
    rows: Rows, log: bytes, register: str, seq: int, key: bytes, most: int, named: Mapping[str, int]
) -> LogState:
    highest = max(most, named.get(log.hex(), 0))
    gaps: tuple[tuple[int, int], ...] = ()
    if highest > seq:
        beyond = rows.all('SELECT "seq" FROM "event" WHERE "log" = ? AND "seq" > ?', log, seq)
        gaps = tuple(
            (first + seq, last + seq)
            for first, last in gaps_below((row[0] - seq for row in beyond), highest - seq)
        )
    last = rows.one('SELECT "key", "bytes" FROM "event" WHERE "log" = ? AND "seq" = ?', log, most)
    at = parse_stored(*last).envelope.wall if last else ""
    ends = cuts.tips(rows, log, CutHead(log.hex(), seq, key.hex()))
    return LogState(log, register, seq, key, most, at, gaps, ends)


def own_registers(rows: Rows, day_id: str) -> set[str]:
    """The registers that this machine writes itself."""
    scope = f"register/{day_id}/"
    found = rows.all('SELECT "scope" FROM "own_log" WHERE "scope" LIKE ?', f"{scope}%")
    return {row[0].removeprefix(scope) for row in found}


def signed(rows: Rows, day_id: str) -> dict[str, int]:
    """Where logs of the day ended by their devices' own signature."""
    found = rows.all(
        'SELECT s."log", max(s."seq") FROM "signed_head" s JOIN "log" l ON l."log" = s."log" '
        'WHERE l."scope" LIKE ? GROUP BY s."log"',
        f"register/{day_id}/%",
    )
    return {bytes(log).hex(): seq for log, seq in found}


def sums(rows: Rows, day_id: str) -> dict[str, tuple[int, int]]:
    """(sales, net won) by register, from the kept totals."""
    found = rows.all(
        'SELECT "register", sum("sales_count"), sum("gross_won" - "discount_won" - "truncation_won" '
        '- "refunds_won") FROM "log_total" WHERE "day_id" = ? GROUP BY "register"',
        day_id,
    )
    return {row[0]: (row[1], row[2]) for row in found}


def parked(rows: Rows) -> dict[str, int]:
    """Carts put aside on this machine, by register."""
    return dict(rows.all('SELECT "register", count(*) FROM "parked_cart" GROUP BY "register"'))


def cards_without_number(rows: Rows, day_id: str) -> list[tuple[str, str, str, int]]:
    """(register, shift, receipt number, won) of card amounts of the day that lack their approval number."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in rows.all(
            'SELECT s."register", s."shift_id", s."receipt_no", t."amount_won" FROM "sale_tender" t '
            'INDEXED BY "card_without_number" CROSS JOIN "sale" s ON s."id" = t."sale_id" '
            'WHERE t."type" = \'card\' AND t."approval_no" = \'\' AND s."day_id" = ? '
            'AND NOT EXISTS (SELECT 1 FROM "void_sale" v WHERE v."sale_id" = s."id") '
            'AND NOT EXISTS (SELECT 1 FROM "card_number" n WHERE n."sale_id" = t."sale_id" AND n."no" = t."no") '
            'ORDER BY s."register", s."number"',
            day_id,
        )
    ]


def cooperatives(rows: Rows, day_id: str) -> list[tuple[str, int, int, int]]:
    """(cooperative, vendors that sold, gross won, net won): separate books from the same tills."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in rows.all(
            'SELECT coalesce(v."cooperative", \'\'), count(DISTINCT t."vendor_id"), sum(t."gross_won"), '
            'sum(t."net_won") FROM "product_total" t LEFT JOIN "vendor" v ON v."id" = t."vendor_id" '
            'WHERE t."day_id" = ? GROUP BY 1 ORDER BY 1',
            day_id,
        )
    ]


def vendors_by_cooperative(rows: Rows, day_id: str) -> list[tuple[str, str, str, int]]:
    """(cooperative, vendor id, vendor, net won) of everybody who sold that day."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in rows.all(
            'SELECT coalesce(v."cooperative", \'\'), t."vendor_id", coalesce(v."name", t."vendor_id"), '
            'sum(t."net_won") FROM "product_total" t LEFT JOIN "vendor" v ON v."id" = t."vendor_id" '
            'WHERE t."day_id" = ? GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC, 2',
            day_id,
        )
    ]


# --- seals and what followed them ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredAddendum:
    """추가 n호 with its key (hex)."""

    key: str
    fact: DayAddendum


@dataclass(frozen=True, slots=True)
class Books:
    """Every seal of a day by key (hex), which of them stand, and what came after the one that counts."""

    seals: dict[str, DaySeal]
    standing: Seals
    addenda: tuple[StoredAddendum, ...]  # of all seals, in their order
    reopened: tuple[tuple[str, str, str, str], ...]  # (seal, at, reason, who)

    @property
    def seal(self) -> DaySeal | None:
        """The seal that counts."""
        return self.seals.get(self.standing.counts)

    def own_addenda(self) -> list[StoredAddendum]:
        """The addenda of the seal that counts."""
        return [more for more in self.addenda if more.fact.seal == self.standing.counts]

    def cover(self) -> Cover:
        """Of each log (hex) the last event that is sealed or added."""
        seal = self.seal
        sealed = [seal.cut] if seal else []
        return merged(*sealed, *(more.fact.cut for more in self.own_addenda()))

    def named(self) -> Cover:
        """Every end of a log that a seal or addendum speaks of, opened again or not."""
        return merged(*(seal.cut for seal in self.seals.values()), *(more.fact.cut for more in self.addenda))


def books(rows: Rows, day_id: str) -> Books:
    """Seals, addenda, reopenings and choices of a day."""
    seals = {
        bytes(key).hex(): _seal.decode(body)
        for key, body in rows.all(
            'SELECT "key", "body" FROM "day_seal" WHERE "day_id" = ? ORDER BY "hlc", "key"', day_id
        )
    }
    addenda = tuple(
        StoredAddendum(bytes(key).hex(), _addendum.decode(body))
        for key, body in rows.all(
            'SELECT "key", "body" FROM "day_addendum" WHERE "day_id" = ? ORDER BY "number", "hlc", "key"',
            day_id,
        )
    )
    reopened = tuple(
        (row[0], row[1], row[2], row[3])
        for row in rows.all(
            'SELECT "seal", "at", "reason", "operator_name" FROM "day_reopen" WHERE "day_id" = ? '
            'ORDER BY "hlc", "key"',
            day_id,
        )
    )
    chosen = [
        row[0]
        for row in rows.all(
            'SELECT "seal" FROM "seal_choice" WHERE "day_id" = ? ORDER BY "hlc", "key"', day_id
        )
    ]
    standing = seals_standing(tuple(seals), {row[0] for row in reopened}, chosen)
    return Books(seals, standing, addenda, reopened)
