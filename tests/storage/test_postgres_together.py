"""Two who write at one moment: the second waits where it must, and what both said stands."""

import threading
from collections.abc import Iterator
from typing import cast

import psycopg
import pytest

from pos_app.facts.shifts import CashMovement
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage.folds.dispatch import fold_waiting
from pos_app.storage.folds.rebuild import rebuild
from pos_app.storage.opening import open_store
from pos_app.storage.postgres import PostgresDatabase
from pos_app.storage.unit_of_work import OFFICE, UnitOfWork
from sync import store
from sync.events import Event
from sync.rows import Rows
from tests.postgres import plain
from tests.storage.histories import AT, DAY, a_sale, say
from tests.sync.replica import NOW, Writer


def opened(url: str) -> PostgresDatabase:
    return cast(PostgresDatabase, open_store(url))


def until_waiting(url: str) -> None:
    """Return as soon as somebody in this database waits for somebody else."""
    with psycopg.connect(plain(url), autocommit=True) as looking:
        while not looking.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone():
            pass


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_parts_of_one_log_at_one_moment(postgres_url: str, order: tuple[int, int]) -> None:
    one, other, writer = opened(postgres_url), opened(postgres_url), Writer(f"register/{DAY}/R1")
    datas = [say(writer, a_sale([("p1", "v1", 1000, won)])).data for won in (500, 700)]
    with one.ingest() as rows:
        store.take_genesis(rows, writer.genesis, NOW)

    def come_second() -> None:
        with other.ingest() as rows:
            assert store.receive(rows, [datas[order[1]]], NOW) == 1

    thread = threading.Thread(target=come_second)
    with one.ingest() as rows:
        store.receive(rows, [datas[order[0]]], NOW)
        thread.start()
        until_waiting(postgres_url)
    thread.join()
    with one.read() as rows:
        assert store.heads(rows) == [store.Head(writer.log, 2, writer.prev)]
        assert list(store.verify(rows)) == []
    one.close()
    other.close()


def test_the_same_page_at_one_moment_is_new_to_one_of_them(postgres_url: str) -> None:
    one, other, writer = opened(postgres_url), opened(postgres_url), Writer(f"register/{DAY}/R1")
    datas = [say(writer, a_sale([("p1", "v1", 1000, won)])).data for won in range(1, 30)]
    new: list[int] = []

    def come_second() -> None:
        with other.ingest() as rows:
            store.take_genesis(rows, writer.genesis, NOW)
            new.append(store.receive(rows, reversed(datas), NOW))

    thread = threading.Thread(target=come_second)
    with one.ingest() as rows:
        store.take_genesis(rows, writer.genesis, NOW)
        assert store.receive(rows, datas, NOW) == len(datas)
        thread.start()
        until_waiting(postgres_url)
    thread.join()
    assert new == [0]
    one.close()
    other.close()


def test_two_offices_that_record_at_one_moment_make_one_chain(postgres_url: str) -> None:
    one, other = opened(postgres_url), opened(postgres_url)
    works = [UnitOfWork(database, Clock()) for database in (one, other)]

    def fact(won: int) -> CashMovement:
        return CashMovement("s1", DAY, "R1", AT, "pay_in", won, "까닭")

    with works[0].begin() as work:
        work.record(OFFICE, fact(1))

    def come_second() -> None:
        with works[1].begin() as work:
            work.record(OFFICE, fact(3))

    thread = threading.Thread(target=come_second)
    with works[0].begin() as work:
        work.record(OFFICE, fact(2))
        thread.start()
        until_waiting(postgres_url)
    thread.join()
    with one.read() as rows:
        assert [at.seq for at in store.heads(rows)] == [3]
        assert list(store.verify(rows)) == []
        assert rows.one('SELECT sum("amount_won") FROM "cash_movement"') == (6,)
    one.close()
    other.close()


def test_two_who_fold_take_turns_and_nothing_counts_twice(postgres_url: str) -> None:
    one, other, writer = opened(postgres_url), opened(postgres_url), Writer(f"register/{DAY}/R1")
    datas = [say(writer, a_sale([("p1", "v1", 1000, 100)])).data for _ in range(20)]
    with one.ingest() as rows:
        store.take_genesis(rows, writer.genesis, NOW)
        store.receive(rows, datas, NOW)
    folded: list[int] = []

    def come_second() -> None:
        with other.write() as rows:
            folded.append(fold_waiting(rows, 100))

    thread = threading.Thread(target=come_second)
    with one.write() as rows:
        folded.append(fold_waiting(rows, 12))
        thread.start()
        until_waiting(postgres_url)
    thread.join()
    assert folded == [12, 8]
    with one.read() as rows:
        assert rows.one('SELECT sum("sales_count"), sum("gross_won") FROM "log_total"') == (20, 2000)
    one.close()
    other.close()


def test_taking_in_does_not_wait_for_folding_nor_reading_for_either(postgres_url: str) -> None:
    one, other, writer = opened(postgres_url), opened(postgres_url), Writer(f"register/{DAY}/R1")
    datas = [say(writer, a_sale([("p1", "v1", 1000, 100)])).data for _ in range(20)]
    with one.ingest() as rows:
        store.take_genesis(rows, writer.genesis, NOW)
        store.receive(rows, datas[:10], NOW)
    with one.write() as folding:
        assert fold_waiting(folding, 100) == 10
        with other.ingest() as rows:
            assert store.receive(rows, datas[10:], NOW) == 10
        with other.read() as rows:
            assert rows.one('SELECT count(*) FROM "event"') == (20,)
            assert rows.one('SELECT count(*) FROM "sale"') == (0,)
    with one.write() as rows:
        assert fold_waiting(rows, 100) == 10
    one.close()
    other.close()


def test_who_reads_while_all_is_told_anew_sees_it_whole_and_nothing_brought_meanwhile_is_lost(
    postgres_url: str,
) -> None:
    one, other, writer = opened(postgres_url), opened(postgres_url), Writer(f"register/{DAY}/R1")
    datas = [say(writer, a_sale([("p1", "v1", 1000, 100)])).data for _ in range(20)]
    sales = 'SELECT count(*), sum("total_won") FROM "sale"'
    with one.write() as rows:
        store.take_genesis(rows, writer.genesis, NOW)
        store.receive(rows, datas[:12], NOW)
        rebuild(rows)  # the first time the tables have no version yet: they are made anew
    with other.read() as reading:
        assert reading.one("SELECT 1") == (1,)  # its view begins here, before it looked at any table
        with one.write() as rows:
            assert rebuild(rows) == 12
            bringer = opened(postgres_url)
            with bringer.ingest() as bringing:
                assert store.receive(bringing, datas[12:], NOW) == 8
            bringer.close()
        assert reading.one(sales) == (12, 1200)
    with one.write() as rows:
        assert rows.one(sales) == (12, 1200)
        assert fold_waiting(rows, 100) == 8
        assert rows.one(sales) == (20, 2000)
    one.close()
    other.close()


def test_events_that_come_while_all_is_told_anew_keep_their_mark(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, writer = opened(postgres_url), opened(postgres_url), Writer(f"register/{DAY}/R1")
    datas = [say(writer, a_sale([("p1", "v1", 1000, 100)])).data for _ in range(20)]
    with one.write() as rows:
        store.take_genesis(rows, writer.genesis, NOW)
        store.receive(rows, datas[:10], NOW)
    every = store.each_event

    def with_guests(rows: Rows, page: int = 4) -> Iterator[Event]:
        for number, event in enumerate(every(rows, page)):
            if number == 3:
                with other.ingest() as bringing:
                    assert store.receive(bringing, datas[10:], NOW) == 10
            yield event

    monkeypatch.setattr(store, "each_event", with_guests)
    with one.write() as rows:
        told = rebuild(rows)
    monkeypatch.undo()
    assert told >= 10
    with one.write() as rows:
        assert fold_waiting(rows, 100) == 20 - told
        assert rows.one('SELECT count(*), sum("total_won") FROM "sale"') == (20, 2000)
        assert rows.one('SELECT count(*) FROM "unfolded"') == (0,)
    one.close()
    other.close()


@pytest.mark.parametrize("glancing", [False, True])
def test_connections_that_died_cost_one_call_at_most(postgres_url: str, glancing: bool) -> None:
    ours = opened(postgres_url)

    def several_at_once() -> None:
        gate = threading.Barrier(3)

        def read() -> None:
            with ours.read() as rows:
                gate.wait(10)
                assert rows.one("SELECT 1") == (1,)

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    several_at_once()  # three connections lie in the pool, used a moment ago
    with psycopg.connect(plain(postgres_url), autocommit=True) as other:
        ended = other.execute(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    assert ended == (3,)
    failed = 0
    for _ in range(4):
        try:
            with ours.glance() if glancing else ours.read() as rows:
                assert rows.one("SELECT 1") == (1,)
        except EnvironmentFault:
            failed += 1
    assert failed <= 1
    ours.close()
