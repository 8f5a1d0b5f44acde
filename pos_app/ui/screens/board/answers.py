"""What somebody said of slips."""

from typing import NamedTuple


class Answer(NamedTuple):
    """What slips came to: the sum (None: nobody said), what was ticked, vouchers by face, card numbers."""

    counted_won: int | None
    ticked: tuple[tuple[str, int], ...] = ()
    faces: tuple[tuple[int, int], ...] = ()
    pieces: int = 0
    numbers: tuple[tuple[str, int, str], ...] = ()  # (sale, tender, approval number)
