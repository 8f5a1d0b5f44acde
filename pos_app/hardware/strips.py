"""Where a stream of printer commands may be rested: between the strips of a picture."""

from itertools import pairwise

_HEAD = b"\x1dv0"
_HEAD_LENGTH = 8  # GS v 0 m xL xH yL yH


def pieces(data: bytes) -> list[bytes]:
    """`data` in pieces, each ending with a strip of a picture; joined they are `data` again."""
    cuts, at = [0], data.find(_HEAD)
    while 0 <= at <= len(data) - _HEAD_LENGTH:
        row = int.from_bytes(data[at + 4 : at + 6], "little")
        rows = int.from_bytes(data[at + 6 : at + 8], "little")
        end = min(len(data), at + _HEAD_LENGTH + row * rows)
        cuts.append(end)
        at = data.find(_HEAD, end)
    cuts.append(len(data))
    return [data[start:end] for start, end in pairwise(cuts) if start < end]
