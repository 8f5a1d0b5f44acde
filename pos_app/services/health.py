"""What the status strip tells: unsynced, disk, clock, network."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pos_app.i18n.texts import tr
from pos_app.services.desk import Desk
from pos_app.storage.queries import totals
from sync.events import parse_stored
from sync.rows import Row, Rows

LOW_DISK_BYTES = 2_000_000_000
_BUILT_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Unsynced:
    """Events above what the central server last reported, and since when the oldest waits."""

    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class DiskState:
    """Room left where the till stores."""

    free_bytes: int
    low: bool


@dataclass(frozen=True, slots=True)
class ClockState:
    """Whether the clock can be believed; the sentence is empty when it can."""

    ok: bool
    sentence: str


# Logs that go on here above where the server said they end; a server never met said nothing.
_PENDING = (
    'SELECT x."log", x."low", x."top" FROM (SELECT h."log" AS "log", coalesce(p."seq", 0) AS "low", '
    '(SELECT max(e."seq") FROM "event" e WHERE e."log" = h."log") AS "top" FROM "head" h '
    'LEFT JOIN "peer_head" p ON p."log" = h."log" AND p."peer" = ?) x WHERE x."top" > x."low"'
)


def server_name(rows: Rows) -> str:
    """The central server's own name, empty until it first answered."""
    row = rows.one('SELECT "name" FROM "peer" WHERE "kind" = ? ORDER BY "last_ok_at" DESC LIMIT 1', "server")
    return str(row[0]) if row else ""


def _is_the_server(rows: Rows) -> bool:
    """Whether this home is itself the organisation's server, and nobody's till."""
    root = rows.one('SELECT 1 FROM "server_secret" WHERE "name" = ?', "organisation_root")
    return root is not None and rows.one('SELECT 1 FROM "peer" WHERE "kind" = ?', "server") is None


def server_heads(rows: Rows) -> dict[bytes, int]:
    """How far the central server said it has each log; nothing while it was never met."""
    if _is_the_server(rows):
        found = rows.all('SELECT "log", "seq" FROM "head"')
    else:
        found = rows.all('SELECT "log", "seq" FROM "peer_head" WHERE "peer" = ?', server_name(rows))
    return {bytes(log): seq for log, seq in found}


def unsynced_count(rows: Rows) -> int:
    """Events above what the central server last reported: only this till is known to have them."""
    name = server_name(rows)
    if not name:
        return 0 if _is_the_server(rows) else totals.journal(rows)
    return sum(_count_above(rows, log, low) for log, low, _ in rows.all(_PENDING, name))


def _count_above(rows: Rows, log: bytes, low: int) -> int:
    row = rows.one('SELECT count(*) FROM "event" WHERE "log" = ? AND "seq" > ?', log, low)
    return int(row[0]) if row else 0


class _Oldest:
    """When the oldest waiting event was written; the first one waiting of a log is looked up once."""

    def __init__(self) -> None:
        self._walls: dict[bytes, tuple[int, datetime | None]] = {}

    def look(self, rows: Rows, pending: Sequence[Row]) -> datetime | None:
        """The oldest of the firsts above `low` of each pending log."""
        walls = {}
        for log, low, _ in pending:
            known = self._walls.get(bytes(log))
            walls[bytes(log)] = (
                known if known is not None and known[0] == low else (low, _first(rows, log, low))
            )
        self._walls = walls
        return min((wall for _, wall in walls.values() if wall is not None), default=None)


def _first(rows: Rows, log: bytes, low: int) -> datetime | None:
    row = rows.one(
        'SELECT "key", "bytes" FROM "event" WHERE "log" = ? AND "seq" > ? ORDER BY "seq" LIMIT 1', log, low
    )
    try:
        wall = datetime.fromisoformat(parse_stored(*row).envelope.wall) if row else None
    except ValueError:
        return None  # another's event may say any time
    return wall if wall is None or wall.tzinfo else wall.replace(tzinfo=UTC)


class Health:
    """Cheap questions for the strip."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._oldest = _Oldest()

    def unsynced(self) -> Unsynced:
        """How many events only this till has."""
        with self._desk.work.read() as rows:
            count = unsynced_count(rows)
            pending = rows.all(_PENDING, server_name(rows)) if count else ()
            return Unsynced(count, self._oldest.look(rows, pending) if count else None)

    def disk(self) -> DiskState:
        """Free space in the home's file system."""
        free = shutil.disk_usage(self._desk.home.root).free
        return DiskState(free, free < LOW_DISK_BYTES)

    def clock(self) -> ClockState:
        """Whether the clock fits the market day and the last event. It never changes a sale."""
        now = self._desk.clock.local()
        with self._desk.work.read() as rows:
            row = rows.one('SELECT max("hlc") FROM "head"')
            last = (row[0] or 0) // 1_000_000 if row else 0
            day = rows.one(
                'SELECT "business_date" FROM "market_day" WHERE "day_id" = ?',
                self._desk.settings.get("day_id"),
            )
        fits = day is not None and abs((now.date() - datetime.fromisoformat(day[0]).date()).days) <= 1
        if not fits and int(now.timestamp()) + 300 < last:
            return ClockState(
                False, tr("시계가 뒤로 갔어요. 판매는 그대로 돼요. 컴퓨터의 날짜와 시각을 맞춰요.")
            )
        if day and not fits:
            sentence = tr(
                "시계는 {today}인데 장터는 {day}이에요. 컴퓨터의 날짜를 맞춰요.", today=now.date(), day=day[0]
            )
            return ClockState(False, sentence)
        if now.year < _BUILT_YEAR:
            return ClockState(
                False, tr("시계가 {year}년이에요. 컴퓨터의 날짜와 시각을 맞춰요.", year=now.year)
            )
        return ClockState(True, "")

    def network(self) -> str:
        """online, offline, or off while this till was never enrolled anywhere."""
        with self._desk.work.read() as rows:
            row = rows.one(
                'SELECT min("last_fault"), max("last_ok_at") FROM "peer" WHERE "kind" <> ?', "bundle"
            )
        if row is None or row[0] is None or self._desk.practice:
            return "off"
        return "offline" if row[0] or not row[1] else "online"
