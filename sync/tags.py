"""Two-letter tags that tell logs apart on paper."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ALL = _LETTERS + "23456789"


def tag_of(log: bytes) -> str:
    """The tag of a log id, for receipt numbers such as R1-K7-0042. Not unique: never a key."""
    return _LETTERS[log[0] % len(_LETTERS)] + _ALL[log[1] % len(_ALL)]
