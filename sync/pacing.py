"""How large the next page may be: halved where the line breaks, grown again where it holds."""

from dataclasses import dataclass

from sync.messages import MAX_ITEMS, PAGE_BYTES
from sync.parties import ChannelFault

_SLOWLY = 16  # pages that must pass before a size that failed is tried again
NO_LINE = ("offline", "portal")  # asking again at once costs a time-out each time
_FIRST_GUESS = 48  # packed bytes of an event


@dataclass
class Pace:
    """The size of pages in one exchange, learned from what passed and what did not."""

    most: int = PAGE_BYTES
    least: int = 2 * 1024
    tries: int = 5
    ceiling: int = PAGE_BYTES
    items: int = PAGE_BYTES // _FIRST_GUESS
    in_row: int = 0  # faults without any success between
    passed: int = 0  # since the size last changed
    failed: int = 0
    proved: int = 0  # the largest page that passed

    def fault(self, fault: ChannelFault, size: int) -> None:
        """A page did not pass. Raises the fault again when trying on makes no sense."""
        self.in_row += 2 if fault.reason in NO_LINE else 1
        if not fault.retryable or self.in_row >= self.tries:
            raise fault
        self.failed += 1
        if size > self.proved or self.in_row > 1 or (self.failed > 1 and self.failed * 2 >= self.passed):
            self.ceiling = min(size, self.most)
            self._resize(max(self.least, self.ceiling // 2))

    def success(self, size: int, count: int) -> None:
        """A page of `size` packed bytes with `count` items passed."""
        self.in_row = 0
        self.passed += 1
        self.proved = max(self.proved, size)
        if count and size:
            self.items = max(1, min(MAX_ITEMS, count * self.most * 15 // (size * 16)))
        if size * 2 < self.most or self.most >= PAGE_BYTES:
            return
        if self.most * 2 < self.ceiling or (not self.failed and self.passed >= _SLOWLY):
            self.ceiling = max(self.ceiling, self.most * 2)
            self._resize(min(PAGE_BYTES, self.most * 2))

    def _resize(self, most: int) -> None:
        self.items = max(1, self.items * most // self.most)
        self.most, self.passed, self.failed = most, 0, 0
