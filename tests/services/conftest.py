"""Houses of these tests skip the flush: they prove what is written, not how."""

from typing import Any

import pytest

from pos_app.storage import engine


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = engine._prepare

    def quick(connection: Any, record: object) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    monkeypatch.setattr(engine, "_prepare", quick)
