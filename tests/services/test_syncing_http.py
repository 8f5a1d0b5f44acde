"""Enrolment and the exchange over a real socket to a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House
from pos_app.services.syncing_state import HUB, SERVER, sentence
from tests.services.houses import open_market, refused, sell, stored
from tests.services.syncing_homes import same, server
from tests.sync.serving import MemoryOffice, Served, served


@pytest.fixture
def far(tmp_path: Path) -> Iterator[House]:
    house = server(tmp_path / "server")
    yield house
    house.close()


@pytest.fixture
def net(far: House) -> Iterator[Served]:
    with served(far.sync.store.replica) as made:
        yield made


@pytest.fixture
def till(tmp_path: Path) -> Iterator[House]:
    house = open_market(tmp_path / "till")
    yield house
    house.close()


def test_a_code_enrols_once_and_then_everything_travels(till: House, far: House, net: Served) -> None:
    net.office.codes["K7-21"] = ("register", ("*",))
    before = sell(till, [("P002", 1000)])
    peer = till.sync.enrol(net.url, " K7-21 ")
    assert (peer.kind, peer.url) == (SERVER, net.url)
    assert till.sync.enrolled()
    (done,) = till.sync.exchange_all()
    assert (done.fault, done.peer.name != "") == ("", True)
    assert same(till, far)
    assert till.health.unsynced().count == 0
    after = sell(till, [("P002", 1000)])
    tags = {stored(till, sale).receipt_no.split("-")[1] for sale in (before, after)}
    assert len(tags) == 2  # enrolment opens new logs
    with refused("sync.bad_code"):
        till.sync.enrol(net.url, "K7-21")
    till.sync.exchange_all()
    assert same(till, far)


def test_enrolment_and_certificate_outlive_the_program(
    tmp_path: Path, till: House, far: House, net: Served
) -> None:
    from pos_app.bootstrap import open_house

    net.office.codes["a"] = ("register", ("*",))
    till.sync.enrol(net.url, "a")
    till.close()
    again = open_house(tmp_path / "till")
    assert again.health.network() == "offline"  # not met yet
    (done,) = again.sync.exchange_all()
    assert not done.fault
    assert again.health.network() == "online"
    again.close()
    again = open_house(tmp_path / "till")
    assert same(again, far)
    again.close()


def test_a_server_that_lets_the_device_go_is_said_in_words(till: House, net: Served) -> None:
    net.office.codes["a"] = ("register", ("*",))
    till.sync.enrol(net.url, "a")
    till.sync.exchange_all()
    (device,) = net.office.admitted
    del net.office.admitted[device]
    net.office.key = b"another secret: the session is over"
    net.office.root = MemoryOffice().root  # and it is another organisation's server now
    (done,) = till.sync.exchange_all()
    assert done.fault in ("refused", "untrusted")
    assert "담당자" in sentence(done.peer)
    assert till.sync.status().first.needs_hand  # type: ignore[union-attr]


def test_a_hub_by_its_address_uses_the_same_certificate(
    tmp_path: Path, till: House, far: House, net: Served
) -> None:
    hub = server(tmp_path / "hub")
    net.office.codes["a"] = ("register", ("*",))
    till.sync.enrol(net.url, "a")
    with served(hub.sync.store.replica, office=net.office) as near:
        peer = till.sync.add_hub(near.url.removeprefix("http://"))
        assert (peer.kind, peer.url) == (HUB, near.url)
        with refused("sync.known_peer"):
            till.sync.add_hub(near.url)
        assert [done.fault for done in till.sync.exchange_all()] == ["", ""]
    assert same(till, far, hub)
    till.sync.remove(peer.url)
    assert [state.kind for state in till.sync.status().peers] == [SERVER]
    hub.close()


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://no-such-name.invalid"])
def test_an_address_where_nobody_is_names_what_to_do(till: House, address: str) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        till.sync.enrol(address, "code")
    assert "닿지" in fault.value.title
    assert fault.value.retryable
    assert not till.sync.enrolled()
    assert till.sync.status().first is None
