"""One seed, one run: every random byte and every clock of a simulated market comes from here."""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock

from pos_app.runtime.clock import Clock
from sync import identity

BEGIN = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)


class Time:
    """The world's own time; it passes only when something is done."""

    def __init__(self) -> None:
        self.now = BEGIN

    def pass_by(self, milliseconds: int) -> None:
        """Let some time go by."""
        self.now += timedelta(milliseconds=milliseconds)


class MachineClock(Clock):
    """What one machine takes for the time: the world's, and its own error."""

    __slots__ = ("time",)

    def __init__(self, time: Time) -> None:
        super().__init__()
        self.time = time

    def now(self) -> datetime:
        self.time.pass_by(7)
        return self.time.now + self.offset

    def now_us(self) -> int:
        gone = self.now() - datetime(1970, 1, 1, tzinfo=UTC)
        return gone // timedelta(microseconds=1)


class _Bytes:
    """Stands in for the module `os` where only its random bytes are used."""

    def __init__(self, chance: random.Random) -> None:
        self.urandom = chance.randbytes


@contextmanager
def determined(chance: random.Random) -> Iterator[None]:
    """Device keys, nonces and local ids from `chance`."""

    def made_uuid() -> uuid.UUID:
        return uuid.UUID(bytes=chance.randbytes(16), version=4)

    with (
        mock.patch.object(identity, "os", _Bytes(chance)),
        mock.patch.object(identity, "new_device_key", lambda: chance.randbytes(32)),
        mock.patch.object(identity, "new_subject_key", lambda: chance.randbytes(32)),
        mock.patch.object(uuid, "uuid4", made_uuid),
    ):
        yield
