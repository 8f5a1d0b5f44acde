"""One spelling for every fact: canonical JSON bytes and their hash."""

import hashlib
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


class NotCanonical(ValueError):
    """The bytes are JSON, but not the one spelling; or hold something that no fact may hold."""


def _no_fraction(_: str) -> float:
    raise ValueError("a number with a fraction")


_decoder = msgspec.json.Decoder(float_hook=_no_fraction)


def encode(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8 unescaped, integers only. Structs and plain data alike."""
    return _encoder.encode(value)


def decode(data: bytes) -> Any:
    """Plain data of canonical bytes.

    Raises NotCanonical for other spellings, floats, or bytes that are not JSON.
    """
    value = read_plain(data)
    try:
        same = encode(value) == data
    except (msgspec.EncodeError, UnicodeError, OverflowError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if not same:
        raise NotCanonical("not the canonical spelling")
    return value


def read_plain(data: bytes) -> Any:
    """Plain data of JSON whose spelling was checked before. Raises NotCanonical for floats and for what is no JSON."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def has_float(value: Any) -> bool:
    """Whether plain data holds a number with a fraction anywhere."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, float):
            return True
        if isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return False


def digest(data: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(data).digest()


def short_hash(value: Any) -> str:
    """16 hex characters that name a field's value in an edit's bases."""
    return hashlib.sha256(encode(value)).hexdigest()[:16]
