"""Whom this till trades with: an address made whole, a one-time code handed in, a line opened."""

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pos_app.domain.errors import DomainError
from pos_app.services import syncing_book, syncing_own_logs
from pos_app.services.desk import Desk
from pos_app.services.syncing_state import HUB, SERVER, PeerState
from sync.rows import Rows

if TYPE_CHECKING:
    from sync.certificates import EnrolAnswer
    from sync.exchange import Channel

PORT = 8731
_LONGEST = 200


def clean_url(text: str) -> str:
    """An address as typed, made whole: `192.168.0.5` is the coordinator's laptop in this network.

    Raises sync.bad_url.
    """
    typed = text.strip()
    if not typed or len(typed) > _LONGEST or any(letter.isspace() for letter in typed):
        raise DomainError("sync.bad_url", text=typed[:60])
    near = "://" not in typed and _near(typed.rstrip("/"))
    parts = _split(typed if "://" in typed else f"{'http' if near else 'https'}://{typed}")
    if parts is None:
        raise DomainError("sync.bad_url", text=typed[:60])
    scheme, host, port = parts
    shown = f"[{host}]" if ":" in host else host
    if near and not port:
        port = PORT
    return f"{scheme}://{shown}" + (f":{port}" if port else "")


def _split(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or 0
    except ValueError:
        return None
    fine = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    plain = not parts.path.strip("/") and not parts.query and not parts.fragment
    return (parts.scheme, str(parts.hostname), port) if fine and plain else None


def _near(typed: str) -> bool:
    """Whether it names a machine in the same room rather than one on the internet."""
    host = typed.rsplit(":", 1)[0] if typed.count(":") == 1 else typed
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return "." not in host or host.endswith(".local")
    return address.is_private or address.is_loopback or address.is_link_local


def device_key(rows: Rows) -> bytes:
    """This device's private key, made at first need (inside a write); it never leaves the machine."""
    row = rows.one('SELECT "private_key" FROM "device"')
    if row is not None:
        return bytes(row[0])
    # lazy: keys are made once in the life of a home
    from sync.identity import new_device_key

    made = new_device_key()
    rows.run('INSERT INTO "device" ("id", "private_key") VALUES (1, ?)', made)
    return made


def is_enrolled(rows: Rows) -> bool:
    """Whether an organisation gave this device a certificate."""
    return rows.one('SELECT 1 FROM "certificate" LIMIT 1') is not None


def hand_in(desk: Desk, url: str, code: str) -> "EnrolAnswer":
    """Trade a one-time code for a certificate (slow). Raises sync.bad_code, ChannelFault."""
    # lazy: requests is wanted by the network alone
    from sync.client.http_channel import HttpChannel

    wanted = code.strip()
    if not wanted or len(wanted) > _LONGEST:
        raise DomainError("sync.bad_code")
    with desk.work.database.write() as rows:
        private = device_key(rows)
    channel = HttpChannel(url, private)
    try:
        return channel.enrol(wanted)
    finally:
        channel.close()


def keep_certificate(rows: Rows, url: str, answer: "EnrolAnswer", at: str) -> PeerState:
    """This device belongs to an organisation now; what it records from here on stands in new logs."""
    # lazy: the tables come with the first write
    from pos_app.storage import local

    server = answer.server
    data = answer.certificate.encode()
    rows.put(local.certificate, [(server.organisation, server.organisation, data, server.name, url, at)])
    state = PeerState(url, _kind_of(server.certificate))
    for known in syncing_book.peers(rows):
        if known.kind == SERVER == state.kind and known.url != url:
            syncing_book.forget(rows, known.url)
    syncing_book.keep(rows, state)
    syncing_own_logs.let_go(rows)
    return state


def _kind_of(certificate: str) -> str:
    """Whether it is the central server that answered, or a laptop in its place."""
    # lazy: see hand_in
    from sync import certificates

    try:
        role = certificates.read(certificate.encode()).certificate.role
    except certificates.NotCertified:
        return SERVER
    return HUB if role in (certificates.HUB, certificates.COORDINATOR) else SERVER


def add_hub(rows: Rows, url: str) -> PeerState:
    """The coordinator's laptop at this address. Raises sync.known_peer."""
    if any(known.url == url for known in syncing_book.peers(rows)):
        raise DomainError("sync.known_peer", url=url)
    state = PeerState(url, HUB)
    syncing_book.keep(rows, state)
    return state


def open_line(desk: Desk, peer: PeerState) -> "Channel":
    """The network to a peer. Raises ChannelFault("refused") while this device has no certificate."""
    # lazy: see hand_in
    from sync.client.http_channel import HttpChannel
    from sync.exchange import ChannelFault

    with desk.work.database.write() as rows:
        private = device_key(rows)
        row = rows.one('SELECT "data", "root" FROM "certificate" ORDER BY "at" DESC LIMIT 1')
    if row is None:
        raise ChannelFault("refused", retryable=False, detail="this device has no certificate")
    return HttpChannel(peer.url, private, bytes(row[0]), row[1])
