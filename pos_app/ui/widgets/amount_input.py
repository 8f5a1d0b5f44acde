"""Typing an amount, without Qt: digits, 00, 000, 천 and 만, backspace; and how it reads aloud."""

from pos_app.domain.hangul import read_won

THOUSAND = "천"
TEN_THOUSAND = "만"
_TIMES = {THOUSAND: 1_000, TEN_THOUSAND: 10_000, "/": 1_000, "*": 10_000}


class AmountInput:
    """An amount being typed, never above `limit`. Starts from a suggestion that typing replaces.

    7 then 만 is 70,000; 만 on nothing is 10,000. The unit of the value is the caller's
    (won, pieces, grams).
    """

    def __init__(self, suggested: int = 0, limit: int = 99_999_999) -> None:
        self._limit = limit
        self._value = suggested
        self._fresh = True  # nothing typed yet: the next key replaces what stands there

    @property
    def value(self) -> int:
        return self._value

    @property
    def typed(self) -> bool:
        """Whether a person has typed anything since the suggestion."""
        return not self._fresh

    @property
    def reading(self) -> str:
        """10만 원, 1만 1,400원"""
        return read_won(self._value)

    def press(self, key: str) -> bool:
        """A key of the pad or the numpad: digits, "00", "000", 천 만 (/ and *). False: refused."""
        if key in _TIMES:
            start = 0 if self._fresh else self._value
            return self._take((start or 1) * _TIMES[key])
        if not (key.isascii() and key.isdigit()):
            return False
        start = 0 if self._fresh else self._value
        return self._take(start * 10 ** len(key) + int(key))

    def _take(self, value: int) -> bool:
        if value > self._limit:
            return False
        self._value, self._fresh = value, False
        return True

    def backspace(self) -> None:
        """Take the last digit away; of a suggestion, everything."""
        self._value = 0 if self._fresh else self._value // 10
        self._fresh = False

    def clear(self) -> None:
        self._value, self._fresh = 0, False

    def set(self, value: int, fresh: bool = True) -> None:
        """Put an amount there; `fresh`: the next digit starts anew."""
        self._value, self._fresh = max(0, min(value, self._limit)), fresh

    def step(self, by: int) -> None:
        """One more, one less."""
        self.set(self._value + by, fresh=False)
