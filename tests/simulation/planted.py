"""Faults that other programs live with, planted on purpose: a simulation is only trusted once it catches them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock

import msgspec

from pos_app.facts import sales
from pos_app.services import day_close
from pos_app.storage.folds import dispatch
from pos_app.storage.queries.board_cut import CutFigures, figures_at
from sync import driving, store
from sync.events import Event
from sync.messages import Span
from sync.rows import Rows
from tests.simulation.machine import Machine
from tests.simulation.world import World

Plant = Callable[[World], None]


@contextmanager
def sent_flags() -> Iterator[Plant | None]:
    """What was sent once is marked, and never sent again, whatever became of it."""
    sent: dict[tuple[str, bytes], int] = {}
    real = driving.Drive._push

    def push(drive: driving.Drive, spans: list[Span], keys: list[bytes]) -> None:
        rest = []
        for span in spans:
            mark = (drive._replica.name, span.log)
            low = max(span.low, sent.get(mark, 0) + 1)
            sent[mark] = max(sent.get(mark, 0), span.high)
            if low <= span.high or span.first:
                rest.append(msgspec.structs.replace(span, low=low))
        real(drive, rest, keys)

    def begin(world: World) -> None:
        sent.clear()

    with mock.patch.object(driving.Drive, "_push", push):
        yield begin


def _without(keep: Callable[[Rows, Event], bool]) -> Any:
    real = store.take

    def take(rows: Rows, events: list[Event], now_us: int) -> set[bytes]:
        return real(rows, [event for event in events if keep(rows, event)], now_us)

    return mock.patch.object(store, "take", take)


def _rivals(rows: Rows, event: Event) -> list[bytes]:
    place = (bytes.fromhex(event.envelope.log), event.envelope.seq, event.key)
    found = rows.all('SELECT "key" FROM "event" WHERE "log" = ? AND "seq" = ? AND "key" <> ?', *place)
    return [bytes(key) for (key,) in found]


@contextmanager
def refusing_on_conflict() -> Iterator[Plant | None]:
    """A second event with one (log, seq) is turned down."""
    with _without(lambda rows, event: not _rivals(rows, event)):
        yield None


@contextmanager
def upsert_by_seq() -> Iterator[Plant | None]:
    """A second event with one (log, seq) takes the place of the first."""

    def keep(rows: Rows, event: Event) -> bool:
        for key in _rivals(rows, event):
            rows.run('DELETE FROM "event" WHERE "key" = ?', key)
        return True

    with _without(keep):
        yield None


@contextmanager
def told_apart_by_receipt_number() -> Iterator[Plant | None]:
    """A sale whose printed number is known already is taken for the same sale."""
    real = dispatch.FOLDS[sales.Sale]

    def fold(rows: Rows, event: Event, fact: sales.Sale) -> None:
        where = ('SELECT 1 FROM "sale" WHERE "receipt_no" = ? AND "business_date" = ?', fact.receipt_no)
        if rows.one(*where, fact.business_date) is None:
            real(rows, event, fact)

    with mock.patch.dict(dispatch.FOLDS, {sales.Sale: fold}):
        yield None


@contextmanager
def live_close() -> Iterator[Plant | None]:
    """A close is reckoned from whatever is there when it is looked at."""

    def live(rows: Rows, day_id: str, cut: Mapping[str, int]) -> CutFigures:
        everything = {bytes(log).hex(): 2**62 for (log,) in rows.all('SELECT "log" FROM "log"')}
        return figures_at(rows, day_id, everything)

    with mock.patch.object(day_close, "figures_at", live):
        yield None


@contextmanager
def early_checkpoint() -> Iterator[Plant | None]:
    """Done is said before it is on the disk."""

    def lazy(machine: Machine) -> None:
        machine.lazy = True

    def begin(world: World) -> None:
        world.patch = lazy
        for machine in world.machines.values():
            lazy(machine)

    yield begin


FAULTS = {
    "sent flags": sent_flags,
    "refusing on conflict": refusing_on_conflict,
    "upsert by seq": upsert_by_seq,
    "told apart by receipt number": told_apart_by_receipt_number,
    "live close": live_close,
    "early checkpoint": early_checkpoint,
}
