"""A server's store and the web server before it, for the tests of what stands between them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.serving import Served, served
from tests.sync.worlds import Place


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Place]:
    """An empty store that answers."""
    place = Place(tmp_path / "server.db")
    yield place
    place.close()


@pytest.fixture
def web(server: Place) -> Iterator[Served]:
    """The same behind a real socket."""
    with served(lambda: server.replica) as made:
        yield made
