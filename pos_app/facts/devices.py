"""What is recorded of devices: enrolled with a certificate, no longer trusted."""

import msgspec

from pos_app.facts.shifts import CutHead


class DeviceEnrolled(msgspec.Struct, frozen=True):
    """A device got a certificate (its canonical text, as `sync.certificates` reads it); the latest holds."""

    device: str  # its public key, hex
    name: str
    role: str
    scopes: tuple[str, ...]
    registers: tuple[str, ...]
    certificate: str
    at: str
    not_after: str
    by: str = ""


class DeviceRevoked(msgspec.Struct, frozen=True):
    """A device is trusted no longer; `last` names the end of each of its logs known then."""

    device: str
    at: str
    reason: str
    last: tuple[CutHead, ...]
    by: str = ""
