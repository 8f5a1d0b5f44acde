"""The server as people run it: first account, codes, a register that joins, and what a kill leaves behind."""

import io
import random
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from pos_app.bootstrap import open_server
from sync.client.http_channel import HttpChannel
from sync.exchange import ChannelFault, Limits
from sync.messages import PageAnswer, decode
from tests.cli.program import DEMO, command
from tests.cli.server_process import Running, code_of, joined, running
from tests.sync.worlds import Place, Writer

CALL_S = 10


@pytest.fixture
def homes(tmp_path: Path) -> Path:
    return tmp_path


def digest_of(home: Path) -> str:
    said = command(home, "digest")
    assert said.code == 0, said.err
    return said.out.decode().strip()


def test_the_first_account_and_a_code(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = homes / "server"
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    made = command(home, "server", "init-admin", "--name", "김사무", "--organisation", "완판조합", "--json")
    assert made.code == 0, made.err
    told = made.json
    assert told["account"] == "김사무" and told["name"] == "완판조합" and len(told["password"]) >= 12
    again = command(home, "server", "init-admin", "--name", "이사무", "--json").json
    assert again["organisation"] == told["organisation"]
    serving = open_server(home)
    try:
        assert serving.accounts.sign_in("김사무", told["password"]).name == "김사무"
    finally:
        serving.close()
    code = command(home, "server", "enrol-code", "--name", "계산대 1", "--role", "register", "--json")
    assert code.code == 0 and set(code.json) >= {"code", "expires_at"}
    assert told["password"].encode() not in (home / "jangteo.db").read_bytes()
    assert code.json["code"].replace("-", "").encode() not in (home / "jangteo.db").read_bytes()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("enrol-code", "--name", "가", "--role", "king"), 1),
        (("enrol-code", "--name", "가", "--role", "vendor_register"), 1),
        (("enrol-code", "--name", "가", "--role", "register", "--minutes", "0"), 1),
        (("enrol-code", "--name", " ", "--role", "register"), 1),
        (("enrol-code", "--role", "register"), 2),
        (("revoke", "nobody", "--reason", "잃어버림"), 1),
        (("--bind", "here"), 1),
        (("--bind", "127.0.0.1:99999"), 1),
        (("--certificate", "/nowhere.pem"), 3),
    ],
)
def test_wrong_words_are_refused_in_one_sentence(homes: Path, words: tuple[str, ...], code: int) -> None:
    said = command(homes / "server", "server", *words)
    assert said.code == code
    assert code == 2 or said.is_one_plain_sentence(), said.err


@pytest.mark.parametrize("step", [(), ("init-admin",), ("devices",)])
def test_a_home_that_cannot_be_made_is_named(homes: Path, step: tuple[str, ...]) -> None:
    (homes / "file").write_bytes(b"no folder")
    said = command(homes / "file" / "server", "server", *step)
    assert said.code == 3 and said.is_one_plain_sentence(), said.err
    assert str(homes / "file" / "server") in said.err and "쓰기 권한" in said.err


def test_a_register_joins_and_the_books_are_equal(homes: Path) -> None:
    till, home = homes / "till", homes / "server"
    assert command(till, "import", DEMO / "catalogue.xlsx").code == 0
    assert command(till, "day", "open", "--market", "완판장터", "--date", "2026-11-20").code == 0
    with running(home) as server:
        ready = requests.get(f"{server.url}/readyz", timeout=CALL_S).json()
        assert ready["ready"] is True
        assert requests.get(f"{server.url}/healthz", timeout=CALL_S).json() == {"ok": True}
        code = command(
            home, "server", "enrol-code", "--name", "계산대 1", "--role", "register", "--json"
        ).json["code"]
        assert command(till, "enrol", server.url, code).code == 0
        synced = command(till, "sync", "--json")
        assert synced.code == 0 and synced.json["unsynced"] == 0, synced.err
        used = command(homes / "other", "enrol", server.url, code)
        assert used.code in (1, 3) and used.is_one_plain_sentence()
        told = server.lines()
        assert {"path", "status", "ms", "device"} <= set(
            next(line for line in told if line["what"] == "call")
        )
        assert code not in server.journal.read_text() and "Bearer" not in server.journal.read_text()
    assert server.process.returncode == 0
    assert digest_of(till) == digest_of(home)


def test_devices_are_listed_and_revoked(homes: Path) -> None:
    home = homes / "server"
    code, device = code_of(home), "ab" * 32
    serving = open_server(home)
    serving.devices.enrol(code, device)
    serving.close()
    assert b"\tregister\t" in command(home, "server", "devices").out
    gone = command(home, "server", "revoke", device[:12], "--reason", "잃어버렸어요", "--json")
    assert gone.code == 0 and gone.json == {"device": device, "revoked": True}
    listed = command(home, "server", "devices", "--json").json["devices"]
    assert [(each["revoked"], each["reason"]) for each in listed if each["id"] == device] == [
        (True, "잃어버렸어요")
    ]
    again = command(home, "server", "revoke", device[:12], "--reason", "또")
    assert again.code == 1 and again.is_one_plain_sentence()


def test_only_one_server_on_a_home(homes: Path) -> None:
    with running(homes / "server"):
        second = command(homes / "server", "server", "--bind", "127.0.0.1:0")
        assert second.code == 3 and second.is_one_plain_sentence()


def test_a_port_that_is_taken_is_said(homes: Path) -> None:
    with running(homes / "one") as server:
        bind = server.url.removeprefix("http://")
        said = command(homes / "two", "server", "--bind", bind)
        assert said.code == 3 and said.is_one_plain_sentence() and bind in said.err


def test_a_vendors_register_never_sees_another_vendors_sales(homes: Path) -> None:
    """Over the whole program: R3's own device gets the catalogue and R3, not R4."""
    home = homes / "server"
    seller = Place(homes / "seller.db")
    vendor = Place(homes / "vendor.db")
    for scope in ("catalogue", "register/day/R3", "register/day/R4"):
        writer = Writer(scope)
        seller.bare.take([writer.genesis], [writer.say({"n": 1}).data])
    codes = code_of(home), code_of(home, "vendor_register", ("R3",))
    with running(home) as server:
        shared, own = joined(server, codes[0]), joined(server, codes[1])
        seller.sync(shared)
        vendor.sync(own)
        shared.close()
        own.close()
    with vendor.bare.rows() as rows:
        scopes = {scope for (scope,) in rows.all('SELECT "scope" FROM "log"')}
    assert scopes == {"catalogue", "register/day/R3", "office"}
    seller.close()
    vendor.close()


@pytest.mark.parametrize("after", [1, 5])
def test_a_killed_server_has_everything_that_it_answered(homes: Path, after: int) -> None:
    home = homes / "server"
    till = Place(homes / "till.db")
    writer = Writer("register/day/R1")
    rng = random.Random(after)
    datas = [writer.say({"noise": rng.randbytes(150).hex()}).data for _ in range(200)]
    till.bare.take([writer.genesis], datas)
    code = code_of(home)
    with running(home) as server:
        channel = joined(server, code)
        killer = _KilledAfter(channel, server, after)
        with pytest.raises(ChannelFault):
            till.sync(killer, limits=Limits(page_bytes=2048, tries=2))
        channel.close()
    assert killer.stored
    with sqlite3.connect(home / "jangteo.db") as store:
        (held,) = store.execute("SELECT count(*) FROM event WHERE log = ?", (writer.log,)).fetchone()
    assert held >= killer.stored
    with running(home) as server:
        channel.url = server.url + "/"
        till.sync(channel)
        channel.close()
    assert command(home, "verify").code == 0
    with sqlite3.connect(home / "jangteo.db") as store:
        keys = {key for (key,) in store.execute("SELECT key FROM event WHERE log = ?", (writer.log,))}
    with till.bare.rows() as rows:
        assert keys == {
            bytes(key) for (key,) in rows.all('SELECT "key" FROM "event" WHERE "log" = ?', writer.log)
        }
    till.close()


class _KilledAfter:
    """Kills the server as soon as it answered so many pages."""

    def __init__(self, channel: HttpChannel, server: Running, pages: int) -> None:
        self._channel, self._server, self._left = channel, server, pages
        self.stored = 0

    def ask(self, message: bytes) -> bytes:
        said = self._channel.ask(message)
        answer = decode(said)
        if isinstance(answer, PageAnswer):
            self.stored += answer.stored
            self._left -= 1
            if not self._left:
                self._server.kill()
        return said


def test_a_hub_sends_on_what_it_received(homes: Path) -> None:
    """Till → laptop in the stall network → central server, each its own process."""
    central, laptop, till = homes / "central", homes / "laptop", homes / "till"
    assert command(till, "import", DEMO / "catalogue.xlsx").code == 0
    with running(central) as server:
        code = command(
            central, "server", "enrol-code", "--name", "노트북", "--role", "coordinator", "--json"
        ).json["code"]
        assert command(laptop, "enrol", server.url, code).code == 0
        with running(laptop, "hub", bind="127.0.0.1:0") as hub:
            assert hub.organisation == server.organisation
            made = command(
                laptop, "server", "enrol-code", "--name", "계산대 1", "--role", "register", "--json"
            ).json
            assert command(till, "enrol", hub.url, made["code"]).code == 0
            assert command(till, "sync", "--json").code == 0
            _until(lambda: _events(central) >= _events(till) > 0)
    command(till, "digest")
    assert _keys(till) <= _keys(central)


def _events(home: Path) -> int:
    return len(_keys(home))


def _keys(home: Path) -> set[bytes]:
    with sqlite3.connect(home / "jangteo.db") as store:
        return {key for (key,) in store.execute("SELECT key FROM event")}


def _until(done: Callable[[], bool]) -> None:
    """Wait for what another process does; the test's own time limit ends it."""
    tick = threading.Event()
    while not done():
        tick.wait(0.05)
