"""The wall clock, in one place so that tests can move it."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pos_app.domain.market_day import KOREA


@dataclass(slots=True)
class Clock:
    """Wall time; `offset` moves it (tests only). Business dates never come from here."""

    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC) + self.offset

    def now_us(self) -> int:
        """Microseconds since 1970, integer."""
        return time.time_ns() // 1000 + self.offset // timedelta(microseconds=1)

    def local(self) -> datetime:
        """Aware time in Korea, whole seconds."""
        return self.now().astimezone(KOREA).replace(microsecond=0)

    def stamp(self) -> str:
        """ISO 8601 with the Korean offset, whole seconds."""
        return self.local().isoformat()
