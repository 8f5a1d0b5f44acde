"""The event: immutable canonical bytes, chained by `prev` within one log."""

import re
from typing import Any

import msgspec

from sync.canonical import NotCanonical, decode, digest, encode, has_float

ENVELOPE_VERSION = 1
MAX_EVENT_BYTES = 1_000_000
_MAX_INTEGER = 2**63
_HASH = re.compile("[0-9a-f]{64}")


class Envelope(msgspec.Struct, frozen=True):
    """What stands in an event's bytes; hashes as lower-case hex, `hlc` microseconds, `wall` ISO 8601."""

    v: int
    log: str
    seq: int
    prev: str
    hlc: int
    wall: str
    actor: str
    type: str
    body: Any


_NAMES = frozenset(Envelope.__struct_fields__)


class Event(msgspec.Struct, frozen=True):
    """An envelope with its own bytes and their hash (the event's identity)."""

    key: bytes
    data: bytes
    envelope: Envelope


class Malformed(ValueError):
    """Bytes that are no event; the message says why."""


def compose(envelope: Envelope) -> Event:
    """The event that these fields make. Raises Malformed when it would be too large."""
    if not isinstance(envelope.body, msgspec.Struct) and has_float(envelope.body):
        raise Malformed("a number with a fraction")  # typed facts are checked by who made them
    data = encode(envelope)
    if len(data) > MAX_EVENT_BYTES:
        raise Malformed(f"event of {len(data)} bytes")
    return Event(digest(data), data, envelope)


def parse(data: bytes) -> Event:
    """The event of these bytes, canonical spelling checked. Raises Malformed."""
    if len(data) > MAX_EVENT_BYTES:
        raise Malformed(f"event of {len(data)} bytes")
    try:
        plain = decode(data)
    except NotCanonical as error:
        raise Malformed(str(error)) from error
    return Event(digest(data), data, envelope_of(plain))


def envelope_of(plain: Any) -> Envelope:
    """The envelope that plain data tells. Raises Malformed."""
    try:
        envelope = msgspec.convert(plain, Envelope)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error
    if plain.keys() != _NAMES:
        raise Malformed("fields that no envelope has")
    if not (_HASH.fullmatch(envelope.log) and _HASH.fullmatch(envelope.prev)):
        raise Malformed("a hash that is none")
    if not (1 <= envelope.seq < _MAX_INTEGER and 0 <= envelope.hlc < _MAX_INTEGER):
        raise Malformed("a number out of range")
    return envelope


_trusted = msgspec.json.Decoder(Envelope)


def parse_stored(key: bytes, data: bytes) -> Event:
    """An event that this replica checked when it took it in; no second check of the spelling."""
    return Event(key, data, _trusted.decode(data))
