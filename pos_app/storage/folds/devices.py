"""Folds of devices: the latest saying of each kind stands."""

from typing import TYPE_CHECKING

from pos_app.facts.devices import DeviceEnrolled, DeviceRevoked
from pos_app.storage import device_tables as tables
from sync.canonical import encode
from sync.events import Event
from sync.rows import Row, Rows

if TYPE_CHECKING:
    from sqlalchemy import Table


def fold_enrolled(rows: Rows, event: Event, came: DeviceEnrolled) -> None:
    """A device was enrolled, or got another certificate."""
    rest = (came.name, came.role, came.not_after, came.at, encode(came).decode())
    _let_stand(rows, tables.enrolled_device, came.device, event, rest)


def fold_revoked(rows: Rows, event: Event, gone: DeviceRevoked) -> None:
    """A device is trusted no longer, until it is enrolled again."""
    _let_stand(rows, tables.revoked_device, gone.device, event, (gone.at, encode(gone).decode()))


def _let_stand(rows: Rows, table: "Table", device: str, event: Event, rest: Row) -> None:
    """Keep this saying unless a later one, by (clock, key), stands."""
    rank = event.envelope.hlc
    found = rows.one(f'SELECT "rank", "key" FROM "{table.name}" WHERE "id" = ?', device)
    if found is None or (found[0], bytes(found[1])) < (rank, event.key):
        rows.put(table, [(device, event.key, rank, *rest)])
