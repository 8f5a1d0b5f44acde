"""PostgreSQL tells what SQLite tells: the same events, the same rows, the same digest."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.storage.engine import Database
from pos_app.storage.folds.rebuild import digest, rebuild, table_digests
from pos_app.storage.opening import open_store
from sync import store
from tests.scenarios.whole_market import WholeMarket
from tests.storage.histories import random_history
from tests.storage.twins import bring, contents, differences, on_file, tables


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    """A server's store with nothing in it."""
    database = open_store(postgres_url)
    yield database
    database.close()


def told(database: Database) -> str:
    with database.read() as rows:
        return digest(rows)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_whole_market_day_is_told_alike(whole_market: WholeMarket, postgres: Database, seed: int) -> None:
    real = whole_market.house.database
    bring(postgres, *contents(real), chosen=random.Random(seed))
    assert differences(real, postgres) == []
    assert told(postgres) == told(real)
    with postgres.read() as rows:
        assert list(store.verify(rows)) == []
    with postgres.write() as rows:
        before = table_digests(rows)
        rebuild(rows)
        assert table_digests(rows) == before
    assert differences(real, postgres) == []


@pytest.mark.parametrize("seed", range(8))
def test_random_histories_are_told_alike(tmp_path: Path, postgres: Database, seed: int) -> None:
    history = random_history(seed, steps=60)
    geneses = [writer.genesis for writer in history.writers]
    events = [event.data for event in history.events]
    other = on_file(tmp_path / "jangteo.db")
    bring(other, geneses, events, chosen=random.Random(seed))
    bring(postgres, geneses, events, chosen=random.Random(seed + 1000))
    assert differences(other, postgres) == []
    assert told(other) == told(postgres)
    assert tables(postgres)["event"]
    other.close()
