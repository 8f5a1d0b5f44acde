"""Tables dropped and told again from the events; and one digest of all facts."""

import hashlib
from collections.abc import Iterator

from pos_app.storage import local, tables
from pos_app.storage.folds.dispatch import fold_stored
from sync import store
from sync.rows import Rows


def fold_version(rows: Rows) -> int:
    """Which shape the folded tables have; 0 when never folded."""
    row = rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', "fold_version")
    return int(row[0]) if row else 0


def rebuild(rows: Rows) -> int:
    """Drop every folded table and fold all events anew; how many events were told."""
    tables.metadata.drop_all(rows.connection)
    tables.metadata.create_all(rows.connection)
    rows.run('DELETE FROM "unfolded"')
    count = 0
    for event in store.each_event(rows):
        fold_stored(rows, event)
        count += 1
    rows.put(local.meta, [("fold_version", str(tables.FOLD_VERSION))])
    return count


def _lines(rows: Rows, name: str, columns: list[str]) -> Iterator[tuple[object, ...]]:
    order = ", ".join(f'"{column}"' for column in columns)
    yield from rows.all(f'SELECT {order} FROM "{name}" ORDER BY {order}')


def table_digests(rows: Rows) -> dict[str, str]:
    """One hash per folded table, over its sorted rows."""
    digests = {}
    for table in tables.metadata.sorted_tables:
        hashed = hashlib.sha256()
        for line in _lines(rows, table.name, [column.name for column in table.columns]):
            hashed.update(repr(line).encode())
        digests[table.name] = hashed.hexdigest()
    return digests


def digest(rows: Rows) -> str:
    """One hash of all events' keys and all folded rows: equal where the same is known."""
    hashed = hashlib.sha256()
    for (key,) in rows.all('SELECT "key" FROM "event" ORDER BY "key"'):
        hashed.update(key)
    for name, part in sorted(table_digests(rows).items()):
        hashed.update(f"{name}:{part}\n".encode())
    return hashed.hexdigest()
