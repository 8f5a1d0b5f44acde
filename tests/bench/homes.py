"""Homes to measure on, kept between runs: products only, or with very many sales behind them."""

import hashlib
import os
import random
import shutil
import sqlite3
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from pos_app.bootstrap import open_house
from pos_app.storage import local, versions, writing
from sync import store
from tests.bench import market
from tests.bench.written import Recorder, Shape, Write, shapes

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "bench"
DATABASE = "jangteo.db"
Row = tuple[Any, ...]


def _print_of_the_schema() -> str:
    """Changes when kept homes no longer fit the program."""
    said = [repr((versions.FOLD_VERSION, versions.LOCAL_VERSION))]
    for metadata in (store.metadata, writing.folded, local.metadata):
        for table in metadata.sorted_tables:
            said.append(str(CreateTable(table).compile(dialect=sqlite.dialect())))
            said += sorted(
                str(CreateIndex(index).compile(dialect=sqlite.dialect())) for index in table.indexes
            )
    here = Path(__file__).parent
    facts = sorted((ROOT / "pos_app" / "facts").glob("*.py"))
    said += [path.read_text(encoding="utf-8") for path in (here / "market.py", here / "homes.py", *facts)]
    return hashlib.sha256("".join(said).encode()).hexdigest()[:12]


@contextmanager
def fresh_place(name: str) -> Iterator[Path]:
    """An empty folder for one run of a benchmark, gone afterwards."""
    place = PLACE / "run" / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def kept(products: int, sales: int = 0) -> Path:
    """A home with that many products and sales; made at the first question. Not to be written to."""
    folder = PLACE / "homes" / _print_of_the_schema()
    if folder.parent.exists():
        for old in folder.parent.iterdir():
            if old != folder:
                shutil.rmtree(old)
    home = folder / f"products-{products}-sales-{sales}"
    if not home.exists():
        fresh = home.with_name(f"{home.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        print(f"  making {home.name} …", file=sys.stderr, flush=True)
        if sales:
            _multiply(kept(products), fresh, sales)
        else:
            _make(fresh, products)
        fresh.rename(home)
    return home


@contextmanager
def copied(home: Path, *names: str, place: Path = PLACE) -> Iterator[list[Path]]:
    """Copies of a home to write to, settled on the disk; gone afterwards."""
    run = place / "run" / uuid.uuid4().hex[:8]
    copies = [run / name for name in names]
    try:
        for copy in copies:
            shutil.copytree(home, copy, ignore=shutil.ignore_patterns("*.msgpack", "base.db"))
        os.sync()
        yield copies
    finally:
        shutil.rmtree(run, ignore_errors=True)


def _make(home: Path, products: int) -> None:
    market.fill(home, products)
    shutil.copyfile(home / DATABASE, home / "base.db")
    recorder = Recorder(home / DATABASE)
    house = open_house(home)
    sales = []
    for cart in market.every_product_once(products):
        market.ring(house, cart)
        sales.append(recorder.take())
    house.close()
    recorder.close()
    (home / "sales.msgpack").write_bytes(msgspec.msgpack.encode(sales))
    _settle(home / DATABASE)


def _settle(path: Path) -> None:
    """Everything into the one file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


# --- very many sales: the rows of real ones with other keys ---------------------------------------


def _multiply(source: Path, home: Path, sales: int) -> None:
    path = home / DATABASE
    shutil.copyfile(source / DATABASE, path)
    samples = msgspec.msgpack.decode((source / "sales.msgpack").read_bytes(), type=list[list[Write]])
    copies = sales // len(samples)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "locking_mode=EXCLUSIVE"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    indexes = found.fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    known = shapes(connection)
    chance = random.Random(7)
    keys = sorted(chance.randbytes(32) for _ in range(copies * len(samples)))
    log, last = connection.execute(
        'SELECT "log", "seq" FROM "head" JOIN "own_log" USING ("log") WHERE "scope" LIKE ?',
        ("register/%",),
    ).fetchone()
    for table in dict.fromkeys(write.table for write in samples[0] if write.new):
        if not _summing(table):
            connection.executemany(known[table].insert_sql, _rows(table, known[table], samples, keys, last + 1))
    _scale_sums(connection, known, source / "base.db", copies)
    _move_head(connection, log, keys)
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _summing(table: str) -> list[str]:
    """The columns of a table that sum up what the events say."""
    known = writing.folded.tables.get(table)
    return [] if known is None else [column.name for column in known.columns if column.info.get("sum")]


def _scale_sums(connection: sqlite3.Connection, known: dict[str, Shape], base: Path, copies: int) -> None:
    """Kept totals and stock as they would be after each sample was sold `copies` times more."""
    connection.execute("COMMIT")
    connection.execute("ATTACH ? AS base", (str(base),))
    connection.execute("BEGIN")
    for table, shape in known.items():
        match = " AND ".join(f'b."{shape.columns[at]}" = "{table}"."{shape.columns[at]}"' for at in shape.key)
        for name in _summing(table):
            before = f'coalesce((SELECT b."{name}" FROM base."{table}" b WHERE {match}), 0)'
            connection.execute(
                f'UPDATE main."{table}" SET "{name}" = "{name}" + {copies} * ("{name}" - {before})'
            )


def _move_head(connection: sqlite3.Connection, log: bytes, keys: list[bytes]) -> None:
    connection.execute(
        'UPDATE "head" SET "seq" = "seq" + ?, "key" = ? WHERE "log" = ?', (len(keys), keys[-1], log)
    )
    connection.execute('UPDATE "own_log" SET "counter" = "counter" + ? WHERE "log" = ?', (len(keys), log))


def _rows(table: str, shape: Shape, samples: list[list[Write]], keys: list[bytes], first: int) -> Iterator[Row]:
    """Rows of one table for every key, in the order of the keys; their seq from `first` on."""
    patterns = [_patterns(table, shape, writes) for writes in samples]
    jobs = sorted(str(uuid.UUID(bytes=key[16:])) for key in keys)
    for number, key in enumerate(keys):
        sale = str(uuid.UUID(bytes=key[:16]))
        values = {
            "key": key,
            "sale": sale,
            "job": jobs[number],
            "seq": first + number,
            "number": f"R1-K7-{number:06d}",
            "at": f"{market.DATE}T{9 + number * 9 // len(keys):02d}:{number % 60:02d}:00+09:00",
            "state": "printed",
        }
        for row, roles in patterns[number % len(patterns)]:
            fresh = list(row)
            for place, role in roles:
                fresh[place] = values[role]
            yield tuple(fresh)


def _patterns(table: str, shape: Shape, writes: list[Write]) -> list[tuple[Row, list[tuple[int, str]]]]:
    """Each row of a sample sale with the places where a copy differs."""
    known = {
        next(w.row[shape_at] for w in writes if w.table == name): role
        for name, shape_at, role in (("event", 0, "key"), ("sale", 0, "sale"), ("print_job", 0, "job"))
    }
    named = {"seq": "seq", "receipt_no": "number", "at": "at", "state": "state"}
    made = []
    for write in writes:
        if write.table == table:
            roles = []
            for place, (column, value) in enumerate(zip(shape.columns, write.row, strict=True)):
                role = known.get(value) if isinstance(value, bytes | str) else None
                role = role or named.get(column)
                if role:
                    roles.append((place, role))
            made.append((write.row, roles))
    return made
