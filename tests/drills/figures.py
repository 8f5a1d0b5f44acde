"""What a drill prints: one line a figure, in the order in which they came."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """Figures of one drill."""

    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    def say(self, what: str, figure: object) -> None:
        """One figure, printed at once."""
        self.lines.append((what, str(figure)))
        print(f"  {what:<52} {figure}", flush=True)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """How long something took."""
        begin = time.perf_counter()
        yield
        self.say(what, f"{time.perf_counter() - begin:.2f} s")
