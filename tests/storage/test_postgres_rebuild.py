"""Tables told anew on PostgreSQL: the same keys and indexes as new ones, all of it or nothing."""

from collections.abc import Iterable
from typing import Any

import pytest

from pos_app.storage import local
from pos_app.storage.engine import Database
from pos_app.storage.folds.rebuild import rebuild, table_digests
from pos_app.storage.opening import open_store
from sync.rows import PostgresRows, Row
from tests.storage.histories import random_history
from tests.storage.twins import bring, differences, on_file

_SHAPE = (
    "SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
    "WHERE c.connamespace = 'public'::regnamespace UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes "
    "WHERE schemaname = 'public' ORDER BY 1, 2, 3"
)


def shape(database: Database) -> list[Row]:
    """Every key, condition and index."""
    with database.read() as rows:
        return rows.all(_SHAPE)


def told(seed: int, *databases: Database) -> None:
    """A random history, received and folded in each of them."""
    history = random_history(seed, 60)
    for database in databases:
        bring(database, [each.genesis for each in history.writers], [each.data for each in history.events])


def of_another_shape(database: Database) -> None:
    """As a database looks that an older program folded."""
    with database.write() as rows:
        rows.put(local.meta, [("fold_version", "1")])


@pytest.mark.parametrize("anew", [True, False])
def test_told_anew_it_has_the_keys_and_indexes_of_a_new_one(
    tmp_path: Any, postgres_url: str, anew: bool
) -> None:
    database, twin = open_store(postgres_url), on_file(tmp_path / "twin.db")
    made = shape(database)
    assert any("sale_line_pkey" in row for row in made) and any("sale_by_shift" in row for row in made)
    told(3, database, twin)
    with database.write() as rows:
        rebuild(rows)
    if anew:
        of_another_shape(database)
    with database.write() as rows:
        assert rebuild(rows) > 0
    assert shape(database) == made
    assert differences(database, twin) == []
    database.close()
    twin.close()


@pytest.mark.parametrize("anew", [True, False])
def test_one_that_breaks_off_while_rows_go_over_leaves_all_as_it_was(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, anew: bool
) -> None:
    database = open_store(postgres_url)
    told(4, database)
    with database.write() as rows:
        rebuild(rows)
    if anew:
        of_another_shape(database)
    made = shape(database)
    with database.read() as rows:
        before = table_digests(rows)
    load = PostgresRows.load

    def breaks(self: PostgresRows, table: Any, rows: Iterable[Row]) -> None:
        if table.name == "stock_movement":
            raise KeyboardInterrupt
        load(self, table, rows)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt), database.write() as rows:
        patch.setattr(PostgresRows, "load", breaks)
        rebuild(rows)
    with database.read() as rows:
        assert table_digests(rows) == before
    assert shape(database) == made
    database.close()
