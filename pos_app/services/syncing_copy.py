"""The second copy: the same bytes in a plain file on another medium, brought up to date after each commit."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.desk import Desk
from pos_app.services.syncing_store import SyncStore

if TYPE_CHECKING:
    from sync.second_copy import SecondCopy as CopyFile

log = logging.getLogger(__name__)

SETTING = "second_copy"
_MADE = "second_copy_made"
SUFFIX = ".jangteo-copy"


class SecondCopy:
    """Follows the store into a folder somebody chose; a medium that is gone is said, and waited for."""

    def __init__(self, desk: Desk, store: SyncStore) -> None:
        self._desk = desk
        self._store = store
        self._file: CopyFile | None = None
        self.fine = True

    @property
    def folder(self) -> str:
        """Where the second copy is kept, empty: nowhere."""
        return self._desk.settings.get(SETTING)

    @property
    def same_disk(self) -> bool:
        """Whether it lies on the very disk that it should outlive."""
        try:
            return bool(self.folder) and Path(self.folder).stat().st_dev == self._desk.home.root.stat().st_dev
        except OSError:
            return False

    def use(self, folder: str) -> None:
        """Another folder, or none. Raises sync.copy_same_place, EnvironmentFault when it is not there."""
        wanted = folder.strip()
        if wanted:
            place = Path(wanted)
            if not place.is_dir():
                raise EnvironmentFault(
                    tr("그 폴더가 없어요: {folder}", folder=wanted), tr("USB를 꽂고 폴더를 다시 골라요.")
                )
            if place.resolve() == self._desk.home.root.resolve():
                raise DomainError("sync.copy_same_place")
        self._desk.settings.set(SETTING, wanted)
        self._remember("")
        self._file = None
        self.fine = True

    def bring_up(self) -> int:
        """Append what the file lacks; how many events. Never raises for a medium that is not there."""
        if not self.folder or self._desk.practice:
            self.fine = True
            return 0
        try:
            file = self._opened()
            written = file.catch_up(self._store.replica()) if file is not None else 0
        except OSError as error:
            if self.fine:
                log.warning("the second copy cannot be written: %s", error)
            self._file, self.fine = None, False
            return 0
        self.fine = file is not None
        return written

    def _opened(self) -> "CopyFile | None":
        """The file, made when its folder was chosen just now; None while the medium is away."""
        path = Path(self.folder) / self._name()
        made = self._made()
        if not path.parent.is_dir() or (made == str(path) and not path.exists()):
            # An empty folder is left behind where a stick was mounted: it is not the stick.
            self._file = None
            return None
        if self._file is None or self._file.path != path:
            # lazy: only where a second copy is kept
            from sync.second_copy import SecondCopy as CopyFile

            self._file = CopyFile(path)
        if made != str(path):
            path.touch()
            self._remember(str(path))
        return self._file

    def _name(self) -> str:
        return f"jangteo-{self._store.replica().name[:12]}{SUFFIX}"

    def _made(self) -> str:
        with self._store.read() as rows:
            row = rows.one('SELECT "value" FROM "meta" WHERE "name" = ?', _MADE)
        return str(row[0]) if row else ""

    def _remember(self, path: str) -> None:
        with self._store.write() as rows:
            rows.run(
                'INSERT INTO "meta" ("name", "value") VALUES (?, ?) '
                'ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"',
                _MADE,
                path,
            )
