"""What a client learns of a line that breaks: whether broken sends count, and how much a connection carries."""

from dataclasses import dataclass

LEAST_PART, FIRST_PART, MOST_PART = 2_048, 8_192, 65_536
_HEADS = 600  # bytes of a call beside its bodies, about
_CALLS = 32  # that must pass before the line counts as good again
_UNKNOWN = 1 << 62
_BETWEEN = 16  # connections ended on purpose before a longer one is tried


@dataclass
class Sense:
    """Of one line; forgotten once it holds."""

    bad: int = 0  # calls that must still pass
    keeps: bool = True  # what arrives of a body that breaks off is kept: a proxy may throw it away
    size: int = FIRST_PART  # of the next part, where broken bodies are thrown away
    carries: int = _UNKNOWN  # a connection died before it had carried so much
    used: int = 0  # what this connection has carried
    barely: bool = False  # the last one died with hardly anything on it
    _ended: int = 0
    _connection: int = 0

    def on(self, connection: int) -> None:
        """Which connection is in use: a number that grows."""
        if connection != self._connection:
            self._connection, self.used = connection, 0

    def passed(self, size: int) -> None:
        """A call with so many bytes went over and was answered."""
        self.used += size + _HEADS
        if self.bad:
            self.bad -= 1
            if not self.bad:
                self.keeps, self.size, self.carries = True, FIRST_PART, _UNKNOWN

    def broke(self, size: int) -> None:
        """A call with so many bytes broke off."""
        self.bad = _CALLS
        self.barely = self.used < LEAST_PART
        if not self.keeps:
            self.carries = min(self.carries, self.used + size + _HEADS)

    def larger(self) -> None:
        """A part arrived: the next one may be larger."""
        self.size = min(MOST_PART, self.size * 2)

    def smaller(self) -> bool:
        """Nothing arrived of what broke off: send less at a time; whether that is possible."""
        if self.keeps:
            self.keeps, self.size = False, FIRST_PART
            return True
        if self.barely and self.size > LEAST_PART:
            self.size //= 2
            return True
        return False

    def part(self, rest: int) -> int:
        """How much to send next of what is left; 0: this connection will not carry it, take another."""
        if self.keeps:
            return rest
        size = min(self.size, rest)
        while size > LEAST_PART and not self._holds(size):
            size //= 2
        if self._holds(size) or self.used < LEAST_PART:
            return size
        self._ended += 1
        if self._ended % _BETWEEN == 0:
            self.carries += self.carries // 4
        return 0

    def _holds(self, size: int) -> bool:
        return self.used + size + _HEADS < self.carries
