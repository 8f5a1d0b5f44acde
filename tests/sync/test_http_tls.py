"""TLS with the server's own certificate, and a door that is not held open for those who say nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sync.client.http_channel import HttpChannel
from sync.client.http_line import HttpFault
from sync.identity import new_device_key, public_key
from sync.server import serving
from sync.server.application import make_application
from tests.sync.serving import MemoryOffice
from tests.sync.worlds import Place, Writer


def made_papers(folder: Path, host: str = "127.0.0.1") -> tuple[str, str]:
    """A certificate of its own and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paper, secret = folder / "server.pem", folder / "server.key"
    paper.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return str(paper), str(secret)


@contextmanager
def secured(place: Place, office: MemoryOffice, paper: str = "", key: str = "") -> Iterator[str]:
    """A server with its own certificate."""
    door = serving.listening("127.0.0.1", 0)
    server = serving.make_server(make_application(lambda: place.replica, office), certificate=paper, key=key)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
    thread.start()
    try:
        yield f"127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(20)
        door.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path / "server.db")
    yield made
    made.close()


def test_an_exchange_over_tls(tmp_path: Path, place: Place) -> None:
    paper, key = made_papers(tmp_path)
    office, private = MemoryOffice(), new_device_key()
    till = Place(tmp_path / "till.db")
    writer = Writer("register/d/R1")
    till.bare.take([writer.genesis], [writer.say({"n": number}).data for number in range(50)])
    held = office.issue(public_key(private), "register", ("*",))
    with secured(place, office, paper, key) as where:
        channel = HttpChannel(f"https://{where}", private, held, office.organisation, verify=paper)
        till.sync(channel)
        channel.close()
    assert till.state == place.state
    till.close()


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path, place: Place) -> None:
    paper, key = made_papers(tmp_path)
    office, private = MemoryOffice(), new_device_key()
    held = office.issue(public_key(private), "register", ("*",))
    with secured(place, office, paper, key) as where:
        channel = HttpChannel(f"https://{where}", private, held, office.organisation)
        with pytest.raises(HttpFault) as told:
            channel.ask(b"")
        channel.close()
    assert (told.value.reason, told.value.retryable, told.value.code) == ("untrusted", False, "tls")


def test_who_says_nothing_is_let_go(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEAD_SECONDS", 0.2)
    with secured(place, MemoryOffice()) as where:
        host, port = where.split(":")
        with socket.create_connection((host, int(port)), 10) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost:")
            assert line.recv(100) == b""


def test_who_says_nothing_more_is_let_go(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEAD_SECONDS", 0.2)
    with secured(place, MemoryOffice()) as where:
        host, port = where.split(":")
        with socket.create_connection((host, int(port)), 10) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"200 OK" in line.recv(1000)
            line.sendall(b"GET /healthz")
            while line.recv(1000):
                pass
