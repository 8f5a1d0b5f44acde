"""A bare replica for tests: the event store alone on a real file, and writers that know how to lie."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from sync import store
from sync.events import Envelope, Event, compose
from sync.identity import new_device_key, new_genesis
from sync.rows import Rows

NOW = 1_800_000_000_000_000
WALL = "2026-11-20T10:00:00+09:00"


class Replica:
    """The tables of `sync.store` in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(f"sqlite:///{path}", isolation_level="AUTOCOMMIT")
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA synchronous=OFF")
            store.metadata.create_all(connection)

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        """One transaction."""
        with self._engine.connect() as connection:
            rows = Rows(connection)
            rows.run("BEGIN IMMEDIATE")
            try:
                yield rows
                rows.run("COMMIT")
            except BaseException:
                rows.run("ROLLBACK")
                raise

    def findings(self) -> list[str]:
        """The codes of what verify finds."""
        with self.rows() as rows:
            return [found.code for found in store.verify(rows)]

    def known(self) -> set[bytes]:
        """The set that this replica is."""
        with self.rows() as rows:
            return {bytes(key) for (key,) in rows.all('SELECT "key" FROM "event"')}

    def head(self, log: bytes) -> tuple[int, bytes]:
        """(seq, key) of a log's head."""
        with self.rows() as rows:
            found = rows.one('SELECT "seq", "key" FROM "head" WHERE "log" = ?', log)
        assert found is not None
        return found[0], bytes(found[1])

    def take(self, geneses: Sequence[bytes], datas: Sequence[bytes], now_us: int = NOW) -> int:
        """Take in logs and events in one transaction; how many events were new."""
        with self.rows() as rows:
            for genesis in geneses:
                store.take_genesis(rows, genesis, now_us)
            return store.receive(rows, datas, now_us)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


class Writer:
    """A device that writes one log, and does not mind forking it."""

    def __init__(self, scope: str = "catalogue") -> None:
        self.private = new_device_key()
        self.log, self.genesis = new_genesis(self.private, scope, WALL)
        self.seq = 0
        self.prev = self.log

    def say(self, body: Any, type_: str = "note/1", hlc: int = 1) -> Event:
        """The next event of this log."""
        made = self.draft(body, type_, hlc)
        self.seq, self.prev = made.envelope.seq, made.key
        return made

    def draft(self, body: Any, type_: str = "note/1", hlc: int = 1) -> Event:
        """What the next event would be; the log does not move, so two drafts are a fork."""
        return compose(Envelope(1, self.log.hex(), self.seq + 1, self.prev.hex(), hlc, WALL, "", type_, body))
