"""The display of the outside tests."""

from collections.abc import Iterator

import pytest

from tests.outside.stage import missing, need, x_server


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own; the test is skipped, with the reason, where the tools are not there."""
    need(missing())
    with x_server() as number:
        yield number
