"""Finding the coordinator's laptop in the same network by mDNS: a convenience; a typed address always works."""

import ipaddress
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)

_KIND = "_jangteo._tcp.local."
_MAX_LABEL_BYTES = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A server that announced itself. Nobody vouches for the name: certificates do that."""

    name: str
    url: str


@contextmanager
def announced(name: str, host: str, port: int, scheme: str) -> Iterator[None]:
    """Announce this server while the block runs; without a scheme, or where it can't be done, nothing."""
    zeroconf: Any = None
    if scheme:
        try:
            zeroconf = _announce(name, host, port, scheme)
        except Exception as error:
            log.warning("not announced in this network: %s", error)
    try:
        yield
    finally:
        if zeroconf is not None:
            with suppress(Exception):
                zeroconf.unregister_all_services()
                zeroconf.close()


def _announce(name: str, host: str, port: int, scheme: str) -> Any:
    # lazy: 35 ms that only a hub pays
    from zeroconf import ServiceInfo, Zeroconf

    address = ipaddress.ip_address(host.strip("[]")).packed
    label = name.replace(".", " ").encode()[:_MAX_LABEL_BYTES].decode(errors="ignore")
    info = ServiceInfo(
        _KIND, f"{label}.{_KIND}", port, addresses=[address], properties={"scheme": scheme, "name": name}
    )
    zeroconf = Zeroconf()
    try:
        zeroconf.register_service(info, allow_name_change=True)
    except BaseException:
        zeroconf.close()
        raise
    return zeroconf


def find(seconds: int = 3) -> list[Found]:
    """Servers that answer within some seconds; empty where the network does not carry such questions."""
    try:
        # lazy: see _announce
        from zeroconf import ServiceBrowser, Zeroconf

        zeroconf = Zeroconf()
    except (ImportError, OSError) as error:
        log.warning("cannot look around in this network: %s", error)
        return []
    names: set[str] = set()
    changed = threading.Event()

    def heard(zeroconf: Any, service_type: str, name: str, state_change: Any) -> None:
        names.add(name)
        changed.set()

    try:
        browser = ServiceBrowser(zeroconf, _KIND, handlers=[heard])
        changed.wait(seconds)
        found = [each for name in sorted(names) if (each := _resolved(zeroconf, name)) is not None]
        browser.cancel()
        return found
    finally:
        zeroconf.close()


def _resolved(zeroconf: Any, name: str) -> Found | None:
    info = zeroconf.get_service_info(_KIND, name, timeout=1000)
    if info is None or not info.port:
        return None
    told = {key: value or b"" for key, value in (info.properties or {}).items()}
    scheme = "https" if told.get(b"scheme") == b"https" else "http"
    hosts = info.parsed_addresses()
    if not hosts:
        return None
    host = f"[{hosts[0]}]" if ":" in hosts[0] else hosts[0]
    return Found(told.get(b"name", b"").decode(errors="replace")[:80], f"{scheme}://{host}:{info.port}")
