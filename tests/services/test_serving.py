"""A server's store between its peers: folding behind ingest, an old backup put back, a hub that sends on."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import open_house, open_server
from pos_app.facts.catalogue import SignIn
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House
from pos_app.services.server_folding import Folding
from pos_app.services.serving import Serving
from pos_app.storage.queries import devices
from pos_app.storage.unit_of_work import OFFICE
from pos_app.storage.versions import FOLD_VERSION
from sync.exchange import exchange
from sync.rows import Rows
from tests.sync.worlds import InProcess


def said(house: House, word: str, scope: str = "register/d/R1") -> None:
    with house.desk.work.begin() as work:
        work.record(scope, SignIn("", "R1", "2026-11-20T10:00:00+09:00", word))


def traded(house: House, serving: Serving) -> None:
    exchange(house.sync.store.replica(), InProcess(serving.replica()))


def digests(house: House, serving: Serving) -> tuple[str, str]:
    serving.catch_up()
    return house.integrity.digest(), serving.house.integrity.digest()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path / "till")
    yield house
    house.close()


def test_ingest_answers_before_it_is_folded_and_ready_says_by_how_much(tmp_path: Path, till: House) -> None:
    serving = open_server(tmp_path / "server")
    try:
        serving.devices.found("조합")
        for number in range(30):
            said(till, str(number))
        traded(till, serving)
        assert serving.gate.lag().waiting == 30
        folded = threading.Event()
        serving.folding.beside(folded.set)
        serving.start()
        assert folded.wait(60)
        assert serving.gate.lag().waiting == 0 and serving.gate.lag().oldest_s == 0
        one, other = digests(till, serving)
        traded(till, serving)
        one, other = digests(till, serving)
        assert one == other
    finally:
        serving.close()


def test_a_bug_in_a_fold_does_not_stop_ingest(tmp_path: Path, till: House) -> None:
    serving = open_server(tmp_path / "server")
    try:
        tried = threading.Event()

        def broken() -> object:
            tried.set()
            raise RuntimeError("a bug")

        folding = Folding(broken)  # type: ignore[arg-type]
        folding.start()
        assert tried.wait(30)
        said(till, "sold")
        traded(till, serving)
        folding.stop()
        with serving.desk.work.read() as rows:
            assert devices.waiting(rows) == 1
    finally:
        serving.close()


def test_an_older_program_leaves_the_tables_of_a_newer_one_alone(tmp_path: Path, till: House) -> None:
    serving = open_server(tmp_path / "server")
    try:
        said(till, "sold")
        traded(till, serving)
        with serving.house.database.write() as rows:  # a newer program has come to this store meanwhile
            rows.run('UPDATE "meta" SET "value" = ? WHERE "name" = ?', str(FOLD_VERSION + 1), "fold_version")
        tried = threading.Event()
        folding = Folding(lambda: _telling(serving.house.database.write, tried))
        folding.start()
        assert tried.wait(30)
        folding.stop()
        with serving.desk.work.read() as rows:
            assert devices.waiting(rows) == 1, "taken in, and left for the newer one"
    finally:
        serving.close()
    with pytest.raises(EnvironmentFault, match="더 새로운"):
        open_server(tmp_path / "server")


@contextmanager
def _telling(write: Callable[[], AbstractContextManager[Rows]], told: threading.Event) -> Iterator[Rows]:
    """A transaction, and a word when it is over."""
    try:
        with write() as rows:
            yield rows
    finally:
        told.set()


def test_a_server_put_back_from_an_old_copy_gets_its_lost_events_back(tmp_path: Path, till: House) -> None:
    home = tmp_path / "server"
    serving = open_server(home)
    serving.devices.found("조합")
    said(till, "before")
    traded(till, serving)
    serving.close()
    shutil.copy(home / "jangteo.db", tmp_path / "old.db")
    serving = open_server(home)
    serving.devices.enrol_code("계산대 1", "register")
    serving.devices.enrol(serving.devices.enrol_code("계산대 2", "register").code, "ab" * 32)
    said(till, "after")
    traded(till, serving)
    serving.close()
    shutil.copy(tmp_path / "old.db", home / "jangteo.db")
    for leftover in home.glob("jangteo.db-*"):
        leftover.unlink()

    serving = open_server(home)
    try:
        traded(till, serving)
        serving.catch_up()
        assert [view.name for view in serving.devices.devices()] == ["계산대 2", "조합"], (
            "its own came home too"
        )
        serving.devices.enrol(serving.devices.enrol_code("계산대 3", "register").code, "cd" * 32)
        traded(till, serving)
        one, other = digests(till, serving)
        assert one == other
        verified = serving.house.integrity.verify()
        assert not verified.findings, "what it wrote after stands in a new log: nothing forked"
        with serving.desk.work.read() as rows:
            logs = rows.all('SELECT "log" FROM "log" WHERE "scope" = ?', OFFICE)
        assert len(logs) == 2
    finally:
        serving.close()


def test_a_full_disk_is_an_answer_and_nothing_was_taken(tmp_path: Path, till: House) -> None:
    serving = open_server(tmp_path / "server")
    try:
        serving.devices.found("조합")
        said(till, "sold")

        def full() -> object:
            raise OSError(28, "No space left on device")

        with pytest.raises(OSError, match="space"):
            exchange(till.sync.store.replica(), InProcess(replace(serving.replica(), write=full)))  # type: ignore[arg-type]
        traded(till, serving)
        one, other = digests(till, serving)
        assert one == other
    finally:
        serving.close()
