"""Finding the laptop by mDNS: where the network carries it; and nothing breaks where it does not."""

import socket

import pytest
import zeroconf

from sync.client.discovery import Found, announced, find


def own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("10.255.255.255", 9))
        except OSError:
            pytest.skip("no network at all")
        return str(asked.getsockname()[0])


def test_a_laptop_that_announces_itself_is_found() -> None:
    host = own_address()
    with announced("완판조합 노트북", host, 8731, "http"):
        found = find(5)
    if not found:
        pytest.skip("this network carries no multicast")
    assert found == [Found("완판조합 노트북", f"http://{host}:8731")]


@pytest.mark.parametrize("host", ["nowhere", "", "300.1.2.3"])
def test_a_server_that_cannot_announce_itself_serves_all_the_same(host: str) -> None:
    served = False
    with announced("이름", host, 8731, "http"):
        served = True
    assert served


def test_without_a_network_nobody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> object:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(zeroconf, "Zeroconf", no_network)
    assert find(1) == []
    with announced("이름", "127.0.0.1", 8731, "http"):
        pass
