"""What a server takes in: pages of sales into PostgreSQL beside COPY of the same rows; all tables told anew."""

import random
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from pos_app.storage.engine import Database
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.folds.rebuild import rebuild
from pos_app.storage.opening import open_store
from pos_app.storage.postgres import PostgresDatabase
from sync import store
from sync.events import Event
from tests.bench.figures import Check, Step, spread
from tests.bench.timing import Turns
from tests.postgres import address, folder, plain, start_server
from tests.storage.histories import DAY, a_sale, say
from tests.sync.replica import NOW, Writer

NAME = "ingest"
PAGE = 500
# A share of what COPY does, as the time that it takes: 0.3 and 0.15 of its rows a second.
AIM, ACCEPT = 1 / 0.3, 1 / 0.15
REBUILD_S, REBUILD_EVENTS = 30, 100_000
COPY = 'COPY "copied" FROM STDIN (FORMAT BINARY)'


def measure(quick: bool) -> list[Step]:
    """Ingest beside COPY, folding beside ingest, and the tables told anew in both kinds of store."""
    place = Path(tempfile.mkdtemp(prefix="jangteo-bench-", dir=folder()))
    server = start_server(place / "pg")
    try:
        steps = [_held(step) for step in _ingested(server, 10 if quick else 40)]
        events = 2_000 if quick else REBUILD_EVENTS
        writer, told = _sales(events)
        for name, where in (("SQLite", place / "jangteo.db"), ("PostgreSQL", _new(server))):
            steps.append(_rebuilt(name, open_store(where), writer, told))
        return steps
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)


def _new(server: Any) -> str:
    name = f"bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"'.encode())
    return address(server, name)


def _sales(count: int) -> tuple[Writer, list[Event]]:
    """A register's log with so many sales of five lines."""
    writer, chosen = Writer(f"register/{DAY}/R1"), random.Random(1)
    made = []
    for number in range(count):
        goods = [
            (f"p{product}", f"v{product % 22}", 1000 * chosen.randrange(1, 5), 100 * chosen.randrange(1, 500))
            for product in chosen.sample(range(300), 5)
        ]
        made.append(say(writer, a_sale(goods, number=f"R1-AA-{number:05d}"), hlc=number + 1))
    return writer, made


@contextmanager
def _copying(url: str) -> Iterator[Any]:
    """The floor: the same rows into a table with the same keys, by COPY, each page a commit."""
    with psycopg.connect(plain(url)) as connection:
        connection.execute('CREATE TABLE "copied" (LIKE "event" INCLUDING ALL)')
        connection.commit()

        def copy(rows: list[tuple[bytes, bytes, int, bytes]]) -> None:
            with connection.cursor() as cursor, cursor.copy(COPY) as out:
                out.set_types(["bytea", "bytea", "int8", "bytea"])
                for row in rows:
                    out.write_row(row)
            connection.commit()

        yield copy


def _ingested(server: Any, pages: int) -> list[Step]:
    url = _new(server)
    database = open_store(url)
    assert isinstance(database, PostgresDatabase)
    writer, told = _sales((pages + 1) * PAGE)
    cut = [told[at : at + PAGE] for at in range(0, len(told), PAGE)]
    as_rows = [[(e.key, writer.log, e.envelope.seq, e.data) for e in page] for page in cut]
    with database.ingest() as rows:
        store.take_genesis(rows, writer.genesis, NOW)

    def take(page: int) -> None:
        with database.ingest() as rows:
            store.receive(rows, [event.data for event in cut[page]], NOW)

    def fold(_: int) -> None:
        with database.write() as rows:
            assert fold_waiting(rows, PAGE) == PAGE

    with _copying(url) as copy:
        turns = Turns(floor=lambda page: copy(as_rows[page]), take=take, fold=fold).run(
            pages, block=1, warm=1
        )
    database.close()
    words = f"pages of {PAGE} sales of 5 lines"
    return [
        turns.step(NAME, f"PostgreSQL: take in {words}, checked and committed, to COPY", "take"),
        turns.step(NAME, f"PostgreSQL: fold {words}, to COPY", "fold"),
    ]


def _held(step: Step) -> Step:
    if "take in" not in step.name:
        return step
    checks = (Check("p50", step.ratio("p50"), ACCEPT, AIM),)
    return Step(step.bench, step.name, step.ours, step.floor, step.halves, checks)


def _rebuilt(name: str, database: Database, writer: Writer, told: list[Event]) -> Step:
    with database.write() as rows:
        store.take_genesis(rows, writer.genesis, NOW)
    for at in range(0, len(told), 5_000):
        with database.write() as rows:
            store.take(rows, told[at : at + 5_000], NOW)
    begin = time.perf_counter()
    with database.write() as rows:
        assert rebuild(rows) == len(told)
    took = 1000 * (time.perf_counter() - begin)
    with database.read() as rows:
        assert rows.one('SELECT count(*) FROM "sale"') == (len(told),)
    database.close()
    limit = REBUILD_S * 1000 * len(told) / REBUILD_EVENTS
    check = Check("whole", took, None, limit, "ms")
    return Step(
        NAME, f"{name}: all tables told anew from {len(told):,} sales", spread([took]), checks=(check,)
    )
