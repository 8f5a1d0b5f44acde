"""Counting notes and coins, by steppers."""

from pos_app.domain.shift import DENOMINATIONS, counted

MAX_PIECES = 9_999
NOTES = tuple(won for won in DENOMINATIONS if won >= 1000)
COINS = tuple(won for won in DENOMINATIONS if won < 1000)


class Counting:
    """How many of each denomination."""

    def __init__(self) -> None:
        self.pieces: dict[int, int] = dict.fromkeys(DENOMINATIONS, 0)

    def set(self, won: int, count: int) -> None:
        """So many pieces of a denomination."""
        self.pieces[won] = min(MAX_PIECES, max(0, count))

    def clear(self) -> None:
        """From the beginning."""
        self.pieces = dict.fromkeys(DENOMINATIONS, 0)

    def take(self, denominations: object) -> None:
        """Take over what was counted before."""
        if isinstance(denominations, (tuple, list)):
            for won, count in denominations:
                if won in self.pieces:
                    self.set(won, count)

    def worth(self, won: int) -> int:
        """What a row comes to."""
        return won * self.pieces[won]

    def total_won(self) -> int:
        """Everything together."""
        return counted(self.listed())

    def listed(self) -> tuple[tuple[int, int], ...]:
        """(won, pieces), without empty ones."""
        return tuple((won, count) for won, count in self.pieces.items() if count)
