"""What somebody said of slips."""

from typing import NamedTuple


class Answer(NamedTuple):
    """What slips came to: the sum, what was ticked, vouchers by face."""

    counted_won: int
    ticked: tuple[tuple[str, int], ...] = ()
    faces: tuple[tuple[int, int], ...] = ()
    pieces: int = 0
