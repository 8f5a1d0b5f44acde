"""Challenges and bearer tokens that any process with the same secret can check; nothing is kept."""

import base64
import binascii
import hmac
import os
from hashlib import sha256

_MARK_BYTES = 16
_STAMP_BYTES = 6
_KEY_BYTES = 32


def _mark(secret: bytes, what: bytes, data: bytes) -> bytes:
    return hmac.digest(secret, what + b"\x00" + data, sha256)[:_MARK_BYTES]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def new_challenge(secret: bytes, device: str, until_s: int) -> str:
    """A question that only `device` can answer, good until `until_s`."""
    body = os.urandom(_MARK_BYTES) + until_s.to_bytes(_STAMP_BYTES)
    return _text(body + _mark(secret, b"challenge", body + device.encode()))


def is_challenge(secret: bytes, text: str, device: str, now_s: int) -> bool:
    """Whether this server asked that, of that device, and not too long ago."""
    data = _bytes(text)
    body, mark = data[:-_MARK_BYTES], data[-_MARK_BYTES:]
    if len(body) != _MARK_BYTES + _STAMP_BYTES:
        return False
    fits = hmac.compare_digest(mark, _mark(secret, b"challenge", body + device.encode()))
    return fits and now_s < int.from_bytes(body[_MARK_BYTES:])


def new_token(secret: bytes, device: str, until_s: int) -> str:
    """What a device shows with each call instead of signing it."""
    body = bytes.fromhex(device) + until_s.to_bytes(_STAMP_BYTES)
    return _text(body + _mark(secret, b"token", body))


def device_of(secret: bytes, token: str, now_s: int) -> str:
    """The device (public key, hex) that a token was given to; empty when it is none of ours, or old."""
    data = _bytes(token)
    body, mark = data[:-_MARK_BYTES], data[-_MARK_BYTES:]
    if len(body) != _KEY_BYTES + _STAMP_BYTES or not hmac.compare_digest(mark, _mark(secret, b"token", body)):
        return ""
    return body[:_KEY_BYTES].hex() if now_s < int.from_bytes(body[_KEY_BYTES:]) else ""
