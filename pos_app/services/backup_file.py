"""A copy of the register's store in one file: a plain SQLite file with a sealed foot that tells a whole copy from a part."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

import msgspec

from pos_app.domain.errors import DomainError
from pos_app.runtime.faults import EnvironmentFault
from pos_app.storage.versions import LOCAL_VERSION

SUFFIX = ".backup"
_HEAD = b"SQLite format 3\0"
_MARK = b"JANGTEO-BACKUP-END "
_TAIL_BYTES = len(_MARK) + 11  # ten digits and a line end
_CHUNK = 1 << 20
_PAGE = 400


class Manifest(msgspec.Struct, frozen=True):
    """What a copy says of itself; `size` and `sha256` are of the database before the foot."""

    format: int
    program: str
    local_version: int
    device: str
    register: str
    market: str
    business_date: str
    made_at: str
    events: int
    keys: str  # one hash over the sorted keys of all events
    size: int
    sha256: str


def _refuse(code: str, path: Path, **more: object) -> NoReturn:
    raise DomainError(code, file=path.name, **more)


@contextmanager
def opened(path: Path, *, unchanging: bool = True) -> Iterator[sqlite3.Connection]:
    """A database file for reading; `unchanging`: nobody writes it, and no files appear beside it."""
    how = "mode=ro&immutable=1" if unchanging else "mode=ro"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def vacuum(source: Path, part: Path) -> None:
    """Copy the open store, as it is at this moment, into `part`; nobody's sale waits for it."""
    part.unlink(missing_ok=True)
    connection = sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        connection.close()


def describe(path: Path, made_at: str, program: str) -> Manifest:
    """Read a database file through and say what it is. Raises backup.damaged when it does not hold."""
    try:
        with opened(path) as connection:
            return _described(connection, path, made_at, program)
    except sqlite3.DatabaseError:
        _refuse("backup.damaged", path)


def _described(connection: sqlite3.Connection, path: Path, made_at: str, program: str) -> Manifest:
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        _refuse("backup.damaged", path)
    hashed, events = hashlib.sha256(), 0
    for key, data in connection.execute('SELECT "key", "bytes" FROM "event" ORDER BY "key"'):
        if hashlib.sha256(data).digest() != key:
            _refuse("backup.damaged", path)
        hashed.update(key)
        events += 1
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    register, day = _place(connection)
    return Manifest(
        1, program, version, device_of(connection), register, day[0], day[1], made_at, events,
        hashed.hexdigest(), path.stat().st_size, file_hash(path, path.stat().st_size),
    )  # fmt: skip


def _place(connection: sqlite3.Connection) -> tuple[str, tuple[str, str]]:
    """Which register this is, and the market day that it works on."""
    found: dict[str, str] = dict(
        connection.execute('SELECT "name", "value" FROM "setting" WHERE "name" IN (\'register\', \'day_id\')')
    )
    ask = 'SELECT "market", "business_date" FROM "market_day" '
    row = None
    if connection.execute('SELECT 1 FROM "sqlite_master" WHERE "name" = \'market_day\'').fetchone():
        row = connection.execute(f'{ask}WHERE "day_id" = ?', (found.get("day_id", ""),)).fetchone()
        row = row or connection.execute(f'{ask}ORDER BY "business_date" DESC LIMIT 1').fetchone()
    return found.get("register", "R1"), (row[0], row[1]) if row else ("", "")


def device_of(connection: sqlite3.Connection) -> str:
    """The public key of the machine that wrote a store, hex; empty when it never wrote."""
    row = connection.execute('SELECT "private_key" FROM "device"').fetchone()
    if row is None:
        return ""
    # lazy: signatures are wanted by no sale
    from sync.identity import public_key

    return public_key(bytes(row[0]))


def is_of_server(path: Path) -> bool:
    """Whether the store vouches for devices: its root key is in it, and all of them trust that key alone."""
    with opened(path) as connection:
        if connection.execute('SELECT 1 FROM "sqlite_master" WHERE "name" = \'server_secret\'').fetchone() is None:
            return False
        ask = 'SELECT 1 FROM "server_secret" WHERE "name" = \'organisation_root\''
        return connection.execute(ask).fetchone() is not None


def file_hash(path: Path, size: int) -> str:
    """SHA-256 of the first `size` bytes of a file."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (chunk := file.read(min(_CHUNK, size))):
            hashed.update(chunk)
            size -= len(chunk)
    return hashed.hexdigest()


def seal(part: Path, manifest: Manifest) -> None:
    """Put the foot under a database file, and flush all of it."""
    foot = msgspec.json.encode(manifest) + b"\n"
    with part.open("r+b") as file:
        file.seek(manifest.size)
        file.truncate()
        file.write(b"\n" + foot + _MARK + b"%010d\n" % (len(foot) + 1))
        flush(file)


def flush(file: IO[bytes]) -> None:
    """Bring a file to the medium, and forget it: what is read next comes from there."""
    file.flush()
    os.fsync(file.fileno())
    forget = getattr(os, "posix_fadvise", None)
    if forget is not None:
        forget(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def flush_folder(folder: Path) -> None:
    """Bring a folder's names to the medium, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def foot(path: Path) -> Manifest | None:
    """What a copy's foot says, or None where there is none; the rest of the file is not read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - _TAIL_BYTES))
            tail = file.read()
            if len(tail) != _TAIL_BYTES or not tail.startswith(_MARK):
                return None
            length = int(tail[len(_MARK) :])
            file.seek(max(0, size - _TAIL_BYTES - length))
            manifest = msgspec.json.decode(file.read(length).strip(), type=Manifest)
    except (OSError, ValueError):
        return None
    return manifest if manifest.size + length + _TAIL_BYTES == size else None


def check(path: Path) -> Manifest:
    """Read a copy through. Raises backup.none, .not_one, .cut, .damaged, .newer; nothing is changed."""
    if not path.is_file():
        _refuse("backup.none", path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise EnvironmentFault(
            f"{path.name} 파일을 읽지 못했어요.", "USB를 뺐다가 다시 꽂고 해 봐요."
        ) from error
    if not head.startswith(_HEAD[: max(1, len(head))]) and head:
        _refuse("backup.not_one", path)
    manifest = foot(path)
    if manifest is None:
        manifest = _without_foot(path, head, size)
    elif file_hash(path, manifest.size) != manifest.sha256:
        _refuse("backup.damaged", path)
    if manifest.local_version > LOCAL_VERSION:
        _refuse("backup.newer", path)
    return manifest


def _without_foot(path: Path, head: bytes, size: int) -> Manifest:
    """A plain database file, copied by hand: whole by its own head, and then read through."""
    if len(head) < 100:
        _refuse("backup.cut", path)
    page = int.from_bytes(head[16:18], "big")
    if size != int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page):
        _refuse("backup.cut", path)
    try:
        with opened(path) as connection:
            tables = {row[0] for row in connection.execute('SELECT "name" FROM "sqlite_master"')}
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError:
        _refuse("backup.damaged", path)
    if not {"event", "log", "head", "setting", "own_log"} <= tables:
        _refuse("backup.not_one", path)
    if version > LOCAL_VERSION:
        _refuse("backup.newer", path)
    return describe(path, "", "")


def heads_missing(old: Path, new: sqlite3.Connection) -> int:
    """How many logs of the copy `old` end in an event that `new` does not have."""
    with opened(old) as connection:
        heads = connection.execute('SELECT "key" FROM "head" WHERE "seq" > 0').fetchall()
    ask = 'SELECT 1 FROM "event" WHERE "key" = ?'
    return sum(1 for head in heads if new.execute(ask, head).fetchone() is None)
