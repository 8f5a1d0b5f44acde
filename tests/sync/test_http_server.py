"""The server on a real socket: who gets in, what is refused, and in which words."""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.certificates import Issuer, check_of
from sync.client.http_channel import HttpChannel, enrol
from sync.client.http_line import HttpFault
from sync.exchange import ChannelFault, exchange
from sync.identity import new_device_key, new_genesis, public_key, sign
from sync.messages import VERSIONS, Hello, Span, Summary, Want, decode, encode
from sync.server.limits import Rate, ServerSettings
from tests.sync.serving import AT, UNTIL, MemoryOffice, Served, served
from tests.sync.worlds import Place, Writer

CALL_S = 10


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "till.db")
    yield place
    place.close()


def sold(place: Place, scope: str, count: int = 3) -> Writer:
    """A log of `scope` at a place."""
    writer = Writer(scope)
    place.bare.take([writer.genesis], [writer.say({"n": number}).data for number in range(count)])
    return writer


def post(web: Served, path: str, body: bytes = b"", **headers: str) -> requests.Response:
    """A call by hand."""
    return requests.post(f"{web.url}/{path}", data=body, headers=headers, timeout=CALL_S)


def problem(answer: requests.Response) -> str:
    """The code of an answer that is a problem; its sentence is one."""
    told = answer.json()
    assert set(told) == {"error", "sentence"} and "\n" not in told["sentence"] and told["sentence"]
    return str(told["error"])


def token_of(channel: HttpChannel) -> dict[str, str]:
    """The header of an open session."""
    if not channel.token:
        channel._open_session()
    return {"Authorization": f"Bearer {channel.token}"}


# --- getting in --------------------------------------------------------------------------------
def test_a_device_with_a_code_gets_a_certificate_and_trades(web: Served, server: Place, till: Place) -> None:
    web.office.codes["ABCDE"] = ("register", ("*",))
    private = new_device_key()
    given = enrol(web.url, "ABCDE", private)
    assert given.server.organisation == web.office.organisation
    sold(till, "register/d/R1")
    sold(server, "catalogue")
    channel = web.channel(private, given.certificate.encode())
    till.sync(channel)
    assert till.state == server.state
    assert channel.server is not None and channel.server.name == "서버"


@pytest.mark.parametrize("code", ["WRONG", "", "ABCDE"])
def test_a_code_enrols_once(web: Served, code: str) -> None:
    web.office.codes["ABCDE"] = ("register", ("*",))
    enrol(web.url, "ABCDE", new_device_key())
    with pytest.raises(HttpFault) as told:
        enrol(web.url, code, new_device_key())
    assert (told.value.reason, told.value.retryable, told.value.code) == ("refused", False, "code_unknown")


def test_codes_can_not_be_tried_out(server: Place) -> None:
    settings_ = ServerSettings(enrol_rate=Rate(3, 60_000))
    with served(lambda: server.replica, settings_) as web:
        web.office.codes["RIGHT"] = ("register", ("*",))
        for code in ("A", "B", "C"):
            with pytest.raises(HttpFault):
                enrol(web.url, code, new_device_key())
        with pytest.raises(HttpFault) as told:
            enrol(web.url, "RIGHT", new_device_key())
        assert told.value.reason == "busy" and 0 < told.value.wait_s <= 60
        assert "RIGHT" in web.office.codes


def test_a_code_needs_the_key_of_the_device(web: Served) -> None:
    web.office.codes["ABCDE"] = ("register", ("*",))
    device = public_key(new_device_key())
    body = {"code": "ABCDE", "device": device, "signature": sign(new_device_key(), b"x")}
    answer = post(web, "sync/v1/enrol", json.dumps(body).encode())
    assert answer.status_code == 400 and problem(answer) == "signature"
    assert "ABCDE" in web.office.codes


def test_without_a_session_nothing_is_read_or_written(web: Served, server: Place, till: Place) -> None:
    sold(server, "catalogue")
    sold(till, "register/d/R1")
    before = server.state

    class Bare:
        def ask(self, message: bytes) -> bytes:
            answer = post(web, "sync/v1/exchange", message, **{"Content-Type": "application/octet-stream"})
            assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"
            raise ChannelFault("refused", False, problem(answer))

    with pytest.raises(ChannelFault) as told:
        exchange(till.replica, Bare())
    assert str(told.value) == "session" and server.state == before and not till.folded


@pytest.mark.parametrize("token", ["", "x", "AAAA" * 20, "é", "a" * 5000])
def test_made_up_tokens_open_nothing(web: Served, token: str) -> None:
    answer = post(web, "sync/v1/exchange", b"", Authorization=f"Bearer {token}".encode().decode("latin-1"))
    assert answer.status_code == 401


def test_a_certificate_of_another_market_opens_nothing(web: Served, till: Place) -> None:
    other, private = new_device_key(), new_device_key()
    theirs = Issuer(other, public_key(other)).issue(public_key(private), "남", "register", ("*",), AT, UNTIL)
    with pytest.raises(HttpFault) as told:
        till.sync(web.channel(private, theirs))
    assert (told.value.reason, told.value.code, told.value.retryable) == ("refused", "organisation", False)


def test_a_certificate_alone_opens_nothing(web: Served, till: Place) -> None:
    honest, thief = new_device_key(), new_device_key()
    certificate = web.office.issue(public_key(honest), "register", ("*",))
    with pytest.raises(HttpFault) as told:
        till.sync(web.channel(thief, certificate))
    assert told.value.code == "challenge"


def test_a_server_of_another_organisation_gets_nothing(server: Place, till: Place) -> None:
    """Two servers that claim one name: only the one whose certificate holds is told anything."""
    sold(till, "register/d/R1")
    false = MemoryOffice()
    with served(lambda: server.replica, office=false) as web:
        home = MemoryOffice()
        private = new_device_key()
        channel = web.channel(private, home.issue(public_key(private), "register", ("*",)), home.organisation)
        with pytest.raises(HttpFault) as told:
            till.sync(channel)
    assert told.value.reason == "untrusted" and not server.bare.known()


def test_a_server_that_only_copied_a_certificate_gets_nothing(server: Place, till: Place) -> None:
    sold(till, "register/d/R1")
    home = MemoryOffice()

    class Thief(MemoryOffice):
        def sign(self, data: bytes) -> str:
            return sign(new_device_key(), data)

    with (
        served(lambda: server.replica, office=Thief(root=home.root, own=home.own)) as web,
        pytest.raises(HttpFault) as told,
    ):
        till.sync(web.device())
    assert (told.value.reason, told.value.code) == ("untrusted", "server") and not server.bare.known()


def test_an_expired_certificate_goes_on_and_is_said(web: Served, till: Place, server: Place) -> None:
    private = new_device_key()
    old = web.office.issuer.issue(
        public_key(private), "옛", "register", ("*",), "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"
    )
    channel = web.channel(private, old)
    sold(till, "register/d/R1")
    till.sync(channel)
    assert channel.flags == ("expired",) and till.state == server.state


def test_a_session_that_the_server_forgot_is_opened_again(web: Served, till: Place, server: Place) -> None:
    channel = web.device()
    till.sync(channel)
    web.office.key = b"another secret, as after a restore"
    sold(till, "register/d/R1")
    till.sync(channel)
    assert till.state == server.state


# --- scopes ------------------------------------------------------------------------------------
def test_a_vendors_register_gets_its_own_logs_alone(web: Served, server: Place, till: Place) -> None:
    mine, others = sold(server, "register/d/R3"), sold(server, "register/d/R4")
    sold(server, "catalogue")
    till.sync(web.device("vendor_register", ("catalogue", "register/*/R3")))
    with till.bare.rows() as rows:
        held = {bytes(log) for (log,) in rows.all('SELECT "log" FROM "log"')}
    assert mine.log in held and others.log not in held and len(held) == 2


@pytest.mark.parametrize("by", ["log", "key"])
def test_asking_for_another_vendors_log_is_forbidden(web: Served, server: Place, by: str) -> None:
    sold(server, "register/d/R3")
    writer = Writer("register/d/R4")
    event = writer.say({"secret": 1})
    server.bare.take([writer.genesis], [event.data])
    channel = web.device("vendor_register", ("catalogue", "register/*/R3"))
    spans = (Span(writer.log, 1, 9, True),) if by == "log" else ()
    want = Want(spans=spans, keys=() if spans else (event.key,), most=65_536, items=100)
    with pytest.raises(HttpFault) as told:
        channel.ask(encode(want))
    assert (told.value.reason, told.value.code) == ("refused", "another's")
    answer = post(web, "sync/v1/exchange", encode(want), **token_of(channel))
    assert answer.status_code == 403 and b"secret" not in answer.content


def test_a_vendors_register_cannot_write_in_anothers_log(web: Served, server: Place, till: Place) -> None:
    sold(till, "register/d/R4")
    with suppress(ChannelFault):
        till.sync(web.device("vendor_register", ("catalogue", "register/*/R3")))
    assert not server.bare.known()


def test_a_revoked_device_brings_what_it_has_and_gets_nothing(
    web: Served, server: Place, till: Place
) -> None:
    private = new_device_key()
    writer = Writer("register/d/R3")
    writer.private = private
    writer.log, writer.genesis = new_genesis(private, "register/d/R3", "2026-11-20T10:00:00+09:00")
    writer.prev = writer.log
    till.bare.take([writer.genesis], [writer.say({"n": 1}).data])
    sold(server, "catalogue")
    web.office.revoked.add(public_key(private))
    till.sync(web.device("register", ("*",), private))
    assert len(server.bare.known()) == 4 and len(till.bare.known()) == 1


def test_a_device_gets_its_own_logs_back_under_whatever_name(web: Served, server: Place, till: Place) -> None:
    """A till put back from an old copy, now R3, once R1: what it wrote as R1 is its own, another's R1 is not."""
    private = new_device_key()
    writer = Writer("register/d/R1")
    writer.log, writer.genesis = new_genesis(private, "register/d/R1", "2026-11-20T10:00:00+09:00")
    writer.prev = writer.log
    mine = [writer.say({"n": number}) for number in range(5)]
    server.bare.take([writer.genesis], [event.data for event in mine])
    sold(server, "register/d/R1")
    channel = web.device("vendor_register", ("catalogue", "register/*/R3"), private)
    till.sync(channel)
    assert till.bare.known() == {event.key for event in mine}
    assert till.sync(channel).asks == 1, "and then there is nothing to do"


# --- what nobody should send -------------------------------------------------------------------
@settings(max_examples=60)
@given(body=st.binary(max_size=300))
def test_random_bytes_are_refused_in_one_sentence(body: bytes) -> None:
    with _standing() as (web, channel):
        for path in ("exchange", "session", "enrol"):
            answer = post(web, f"sync/v1/{path}", body, **(token_of(channel) if path == "exchange" else {}))
            assert answer.status_code in (400, 401, 429), answer.status_code
            problem(answer)


_kept: dict[str, Any] = {}


class _standing:
    """One server for all examples."""

    def __enter__(self) -> tuple[Served, HttpChannel]:
        return _kept["web"], _kept["channel"]

    def __exit__(self, *_: object) -> None: ...


@pytest.fixture(autouse=True, scope="module")
def _one_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    place = Place(tmp_path_factory.mktemp("one") / "server.db")
    with served(
        lambda: place.replica, ServerSettings(enrol_rate=Rate(10_000, 1), session_rate=Rate(10_000, 1))
    ) as web:
        _kept.update(web=web, channel=web.device())
        yield
    place.close()


def _raw(web: Served, said: bytes) -> bytes:
    """What a hand-written request gets."""
    host, port = web.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), CALL_S) as line:
        line.sendall(said)
        return line.recv(65_536)


def test_a_body_of_a_gigabyte_is_refused_before_it_comes(web: Served) -> None:
    token = token_of(web.device())["Authorization"]
    head = f"POST /sync/v1/exchange HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\nContent-Length: {10**9}\r\n\r\n"
    assert b" 413 " in _raw(web, head.encode() + b"x" * 10).split(b"\r\n")[0]


def test_a_body_that_says_nothing_of_its_length_is_bounded(web: Served) -> None:
    parts = (b"x" * 60_000 for _ in range(40))
    answer = requests.post(f"{web.url}/sync/v1/enrol", data=parts, timeout=CALL_S)
    assert answer.status_code == 413 and problem(answer) == "too_large"


def test_a_changed_body_is_noticed(web: Served) -> None:
    channel = web.device()
    answer = post(
        web, "sync/v1/exchange", b"changed", **token_of(channel), **{"Jangteo-Check": check_of(b"other")}
    )
    assert answer.status_code == 400 and problem(answer) == "changed"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("enrol", b'{"code": 1.5, "device": "x", "signature": "y"}'),
        ("enrol", b'{"code": "A", "device": "x", "signature": "y", "more": 1}'),
        ("enrol", b'{"code": "A", "device": "' + b"zz" * 32 + b'", "signature": "y"}'),
        ("session", b"[" * 20_000),
        ("session", b'{"certificate": "\\ud800"}'),
        ("session", b"\xff\xfe"),
    ],
)
def test_wrong_asks_are_refused_in_one_sentence(web: Served, path: str, body: bytes) -> None:
    answer = post(web, f"sync/v1/{path}", body)
    assert answer.status_code in (400, 401)
    problem(answer)


def test_one_device_cannot_take_all_the_server_has(server: Place) -> None:
    with served(lambda: server.replica, ServerSettings(exchange_rate=Rate(2, 60_000))) as web:
        loud, quiet = web.device(), web.device()
        hello = _hello()
        decode(loud.ask(hello))
        decode(loud.ask(hello))
        with pytest.raises(HttpFault) as told:
            loud.ask(hello)
        assert told.value.reason == "busy" and told.value.wait_s > 0
        decode(quiet.ask(hello))


def _hello() -> bytes:
    return encode(Hello(VERSIONS, "somebody", 1, Summary(b"\0" * 32, 0)))


def test_a_full_disk_is_said_and_the_process_lives(server: Place, till: Place) -> None:
    def full() -> Any:
        raise OSError(28, "No space left on device")

    with served(lambda: replace(server.replica, write=full)) as web:
        sold(till, "register/d/R1")
        channel = web.device()
        with pytest.raises(ChannelFault) as told:
            till.sync(channel)
        assert told.value.reason == "full"
        assert requests.get(f"{web.url}/healthz", timeout=CALL_S).json() == {"ok": True}


def test_ready_says_when_the_store_cannot_be_read(web: Served) -> None:
    assert requests.get(f"{web.url}/readyz", timeout=CALL_S).json() == {
        "ready": True,
        "waiting": 0,
        "oldest_s": 0,
    }
    web.office.broken = ValueError("gone")
    answer = requests.get(f"{web.url}/readyz", timeout=CALL_S)
    assert answer.status_code == 503 and answer.json()["ready"] is False


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/sync/v1/enrol", 405), ("POST", "/nowhere", 404)]
)
def test_what_is_not_there_is_said_in_the_same_shape(
    web: Served, method: str, path: str, status: int
) -> None:
    answer = requests.request(method, web.url + path, timeout=CALL_S)
    assert answer.status_code == status and problem(answer) == "nothing_here"
