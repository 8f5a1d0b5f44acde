"""The writing side of the store: SQLAlchemy's engine, tables made and migrated."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event

from pos_app.storage import device_tables, market_tables, tables
from pos_app.storage.columns import metadata
from pos_app.storage.versions import LOCAL_VERSION
from sync import store

if TYPE_CHECKING:
    from pos_app.storage.engine import Database

# All folded tables: one collection, whole once the modules that declare them are read.
DECLARED_IN = (tables, market_tables, device_tables)
folded = metadata


def make_engine(path: Path, prepare: Callable[[Any], None]) -> Engine:
    """An engine whose connections are prepared and whose transactions we begin ourselves."""
    engine = create_engine(f"sqlite:///{path}", isolation_level="AUTOCOMMIT", pool_size=2, max_overflow=8)
    event.listen(engine, "connect", lambda connection, _record: prepare(connection))
    return engine


def bring_up(database: "Database", version: int) -> None:
    """Make or migrate the local tables; an older database is copied aside first."""
    # lazy: alembic costs more than the whole start, and is needed once per version
    from pos_app.storage.migrate import upgrade

    if version:
        _keep_copy(database, version)
    with database.write() as rows:
        if rows.one("PRAGMA user_version") == (LOCAL_VERSION,):
            return  # another process was quicker
        store.metadata.create_all(rows.connection)
        folded.create_all(rows.connection)
        upgrade(rows.connection)
        rows.run(f"PRAGMA user_version={LOCAL_VERSION}")


def _keep_copy(database: "Database", version: int) -> None:
    """Keep the database as it was before migrating; never over an earlier copy."""
    kept = database.path.with_name(f"{database.path.stem}.before-{version}.db")
    if not kept.exists():
        whole = kept.with_suffix(".new")
        whole.unlink(missing_ok=True)  # a copy that was cut off
        with database.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(whole),))
        whole.replace(kept)
