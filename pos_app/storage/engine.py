"""The database of one home: opened safely, one writer at a time, world's failures named."""

import errno
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.i18n.texts import mark, tr
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.storage.versions import LOCAL_VERSION
from sync.rows import Rows

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

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
            tr("디스크가 가득 차서 저장하지 못했어요."),
            tr("필요 없는 파일을 지워 자리를 만든 뒤 다시 눌러요. 앞서 저장한 판매는 그대로 있어요."),
            retryable=True,
        )
    if "locked" in said or "busy" in said:
        return EnvironmentFault(
            tr("다른 프로그램이 장부를 쓰고 있어서 기다리다 멈췄어요."),
            tr("잠시 뒤에 다시 눌러요."),
            retryable=True,
        )
    if "readonly" in said or "read-only" in said or "unable to open" in said or code:
        return EnvironmentFault(
            tr("이 폴더에 쓸 수 없어요."), tr("폴더의 쓰기 권한을 확인하거나 --home으로 다른 폴더를 골라요.")
        )
    if "malformed" in said or "not a database" in said or "disk i/o" in said:
        return DamagedStore(
            tr("장부 파일이 상했어요."), tr("프로그램을 닫고 담당자에게 알려요. 사본에서 되살릴 수 있어요.")
        )
    return None


PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"wal_autocheckpoint={AUTOCHECKPOINT_PAGES}",
    "cache_size=-2000",
    "temp_store=MEMORY",
)


@contextmanager
def naming_faults() -> Iterator[None]:
    """Turn the driver's complaints about the world into EnvironmentFault."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        named = fault_of(error)
        if named is None:
            raise
        log.warning("the store failed: %s", error)
        raise named from error


def _prepare(connection: Any) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


class _Reader(threading.local):
    """One thread's reading connection, and how deep its reads are nested."""

    connection: sqlite3.Connection | None = None
    rows: Rows | None = None
    depth = 0


class Database:
    """One SQLite file: short reads side by side, one writer at a time.

    Reads go over the driver alone, so that a till is ready before SQLAlchemy is loaded; writes go
    over SQLAlchemy's engine, which also holds the tables and the migrations.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = _Reader()
        self._write_lock = threading.Lock()
        self._engine: Engine | None = None
        self._writer: Connection | None = None

    @property
    def engine(self) -> "Engine":
        """SQLAlchemy's engine on this file, made at first need."""
        if self._engine is None:
            # lazy: the first sale needs it, the first scan does not
            from pos_app.storage.writing import make_engine

            self._engine = make_engine(self.path, _prepare)
        return self._engine

    @contextmanager
    def read(self) -> Iterator[Rows]:
        """One consistent view of what is committed; a read inside a read shares its view."""
        reader = self._reader
        with naming_faults():
            if reader.rows is None:
                reader.connection = self._connect()
                reader.rows = Rows.over(reader.connection)
            rows = reader.rows
            if reader.depth == 0:
                rows.run("BEGIN")
            reader.depth += 1
            try:
                yield rows
            finally:
                reader.depth -= 1
                if reader.depth == 0:
                    rows.run("ROLLBACK")

    def glance(self) -> AbstractContextManager[Rows]:
        """For a single question; on a store in another process cheaper than a view that is held."""
        return self.read()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection)
        except BaseException:
            connection.close()  # Windows moves no damaged store aside while somebody holds it
            raise
        return connection

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
        with naming_faults():
            connection = self._connect()
            try:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                connection.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._write_lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        if self._engine is not None:
            self._engine.dispose()
        # Another thread may be reading at this moment: its connection goes with its thread.
        if self._reader.connection is not None:
            self._reader.connection.close()
        self._reader = _Reader()


NEWER = EnvironmentFault(
    mark("이 장부는 더 새로운 장터포스로 만든 것이에요."),
    mark("장터포스를 새 판으로 올린 뒤 다시 열어요. 장부는 건드리지 않았어요."),
)


def open_database(path: Path) -> Database:
    """Open or make the database at `path`, its local tables brought up to date.

    Raises EnvironmentFault when it is newer than the program, damaged, or cannot be written.
    """
    with naming_faults():
        path.parent.mkdir(parents=True, exist_ok=True)
        database = Database(path)
        try:
            with database.read() as rows:
                version = int((rows.one("PRAGMA user_version") or (0,))[0])
            if version > LOCAL_VERSION:
                raise EnvironmentFault(tr(NEWER.title), tr(NEWER.advice))
            if version < LOCAL_VERSION:
                # lazy: once per version
                from pos_app.storage.writing import bring_up

                bring_up(database, version)
        except BaseException:
            database.close()
            raise
    return database
