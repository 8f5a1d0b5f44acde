"""An exchange through a line with a will of its own: equal in the end, nothing twice, or a clear fault."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sync.client.http_channel import HttpChannel
from sync.client.http_line import HttpFault, Timeouts
from sync.exchange import ChannelFault, Limits
from sync.identity import new_device_key
from sync.messages import VERSIONS, Hello, HelloAnswer, Summary, decode, encode
from tests.sync.http_faults import FAULTS, PASS, WORDS, Line, faulty, lossy, scripted
from tests.sync.serving import Served, served
from tests.sync.worlds import Place, Writer

# Most faults end at once; only what goes silent is left to the clock.
PATIENT, QUICK = Timeouts(connect_s=10, read_s=30, ask_s=60), Timeouts(connect_s=2, read_s=1, ask_s=3)
REASONS = {"offline", "portal", "cut", "refused", "untrusted", "busy", "newer", "broken", "full"}


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    server, till = Place(tmp_path / "server.db"), Place(tmp_path / "till.db")
    yield server, till
    server.close()
    till.close()


def fill(place: Place, scope: str, count: int) -> None:
    writer = Writer(scope)
    place.bare.take([writer.genesis], [writer.say({"n": number}).data for number in range(count)])


@contextmanager
def between(
    server: Place, script: object, seed: int = 1, cut_every: int = 0, timeouts: Timeouts = PATIENT
) -> Iterator[tuple[HttpChannel, Line, Served]]:
    """A channel of an enrolled device, through a line that does what the script says."""
    with (
        served(lambda: server.replica) as web,
        faulty(web.url, script, seed, cut_every) as line,  # type: ignore[arg-type]
    ):
        channel = web.device()
        channel.url = line.url + "/"
        channel._timeouts = timeouts
        yield channel, line, web


def until_equal(till: Place, server: Place, channel: HttpChannel, rounds: int) -> None:
    """Exchange again and again; each fault on the way has one of our words."""
    for _ in range(rounds):
        try:
            till.sync(channel)
        except ChannelFault as fault:
            assert fault.reason in REASONS
        if till.state == server.state:
            break
    assert till.state == server.state


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_each_fault_at_each_ask(places: tuple[Place, Place], fault: str, at: int) -> None:
    server, till = places
    fill(till, "register/d/R1", 40)
    fill(server, "catalogue", 40)
    timeouts = QUICK if fault == "loris" else PATIENT
    script = scripted([PASS] * (at - 1) + [fault])
    with between(server, script, seed=at, timeouts=timeouts) as (channel, line, _):
        until_equal(till, server, channel, 6)
        assert len(server.bare.known()) == 80
        assert fault in line.done


@pytest.mark.acceptance("A32")
@pytest.mark.timeout(600)
def test_ten_thousand_sales_arrive_exactly_once(tmp_path: Path) -> None:
    """Three tills, one server, 30 % of the calls lost, doubled, late, cut or changed: the union, nothing twice."""
    rng = random.Random(32)
    server = Place(tmp_path / "server.db")
    tills = [Place(tmp_path / f"till{number}.db") for number in range(3)]
    for number, till in enumerate(tills):
        writer = Writer(f"register/d/R{number}")
        sales = [writer.say(_sale(rng, each)).data for each in range(3334)]
        till.bare.take([writer.genesis], sales)
    union = set().union(*(till.bare.known() for till in tills))
    quick = tuple(fault for fault in FAULTS if fault != "loris")
    with between(server, lossy(rng, 30, quick), 32) as (_, line, web):
        for _ in range(200):
            for till in tills:
                channel = web.device()
                channel.url, channel._timeouts = line.url + "/", PATIENT
                with suppress(ChannelFault):
                    till.sync(channel, limits=Limits(page_bytes=8_192))
            if all(till.state == server.state for till in tills):
                break
    assert len(union) == 10_002 and server.bare.known() == union
    with server.bare.rows() as rows:
        assert rows.one('SELECT count(*), count(DISTINCT "key") FROM "event"') == (10_002, 10_002)
    assert server.bare.findings() == []
    assert all(till.everything() == server.everything() for till in tills)
    assert {fault for fault in line.done if fault != PASS} == set(quick), "every kind of fault was met"
    for place in (server, *tills):
        place.close()


def _sale(rng: random.Random, number: int) -> dict[str, object]:
    lines = [
        {
            "product": f"{rng.randrange(44):032x}",
            "quantity_milli": 1000 * rng.randrange(1, 5),
            "won": 100 * rng.randrange(99),
        }
        for _ in range(5)
    ]
    return {"number": f"R1-K7-{number:04d}", "lines": lines, "tender": rng.choice(("cash", "card"))}


@pytest.mark.parametrize("seed", range(6))
def test_a_third_of_the_calls_fail_in_some_way(places: tuple[Place, Place], seed: int) -> None:
    server, till = places
    rng = random.Random(seed)
    for scope in ("register/d/R1", "register/d/R2", "catalogue"):
        fill(rng.choice(places), scope, rng.randrange(1, 400))
    expected = server.bare.known() | till.bare.known()
    quick = tuple(fault for fault in FAULTS if fault != "loris")
    with between(server, lossy(rng, 30, quick), seed) as (channel, line, _):
        until_equal(till, server, channel, 60)
        assert line.asks and server.bare.known() == expected


def test_a_line_that_dies_every_few_kibibytes_still_carries_everything(places: tuple[Place, Place]) -> None:
    server, till = places
    rng = random.Random(5)
    writer = Writer("register/d/R1")
    sales = [writer.say({"noise": rng.randbytes(400).hex()}).data for _ in range(300)]
    till.bare.take([writer.genesis], sales)
    with between(server, lambda _: PASS, cut_every=16_384) as (channel, line, _):
        until_equal(till, server, channel, 80)
        assert server.bare.known() == till.bare.known()
        payload = 300 * 400
        assert line.carried <= 3 * payload, line.carried


def test_a_slow_loris_is_left(places: tuple[Place, Place]) -> None:
    server, _ = places
    with (
        between(server, scripted(["loris"]), timeouts=QUICK) as (channel, _, _),
        pytest.raises(HttpFault) as told,
    ):
        channel.ask(b"")
    assert told.value.reason == "cut" and told.value.retryable


@pytest.mark.parametrize(
    ("fault", "reason", "retryable"),
    [
        *WORDS,
        ("drop", "cut", True),
        ("truncate_answer", "cut", True),
        ("corrupt_answer", "broken", True),
    ],
)
def test_each_fault_has_its_word(
    places: tuple[Place, Place], fault: str, reason: str, retryable: bool
) -> None:
    server, _ = places
    with between(server, scripted([PASS, PASS, fault]), seed=3) as (channel, _, _):
        channel._open_session()
        with pytest.raises(HttpFault) as told:
            channel.ask(b"\x00")
    assert (told.value.reason, told.value.retryable) == (reason, retryable)
    assert told.value.wait_s == (1 if fault in ("e413", "e429", "e503", "e500") else 0)


def test_an_answer_that_was_changed_is_never_taken(places: tuple[Place, Place]) -> None:
    server, _ = places
    hello = encode(Hello(VERSIONS, "somebody", 1, Summary(b"\0" * 32, 0)))
    for seed in range(8):
        with between(server, scripted([PASS, PASS, "corrupt_answer"]), seed) as (channel, _, _):
            with pytest.raises(HttpFault) as told:
                channel.ask(hello)
            assert (told.value.reason, told.value.retryable) == ("broken", True)
            assert isinstance(decode(channel.ask(hello)), HelloAnswer)


def channel_to(url: str, **more: object) -> HttpChannel:
    return HttpChannel(url, new_device_key(), b"{}", "ab" * 32, timeouts=QUICK, **more)  # type: ignore[arg-type]


def fault_of(channel: HttpChannel) -> HttpFault:
    try:
        with pytest.raises(HttpFault) as told:
            channel.ask(b"")
        return told.value
    finally:
        channel.close()


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    told = fault_of(channel_to(f"http://127.0.0.1:{port}"))
    assert (told.reason, told.code) == ("offline", "connect")


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    told = fault_of(channel_to("http://server.invalid"))
    assert (told.reason, told.code) == ("offline", "name")


def test_a_name_server_that_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: heard.wait(20))
    told = fault_of(channel_to("http://server.invalid"))
    heard.set()
    assert (told.reason, told.code) == ("offline", "name")
    assert "silent" in str(told)


@pytest.mark.parametrize(
    "url", ["http://", "ftp://x", "http:" + "//[::1", "nonsense", "http://a b/", "http://x:99999"]
)
def test_an_address_that_is_none(url: str) -> None:
    assert fault_of(channel_to(url)).reason == "offline"


def test_a_door_that_is_open_and_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=8) as door:
        told = fault_of(channel_to(f"http://127.0.0.1:{door.getsockname()[1]}"))
    assert told.reason == "cut" and told.retryable


def test_an_answer_without_end_is_not_read() -> None:
    with _speaking(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b"x" * 65_536) as url:
        told = fault_of(channel_to(url))
    assert (told.reason, told.retryable) == ("broken", False)


def test_headers_without_end_are_not_read() -> None:
    with _speaking(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n") as url:
        assert fault_of(channel_to(url)).reason in ("cut", "broken")


def test_a_byte_now_and_then_does_not_keep_an_ask_for_ever() -> None:
    with _speaking(b"HTTP/1.1 200 OK\r\n", b"X", pause_s=True) as url:
        told = fault_of(channel_to(url))
    assert (told.reason, told.code) == ("cut", "slow")


def test_a_tls_door_without_tls_is_not_trusted() -> None:
    with _speaking(b"HTTP/1.1 200 OK\r\n\r\n", b"") as url:
        told = fault_of(channel_to(url.replace("http", "https")))
    assert (told.reason, told.retryable, told.code) == ("untrusted", False, "tls")


@contextmanager
def _speaking(first: bytes, again: bytes, pause_s: bool = False) -> Iterator[str]:
    """Somebody who says something, and then the same over and over."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def speak() -> None:
            try:
                came, _ = door.accept()
                with came:
                    came.recv(65_536)
                    came.sendall(first)
                    while again and not ended.wait(0.3 if pause_s else 0):
                        came.sendall(again)
            except OSError:
                pass

        thread = threading.Thread(target=speak)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            ended.set()
            thread.join(10)
