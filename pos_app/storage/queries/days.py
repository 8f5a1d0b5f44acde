"""Questions about market days, shifts and people."""

from dataclasses import dataclass

import msgspec

from pos_app.facts.shifts import DaySeal, ShiftClose
from sync.events import parse_stored
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class StoredDay:
    """A market day as folded."""

    day_id: str
    market: str
    business_date: str
    agency: str


_DAY = 'SELECT "day_id", "market", "business_date", "agency" FROM "market_day"'


def latest_day(rows: Rows, business_date: str | None = None) -> StoredDay | None:
    """The latest market day, or the latest of one date."""
    if business_date is None:
        row = rows.one(f'{_DAY} ORDER BY "business_date" DESC, "hlc" DESC LIMIT 1')
    else:
        row = rows.one(f'{_DAY} WHERE "business_date" = ? ORDER BY "hlc" DESC LIMIT 1', business_date)
    return StoredDay(*row) if row else None


def day(rows: Rows, day_id: str) -> StoredDay | None:
    """One market day, or None."""
    row = rows.one(f'{_DAY} WHERE "day_id" = ?', day_id)
    return StoredDay(*row) if row else None


def latest_days(rows: Rows, limit: int) -> list[StoredDay]:
    """Market days, the latest first."""
    found = rows.all(f'{_DAY} ORDER BY "business_date" DESC, "hlc" DESC LIMIT ?', limit)
    return [StoredDay(*row) for row in found]


def registers(rows: Rows, day_id: str) -> list[str]:
    """Registers planned for or seen on a day."""
    return [
        row[0]
        for row in rows.all(
            'SELECT "register" FROM "day_register" WHERE "day_id" = ? UNION '
            'SELECT "register" FROM "shift" WHERE "day_id" = ? ORDER BY 1',
            day_id,
            day_id,
        )
    ]


@dataclass(frozen=True, slots=True)
class StoredShift:
    """A shift as folded; `closed_at` empty while it is open."""

    id: str
    day_id: str
    register: str
    business_date: str
    number: int
    opened_at: str
    float_won: int
    operator_name: str
    closed_at: str
    z_no: int
    counted_won: int
    over_short_won: int


_SHIFT = (
    'SELECT s."id", s."day_id", s."register", s."business_date", s."number", s."opened_at", s."float_won", '
    's."operator_name", coalesce(c."at", \'\'), coalesce(c."z_no", 0), coalesce(c."counted_won", 0), '
    'coalesce(c."over_short_won", 0) FROM "shift" s LEFT JOIN "shift_close" c ON c."shift_id" = s."id"'
)


def open_shift(rows: Rows, day_id: str, register: str) -> StoredShift | None:
    """The shift that is open at a register, or None."""
    row = rows.one(
        f'{_SHIFT} WHERE s."day_id" = ? AND s."register" = ? AND c."shift_id" IS NULL '
        'ORDER BY s."number" DESC LIMIT 1',
        day_id,
        register,
    )
    return StoredShift(*row) if row else None


def shifts(rows: Rows, day_id: str) -> list[StoredShift]:
    """All shifts of a day by register and number."""
    return [
        StoredShift(*row)
        for row in rows.all(f'{_SHIFT} WHERE s."day_id" = ? ORDER BY s."register", s."number"', day_id)
    ]


def shift(rows: Rows, shift_id: str) -> StoredShift | None:
    """One shift, or None."""
    row = rows.one(f'{_SHIFT} WHERE s."id" = ?', shift_id)
    return StoredShift(*row) if row else None


def is_closed(rows: Rows, shift_id: str) -> bool:
    """Whether a shift has its Z."""
    return rows.one('SELECT 1 FROM "shift_close" WHERE "shift_id" = ?', shift_id) is not None


def last_float(rows: Rows, register: str) -> int:
    """The float that was counted last at this register, or anywhere; 0 when never."""
    row = rows.one(
        'SELECT "float_won" FROM "shift" ORDER BY "register" = ? DESC, "opened_at" DESC LIMIT 1', register
    )
    return row[0] if row else 0


def last_z(rows: Rows, register: str) -> int:
    """The highest Z number of a register so far."""
    row = rows.one(
        'SELECT max(c."z_no") FROM "shift_close" c JOIN "shift" s ON s."id" = c."shift_id" WHERE s."register" = ?',
        register,
    )
    return row[0] or 0 if row else 0


def last_count(rows: Rows, shift_id: str) -> tuple[int, str, int] | None:
    """The last count handed in for a shift: (won, denominations as JSON, expected then)."""
    row = rows.one(
        'SELECT "counted_won", "denominations", "expected_won" FROM "drawer_count" WHERE "shift_id" = ? ORDER BY "hlc" DESC LIMIT 1',
        shift_id,
    )
    return (row[0], row[1], row[2]) if row else None


def movements(rows: Rows, shift_id: str) -> list[tuple[str, str, int, str]]:
    """(at, kind, won, reason) of a shift's cash movements."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in rows.all(
            'SELECT "at", "kind", "amount_won", "reason" FROM "cash_movement" WHERE "shift_id" = ? ORDER BY "at"',
            shift_id,
        )
    ]


@dataclass(frozen=True, slots=True)
class StoredOperator:
    """Someone who works here; `pin` is the sealed argon2 verifier."""

    id: str
    name: str
    role: str
    pin: str


def operators(rows: Rows) -> list[StoredOperator]:
    """Everybody who is active, by name."""
    return [
        StoredOperator(*row)
        for row in rows.all(
            'SELECT "id", "name", "role", "pin" FROM "operator" WHERE "active" = 1 ORDER BY "name"'
        )
    ]


def sign_ins(rows: Rows, operator_id: str, limit: int = 50) -> list[tuple[str, str]]:
    """(at, outcome) of somebody's latest sign-ins, the latest first."""
    return [
        (row[0], row[1])
        for row in rows.all(
            'SELECT "at", "outcome" FROM "sign_in" WHERE "operator_id" = ? ORDER BY "hlc" DESC LIMIT ?',
            operator_id,
            limit,
        )
    ]


def seals(rows: Rows, day_id: str) -> list[str]:
    """The seals of a day that stand (not opened again) as JSON, the first one first."""
    return [
        row[0]
        for row in rows.all(
            'SELECT s."body" FROM "day_seal" s WHERE s."day_id" = ? AND NOT EXISTS (SELECT 1 FROM "day_reopen" r '
            'WHERE r."day_id" = s."day_id" AND r."seal" = lower(hex(s."key"))) ORDER BY s."hlc"',
            day_id,
        )
    ]


def day_heads(rows: Rows, day_id: str) -> list[tuple[bytes, int, bytes]]:
    """(log, seq, key) of each log of a day's registers."""
    return [
        (row[0], row[1], row[2])
        for row in rows.all(
            'SELECT h."log", h."seq", h."key" FROM "head" h JOIN "log" l ON l."log" = h."log" '
            'WHERE l."scope" LIKE ? ORDER BY h."log"',
            f"register/{day_id}/%",
        )
    ]


def named_heads(rows: Rows) -> list[tuple[str, str, int]]:
    """(log hex, key hex, seq) of every end of a log that a seal or a shift's close names."""
    found = []
    for (body,) in rows.all('SELECT "body" FROM "day_seal"'):
        found += [(cut.log, cut.key, cut.seq) for cut in msgspec.json.decode(body, type=DaySeal).cut]
    for key, data in rows.all(
        'SELECT e."key", e."bytes" FROM "shift_close" c JOIN "event" e ON e."key" = c."key"'
    ):
        head = msgspec.convert(parse_stored(key, data).envelope.body, ShiftClose).head
        if head is not None and head.seq:
            found.append((head.log, head.key, head.seq))
    return found
