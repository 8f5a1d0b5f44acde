"""Which lines of a cart are in sight, without Qt: whole lines only, and bars for the others."""

from collections.abc import Sequence


class LineLayout:
    """Rows of given heights in a room. `first` is the topmost in sight; lengths in px.

    Where not all fit, a bar of `bar` px stands at each side that hides lines.
    """

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._room = self._bar = 0
        self.first = 0
        self.tops: dict[int, int] = {}  # of the rows in sight

    @property
    def above(self) -> int:
        """How many rows are out of sight above."""
        return self.first

    @property
    def below(self) -> int:
        """How many rows are out of sight below."""
        return len(self._heights) - self.first - len(self.tops)

    def bottom(self) -> int:
        """Where the last row in sight ends."""
        last = self.first + len(self.tops) - 1
        return self.tops[last] + self._heights[last] if self.tops else 0

    def height(self, row: int) -> int:
        """The height of a row."""
        return self._heights[row]

    def arrange(self, heights: Sequence[int], room: int, bar: int, shown: int) -> None:
        """Lay out; the row `shown` (-1: none) is in sight, and as little as possible moves."""
        self._heights, self._room, self._bar = list(heights), room, bar
        self.first = max(0, min(self.first, len(self._heights) - 1))
        if sum(self._heights) <= room:
            self.first = 0
        if 0 <= shown < self.first:
            self.first = shown
        self._place()
        while shown >= 0 and shown not in self.tops and self.first < shown:
            self.first += 1
            self._place()
        self._close_up()

    def page(self, by: int) -> None:
        """Bring the rows out of sight below (+1) or above (-1)."""
        if by > 0 and self.below:
            self.first += len(self.tops)
        elif by < 0 and self.first:
            wanted = self.first - 1
            while self.first > 0:
                self.first -= 1
                self._place()
                if wanted not in self.tops:
                    self.first += 1
                    break
        self._place()
        self._close_up()

    def scroll(self, rows: int) -> None:
        """Move by rows, inside what there is."""
        self.first = max(0, min(self.first + rows, len(self._heights) - 1))
        self._place()
        self._close_up()

    def _close_up(self) -> None:
        """No empty room under the last row while rows are hidden above."""
        while self.first and not self.below:
            self.first -= 1
            self._place()
            if self.below:
                self.first += 1
                self._place()
                return

    def _place(self) -> None:
        self.tops = {}
        y, count = (self._bar if self.first else 0), len(self._heights)
        for row in range(self.first, count):
            room = self._room if row == count - 1 else self._room - self._bar
            all_fit = y + sum(self._heights[row:]) <= self._room
            if self.tops and not all_fit and y + self._heights[row] > room:
                return
            self.tops[row] = y
            y += self._heights[row]
