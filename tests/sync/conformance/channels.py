"""The carriers by name; one suite proves them all. A carrier gives a channel that leads to `server`."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sync.client.bundle_channel import BundleChannel, read_bundle, write_bundle
from sync.exchange import Channel, Replica
from tests.sync.cutting import cutting
from tests.sync.serving import served
from tests.sync.worlds import InProcess, Place

Carrier = Callable[[Replica], AbstractContextManager[Channel]]


@contextmanager
def in_process(server: Replica) -> Iterator[Channel]:
    yield InProcess(server)


@contextmanager
def bundle(server: Replica) -> Iterator[Channel]:
    """The server's bundle on a stick; the other side takes and adds; the stick comes back to the server."""
    with TemporaryDirectory() as stick:
        path = Path(stick) / "server.jangteo"
        write_bundle(server, path)
        with BundleChannel(path, server.now_us()).open() as channel:
            yield channel
        read_bundle(server, path)


@contextmanager
def http(server: Replica) -> Iterator[Channel]:
    """A real server on a real socket."""
    with served(lambda: server) as web:
        yield web.device()


@contextmanager
def http_hub(server: Replica) -> Iterator[Channel]:
    """The laptop between: it traded with the server before, and does so again after."""
    with TemporaryDirectory() as folder, served(lambda: server) as upstream:
        hub = Place(Path(folder) / "hub.db")
        try:
            hub.sync(upstream.device("hub"))
            with served(lambda: hub.replica) as near:
                yield near.device()
            hub.sync(upstream.device("hub"))
        finally:
            hub.close()


@contextmanager
def http_cut(server: Replica) -> Iterator[Channel]:
    """The same over a line on which every connection dies after 16 KiB."""
    with served(lambda: server) as web, cutting(lambda: web.url, 16 * 1024) as line:
        channel = web.device()
        channel.url = line.url + "/"
        yield channel


CARRIERS: dict[str, Carrier] = {
    "in_process": in_process,
    "bundle": bundle,
    "http": http,
    "http_hub": http_hub,
    "http_cut": http_cut,
}
