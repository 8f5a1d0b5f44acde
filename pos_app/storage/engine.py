"""The database of one home: opened safely, one writer at a time, world's failures named."""

import errno
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage import local, tables
from sync import store
from sync.rows import Rows

log = logging.getLogger(__name__)

SQLITE_VERSION = sqlite3.sqlite_version
BUSY_MS = 10_000
# Checkpoints are run when the till is idle; this only bounds the log's size when it never is.
AUTOCHECKPOINT_PAGES = 16_000


def fault_of(error: BaseException) -> EnvironmentFault | None:
    """The plain words for what the database driver says, or None when it is a bug of ours."""
    said = str(error).lower()
    code = error.errno if isinstance(error, OSError) else 0
    if "full" in said or code in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentFault(
            "디스크가 가득 차서 저장하지 못했어요.",
            "필요 없는 파일을 지워 자리를 만든 뒤 다시 눌러요. 앞서 저장한 판매는 그대로 있어요.",
            retryable=True,
        )
    if "locked" in said or "busy" in said:
        return EnvironmentFault(
            "다른 프로그램이 장부를 쓰고 있어서 기다리다 멈췄어요.", "잠시 뒤에 다시 눌러요.", retryable=True
        )
    if "readonly" in said or "read-only" in said or "unable to open" in said or code:
        return EnvironmentFault(
            "이 폴더에 쓸 수 없어요.", "폴더의 쓰기 권한을 확인하거나 --home으로 다른 폴더를 골라요."
        )
    if "malformed" in said or "not a database" in said or "disk i/o" in said:
        return EnvironmentFault(
            "장부 파일이 상했어요.", "프로그램을 닫고 담당자에게 알려요. 사본에서 되살릴 수 있어요."
        )
    return None


@contextmanager
def naming_faults() -> Iterator[None]:
    """Turn the driver's complaints about the world into EnvironmentFault."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError, DatabaseError, OSError) as error:
        named = fault_of(error)
        if named is None:
            raise
        log.warning("the store failed: %s", error)
        raise named from error


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"wal_autocheckpoint={AUTOCHECKPOINT_PAGES}",
        "cache_size=-8000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class Database:
    """One SQLite file: short reads side by side, one writer at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine: Engine = create_engine(
            f"sqlite:///{path}", isolation_level="AUTOCOMMIT", pool_size=8, max_overflow=8
        )
        event.listen(self.engine, "connect", _prepare)
        self._write_lock = threading.Lock()
        self._writer: Connection | None = None

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """One consistent view of what is committed."""
        with naming_faults(), self.engine.connect() as connection:
            rows = Rows(connection)
            rows.run("BEGIN")
            try:
                yield rows
            finally:
                rows.run("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[Rows]:
        """One durable transaction: all of it, or nothing. One flush at its end."""
        with self._write_lock, naming_faults():
            if self._writer is None:
                self._writer = self.engine.connect()
            rows = Rows(self._writer)
            rows.run("BEGIN IMMEDIATE")
            try:
                yield rows
                rows.run("COMMIT")
            except BaseException:
                self._roll_back(rows)
                raise

    def _roll_back(self, rows: Rows) -> None:
        # A full disk may have rolled back by itself already; then there is nothing left to undo.
        driver: Any = rows.connection.connection.dbapi_connection
        if driver.in_transaction:
            rows.run("ROLLBACK")

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database; for idle moments."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Let go of the file."""
        with self._write_lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self.engine.dispose()


NEWER = EnvironmentFault(
    "이 장부는 더 새로운 장터포스로 만든 것이에요.",
    "장터포스를 새 판으로 올린 뒤 다시 열어요. 장부는 건드리지 않았어요.",
)


def open_database(path: Path) -> Database:
    """Open or make the database at `path`, its local tables brought up to date.

    Raises EnvironmentFault when it is newer than the program, damaged, or cannot be written.
    """
    with naming_faults():
        path.parent.mkdir(parents=True, exist_ok=True)
        database = Database(path)
        try:
            with database.engine.connect() as connection:
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version > local.LOCAL_VERSION:
                raise EnvironmentFault(NEWER.title, NEWER.advice)
            if version < local.LOCAL_VERSION:
                _bring_up(database, version)
        except BaseException:
            database.close()
            raise
    return database


def _bring_up(database: Database, version: int) -> None:
    # lazy: alembic costs more than the whole start, and is needed once per version
    from pos_app.storage.migrate import upgrade

    if version:
        _keep_copy(database, version)
    with database.write() as rows:
        if rows.one("PRAGMA user_version") == (local.LOCAL_VERSION,):
            return  # another process was quicker
        store.metadata.create_all(rows.connection)
        tables.metadata.create_all(rows.connection)
        upgrade(rows.connection)
        rows.run(f"PRAGMA user_version={local.LOCAL_VERSION}")


def _keep_copy(database: Database, version: int) -> None:
    """Keep the database as it was before migrating; never over an earlier copy."""
    kept = database.path.with_name(f"{database.path.stem}.before-{version}.db")
    if not kept.exists():
        with database.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(kept),))
