"""The exchange with a server on PostgreSQL: what three tills hold in part, all hold in the end."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from pos_app.storage.opening import open_store
from pos_app.storage.postgres import PostgresDatabase
from sync import store
from sync.exchange import Replica
from sync.rows import Rows
from tests.storage.twins import take_in
from tests.sync.replica import NOW
from tests.sync.worlds import Place, even, history, scatter, sign


class Bare:
    """A PostgreSQL store where tests of the library expect a file; it only takes in, as a server does."""

    def __init__(self, url: str) -> None:
        self.database = cast(PostgresDatabase, open_store(url))

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        with self.database.ingest() as rows:
            yield rows

    def known(self) -> set[bytes]:
        with self.database.read() as rows:
            return {key for (key,) in rows.all('SELECT "key" FROM "event"')}

    def take(self, geneses: Sequence[bytes], datas: Sequence[bytes]) -> int:
        return take_in(self.database, geneses, datas)

    def close(self) -> None:
        self.database.close()


class Server(Place):
    """A place of a world that is a server."""

    def __init__(self, url: str) -> None:
        self.bare = Bare(url)  # type: ignore[assignment]
        self.folded, self.commits = 0, 0
        self.noticed, self.memory = [], {}
        self.replica = Replica(
            read=cast(Bare, self.bare).database.read,
            write=self._write,
            now_us=lambda: NOW,
            name="server",
            received=self._received,
            noticed=self.noticed.extend,
            at_once=5_000,
        )


@pytest.mark.acceptance("A32")
@pytest.mark.parametrize("seed", range(6))
def test_all_are_equal_after_two_exchanges_with_the_server(
    tmp_path: Path, postgres_url: str, seed: int
) -> None:
    rng = random.Random(seed)
    server = Server(postgres_url)
    tills = [Place(tmp_path / f"{name}.db") for name in "abc"]
    told = history(rng, logs=6, length=30, forks=0.2)
    scatter(rng, told, [tills[0], *tills[1:], server])
    sign(tills[0], told[1])
    even([server, *tills])
    for till in tills:
        assert till.everything() == server.everything()
        assert till.state == server.state
    with cast(Bare, server.bare).database.read() as rows:
        assert {found.code for found in store.verify(rows)} <= {"fork"}
    for place in (server, *tills):
        place.close()
