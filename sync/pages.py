"""Pages: items framed, hashed, packed small, and opened again with care."""

import gc
import hashlib
import lzma
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from sync.canonical import NotCanonical, digest, encode, read_plain
from sync.columns import Hearer, Memory, Teller
from sync.events import MAX_EVENT_BYTES, Envelope, Event, Malformed, envelope_of
from sync.messages import MAX_EXPANDED_BYTES, MAX_ITEMS, Page
from sync.spelling import Streams

GENESIS, EVENT, SIGNED = 0, 1, 2
PLAIN, COLUMNS = 0, 1
Item = tuple[int, bytes]

_FRAME = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
_LEVEL = 6
_HASHED_AT_ONCE = 32  # items
_GROUPS = 1_000_000  # numbers of the groups' lists of rows, beyond those that the columns count
_FEW = 4  # events; fewer are not worth telling by columns
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 1, "dict_size": 1 << 20, "lc": 0, "lp": 0, "pb": 0}]
_FIELDS = frozenset(Envelope.__struct_fields__)


class Opened(NamedTuple):
    """One item of a page; the event itself where opening the page has read it already."""

    kind: int
    data: bytes
    event: Event | None = None


def frame(items: Iterable[Item]) -> bytes:
    """The expanded bytes: each item's kind, length and bytes."""
    parts = []
    for kind, data in items:
        parts.append(_FRAME.pack(kind, len(data)))
        parts.append(data)
    return b"".join(parts)


def _hash(items: Iterable[tuple[int, bytes]]) -> tuple[int, bytes]:
    """Size and SHA-256 of the expanded bytes, without making them all at once."""
    hashed, size, pending = hashlib.sha256(), 0, list(items)
    for at in range(0, len(pending), _HASHED_AT_ONCE):
        part = frame(pending[at : at + _HASHED_AT_ONCE])
        hashed.update(part)
        size += len(part)
    return size, hashed.digest()


@contextmanager
def _in_one_go() -> Iterator[None]:
    """Without the collector of cycles: a page's rows make none, and it would walk them again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def pack(
    items: Sequence[Item],
    plain: bool = False,
    checked: bool = False,
    memory: Memory | None = None,
    keys: Sequence[bytes] = (),
) -> Page:
    """The page of these items.

    `checked`: opened again here, for readers that cannot ask for it anew; other readers find by the
    hash that a page does not open to its bytes, and it is sent plain. `memory` spares searching, `keys` (the items'
    hashes, where they are known) hashing.
    """
    page = Page(PLAIN, len(items), *_hash(items), b"")
    if not plain:
        with _in_one_go():
            packed = _pack_columns(items, keys or [digest(data) for _, data in items], memory)
        if packed is not None:
            told = msgspec.structs.replace(page, packing=COLUMNS, packed=packed)
            if not checked or _opens(told, items):
                return told
    return msgspec.structs.replace(page, packed=zlib.compress(frame(items), _LEVEL))


def _opens(page: Page, items: Sequence[Item]) -> bool:
    try:
        return [(one.kind, one.data) for one in unpack(page)] == list(items)
    except Malformed:
        return False


def unpack(page: Page) -> list[Opened]:
    """The items of a page, counted and hashed. Raises Malformed, before anything large is made."""
    if page.size > MAX_EXPANDED_BYTES or page.count > MAX_ITEMS:
        raise Malformed("a page that expands too far")
    if page.packing == PLAIN:
        items = _unframe(_inflate(page.packed, page.size), page.count)
    elif page.packing == COLUMNS:
        with _in_one_go():
            items = _open_columns(page)
    else:
        raise Malformed(f"a packing that is not known here: {page.packing}")
    if _hash((item.kind, item.data) for item in items) != (page.size, page.digest):
        raise Malformed("the page's bytes are not those that were hashed")
    return items


def _inflate(packed: bytes, size: int) -> bytes:
    """Decompress to exactly `size` bytes; never makes more than one byte too many."""
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(packed, size + 1)
    except zlib.error as error:
        raise Malformed("a page that cannot be unpacked") from error
    if len(data) != size or machine.unconsumed_tail or not machine.eof or machine.unused_data:
        raise Malformed("a page that expands to another size than it says")
    return data


def _unframe(data: bytes, count: int) -> list[Opened]:
    items: list[Opened] = []
    at, end = 0, len(data)
    while at < end:
        if at + _FRAME.size > end or len(items) == count:
            raise Malformed("a page that does not hold what it says")
        kind, size = _FRAME.unpack_from(data, at)
        at += _FRAME.size
        if at + size > end:
            raise Malformed("a page that ends inside an item")
        items.append(Opened(kind, data[at : at + size]))
        at += size
    if len(items) != count:
        raise Malformed("a page that does not hold what it says")
    return items


# --- by columns --------------------------------------------------------------------------------------


def _pack_columns(items: Sequence[Item], keys: Sequence[bytes], memory: Memory | None) -> bytes | None:
    """Events by columns, `prev` left out where it is the hash of the event before; None when not worth it."""
    if sum(kind == EVENT for kind, _ in items) < _FEW:
        return None
    raw: list[Item] = []
    groups: dict[str, list[dict[str, Any]]] = {}
    order: list[int] = []
    chained: list[int] = []
    prevs: list[str] = []
    ends: dict[str, str] = {}
    for (kind, data), key in zip(items, keys, strict=True):
        told = _plain(data) if kind == EVENT else None
        if told is None:
            raw.append((kind, data))
            order.append(0)
            continue
        prev, log = told.pop("prev"), told["log"]
        follows = ends.get(log) == prev
        chained.append(int(follows))
        if not follows:
            prevs.append(prev)
        ends[log] = key.hex()
        if told["type"] not in groups:
            groups[told["type"]] = []
        groups[told["type"]].append(told)
        order.append(list(groups).index(told["type"]) + 1)
    teller = Teller(memory)
    try:
        program = [
            teller.tell(order, 0, "order"),
            raw,
            [len(chained), teller.tell(chained, 1, "chained")],
            [len(prevs), teller.tell(prevs, 2, "prevs")],
            [
                [len(group), teller.tell(group, at, name)]
                for at, (name, group) in enumerate(groups.items(), _GROUPS)
            ],
        ]
    except ValueError:
        return None
    head = msgspec.msgpack.encode(program)
    whole = b"".join((_LENGTH.pack(len(head)), head, teller.streams.whole()))
    return lzma.compress(whole, format=lzma.FORMAT_RAW, filters=_FILTERS)


def _plain(data: bytes) -> dict[str, Any] | None:
    """An event's plain data; that it is spelled the one way was checked when it was written or taken in."""
    try:
        told = read_plain(data)
    except NotCanonical:
        return None
    if type(told) is not dict or told.keys() != _FIELDS or type(told["log"]) is not str:
        return None
    return told if type(told["prev"]) is str and type(told["type"]) is str else None


def _open_columns(page: Page) -> list[Opened]:
    machine = lzma.LZMADecompressor(format=lzma.FORMAT_RAW, filters=_FILTERS)
    try:
        whole = machine.decompress(page.packed, MAX_EXPANDED_BYTES)
        if not machine.eof or machine.unused_data:
            raise Malformed("a page that cannot be unpacked")
        return _hear(whole, page)
    except Malformed:
        raise
    except Exception as error:  # whatever nonsense a stranger's columns tell
        raise Malformed(f"a page whose columns make no sense: {error}"[:300]) from error


def _hear(whole: bytes, page: Page) -> list[Opened]:
    (size,) = _LENGTH.unpack_from(whole)
    order_node, raw, chained, prevs, groups = msgspec.msgpack.decode(whole[4 : 4 + size])
    streams = Streams(whole[4 + size :])
    hearer = Hearer(streams, page.size // 3 + 10_000)
    order = hearer.hear(order_node, page.count)
    follows = iter(hearer.hear(chained[1], chained[0], 1))
    literal = iter(hearer.hear(prevs[1], prevs[0], 2))
    told = [iter(hearer.hear(node, count, at)) for at, (count, node) in enumerate(groups, _GROUPS)]
    others = iter(raw)
    ends: dict[str, str] = {}
    items: list[Opened] = []
    left = page.size
    for place in order:
        if place == 0:
            kind, data = next(others)
            item = Opened(int(kind), bytes(data))
        else:
            item = _respell(next(told[place - 1]), follows, literal, ends)
        left -= len(item.data) + _FRAME.size
        if left < 0:
            raise Malformed("a page that expands to another size than it says")
        items.append(item)
    if not streams.finished:
        raise Malformed("a page with more columns than events")
    return items


def _respell(plain: dict[str, Any], follows: Any, literal: Any, ends: dict[str, str]) -> Opened:
    log = plain["log"]
    plain["prev"] = ends[log] if next(follows) else next(literal)
    data = encode(plain)
    key = digest(data)
    ends[log] = key.hex()
    if len(data) > MAX_EVENT_BYTES:
        raise Malformed(f"event of {len(data)} bytes")
    return Opened(EVENT, data, Event(key, data, envelope_of(plain)))
