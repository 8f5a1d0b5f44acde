"""The store as an exchange uses it: never in the way of a sale, and never after the till was closed."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from pos_app.services import syncing_book, syncing_own_logs
from pos_app.services.desk import Desk
from pos_app.storage.engine import Database
from sync.events import parse_stored
from sync.rows import Rows

if TYPE_CHECKING:
    from sync.exchange import Notice, Replica

SLICE_NS = 4_000_000
_BREATH_S = 0.002
_SOME_WAITING = (
    'SELECT u."key", e."bytes" FROM "unfolded" u JOIN "event" e ON e."key" = u."key" '
    'WHERE u."state" = ? LIMIT 64'
)


class Ended(Exception):
    """The till is being closed: whatever still runs in the background ends here."""


class SyncStore:
    """Reads, writes and folds of the exchange; several threads may use it, `end` stops them all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._gate = threading.Lock()
        self.ended = threading.Event()
        self.hurry = False  # a command: nobody sells in this process
        self.told = ""  # restored or cloned, once that came out

    @property
    def database(self) -> Database:
        return self._desk.work.database

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """A short look. Raises Ended."""
        if self.ended.is_set():
            raise Ended
        with self.database.read() as rows:
            yield rows

    @contextmanager
    def write(self) -> Iterator[Rows]:
        """A short durable transaction; own logs that came back from outside are let go in it. Raises Ended."""
        with self._gate:
            if self.ended.is_set():
                raise Ended
            with self.database.write() as rows:
                yield rows
                self.told = syncing_own_logs.look(rows, self._desk.clock.stamp()) or self.told

    def end(self) -> None:
        """Nothing of the exchange touches the store once this has returned."""
        self.ended.set()
        with self._gate:
            pass

    def replica(self, peer: str = "") -> "Replica":
        """This store for one exchange; what comes in is folded as soon as it is safe."""
        # lazy: a till that never syncs never loads it
        from sync.exchange import Replica

        return Replica(
            self.read,
            self.write,
            self._desk.clock.now_us,
            self._name(),
            received=self._received,
            noticed=self._noticed(peer),
            heads_of=self._heads_of,
        )

    def _name(self) -> str:
        with self.read() as rows:
            known = syncing_book.known_name(rows)
        if known:
            return known
        with self.write() as rows:
            return syncing_book.replica_name(rows)

    def _received(self, count: int) -> None:
        if count:
            self.fold()

    def _noticed(self, peer: str) -> "Callable[[tuple[Notice, ...]], None]":
        def keep(notices: "tuple[Notice, ...]") -> None:
            with self.write() as rows:
                syncing_book.note(rows, notices, peer, self._desk.clock.stamp())

        return keep

    def _heads_of(self, peer: str) -> Mapping[bytes, int]:
        with self.read() as rows:
            return syncing_book.heads_of(rows, peer)

    # --- folding ---------------------------------------------------------------------------
    def waiting(self) -> int:
        """How many received events are not in the tables yet."""
        with self.read() as rows:
            row = rows.one('SELECT count(*) FROM "unfolded" WHERE "state" = ?', "waiting")
        return int(row[0]) if row else 0

    def fold(self) -> int:
        """Fold all that waits, in slices; between two slices a sale may go first. Raises Ended."""
        count = 0
        while self._any_waiting() and (taken := self._slice()):
            count += taken
        return count

    def _any_waiting(self) -> bool:
        with self.read() as rows:
            return rows.one('SELECT 1 FROM "unfolded" WHERE "state" = ? LIMIT 1', "waiting") is not None

    def _slice(self) -> int:
        with self._gate:
            if self.ended.is_set():
                raise Ended
            with self.database.write() as rows:
                began = time.monotonic_ns()
                taken = self._fold_some(rows, began + SLICE_NS)
        if taken:
            # As long as it took, the lock is free for whoever stands at the till; a command, beside which
            # a window of another process may sell, only takes breath.
            took = timedelta(microseconds=(time.monotonic_ns() - began) // 1000)
            self.ended.wait(_BREATH_S if self.hurry else max(_BREATH_S, took.total_seconds()))
        return taken

    def _fold_some(self, rows: Rows, end_ns: int) -> int:
        # lazy: the folds are loaded with the first sale or the first event from outside
        from pos_app.storage.folds.dispatch import fold_stored

        taken = 0
        for key, data in rows.all(_SOME_WAITING, "waiting"):
            rows.run('DELETE FROM "unfolded" WHERE "key" = ?', key)
            fold_stored(rows, parse_stored(bytes(key), bytes(data)))
            taken += 1
            if time.monotonic_ns() >= end_ns:
                break
        return taken
