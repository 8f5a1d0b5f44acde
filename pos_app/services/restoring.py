"""Bring a register back from a copy: the store that was there is kept aside, new logs are opened."""

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services import backup_file, salvage
from pos_app.services.backup_file import Manifest
from pos_app.services.backup_places import FOLDER, HERE, THERE, Copy
from pos_app.services.opening import DAMAGED, PLACE, RESTORED
from pos_app.services.syncing_copy import SUFFIX as COPY_SUFFIX
from pos_app.storage import local
from pos_app.storage.engine import Database, naming_faults, open_database
from pos_app.storage.folds.rebuild import catch_up
from pos_app.storage.unit_of_work import UnitOfWork
from pos_app.storage.work import Work
from sync import store
from sync.rows import Rows

RESTORES = "restores"
_PAGE = 500
_SIDES = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: events of the copy, those saved beyond it, and where the store from before lies."""

    manifest: Manifest
    events: int
    saved: int
    aside: Path
    carts_kept: bool


def copies_in(*folders: Path) -> list[Copy]:
    """Whole copies that lie in folders, or in ours below them (sticks), the newest first."""
    found = []
    for folder in folders:
        for path in _backups_in(folder):
            manifest = backup_file.foot(path)
            if manifest is not None:
                found.append(Copy(path, HERE if path.parent == folder else THERE, manifest))
    return sorted(found, key=lambda copy: copy.manifest.made_at, reverse=True)


def remembered_places(home: Home) -> list[Path]:
    """The places of copies, as they are written down outside the store."""
    try:
        text = (home.copies / PLACE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return [Path(line.strip()) for line in text.splitlines() if line.strip()]


def second_copies_in(*folders: Path) -> list[Path]:
    """Files to which each sale was appended as it was stored."""
    found: list[Path] = []
    for folder in folders:
        with contextlib.suppress(OSError):
            found += sorted(folder.glob(f"*{COPY_SUFFIX}"))
    return list(dict.fromkeys(found))


def _backups_in(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.glob(f"*{backup_file.SUFFIX}"))
        yield from sorted((folder / FOLDER).glob(f"*/*{backup_file.SUFFIX}"))
    except OSError:
        return


def owner(home: Home) -> str:
    """The device whose home this is, as far as its store or its copies tell; empty when unknown."""
    if home.database.is_file() and home.database.stat().st_size:
        with (
            contextlib.suppress(sqlite3.Error, ValueError),  # scarred pages hold anything in any place
            backup_file.opened(home.database, unchanging=False) as connection,
        ):
            return backup_file.device_of(connection)
    for copy in copies_in(home.copies):
        return copy.manifest.device
    return ""


def restore(
    home: Home, file: Path, clock: Clock, *, exactly: bool = False, second: Sequence[Path] = ()
) -> Restored:
    """Put the copy in the place of the store; nobody else may have the home open.

    What can still be read of the store from before, and of the `second` copies of this machine, comes
    along (not with `exactly`). Raises backup.* before anything is changed, EnvironmentFault when the disk fails.
    """
    manifest = backup_file.check(file)
    there = owner(home)
    if there and manifest.device and there != manifest.device:
        if backup_file.is_of_server(file):
            raise DomainError("backup.of_server", file=file.name)
        raise DomainError("backup.other_register", file=file.name, register=manifest.register)
    part = home.root / "jangteo.restoring.db"
    with naming_faults():
        home.root.mkdir(parents=True, exist_ok=True)
        _check_room(home, manifest.size)
        _remove(part)
        aside = _new_aside(home)
        try:
            _lay_down(file, manifest, part)
            saved, events, kept = _mend(home, part, clock, second, not exactly)
            os.replace(part, _ready(home))
        finally:
            _remove(part)
        aside.mkdir(parents=True)
        if not kept:
            _put_aside(home.carts, aside)
        finish(home, aside)
    return Restored(manifest, events, saved, aside, kept)


def _check_room(home: Home, size: int) -> None:
    if shutil.disk_usage(home.root).free < 2 * size + 8_000_000:
        home.ballast.unlink(missing_ok=True)
    if shutil.disk_usage(home.root).free < 2 * size + 8_000_000:
        raise EnvironmentFault(
            tr("되살릴 자리가 모자라요."), tr("필요 없는 파일을 지운 뒤 다시 해요. 바뀐 것은 없어요.")
        )


def _lay_down(file: Path, manifest: Manifest, part: Path) -> None:
    with file.open("rb") as take, part.open("wb") as give:
        left = manifest.size
        while left > 0 and (chunk := take.read(min(1 << 20, left))):
            give.write(chunk)
            left -= len(chunk)
        backup_file.flush(give)
    if backup_file.file_hash(part, manifest.size) != manifest.sha256:
        raise DomainError("backup.damaged", file=file.name)


def _mend(
    home: Home, part: Path, clock: Clock, second: Sequence[Path], salvaging: bool
) -> tuple[int, int, bool]:
    """Newer shape, what else can be saved, new logs; (saved, events, the open cart may stay)."""
    database = open_database(part)
    try:
        saved, done = 0, None
        if salvaging:
            saved, done = _save(home, database, clock)
            saved += sum(_append(path, database, clock) for path in second)
        catch_up(database.write)
        with UnitOfWork(database, clock).begin() as work:
            open_new_logs(work, done or {}, int(_new_aside(home).name))
            hold_papers(work.rows)
            events = int((work.rows.one('SELECT count(*) FROM "event"') or (0,))[0])
        with database.read() as rows:
            if next(store.verify(rows), None) is not None and salvaging is False:
                raise DomainError("backup.damaged", file=part.name)
    finally:
        database.close()
    _fold_log_in(part)
    for path in part.parent.glob(f"{part.stem}.before-*.db"):
        path.unlink()
    return saved, events, done is not None


def _fold_log_in(part: Path) -> None:
    """One plain file again, without a write-ahead log beside it."""
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    with part.open("r+b") as file:
        backup_file.flush(file)


def _save(home: Home, database: Database, clock: Clock) -> tuple[int, dict[str, str] | None]:
    """Take over what can be read of the store that was there."""
    if not home.database.is_file() or not home.database.stat().st_size:
        return 0, None
    saved = 0
    try:
        with salvage.opened(home.database, home.root / "jangteo.patched.db") as connection:
            found = salvage.readable(connection)
            with database.write() as rows:
                for genesis in found.geneses:
                    _take_genesis(rows, genesis, clock)
                for key in found.keys:
                    rows.insert_new(store.subject_key, key)
            for page in salvage.events(connection, _size(home)):
                with database.write() as rows:
                    saved += store.receive(rows, page, clock.now_us())
    except (sqlite3.Error, OSError):
        return saved, None
    return saved, found.done_carts


def _append(path: Path, database: Database, clock: Clock) -> int:
    """Take over what a second copy of this machine has; how many events were new."""
    # lazy: only where a second copy is kept
    from sync.pages import EVENT, GENESIS
    from sync.second_copy import read_items

    with database.read() as rows:
        logs = {bytes(row[0]) for row in rows.all('SELECT "log" FROM "log"')}
    try:
        items = list(read_items(path))
    except OSError:
        return 0
    geneses = [data for kind, data in items if kind == GENESIS]
    if not any(hashlib.sha256(data).digest() in logs for data in geneses):
        return 0  # of another machine
    events, new = [data for kind, data in items if kind == EVENT], 0
    with database.write() as rows:
        for genesis in geneses:
            _take_genesis(rows, genesis, clock)
    for at in range(0, len(events), _PAGE):
        with database.write() as rows, contextlib.suppress(ValueError):
            new += store.receive(rows, events[at : at + _PAGE], clock.now_us())
    return new


def _size(home: Home) -> int:
    sides = [home.database, *(home.root / f"{home.database.name}{side}" for side in _SIDES)]
    return sum(path.stat().st_size for path in sides if path.exists())


def _take_genesis(rows: Rows, genesis: bytes, clock: Clock) -> None:
    # lazy: signatures are wanted by no sale
    from sync.events import Malformed

    with contextlib.suppress(Malformed):
        store.take_genesis(rows, genesis, clock.now_us())


def open_new_logs(work: Work, done: dict[str, str], least: int = 1) -> None:
    """From here on this machine writes logs that it never wrote before, with other tags on paper.

    `least`: it was restored so often at least. Which cart became a sale last in a scope stays known:
    its file may still lie there.
    """
    rows = work.rows
    known = dict(rows.all('SELECT "scope", "done_cart" FROM "own_log"')) | done
    row = rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', RESTORES)
    rows.put(local.meta, [(RESTORES, str(max(int(row[0] if row else 0) + 1, least)))])
    rows.run('DELETE FROM "own_log"')
    latest = rows.one('SELECT "value" FROM "setting" WHERE "name" = ?', "day_id")
    for scope, cart in known.items():
        if cart and latest and latest[0] in scope:
            work.own_log(scope)
            rows.run('UPDATE "own_log" SET "done_cart" = ? WHERE "scope" = ?', cart, scope)


def hold_papers(rows: Rows) -> None:
    """What waited for the printer then may be on paper since: nothing is printed by itself, a copy is numbered."""
    rows.run(
        'UPDATE "print_job" SET "state" = \'expired\', "maybe_out" = 1 WHERE "state" IN (\'queued\', \'sending\')'
    )


def _ready(home: Home) -> Path:
    return home.root / RESTORED


def finish(home: Home, aside: Path | None = None) -> None:
    """Swap the stores once the new one is whole; also after a power cut in the middle."""
    ready = _ready(home)
    if not ready.is_file():
        return
    aside = aside or _new_aside(home)
    for name in (*(f"{home.database.name}{side}" for side in _SIDES), home.database.name):
        _put_aside(home.root / name, aside)
    os.replace(ready, home.database)
    (home.root / DAMAGED).unlink(missing_ok=True)
    backup_file.flush_folder(home.root)


def _new_aside(home: Home) -> Path:
    """A folder that no restore before this one has used."""
    number = 1
    while (home.aside / str(number)).exists():
        number += 1
    return home.aside / str(number)


def _put_aside(path: Path, aside: Path) -> None:
    """Keep what was there."""
    if path.exists():
        aside.mkdir(parents=True, exist_ok=True)
        os.replace(path, aside / path.name)


def _remove(part: Path) -> None:
    for name in (part.name, *(f"{part.name}{side}" for side in (*_SIDES, "-journal"))):
        part.with_name(name).unlink(missing_ok=True)
