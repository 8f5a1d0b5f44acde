"""Tables dropped and told again from the events; and one digest of all facts."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from pos_app.storage import local, versions
from pos_app.storage.columns import metadata
from pos_app.storage.folds.dispatch import fold_stored, fold_waiting
from pos_app.storage.queries.catch_up import fold_version
from sync import store
from sync.rows import Rows


def catch_up(write: Callable[[], AbstractContextManager[Rows]]) -> None:
    """Tell the tables anew if their shape is another, then fold what waits, a slice at a time."""
    with write() as rows:
        if fold_version(rows) != versions.FOLD_VERSION:
            rebuild(rows)
    folded = 1
    while folded:
        with write() as rows:
            folded = fold_waiting(rows)


def rebuild(rows: Rows) -> int:
    """Drop every folded table and fold all events anew; how many events were told."""
    if rows.far:
        # lazy: only on a server
        from pos_app.storage.folds.aside import fold_aside

        count = fold_aside(rows, fold_version(rows) == versions.FOLD_VERSION)
    else:
        count = _fold_here(rows)
    rows.put(local.meta, [("fold_version", str(versions.FOLD_VERSION))])
    return count


def _fold_here(rows: Rows) -> int:
    metadata.drop_all(rows.connection)
    metadata.create_all(rows.connection)
    rows.run('DELETE FROM "unfolded"')
    count = 0
    for event in store.each_event(rows):
        fold_stored(rows, event)
        count += 1
    return count


def _lines(rows: Rows, name: str, columns: list[str]) -> Iterator[tuple[object, ...]]:
    order = ", ".join(f'"{column}"' for column in columns)
    yield from rows.all(f'SELECT {order} FROM "{name}" ORDER BY {order}')


def table_digests(rows: Rows) -> dict[str, str]:
    """One hash per folded table, over its sorted rows."""
    digests = {}
    for table in metadata.sorted_tables:
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
