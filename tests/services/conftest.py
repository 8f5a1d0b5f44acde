"""Houses of these tests skip the flush: they prove what is written, not how."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.small_disk import laid
from tests.scenarios.without_flush import skip_flushes


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB of its own; skipped where none can be laid."""
    yield from laid(tmp_path / "small", 4)
