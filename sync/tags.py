"""Two-letter tags that tell logs apart on paper."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"
_ALL = _LETTERS + _DIGITS


def tag_of(log: bytes) -> str:
    """The tag of a log id, for receipt numbers such as R1-K7-0042. Not unique: never a key."""
    return _LETTERS[log[0] % len(_LETTERS)] + _ALL[log[1] % len(_ALL)]


def speaks_of(tag: str, restores: int) -> bool:
    """Whether a machine may write under this tag after so many restores.

    Two letters before the first one, then a digit that changes with each: what a machine wrote after
    its last copy, and what its successor writes, never bear the same number, known or not.
    """
    return tag[1] in _LETTERS if restores < 1 else tag[1] == _DIGITS[(restores - 1) % len(_DIGITS)]
