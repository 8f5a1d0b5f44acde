"""What is acknowledged was flushed: the promise that every other test leans on."""

from pathlib import Path

import pytest

from pos_app.storage.engine import open_database


@pytest.mark.acceptance("A41")
def test_every_connection_writes_ahead_and_flushes(tmp_path: Path) -> None:
    database = open_database(tmp_path / "jangteo.db")
    with database.write() as rows:
        assert rows.one("PRAGMA synchronous") == (2,)
        assert rows.one("PRAGMA journal_mode") == ("wal",)
        assert rows.one("PRAGMA foreign_keys") == (1,)
    with database.read() as rows:
        assert rows.one("PRAGMA synchronous") == (2,)
    database.close()
