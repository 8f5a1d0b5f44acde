"""Whether the journal holds, whether tables say what it says, and one digest of all facts."""

from collections.abc import Iterator
from dataclasses import dataclass

from pos_app.services.desk import Desk
from pos_app.storage.folds import rebuild as folding
from pos_app.storage.queries import days, sales, totals
from sync import store
from sync.rows import Rows


@dataclass(frozen=True, slots=True)
class Verified:
    """What verification found; an empty tuple means that everything holds."""

    events: int
    logs: int
    findings: tuple[store.Finding, ...]
    integrity: str  # what the database says of its own files


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Events told again, and the tables whose rows were different before."""

    events: int
    different: tuple[str, ...]


def _cuts(rows: Rows) -> Iterator[store.Finding]:
    """What closes and seals named as the end of a log must still be there."""
    for log, key, seq in days.named_heads(rows):
        if rows.one('SELECT 1 FROM "event" WHERE "key" = ? AND "seq" = ?', bytes.fromhex(key), seq) is None:
            yield store.Finding("cut", log, seq, "a close names an event that is gone")


def _numbers(rows: Rows) -> Iterator[store.Finding]:
    """The last receipt number given must still be in the journal."""
    for log, scope, counter in rows.all(
        'SELECT "log", "scope", "counter" FROM "own_log" WHERE "counter" > 0'
    ):
        highest = sales.highest_number(rows, log)
        if highest < counter:
            detail = f"receipts up to {counter} were given in {scope}, the journal ends at {highest}"
            yield store.Finding("tail", log.hex(), highest, detail)


class Integrity:
    """Checks of the whole store; slow, never on the main thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def verify(self) -> Verified:
        """Hashes, chains, forks, heads, geneses, and the file itself."""
        with self._desk.work.read() as rows:
            findings = (*store.verify(rows), *_cuts(rows), *_numbers(rows))
            return Verified(totals.journal(rows), len(store.heads(rows)), findings, rows.soundness())

    def rebuild(self) -> Rebuilt:
        """Drop the folded tables, fold everything anew, and compare."""
        with self._desk.work.begin() as work:
            before = folding.table_digests(work.rows)
            events = folding.rebuild(work.rows)
            after = folding.table_digests(work.rows)
        return Rebuilt(events, tuple(name for name in sorted(after) if before.get(name) != after[name]))

    def digest(self) -> str:
        """Equal on every replica that holds the same."""
        with self._desk.work.read() as rows:
            return folding.digest(rows)
