"""Stores of these tests skip the flush: they prove what is written, not how."""

import pytest

from tests.scenarios.without_flush import skip_flushes


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)
