"""What the status strip tells: unsynced, disk, clock, network."""

import shutil
from dataclasses import dataclass
from datetime import datetime

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


def unsynced_count(rows: Rows) -> int:
    """No server has ever reported its heads to this till: everything is still to be sent."""
    return totals.journal(rows)


def _oldest(rows: Rows) -> datetime | None:
    """When the first event of any log was written."""
    firsts = rows.all(
        'SELECT e."key", e."bytes" FROM "log" l CROSS JOIN "event" e WHERE e."log" = l."log" AND e."seq" = 1'
    )
    walls = (datetime.fromisoformat(parse_stored(*row).envelope.wall) for row in firsts)
    return min(walls, default=None)


class Health:
    """Cheap questions for the strip."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._logs: Row | None = None
        self._oldest: datetime | None = None

    def unsynced(self) -> Unsynced:
        """How many events only this till has."""
        with self._desk.work.read() as rows:
            count = unsynced_count(rows)
            logs = rows.one('SELECT count(*) FROM "log"')
            if logs != self._logs:
                # Where a log begins never changes: only a new log can be older than what is known.
                self._oldest = _oldest(rows)
                self._logs = logs
        return Unsynced(count, self._oldest if count else None)

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
        """online, offline, or off while no server was ever set."""
        return "off"
