"""The world of a server fails: each failure is one plain sentence, and what can mend itself does."""

import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage import postgres, versions
from pos_app.storage.engine import Database
from pos_app.storage.opening import open_store
from pos_app.storage.settings import Settings
from tests.postgres import address, folder, plain, start_server
from tests.services.houses import open_market, sell

ROOT = Path(__file__).resolve().parents[2]


def refused(call: Callable[[], object]) -> EnvironmentFault:
    with pytest.raises(EnvironmentFault) as found:
        call()
    return found.value


def write_nothing(database: Database) -> None:
    with database.write():
        pass


@pytest.mark.parametrize(
    ("url", "word", "again"),
    [
        ("postgresql+psycopg://u@127.0.0.1:1/x", "닿지 않아요", True),
        ("postgresql+psycopg:///x?host=/nowhere", "닿지 않아요", True),
        ("postgres://u@name-that-nobody-has.invalid/x", "닿지 않아요", True),
        ("postgresql+psycopg://u@h:letters/x", "들어가지 못했어요", False),
    ],
)
def test_an_address_where_nobody_answers(url: str, word: str, again: bool) -> None:
    fault = refused(lambda: open_store(url))
    assert word in fault.title
    assert fault.retryable is again


def test_a_database_that_is_not_there(postgres_url: str) -> None:
    fault = refused(lambda: open_store(postgres_url.replace("/t_", "/no_")))
    assert "들어가지 못했어요" in fault.title
    assert "JANGTEO_DATABASE_URL" in fault.advice


def test_a_database_that_cannot_hold_hangul(postgres_server: Any) -> None:
    name = "t_ascii"
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as admin:
        admin.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'".encode()
        )
        fault = refused(lambda: open_store(address(postgres_server, name)))
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    assert "한글" in fault.title


STATES = {
    "53100": ("디스크가 가득", True),
    "53300": ("너무 많아요", True),
    "53200": ("메모리", True),
    "40001": ("다른 프로그램", True),
    "40P01": ("다른 프로그램", True),
    "25006": ("쓸 수 없어요", False),
    "42501": ("쓸 수 없어요", False),
    "57P01": ("닿지 않아요", True),
    "XX001": ("상했어요", False),
}


@pytest.mark.parametrize("state", STATES)
def test_what_the_server_says_is_said_in_plain_words(postgres_url: str, state: str) -> None:
    database = open_store(postgres_url)

    def fail() -> None:
        with database.write() as rows:
            rows.run("""INSERT INTO "setting" VALUES ('theme', 'dark')""")
            rows.run(f"DO $$ BEGIN RAISE EXCEPTION 'said so' USING ERRCODE = '{state}'; END $$")

    fault = refused(fail)
    word, again = STATES[state]
    assert word in fault.title
    assert fault.retryable is again
    assert Settings(database).get("theme") == "light"  # nothing of it is left
    database.close()


def test_a_mistake_of_ours_is_no_failure_of_the_world(postgres_url: str) -> None:
    database = open_store(postgres_url)
    with pytest.raises(psycopg.ProgrammingError), database.write() as rows:
        rows.run("SELECT nonsense")
    write_nothing(database)
    database.close()


def test_a_standby_can_be_read_and_refuses_to_be_written(postgres_url: str) -> None:
    open_store(postgres_url).close()
    with psycopg.connect(plain(postgres_url), autocommit=True) as admin:
        name = admin.info.dbname
        admin.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    database = open_store(postgres_url)
    assert Settings(database).get("theme") == "light"
    fault = refused(lambda: Settings(database).set("theme", "dark"))
    assert "쓸 수 없어요" in fault.title
    database.close()


def test_too_many_connections(postgres_url: str, postgres_server: Any) -> None:
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as admin:
        admin.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 1")
        url = re.sub("//[^:]*:", "//crowded:", postgres_url)
        with psycopg.connect(plain(url)):
            fault = refused(lambda: open_store(url))
        admin.execute("DROP ROLE crowded")
    assert "너무 많아요" in fault.title
    assert fault.retryable


def test_who_waits_too_long_for_another_writer_is_told_so(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = open_store(postgres_url)
    monkeypatch.setattr(postgres, "WAIT_SECONDS", 1)
    other = open_store(postgres_url)
    with one.write():
        fault = refused(lambda: write_nothing(other))
        with other.read() as rows:
            assert rows.one("SELECT 1") == (1,)  # readers never wait
    assert "다른 프로그램" in fault.title
    assert fault.retryable
    write_nothing(other)
    one.close()
    other.close()


def test_a_newer_database_is_refused_and_left_alone(postgres_url: str) -> None:
    database = open_store(postgres_url)
    with database.write() as rows:
        newer = str(versions.LOCAL_VERSION + 1)
        rows.run('UPDATE "meta" SET "value" = ? WHERE "name" = ?', newer, "local_version")
    database.close()
    assert "새로운" in refused(lambda: open_store(postgres_url)).title


def test_two_processes_may_make_a_new_database_at_once(empty_postgres: str) -> None:
    made: list[Database] = []
    threads = [threading.Thread(target=lambda: made.append(open_store(empty_postgres))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    for database in made:
        with database.read() as rows:
            assert rows.one('SELECT count(*) FROM "event"') == (0,)
        database.close()


def test_a_server_that_was_restarted_is_found_again() -> None:
    server = start_server(Path(tempfile.mkdtemp(prefix="jangteo-pg-", dir=folder())))
    database = open_store(address(server, "postgres"))
    Settings(database).set("theme", "dark")

    def read_on() -> None:
        with database.read() as rows:
            server.stop()
            rows.one("SELECT 1")

    assert refused(read_on).retryable
    for _ in range(3):
        fault = refused(lambda: Settings(database).set("theme", "light"))
        assert "닿지 않아요" in fault.title
        assert fault.retryable
    with server._lock:
        server.ensure_postgres_running()
    Settings(database).set("theme", "daylight")
    assert Settings(database).get("theme") == "daylight"
    database.close()
    server.cleanup()


def test_a_till_needs_none_of_it(tmp_path: Path) -> None:
    database = open_store(tmp_path / "jangteo.db")
    assert type(database) is Database
    database.close()


def test_a_till_that_sells_loads_nothing_of_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sell(open_market(home), [("P002", 1000)])
    said = subprocess.run([sys.executable, "-c", _SELLS, str(home)], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout.strip() == "[]", said.stderr


_SELLS = """
import sys
from pathlib import Path
from pos_app.bootstrap import open_house
from tests.services.houses import sell
house = open_house(Path(sys.argv[1]))
sell(house, [("P002", 1000)])
house.close()
print([name for name in sys.modules if "psycopg" in name or "postgres" in name])
"""
