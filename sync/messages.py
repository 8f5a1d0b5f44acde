"""What two replicas say to each other: tagged, versioned, bounded before it is decoded."""

from typing import Annotated

import msgspec
from msgspec import Meta

from sync.events import MAX_EVENT_BYTES, Malformed

VERSIONS = (1, 1)  # lowest and highest spoken here
PAGE_BYTES = 64 * 1024  # compressed; only a single event too large for it makes a larger page
MAX_MESSAGE_BYTES = MAX_EVENT_BYTES + 512 * 1024
MAX_EXPANDED_BYTES = 16 * 1024 * 1024
MAX_ITEMS = 50_000
MAX_ROWS = 4_000

Key = Annotated[bytes, Meta(max_length=32)]
LogId = Annotated[bytes, Meta(min_length=32, max_length=32)]
Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]
Name = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=1_000)]
Whole = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Parts = Annotated[bytes, Meta(max_length=512)]


class _Message(msgspec.Struct, frozen=True, array_like=True):
    """Fields by position; a newer speaker may add some at the end."""


class HeadRow(_Message, frozen=True):
    """What one replica holds of a log.

    `mark` is empty when its events are exactly the chain 1..seq (then the key names them all), else
    a hash of all its keys. `first`: the log's genesis is here. `signed`: hash of its signed heads.
    """

    log: LogId
    seq: Whole
    key: Hash
    count: Whole
    mark: Key = b""
    first: bool = True
    signed: Key = b""


class Summary(_Message, frozen=True):
    """All that a replica holds, in one hash; `parts` are short hashes that narrow a difference down."""

    digest: Hash
    logs: Whole
    subjects: Key = b""
    parts: Parts = b""


class Hello(_Message, frozen=True, tag="hello"):
    """The first word of an exchange."""

    versions: tuple[Whole, Whole]
    name: Name
    now_us: Whole
    has: Summary


class HelloAnswer(_Message, frozen=True, tag="hello!"):
    """The other's state; when it differs and is short, its rows at once."""

    version: Whole
    name: Name
    now_us: Whole
    has: Summary
    rows: Annotated[tuple[HeadRow, ...], Meta(max_length=MAX_ROWS)] = ()
    more: bool = False


class AskHeads(_Message, frozen=True, tag="heads"):
    """Rows of the logs after `after` in the parts that differ (all parts when empty)."""

    after: Key
    parts: Annotated[tuple[Whole, ...], Meta(max_length=64)]
    most: Whole


class Heads(_Message, frozen=True, tag="heads!"):
    """Rows in log order; `more` when the list was cut."""

    rows: Annotated[tuple[HeadRow, ...], Meta(max_length=MAX_ROWS)]
    more: bool


class Range(_Message, frozen=True):
    """The events of a log from `low` to `high`, and the hash of their keys."""

    log: LogId
    low: Whole
    high: Whole
    digest: Key


class AskRanges(_Message, frozen=True, tag="ranges"):
    """Where do these parts of logs differ? For logs that are no plain chain on one side."""

    ranges: Annotated[tuple[Range, ...], Meta(max_length=MAX_ROWS)]


class RangeKeys(_Message, frozen=True):
    """A part that differs: how many events the other has there, and which, when they are few."""

    log: LogId
    low: Whole
    high: Whole
    count: Whole
    keys: Annotated[tuple[tuple[Whole, Hash], ...], Meta(max_length=MAX_ROWS)] = ()
    whole: bool = False  # all keys are listed


class Ranges(_Message, frozen=True, tag="ranges!"):
    """Only the parts that differ."""

    ranges: Annotated[tuple[RangeKeys, ...], Meta(max_length=MAX_ROWS)]


class Span(_Message, frozen=True):
    """Wanted of a log: the events `low`..`high`; its genesis; its signed heads."""

    log: LogId
    low: Whole
    high: Whole
    first: bool = False
    signed: bool = False


class Want(_Message, frozen=True, tag="want"):
    """Please send these, at most `most` bytes of them."""

    spans: Annotated[tuple[Span, ...], Meta(max_length=MAX_ROWS)]
    keys: Annotated[tuple[Hash, ...], Meta(max_length=MAX_ROWS)]
    most: Whole
    items: Whole  # how many the asker guesses to fit
    plain: bool = False  # an earlier page did not open to its bytes: please no columns


class Refused(_Message, frozen=True):
    """One item that was not taken, and why; `log` and `seq` when they can be told."""

    code: Name
    detail: Words
    key: Key = b""
    log: Key = b""
    seq: Whole = 0


class Page(_Message, frozen=True, tag="page"):
    """Geneses, events and signed heads, packed; `size` and `digest` are those of the expanded bytes.

    In an answer, `done` tells how far the wanted got: whole spans, where the next span goes on, keys.
    """

    packing: Whole
    count: Annotated[int, Meta(ge=0, le=MAX_ITEMS)]
    size: Annotated[int, Meta(ge=0, le=MAX_EXPANDED_BYTES)]
    digest: Hash
    packed: Annotated[bytes, Meta(max_length=MAX_MESSAGE_BYTES)]
    done: tuple[Whole, Whole, Whole] = (0, 0, 0)
    refused: Annotated[tuple[Refused, ...], Meta(max_length=MAX_ROWS)] = ()


class PageAnswer(_Message, frozen=True, tag="page!"):
    """After the commit: what became of each item; the heads of the logs it touched.

    `broken` is not empty when the page as a whole could not be read: nothing of it was taken.
    """

    stored: Whole
    known: Whole
    refused: Annotated[tuple[Refused, ...], Meta(max_length=MAX_ITEMS)] = ()
    heads: Annotated[tuple[tuple[LogId, Whole], ...], Meta(max_length=MAX_ROWS)] = ()
    broken: Words = ""


class SubjectKey(_Message, frozen=True):
    """A person's key; an empty one means: erased, for ever."""

    subject: Name
    key: Annotated[bytes, Meta(max_length=256)]


class AskSubjects(_Message, frozen=True, tag="subjects"):
    """Which keys do you have after `after`? Answered by marks, not by the keys."""

    after: Name
    most: Whole


class Subjects(_Message, frozen=True, tag="subjects!"):
    """(subject, mark of the key; empty = erased) in subject order."""

    marks: Annotated[tuple[tuple[Name, Key], ...], Meta(max_length=MAX_ROWS)]
    more: bool


class TradeKeys(_Message, frozen=True, tag="keys"):
    """Keys for the other, and the subjects whose keys are wanted."""

    keys: Annotated[tuple[SubjectKey, ...], Meta(max_length=MAX_ROWS)]
    want: Annotated[tuple[Name, ...], Meta(max_length=MAX_ROWS)] = ()


class KeysAnswer(_Message, frozen=True, tag="keys!"):
    """How many were news, the ones wanted, and the subjects that this peer may not have or bring."""

    stored: Whole
    keys: Annotated[tuple[SubjectKey, ...], Meta(max_length=MAX_ROWS)] = ()
    refused: Annotated[tuple[Name, ...], Meta(max_length=MAX_ROWS)] = ()


class Refusal(_Message, frozen=True, tag="no"):
    """The whole message was turned down: version, malformed, busy."""

    code: Name
    detail: Words


Message = (
    Hello
    | HelloAnswer
    | AskHeads
    | Heads
    | AskRanges
    | Ranges
    | Want
    | Page
    | PageAnswer
    | AskSubjects
    | Subjects
    | TradeKeys
    | KeysAnswer
    | Refusal
)

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


def encode(message: Message) -> bytes:
    """The bytes of a message."""
    return _encoder.encode(message)


def decode(data: bytes) -> Message:
    """The message of these bytes. Raises Malformed, in one sentence, for everything else."""
    if len(data) > MAX_MESSAGE_BYTES:
        raise Malformed(f"a message of {len(data)} bytes, more than {MAX_MESSAGE_BYTES}")
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError, ValueError) as error:
        raise Malformed(f"no message of ours: {error}"[:300]) from error
