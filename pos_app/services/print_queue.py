"""The print queue as a table: what waits at which printer, how it stands, and what people decide."""

import time
from dataclasses import dataclass
from datetime import timedelta

from pos_app.domain.errors import DomainError
from pos_app.printing.document import decode
from pos_app.services.desk import Desk
from sync.rows import Row, Rows

DRAWER = "drawer"
HELD, LET_GO = 1, 2
MAX_BY_SURPRISE = 3
"""So many old receipts may come out by themselves when a printer is there again; more ask first."""

_OLD = timedelta(minutes=10)
# Papers that a customer once waited for; what a person asked for by hand is wanted whenever it comes.
_PASSING = "\"kind\" IN ('receipt', 'refund', 'void', 'cash') AND \"copy_no\" = 0"
_LIVE = "('queued', 'sending', 'unknown', 'failed')"
_PAPER = "\"kind\" <> 'drawer'"
# Another run's drawer is none of ours: it may be of a program that ended, whenever that was.
_NEXT = '"state" = \'queued\' AND "printer" = ? AND "held" <> ? AND ("kind" <> \'drawer\' OR "run" = ?)'
_VIEW = '"id", "kind", "document", "state", "created_at", "last_error", "printer", "copy_no", "held", "next_try_at"'


@dataclass(frozen=True, slots=True)
class JobView:
    """A paper in the queue; `held`: it waits for a person, `next_try_at`: empty while it was not tried."""

    id: str
    kind: str
    title: str
    state: str
    at: str
    error: str
    printer: str = ""
    copy_no: int = 0
    held: bool = False
    next_try_at: str = ""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Receipts that waited too long to be printed by surprise."""

    count: int
    oldest: str


@dataclass(frozen=True, slots=True)
class Job:
    """A paper as its printer's thread takes it, or as a person decides about it."""

    id: str
    kind: str
    subject_id: str
    copy_no: int
    document: bytes
    state: str
    printer: str
    at: str
    maybe_out: bool


_JOB = '"id", "kind", "subject_id", "copy_no", "document", "state", "printer", "created_at", "maybe_out"'


def _view(row: Row) -> JobView:
    job_id, kind, document, state, at, error, printer, copy_no, held, next_try_at = row
    try:
        title = decode(bytes(document)).title
    except DomainError:
        title = kind  # it says itself why it can't be printed
    return JobView(job_id, kind, title, state, at, error, printer, copy_no, held == HELD, next_try_at)


def _job(row: Row | None) -> Job | None:
    if row is None:
        return None
    job_id, kind, subject_id, copy_no, document, state, printer, at, maybe_out = row
    return Job(job_id, kind, subject_id, copy_no, bytes(document), state, printer, at, bool(maybe_out))


def run_clock_ms() -> int:
    """Milliseconds on a clock that nobody can set."""
    return time.monotonic_ns() // 1_000_000


class PrintQueue:
    """The papers of one till; every question is short, every change one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _now(self) -> str:
        return self._desk.clock.now().isoformat()

    # --- looking ---------------------------------------------------------------------------
    def live(self) -> list[JobView]:
        """Papers that wait or need a decision, the oldest first."""
        with self._desk.work.read() as rows:
            found = rows.all(
                f'SELECT {_VIEW} FROM "print_job" WHERE "state" IN {_LIVE} AND {_PAPER} ORDER BY "rowid" LIMIT 200'
            )
        return [_view(row) for row in found]

    def counts(self) -> dict[tuple[str, str], int]:
        """How many papers by (printer, state); state `held` for those that wait for a person, `later`
        for those whose question was put off."""
        with self._desk.work.read() as rows:
            found = rows.all(
                'SELECT "printer", CASE WHEN "state" = \'queued\' AND "held" = 1 THEN \'held\' '
                'WHEN "state" = \'unknown\' AND "asked" = 1 THEN \'later\' ELSE "state" END, count(*) '
                f'FROM "print_job" WHERE "state" IN {_LIVE} AND {_PAPER} GROUP BY 1, 2'
            )
        return {(printer, state): count for printer, state, count in found}

    def job(self, job_id: str) -> Job:
        """One paper. Raises print.unknown_job."""
        with self._desk.work.read() as rows:
            return self.job_in(rows, job_id)

    def job_in(self, rows: Rows, job_id: str) -> Job:
        """The same inside an open transaction."""
        found = _job(rows.one(f'SELECT {_JOB} FROM "print_job" WHERE "id" = ? AND {_PAPER}', job_id))
        if found is None:
            raise DomainError("print.unknown_job")
        return found

    def state(self, job_id: str) -> tuple[str, str]:
        """(state, printer) of any job. Raises print.unknown_job."""
        with self._desk.work.read() as rows:
            row = rows.one('SELECT "state", "printer" FROM "print_job" WHERE "id" = ?', job_id)
        if row is None:
            raise DomainError("print.unknown_job")
        return row[0], row[1]

    def cut_short(self) -> bool:
        """Whether the program ended while a paper was on its way."""
        with self._desk.work.read() as rows:
            return rows.one('SELECT 1 FROM "print_job" WHERE "state" = \'sending\' LIMIT 1') is not None

    def printers_waiting(self) -> list[str]:
        """The printers that papers wait for."""
        with self._desk.work.read() as rows:
            found = rows.all('SELECT DISTINCT "printer" FROM "print_job" WHERE "state" = \'queued\'')
        return [printer for (printer,) in found]

    def answered(self, printer: str) -> bool:
        """Whether a printer told how it was when it took its last paper."""
        with self._desk.work.read() as rows:
            row = rows.one(
                'SELECT "status_before" FROM "print_job" WHERE "printer" = ? AND "state" = \'printed\' '
                f'AND "bytes_sent" > 0 AND {_PAPER} ORDER BY "rowid" DESC LIMIT 1',
                printer,
            )
        return bool(row and row[0])

    def ask(self) -> JobView | None:
        """The oldest paper of which nobody knows and nobody was asked."""
        with self._desk.work.read() as rows:
            row = rows.one(
                f'SELECT {_VIEW} FROM "print_job" WHERE "state" = \'unknown\' AND "asked" = 0 AND {_PAPER} '
                'ORDER BY "rowid" LIMIT 1'
            )
        return _view(row) if row else None

    def backlog(self) -> Backlog | None:
        """The receipts held back, or None."""
        with self._desk.work.read() as rows:
            row = rows.one(
                'SELECT count(*), min("created_at") FROM "print_job" WHERE "state" = \'queued\' AND "held" = ?',
                HELD,
            )
        return Backlog(row[0], row[1]) if row and row[0] else None

    # --- people decide ---------------------------------------------------------------------
    def decide(self, job_id: str, state: str, allowed: tuple[str, ...], printer: str | None = None) -> None:
        """Give a paper another state by hand. Raises print.unknown_job, print.sending without one of `allowed`."""
        marks = ", ".join("?" for _ in allowed)
        with self._desk.work.begin() as work:
            touched = work.rows.run(
                'UPDATE "print_job" SET "state" = ?, "expires_at" = max("expires_at", ?), "last_error" = \'\', '
                f'"next_try_at" = \'\', "held" = ?, "printer" = coalesce(?, "printer") WHERE "id" = ? AND {_PAPER} AND "state" IN ({marks})',
                state,
                self._desk.expiry(1),
                LET_GO,
                printer,
                job_id,
                *allowed,
            )
        if not touched:
            sending = self.state(job_id)[0] == "sending"
            raise DomainError("print.sending" if sending else "print.unknown_job")

    def later(self, job_id: str) -> None:
        """The cashier can't say yet whether the paper came out."""
        with self._desk.work.begin() as work:
            touched = work.rows.run(
                'UPDATE "print_job" SET "asked" = 1 WHERE "id" = ? AND "state" = \'unknown\'', job_id
            )
        if not touched:
            raise DomainError("print.unknown_job")

    def settle_backlog(self, state: str) -> int:
        """Let the held receipts go on (queued) or go (cancelled); how many."""
        with self._desk.work.begin() as work:
            return work.rows.run(
                'UPDATE "print_job" SET "state" = ?, "held" = ? WHERE "state" = \'queued\' AND "held" = ?',
                state,
                LET_GO,
                HELD,
            )

    # --- the printers' threads -------------------------------------------------------------
    def recover(self) -> None:
        """After a start: what was on its way is asked about, and no drawer opens any more."""
        with self._desk.work.begin() as work:
            run = work.rows.run
            run(
                'UPDATE "print_job" SET "state" = \'unknown\', "maybe_out" = 1, "asked" = 0 '
                f"WHERE \"state\" = 'sending' AND {_PAPER}"
            )
            run(
                'UPDATE "print_job" SET "state" = \'expired\' '
                "WHERE \"kind\" = 'drawer' AND \"state\" IN ('queued', 'sending') AND \"run\" <> ?",
                self._desk.run,
            )
            self._expire(work.rows)

    def claim(self, printer: str, only: str = "", fresh: bool = False) -> Job | None:
        """Take the next paper of a printer for sending; the drawer goes first.

        `fresh`: the printer was not reached just before, so old receipts may not all come out now.
        """
        with self._desk.work.read() as rows:
            waits = rows.one(
                f'SELECT 1 FROM "print_job" WHERE {_NEXT} LIMIT 1', printer, HELD, self._desk.run
            )
        if waits is None:
            return None
        with self._desk.work.begin() as work:
            self._expire(work.rows)
            if fresh and not only:
                self._hold(work.rows, printer)
            row = work.rows.one(
                f'SELECT {_JOB} FROM "print_job" WHERE {_NEXT} '
                'AND (? = \'\' OR "id" = ?) ORDER BY "kind" <> \'drawer\', "rowid" LIMIT 1',
                printer,
                HELD,
                self._desk.run,
                only,
                only,
            )
            job = _job(row)
            if job is not None:
                work.rows.run(
                    'UPDATE "print_job" SET "state" = \'sending\', "attempts" = "attempts" + 1 WHERE "id" = ?',
                    job.id,
                )
        return job

    def finish(
        self, job_id: str, state: str, *, sent: int = 0, error: str = "", said: str = "", wait_s: int = 0
    ) -> None:
        """What became of a paper that was taken; `wait_s`: it is tried again so much later."""
        soon = (self._desk.clock.now() + timedelta(seconds=wait_s)).isoformat() if wait_s else ""
        with self._desk.work.begin() as work:
            work.rows.run(
                'UPDATE "print_job" SET "state" = ?, "bytes_sent" = ?, "last_error" = ?, "status_before" = ?, '
                '"next_try_at" = ?, "asked" = 0, "maybe_out" = max("maybe_out", ?) '
                "WHERE \"id\" = ? AND \"state\" IN ('sending', 'unknown')",
                state,
                sent,
                error,
                said,
                soon,
                int(state in ("unknown", "printed")),
                job_id,
            )

    def drawer_life_ms(self, job_id: str) -> int:
        """How long a drawer's kick may still be sent, 0 or less: no more."""
        with self._desk.work.read() as rows:
            row = rows.one(
                'SELECT "run_until_ms", "expires_at" FROM "print_job" WHERE "id" = ? AND "run" = ?',
                job_id,
                self._desk.run,
            )
        if row is None or row[1] <= self._now():
            return 0
        return int(row[0]) - run_clock_ms()

    def _expire(self, rows: Rows) -> None:
        rows.run(
            'UPDATE "print_job" SET "state" = \'expired\' WHERE "state" = \'queued\' '
            'AND (("expires_at" <> \'\' AND "expires_at" < ?) '
            'OR ("kind" = \'drawer\' AND "run" = ? AND "run_until_ms" <= ?))',
            self._now(),
            self._desk.run,
            run_clock_ms(),
        )

    def _hold(self, rows: Rows, printer: str) -> None:
        since = (self._desk.clock.now() - _OLD).isoformat()
        old = f'"state" = \'queued\' AND "printer" = ? AND "held" <> {LET_GO} AND {_PASSING} AND "created_at" < ?'
        row = rows.one(f'SELECT count(*) FROM "print_job" WHERE {old}', printer, since)
        if row and row[0] > MAX_BY_SURPRISE:
            rows.run(f'UPDATE "print_job" SET "held" = {HELD} WHERE {old}', printer, since)
