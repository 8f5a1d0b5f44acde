"""Commands run inside this process skip the flush; those with a process of their own do not."""

import pytest

from tests.scenarios.without_flush import skip_flushes


@pytest.fixture(autouse=True)
def _without_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_flushes(monkeypatch)
