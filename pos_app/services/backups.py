"""Copies of the store: each hour and at a close, to this disk and to a second place, older ones let go."""

import contextlib
import os
import re
import shutil
import sqlite3
import threading
import time
from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.facts.sales import Override
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import DamagedStore, EnvironmentFault
from pos_app.runtime.version import version
from pos_app.services import backup_file, rotation
from pos_app.services.backup_file import SUFFIX, Manifest
from pos_app.services.backup_places import (
    HERE,
    THERE,
    Copied,
    Copy,
    CopyState,
    check_room,
    files,
    place_faults,
    second_folder,
)
from pos_app.services.desk import Desk
from pos_app.services.disk_guard import keep_reserve
from pos_app.services.opening import PLACE, mark_damaged
from sync.rows import Rows

HOURLY_S = 3600
AGAIN_S = 300
CLOSING_S = 600
_KEEP = {HERE: (3, 3), THERE: (24, 30)}  # the last ones, and one of each of so many days before


class Backups:
    """Copies of one home; `run`, `to_file` and `copies` are slow, never on the main thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._born = time.monotonic()
        self._tried_at: float | None = None
        self._done_at: float | None = None
        self._seen: tuple[int, int] | None = None
        self._state: CopyState | None = None
        self._fault = ""

    # when

    def due(self, closing: bool = False) -> bool:
        """Whether it is time: something was written, and an hour has gone or a shift was closed.

        With `closing` (the window is being shut) ten minutes are enough. Not on the main thread at first.
        """
        if self._desk.practice:
            return False
        now = time.monotonic()
        if self._fault and self._tried_at is not None and now - self._tried_at < AGAIN_S:
            return False
        with self._desk.work.read() as rows:
            count = _written(rows)
        if self._seen is None and not closing:
            newest = self._look().here
            self._seen = count if newest and newest.manifest.events == count[0] else None
        if count == self._seen or not count[0]:
            return bool(self._fault) and count[0] > 0
        closed = self._seen is not None and count[1] != self._seen[1]
        since = now - (self._done_at if self._done_at is not None else self._born)
        return closed or (since >= CLOSING_S if closing else self._done_at is None or since >= HOURLY_S)

    def run(self) -> Copied:
        """Copy now, to this disk and the second place. Raises EnvironmentFault, backup.damaged."""
        self._refuse_practice()
        with self._lock:
            self._tried_at = time.monotonic()
            try:
                with self._desk.work.read() as rows:
                    count = _written(rows)
                done = self._copy_everywhere()
            except (DomainError, EnvironmentFault) as error:
                self._fault = str(error)
                if isinstance(error, DomainError) and error.code == "backup.damaged":
                    mark_damaged(self._desk.home)  # an event is no longer what it was: the copies have it
                raise
            self._fault, self._seen = done.fault, count
            self._done_at = self._tried_at
            self._state = self._look()
            return done

    def sound(self) -> bool:
        """Read the store through (slow); when it is damaged the next start offers to restore."""
        try:
            with self._desk.work.read() as rows:
                whole = rows.one("PRAGMA quick_check(1)") == ("ok",)
        except DamagedStore:
            whole = False
        if not whole and not self._desk.practice:
            mark_damaged(self._desk.home)
        return whole

    def keep_reserve(self) -> bool:
        """Lay the disk's reserve while there is room (slow); whether it lies there."""
        return keep_reserve(self._desk.home)

    # what there is

    def state(self) -> CopyState:
        """How the copies stand; read once and after each round."""
        if self._state is None:
            self._state = self._look()
        return self._state

    def look_again(self) -> CopyState:
        """Read the places anew (slow)."""
        self._state = self._look()
        return self._state

    def copies(self) -> list[Copy]:
        """Every whole copy of this machine's store in both places, the newest first."""
        found = [
            Copy(path, place, manifest)
            for place, folder in self._folders()
            for path in files(folder)
            if (manifest := backup_file.foot(path)) is not None
        ]
        return sorted(found, key=lambda copy: (copy.manifest.made_at, copy.place), reverse=True)

    def to_file(self, path: Path) -> Manifest:
        """One copy to a file of its own; a good copy is never replaced by a worse one.

        Raises backup.would_lose, backup.not_ours, backup.damaged, EnvironmentFault.
        """
        self._refuse_practice()
        with self._lock, place_faults(path.parent):
            if path.is_dir():
                path = path / self._name()
            part = path.with_name(f"{path.name}.part")
            try:
                manifest = self._make(part)
                self._check_better(path, part, manifest)
                os.replace(part, path)
                backup_file.flush_folder(path.parent)
            finally:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
            return manifest

    def choose(self, place: str, override: Override | None = None) -> None:
        """Put copies there from now on; empty: only on this disk. Raises right.missing, backup.bad_place."""
        desk = self._desk
        desk.require(Action.SETTINGS, override)
        if place:
            folder, home = Path(place).absolute(), desk.home.root.absolute()
            if (
                not folder.is_dir()
                or folder == home
                or home in folder.parents
                or not os.access(folder, os.W_OK)
            ):
                raise DomainError("backup.bad_place", place=place)
        chosen = str(Path(place).absolute()) if place else ""
        desk.settings.set("backup_place", chosen)
        with place_faults(desk.home.copies):
            self._note_places()
        self._fault, self._state, self._seen = "", None, None

    # making

    def _refuse_practice(self) -> None:
        if self._desk.practice:
            raise DomainError("backup.practice")

    def _note_places(self) -> None:
        """Where copies lie, also outside the store, which may be the thing that breaks."""
        here, get = self._here(), self._desk.settings.get
        here.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{get(name)}\n" for name in ("backup_place", "second_copy"))
        here.joinpath(PLACE).write_text(text, encoding="utf-8")

    def _copy_everywhere(self) -> Copied:
        here, there = self._here(), self._there()
        made: list[Path] = []
        with place_faults(here):
            self._note_places()
            self._sweep(here)
            target = here.joinpath(self._name())
            part = target.with_name(f"{target.name}.part")
            try:
                manifest = self._make(part)
                os.replace(part, target)
                backup_file.flush_folder(here)
            finally:
                part.unlink(missing_ok=True)
        made.append(target)
        rotation.let_go(here, target, *_KEEP[HERE])
        fault = ""
        if there is not None:
            try:
                made.append(self._carry(target, manifest, there))
            except EnvironmentFault as away:
                fault = str(away)
        return Copied(manifest, tuple(made), fault)

    def _make(self, part: Path) -> Manifest:
        """Copy the store into `part`, read it through, put the foot under it, and read it from the medium."""
        check_room(part.parent, self._store_bytes())
        desk = self._desk
        backup_file.vacuum(desk.work.database.path, part)
        manifest = backup_file.describe(part, desk.clock.stamp(), version())
        backup_file.seal(part, manifest)
        if (
            backup_file.foot(part) != manifest
            or backup_file.file_hash(part, manifest.size) != manifest.sha256
        ):
            raise DomainError("backup.damaged", file=part.name)
        return manifest

    def _carry(self, source: Path, manifest: Manifest, there: Path) -> Path:
        """Bring a copy to the second place, and read it back there."""
        if not there.parent.parent.is_dir():
            raise EnvironmentFault(
                tr("사본을 둘 {place} 폴더가 없어요.", place=there.parent.parent),
                tr("USB를 꽂거나 다른 곳을 골라요."),
            )
        with place_faults(there):
            there.mkdir(parents=True, exist_ok=True)
            self._sweep(there)
            check_room(there, source.stat().st_size, margin=1_000_000)
            target = there.joinpath(source.name)
            part = target.with_name(f"{target.name}.part")
            try:
                with source.open("rb") as take, part.open("wb") as give:
                    shutil.copyfileobj(take, give, 1 << 20)
                    backup_file.flush(give)
                whole = backup_file.foot(part) == manifest
                if not whole or backup_file.file_hash(part, manifest.size) != manifest.sha256:
                    raise EnvironmentFault(
                        tr("{place}에 쓴 사본이 쓴 것과 달라요.", place=there), tr("다른 USB에 두어요.")
                    )
                os.replace(part, target)
                backup_file.flush_folder(there)
            finally:
                with contextlib.suppress(OSError):
                    part.unlink(missing_ok=True)
        rotation.let_go(there, target, *_KEEP[THERE])
        return target

    def _check_better(self, path: Path, part: Path, manifest: Manifest) -> None:
        """What lies at `path` may only go when the new copy holds all of it."""
        if not path.exists() or path.stat().st_size == 0:
            return
        try:
            old = backup_file.check(path)
        except DomainError as problem:
            if problem.code in ("backup.cut", "backup.damaged"):
                return  # of no use to anybody
            raise DomainError("backup.not_ours", file=path.name) from problem
        with backup_file.opened(part) as new:
            worse = old.device != manifest.device or backup_file.heads_missing(path, new) > 0
        if worse or old.events > manifest.events:
            raise DomainError("backup.would_lose", file=path.name)

    def _sweep(self, folder: Path) -> None:
        """What a copying that was cut off left behind."""
        for part in folder.glob(f"*{SUFFIX}.part"):
            part.unlink(missing_ok=True)

    # where

    def _here(self) -> Path:
        return self._desk.home.copies

    def _there(self) -> Path | None:
        chosen = self._desk.settings.get("backup_place").strip()
        return second_folder(Path(chosen), self._device()) if chosen else None

    def _folders(self) -> list[tuple[str, Path]]:
        there = self._there()
        return [(HERE, self._here()), *([(THERE, there)] if there is not None else [])]

    def _device(self) -> str:
        with self._desk.work.read() as rows:
            row = rows.one('SELECT "private_key" FROM "device"')
        if row is None:
            return "new"
        # lazy: wanted once an hour
        from sync.identity import public_key

        return public_key(bytes(row[0]))[:8]

    def _name(self) -> str:
        stamp = self._desk.clock.local().strftime("%Y%m%d-%H%M%S")
        return f"jangteo-{re.sub(r'[^0-9A-Za-z가-힣]', '', self._desk.register)}-{stamp}{SUFFIX}"

    def _store_bytes(self) -> int:
        path = self._desk.work.database.path
        wal = path.with_name(f"{path.name}-wal")
        return path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)

    def _look(self) -> CopyState:
        found = self.copies()
        here = next((copy for copy in found if copy.place == HERE), None)
        there = next((copy for copy in found if copy.place == THERE), None)
        chosen = self._desk.settings.get("backup_place").strip()
        second = "off" if not chosen else "away" if not Path(chosen).is_dir() else "ok"
        if second == "ok" and self._fault:
            second = "failed"
        return CopyState(here, there, second, chosen, self._fault, self._behind(here, there))

    def _behind(self, *copies: Copy | None) -> bool:
        """Whether a copy ends in events that the store does not have: the store was put back or damaged."""
        for copy in copies:
            if copy is None:
                continue
            try:
                with backup_file.opened(self._desk.work.database.path, unchanging=False) as store:
                    if backup_file.heads_missing(copy.path, store):
                        return True
            except sqlite3.DatabaseError:
                continue
        return False


def _written(rows: Rows) -> tuple[int, int]:
    """How many events there are, and how many shifts were closed."""
    events = rows.one('SELECT count(*) FROM "event"') or (0,)
    closes = rows.one('SELECT count(*) FROM "shift_close"') or (0,)
    return int(events[0]), int(closes[0])
