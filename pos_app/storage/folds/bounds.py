"""What no fold takes: texts and numbers that one kind of store can hold and another cannot.

A zero character, a number whose sum would not fit, an id too long for an index: whoever receives such an
event lists it as unreadable, on a till as on a server, so that both go on telling the same.
"""

from typing import Any

from sync.events import Event, parse_stored

MAX_NUMBER = 10**15  # nine thousand of them still fit a sum
MAX_ID_BYTES = 600
# Texts that stand in no index; only these may be longer.
LONG = frozenset(
    [
        "name",
        "note",
        "reason",
        "discount_reason",
        "text",
        "reference",
        "receiver",
        "institution",
        "person",
        "digits",
        "contact",
        "pin",
        "rule",
        "certificate",
        "market",
        "agency",
        "department",
        "customer",
        "payer",
        "source",
        "allowed_by",
        "operator_name",
    ]
)
_DIGITS = bytes(0x30 if 0x30 <= letter <= 0x39 else letter for letter in range(256))
_LETTERS = bytes(letter if letter == 0x22 else 0x61 for letter in range(256))
_MANY_DIGITS = b"0" * len(str(MAX_NUMBER))
_MANY_LETTERS = b"a" * (MAX_ID_BYTES + 1)


class OutOfBounds(ValueError):
    """An event that not every store could fold."""


def check(event: Event) -> None:
    """Raise OutOfBounds for what not every store could hold. A look at the bytes settles nearly all."""
    data = event.data
    said = data[: data.rfind(b',"hlc":')]
    if b"\\" in data or _MANY_DIGITS in said.translate(_DIGITS) or _MANY_LETTERS in data.translate(_LETTERS):
        envelope = parse_stored(event.key, data).envelope
        _walk([envelope.actor, envelope.wall, envelope.type], "")
        _walk(envelope.body, "")


def check_own(event: Event) -> None:
    """The same for an event of this machine, whose numbers and ids are its own: only what was typed."""
    if b"\\" in event.data:
        check(event)


def _walk(value: Any, name: str) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise OutOfBounds("a text with a zero character")
        if name not in LONG and len(value.encode()) > MAX_ID_BYTES:
            raise OutOfBounds(f"{name or 'a text'}: longer than {MAX_ID_BYTES} bytes")
    elif isinstance(value, int):
        if abs(value) >= MAX_NUMBER:
            raise OutOfBounds(f"{name or 'a number'}: beyond all that is traded")
    elif isinstance(value, dict):
        for key, each in value.items():
            _walk(key, "")
            _walk(each, "text" if name == "shop" else key)  # the lines of a sheet's head are texts
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            _walk(each, name if place == 0 else "")  # an edited field: its value, then what it replaced
