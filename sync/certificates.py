"""Who belongs to an organisation: certificates from its root key, what they let a device read and bring."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import msgspec

from sync.canonical import digest, encode
from sync.identity import is_signed_by, public_key, sign

VERSION = 1
REGISTER, VENDOR_REGISTER = "register", "vendor_register"
COORDINATOR, HUB, SERVER = "coordinator", "hub", "server"
ROLES = (REGISTER, VENDOR_REGISTER, COORDINATOR, HUB, SERVER)
READ = "read:"
MAX_CERTIFICATE_BYTES = 16_384
MAX_SCOPES = 64
_MAX_CHAIN = 3
_KEY = re.compile("[0-9a-f]{64}")

# Whom the holder of a role may vouch for; the root key vouches for everybody.
_MAY_SIGN = {
    COORDINATOR: frozenset((REGISTER, VENDOR_REGISTER)),
    HUB: frozenset[str](),
    SERVER: frozenset(ROLES),
}


class Certificate(msgspec.Struct, frozen=True):
    """`organisation` is the root's public key, `device` the holder's, `parent` the signer's own certificate."""

    v: int
    organisation: str
    device: str
    name: str
    role: str
    scopes: tuple[str, ...]
    issued_at: str
    not_after: str
    issuer: str
    parent: str = ""  # its canonical text; none where the root itself signed


class Signed(msgspec.Struct, frozen=True):
    """A certificate with its issuer's signature over the certificate's canonical bytes."""

    certificate: Certificate
    signature: str


class Revocation(msgspec.Struct, frozen=True):
    """A device no longer trusted; `last` names per log (hex) the last event accepted from it, (seq, key hex)."""

    device: str
    last: dict[str, tuple[int, str]]

    def is_late(self, log: str, seq: int, key: str) -> bool:
        """Whether an event of a log of that device came after the last accepted one."""
        accepted, named = self.last.get(log, (0, ""))
        return seq > accepted or (seq == accepted and key != named)


class NotCertified(ValueError):
    """A certificate that gives nothing; `reason` is one of the codes, the message says why."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    """`*` at the end stands for any rest, `*` alone between two slashes for one part."""
    open_end = text.endswith("*")
    parts = (text[:-1] if open_end else text).split("/")
    spelled = "/".join("[^/]+" if part == "*" else re.escape(part) for part in parts)
    return re.compile(spelled + (".*" if open_end else ""), re.DOTALL)


def covers(patterns: tuple[str, ...], scope: str) -> bool:
    """Whether one of the patterns names this scope (or this narrower pattern).

    A pattern that begins with READ covers no more than reading: other patterns with that beginning.
    """
    return any(_pattern(pattern).fullmatch(scope) is not None for pattern in patterns)


def covers_reading(patterns: tuple[str, ...], scope: str) -> bool:
    """Whether one of the patterns lets this scope be read."""
    return covers(tuple(pattern.removeprefix(READ) for pattern in patterns), scope.removeprefix(READ))


@dataclass(frozen=True, slots=True)
class ScopeGrant:
    """What a device may get from, and bring to, another replica.

    A device may always bring what it wrote itself at a register, also under an earlier name. Others' logs are
    carried by whoever may read them, except by a vendor's own register.
    """

    device: str
    role: str
    scopes: tuple[str, ...]
    name: str = ""
    revoked: bool = False
    flags: tuple[str, ...] = ()  # expired, not_yet: said, never acted on
    subjects: Callable[[str], bool] | None = None  # which persons' keys; unsaid: all, but none to a vendor's

    def may_read(self, scope: str) -> bool:
        """Whether the events of this scope are for that device."""
        return not self.revoked and covers_reading(self.scopes, scope)

    def may_write(self, scope: str, device: str) -> bool:
        """Whether that device may bring events of this scope that `device` wrote."""
        if device == self.device:
            return scope.startswith("register/") or covers(self.scopes, scope)
        return not self.revoked and self.role != VENDOR_REGISTER and covers(self.scopes, scope)

    def may_read_subject(self, subject: str) -> bool:
        """Whether a person's key is for that device."""
        if self.revoked:
            return False
        return self.subjects(subject) if self.subjects else self.role != VENDOR_REGISTER


@dataclass(frozen=True, slots=True)
class Issuer:
    """A key that may vouch for devices: the organisation's root, or a device with a delegated certificate."""

    private: bytes
    organisation: str
    parent: bytes = b""

    def issue(
        self, device: str, name: str, role: str, scopes: tuple[str, ...], issued_at: str, not_after: str
    ) -> bytes:
        """A signed certificate. Raises NotCertified when this issuer may not vouch for that."""
        certificate = Certificate(
            VERSION,
            self.organisation,
            device,
            name,
            role,
            scopes,
            issued_at,
            not_after,
            public_key(self.private),
            self.parent.decode(),
        )
        data = encode(Signed(certificate, sign(self.private, encode(certificate))))
        check(data, self.organisation, issued_at)
        return data


def read(data: bytes) -> Signed:
    """The certificate in these bytes, spelling checked, signature not. Raises NotCertified."""
    if len(data) > MAX_CERTIFICATE_BYTES:
        raise NotCertified("malformed", f"a certificate of {len(data)} bytes")
    try:
        signed = msgspec.json.decode(data, type=Signed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCertified("malformed", str(error)) from error
    certificate = signed.certificate
    if encode(signed) != data:
        raise NotCertified("malformed", "not the canonical spelling")
    if certificate.v != VERSION or certificate.role not in ROLES:
        raise NotCertified("newer", f"version {certificate.v}, role {certificate.role[:40]}")
    if not (_KEY.fullmatch(certificate.device) and _KEY.fullmatch(certificate.organisation)):
        raise NotCertified("malformed", "a key that is none")
    if len(certificate.scopes) > MAX_SCOPES or not all(certificate.scopes):
        raise NotCertified("malformed", "scopes that are none")
    return signed


def check(data: bytes, root: str, now: str) -> ScopeGrant:
    """What the holder of this certificate may do here; `now` is ISO 8601 with an offset.

    Raises NotCertified: malformed, newer, organisation, signature, chain, beyond.
    """
    signed = _checked(data, root, _MAX_CHAIN)
    held = signed.certificate
    return ScopeGrant(held.device, held.role, held.scopes, held.name, flags=_flags(held, now))


def _checked(data: bytes, root: str, depth: int) -> Signed:
    signed = read(data)
    held = signed.certificate
    if held.organisation != root:
        raise NotCertified("organisation", "a certificate of another organisation")
    if not is_signed_by(held.issuer, encode(held), signed.signature):
        raise NotCertified("signature", "the signature does not hold")
    if not held.parent:
        if held.issuer != root:
            raise NotCertified("chain", "signed by a key that nobody vouches for")
        return signed
    if depth <= 1:
        raise NotCertified("chain", "too many certificates in a row")
    parent = _checked(held.parent.encode(), root, depth - 1).certificate
    if parent.device != held.issuer:
        raise NotCertified("chain", "signed by another key than the parent's")
    if held.role not in _MAY_SIGN.get(parent.role, ()):
        raise NotCertified("beyond", f"{parent.role} may not vouch for {held.role}")
    if not all(_holds(parent.scopes, scope) for scope in held.scopes):
        raise NotCertified("beyond", "scopes that the signer does not hold")
    return signed


def _holds(patterns: tuple[str, ...], given: str) -> bool:
    """Whether who holds these patterns may give that one on."""
    return covers_reading(patterns, given) if given.startswith(READ) else covers(patterns, given)


def _flags(held: Certificate, now: str) -> tuple[str, ...]:
    """Whether the certificate speaks of another time; a clock that is wrong must not stop a market."""
    try:
        at = datetime.fromisoformat(now)
        flags = ("expired",) if at > datetime.fromisoformat(held.not_after) else ()
        return flags + (("not_yet",) if at < datetime.fromisoformat(held.issued_at) else ())
    except (ValueError, TypeError):
        return ("dates",)


def may_vouch(holder: bytes, role: str) -> bool:
    """Whether the holder of this certificate may vouch for a device of that role."""
    return role in _MAY_SIGN.get(read(holder).certificate.role, ())


def issuers(data: bytes) -> tuple[str, ...]:
    """The devices that vouched for this certificate, nearest first: a revoked one takes it along."""
    signed, found = read(data), []
    while signed.certificate.parent:
        signed = read(signed.certificate.parent.encode())
        found.append(signed.certificate.device)
    return tuple(found)


def fingerprint(root: str) -> str:
    """An organisation's root in four groups, to be compared by eye."""
    return "-".join(root[at : at + 4] for at in range(0, 16, 4))


# --- what a device and a server say to each other before the first exchange ---------------------
CHECK_HEADER = "Jangteo-Check"


class Card(msgspec.Struct, frozen=True):
    """Who a server is: its name, its organisation's root (hex) and its own certificate's text."""

    name: str
    organisation: str
    certificate: str


class EnrolAsk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A one-time code, shown by the holder of `device`'s private key."""

    code: str
    device: str
    signature: str


class EnrolAnswer(msgspec.Struct, frozen=True):
    """The device's own certificate, and whose server gave it."""

    certificate: str
    server: Card


class SessionAsk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First without a challenge, to get one; then with its signed answer and a challenge for the server."""

    certificate: str
    challenge: str = ""
    nonce: str = ""
    signature: str = ""


class SessionAnswer(msgspec.Struct, frozen=True):
    """A challenge, or a token with the server's own signature over the nonce. `flags` are only said."""

    server: Card
    challenge: str = ""
    token: str = ""
    expires_at: str = ""
    signature: str = ""
    flags: tuple[str, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """Why there is no answer: a code for programs, a sentence for people who read logs."""

    error: str
    sentence: str


def words(what: str, **fields: str) -> bytes:
    """The bytes that are signed in a dialogue; `what` keeps one dialogue's words out of another's."""
    return encode({"what": what, **fields})


def check_of(data: bytes) -> str:
    """A short hash that travels beside a body: a line that changes bytes is noticed at once."""
    return digest(data).hex()[:16]
