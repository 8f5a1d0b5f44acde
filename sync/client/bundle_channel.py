"""A bundle: everything a replica holds in one file, carried by hand; read in any order, any number of times."""

import errno
import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from sync import store, subjects
from sync.events import Malformed
from sync.exchange import ChannelFault, Grant, Notice, Outcome, Replica, answer
from sync.giving import make_page, visible
from sync.heads import LAST, LogState, log_states
from sync.identity import public_key
from sync.intake import gaps, take_page
from sync.messages import MAX_MESSAGE_BYTES, PAGE_BYTES, Page, Span, TradeKeys, Want, decode, encode
from sync.rows import Rows

MAGIC = b"JANGTEO-BUNDLE-1\n"
MAX_BUNDLE_BYTES = 1 << 30
HEAD, MESSAGE, END = b"H", b"M", b"E"
_FRAME = struct.Struct(">cI")
_KEYS_AT_ONCE = 500
_FIRST_ITEMS = 1_000


class Cover(msgspec.Struct, frozen=True, array_like=True):
    """The first frame: whose bundle, made when, and how far its logs go."""

    name: str
    now_us: int
    heads: tuple[tuple[bytes, int], ...]


def write_bundle(
    replica: Replica,
    path: Path,
    private: bytes | None = None,
    grant: Grant | None = None,
    with_keys: bool = True,
) -> Outcome:
    """Write all that `grant` lets a reader have (None: everything) to `path`, and read it back.

    With the device's `private` key its own logs' heads are signed first. An older bundle there stays
    whole until the new one is. Raises ChannelFault: `full`, or `broken` when the medium fails.
    """
    if private is not None:
        with replica.write() as rows:
            sign_own_heads(rows, private)
    with replica.read() as rows:
        states = [state for state in log_states(rows) if visible(grant, state.scope, state.device)]
    fresh = path.with_name(f"{path.name}.part")
    try:
        with fresh.open("wb") as file:
            sent = _write(replica, grant, states, file, with_keys)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        _verify(fresh)
        os.replace(fresh, path)
        _settle(path.parent)
        _verify(path)
    except (OSError, Malformed) as error:
        with suppress(OSError):
            fresh.unlink()
        raise _fault(error) from error
    heads = {state.log: state.seq for state in states}
    return Outcome(sent=sent, bytes_out=size, peer=path.name, peer_heads=heads)


def sign_own_heads(rows: Rows, private: bytes) -> None:
    """Sign where each log of this device ends now."""
    own = rows.all(
        'SELECT h."log", h."seq", h."key" FROM "head" h JOIN "log" l ON l."log" = h."log" WHERE l."device" = ?',
        public_key(private),
    )
    for log, seq, key in own:
        store.sign_head(rows, store.Head(bytes(log), seq, bytes(key)), private)


def read_bundle(replica: Replica, path: Path) -> Outcome:
    """Take in a whole bundle. Raises Malformed, with nothing applied, when it was cut or changed."""
    try:
        cover = _verify(path)
        received, size, touched, notices = 0, 0, set[bytes](), list[Notice]()
        with path.open("rb") as file:
            for kind, data in _frames(file):
                size += len(data)
                if kind != MESSAGE:
                    continue  # a newer program's frame
                said = decode(data)
                if isinstance(said, Page):
                    taken = take_page(replica, None, said)
                    received += taken.stored
                    touched |= taken.touched
                    notices += taken.notices
                    notices += [
                        Notice("refused", item.log.hex(), item.seq, f"{item.code}: {item.detail}")
                        for item in taken.refused
                    ]
                    if taken.broken:
                        notices.append(Notice("refused", "", 0, taken.broken))
                elif isinstance(said, TradeKeys):
                    _take_keys(replica, said)
    except OSError as error:
        raise _fault(error) from error
    with replica.read() as rows:
        notices += gaps(rows, touched)
    told = tuple(dict.fromkeys(notices))
    return Outcome(
        received=received,
        bytes_in=size,
        peer=cover.name,
        peer_heads=dict(cover.heads),
        notices=told,
        received_logs=tuple(sorted(touched)),
    )


class BundleChannel:
    """A bundle as the other side of an exchange: what it lacks is added, and it is written anew at the end."""

    def __init__(self, path: Path, now_us: int) -> None:
        self._path = path
        self._now_us = now_us
        self._replica: Replica | None = None

    @contextmanager
    def open(self) -> Iterator["BundleChannel"]:
        """Read the bundle if there is one; write it again when the exchange is over."""
        # lazy: only who carries bundles both ways in one step needs a database in memory
        from sqlalchemy import StaticPool, create_engine

        engine = create_engine("sqlite://", isolation_level="AUTOCOMMIT", poolclass=StaticPool)
        try:
            with engine.connect() as connection:
                store.metadata.create_all(connection)

                @contextmanager
                def rows() -> Iterator[Rows]:
                    yield Rows(connection)

                self._replica = Replica(rows, rows, lambda: self._now_us, self._path.name)
                if self._path.exists():
                    read_bundle(self._replica, self._path)
                yield self
                write_bundle(self._replica, self._path)
        finally:
            self._replica = None
            engine.dispose()

    def ask(self, message: bytes) -> bytes:
        """What a peer that holds this bundle's content would answer."""
        if self._replica is None:
            raise ChannelFault("offline", retryable=False)
        return answer(self._replica, None, message)


# --- the file ----------------------------------------------------------------------------------------


def _write(
    replica: Replica, grant: Grant | None, states: list[LogState], file: BinaryIO, with_keys: bool
) -> int:
    """All frames; how many events."""
    hashed = hashlib.sha256()

    def put(kind: bytes, data: bytes) -> None:
        for part in (_FRAME.pack(kind, len(data)), data):
            file.write(part)
            hashed.update(part)

    file.write(MAGIC)
    hashed.update(MAGIC)
    heads = tuple((state.log, state.seq) for state in states)
    put(HEAD, msgspec.msgpack.encode(Cover(replica.name, replica.now_us(), heads)))
    sent = 0
    for page in _pages(replica, grant, states):
        put(MESSAGE, encode(page))
        sent += page.count
    if with_keys:
        for keys in _keys(replica, grant):
            put(MESSAGE, encode(keys))
    put(END, hashed.digest())
    return sent


def _pages(replica: Replica, grant: Grant | None, states: list[LogState]) -> Iterator[Page]:
    spans = [Span(state.log, 1, LAST, state.scope is not None, bool(state.signed)) for state in states]
    items = _FIRST_ITEMS
    while spans:
        want = Want(tuple(spans), (), PAGE_BYTES, items)
        page, gathered = make_page(replica, grant, want, checked=True)
        if page.count:
            yield msgspec.structs.replace(page, done=(0, 0, 0), refused=())
            items = max(1, page.count * PAGE_BYTES * 15 // (len(page.packed) * 16))
        spans = spans[gathered.spans :]
        if spans and gathered.next_low:
            spans[0] = msgspec.structs.replace(spans[0], low=gathered.next_low, first=False)


def _keys(replica: Replica, grant: Grant | None) -> Iterator[TradeKeys]:
    def allowed(subject: str) -> bool:
        return grant is None or grant.may_read_subject(subject)

    with replica.read() as rows:
        names = [subject for subject, _ in subjects.each_mark(rows, allowed)]
        for at in range(0, len(names), _KEYS_AT_ONCE):
            yield TradeKeys(tuple(subjects.keys_of(rows, names[at : at + _KEYS_AT_ONCE], allowed)))


def _take_keys(replica: Replica, said: TradeKeys) -> None:
    held = [item for item in said.keys if subjects.well_formed(item.key)]
    if held:
        with replica.write() as rows:
            for item in held:
                subjects.take(rows, item)


def _frames(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """The frames of a verified bundle, without the last."""
    file.seek(len(MAGIC))
    while True:
        kind, size = _FRAME.unpack(file.read(_FRAME.size))
        if kind == END:
            return
        yield kind, file.read(size)


def _verify(path: Path) -> Cover:
    """The cover of a bundle that is whole. Raises Malformed."""
    if path.stat().st_size > MAX_BUNDLE_BYTES:
        raise Malformed(f"{path.name} is too large for a bundle")
    hashed = hashlib.sha256(MAGIC)
    cover = None
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise Malformed(f"{path.name} is no bundle")
        while True:
            head = file.read(_FRAME.size)
            if len(head) != _FRAME.size:
                raise Malformed(f"{path.name} ends too early: it was not written to its end, or was cut")
            kind, size = _FRAME.unpack(head)
            if size > MAX_MESSAGE_BYTES:
                raise Malformed(f"{path.name} was changed or damaged")
            data = file.read(size)
            if len(data) != size:
                raise Malformed(f"{path.name} ends too early: it was not written to its end, or was cut")
            if kind == END:
                if data != hashed.digest() or file.read(1):
                    raise Malformed(f"{path.name} was changed or damaged")
                break
            if kind == HEAD and cover is None:
                cover = _cover(path, data)
            hashed.update(head)
            hashed.update(data)
    if cover is None:
        raise Malformed(f"{path.name} is no bundle")
    return cover


def _cover(path: Path, data: bytes) -> Cover:
    try:
        return msgspec.msgpack.decode(data, type=Cover)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Malformed(f"{path.name} was changed or damaged") from error


def _settle(folder: Path) -> None:
    """Make a rename durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems of sticks cannot
            os.fsync(handle)
    finally:
        os.close(handle)


def _fault(error: Exception) -> ChannelFault:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return ChannelFault("full" if full else "broken", retryable=False, detail=str(error))
