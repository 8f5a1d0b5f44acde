"""Opens transactions for the services; what a transaction can do stands in `work`."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pos_app.runtime.clock import Clock
from pos_app.storage.engine import Database
from sync.events import Event
from sync.rows import Rows

if TYPE_CHECKING:
    from pos_app.storage.work import Work

CATALOGUE = "catalogue"
OFFICE = "office"
SETTLEMENT = "settlement"  # apart from the office: it tells of all vendors, who read the office's
NO_DAY = "none"  # of a register before its first day


def register_scope(day_id: str, register: str) -> str:
    """The scope of one register on one market day."""
    return f"register/{day_id}/{register}"


def event_id(event: Event) -> str:
    """A thing's id made of its event: UUID text of the first 16 bytes of the key."""
    return str(uuid.UUID(bytes=event.key[:16]))


def _nothing() -> None:
    """Nobody waits for it."""


class UnitOfWork:
    """Opens transactions for the services."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.on_paper: Callable[[], None] = _nothing
        self.on_commit: Callable[[], None] = _nothing
        self.on_begin: Callable[[], None] = _nothing

    @contextmanager
    def begin(self, actor: str = "") -> "Iterator[Work]":
        """All that is done on the yielded Work is committed together, durably, or not at all."""
        # lazy: folds and tables are wanted by the first write, not by the first scan
        from pos_app.storage.work import Work

        self.on_begin()
        with self.database.write() as rows:
            work = Work(rows, self.clock, actor)
            yield work
        if work.papers:
            self.on_paper()  # only after the commit
        self.on_commit()

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """A consistent view for queries."""
        with self.database.read() as rows:
            yield rows
