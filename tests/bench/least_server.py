"""The least that could take a day's sales over HTTP: gzipped lines in, plain inserts, one commit a message."""

import gzip
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.server.serving import listening, make_server
from tests.bench.exchange import BATCH, filed
from tests.bench.written import raw

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Serve until the process is ended; the port is the first line told."""
    path = Path(sys.argv[1])
    made = raw(path)
    made.execute("CREATE TABLE event (key BLOB PRIMARY KEY, log BLOB, seq INTEGER, bytes BLOB)")
    made.execute("CREATE INDEX event_by_log ON event (log, seq)")
    made.close()

    def take(message: bytes) -> None:
        there = raw(path)
        there.execute("BEGIN IMMEDIATE")
        there.executemany("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?)", filed(message))
        there.execute("COMMIT")
        there.close()

    async def push(request: Request) -> Response:
        await run_in_threadpool(take, await request.body())
        return Response(b"ok")

    door = listening("127.0.0.1", 0)
    print(door.getsockname()[1], flush=True)
    make_server(Starlette(routes=[Route("/push", push, methods=["POST"])])).run(sockets=[door])


@contextmanager
def running(path: Path) -> Iterator[str]:
    """Its address, while it runs."""
    command = [sys.executable, "-m", "tests.bench.least_server", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def push(source: Path, url: str) -> int:
    """All events of a home, a message at a time; how many bytes went over."""
    here = sqlite3.connect(source)
    session = requests.Session()
    found = here.execute('SELECT "bytes" FROM "event" ORDER BY "log", "seq"')
    size = 0
    while batch := found.fetchmany(BATCH):
        message = gzip.compress(b"\n".join(data for (data,) in batch), 6)
        size += len(message)
        session.post(f"{url}/push", data=message, timeout=60).raise_for_status()
    session.close()
    here.close()
    return size


if __name__ == "__main__":
    main()
