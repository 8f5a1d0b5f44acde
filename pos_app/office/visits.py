"""Who has signed in at the office pages: a signed cookie, and a mark on each form that only our pages bear."""

import base64
import binascii
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

COOKIE = "jangteo_office"
LIFE_S = 12 * 3600
_MOST_TEXT = 400
_STAMP_BYTES = 6


def _now_s() -> int:
    return time.time_ns() // 1_000_000_000


@dataclass(frozen=True, slots=True)
class Visits:
    """Makes and reads cookies; nothing is kept, so any process with the same secret can read them."""

    secret: bytes
    now_s: Callable[[], int] = _now_s

    def cookie(self, name: str) -> str:
        """What the browser of `name` shows from now on, for LIFE_S."""
        body = (self.now_s() + LIFE_S).to_bytes(_STAMP_BYTES) + name.encode()
        return base64.urlsafe_b64encode(body + self._mark(b"visit", body)).decode()

    def name_of(self, cookie: str) -> str:
        """Who was given this cookie; empty when it is none of ours, or old."""
        try:
            data = base64.b64decode(cookie[:_MOST_TEXT].encode(), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return ""
        body, mark = data[:-32], data[-32:]
        if len(body) <= _STAMP_BYTES or not hmac.compare_digest(mark, self._mark(b"visit", body)):
            return ""
        if self.now_s() >= int.from_bytes(body[:_STAMP_BYTES]):
            return ""
        return body[_STAMP_BYTES:].decode()

    def form_mark(self, cookie: str) -> str:
        """What a form of this visit bears: another site can't know it."""
        return self._mark(b"form", cookie.encode()).hex()

    def is_ours(self, cookie: str, mark: str) -> bool:
        """Whether a form was ours."""
        return hmac.compare_digest(self.form_mark(cookie).encode(), mark[:_MOST_TEXT].encode())

    def _mark(self, what: bytes, data: bytes) -> bytes:
        return hmac.digest(self.secret, what + b"\x00" + data, sha256)
