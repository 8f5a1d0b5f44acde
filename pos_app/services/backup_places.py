"""Places where copies lie: this disk and a second one, what is there, and what is wrong with a place."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.backup_file import SUFFIX, Manifest

HERE, THERE = "here", "there"
FOLDER = "jangteo-copies"
ROOM_BYTES = 24_000_000


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is whole by its foot; `place` here (this disk) or there (the second place)."""

    path: Path
    place: str
    manifest: Manifest

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.manifest.made_at)


@dataclass(frozen=True, slots=True)
class CopyState:
    """How the copies stand: the newest in each place, and what is wrong with the second place.

    `second`: off (none chosen), ok, away (not plugged in), failed. `behind`: a copy has what the store has not.
    """

    here: Copy | None
    there: Copy | None
    second: str
    place: str
    fault: str = ""
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Copied:
    """What a round of copying came to: the files made, and what went wrong at the second place."""

    manifest: Manifest
    made: tuple[Path, ...]
    fault: str = ""


def second_folder(chosen: Path, device: str) -> Path:
    """Where one machine's copies lie on a stick or in a folder that several machines may use."""
    return chosen / FOLDER / device


def files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.name.endswith(SUFFIX)]
    except OSError:
        return []


def check_room(folder: Path, needed: int, margin: int = ROOM_BYTES) -> None:
    """Refuse before anything is written: a copy that does not fit helps nobody."""
    free = shutil.disk_usage(folder).free
    if free < needed + margin:
        raise EnvironmentFault(
            tr("{place}에 사본을 둘 자리가 모자라요.", place=folder),
            tr("{size}MB가 더 있어야 해요. 필요 없는 파일을 지우거나 다른 곳을 골라요.",
               size=(needed + margin - free) // 1_000_000 + 1),
        )  # fmt: skip


@contextlib.contextmanager
def place_faults(folder: Path) -> Iterator[None]:
    """A place that cannot be written: pulled out, read-only, full."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise EnvironmentFault(
            tr("{place}에 사본을 두지 못했어요.", place=folder),
            tr("쓸 수 있는 곳인지, 자리가 있는지 봐요. 판매는 그대로 저장되고 있어요."),
            retryable=True,
        ) from error
