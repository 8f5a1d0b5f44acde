"""Columns that nothing predicts: numbers as narrow byte planes, texts by their form."""

import re
from array import array
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

Node = list[Any]
_CODES = ((8, "B"), (16, "H"), (32, "I"), (64, "Q"))
_SIZE = {"B": 1, "H": 2, "I": 4, "Q": 8}
_NUMBERED = re.compile(r"(.*?)(\d{1,15})", re.DOTALL)
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_HEX = re.compile("(?:[0-9a-f]{2})+")
_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MOST_TEXT = 16 * 1024 * 1024


class Streams:
    """Bytes of the columns, one after another; written once, or read once in the same order."""

    def __init__(self, data: bytes = b"") -> None:
        self._parts: list[bytes] = []
        self._data = data
        self._at = 0

    def put(self, part: bytes) -> None:
        """Append a column's bytes."""
        self._parts.append(part)

    def take(self, size: int) -> bytes:
        """The next `size` bytes. Raises ValueError when there are no more."""
        part = self._data[self._at : self._at + size]
        if size < 0 or len(part) != size:
            raise ValueError("the columns end too early")
        self._at += size
        return part

    def whole(self) -> bytes:
        """All that was put."""
        return b"".join(self._parts)

    @property
    def finished(self) -> bool:
        """Whether all was read."""
        return self._at == len(self._data)


def spell_ints(streams: Streams, values: list[int]) -> Node:
    """Numbers above a base, or steps from one to the next when those are narrower."""
    low = min(values)
    span = max(values) - low
    if span > 255 and len(values) > 2:
        steps = [after - before for before, after in pairwise(values)]
        least = min(steps)
        if (max(steps) - least).bit_length() * 4 <= span.bit_length() * 3:
            return ["d", values[0], *_planes(streams, steps, least, max(steps) - least)]
    return ["i", *_planes(streams, values, low, span)]


def _planes(streams: Streams, values: list[int], low: int, span: int) -> Node:
    code = next((code for bits, code in _CODES if span.bit_length() <= bits), None)
    if code is None or not -(2**63) <= low < 2**63:
        raise ValueError("a number too large to be told by columns")
    numbers = array(code, [value - low for value in values] if low else values)
    raw, size = numbers.tobytes(), _SIZE[code]
    width = (span.bit_length() + 7) // 8 or 1
    for plane in range(width):
        streams.put(raw[plane::size])
    return [low, code, width]


def read_ints(streams: Streams, node: Node, count: int) -> list[int]:
    """What `spell_ints` spelled."""
    if node[0] == "d":
        values = [int(node[1])]
        at = values[0]
        for step in _unplaned(streams, node[2:], count - 1):
            at += step
            values.append(at)
        return values
    return _unplaned(streams, node[1:], count)


def _unplaned(streams: Streams, node: Node, count: int) -> list[int]:
    low, code, width = int(node[0]), str(node[1]), int(node[2])
    size = _SIZE[code]
    raw = bytearray(count * size)
    for plane in range(min(width, size)):
        raw[plane::size] = streams.take(count)
    numbers = array(code)
    numbers.frombytes(raw)
    return [low + number for number in numbers] if low else numbers.tolist()


def spell_strings(streams: Streams, values: list[str]) -> Node:
    """Different texts once, by their form; then which of them stands where."""
    different = list(dict.fromkeys(values))
    number = None
    if len(different) < len(values):
        places = {text: at for at, text in enumerate(different)}
        number = spell_ints(streams, list(map(places.__getitem__, values)))
    return ["s", len(different), number, _spell_form(streams, different)]


def read_strings(streams: Streams, node: Node, count: int) -> list[str]:
    """What `spell_strings` spelled."""
    if not 0 < node[1] <= count:
        raise ValueError("more different texts than texts")
    places = None if node[2] is None else read_ints(streams, node[2], count)
    different = _read_form(streams, node[3], node[1])
    return different if places is None else [different[place] for place in places]


def _spell_form(streams: Streams, texts: list[str]) -> Node:
    first = texts[0]
    if _UUID.fullmatch(first) and all(map(_UUID.fullmatch, texts)):
        streams.put(bytes.fromhex("".join(texts).replace("-", "")))
        return ["u"]
    if len(first) >= 16 and _HEX.fullmatch(first) and all(map(_HEX.fullmatch, texts)):
        size = len(first)
        if all(len(text) == size for text in texts):
            streams.put(bytes.fromhex("".join(texts)))
            return ["h", size // 2]
    for form in (_spell_times, _spell_numbered):
        node = form(streams, texts)
        if node is not None:
            return node
    raw = [text.encode() for text in texts]
    lengths = spell_ints(streams, list(map(len, raw)))
    streams.put(b"".join(raw))
    return ["t", lengths]


def iso_texts(seconds: list[int], minutes: int) -> list[str]:
    """ISO 8601 with whole seconds, of seconds since 1970, in a zone so many minutes east."""
    zone = UTC if minutes == 0 else timezone(timedelta(minutes=minutes))
    return [datetime.fromtimestamp(each, zone).isoformat() for each in seconds]


def iso_seconds(texts: list[str]) -> tuple[list[int], int] | None:
    """(seconds since 1970, minutes east) when all these are such texts in one zone."""
    if not all(map(_ISO.fullmatch, texts)):
        return None
    try:
        times = [datetime.fromisoformat(text) for text in texts]
        offset = times[0].utcoffset() or timedelta()
        seconds = [int(each.timestamp()) for each in times]
        minutes = round(offset.total_seconds()) // 60
        return (seconds, minutes) if iso_texts(seconds, minutes) == texts else None
    except (ValueError, OverflowError, OSError):
        return None


def _spell_times(streams: Streams, texts: list[str]) -> Node | None:
    told = iso_seconds(texts)
    if told is None:
        return None
    return ["w", told[1], spell_ints(streams, told[0])]


def _spell_numbered(streams: Streams, texts: list[str]) -> Node | None:
    """Texts that end in a number of one width behind one beginning."""
    found = _NUMBERED.fullmatch(texts[0])
    if found is None:
        return None
    start, width = found[1], len(found[2])
    size = len(texts[0])
    tails = [text[-width:] for text in texts]
    if not all(
        len(text) == size and text.startswith(start) and tail.isascii() and tail.isdigit()
        for text, tail in zip(texts, tails, strict=True)
    ):
        return None
    return ["n", start, width, spell_ints(streams, list(map(int, tails)))]


def _read_form(streams: Streams, node: Node, count: int) -> list[str]:
    match node[0]:
        case "u":
            told = streams.take(16 * count).hex()
            return [
                f"{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}"
                for t in (told[at : at + 32] for at in range(0, 32 * count, 32))
            ]
        case "h":
            size = 2 * int(node[1])
            told = streams.take(node[1] * count).hex()
            return [told[at : at + size] for at in range(0, size * count, size)]
        case "w":
            return iso_texts(read_ints(streams, node[2], count), int(node[1]))
        case "n":
            start, width = str(node[1]), int(node[2])
            return [f"{start}{number:0{width}d}" for number in read_ints(streams, node[3], count)]
        case "t":
            lengths = read_ints(streams, node[1], count)
            return _cut(streams, lengths)
    raise ValueError("a form of text that is not known")


def _cut(streams: Streams, lengths: list[int]) -> list[str]:
    if min(lengths) < 0 or sum(lengths) > _MOST_TEXT:
        raise ValueError("texts longer than a page")
    raw, at, texts = streams.take(sum(lengths)), 0, []
    for length in lengths:
        texts.append(raw[at : at + length].decode())
        at += length
    return texts


Speller = Callable[[Streams, list[Any]], Node]
