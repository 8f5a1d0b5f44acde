"""How a message that is larger than what a line carries goes over it in parts: names, headers, bounds."""

import hashlib
import re

import msgspec

# The SHA-256 of a whole message, hex. In a request: of what is sent. In an answer: it is kept, to be fetched on.
NAME_HEADER = "Jangteo-Message"
PART_HEADER = "Jangteo-Part"  # "FROM/SIZE": where in the whole message this body stands, and how long that is
LINE_HEADER, BAD_LINE = "Jangteo-Line", "bad"  # the asker's line breaks: keep a large answer for it
LEAST_BYTES = 4_096  # a smaller message is sent anew
LEAST_ANSWER_BYTES = 8_192  # a smaller answer is asked for anew
LEAST_PART_BYTES = 512  # less than this, in the middle of a message, is not worth a row: nothing came

_NAME = re.compile("[0-9a-f]{64}")
_PART = re.compile("([0-9]{1,9})/([0-9]{1,9})")


class Have(msgspec.Struct, frozen=True):
    """So many bytes of the message are there, from its beginning on."""

    have: int


def name_of(message: bytes) -> str:
    """What a message is called."""
    return hashlib.sha256(message).hexdigest()


def read_name(text: str) -> bytes:
    """The 32 bytes of a name; empty when it is none."""
    return bytes.fromhex(text) if _NAME.fullmatch(text) else b""


def write_place(start: int, size: int) -> str:
    """Where a part stands in a message of this size."""
    return f"{start}/{size}"


def read_place(text: str) -> tuple[int, int] | None:
    """(start, size) of a part; None when it is none."""
    found = _PART.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def read_have(data: bytes) -> int:
    """How much the other says it has; -1 when it says nothing of the kind."""
    try:
        said = msgspec.json.decode(data, type=Have)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return -1
    return said.have
