"""What can be done in one transaction: append events, fold them, take receipt numbers, write print jobs."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from pos_app.facts.codec import check_written, type_of
from pos_app.runtime.clock import Clock
from pos_app.storage import local
from pos_app.storage.folds.dispatch import fold
from sync import store
from sync.events import Event
from sync.rows import Rows
from sync.tags import speaks_of, tag_of


@dataclass(frozen=True, slots=True)
class OwnLog:
    """Where this device writes in a scope, and the last receipt number it gave."""

    head: store.Head
    tag: str
    counter: int


class Work:
    """What can be done inside one open write transaction."""

    def __init__(self, rows: Rows, clock: Clock, actor: str) -> None:
        self.rows = rows
        self.clock = clock
        self.actor = actor
        self.papers = 0
        self._last: int | None = None

    def own_log(self, scope: str) -> OwnLog:
        """This device's open log in `scope`; opened now when there is none."""
        row = self.rows.one(
            'SELECT o."log", h."seq", h."key", o."tag", o."counter" FROM "own_log" o '
            'JOIN "head" h ON h."log" = o."log" WHERE o."scope" = ?',
            scope,
        )
        if row is None:
            return self._open_log(scope)
        return OwnLog(store.Head(row[0], row[1], row[2]), row[3], row[4])

    def record(self, scope: str, fact: msgspec.Struct) -> Event:
        """Append a fact to the own log of `scope` and fold it."""
        return self._append(self.own_log(scope), fact)

    def record_numbered(
        self, scope: str, make: Callable[[str], msgspec.Struct], done_cart: str = ""
    ) -> Event:
        """Append a fact that bears the next receipt number; `make(number)` gives the fact.

        `done_cart` names the cart that it was made of, so that its file is not taken for an open one.
        """
        own = self.own_log(scope)
        counter = own.counter + 1
        self.rows.run(
            'UPDATE "own_log" SET "counter" = ?, "done_cart" = coalesce(nullif(?, \'\'), "done_cart") '
            'WHERE "scope" = ?',
            counter,
            done_cart,
            scope,
        )
        register = scope.rsplit("/", 1)[1]
        return self._append(own, make(f"{register}-{own.tag}-{counter:04d}"))

    def sign_head(self, scope: str) -> None:
        """Sign where the own log of `scope` ends now (at a close)."""
        store.sign_head(self.rows, self.own_log(scope).head, self._device_key())

    def print_job(
        self,
        kind: str,
        subject_id: str,
        document: bytes,
        *,
        copy_no: int = 0,
        expires_at: str = "",
        state: str = "queued",
        printer: str = "",
        run: str = "",
        run_until_ms: int = 0,
    ) -> str:
        """Queue a paper in this same transaction; the printer sees it only after the commit."""
        job = str(uuid.uuid4())
        self.papers += 1
        now = self.clock.now().isoformat()
        row = (job, kind, subject_id, copy_no, document, state, 0, 0, "", now, expires_at)
        self.rows.insert(local.print_job, [(*row, printer, "", "", run, 0, 0, 0, run_until_ms)])
        return job

    def _append(self, own: OwnLog, fact: msgspec.Struct) -> Event:
        if self._last is None:
            self._last = store.last_tick(self.rows)
        made = store.append(
            self.rows,
            own.head,
            type_of(fact),
            fact,
            actor=self.actor,
            wall=self.clock.stamp(),
            now_us=self.clock.now_us(),
            last=self._last,
        )
        self._last = made.envelope.hlc
        check_written(made.data, type(fact))
        fold(self.rows, made, fact)
        return made

    def _open_log(self, scope: str) -> OwnLog:
        private = self._device_key()
        taken = {tag_of(row[0]) for row in self.rows.all('SELECT "log" FROM "log" WHERE "scope" = ?', scope)}
        row = self.rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', "restores")
        restores = int(row[0]) if row else 0
        head = store.open_log(
            self.rows,
            private,
            scope,
            self.clock.stamp(),
            accept=lambda log: tag_of(log) not in taken and speaks_of(tag_of(log), restores),
        )
        tag = tag_of(head.log)
        self.rows.put(local.own_log, [(scope, head.log, tag, 0, "")])
        return OwnLog(head, tag, 0)

    def _device_key(self) -> bytes:
        row = self.rows.one('SELECT "private_key" FROM "device"')
        if row is not None:
            return bytes(row[0])
        # lazy: keys are made once in the life of a home
        from sync.identity import new_device_key

        private = new_device_key()
        self.rows.insert(local.device, [(1, private)])
        return private
