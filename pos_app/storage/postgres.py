"""The server's store on PostgreSQL: the same tables and questions, several processes at once."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.adapt import Loader
from sqlalchemy import Column, Engine, Integer, Text, create_engine, event, exc
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.engine import make_url

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage.engine import NEWER, Database
from pos_app.storage.postgres_faults import fault_of, no_such_address
from pos_app.storage.versions import LOCAL_VERSION
from sync.rows import PostgresRows, Rows

log = logging.getLogger(__name__)

# Who folds, or writes what others read before they write, holds this lock: one at a time over all processes.
WRITING = 0x4A414E47
CONNECTIONS, MORE_CONNECTIONS = 5, 15
WAIT_SECONDS = 10
_TRUSTED_NS = 5_000_000_000
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
_SESSION = "-c synchronous_commit=on -c standard_conforming_strings=on -c client_min_messages=warning"


class _Whole(Loader):
    """Sums of whole numbers come as NUMERIC; they are whole numbers."""

    def load(self, data: Any) -> int:
        return int(bytes(data))


class _Types(PGTypeCompiler):
    """Columns as SQLite means them: text in the order of its bytes, numbers of 64 bits."""

    def visit_TEXT(self, type_: Text, **kw: Any) -> str:
        said = super().visit_TEXT(type_, **kw)
        return f'{said} COLLATE "C"' if isinstance(kw.get("type_expression"), Column) else said

    def visit_INTEGER(self, type_: Integer, **kw: Any) -> str:
        return "BIGINT"


class _Trust:
    """Which connections of the pool are asked whether they live before they are used.

    One that was used a moment ago spares the journey, unless another has died since.
    """

    def __init__(self) -> None:
        self._lost_at = 0

    def lost(self) -> None:
        """A connection has died: the others may have too."""
        self._lost_at = time.monotonic_ns()

    def put_back(self, _connection: object, record: Any) -> None:
        """Remember when it was used last."""
        record.info["used_at"] = time.monotonic_ns()

    def taken_out(self, connection: Any, record: Any, _proxy: object) -> None:
        """Ask one that lay idle. Raises DisconnectionError for the pool, which makes another."""
        used_at = record.info.get("used_at", time.monotonic_ns())
        if used_at < max(self._lost_at, time.monotonic_ns() - _TRUSTED_NS):
            try:
                connection.execute("SELECT 1")
            except psycopg.Error as error:
                raise exc.DisconnectionError from error


def make_engine(url: str, trust: _Trust) -> Engine:
    """An engine whose transactions we begin ourselves; a connection that died is replaced when it is taken."""
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_timeout=WAIT_SECONDS,
        connect_args={
            "options": f"{_SESSION} -c lock_timeout={WAIT_SECONDS * 1000}",
            "connect_timeout": WAIT_SECONDS,
            "client_encoding": "UTF8",
        },
    )
    engine.dialect.type_compiler_instance = _Types(engine.dialect)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "checkin", trust.put_back)
    event.listen(engine, "checkout", trust.taken_out)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.adapters.register_loader("numeric", _Whole)


@contextmanager
def naming_faults() -> Iterator[None]:
    """Turn the driver's complaints about the world into EnvironmentFault."""
    try:
        yield
    except (psycopg.Error, exc.SQLAlchemyError, OSError) as error:
        named = fault_of(error)
        if named is None:
            raise
        log.warning("the store failed: %s", error)
        raise named from error


class _Reading(threading.local):
    """What one thread is reading at this moment."""

    rows: Rows | None = None


class PostgresDatabase(Database):
    """One PostgreSQL database: reads and ingests side by side, one writer at a time over all processes."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.path = Path(self.url.database or "")
        self._reading = _Reading()
        self._made: Engine | None = None
        self._trust = _Trust()
        self._making = threading.Lock()

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine on this database, made at first need."""
        with self._making:
            if self._made is None:
                self._made = make_engine(self.url.render_as_string(hide_password=False), self._trust)
            return self._made

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """One consistent view of what is committed; a read inside a read shares its view."""
        reading = self._reading
        if reading.rows is not None:
            with naming_faults():
                yield reading.rows
            return
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", end="ROLLBACK") as rows:
            reading.rows = rows
            try:
                yield rows
            finally:
                reading.rows = None

    @contextmanager
    def glance(self) -> Iterator[Rows]:
        """For a single question: what is committed now, without the journeys of a transaction."""
        if self._reading.rows is not None:
            yield self._reading.rows
            return
        with naming_faults(), self.engine.connect() as connection:
            try:
                yield PostgresRows(connection)
            except psycopg.OperationalError:
                self._trust.lost()
                connection.invalidate()
                raise

    @contextmanager
    def write(self) -> Iterator[Rows]:
        """One durable transaction, no other writer beside it in any process: all of it, or nothing."""
        with self._transaction(_BEGIN) as rows:
            rows.run("SELECT pg_advisory_xact_lock(?)", WRITING)
            yield rows

    @contextmanager
    def ingest(self) -> Iterator[Rows]:
        """One durable transaction that only takes in what others wrote (`sync.store.receive`).

        Others may do so beside it, and fold: what both would move, `Rows.hold` keeps apart.
        """
        with self._transaction(_BEGIN) as rows:
            yield rows

    @contextmanager
    def _transaction(self, begin: str, end: str = "COMMIT") -> Iterator[Rows]:
        with naming_faults(), self.engine.connect() as connection:
            rows = PostgresRows(connection)
            try:
                rows.run(begin)
                yield rows
            except BaseException:
                self._give_up(rows)
                raise
            rows.run(end)

    def _give_up(self, rows: Rows) -> None:
        # A connection that broke has rolled back by itself; it is thrown away.
        try:
            rows.run("ROLLBACK")
        except psycopg.Error:
            self._trust.lost()
            rows.connection.invalidate()

    def checkpoint(self) -> None:
        """PostgreSQL tidies up by itself."""

    def close(self) -> None:
        """Let go of the connections."""
        if self._made is not None:
            self._made.dispose()
            self._made = None
        self._reading = _Reading()


def open_postgres(url: str) -> PostgresDatabase:
    """Open the database at `url`, its tables made and its local tables brought up to date.

    Raises EnvironmentFault when it cannot be reached or written, or is newer than the program.
    """
    try:
        database = PostgresDatabase(url)
    except (ValueError, exc.ArgumentError) as error:
        raise no_such_address() from error
    try:
        with database.read() as rows:
            _check_text(rows)
            version = _version(rows)
        if version > LOCAL_VERSION:
            raise EnvironmentFault(tr(NEWER.title), tr(NEWER.advice))
        if version < LOCAL_VERSION:
            _bring_up(database)
    except BaseException:
        database.close()
        raise
    return database


def _check_text(rows: Rows) -> None:
    row = rows.one("SHOW server_encoding")
    if row != ("UTF8",):
        raise EnvironmentFault(
            tr("이 데이터베이스에는 한글을 담을 수 없어요."),
            tr("인코딩을 UTF8로 정해 데이터베이스를 새로 만든 뒤 다시 열어요."),
        )


def _version(rows: Rows) -> int:
    """Which shape the local tables have; 0 in a new database."""
    if rows.one("SELECT to_regclass('meta')") == (None,):
        return 0
    row = rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', "local_version")
    return int(row[0]) if row else 0


def _bring_up(database: PostgresDatabase) -> None:
    # lazy: alembic is needed once per version
    from pos_app.storage import local
    from pos_app.storage.migrate import upgrade
    from pos_app.storage.writing import folded
    from sync import store

    with database.write() as rows:
        if _version(rows) == LOCAL_VERSION:
            return  # another process was quicker
        store.metadata.create_all(rows.connection)
        # Events of some kilobytes stay in their row: PostgreSQL's own packing takes longer than the rest of an insert.
        rows.run('ALTER TABLE "event" SET (toast_tuple_target = 8160)')
        folded.create_all(rows.connection)
        upgrade(rows.connection)
        rows.put(local.meta, [("local_version", str(LOCAL_VERSION))])
